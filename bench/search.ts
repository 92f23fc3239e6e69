/**
 * Search over 1 000 and over 100 000 services: how much slower the larger directory answers (DIR-5).
 *
 *   node bench/search.ts [--json] [--slowest] [--small 1000] [--large 100000] [--rounds 8]
 */
import { rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { findServices, findStatement } from '../src/capabilities/directory/store/find-services.ts'
import { planOf, type ServiceSearch } from '../src/capabilities/directory/store/search-plan.ts'
import { query } from '../src/platform/db/database.ts'
import { searchTerms } from '../src/platform/search/words.ts'
import { type Place, prepare } from './search-fill.ts'
import { searches } from './search-mix.ts'

/** Rounds before those that count: plans are made, pages are read. */
const warmUp = 6

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    slowest: { type: 'boolean' },
    large: { type: 'string', default: '100000' },
    small: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '8' },
  },
})

const viaProgram = ({ database }: Place, search: ServiceSearch) =>
  database.transact({ actor: null, locale: search.locale }, (tx) => findServices(tx, search))

const statements = new Map<ServiceSearch, { name: string; sql: string; parameters: readonly unknown[] }>()
const names = new Map<string, string>()

/** The same statement as text, written once, prepared by name, sent without transaction or identity. */
function byHand({ hand }: Place, search: ServiceSearch) {
  const { name, sql, parameters } = statements.get(search) ?? written(search)
  return hand.query({ name, text: sql, values: [...parameters] })
}

function written(search: ServiceSearch) {
  const start = { now: Date.now(), window: undefined, row: undefined }
  const { sql, parameters } = findStatement(search, planOf(search, searchTerms(search.words ?? '')), start).compile(
    query,
  )
  const name = names.get(sql) ?? `search ${names.size}`
  names.set(sql, name)
  const made = { name, sql, parameters }
  statements.set(search, made)
  return made
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

const percentile = (times: readonly number[], share: number): number =>
  [...times].sort((one, two) => one - two)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
const said = (number: number): number => Math.round(number * 100) / 100

const median = (times: readonly number[]): number => percentile(times, 0.5)

const [small, large] = [await prepare(Number(values.small)), await prepare(Number(values.large))]
try {
  const all = searches().map((asked) => ({
    ...asked,
    small: [] as number[],
    large: [] as number[],
    hand: [] as number[],
  }))
  for (let round = -warmUp; round < Number(values.rounds); round++) {
    for (const { search, ...times } of all) {
      // one after the other, so that whatever else the machine does meets all alike
      const took = { small: 0, large: 0, hand: 0 }
      const measure = {
        small: () => viaProgram(small, search),
        large: () => viaProgram(large, search),
        hand: () => byHand(large, search),
      }
      for (const name of round % 2 === 0
        ? (['small', 'large', 'hand'] as const)
        : (['hand', 'large', 'small'] as const))
        took[name] = await timed(measure[name])
      if (round < 0) continue
      times.small.push(took.small)
      times.large.push(took.large)
      times.hand.push(took.hand)
    }
  }
  // a search counts with the median of its rounds: the pauses of a busy machine are not its own
  const counting = all.filter(({ kind }) => kind !== 'with choices')
  const times = {
    small: counting.map((each) => median(each.small)),
    large: counting.map((each) => median(each.large)),
    hand: counting.map((each) => median(each.hand)),
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
    for (const kind of ['rare', 'middling', 'common', 'with choices']) {
      const these = all.filter((each) => each.kind === kind)
      console.log(
        `${kind.padEnd(16)} p50 ${said(median(these.map((each) => median(each.small))))} and ${said(median(these.map((each) => median(each.large))))} ms`,
      )
    }
  }
  if (values.slowest) {
    const slowest = all.toSorted((one, two) => median(two.large) - median(one.large)).slice(0, 12)
    for (const { search, kind, ...took } of slowest)
      console.log(
        kind,
        search.words,
        search.facets.cost.join(),
        search.areaPath ? 'in an area' : '',
        said(median(took.small)),
        said(median(took.large)),
      )
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
