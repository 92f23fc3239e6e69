import { z } from 'zod'
import type { Premises } from '../../../platform/capability.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { sortedBy } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { writeCsv } from '../../../platform/tabular/write-csv.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { targetGroups } from '../../directory/contract.ts'
import { changeOffer, registerOffer } from '../commands/places/register-offer.ts'
import { type FileReport, reportStayFile, stayFileLimit } from '../commands/places/report-stay-file.ts'
import { columnWords, stayColumns } from '../exchange/stay-columns.ts'
import { mayReportSomewhere, mayRunOffer, organisationsWhere } from '../permissions/places.ts'
import { offerBySlug } from '../store/places/read-offer.ts'
import { areasOf, organisationsById, settingOf } from '../store/places/read-setting.ts'
import { Slug } from '../types.ts'
import { OfferForm } from '../views/places/offer-forms.tsx'
import { nameOf } from '../views/places/offer-words.tsx'
import { StayFilePage } from '../views/places/stay-file.tsx'

const offer = z.object({ slug: Slug })
const emptyForm = { permission: mayReportSomewhere, audit: { none: 'a form; offers are public' } } as const

/** Where providers register offers, say what they are, and send stays by file (CAP-1, CAP-9). */
export function ownOfferRoutes(door: Door, { files }: Pick<Premises, 'files'>): void {
  door.page('/places/new', emptyForm, (visit) => showForm(visit, undefined, {}))
  door.form('/places/new', {
    command: registerOffer,
    input: (fields, visit) => ({ ...fields, pack: visit.region?.id }),
    done: ({ slug }) => redirect(`/places/${slug}`, { kind: 'done', text: m.capacity_registered_flash() }),
    again: (typed, outcome, visit) => showForm(visit, undefined, { typed, outcome }),
  })
  door.page('/places/{slug}/edit', { ...emptyForm, params: offer }, (visit) => showForm(visit, visit.params.slug, {}))
  door.form('/places/{slug}/edit', {
    command: changeOffer,
    params: offer,
    // no box ticked: none of these languages any more
    input: (fields, visit) => ({ languages: [], ...fields, slug: visit.params.slug }),
    done: ({ slug }) => redirect(`/places/${slug}`, { kind: 'done', text: m.capacity_changed_flash() }),
    again: (typed, outcome, visit) => showForm(visit, visit.params.slug, { typed, outcome }),
  })

  door.page('/places/file', emptyForm, async () => filePage({}, undefined))
  door.form('/places/file', {
    command: reportStayFile(files),
    uploads: { limit: stayFileLimit, most: 1 },
    input: (fields, _visit, uploads) => ({ ...fields, uploads: [...uploads] }),
    done: (report) => filePage({}, report),
    again: async (typed, outcome) => filePage({ typed, outcome }, undefined),
  })
  door.raw('get', '/places/file/template.csv', emptyForm, async () => {
    const lines: string[] = []
    for await (const line of writeCsv(
      stayColumns.map((column) => columnWords(column)),
      [],
    ))
      lines.push(line)
    return new Response(lines.join(''), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="stays.csv"',
      },
    })
  })
}

function filePage(state: FormState, report: FileReport | undefined): Answer {
  return page(
    m.capacity_file_title(),
    <StayFilePage state={state} idempotencyKey={crypto.randomUUID()} report={report} />,
    { size: 'sm' },
  )
}

function showForm(visit: Visit, slug: string | undefined, state: FormState): Promise<Answer> {
  const { actor, region, now } = visit
  return visit.read(async (tx): Promise<Answer> => {
    const known = slug === undefined ? undefined : await offerBySlug(tx, slug)
    if (slug !== undefined && !known) return { is: 'notFound' }
    if (known && !mayRunOffer.may(actor, { operator: known.operator.id })) return { is: 'forbidden' }
    const pack = known?.pack ?? region?.id ?? ''
    const [setting, areas, groups, operators] = await Promise.all([
      settingOf(tx, pack),
      areasOf(tx, pack),
      targetGroups(tx),
      organisationsById(tx, organisationsWhere('runs', actor)),
    ])
    return page(
      known ? m.capacity_edit_offer() : m.capacity_new_offer(),
      <OfferForm
        offer={known}
        choices={{
          paragraphs: setting?.paragraphs ?? [],
          areas: sortedBy(areas, ({ names }) => nameOf(names)),
          groups: groups.map(({ code, names, path }) => ({ code, names, depth: path.length - 1 })),
          operators,
        }}
        state={state}
        idempotencyKey={crypto.randomUUID()}
        today={dayIn(now, known?.timeZone ?? region?.timeZone ?? 'UTC')}
      />,
      { size: 'sm' },
    )
  })
}
