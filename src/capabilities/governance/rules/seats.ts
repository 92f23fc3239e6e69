import type { Body, SeatRule } from '../types.ts'

/** One seat that a rule makes. */
export interface Seat {
  /** `chair`, `director/herning-kommune`, `member/2` */
  key: string
  rule: SeatRule
  /** slug of the organisation that alone fills it */
  organisation: string | undefined
  /** for any number of people: the sources do not say how many there are */
  open: boolean
}

/** All seats of a body, in the order of its rules (GOV-1). Keys stay the same as long as the rules do. */
export function seatsOf(body: Pick<Body, 'seats'>): Seat[] {
  return body.seats.flatMap((rule) =>
    (rule.each ?? [undefined]).flatMap((organisation) => {
      const places = rule.places ?? 1
      return Array.from({ length: places }, (_, at) => ({
        key: [rule.slug, organisation, places > 1 ? String(at + 1) : undefined].filter(Boolean).join('/'),
        rule,
        organisation,
        open: rule.each === undefined && rule.places === undefined,
      }))
    }),
  )
}

/** From its first day to its last, both included; without a last day it goes on. Days as `2026-11-29`. */
export interface Term {
  since: string
  until: string | undefined
}

/** How a seat stands on a day. */
export type SeatState =
  | 'held'
  /** by several, as its rule allows */
  | 'shared'
  /** by several, which its rule does not allow */
  | 'doubly-filled'
  /** nobody holds it, and it may stay empty */
  | 'free'
  /** nobody holds it any longer */
  | 'expired'
  /** nobody holds it, and nobody was ever entered */
  | 'vacant'

export interface Standing<Mandate> {
  state: SeatState
  /** who holds it on that day */
  holders: Mandate[]
  /** where nobody does: who held it last */
  last: Mandate | undefined
}

export const holdsOn = ({ since, until }: Term, day: string) => since <= day && (until === undefined || day <= until)

/** How a seat stands on a day (GOV-1). A seat that may stay empty is never vacant and never expired. */
export function standingOn<Mandate extends Term>(
  seat: { optional: boolean; shared: boolean },
  mandates: readonly Mandate[],
  day: string,
): Standing<Mandate> {
  const holders = mandates.filter((mandate) => holdsOn(mandate, day))
  const last = mandates
    .filter(({ until }) => until !== undefined && until < day)
    .toSorted((one, other) => (one.until ?? '').localeCompare(other.until ?? ''))
    .at(-1)
  if (holders.length > 1) return { state: seat.shared ? 'shared' : 'doubly-filled', holders, last: undefined }
  if (holders.length === 1) return { state: 'held', holders, last: undefined }
  if (seat.optional) return { state: 'free', holders, last }
  return { state: last ? 'expired' : 'vacant', holders, last }
}
