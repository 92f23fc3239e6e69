import { Decimal } from 'decimal.js'

/** Decimal numbers that hold every product of a tariff in full: nothing is rounded in between. */
export const Exact = Decimal.clone({ precision: 120, toExpNeg: -40, toExpPos: 60 })
export type Exact = InstanceType<typeof Exact>

/**
 * A quotient rounded once, a half upwards (CAP-5). Counted in whole coins, so that no division leaves a remainder behind.
 * @param divisor above nothing @param digits behind the point
 */
export function halfUp(dividend: Exact, divisor: Exact, digits: number): string {
  const unit = new Exact(10).pow(digits)
  const doubled = dividend.times(2).times(unit).plus(divisor)
  return doubled.dividedToIntegerBy(divisor.times(2)).div(unit).toFixed(digits)
}

/** The sum of amounts as they are written. */
export const sum = (amounts: readonly string[]): Exact =>
  amounts.reduce((total, amount) => total.plus(amount), new Exact(0))

/** Days of a year: 366 in a leap year. */
export const daysOf = (year: number): number => (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / 86_400_000
