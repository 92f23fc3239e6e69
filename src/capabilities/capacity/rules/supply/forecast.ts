import type { YearOfDemand } from '../../types/supply.ts'

/** What a year to come may need, and the bounds within which it lies in four cases of five. */
export interface Forecast {
  year: number
  places: number
  low: number
  high: number
}

/** Fewer years say nothing of a direction. */
export const leastYears = 4

/** Two-sided 80 % of Student's distribution by degrees of freedom, from 1; beyond the table that of the normal one. */
const student = [3.078, 1.886, 1.638, 1.533, 1.476, 1.44, 1.415, 1.397, 1.383, 1.372, 1.363, 1.356, 1.35, 1.345, 1.341]

/**
 * CAP-7: demand in years to come as a straight line through the years behind, with a prediction interval of 80 %. A line is what readers can check with a
 * ruler; what it cannot know, such as a new law, no interval holds, and the page says so.
 * @param past average demand in places of whole years, each once
 * @returns undefined where there are too few years
 */
export function forecast(past: readonly YearOfDemand[], years: readonly number[]): Forecast[] | undefined {
  const count = past.length
  if (count < leastYears) return undefined
  const meanYear = past.reduce((sum, { year }) => sum + year, 0) / count
  const meanPlaces = past.reduce((sum, { places }) => sum + places, 0) / count
  const spreadOfYears = past.reduce((sum, { year }) => sum + (year - meanYear) ** 2, 0)
  const slope =
    past.reduce((sum, { year, places }) => sum + (year - meanYear) * (places - meanPlaces), 0) / spreadOfYears
  const onLine = (year: number) => meanPlaces + slope * (year - meanYear)
  const errors = past.reduce((sum, { year, places }) => sum + (places - onLine(year)) ** 2, 0)
  const deviation = Math.sqrt(errors / (count - 2))
  const factor = student[count - 3] ?? 1.282
  return years.map((year) => {
    const reach = factor * deviation * Math.sqrt(1 + 1 / count + (year - meanYear) ** 2 / spreadOfYears)
    const places = onLine(year)
    return { year, places: Math.max(0, places), low: Math.max(0, places - reach), high: Math.max(0, places + reach) }
  })
}
