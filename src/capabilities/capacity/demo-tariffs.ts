import type { z } from 'zod'
import type { DemoStage } from '../../platform/demo/stage.ts'
import { inLocale } from '../../platform/i18n/speech.ts'
import { enterSheets } from './commands/tariffs/enter-sheets.ts'
import { openCollection, remindCollection } from './commands/tariffs/open-collection.ts'
import { recordResult } from './commands/tariffs/record-result.ts'
import { sendWorkbook } from './commands/tariffs/send-workbook.ts'
import { type DemoOffer, danishOffers, dice } from './demo-places.ts'
import { collectionXlsx } from './exchange/tariffs/collection-xlsx.ts'
import { daysOf } from './rules/tariffs/exact.ts'
import { type CollectionPart, collectionsOf, partById, partStates } from './store/tariffs/collections.ts'

type Sheet = z.input<typeof enterSheets.input>['sheets'][number]

/** What a day costs in invented kroner in the first year, by paragraph. */
const prices: Readonly<Record<string, number>> = {
  'sel-103': 380,
  'sel-104': 450,
  'sel-107': 1900,
  'sel-108': 2300,
  'sel-109': 1500,
  'sel-110': 1300,
  'abl-105': 1700,
  'bl-43': 3600,
}
/** Open on working days alone. */
const daytime = new Set(['sel-103', 'sel-104'])
/** Acute and short stays, of which less may be assumed. */
const short = new Set(['sel-109', 'sel-110'])

/** Whole kroner as the exact amounts of a sheet. */
const kroner = (amount: number): string => `${Math.round(amount)}.00`

/** Places in the middle of a year. */
function placesOf({ record }: DemoOffer, year: number): number {
  const change = record.changes.findLast(({ from }) => from <= `${year}-07-01`)
  return Math.max(1, change?.approved ?? record.approved)
}

/** Sheets of one invented offer: the same at every loading. @param carried what earlier years carry, by year */
function sheetsOf(offer: DemoOffer, years: readonly number[], carried: ReadonlyMap<number, number>): Sheet[] {
  const { slug, paragraph } = offer.record
  const roll = dice(offer.seed * 7)
  let price = (prices[paragraph] ?? 1500) * (0.85 + roll(0, 30) / 100)
  return years.map((year) => {
    price *= 1 + roll(5, 50) / 1000
    const places = placesOf(offer, year)
    const days = daytime.has(paragraph) ? 226 : daysOf(year)
    const occupancy = (short.has(paragraph) ? 90 : 95) + roll(0, 10) / 2
    const costs = (price * places * days * occupancy) / 100
    const due = carried.get(year)
    return {
      offer: slug,
      year,
      lines: [
        { part: 'direct', label: 'Løn til personalet', amount: kroner(costs * 0.76), source: `Budget ${year}, løn` },
        {
          part: 'direct',
          label: 'Mad, indkøb og aktiviteter',
          amount: kroner(costs * 0.1),
          source: `Budget ${year}, drift`,
        },
        {
          part: 'indirect',
          label: 'Fælles ledelse og administration',
          amount: kroner(costs * 0.06),
          source: `Budget ${year}, 6 procent`,
        },
        {
          part: 'capital',
          label: 'Afskrivning og forrentning af bygninger',
          amount: kroner(costs * 0.08),
          source: 'Anlægskartoteket',
          sourceDate: `${year - 1}-12-31`,
        },
        ...(due === undefined
          ? []
          : [
              {
                part: 'carried' as const,
                label: `Resultat for ${year - 2} ud over båndet`,
                amount: kroner(due),
                source: `Regnskab ${year - 2}`,
              },
            ]),
        { part: 'places', label: 'Pladser', amount: String(places), source: 'Godkendelsen fra socialtilsynet' },
        {
          part: 'days',
          label: 'Dage med åbent',
          amount: String(days),
          source: daytime.has(paragraph) ? 'Åbningsplanen' : 'Kalenderen',
        },
        {
          part: 'occupancy',
          label: 'Belægning, som der regnes med',
          amount: String(occupancy),
          source: 'Gennemsnit af de to år før',
        },
      ],
      supplements:
        offer.seed % 5 === 0
          ? [
              {
                name: 'Vågen nattevagt',
                amount: kroner(roll(280, 560)),
                per: 'day',
                reason: 'Nogle af dem, der bor her, har brug for hjælp om natten.',
              },
            ]
          : [],
    }
  })
}

/** Every thirtieth offer has a year behind it that left over or lacked more than the band allows. */
const hasResult = (at: number) => at % 30 === 7

