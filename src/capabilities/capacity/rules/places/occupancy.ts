import { Temporal } from 'temporal-polyfill'

/** Days in a row on which an offer stands alike; without an end they go on. */
export interface AlikeDays {
  from: string
  until: string | undefined
  approved: number
  open: number
  occupied: number
}

/** Places of a period on an average day. */
export interface OccupancyPoint {
  /** the first day of the period */
  day: string
  approved: number
  open: number
  occupied: number
}

export type Step = 'day' | 'week' | 'month'

/** The first days of all periods from a day on until another, which does not count. */
export function daysBetween(from: string, until: string, step: Step): string[] {
  const last = Temporal.PlainDate.from(until)
  const days: string[] = []
  const lengths = { day: { days: 1 }, week: { weeks: 1 }, month: { months: 1 } } as const
  for (let day = Temporal.PlainDate.from(from); Temporal.PlainDate.compare(day, last) < 0; day = day.add(lengths[step]))
    days.push(day.toString())
  return days
}

// hundreds of times a page: arithmetic of calendars would be slower, and a day without a zone has always 24 hours
const lengthOf = (from: string, until: string) => (Date.parse(until) - Date.parse(from)) / 86_400_000

/**
 * How an offer stood, day by day or on an average day of each week or month: from days that stand alike, never typed (CAP-1).
 * @param known in order, without overlap; days between them have nothing @param until the first day that no longer counts
 */
export function occupancyOver(known: readonly AlikeDays[], from: string, until: string, step: Step): OccupancyPoint[] {
  const starts = daysBetween(from, until, step)
  return starts.map((day, at) => {
    const end = starts[at + 1] ?? until
    const sums = { approved: 0, open: 0, occupied: 0 }
    for (const days of known) {
      const begins = days.from > day ? days.from : day
      const ends = days.until !== undefined && days.until < end ? days.until : end
      if (begins >= ends) continue
      const length = lengthOf(begins, ends)
      sums.approved += days.approved * length
      sums.open += days.open * length
      sums.occupied += days.occupied * length
    }
    const whole = lengthOf(day, end)
    return { day, approved: sums.approved / whole, open: sums.open / whole, occupied: sums.occupied / whole }
  })
}

/** How many places are taken of those approved on an average day, 0 … and above 1 where more people live there; undefined without places. */
export function occupancyShare(points: readonly Pick<OccupancyPoint, 'approved' | 'occupied'>[]): number | undefined {
  const approved = points.reduce((sum, point) => sum + point.approved, 0)
  return approved === 0 ? undefined : points.reduce((sum, point) => sum + point.occupied, 0) / approved
}

/** CAP-9: is the last report older than so many days? An offer that nobody reports for is stale, too. */
export function isStale(reportedAt: Date | undefined, staleDays: number, now: Date): boolean {
  return reportedAt === undefined || now.getTime() - reportedAt.getTime() > staleDays * 86_400_000
}
