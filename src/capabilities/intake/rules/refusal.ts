import { incompleteDocuments } from '../types.ts'
import { type Ground, groundsNow, type Standing } from './decision.ts'
import { missing } from './documents.ts'

/** Why a ground, or any, cannot be used now (INT-5). */
export type Unreached =
  /** the card lists none at entry */
  | 'no grounds'
  /** the law refuses nobody in this danger */
  | 'danger'
  /** an emergency is never held up by papers */
  | 'emergency'
  /** nothing is missing */
  | 'complete'
  /** nobody has asked for what is missing */
  | 'no reminder'
  /** the time that was given is not over */
  | 'grace'

/** INT-5: the grounds on which this request can be refused now, and why others, or all, cannot be reached. */
export function refusalOf(
  standing: Standing,
  now: Date,
): { grounds: readonly Ground[]; unreached: readonly Unreached[] } {
  const grounds = groundsNow(standing, now)
  const listed = standing.grounds.filter(({ holds }) => holds === 'entry')
  if (listed.length === 0) return { grounds, unreached: ['no grounds'] }
  if (standing.dangers.some((danger) => standing.neverRefused.includes(danger)))
    return { grounds, unreached: ['danger'] }
  const papers = listed.some(({ code }) => code === incompleteDocuments)
  if (!papers || grounds.some(({ code }) => code === incompleteDocuments)) return { grounds, unreached: [] }
  return { grounds, unreached: [whyNotPapers(standing)] }
}

function whyNotPapers({ urgency, papers, graceUntil }: Standing): Unreached {
  if (urgency === 'emergency') return 'emergency'
  if (missing(papers).length === 0) return 'complete'
  return graceUntil === undefined ? 'no reminder' : 'grace'
}
