import { Temporal } from 'temporal-polyfill'
import type { Step } from './occupancy.ts'

const dayLength = 86_400_000

/** The day so many days later. Days have no zone, so noon of UTC is as good as any moment. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + days * dayLength).toISOString().slice(0, 10)

/** The first day of the month of a day. */
export const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`

/**
 * From where a span of time is shown, and in which steps: a quarter day by day, a year week by week from a Monday on, all of it month by month.
 * @param opened the first day of the offer: nothing is shown before
 */
export function spanStart(span: 'quarter' | 'year' | 'all', today: string, opened: string): [from: string, step: Step] {
  const day = Temporal.PlainDate.from(today)
  const first = Temporal.PlainDate.from(opened)
  const later = (start: Temporal.PlainDate) => (Temporal.PlainDate.compare(start, first) < 0 ? first : start).toString()
  switch (span) {
    case 'quarter':
      return [later(day.subtract({ days: 89 })), 'day']
    case 'year':
      return [later(day.subtract({ weeks: 52 }).subtract({ days: day.dayOfWeek - 1 })), 'week']
    case 'all':
      return [later(day.subtract({ years: 10 }).with({ day: 1 })), 'month']
  }
}
