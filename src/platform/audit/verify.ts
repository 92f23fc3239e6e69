import {
  beginning,
  countIn,
  type Entry,
  idsIn,
  isRising,
  leafOf,
  opensCommitment,
  type Seal,
  sealHash,
} from './entry.ts'
import { fingerprintOf, fingerprintsOf, type Head } from './head.ts'
import { merkleRoot } from './merkle.ts'

/**
 * What was done to the trail: an entry changed, removed, inserted, or cut from the tail together with all after it;
 * or a seal that no longer fits the one before it or its own contents.
 */
export interface Fault {
  what: 'changed' | 'removed' | 'inserted' | 'cut' | 'seal'
  /** the first bad entry; of a bad seal its first entry */
  event: number
  /** the seal that the entry belongs to; undefined for entries that no seal ever held */
  seal: number | undefined
  /** who contradicts the trail: its own seals, or the head that was brought along */
  against: 'seals' | 'head'
}

export interface Verdict {
  /** undefined: nothing is wrong */
  fault: Fault | undefined
  /** entries looked at, up to the fault */
  entries: number
  /** of them closed by a seal */
  sealed: number
  /** of them without an actor, by erasure */
  erased: number
  seals: number
}

type Sequence<T> = AsyncIterable<T> | Iterable<T>

/**
 * Verifies a trail and names the first bad entry. Reads both sequences once, in their order; memory stays flat.
 * Without a head it finds what was done to entries by somebody who did not also rebuild the seals, and cannot see a tail that was cut
 * together with its seals; an older head sees both, for all that it covers.
 * @param entries in the order of their ids @param seals in the order of their numbers
 * @param head kept from earlier, elsewhere; it is believed
 */
export async function verify(entries: Sequence<Entry>, seals: Sequence<Seal>, head?: Head): Promise<Verdict> {
  const verdict: Verdict = { fault: undefined, entries: 0, sealed: 0, erased: 0, seals: 0 }
  const bySeals = new Comparison(promised(seals, head, verdict), 'seals')
  const comparisons = head ? [new Comparison(remembered(head), 'head'), bySeals] : [bySeals]
  let last = 0
  for await (const entry of entries) {
    // Numbers rise: one that comes again, or late, was put there by hand.
    if (entry.id <= last)
      return { ...verdict, fault: { what: 'inserted', event: entry.id, seal: undefined, against: 'seals' } }
    const leaf = leafOf(entry).toString('hex')
    for (const comparison of comparisons) await comparison.meet(entry.id, leaf)
    verdict.fault = lowest(comparisons)
    if (!verdict.fault && !opensCommitment(entry))
      verdict.fault = { what: 'changed', event: entry.id, seal: bySeals.seal, against: 'seals' }
    if (verdict.fault) return verdict
    last = entry.id
    verdict.entries++
    if (bySeals.seal !== undefined) verdict.sealed++
    if (entry.salt === null) verdict.erased++
  }
  for (const comparison of comparisons) await comparison.finish()
  // A seal that was rewritten is told only where no entry can be named: the entries are what people ask about.
  verdict.fault = lowest(comparisons) ?? comparisons.map(({ brokenSeal }) => brokenSeal).find((fault) => fault)
  return verdict
}

/** One entry as somebody promised it; or the news that the promise itself is broken. */
type Promised = { id: number; seal: number; fits(leaf: string): boolean } | { broken: Fault }

/** Holds the entries against one list of promises; stops at the first that is not kept. */
class Comparison {
  /** the first entry that is not as promised */
  fault: Fault | undefined
  /** a promise that contradicts itself; nothing after it can be compared */
  brokenSeal: Fault | undefined
  /** the seal of the entry met last, if it has one */
  seal: number | undefined
  readonly #promises: AsyncIterator<Promised>
  readonly #against: Fault['against']
  #next: Exclude<Promised, { broken: Fault }> | undefined
  #started = false

  constructor(promises: AsyncIterable<Promised>, against: Fault['against']) {
    this.#promises = promises[Symbol.asyncIterator]()
    this.#against = against
  }

  /** The next entry of the trail. */
  async meet(id: number, leaf: string): Promise<void> {
    this.seal = undefined
    const next = await this.#expected()
    // Past the last promise: not sealed yet.
    if (!next) return
    if (id < next.id) this.fault = { what: 'inserted', event: id, seal: undefined, against: this.#against }
    else if (id > next.id) this.fault = this.#fault('removed', next)
    else if (!next.fits(leaf)) this.fault = this.#fault('changed', next)
    else {
      this.seal = next.seal
      await this.#advance()
    }
  }

  /** The end of the trail. */
  async finish(): Promise<void> {
    const next = await this.#expected()
    if (next) this.fault = this.#fault('cut', next)
  }

  #fault(what: Fault['what'], { id, seal }: { id: number; seal: number }): Fault {
    return { what, event: id, seal, against: this.#against }
  }

  async #expected() {
    if (!this.#started) await this.#advance()
    return this.#next
  }

  async #advance(): Promise<void> {
    this.#started = true
    const { value, done } = await this.#promises.next()
    this.#next = undefined
    if (done) return
    if ('broken' in value) this.brokenSeal = value.broken
    else this.#next = value
  }
}

/** What the seals say about each entry, each seal judged as it comes. */
async function* promised(seals: Sequence<Seal>, head: Head | undefined, verdict: Verdict): AsyncGenerator<Promised> {
  const kept = new Map(head?.seals.map((seal) => [seal.number, seal]))
  let [number, previous, last] = [0, beginning, 0]
  for await (const seal of seals) {
    number++
    const broken = (against: Fault['against']): Promised => ({
      broken: { what: 'seal', event: seal.events[0]?.from ?? last + 1, seal: seal.number, against },
    })
    const follows = seal.number === number && seal.previous === previous && (seal.events[0]?.from ?? 0) > last
    if (!follows || !isWhole(seal)) {
      yield broken('seals')
      return
    }
    let index = 0
    for (const id of idsIn(seal.events)) {
      const promise = seal.leaves[index++]
      yield { id, seal: seal.number, fits: (leaf) => leaf === promise }
    }
    const old = kept.get(seal.number)
    if (old && old.hash !== seal.hash) {
      yield broken('head')
      return
    }
    kept.delete(seal.number)
    previous = seal.hash
    last = seal.events.at(-1)?.to ?? last
    verdict.seals++
  }
  for (const missing of kept.values()) {
    yield { broken: { what: 'seal', event: missing.events[0]?.from ?? 0, seal: missing.number, against: 'head' } }
    return
  }
}

function isWhole(seal: Seal): boolean {
  return (
    seal.hash === sealHash(seal) &&
    isRising(seal.events) &&
    countIn(seal.events) === seal.count &&
    seal.leaves.length === seal.count &&
    merkleRoot(seal.leaves.map((leaf) => Buffer.from(leaf, 'hex'))).toString('hex') === seal.root
  )
}

/** What the head says about each entry. */
async function* remembered(head: Head): AsyncGenerator<Promised> {
  for (const seal of head.seals) {
    const fingerprints = fingerprintsOf(seal)
    let index = 0
    for (const id of idsIn(seal.events)) {
      const fingerprint = fingerprints[index++]
      yield { id, seal: seal.number, fits: (leaf) => fingerprintOf(leaf) === fingerprint }
    }
  }
}

/** The lowest bad entry; where two say it of the same one, the head, which comes first. */
function lowest(comparisons: readonly Comparison[]): Fault | undefined {
  return comparisons.flatMap(({ fault }) => fault ?? []).sort((a, b) => a.event - b.event)[0]
}
