import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { conflict, invalid, late, ok } from '../../../../platform/access/outcome.ts'
import type { Tx } from '../../../../platform/db/database.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { inLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { mayCollect } from '../../permissions/tariffs.ts'
import { daysOf } from '../../rules/tariffs/exact.ts'
import { boundsFor, ruleFor } from '../../rules/tariffs/judge-sheet.ts'
import { figuresBefore, plannedBefore, reportOf } from '../../store/tariffs/collection-report.ts'
import {
  closeCollectionRow,
  collectedFrom,
  collectionById,
  saveCollection,
  saveParts,
} from '../../store/tariffs/collections.ts'
import { duesIn } from '../../store/tariffs/earlier-years.ts'
import { choosable, offersIn, type PricedOffer } from '../../store/tariffs/list-tariffs.ts'
import { noteReminders } from '../../store/tariffs/reminders.ts'
import { languageOfPack, tariffRulesOf } from '../../store/tariffs/rules.ts'
import { type NewSheet, publishSheets, saveDrafts } from '../../store/tariffs/save-sheets.ts'
import type { Prefilled } from '../../types/collection.ts'
import { collectionKind, type SheetFields, type TariffRule, Year } from '../../types/tariffs.ts'
import { Day } from '../../types.ts'
import { judged } from './judged-sheet.ts'

/** Opens the yearly collection: one workbook for each municipality and the region, prefilled with the figures of the year before (CAP-10). */
export const openCollection = command({
  audit: 'capacity.collection.open',
  input: z.object({ pack: z.string().max(40), year: Year, due: Day }),
  async subject(tx, { pack }) {
    const { rules, collector } = await tariffRulesOf(tx, pack)
    return rules.length === 0 ? undefined : { rules, collector }
  },
  permission: mayCollect,
  async run(work, input, { rules }) {
    const rule = ruleFor(rules, input.year)
    if (rule?.scheme !== 'days') return invalid({ path: 'year', message: m.capacity_tariff_no_rule() })
    const id = await saveCollection(work.tx, { ...input, by: work.actor?.account ?? '' })
    if (!id) return conflict(undefined, m.capacity_tariff_collection_there())
    await saveParts(work.tx, id, await prefill(work.tx, input.pack, input.year, rule))
    work.about({ kind: collectionKind, id, detail: { pack: input.pack, year: input.year } })
    return ok({ id, year: input.year })
  },
})

async function prefill(tx: Tx, pack: string, year: number, rule: TariffRule) {
  const language = await languageOfPack(tx, pack)
  const [organisations, offers, before, dues, planned, { paragraphs }] = await Promise.all([
    collectedFrom(tx, pack),
    offersIn(tx, pack),
    figuresBefore(tx, pack, year - 1),
    duesIn(tx, pack),
    plannedBefore(tx, pack, year - 1),
    choosable(tx, pack),
  ])
  const figures = new Map(before.figures.map((row) => [row.offer, row]))
  const offer = ({ stored, slug }: PricedOffer): Prefilled['offers'][number] => {
    const was = figures.get(stored.id)
    const due = dues.get(`${stored.id} ${year}`) ?? null
    const days = was === undefined || was.days >= 365 ? daysOf(year) : was.days
    return {
      slug,
      name: speak(stored.names, language).words,
      paragraph: stored.paragraph.short,
      before: was?.tariff ?? null,
      places: was?.places ?? null,
      days: String(days),
      occupancy: was?.occupancy ?? null,
      actual: before.actual.get(stored.id) ?? null,
      direct: was?.direct ?? null,
      indirect: was?.indirect ?? null,
      capital: was?.capital ?? null,
      carried: due ?? '0.00',
      due,
      ...boundsFor(rule, stored.paragraph.code),
    }
  }
  return organisations.map(({ id }) => {
    const own = offers.filter(({ stored }) => stored.operator.id === id)
    const slugs = new Map(own.map(({ stored, slug }) => [stored.id, slug]))
    return {
      organisation: id,
      prefilled: {
        offers: own.map(offer),
        supplements: before.supplements.flatMap(({ offer: of, ...supplement }) => {
          const slug = slugs.get(of)
          return slug ? [{ offer: slug, ...supplement }] : []
        }),
        spending: paragraphs.map(({ code, short }) => ({
          paragraph: code,
          name: short,
          spent: planned.get(`${id} ${code}`) ?? null,
          planned: null,
        })),
      } satisfies Prefilled,
    }
  })
}

