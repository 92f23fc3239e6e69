import { z } from 'zod'
import { everyone } from '../../../../platform/access/permission.ts'
import type { Tx } from '../../../../platform/db/database.ts'
import type { Files } from '../../../../platform/files/files.ts'
import { type Answer, page, redirect } from '../../../../platform/http/answer.ts'
import type { Door } from '../../../../platform/http/door.ts'
import type { Visit } from '../../../../platform/http/visit.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { formatDay } from '../../../../platform/i18n/format.ts'
import { inLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { makePdf } from '../../../../platform/pdf/pdf.ts'
import type { FormState } from '../../../../platform/ui/form.tsx'
import { targetGroups } from '../../../directory/contract.ts'
import { closeCollection, openCollection, remindCollection } from '../../commands/tariffs/open-collection.ts'
import { sendWorkbook, uploadWorkbook } from '../../commands/tariffs/send-workbook.ts'
import { collectionXlsx } from '../../exchange/tariffs/collection-xlsx.ts'
import { type ReportFile, reportPdf, reportXlsx } from '../../exchange/tariffs/report-files.ts'
import { mayCollect, mayFill, mayPriceSomewhere } from '../../permissions/tariffs.ts'
import { ruleFor } from '../../rules/tariffs/judge-sheet.ts'
import { stagesOf } from '../../rules/tariffs/reminding.ts'
import { sumUp } from '../../rules/tariffs/sum-up.ts'
import { reportOf } from '../../store/tariffs/collection-report.ts'
import {
  type Collection,
  collectionById,
  collectionsOf,
  partById,
  partStates,
} from '../../store/tariffs/collections.ts'
import { choosable } from '../../store/tariffs/list-tariffs.ts'
import { languageOfPack, tariffRulesOf } from '../../store/tariffs/rules.ts'
import { Deviation } from '../../types/collection.ts'
import { CollectionPage, CollectionsPage } from '../../views/tariffs/collection.tsx'
import { nameOf } from '../../views/tariffs/tariff-words.tsx'
import { WorkbookPage, workbookLimit } from '../../views/tariffs/workbook.tsx'
import { workbook } from './public.tsx'

const open = { permission: everyone, audit: { none: 'who has answered, and reports that are out' } } as const
const Named = z.object({ id: z.uuid() })
type NamedVisit = Visit<z.output<typeof Named>>

/** CAP-10: yearly collections, their workbooks and their reports; and the same as JSON. */
export function collectionRoutes(door: Door, { files }: { files: Files }): void {
  const upload = uploadWorkbook(files)
  door.page('/tariffs/collections', open, (visit) => showCollections(visit, {}))
  door.form('/tariffs/collections', {
    command: openCollection,
    input: (fields, visit) => ({ ...fields, pack: visit.region?.id }),
    done: ({ id }) =>
      redirect(`/tariffs/collections/${id}`, { kind: 'done', text: m.capacity_tariff_collection_opened() }),
    again: (typed, outcome, visit) => showCollections(visit, { typed, outcome }),
  })
  const one = '/tariffs/collections/{id}'
  door.page(one, { ...open, params: Named }, (visit) => showCollection(visit, {}, {}))
  door.page(`${one}/xlsx`, { ...open, params: Named }, (visit) =>
    reportFile(visit, async (file) => workbook(`tariffs-${file.year}.xlsx`, reportXlsx(file))),
  )
  door.page(`${one}/pdf`, { ...open, params: Named }, (visit) =>
    reportFile(visit, async (file) => ({
      is: 'file',
      type: 'application/pdf',
      name: `tariffs-${file.year}.pdf`,
      body: await makePdf(reportPdf(file)),
    })),
  )
  door.form(`${one}/remind`, {
    command: remindCollection,
    params: Named,
    input: (_fields, visit) => visit.params,
    done: ({ id, reminded }) =>
      redirect(`/tariffs/collections/${id}`, {
        kind: reminded > 0 ? 'done' : 'warning',
        text:
          reminded > 0
            ? m.capacity_tariff_reminded_flash({ count: reminded })
            : m.capacity_tariff_reminded_none_flash(),
      }),
    again: (typed, outcome, visit) => showCollection(visit, { typed, outcome }, {}),
  })
  door.form(`${one}/close`, {
    command: closeCollection,
    params: Named,
    input: (_fields, visit) => visit.params,
    done: ({ id, published, left }) =>
      redirect(`/tariffs/collections/${id}`, {
        kind: left > 0 ? 'warning' : 'done',
        text: m.capacity_tariff_closed_flash({ published, left }),
      }),
    again: (typed, outcome, visit) => showCollection(visit, {}, { typed, outcome }),
  })
  const book = '/tariffs/workbooks/{id}'
  door.page(book, { permission: mayPriceSomewhere, audit: 'capacity.collection.read', params: Named }, (visit) =>
    showWorkbook(visit, {}),
  )
  door.form(book, {
    command: upload,
    params: Named,
    uploads: { limit: workbookLimit, most: 1 },
    input: (_fields, visit, uploads) => ({ part: visit.params.id, uploads }),
    done: ({ part, accepted }) =>
      redirect(`/tariffs/workbooks/${part}`, {
        kind: accepted ? 'done' : 'warning',
        text: accepted ? m.capacity_tariff_sent_flash() : m.capacity_tariff_found_bad(),
      }),
    again: (typed, outcome, visit) => showWorkbook(visit, { typed, outcome }),
  })
  door.page(
    `${book}/xlsx`,
    { permission: mayPriceSomewhere, audit: 'capacity.collection.take', params: Named },
    takeWorkbook,
  )
  door.command('/api/v1/tariff-workbooks/{part}', {
    tag: 'Capacity',
    scope: 'capacity:write',
    method: 'post',
    summary: 'Send a workbook of the yearly collection; every deviation is named',
    command: sendWorkbook,
    params: z.object({ part: z.uuid() }),
    response: z.object({ part: z.uuid(), accepted: z.boolean(), deviations: z.array(Deviation) }),
    status: 201,
  })
}

async function showCollections(visit: Visit, state: FormState): Promise<Answer> {
  const { region, locale } = visit
  const pack = region?.id ?? ''
  const found = await visit.read(async (tx) => ({
    collections: await collectionsOf(tx, [pack]),
    ...(await tariffRulesOf(tx, pack)),
  }))
  const nextYear = Number(dayIn(visit.now, region?.timeZone ?? 'UTC').slice(0, 4)) + 1
  return page(
    m.capacity_tariff_collections(),
    <CollectionsPage
      region={region && speak(region.names, locale, region.languages).words}
      collections={found.collections}
      opening={
        mayCollect.may(visit.actor, found)
          ? { state, idempotencyKey: crypto.randomUUID(), year: nextYear, pack }
          : undefined
      }
    />,
  )
}

/** The collection with its sums, as far as the reader may see them. */
async function seeCollection(tx: Tx, id: string) {
  const collection = await collectionById(tx, id)
  if (!collection) return undefined
  const [parts, report, { rules, collector }, { paragraphs }] = await Promise.all([
    partStates(tx, id),
    reportOf(tx, id),
    tariffRulesOf(tx, collection.pack),
    choosable(tx, collection.pack),
  ])
  const rule = ruleFor(rules, collection.year)
  const of = new Map(report.offers.map(({ slug, paragraph }) => [slug, paragraph]))
  const summed = {
    ...report,
    supplements: report.supplements.map((one) => ({ ...one, paragraph: of.get(one.slug) ?? '' })),
  }
  return {
    collection,
    parts,
    report,
    collector,
    currency: rule?.currency ?? '',
    reminders: stagesOf({ from: collection.opened, due: collection.due }, rule?.remind ?? []).map(({ day }) => day),
    byParagraph: sumUp(summed, 'paragraph'),
    byOrganisation: sumUp(summed, 'organisation'),
    paragraph: (code: string) => paragraphs.find((one) => one.code === code)?.short ?? code,
  }
}

function showCollection(visit: NamedVisit, reminding: FormState, closing: FormState): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const seen = await seeCollection(tx, visit.params.id)
    if (!seen) return { is: 'notFound' }
    return page(
      m.capacity_tariff_collection_of({ year: String(seen.collection.year) }),
      <CollectionPage
        {...seen}
        collecting={
          mayCollect.may(visit.actor, seen)
            ? { reminding, closing, idempotencyKey: crypto.randomUUID(), addresses: '/governance/addresses' }
            : undefined
        }
      />,
      { region: seen.collection.pack },
    )
  })
}

