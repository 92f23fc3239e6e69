import { z } from 'zod'
import { everyone } from '../../../../platform/access/permission.ts'
import { type Answer, page } from '../../../../platform/http/answer.ts'
import { encodeCursor } from '../../../../platform/http/cursor.ts'
import type { Door } from '../../../../platform/http/door.ts'
import type { Visit } from '../../../../platform/http/visit.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { makePdf } from '../../../../platform/pdf/pdf.ts'
import { titleWords } from '../../letters/adjustment-words.ts'
import { findAdjustments, yearsOfAdjustments } from '../../store/adjustments/read-adjustment.ts'
import { payingOrganisations } from '../../store/places/read-setting.ts'
import { AdjustmentState } from '../../types/adjustments.ts'
import { Slug } from '../../types.ts'
import { AdjustmentList } from '../../views/adjustments/adjustment-list.tsx'
import { AdjustmentPage } from '../../views/adjustments/adjustment-page.tsx'
import { adjustmentPdf } from '../../views/adjustments/adjustment-pdf.ts'
import { adjustmentParams, cursorOf, pageSize, seeAdjustment } from './seen.ts'

const open = { permission: everyone, audit: { none: 'public: what the municipalities were told' } } as const

/** An empty choice in a form is none. */
const chosen = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())
const Choice = z.object({
  state: chosen(AdjustmentState),
  municipality: chosen(Slug),
  year: chosen(z.coerce.number().int().min(1990).max(2200)),
  after: z.string().max(1000).optional(),
})

/** Adjustments for everybody: a list with filters, one page each, and the same on paper (CAP-3). */
export function publicAdjustments(door: Door): void {
  door.page('/adjustments', { ...open, query: Choice }, showList)
  door.page('/adjustments/{id}', { ...open, params: adjustmentParams }, showOne)
  door.page('/adjustments/{id}/pdf', { ...open, params: adjustmentParams }, showPdf)
}

async function showList({ query, read, region }: Visit<unknown, z.output<typeof Choice>>): Promise<Answer> {
  const after = cursorOf(query.after)
  if (after === 'bad') return { is: 'bad', path: 'after', message: m.form_format() }
  const pack = region?.id ?? ''
  const choice = { state: query.state, municipality: query.municipality, year: query.year }
  const { found, municipalities, years } = await read(async (tx) => ({
    found: await findAdjustments(
      tx,
      {
        pack,
        states: query.state && [query.state],
        municipality: query.municipality,
        year: query.year,
        published: true,
      },
      { after, limit: pageSize },
    ),
    municipalities: await payingOrganisations(tx, pack),
    years: await yearsOfAdjustments(tx, pack),
  }))
  const address = (more: Record<string, string>) => {
    const asked = Object.entries({ ...choice, ...more }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    )
    return asked.length > 0 ? `/adjustments?${new URLSearchParams(asked)}` : '/adjustments'
  }
  return page(
    m.capacity_adjust_nav(),
    <AdjustmentList
      adjustments={found.adjustments}
      chosen={choice}
      municipalities={municipalities}
      years={years}
      first={after ? address({}) : undefined}
      next={found.next ? address({ after: encodeCursor(found.next) }) : undefined}
    />,
  )
}

async function showOne({ params, read }: Visit<{ id: string }>): Promise<Answer> {
  const seen = await read((tx) => seeAdjustment(tx, params.id))
  if (!seen?.adjustment.publishedAt) return { is: 'notFound' }
  return page(
    titleWords(seen.adjustment),
    <AdjustmentPage seen={seen} back={{ href: '/adjustments', label: m.capacity_adjust_back_list() }} />,
    { region: seen.adjustment.pack },
  )
}

async function showPdf({ params, read }: Visit<{ id: string }>): Promise<Answer> {
  const seen = await read((tx) => seeAdjustment(tx, params.id))
  if (!seen?.adjustment.publishedAt) return { is: 'notFound' }
  return {
    is: 'file',
    type: 'application/pdf',
    name: `adjustment-${seen.adjustment.number.replace('/', '-')}.pdf`,
    body: await makePdf(adjustmentPdf(seen)),
  }
}
