import type { AdjustmentKind } from '../../types/adjustments.ts'

/** An adjustment that still runs, as others of the same offer see it. */
export interface Running {
  id: string
  kind: AdjustmentKind
  change: number
  effectOn: string
}

/** Why an adjustment cannot be planned like this. */
export type PlanMistake =
  /** only offers of the framework agreement are adjusted here */
  | { mistake: 'out-of-scope' }
  /** there are no places to change on that day */
  | { mistake: 'no-places' }
  | { mistake: 'no-change' }
  /** it would take away every place there is: that is a closure, and is called one */
  | { mistake: 'is-closure' }
  /** its day is over */
  | { mistake: 'past' }
  /** another adjustment of the offer runs that it cannot stand beside */
  | { mistake: 'contradicts'; other: string }

/** Two running adjustments of one offer that cannot both happen: one closes it, they pull in opposite directions, or fall on one day. */
export const contradict = (one: Omit<Running, 'id'>, other: Omit<Running, 'id'>): boolean =>
  one.kind === 'closure' ||
  other.kind === 'closure' ||
  Math.sign(one.change) !== Math.sign(other.change) ||
  one.effectOn === other.effectOn

/** Places on a day, with what running adjustments change until then. */
export const placesExpected = (approved: number, running: readonly Running[], effectOn: string): number =>
  running.filter((other) => other.effectOn < effectOn).reduce((places, { change }) => places + change, approved)

/**
 * Judges a plan before it is kept (CAP-3). The database refuses the same once more.
 * @param offer scope and places on the day of effect, those of running adjustments included
 * @param today the day it is in the region
 */
export function judgePlan(
  plan: { kind: AdjustmentKind; change: number | undefined; effectOn: string },
  offer: { inScope: boolean; places: number; running: readonly Running[] },
  today: string,
): PlanMistake[] {
  const change = changeOf(plan, offer.places)
  const other = offer.running.find((one) => contradict({ ...plan, change }, one))
  return [
    ...(offer.inScope ? [] : [{ mistake: 'out-of-scope' } as const]),
    ...(plan.effectOn < today ? [{ mistake: 'past' } as const] : []),
    ...sizeMistakes(plan.kind, change, offer.places),
    ...(other ? [{ mistake: 'contradicts', other: other.id } as const] : []),
  ]
}

/** Places more or fewer: a closure takes all. */
export const changeOf = (plan: { kind: AdjustmentKind; change: number | undefined }, places: number): number =>
  plan.kind === 'closure' ? -places : (plan.change ?? 0)

function sizeMistakes(kind: AdjustmentKind, change: number, places: number): PlanMistake[] {
  if (places <= 0) return kind === 'closure' || change <= 0 ? [{ mistake: 'no-places' }] : []
  if (change === 0) return [{ mistake: 'no-change' }]
  return kind === 'change' && places + change <= 0 ? [{ mistake: 'is-closure' }] : []
}
