import { Temporal } from 'temporal-polyfill'
import { dayAfter } from './working-days.ts'

/** The first instant of a day (`YYYY-MM-DD`) in a time zone, in milliseconds: midnight, or what comes after it where clocks skip it. */
export function startOfDay(day: string, timeZone: string): number {
  return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone }).epochMilliseconds
}

/** The end of a day, which is the first instant of the following one. Days of clock changes have 23 or 25 hours. */
export const endOfDay = (day: string, timeZone: string): number => startOfDay(dayAfter(day), timeZone)

/** The instant at which the wall clock shows a time (`08:00`) on a day. A time that clocks skip is as much later; of one that comes twice it is the first. */
export function instantAt(day: string, time: string, timeZone: string): number {
  if (time === '24:00') return endOfDay(day, timeZone)
  return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds
}
