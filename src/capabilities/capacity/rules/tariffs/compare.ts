import { Exact } from './exact.ts'

/** A tariff of one year. */
export interface YearTariff {
  year: number
  tariff: string
}

/** The middle of tariffs, rounded to coins: half of them are below it. Undefined for none. */
export function median(tariffs: readonly string[]): string | undefined {
  const sorted = tariffs.map((tariff) => new Exact(tariff)).sort((a, b) => a.comparedTo(b))
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]
  if (!upper || !lower) return undefined
  return upper.plus(lower).div(2).toDecimalPlaces(2, Exact.ROUND_HALF_UP).toFixed(2)
}

/** How much larger `now` is than `before`, in per cent with one digit; undefined where nothing is before. */
export function change(before: string | undefined, now: string | undefined): string | undefined {
  if (before === undefined || now === undefined || new Exact(before).isZero()) return undefined
  return new Exact(now).div(before).minus(1).times(100).toDecimalPlaces(1, Exact.ROUND_HALF_UP).toFixed(1)
}

/**
 * CAP-6: development against an index. Values of both where the first year that both know is 100.
 * @returns by year; null where a year has no value
 */
export function againstIndex(
  years: readonly number[],
  values: ReadonlyMap<number, string>,
  index: ReadonlyMap<number, number>,
): { values: (number | null)[]; index: (number | null)[] } {
  const base = years.find((year) => values.has(year) && index.has(year))
  const of = (known: (year: number) => string | number | undefined) =>
    years.map((year) => {
      const from = base === undefined ? undefined : known(base)
      const value = known(year)
      if (from === undefined || value === undefined) return null
      return new Exact(value).div(from).times(100).toDecimalPlaces(1, Exact.ROUND_HALF_UP).toNumber()
    })
  return { values: of((year) => values.get(year)), index: of((year) => index.get(year)) }
}