const Named = z.object({ id: z.uuid() })

async function collectionSubject(tx: Tx, { id }: { id: string }) {
  const collection = await collectionById(tx, id)
  if (!collection) return undefined
  const { rules, collector } = await tariffRulesOf(tx, collection.pack)
  return { collection, rules, collector }
}

/**
 * Has a letter written to everybody who has not answered (CAP-10). Whoever was reminded today already gets none. The collection says who was reached, once the
 * job has been there.
 */
export const remindCollection = command({
  audit: 'capacity.collection.remind',
  input: Named,
  subject: collectionSubject,
  permission: mayCollect,
  async run(work, { id }, { collection }) {
    if (collection.state === 'closed') return late(m.capacity_tariff_collection_closed())
    const day = dayIn(work.now, collection.timeZone)
    const reminded = await noteReminders(work.tx, id, { day, stage: undefined })
    if (reminded > 0) work.jobs.add('capacity.remind-of-workbooks', {})
    work.about({ kind: collectionKind, id, detail: { reminded } })
    return ok({ id, reminded })
  },
})

/**
 * Closes a collection: its report is out, and its figures become published tariff sheets, so that nobody types them again (CAP-10). What may not be
 * published yet (an occupancy without consent, a sheet that is there already) is left, and counted.
 */
export const closeCollection = command({
  audit: 'capacity.collection.close',
  input: Named,
  subject: collectionSubject,
  permission: mayCollect,
  async run(work, { id }, { collection, rules }) {
    const [report, offers, dues] = await Promise.all([
      reportOf(work.tx, id),
      offersIn(work.tx, collection.pack),
      duesIn(work.tx, collection.pack),
    ])
    const known = new Map(offers.map((offer) => [offer.slug, offer]))
    const language = await languageOfPack(work.tx, collection.pack)
    const sheets: NewSheet[] = []
    for (const reported of report.offers) {
      const offer = known.get(reported.slug)
      if (!offer || offer.priced.has(collection.year)) continue
      const lines = await inLocale(language, async () => linesOf(reported))
      const fields: SheetFields = {
        lines,
        supplements: report.supplements
          .filter(({ slug }) => slug === reported.slug)
          .map(({ name, amount, reason }) => ({ name, amount, per: 'day' as const, reason })),
        items: [],
        tariff: reported.tariff,
      }
      const found = await judged(
        work.tx,
        { offer: offer.stored, rules, published: undefined },
        collection.year,
        fields,
        dues,
      )
      if ('sheet' in found) sheets.push(found.sheet)
    }
    if (!(await closeCollectionRow(work.tx, id, work.now))) return late(m.capacity_tariff_collection_closed())
    if (sheets.length > 0) await publishSheets(work.tx, await saveDrafts(work.tx, sheets, work.actor?.account ?? ''))
    work.about({ kind: collectionKind, id, detail: { published: sheets.length } })
    return ok({ id, published: sheets.length, left: report.offers.length - sheets.length })
  },
})

function linesOf(reported: Awaited<ReturnType<typeof reportOf>>['offers'][number]): SheetFields['lines'] {
  const source = m.capacity_tariff_from_workbook({ file: reported.file })
  const words = {
    direct: m.capacity_tariff_part_direct(),
    indirect: m.capacity_tariff_part_indirect(),
    capital: m.capacity_tariff_part_capital(),
    carried: m.capacity_tariff_part_carried(),
    places: m.capacity_tariff_part_places(),
    days: m.capacity_tariff_part_days(),
    occupancy: m.capacity_tariff_part_occupancy(),
  } as const
  return (Object.keys(words) as (keyof typeof words)[])
    .filter((part) => part !== 'carried' || Number(reported.carried) !== 0)
    .map((part) => ({ part, label: words[part], amount: String(reported[part]), source: source.slice(0, 500) }))
}
