import type { CostPart, Line } from '../../types/tariffs.ts'
import { Exact, halfUp, sum } from './exact.ts'

/** The figures from which a tariff is made, as they are written: money to the coin, occupancy in per cent. */
export interface Figures extends Record<CostPart, string> {
  places: string
  days: number
  occupancy: string
}

/** Adds up the lines of a sheet. Places, days and occupancy stand once, which `judgeSheet` looks at. */
export function figuresOf(lines: readonly Line[]): Figures {
  const of = (part: Line['part']) => lines.filter((line) => line.part === part).map(({ amount }) => amount)
  const money = (part: CostPart) => sum(of(part)).toFixed(2)
  return {
    direct: money('direct'),
    indirect: money('indirect'),
    capital: money('capital'),
    carried: money('carried'),
    places: sum(of('places')).toFixed(2),
    days: sum(of('days')).toNumber(),
    occupancy: sum(of('occupancy')).toFixed(2),
  }
}

/** All costs of the year, with what earlier years carry into it. */
export const costsOf = ({ direct, indirect, capital, carried }: Record<CostPart, string>): Exact =>
  sum([direct, indirect, capital, carried])

/** Days that are paid for: places × days × assumed occupancy. */
export const paidDaysOf = ({ places, days, occupancy }: Pick<Figures, 'places' | 'days' | 'occupancy'>): Exact =>
  new Exact(places).times(days).times(occupancy).div(100)

/**
 * CAP-5: tariff per day = (direct + indirect + capital cost ± carried result) ÷ (places × days × assumed occupancy), rounded once, a half upwards.
 * @returns undefined where nothing can be divided, or nothing is left to pay
 */
export function tariffOf(figures: Figures, digits: number): string | undefined {
  const costs = costsOf(figures)
  const paidDays = paidDaysOf(figures)
  if (costs.lte(0) || paidDays.lte(0)) return undefined
  return halfUp(costs, paidDays, digits)
}

/** The scheme of points: points × value of a point, rounded once. */
export const priceOf = (points: string, value: string, digits: number): string =>
  halfUp(new Exact(points).times(value), new Exact(1), digits)
