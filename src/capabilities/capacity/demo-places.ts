import { addDays } from './rules/places/days.ts'
import { OfferRecord } from './types/places.ts'

/** How an invented offer of a paragraph looks: what its houses are called, how many places it has, how long people stay. */
interface Sort {
  paragraph: string
  house: string
  groups: readonly string[]
  places: readonly [number, number]
  nights: readonly [number, number]
}

const sorts: readonly Sort[] = [
  {
    paragraph: 'sel-107',
    house: 'Botilbuddet',
    groups: ['people-in-mental-distress'],
    places: [8, 20],
    nights: [240, 900],
  },
  {
    paragraph: 'sel-108',
    house: 'Bofællesskabet',
    groups: ['people-with-disabilities'],
    places: [8, 24],
    nights: [1500, 4200],
  },
  {
    paragraph: 'sel-104',
    house: 'Aktivitetshuset',
    groups: ['people-with-disabilities', 'people-in-mental-distress'],
    places: [15, 40],
    nights: [500, 1800],
  },
  {
    paragraph: 'sel-103',
    house: 'Værkstedet',
    groups: ['people-with-disabilities', 'unemployed'],
    places: [10, 30],
    nights: [500, 1800],
  },
  { paragraph: 'bl-43', house: 'Ungehuset', groups: ['young-people', 'children'], places: [5, 12], nights: [240, 900] },
  {
    paragraph: 'abl-105',
    house: 'Bostedet',
    groups: ['people-with-disabilities', 'people-with-brain-injury'],
    places: [10, 30],
    nights: [1500, 4200],
  },
  {
    paragraph: 'sel-107',
    house: 'Botilbuddet',
    groups: ['people-with-brain-injury'],
    places: [6, 14],
    nights: [300, 1000],
  },
  {
    paragraph: 'sel-110',
    house: 'Forsorgshjemmet',
    groups: ['people-without-home'],
    places: [8, 16],
    nights: [60, 220],
  },
  {
    paragraph: 'sel-108',
    house: 'Bofællesskabet',
    groups: ['people-in-mental-distress'],
    places: [8, 20],
    nights: [1500, 4200],
  },
  {
    paragraph: 'sel-109',
    house: 'Krisecenter',
    groups: ['survivors-of-domestic-violence'],
    places: [6, 12],
    nights: [50, 160],
  },
]

const firsts =
  'Lyng Birke Ege Bøge Enge Fjord Hede Kløver Pile Rose Skov Sol Strand Vester Øster Mølle Kær Aske Elle Tjørne'.split(
    ' ',
  )
const lasts = 'bakken lunden parken gården toften kæret dalen højen vænget stien'.split(' ')

/** Municipalities with their codes, in the order in which offers are dealt out. */
const municipalities: readonly (readonly [slug: string, area: string])[] = [
  ['aarhus-kommune', 'DK-0751'],
  ['viborg-kommune', 'DK-0791'],
  ['randers-kommune', 'DK-0730'],
  ['herning-kommune', 'DK-0657'],
  ['horsens-kommune', 'DK-0615'],
  ['silkeborg-kommune', 'DK-0740'],
  ['holstebro-kommune', 'DK-0661'],
  ['skanderborg-kommune', 'DK-0746'],
  ['favrskov-kommune', 'DK-0710'],
  ['hedensted-kommune', 'DK-0766'],
  ['ikast-brande-kommune', 'DK-0756'],
  ['lemvig-kommune', 'DK-0665'],
  ['norddjurs-kommune', 'DK-0707'],
  ['odder-kommune', 'DK-0727'],
  ['ringkoebing-skjern-kommune', 'DK-0760'],
  ['samsoe-kommune', 'DK-0741'],
  ['skive-kommune', 'DK-0779'],
  ['struer-kommune', 'DK-0671'],
  ['syddjurs-kommune', 'DK-0706'],
]

/** Numbers that look thrown, and are the same at every loading (mulberry32). */
export function dice(seed: number): (from: number, to: number) => number {
  let state = seed
  return (from, to) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return from + (((mixed ^ (mixed >>> 14)) >>> 0) % (to - from + 1))
  }
}

const address = (name: string) =>
  name
    .toLowerCase()
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'oe')
    .replaceAll('å', 'aa')
    .replaceAll(/[^a-z0-9]+/g, '-')

/** What staff of the demo's offers speak beside Danish, in turn. */
const alsoSpoken: readonly (readonly string[])[] = [['en'], [], ['en', 'ar'], ['en', 'de'], ['en', 'uk'], [], ['de']]

/** An offer of the demo, with what its stays are made of. */
export interface DemoOffer {
  record: OfferRecord
  nights: readonly [number, number]
  /** slugs of who refers: mostly the first */
  referring: readonly string[]
  /** beside the approved places somebody is there, for this reason */
  over?: string
  seed: number
}

