import { Decimal } from 'decimal.js'

/** GOV-14: what a body may decide on by itself, and up to which sum. */
export interface Limit {
  kind: string
  most: string
  currency: string
}

/** A limit rests on an agreed decision that everybody can read and that still holds (GOV-14). */
export const canDelegate = (decision: { aboutPerson: boolean; outcome: string; superseded: boolean }): boolean =>
  !decision.aboutPerson && decision.outcome === 'agreed' && !decision.superseded

export type LimitMistake = 'nothing-delegated' | 'no-amount' | 'other-currency' | 'beyond'

/**
 * Is this within what was delegated to the body? A body to which nothing was ever delegated has no limits.
 * @param limits what is delegated on the day of the decision @param limited was anything ever delegated to it
 */
export function judgeLimit(
  limited: boolean,
  limits: readonly Limit[],
  decided: { kind: string; amount: string | undefined; currency: string | undefined },
): LimitMistake | undefined {
  if (!limited) return undefined
  const limit = limits.find(({ kind }) => kind === decided.kind)
  if (!limit) return 'nothing-delegated'
  if (decided.amount === undefined) return 'no-amount'
  if (decided.currency !== limit.currency) return 'other-currency'
  return new Decimal(decided.amount).greaterThan(limit.most) ? 'beyond' : undefined
}
