import type { TariffRule } from '../../types/tariffs.ts'
import { Exact } from './exact.ts'

/**
 * CAP-5: what of a result lies beyond the band of so many per cent of the costs, with its sign. Cut to whole coins towards nothing: nobody
 * carries more than there is.
 */
export function beyondBand(result: string, costs: string, band: number): string {
  const left = new Exact(result)
  const beyond = left.abs().minus(new Exact(costs).times(band).div(100))
  if (beyond.lte(0)) return '0.00'
  const cut = beyond.toDecimalPlaces(2, Exact.ROUND_DOWN)
  return (left.isNegative() ? cut.negated() : cut).toFixed(2).replace(/^-0\.00$/, '0.00')
}

/** What a result carries into the year n + 2: a surplus lowers the tariff, so its sign turns. */
export const carriedFrom = (beyond: string): string =>
  new Exact(0)
    .minus(beyond)
    .toFixed(2)
    .replace(/^-0\.00$/, '0.00')

/** The year into which a result is carried. */
export const carriedInto = (year: number, { carriedAfter }: Pick<TariffRule, 'carriedAfter'>): number =>
  year + carriedAfter
