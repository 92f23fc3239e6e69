import { Readable } from 'node:stream'
import { z } from 'zod'
import { everyone } from '../../../../platform/access/permission.ts'
import { type Answer, page } from '../../../../platform/http/answer.ts'
import type { Door } from '../../../../platform/http/door.ts'
import type { Visit } from '../../../../platform/http/visit.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { makePdf } from '../../../../platform/pdf/pdf.ts'
import { tariffPdf } from '../../exchange/tariffs/tariff-pdf.ts'
import { tariffXlsx } from '../../exchange/tariffs/tariff-xlsx.ts'
import { mayPrice } from '../../permissions/tariffs.ts'
import { listTariffs } from '../../store/tariffs/list-tariffs.ts'
import { Year } from '../../types/tariffs.ts'
import { Slug } from '../../types.ts'
import { SheetPage } from '../../views/tariffs/sheet-page.tsx'
import { nameOf } from '../../views/tariffs/tariff-words.tsx'
import { TariffsPage, tariffsAddress } from '../../views/tariffs/tariffs-page.tsx'
import { choices, type SeenSheet, seeSheet } from './read-tariffs.ts'

const open = { permission: everyone, audit: { none: 'published tariffs alone' } } as const
const pageSize = 25

/** An empty choice of a form is no choice. */
const chosen = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())

export const TariffsAsked = z.object({
  year: chosen(Year),
  paragraph: chosen(Slug),
  operator: chosen(Slug),
  group: chosen(Slug),
  q: chosen(z.string().trim().max(100)),
  after: chosen(Slug),
})
const Which = z.object({ year: chosen(Year), edition: chosen(z.coerce.number().int().min(1).max(9999)) })
const OfOffer = z.object({ slug: Slug })
const OfYear = OfOffer.extend({ year: Year })

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** A workbook as an answer. */
export const workbook = (name: string, bytes: AsyncGenerator<Uint8Array>): Answer => ({
  is: 'file',
  type: xlsxType,
  name,
  body: Readable.toWeb(Readable.from(bytes, { objectMode: false })) as ReadableStream<Uint8Array>,
})

/** What everybody may read of tariffs (CAP-5). */
export function tariffRoutes(door: Door): void {
  door.page('/tariffs', { ...open, query: TariffsAsked }, showTariffs)
  door.page('/offers/{slug}/tariffs', { ...open, params: OfOffer, query: Which }, async (visit) => {
    const seen = await visit.read((tx) => seeSheet(tx, visit.params.slug, visit.query.year, visit.query.edition))
    if (!seen) return { is: 'notFound' }
    const { offer, sheet, collector } = seen
    const may = mayPrice.may(visit.actor, { operator: offer.operator.id, collector })
    const title = m.capacity_tariff_of({ offer: nameOf(offer.names), year: String(sheet.year) })
    return page(title, <SheetPage {...seen} desk={may ? `/tariffs/desk/${offer.slug}/${sheet.year}` : undefined} />, {
      region: offer.pack,
    })
  })
  door.page('/offers/{slug}/tariffs/{year}/pdf', { ...open, params: OfYear, query: Which }, (visit) =>
    fileOf(visit, async ({ offer, sheet, consent }) => ({
      is: 'file',
      type: 'application/pdf',
      name: `${offer.slug}-${sheet.year}.pdf`,
      body: await makePdf(
        tariffPdf(offer, sheet, consent, `${visit.origin}/offers/${offer.slug}/tariffs?year=${sheet.year}`),
      ),
    })),
  )
  door.page('/offers/{slug}/tariffs/{year}/xlsx', { ...open, params: OfYear, query: Which }, (visit) =>
    fileOf(visit, async ({ offer, sheet, rule }) =>
      workbook(`${offer.slug}-${sheet.year}.xlsx`, tariffXlsx(offer, sheet, rule?.digits ?? 2)),
    ),
  )
}

async function fileOf(
  visit: Visit<z.output<typeof OfYear>, z.output<typeof Which>>,
  make: (seen: SeenSheet) => Promise<Answer>,
): Promise<Answer> {
  const seen = await visit.read((tx) => seeSheet(tx, visit.params.slug, visit.params.year, visit.query.edition))
  return seen ? make(seen) : { is: 'notFound' }
}

async function showTariffs({
  query,
  read,
  region,
  locale,
  now,
}: Visit<unknown, z.output<typeof TariffsAsked>>): Promise<Answer> {
  const pack = region?.id ?? ''
  const thisYear = Number(dayIn(now, region?.timeZone ?? 'UTC').slice(0, 4))
  const found = await read(async (tx) => {
    const known = await choices(tx, pack)
    // the year that runs, or the newest before it
    const year =
      query.year ?? known.choosable.years.find((one) => one <= thisYear) ?? known.choosable.years[0] ?? thisYear
    const { q: words, after, ...narrowed } = query
    const listed = await listTariffs(tx, { ...narrowed, words, pack, year }, { after, limit: pageSize })
    return { ...known, ...listed, year }
  })
  const at = (after: string | undefined) => tariffsAddress('/tariffs', { ...query, after })
  return page(
    m.capacity_tariff_title(),
    <TariffsPage
      region={region && speak(region.names, locale, region.languages).words}
      query={query}
      year={found.year}
      tariffs={found.tariffs}
      choosable={found.choosable}
      groups={found.groups}
      first={query.after ? at(undefined) : undefined}
      next={found.next ? at(found.next) : undefined}
    />,
    { description: m.capacity_tariff_lead() },
  )
}
