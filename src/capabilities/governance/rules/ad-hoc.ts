import type { Body } from '../types.ts'

/** How an ad hoc group stands on a day (GOV-8). */
export type GroupState =
  | 'not-begun'
  | 'works'
  /** possible, and marked */
  | 'works-without-terms'
  /** its horizon is over, and nobody prolonged it */
  | 'ended'

/**
 * Terms of reference are approved before the group starts; starting without them is possible and marked. It ends at its horizon unless it is prolonged.
 * @param today `2026-11-29`
 */
export function groupOn({ begins, terms, prolongedUntil }: NonNullable<Body['adHoc']>, today: string): GroupState {
  if (today < begins) return 'not-begun'
  const last = lastDay({ terms, prolongedUntil })
  if (last !== undefined && last < today) return 'ended'
  return terms && terms.approvedOn <= begins ? 'works' : 'works-without-terms'
}

/** The last day of its work; undefined where nobody has set one. */
export function lastDay({
  terms,
  prolongedUntil,
}: Pick<NonNullable<Body['adHoc']>, 'terms' | 'prolongedUntil'>): string | undefined {
  const horizon = terms?.horizon
  return prolongedUntil !== undefined && prolongedUntil > (horizon ?? '') ? prolongedUntil : horizon
}
