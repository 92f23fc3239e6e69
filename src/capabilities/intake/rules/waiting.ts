import type { WaitingEnd } from '../../capacity/contract.ts'
import type { LeavingReason, Urgency } from '../types.ts'
import { byUrgency } from './emergency.ts'

/** Somebody on a waiting list. */
export interface Waiting {
  id: string
  urgency: Urgency
  since: Date
}

/** INT-9: rank is a rule: urgency first, then who has waited longest; the id settles what is equal, so that nobody's place hangs on chance. */
export function byRank(a: Waiting, b: Waiting): number {
  return (
    byUrgency(a.urgency, b.urgency) || a.since.getTime() - b.since.getTime() || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  )
}

/** How many wait before this one. */
export function aheadOf(one: Waiting, all: readonly Waiting[]): number {
  return all.filter((other) => byRank(other, one) < 0).length
}

/** What the person may say themselves when they leave a list; the office may give every reason. */
export const ownReasons: readonly LeavingReason[] = ['helped-elsewhere', 'no-longer-wanted', 'moved-away']

/** With a place, what follows goes on; otherwise nothing more follows. */
export const leadsOn = (reason: LeavingReason): boolean => reason === 'place-found'

/** The same in the words of capacity, which knows nothing of the person. */
export const inCapacity: Readonly<Record<LeavingReason, WaitingEnd>> = {
  'place-found': 'moved-in',
  'helped-elsewhere': 'elsewhere',
  'no-longer-wanted': 'no-longer-needed',
  'not-reached': 'no-longer-needed',
  'moved-away': 'elsewhere',
  died: 'no-longer-needed',
}