async function reportFile(visit: NamedVisit, make: (file: ReportFile) => Promise<Answer>): Promise<Answer> {
  const found = await visit.read(async (tx) => {
    const seen = await seeCollection(tx, visit.params.id)
    return seen && { ...seen, groups: await targetGroups(tx) }
  })
  if (!found || found.report.spending.length === 0) return { is: 'notFound' }
  const names = new Map(found.parts.map(({ organisation }) => [organisation.slug, nameOf(organisation.names)]))
  return make({
    ...found,
    year: found.collection.year,
    organisation: (slug) => names.get(slug) ?? slug,
    groups: new Map(found.groups.map(({ code, names: called }) => [code, nameOf(called)])),
  })
}

function showWorkbook(visit: NamedVisit, form: FormState): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const part = await ownPart(tx, visit)
    if ('is' in part) return part
    visit.about({ kind: 'capacity.collection', id: part.collection.id })
    const states = await partStates(tx, part.collection.id)
    return page(
      m.capacity_tariff_workbook_of({ organisation: nameOf(part.organisation.names) }),
      <WorkbookPage
        part={part}
        state={states.find(({ id }) => id === part.id)}
        form={form}
        idempotencyKey={crypto.randomUUID()}
      />,
      { size: 'sm', region: part.collection.pack },
    )
  })
}

