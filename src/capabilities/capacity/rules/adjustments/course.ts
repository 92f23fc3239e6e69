import { type AdjustmentKind, type AdjustmentState, runningStates } from '../../types/adjustments.ts'
import type { PathOutcome } from './path.ts'

/** Where an adjustment goes once every affected municipality has been contacted. @param path undefined where the rule is unknown */
export const afterContact = (path: Pick<PathOutcome, 'path'> | undefined): AdjustmentState =>
  path === undefined ? 'path-open' : path.path === 'approval' ? 'approval-open' : 'cleared'

/** Steps that people take, and the states in which each is open. */
const openIn = {
  // also later: of a municipality that became affected meanwhile
  contact: runningStates,
  amend: runningStates,
  withdraw: runningStates,
  'choose-path': ['path-open'],
  'ask-by-mail': ['approval-open'],
  'ask-meeting': ['approval-open'],
  'record-approval': ['approval-open'],
} as const satisfies Record<string, readonly AdjustmentState[]>
export type AdjustmentStep = keyof typeof openIn

/** May this step be taken now? */
export const isOpen = (step: AdjustmentStep, state: AdjustmentState): boolean =>
  (openIn[step] as readonly AdjustmentState[]).includes(state)

/**
 * Does what changed have to be told to the municipalities anew, and approved anew (CAP-3)? Another size or kind, and an earlier day. A later day takes
 * nothing away from anybody: it is told, and contact and approval stand.
 */
export const needsNewContact = (
  before: { kind: AdjustmentKind; change: number; effectOn: string },
  after: { kind: AdjustmentKind; change: number; effectOn: string },
): boolean => before.kind !== after.kind || before.change !== after.change || after.effectOn < before.effectOn

/** Why an adjustment cannot come into force today. */
export type Hindrance =
  /** contact, path or approval is missing */
  | 'not-cleared'
  /** its day has not come */
  | 'too-early'
  /** its day went by before everything was in order: it needs a new one */
  | 'day-is-over'

/** May it come into force on this day (CAP-3)? @param clearedOn the day on which nothing stood against it any longer */
export function hindranceOf(
  adjustment: { state: AdjustmentState; effectOn: string; clearedOn: string | undefined },
  today: string,
): Hindrance | undefined {
  if (adjustment.state !== 'cleared' || adjustment.clearedOn === undefined) return 'not-cleared'
  if (adjustment.clearedOn > adjustment.effectOn) return 'day-is-over'
  return today < adjustment.effectOn ? 'too-early' : undefined
}
