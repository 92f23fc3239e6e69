import type { FieldError } from '../../../../platform/access/outcome.ts'
import type { Tx } from '../../../../platform/db/database.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { judgeStays, type ReportedStay, type StayFault, turnOf } from '../../rules/places/judge-stays.ts'
import { markReported } from '../../store/places/save-offer.ts'
import {
  changeStays,
  insertPlaces,
  insertStays,
  type NewStay,
  payingAmong,
  type ReportedOffer,
} from '../../store/places/save-stays.ts'

/** One line of a report: who came to which offer, or until when somebody stays who is known by sign and first day. */
export interface StayLine extends Omit<ReportedStay, 'person'> {
  /** slug */
  offer: string
  /** the operator's sign for the person; made when left out */
  person: string | undefined
}

export type LineFault = StayFault | 'unknown-offer' | 'unknown-municipality'
export type LineOutcome = 'added' | 'changed' | 'unchanged' | 'rejected'

/** What becomes of one line. */
export interface SettledLine {
  outcome: LineOutcome
  person: string
  /** label of the place in which the person is */
  place: string | undefined
  fault: LineFault | undefined
}

export interface StayReport {
  /** false for a trial, and where a rejected line kept everything from being stored */
  applied: boolean
  counts: Record<LineOutcome, number>
  /** in the order of the report */
  lines: SettledLine[]
}

/**
 * Judges the lines of a report, and stores them: all, or nothing where one is rejected (CAP-9).
 * @param offers those that the sender may report for, held @param apply false: a trial
 */
export async function settleStays(
  tx: Tx,
  offers: ReadonlyMap<string, ReportedOffer>,
  given: readonly StayLine[],
  apply: boolean,
): Promise<StayReport> {
  const paying = await payingAmong(
    tx,
    given.map(({ municipality }) => municipality),
  )
  const lines = given.map((line, at) => ({ ...line, at, person: line.person ?? newSign() }))
  const settled = new Map<number, SettledLine>()
  const turns = new Map<
    number,
    { adds: NewStay[]; changes: { id: string; until: string | undefined; reason: string | undefined }[] }
  >()
  const places: { offerId: string; label: string }[] = []
  for (const [slug, own] of Map.groupBy(lines, ({ offer }) => offer)) {
    const offer = offers.get(slug)
    const known = own.filter(({ municipality }) => offer && paying.has(municipality))
    for (const line of own)
      if (!known.includes(line))
        settled.set(line.at, { ...rejected(offer ? 'unknown-municipality' : 'unknown-offer'), person: line.person })
    if (!offer) continue
    for (const [number, judgement] of judgeStays(offer, known).entries()) {
      const line = known[number]
      if (!line) continue
      const { person } = line
      const turn = turnOf(offer, line)
      const writes = turns.get(turn) ?? { adds: [], changes: [] }
      turns.set(turn, writes)
      switch (judgement.is) {
        case 'add':
          writes.adds.push({ ...line, offerId: offer.id, place: judgement.place })
          if (judgement.newPlace) places.push({ offerId: offer.id, label: judgement.place })
          settled.set(line.at, { outcome: 'added', person, place: judgement.place, fault: undefined })
          break
        case 'change':
          writes.changes.push({ id: judgement.stay.id, until: line.until, reason: line.reason })
          settled.set(line.at, { outcome: 'changed', person, place: judgement.stay.place, fault: undefined })
          break
        case 'same':
          settled.set(line.at, { outcome: 'unchanged', person, place: judgement.stay.place, fault: undefined })
          break
        case 'rejected':
          settled.set(line.at, { ...rejected(judgement.fault), person })
      }
    }
  }
  const counts: StayReport['counts'] = { added: 0, changed: 0, unchanged: 0, rejected: 0 }
  for (const { outcome } of settled.values()) counts[outcome] += 1
  const applied = apply && counts.rejected === 0
  if (applied) {
    await insertPlaces(tx, places)
    for (const turn of [0, 1, 2, 3, 4]) {
      const { adds = [], changes = [] } = turns.get(turn) ?? {}
      await changeStays(tx, changes)
      await insertStays(tx, adds)
    }
    await markReported(
      tx,
      [...offers.values()].map(({ id }) => id),
    )
  }
  return { applied, counts, lines: lines.flatMap(({ at }) => settled.get(at) ?? []) }
}

const rejected = (fault: LineFault) => ({ outcome: 'rejected' as const, place: undefined, fault })

/** A sign for a person who has none yet: says nothing, and can be read out. */
function newSign(): string {
  const [number = 0] = crypto.getRandomValues(new Uint32Array(1))
  return `P${String(number % 10 ** 8).padStart(8, '0')}`
}

const fields: Readonly<Record<LineFault, keyof StayLine>> = {
  'unknown-offer': 'offer',
  'unknown-municipality': 'municipality',
  'ends-before': 'until',
  'unknown-place': 'place',
  'place-taken': 'place',
  'none-free': 'place',
  'person-elsewhere': 'person',
  'no-room': 'reason',
  differs: 'municipality',
  twice: 'person',
}

/** What is wrong with a line: its field, and why, in the reader's language. */
export function faultInWords(fault: LineFault): FieldError & { path: keyof StayLine } {
  return { path: fields[fault], message: words[fault]() }
}

const words: Readonly<Record<LineFault, () => string>> = {
  'unknown-offer': m.capacity_fault_unknown_offer,
  'unknown-municipality': m.capacity_fault_unknown_municipality,
  'ends-before': m.capacity_fault_ends_before,
  'unknown-place': m.capacity_fault_unknown_place,
  'place-taken': m.capacity_fault_place_taken,
  'none-free': m.capacity_fault_none_free,
  'person-elsewhere': m.capacity_fault_person_elsewhere,
  'no-room': m.capacity_fault_no_room,
  differs: m.capacity_fault_differs,
  twice: m.capacity_fault_twice,
}
