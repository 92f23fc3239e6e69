/**
 * Search over 1 000 and over 100 000 services: how much slower the larger directory answers (DIR-5).
 *
 *   node bench/search.ts [--json] [--small 1000] [--large 100000] [--rounds 8]
 */
import { rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { findServices, findStatement } from '../src/capabilities/directory/store/find-services.ts'
import { planOf, type ServiceSearch } from '../src/capabilities/directory/store/search-plan.ts'
import { query } from '../src/platform/db/database.ts'
import { type Locale, locales } from '../src/platform/i18n/text.ts'
import { searchTerms } from '../src/platform/search/words.ts'
import { vocabulary } from './search-data.ts'
import { type Place, packs, prepare } from './search-fill.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    large: { type: 'string', default: '100000' },
    small: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '8' },
  },
})

/** Ranks in the vocabulary, per language: 12 rare, 8 middling and 4 common queries; some with a second word or with choices. */
const mix: readonly {
  kind: 'rare' | 'middling' | 'common'
  ranks: readonly number[]
  choices?: Partial<ServiceSearch['facets']>
  area?: boolean
  sort?: ServiceSearch['sort']
}[] = [
  { kind: 'rare', ranks: [4000] },
  { kind: 'rare', ranks: [5200] },
  { kind: 'rare', ranks: [6100] },
  { kind: 'rare', ranks: [7400] },
  { kind: 'rare', ranks: [8300] },
  { kind: 'rare', ranks: [9999] },
  { kind: 'rare', ranks: [12000] },
  { kind: 'rare', ranks: [15500] },
  { kind: 'rare', ranks: [19000] },
  { kind: 'rare', ranks: [4700, 12] },
  { kind: 'rare', ranks: [6600], choices: { cost: ['free'] } },
  { kind: 'rare', ranks: [8800], area: true },
  { kind: 'middling', ranks: [60] },
  { kind: 'middling', ranks: [90] },
  { kind: 'middling', ranks: [140] },
  { kind: 'middling', ranks: [220] },
  { kind: 'middling', ranks: [350] },
  { kind: 'middling', ranks: [500] },
  { kind: 'middling', ranks: [75, 9] },
  { kind: 'middling', ranks: [180], area: true },
  { kind: 'common', ranks: [2] },
  { kind: 'common', ranks: [5] },
  { kind: 'common', ranks: [9], choices: { cost: ['free'] } },
  { kind: 'common', ranks: [14], area: true },
]

function searches(): ServiceSearch[] {
  return locales.flatMap((locale: Locale) => {
    const ranked = vocabulary(locale, packs)
    return mix.map(({ ranks, choices, area, sort }) => ({
      words: ranks.map((rank) => ranked[rank - 1]).join(' '),
      facets: { situation: [], group: [], kind: [], form: [], cost: [], language: [], access: [], ...choices },
      areaPath: area ? ['DK', 'DK-1082', 'DK-0791'] : undefined,
      openAt: undefined,
      sort: sort ?? 'relevance',
      near: undefined,
      locale,
      limit: 20,
      after: undefined,
    }))
  })
}

const viaProgram = ({ database }: Place, search: ServiceSearch) =>
  database.transact({ actor: null, locale: search.locale }, (tx) => findServices(tx, search))

/** The same statement, written out once and sent by hand. */
function byHand({ hand }: Place, search: ServiceSearch) {
  const terms = searchTerms(search.words ?? '')
  const { sql, parameters } = compiled(search, terms)
  return hand.query({ name: nameOf(sql), text: sql, values: [...parameters] })
}
const names = new Map<string, string>()
function nameOf(text: string): string {
  const name = names.get(text) ?? `s${names.size}`
  names.set(text, name)
  return name
}
const statements = new Map<ServiceSearch, { sql: string; parameters: readonly unknown[] }>()
function compiled(search: ServiceSearch, terms: ReturnType<typeof searchTerms>) {
  const known =
    statements.get(search) ??
    findStatement(search, planOf(search, terms), { now: Date.now(), window: undefined, row: undefined }).compile(query)
  statements.set(search, known)
  return known
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

const percentile = (times: readonly number[], share: number): number =>
  [...times].sort((one, two) => one - two)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
const said = (number: number): number => Math.round(number * 100) / 100

const [small, large] = [await prepare(Number(values.small)), await prepare(Number(values.large))]
try {
  const all = searches()
  const times = { small: [] as number[], large: [] as number[], hand: [] as number[] }
  const kinds = new Map<string, number[]>()
  for (let round = -2; round < Number(values.rounds); round++) {
    for (const [at, search] of all.entries()) {
      // one after the other, so that whatever else the machine does meets all alike
      const one = await timed(() => viaProgram(small, search))
      const two = await timed(() => viaProgram(large, search))
      const three = await timed(() => byHand(large, search))
      if (round < 0) continue
      times.small.push(one)
      times.large.push(two)
      times.hand.push(three)
      const kind = mix[at % mix.length]?.kind ?? ''
      for (const [name, time] of [
        [`${kind} small`, one],
        [`${kind} large`, two],
      ] as const)
        kinds.set(name, [...(kinds.get(name) ?? []), time])
    }
  }
  const [p95small, p95large, p95hand] = [
    percentile(times.small, 0.95),
    percentile(times.large, 0.95),
    percentile(times.hand, 0.95),
  ]
  const command = 'node bench/search.ts'
  const lines = [
    {
      name: 'search p95, 100 000 to 1 000 services',
      value: said(p95large / p95small),
      unit: 'ratio',
      goal: '<= 1.5',
      ok: p95large / p95small <= 1.5,
      command,
    },
    {
      name: 'search p95, to the same SQL by hand',
      value: said(p95large / p95hand),
      unit: 'ratio',
      goal: '<= 1.3',
      ok: p95large / p95hand <= 1.3,
      command,
    },
  ]
  if (!values.json) {
    for (const [size, list] of [
      ['1 000', times.small],
      ['100 000', times.large],
      ['100 000 by hand', times.hand],
    ] as const)
      console.log(`${size.padEnd(16)} p50 ${said(percentile(list, 0.5))} ms  p95 ${said(percentile(list, 0.95))} ms`)
    for (const [kind, list] of [...kinds].sort())
      console.log(`${kind.padEnd(16)} p50 ${said(percentile(list, 0.5))} ms  p95 ${said(percentile(list, 0.95))} ms`)
  }
  for (const line of lines) console.log(JSON.stringify(line))
  if (lines.some((line) => !line.ok)) process.exitCode = 1
} finally {
  for (const place of [small, large]) {
    await place.hand.end()
    await place.database.close()
    rmSync(place.folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