/** Tariffs of five years for the offers of Midtjylland, and prices by points in Stuttgart. All figures are invented. */
export async function playTariffs(stage: DemoStage): Promise<void> {
  const year = stage.now.getUTCFullYear()
  const years = [year - 4, year - 3, year - 2, year - 1, year]
  if (stage.packs.has('dk-midtjylland')) {
    const by = { email: 'secretariat.viborg@example.org' }
    const sheets: Sheet[] = []
    for (const [at, offer] of danishOffers(stage.now.toISOString().slice(0, 10), new Map()).entries()) {
      const carried = new Map<number, number>()
      if (hasResult(at)) {
        const costs = 8_000_000 + at * 10_000
        const result = at % 60 === 7 ? 520_000 : -470_000
        carried.set(year, -Math.sign(result) * Math.max(0, Math.abs(result) - costs * 0.05))
        await stage.perform(
          `tariff result ${offer.record.slug}`,
          recordResult,
          {
            offer: offer.record.slug,
            year: year - 2,
            costs: kroner(costs),
            result: kroner(result),
            source: `Regnskab ${year - 2}`,
          },
          by,
        )
      }
      sheets.push(...sheetsOf(offer, years, carried))
    }
    await stage.perform('tariffs', enterSheets, { pack: 'dk-midtjylland', sheets }, by)
    await playCollection(stage, by)
  }
  if (stage.packs.has('de-stuttgart'))
    await stage.perform(
      'tariffs by points',
      enterSheets,
      { pack: 'de-stuttgart', sheets: [pointsSheet(year)] },
      { email: 'secretariat.stuttgart@example.org' },
    )
}

const pointsSheet = (year: number): Sheet => ({
  offer: 'wohnhaus-am-rosengarten',
  year,
  lines: [{ part: 'point-value', label: 'Punktwert', amount: '0.06543', source: `Beispiel: Vereinbarung ${year}` }],
  items: [
    { name: 'Kleine Körperpflege', points: '220' },
    { name: 'Große Körperpflege', points: '410' },
    { name: 'Hilfe beim Essen', points: '250' },
    { name: 'Begleitung zu Terminen', points: '600' },
  ],
})

/** These have not sent their workbook yet. */
const late = new Set(['lemvig-kommune', 'samsoe-kommune', 'struer-kommune'])

/** The collection for next year: seventeen of twenty workbooks are in. */
async function playCollection(stage: DemoStage, by: { email: string }): Promise<void> {
  const year = stage.now.getUTCFullYear() + 1
  const due = new Date(stage.now.getTime() + 12 * 86_400_000).toISOString().slice(0, 10)
  await stage.perform('collection', openCollection, { pack: 'dk-midtjylland', year, due }, { ...by, daysAgo: 20 })
  const parts = await stage.transact(async (tx) => {
    const [newest] = await collectionsOf(tx, ['dk-midtjylland'])
    const states = newest ? await partStates(tx, newest.id) : []
    return Promise.all(states.map(({ id }) => partById(tx, id)))
  })
  for (const [at, part] of parts.entries()) {
    if (!part || late.has(part.organisation.slug)) continue
    await stage.perform(
      `workbook ${part.organisation.slug}`,
      sendWorkbook,
      {
        part: part.id,
        name: `${part.organisation.slug}-${year}.xlsx`,
        workbook: (await filledWorkbook(part, at)).toString('base64'),
      },
      { ...by, daysAgo: 1 + (at % 9) },
    )
  }
  const [first] = parts
  if (first)
    await stage.perform('workbooks reminded', remindCollection, { id: first.collection.id }, { ...by, daysAgo: 1 })
}

/** Last year's figures, three per cent dearer, and what was spent. */
async function filledWorkbook(part: CollectionPart, seed: number): Promise<Buffer> {
  const roll = dice(300 + seed)
  const dearer = (amount: string | null) => (amount === null ? '0.00' : kroner(Number(amount) * 1.03))
  const chunks: Uint8Array[] = []
  await inLocale('da', async () => {
    const made = collectionXlsx({
      part: part.id,
      made: part.made,
      organisation: part.organisation.slug,
      year: part.collection.year,
      due: part.collection.due,
      prefilled: {
        ...part.prefilled,
        offers: part.prefilled.offers.map((offer) => ({
          ...offer,
          direct: dearer(offer.direct),
          indirect: dearer(offer.indirect),
          capital: dearer(offer.capital),
        })),
        spending: part.prefilled.spending.map((line) => {
          const spent = roll(2, 60) * 1_000_000
          return { ...line, spent: kroner(spent), planned: kroner(spent * 1.02) }
        }),
      },
    })
    for await (const chunk of made) chunks.push(chunk)
  })
  return Buffer.concat(chunks)
}