async function ownPart(tx: Tx, visit: NamedVisit) {
  const part = await partById(tx, visit.params.id)
  if (!part) return { is: 'notFound' } as const
  const { collector } = await tariffRulesOf(tx, part.collection.pack)
  return mayFill.may(visit.actor, { operator: part.organisation.id, collector }) ? part : ({ is: 'forbidden' } as const)
}

async function takeWorkbook(visit: NamedVisit): Promise<Answer> {
  const found = await visit.read(async (tx) => {
    const part = await ownPart(tx, visit)
    if ('is' in part) return part
    visit.about({ kind: 'capacity.collection', id: part.collection.id })
    return { part, language: await languageOfPack(tx, part.collection.pack) }
  })
  if ('is' in found) return found
  const { part, language } = found
  // in the language of the region, whoever takes it: the same workbook for all
  const chunks: Uint8Array[] = []
  await inLocale(language, async () => {
    const made = collectionXlsx({
      part: part.id,
      made: part.made,
      organisation: nameOf(part.organisation.names),
      year: part.collection.year,
      due: formatDay(part.collection.due),
      prefilled: part.prefilled,
    })
    for await (const chunk of made) chunks.push(chunk)
  })
  return {
    is: 'file',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    name: `${part.organisation.slug}-${part.collection.year}.xlsx`,
    body: new Uint8Array(Buffer.concat(chunks)),
  }
}

/** What an economist still has to send. */
export const openWorkbooks = (
  parts: readonly { id: string; collection: Collection; organisation: { names: Parameters<typeof nameOf>[0] } }[],
) =>
  parts.map(({ id, collection, organisation }) => ({
    href: `/tariffs/workbooks/${id}`,
    label: m.capacity_tariff_workbook_of({ organisation: nameOf(organisation.names) }),
    note: m.capacity_tariff_collection_due({ day: formatDay(collection.due) }),
  }))
