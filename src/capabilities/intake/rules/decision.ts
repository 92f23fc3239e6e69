import type { Text } from '../../../platform/i18n/text.ts'
import { type DangerSign, type DecisionOutcome, incompleteDocuments, type Urgency } from '../types.ts'
import { missing, type Paper } from './documents.ts'

/** A ground of a card; only those `at entry` may refuse (DIR-2, INT-5). */
export interface Ground {
  code: string
  text: Text
  holds: 'entry' | 'ending'
}

/** All on which a decision rests. */
export interface Standing {
  urgency: Urgency
  dangers: readonly DangerSign[]
  grounds: readonly Ground[]
  papers: readonly Pick<Paper, 'state' | 'needed' | 'from'>[]
  /** `graceOf`; undefined where nobody has asked for what is missing */
  graceUntil: Date | undefined
  /** bodies of which one must have agreed */
  needsBody: readonly string[]
  /** dangers in which the law of the pack refuses nobody */
  neverRefused: readonly DangerSign[]
}

/** The grounds on which this request can be refused now. Empty: *refused* cannot be reached, and is not offered (INT-5). */
export function groundsNow(standing: Standing, now: Date): readonly Ground[] {
  if (standing.dangers.some((danger) => standing.neverRefused.includes(danger))) return []
  return standing.grounds.filter(
    ({ code, holds }) => holds === 'entry' && (code !== incompleteDocuments || graceIsOver(standing, now)),
  )
}

/**
 * INT-5: when the time of grace for what is missing ends. A reminder counts for the papers that it asked for and that are still missing, the last
 * one for each; the first of these to end counts.
 * @param reminders the newest first
 */
export function graceOf(
  papers: readonly Paper[],
  reminders: readonly { documents: readonly string[]; graceUntil: Date }[],
): Date | undefined {
  const ends = missing(papers).flatMap(
    ({ id }) => reminders.find(({ documents }) => documents.includes(id))?.graceUntil ?? [],
  )
  return ends.sort((a, b) => a.getTime() - b.getTime())[0]
}

/** INT-5: missing papers are a ground only after a reminder and the period of grace, and never in an emergency (INT-3). */
function graceIsOver(standing: Standing, now: Date): boolean {
  return (
    standing.urgency !== 'emergency' &&
    standing.graceUntil !== undefined &&
    standing.graceUntil <= now &&
    missing(standing.papers).length > 0
  )
}

export type Hindrance = 'papers' | 'body'

/** What stands between the request and its acceptance. An emergency is never held up by missing papers (INT-3). */
export function hindrances(standing: Standing, bodyAgreed: boolean): Hindrance[] {
  return [
    ...(standing.urgency !== 'emergency' && missing(standing.papers).length > 0 ? (['papers'] as const) : []),
    ...(standing.needsBody.length > 0 && !bodyAgreed ? (['body'] as const) : []),
  ]
}

/** The outcomes that can be reached now. Redirecting needs the person's agreement, which is asked when it is done (DIR-2). */
export function outcomesNow(standing: Standing, bodyAgreed: boolean, now: Date): DecisionOutcome[] {
  return [
    ...(hindrances(standing, bodyAgreed).length === 0 ? (['accepted'] as const) : []),
    ...(groundsNow(standing, now).length > 0 ? (['refused'] as const) : []),
    'redirected',
  ]
}
