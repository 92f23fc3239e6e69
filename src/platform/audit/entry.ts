import { leafHash, merkleRoot, sha256 } from './merkle.ts'

/**
 * One event as it is sealed and verified. Texts are exactly those of the database (`at` in UTC with microseconds, `detail` as the
 * text of its jsonb), since hashes stand on them. The last three are left out of an export without persons.
 */
export interface Entry {
  id: number
  at: string
  act: string
  outcome: string
  origin: string
  aboutKind: string | null
  aboutId: string | null
  /** hexadecimal */
  commitment: string
  actor?: string | null
  detail?: string
  /** null: the actor was erased */
  salt?: string | null
}

/** Ids from `from` to `to`, both included. */
export interface Span {
  from: number
  to: number
}

/** A batch of entries, closed. Hashes are hexadecimal. */
export interface Seal {
  number: number
  /** ISO 8601, in UTC */
  sealedAt: string
  events: readonly Span[]
  count: number
  /** leaf hashes in the order of ids */
  leaves: readonly string[]
  root: string
  previous: string
  hash: string
}

/** Most entries of one seal. */
export const largestSeal = 1000

/** What the first seal stands on. */
export const beginning = '0'.repeat(64)

/** What of an entry is sealed: all but the person, who stands behind the commitment. */
export function leafOf(entry: Entry): Buffer {
  const { id, at, act, outcome, origin, aboutKind, aboutId, commitment } = entry
  return leafHash(JSON.stringify([id, at, act, outcome, origin, aboutKind, aboutId, commitment]))
}

/** Does the commitment hold what the entry says of its actor? True where nothing is shown, or all of it was erased. */
export function opensCommitment(entry: Entry): boolean {
  const { salt, actor, detail } = entry
  if (salt === undefined) return actor === undefined && detail === undefined
  // An erased entry may show nothing that nobody can check any more.
  if (salt === null) return actor === null && detail === '{}'
  return sha256(`${salt}|${actor ?? '-'}|${detail ?? ''}`).toString('hex') === entry.commitment
}

/** The hash of a seal: over the seal before it and all that it says itself. */
export function sealHash(seal: Omit<Seal, 'hash' | 'leaves'>): string {
  const { previous, number, sealedAt, events, count, root } = seal
  return sha256(JSON.stringify(['linden seal', previous, number, sealedAt, spanText(events), count, root])).toString(
    'hex',
  )
}

/** Closes a batch. @param entries 1 … 1000 in the order of their ids @param last the seal before, if there is one */
export function sealOver(entries: readonly Entry[], last: Pick<Seal, 'number' | 'hash'> | undefined, at: Date): Seal {
  if (entries.length === 0 || entries.length > largestSeal)
    throw new RangeError(`A seal holds 1 to ${largestSeal} entries.`)
  const leaves = entries.map(leafOf)
  const open = {
    number: (last?.number ?? 0) + 1,
    sealedAt: at.toISOString(),
    events: spansOf(entries.map((entry) => entry.id)),
    count: entries.length,
    root: merkleRoot(leaves).toString('hex'),
    previous: last?.hash ?? beginning,
  }
  return { ...open, leaves: leaves.map((leaf) => leaf.toString('hex')), hash: sealHash(open) }
}

/** Rising ids as spans without gaps. */
export function spansOf(ids: readonly number[]): Span[] {
  const spans: Span[] = []
  for (const id of ids) {
    const last = spans.at(-1)
    if (last && id === last.to + 1) last.to = id
    else if (last && id <= last.to) throw new RangeError('Ids of a seal rise.')
    else spans.push({ from: id, to: id })
  }
  return spans
}

/** The ids in spans, one by one. */
export function* idsIn(spans: readonly Span[]): Generator<number> {
  for (const { from, to } of spans) for (let id = from; id <= to; id++) yield id
}

/** How many ids the spans hold. */
export function countIn(spans: readonly Span[]): number {
  return spans.reduce((count, { from, to }) => count + to - from + 1, 0)
}

/** Do the spans rise without touching, as `spansOf` makes them? */
export function isRising(spans: readonly Span[]): boolean {
  return spans.every(({ from, to }, index) => from <= to && from > (spans[index - 1]?.to ?? -1) + 1)
}

/** Spans as PostgreSQL writes a multirange of them: `{[1,4),[6,9)}`. */
export function spanText(spans: readonly Span[]): string {
  return `{${spans.map(({ from, to }) => `[${from},${to + 1})`).join(',')}}`
}

/** Reads a multirange of PostgreSQL. */
export function readSpans(text: string): Span[] {
  return [...text.matchAll(/\[(\d+),(\d+)\)/g)].map(([, from, to]) => ({ from: Number(from), to: Number(to) - 1 }))
}