/** Two hundred invented offers of the nineteen municipalities and the region; days count back from `today`. @param points by code of the area */
export function danishOffers(today: string, points: ReadonlyMap<string, readonly [number, number]>): DemoOffer[] {
  const slugs = municipalities.map(([slug]) => slug)
  return Array.from({ length: 200 }, (_, at): DemoOffer => {
    const roll = dice(1000 + at)
    const sort = sorts[at % sorts.length] ?? never()
    const regional = at % 12 === 11
    // the first ones have more offers, as large municipalities do
    const [own, area] = municipalities[(at % 3 === 0 ? roll(0, 5) : at) % municipalities.length] ?? never()
    const name = `${sort.house} ${firsts[at % firsts.length]}${lasts[Math.floor(at / firsts.length)]}`
    const approved = roll(...sort.places)
    const opened = addDays(today, -roll(1300, 1825))
    const changes = Array.from({ length: roll(0, 2) }, (_, number) => {
      const places = Math.max(2, approved + roll(-2, 4))
      return {
        from: addDays(today, -1200 + number * 500 + roll(0, 300)),
        approved: places,
        open: Math.max(1, places - roll(0, 1)),
        reason: roll(0, 1) === 0 ? 'Ombygning' : 'Ændret efterspørgsel',
      }
    })
    const point = points.get(area)
    return {
      record: OfferRecord.parse({
        slug: address(name),
        pack: 'dk-midtjylland',
        names: { da: name },
        description: { da: 'Et opdigtet tilbud, der viser, hvordan pladser og ophold ser ud.' },
        operator: regional ? 'region-midtjylland' : own,
        paragraph: sort.paragraph,
        targetGroups: [...sort.groups],
        area,
        placeName: `Eksempelvej ${roll(1, 99)}`,
        point: point && [point[0] + roll(-60, 60) / 1000, point[1] + roll(-40, 40) / 1000],
        opened,
        approved,
        open: approved,
        posts: Math.round(approved * roll(8, 16)) / 10,
        languages: ['da', ...(alsoSpoken[at % alsoSpoken.length] ?? [])],
        example: true,
        changes,
      }),
      nights: sort.nights,
      // one in three serves its own municipality almost alone
      referring:
        at % 3 === 0
          ? [own, own, own, slugs[roll(0, 18)] ?? own]
          : [own, own, ...Array.from({ length: 5 }, () => slugs[roll(0, 18)] ?? own)],
      ...(at % 37 === 5 ? { over: 'Akut indflytning efter vandskade på et andet tilbud' } : {}),
      seed: 5000 + at,
    }
  })
}

/** A line of a file of stays. */
export type StayRow = readonly [
  offer: string,
  place: string,
  municipality: string,
  person: string,
  from: string,
  until: string,
  reason: string,
]

/** Who stayed in an offer over five years, place by place; never two in one, and nobody above the places without a reason. */
export function staysOf({ record, nights, referring, over, seed }: DemoOffer, today: string): StayRow[] {
  const roll = dice(seed)
  const numbers = [{ from: record.opened, approved: record.approved }, ...record.changes]
  const begins = record.opened > addDays(today, -1825) ? record.opened : addDays(today, -1825)
  const most = Math.max(...numbers.map(({ approved }) => approved))
  const rows: StayRow[] = []
  const who = () => referring[roll(0, referring.length - 1)] ?? never()
  for (let place = 1; place <= most; place++) {
    // a place may be there from one change to the next, and be gone afterwards
    for (const { from, until } of timesWith(numbers, place)) {
      if (until !== undefined && until <= begins) continue
      let day = addDays(from > begins ? from : begins, roll(0, 40))
      while (day < (until ?? today)) {
        const leaves = addDays(day, roll(...nights))
        const ends = until !== undefined && leaves > until ? until : leaves
        // of those who are there today, few have said when they leave
        const open = ends > today && (until === undefined || ends < until) && roll(0, 5) > 0
        const known = open && until !== undefined ? until : ends
        if (known > day)
          rows.push([
            record.slug,
            String(place),
            who(),
            `E${place}-${rows.length + 1}`,
            day,
            open && until === undefined ? '' : known,
            '',
          ])
        if (open) break
        day = addDays(known, roll(3, Math.max(4, Math.round(nights[0] / 8))))
      }
    }
  }
  if (over) rows.push([record.slug, '', who(), `E0-${rows.length + 1}`, addDays(today, -20), addDays(today, 40), over])
  return rows
}

/** The times in which an offer has so many places, or more. */
function timesWith(
  numbers: readonly { from: string; approved: number }[],
  place: number,
): { from: string; until: string | undefined }[] {
  const times: { from: string; until: string | undefined }[] = []
  for (const [at, { from, approved }] of numbers.entries()) {
    if (approved < place) continue
    const until = numbers[at + 1]?.from
    const before = times.at(-1)
    if (before && before.until === from) before.until = until
    else times.push({ from, until })
  }
  return times
}

function never(): never {
  throw new Error('the lists of the demo are empty')
}
