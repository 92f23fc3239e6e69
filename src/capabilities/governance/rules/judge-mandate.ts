import type { Body } from '../types.ts'
import { type Seat, seatsOf, type Term } from './seats.ts'

/** Why a mandate cannot be given like this. */
export type MandateMistake =
  /** the body has no such seat */
  | 'no-seat'
  /** it ends before it begins */
  | 'ends-before'
  /** neither a person nor an organisation */
  | 'nobody'
  /** the seat belongs to another organisation */
  | 'other-organisation'

/** The seat of this name; undefined for all else. */
export const seatBy = (body: Pick<Body, 'seats'>, key: string): Seat | undefined =>
  seatsOf(body).find((seat) => seat.key === key)

/**
 * Who gets the seat in the end, and what is wrong with it. The database refuses the same once more.
 * A seat of one organisation is filled by it, whether its name is given or not.
 */
export function judgeMandate(
  body: Pick<Body, 'seats'>,
  given: { seat: string; name?: string | undefined; organisation?: string | undefined } & Term,
): { organisation: string | undefined; mistakes: MandateMistake[] } {
  const seat = seatBy(body, given.seat)
  const organisation = given.organisation ?? seat?.organisation
  return {
    organisation,
    mistakes: [
      ...(seat ? [] : ['no-seat' as const]),
      ...(given.until !== undefined && given.until < given.since ? ['ends-before' as const] : []),
      ...(given.name === undefined && organisation === undefined ? ['nobody' as const] : []),
      ...(seat?.organisation !== undefined && organisation !== seat.organisation
        ? ['other-organisation' as const]
        : []),
    ],
  }
}
