/** A stay as judging sees it. Days are ISO days; a period without an end goes on. */
export interface KnownStay {
  id: string
  /** label of its place */
  place: string
  /** slug of who referred the person */
  municipality: string
  person: string
  from: string
  /** the first day that is no longer in it */
  until: string | undefined
}

/** What is known of an offer when stays are reported. */
export interface OfferState {
  /** approved places by date */
  periods: readonly { from: string; until: string | undefined; approved: number }[]
  /** labels of its single places, in their order */
  places: readonly string[]
  stays: readonly KnownStay[]
}

/** A reported stay: a new one, or the end of one that is known by person and first day. */
export interface ReportedStay {
  /** any free place when left out */
  place: string | undefined
  municipality: string
  person: string
  from: string
  until: string | undefined
  /** why somebody stays although all approved places are taken */
  reason: string | undefined
}

export type StayFault =
  /** it would end before it begins, or on the same day */
  | 'ends-before'
  | 'unknown-place'
  /** somebody else is in this place in that time */
  | 'place-taken'
  /** all places are taken in that time */
  | 'none-free'
  /** the same person is in another place of this offer in that time */
  | 'person-elsewhere'
  /** all approved places are taken on some day, and no reason is given (CAP-1) */
  | 'no-room'
  /** the stay is known with another place or another municipality */
  | 'differs'
  /** the same person and first day stand in this report before */
  | 'twice'

export type StayJudgement =
  | { is: 'add'; place: string; newPlace: boolean }
  | { is: 'change'; stay: KnownStay; longer: boolean }
  | { is: 'same'; stay: KnownStay }
  | { is: 'rejected'; fault: StayFault }

const never = '9999-12-31'
const end = (period: { until: string | undefined }) => period.until ?? never

interface Days {
  from: string
  until: string | undefined
}
const meet = (one: Days, other: Days) => one.from < end(other) && other.from < end(one)

/**
 * Judges reported stays one after the other (CAP-1, CAP-9): each as if those before it were stored. Ends come first, since they make room; then what
 * needs no reason; then what brings one, since nobody stands above the places because of whoever comes later.
 * @returns a judgement for each, in the order given
 */
export function judgeStays(state: OfferState, reported: readonly ReportedStay[]): StayJudgement[] {
  const course = new Course(state)
  const judged = new Map<number, StayJudgement>()
  const turns = reported.map((stay, at) => ({ stay, at, turn: turnOf(state, stay) }))
  for (const { stay, at } of turns.toSorted((a, b) => a.turn - b.turn || a.at - b.at))
    judged.set(at, course.judge(stay))
  return reported.map((_, at) => judged.get(at) ?? { is: 'rejected', fault: 'ends-before' })
}

/** When a report is judged and stored: 0 ends, 1 longer, 2 new, 3 longer and 4 new with a reason. */
export function turnOf(state: Pick<OfferState, 'stays'>, stay: ReportedStay): 0 | 1 | 2 | 3 | 4 {
  const known = state.stays.find(({ person, from }) => person === stay.person && from === stay.from)
  if (known && end(stay) <= end(known)) return 0
  if (stay.reason === undefined) return known ? 1 : 2
  return known ? 3 : 4
}

class Course {
  readonly #periods: OfferState['periods']
  readonly #places: string[]
  #stays: KnownStay[]

  constructor({ periods, places, stays }: OfferState) {
    this.#periods = periods
    this.#places = [...places]
    this.#stays = [...stays]
  }

  judge(stay: ReportedStay): StayJudgement {
    if (end(stay) <= stay.from) return { is: 'rejected', fault: 'ends-before' }
    const known = this.#stays.find(({ person, from }) => person === stay.person && from === stay.from)
    return known ? this.#change(known, stay) : this.#add(stay)
  }

  #change(known: KnownStay, stay: ReportedStay): StayJudgement {
    if (known.id === '') return { is: 'rejected', fault: 'twice' }
    if ((stay.place !== undefined && stay.place !== known.place) || stay.municipality !== known.municipality)
      return { is: 'rejected', fault: 'differs' }
    if (stay.until === known.until) return { is: 'same', stay: known }
    const longer = end(stay) > end(known)
    const others = this.#stays.filter((other) => other !== known)
    if (longer) {
      const gained = { from: end(known), until: stay.until }
      const fault = this.#fault(others, { ...stay, ...gained }, known.place)
      if (fault) return { is: 'rejected', fault }
    }
    this.#stays = [...others, { ...known, until: stay.until }]
    return { is: 'change', stay: known, longer }
  }

  #add(stay: ReportedStay): StayJudgement {
    const found = stay.place ?? this.#freePlace(stay)
    const place = found ?? (stay.reason === undefined ? undefined : this.#anotherPlace())
    if (place === undefined) return { is: 'rejected', fault: 'none-free' }
    const newPlace = !this.#places.includes(place)
    if (newPlace && found !== undefined) return { is: 'rejected', fault: 'unknown-place' }
    const fault = this.#fault(this.#stays, stay, place)
    if (fault) return { is: 'rejected', fault }
    if (newPlace) this.#places.push(place)
    this.#stays = [...this.#stays, { ...stay, id: '', place }]
    return { is: 'add', place, newPlace }
  }

  #fault(others: readonly KnownStay[], stay: Days & ReportedStay, place: string): StayFault | undefined {
    if (others.some((other) => other.place === place && meet(other, stay))) return 'place-taken'
    if (others.some((other) => other.person === stay.person && meet(other, stay))) return 'person-elsewhere'
    return stay.reason === undefined && this.#isFull(others, stay) ? 'no-room' : undefined
  }

  /** Is there a day on which one more person is more than the approved places? Only days on which something changes need to be asked. */
  #isFull(others: readonly KnownStay[], stay: Days): boolean {
    const then = others.filter((other) => meet(other, stay))
    const days = new Set([
      stay.from,
      ...then.map(({ from }) => from),
      ...this.#periods.flatMap(({ from, until }) => [from, until ?? stay.from]),
    ])
    for (const day of days) {
      if (day < stay.from || day >= end(stay)) continue
      const approved = this.#periods.find((period) => period.from <= day && day < end(period))?.approved ?? 0
      if (then.filter((other) => other.from <= day && day < end(other)).length >= approved) return true
    }
    return false
  }

  #freePlace(stay: Days): string | undefined {
    return this.#places.find((place) => !this.#stays.some((other) => other.place === place && meet(other, stay)))
  }

  /** A place beyond those there are: the next free number. */
  #anotherPlace(): string {
    let number = this.#places.length + 1
    while (this.#places.includes(String(number))) number += 1
    return String(number)
  }
}
