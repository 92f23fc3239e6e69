import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Locale } from '../i18n/text.ts'
import { knownCalendars, knowsHolidays, publicHoliday } from './holidays.ts'

export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type Weekday = (typeof weekdays)[number]

const Source = z.object({
  title: z.string().min(1),
  date: z.iso.date().optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
})
const DatedDay = z.object({ day: z.iso.date(), source: Source })

/** How a country counts working days; data of a pack. Of the public holidays only the official ones count: what an agreement adds is `closed`. */
export const WorkingCalendar = z
  .object({
    country: z.string().length(2),
    /** where states have holidays of their own: `BW` */
    state: z.string().optional(),
    weekdays: z.array(z.enum(weekdays)).min(1).default(['MO', 'TU', 'WE', 'TH', 'FR']),
    /** further days off */
    closed: z.array(DatedDay).default([]),
    /** days that are worked although their weekday or a holiday says otherwise */
    worked: z.array(DatedDay).optional(),
    /** periods in which public holidays are worked, as under martial law; without `until` it goes on. `until` is the last such day. */
    holidaysWorked: z
      .array(z.object({ from: z.iso.date(), until: z.iso.date().optional(), source: Source }))
      .default([]),
  })
  .refine(({ country, state }) => knowsHolidays(country, state), {
    path: ['country'],
    error: `the public holidays of this country or state are not known; known are ${knownCalendars.join(', ')}`,
  })
export type WorkingCalendar = z.infer<typeof WorkingCalendar>

/** Is work done on a day (`YYYY-MM-DD`)? What the pack says of this one day goes before weekdays and holidays. */
export function isWorkingDay(calendar: WorkingCalendar, day: string): boolean {
  if (isClosed(calendar, day)) return false
  if (isWorked(calendar, day)) return true
  return calendar.weekdays.includes(weekdayOf(day)) && holidayOn(calendar, day, 'en') === undefined
}

/**
 * Why a day is off: the name of its official public holiday. Undefined on other days, and where the holiday is worked (`holidaysWorked`, `worked`).
 * @throws RangeError for a year beyond the table of holidays
 */
export function holidayOn(calendar: WorkingCalendar, day: string, locale: Locale): string | undefined {
  if (isWorked(calendar, day)) return undefined
  if (calendar.holidaysWorked.some(({ from, until }) => from <= day && (until === undefined || day <= until)))
    return undefined
  return publicHoliday(calendar.country, calendar.state, day, locale)
}

/** Does the pack name this one day as a day off? */
export function isClosed(calendar: WorkingCalendar, day: string): boolean {
  return calendar.closed.some((closed) => closed.day === day)
}

/** The first working day on a day or after it. */
export function nextWorkingDay(calendar: WorkingCalendar, day: string): string {
  let next = day
  while (!isWorkingDay(calendar, next)) next = dayAfter(next)
  return next
}

/** The last working day on a day or before it. */
export function previousWorkingDay(calendar: WorkingCalendar, day: string): string {
  let previous = day
  while (!isWorkingDay(calendar, previous)) previous = dayAfter(previous, -1)
  return previous
}

/**
 * The `count`-th working day after a day, which itself does not count; for 0 the day itself.
 * @throws RangeError for a count that is negative or no whole number
 */
export function addWorkingDays(calendar: WorkingCalendar, day: string, count: number): string {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`${count} is no number of working days`)
  let last = day
  for (let counted = 0; counted < count; counted++) last = nextWorkingDay(calendar, dayAfter(last))
  return last
}

/** How many working days lie after `from`, up to and including `until`; 0 where `until` is not later. */
export function workingDaysBetween(calendar: WorkingCalendar, from: string, until: string): number {
  let count = 0
  for (let day = dayAfter(from); day <= until; day = dayAfter(day)) if (isWorkingDay(calendar, day)) count++
  return count
}

/** The day that is `days` later (earlier where negative). */
export function dayAfter(day: string, days = 1): string {
  return Temporal.PlainDate.from(day).add({ days }).toString()
}

export function weekdayOf(day: string): Weekday {
  return weekdays[Temporal.PlainDate.from(day).dayOfWeek - 1] ?? 'MO'
}

const isWorked = (calendar: WorkingCalendar, day: string): boolean =>
  calendar.worked?.some((worked) => worked.day === day) ?? false
