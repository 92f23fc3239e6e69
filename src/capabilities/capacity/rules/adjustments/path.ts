import { z } from 'zod'
import { type AdjustmentKind, PathChoice } from '../../types/adjustments.ts'

/** What is known of an adjustment when its path is looked up. */
export interface PathFacts {
  kind: AdjustmentKind
  /** places more (+) or fewer (−); of a closure all that there are */
  change: number
  inScope: boolean
  contacted: boolean
}

/** What the decision table says of it (CAP-3). Where it says *outside* or *unknown*, there is no path. */
export const PathOutcome = z.object({
  path: PathChoice,
  /** slugs of the bodies of which one approves */
  bodies: z.array(z.string()).default([]),
  /** in which ways they may be asked */
  ways: z.array(z.enum(['meeting', 'mail'])).default([]),
  /** days of hearing by mail */
  hearingDays: z.number().int().positive().nullable().default(null),
})
export type PathOutcome = z.output<typeof PathOutcome>

/** The facts as the columns of the decision table are called. */
export const factsOf = ({ kind, change, inScope, contacted }: PathFacts) => ({
  change,
  closure: kind === 'closure',
  inScope,
  contacted,
})

/**
 * The path of an adjustment by the rule in force (CAP-3).
 * @param evaluate the decision table of the day; undefined where no rule is known for it
 * @returns undefined where the rule is unknown: then the secretariat chooses, with a reason
 */
export function pathOf(
  facts: PathFacts,
  evaluate: ((facts: ReturnType<typeof factsOf>) => unknown) | undefined,
): PathOutcome | undefined {
  const outcome = PathOutcome.safeParse(evaluate?.(factsOf(facts)))
  return outcome.success ? outcome.data : undefined
}
