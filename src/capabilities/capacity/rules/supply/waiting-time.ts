import type { WaitingSpell } from '../../types/supply.ts'

/** A quantile of waiting in whole days, with bounds that hold it with a confidence of 95 %; undefined where the data do not reach so far. */
export interface WaitingQuantile {
  days: number | undefined
  low: number | undefined
  high: number | undefined
}

export interface WaitingTime {
  /** spells in all, those that go on included */
  spells: number
  median: WaitingQuantile
  ninetieth: WaitingQuantile
}

/** Two-sided 95 % of the normal distribution. */
const z = 1.959964

interface Step {
  day: number
  /** share that still waits after this day */
  waiting: number
  /** Greenwood's sum; infinite once nobody is left */
  greenwood: number
}

/**
 * CAP-7: how long one waits for a place: the median and the 90th percentile. Who still waits, or left the list without a place, has waited *at least* so
 * long: leaving them out would make every list look short. So the share still waiting is estimated after Kaplan and Meier, and its bounds after
 * Brookmeyer and Crowley with the log-log transformation.
 */
export function waitingTime(spells: readonly WaitingSpell[]): WaitingTime {
  const steps = stillWaiting(spells)
  return { spells: spells.length, median: quantile(steps, 0.5), ninetieth: quantile(steps, 0.1) }
}

function stillWaiting(spells: readonly WaitingSpell[]): Step[] {
  const days = [...spells].sort((a, b) => a.days - b.days)
  const steps: Step[] = []
  let waiting = 1
  let greenwood = 0
  for (let at = 0; at < days.length; ) {
    const day = days[at]?.days ?? 0
    const atRisk = days.length - at
    let ended = 0
    for (; days[at]?.days === day; at++) if (days[at]?.ended === 'place') ended++
    if (ended === 0) continue
    waiting *= (atRisk - ended) / atRisk
    greenwood += ended / (atRisk * (atRisk - ended))
    steps.push({ day, waiting, greenwood })
  }
  return steps
}

function quantile(steps: readonly Step[], share: number): WaitingQuantile {
  const firstBelow = (value: (step: Step) => number) => steps.find((step) => value(step) <= share)?.day
  return {
    days: firstBelow(({ waiting }) => waiting),
    low: firstBelow((step) => bound(step, 1)),
    high: firstBelow((step) => bound(step, -1)),
  }
}

/** The lower (1) or upper (-1) bound of the share still waiting. */
function bound({ waiting, greenwood }: Step, side: 1 | -1): number {
  if (waiting <= 0) return side === 1 ? 0 : 1
  const spread = (z * Math.sqrt(greenwood)) / Math.abs(Math.log(waiting))
  return waiting ** Math.exp(side * spread)
}
