/**
 * Possible duplicates (INT-8): of the pairs in a register of 100 000 records that are one person, how many are offered, and how many of
 * those offered are one person; and how fast two records are compared.
 *
 *   node bench/duplicates.ts [--misses] [--count 100000] [--seed 8]
 */
import { parseArgs } from 'node:util'
import {
  compare,
  compareRead,
  offeredFrom,
  type Read,
  readMarks,
} from '../src/capabilities/intake/rules/matching/compare.ts'
import { matchKeys } from '../src/capabilities/intake/rules/matching/keys.ts'
import { type Entry, register } from './duplicates-people.ts'
import { report } from './fixtures/report.ts'

/** Pairs that are timed together, and how often all of them are compared. */
const round = 5_000
const rounds = 3

const { values } = parseArgs({
  options: {
    misses: { type: 'boolean' },
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '8' },
  },
})
const entries = register(0.08, Number(values.seed)).take(Number(values.count)).toArray()

const started = performance.now()
const blocks = new Map<string, number[]>()
let keys = 0
for (const [place, { marks }] of entries.entries())
  for (const key of matchKeys(marks)) {
    keys += 1
    const block = blocks.get(key)
    if (block) block.push(place)
    else blocks.set(key, [place])
  }
const blocked = performance.now()

const truth = new Map<number, number[]>()
for (const [place, { person }] of entries.entries()) truth.set(person, [...(truth.get(person) ?? []), place])
const duplicates = [...truth.values()].filter((places) => places.length > 1)

const pairs = new Set<number>()
let largest: readonly [string, number] = ['', 0]
for (const [key, places] of blocks) {
  if (places.length > largest[1]) largest = [key, places.length]
  for (const [at, one] of places.entries())
    for (const two of places.slice(at + 1)) pairs.add(one * entries.length + two)
}

const entry = (place: number): Entry & { read: Read } => {
  const found = all[place]
  if (!found) throw new Error(`no record ${place}`)
  return found
}
const readBegun = performance.now()
const all = entries.map((each) => ({ ...each, read: readMarks(each.marks) }))
const pairsBegun = performance.now()
const places = [...pairs].map((pair) => [Math.floor(pair / entries.length), pair % entries.length] as const)
const offered: [number, number, number][] = []
for (const [one, two] of places) {
  const { score } = compareRead(entry(one).read, entry(two).read)
  if (score >= offeredFrom) offered.push([one, two, score])
}

/** Pairs a second in the fastest of many rounds: the pauses of a busy machine are not the program's. */
function pairsPerSecond(): number {
  let fastest = Number.POSITIVE_INFINITY
  for (let from = 0; from + round <= places.length * rounds; from += round) {
    const begun = performance.now()
    for (let at = from; at < from + round; at++) {
      const [one, two] = places[at % places.length] ?? [0, 0]
      compareRead(entry(one).read, entry(two).read)
    }
    fastest = Math.min(fastest, performance.now() - begun)
  }
  return Math.round((round / fastest) * 1000)
}
const perSecond = pairsPerSecond()
const wrong = offered.filter(([one, two]) => entry(one).person !== entry(two).person)
const right = offered.length - wrong.length
const relatives = [...pairs].filter((pair) => {
  const [one, two] = [entry(Math.floor(pair / entries.length)), entry(pair % entries.length)]
  return one.household === two.household && one.person !== two.person
}).length
const wrongRelatives = wrong.filter(([one, two]) => entry(one).household === entry(two).household).length
const recall = right / duplicates.length
const precision = right / offered.length
const said = (share: number) => Number(share.toFixed(4))

console.log(
  `${entries.length} records, ${duplicates.length} of them second ones; ${(keys / entries.length).toFixed(1)} keys a record, ${said((blocked - started) / entries.length)} ms to make them, ${said((pairsBegun - readBegun) / entries.length)} ms to read a record`,
)
console.log(
  `${pairs.size} pairs compared, ${right} offered rightly, ${wrong.length} wrongly; of ${relatives} pairs of relatives ${wrongRelatives}; most records of one key: ${largest[1]} (${largest[0]})`,
)
if (values.misses) {
  const missed = duplicates.flatMap(([one = 0, two = 0]) => {
    const { score, reasons } = compare(entry(one).marks, entry(two).marks)
    const unmet = !pairs.has(one * entries.length + two)
    return score < offeredFrom || unmet ? [{ one: entry(one).marks, two: entry(two).marks, score, reasons, unmet }] : []
  })
  const show = (label: string, one: Entry['marks'], two: Entry['marks'], more: string) =>
    console.log(`${label} ${more}\n   ${JSON.stringify(one)}\n   ${JSON.stringify(two)}`)
  const reasonsOf = (one: Entry['marks'], two: Entry['marks']) =>
    compare(one, two)
      .reasons.map(({ what, weight }) => `${what} ${weight}`)
      .join(', ')
  console.log(`${missed.filter(({ unmet }) => unmet).length} never met by a key`)
  for (const { one, two, score, unmet } of missed.slice(0, 60))
    show('missed', one, two, `${score} ${unmet ? 'NO KEY' : ''} ${reasonsOf(one, two)}`)
  for (const [one, two, score] of wrong.slice(0, 60))
    show('wrong', entry(one).marks, entry(two).marks, `${score} ${reasonsOf(entry(one).marks, entry(two).marks)}`)
}

report({
  name: 'possible duplicates found, of 100 000 people',
  value: said(recall),
  unit: 'recall',
  goal: '>= 0.95',
  ok: recall >= 0.95,
})
report({
  name: 'possible duplicates that are some',
  value: said(precision),
  unit: 'precision',
  goal: '>= 0.9',
  ok: precision >= 0.9,
})
report({
  name: 'records of people compared',
  value: perSecond,
  unit: 'pairs/s',
  goal: '>= 100 000',
  ok: perSecond >= 100_000,
})
if (recall < 0.95 || precision < 0.9 || perSecond < 100_000) process.exitCode = 1
