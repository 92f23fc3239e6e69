import type { RequestState } from '../types.ts'

/** INT-2: which state may follow which. The database holds the same table (`intake.may_follow`); a test compares them. */
const after: Readonly<Record<RequestState, readonly RequestState[]>> = {
  draft: ['submitted', 'withdrawn'],
  submitted: ['in-review', 'withdrawn'],
  'in-review': ['waiting', 'accepted', 'refused', 'redirected', 'withdrawn'],
  waiting: ['in-review', 'withdrawn'],
  accepted: [],
  refused: [],
  redirected: [],
  withdrawn: [],
}

/** INT-2: may a request in `state` come to stand at `next`? */
export const mayFollow = (state: RequestState, next: RequestState): boolean => after[state].includes(next)

/** The states that may follow, in the order in which they are offered. */
export const following = (state: RequestState): readonly RequestState[] => after[state]

/** Accepted, refused or redirected. */
export const isDecided = (state: RequestState): boolean =>
  state === 'accepted' || state === 'refused' || state === 'redirected'

/** Somebody at the office still has to do something about it. */
export const isWithOffice = (state: RequestState): boolean =>
  state === 'submitted' || state === 'in-review' || state === 'waiting'
