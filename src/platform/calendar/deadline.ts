import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { dayIn } from '../i18n/day.ts'
import { endOfDay, startOfDay } from './local-day.ts'
import { type Pause, ranFor, type Span, standstills } from './pauses.ts'
import { dayAfter, isWorkingDay, previousWorkingDay, type WorkingCalendar, workingDaysBetween } from './working-days.ts'

export type { Pause } from './pauses.ts'

/** A deadline as a pack states it (INT-3). */
export const DeadlineRule = z.object({
  amount: z.number().int().positive(),
  unit: z.enum(['hours', 'working-days', 'calendar-days', 'months']),
  /** a deadline of calendar days or months that ends on a day off ends on the next working day */
  rollsOver: z.boolean().default(false),
})
export type DeadlineRule = z.infer<typeof DeadlineRule>

/** Where a clock runs: the zone decides when a day ends, the calendar which days count. */
export interface Place {
  timeZone: string
  calendar: WorkingCalendar
}

/** What is left, or how late it is where `late`. */
export interface Remaining {
  late: boolean
  amount: number
  unit: 'minutes' | 'hours' | 'working-days' | 'calendar-days'
}

const minute = 60_000
const hour = 60 * minute

/**
 * When a deadline ends: the first moment that is too late (INT-3).
 *
 * Hours run in real time, over both clock changes of the year too; they stand still in a pause. Days end with the local day; the day of the event
 * does not count. A month ends on the day of the same number, or on the last one of a shorter month.
 *
 * A day that lies wholly in a pause does not count; one in which a pause only begins or ends does. No deadline ends while its clock stands still: it
 * then ends with the day on which the pause ends, or with the first one after that on which it may end. A month is paused like the calendar days it has.
 * @throws RangeError beyond the years of which holidays are known, where they matter
 */
export function dueAt(rule: DeadlineRule, startedAt: Date, place: Place, pauses: readonly Pause[] = []): Date {
  const still = standstills(pauses)
  if (rule.unit === 'hours') return new Date(ranFor(rule.amount * hour, startedAt.getTime(), still))
  return new Date(endOfDay(lastDay(rule, dayIn(startedAt, place.timeZone), place, still), place.timeZone))
}

/**
 * What is left until `due`, or how late it is, in the unit of the rule; months in calendar days. Days are those after today, the last one included;
 * on the last day, and where no whole day is left, it says hours, under one hour minutes (one at least). Nothing says more than there is, but for the minute.
 */
export function remaining(rule: DeadlineRule, due: Date, now: Date, place: Place): Remaining {
  const late = now.getTime() >= due.getTime()
  const distance = Math.abs(due.getTime() - now.getTime())
  if (rule.unit !== 'hours' && distance >= 24 * hour) {
    const unit = rule.unit === 'working-days' ? 'working-days' : 'calendar-days'
    const last = dayBefore(due, place)
    const today = dayIn(now, place.timeZone)
    const [from, until] = late ? [last, today] : [today, last]
    const amount =
      unit === 'working-days' ? workingDaysBetween(place.calendar, from, until) : calendarDaysBetween(from, until)
    if (amount > 0) return { late, amount, unit }
  }
  const minutes = Math.max(1, Math.ceil(distance / minute))
  if (minutes < 60) return { late, amount: minutes, unit: 'minutes' }
  return { late, amount: Math.max(1, Math.floor(distance / hour)), unit: 'hours' }
}

/**
 * When to warn, never before the start: of hours when a quarter is left; of days and months at the start of the last working day but one.
 * @param due with the pauses in it, as `dueAt` gives it
 */
export function warnAt(rule: DeadlineRule, startedAt: Date, due: Date, place: Place): Date {
  const warns =
    rule.unit === 'hours'
      ? due.getTime() - (rule.amount * hour) / 4
      : startOfDay(lastWorkingDayButOne(dayBefore(due, place), place.calendar), place.timeZone)
  return new Date(Math.max(startedAt.getTime(), warns))
}

function lastWorkingDayButOne(day: string, calendar: WorkingCalendar): string {
  return previousWorkingDay(calendar, dayAfter(previousWorkingDay(calendar, day), -1))
}

/** The day with whose end a deadline of days or months ends. */
function lastDay(rule: DeadlineRule, started: string, place: Place, still: readonly Span[]): string {
  const standing = still.map((span) => standingDays(span, place.timeZone))
  const counts = (day: string) => rule.unit !== 'working-days' || isWorkingDay(place.calendar, day)
  const mayEnd = (day: string) =>
    (rule.rollsOver ? isWorkingDay(place.calendar, day) : counts(day)) &&
    !standing.some(({ from, until }) => from <= day && day <= until)
  let day = started
  for (let left = daysOf(rule, started); left > 0; ) {
    day = dayAfter(day)
    if (counts(day) && !standing.some(({ whole, until }) => whole <= day && day <= until)) left--
  }
  while (!mayEnd(day)) day = dayAfter(day)
  return day
}

/** How many days a rule asks for, in its own unit; months as the calendar days that they have. */
function daysOf(rule: DeadlineRule, started: string): number {
  if (rule.unit !== 'months') return rule.amount
  return calendarDaysBetween(started, Temporal.PlainDate.from(started).add({ months: rule.amount }).toString())
}

/** The local days at whose end a clock stands, from the one in which a pause begins; and from which on it stands for the `whole` day. */
function standingDays({ from, until }: Span, timeZone: string): { from: string; whole: string; until: string } {
  const begins = dayIn(new Date(from), timeZone)
  return {
    from: begins,
    whole: startOfDay(begins, timeZone) === from ? begins : dayAfter(begins),
    until: dayAfter(dayIn(new Date(until), timeZone), -1),
  }
}

/** The local day that ends with `due`, or in which it lies. */
const dayBefore = (due: Date, place: Place): string => dayIn(new Date(due.getTime() - 1), place.timeZone)

const calendarDaysBetween = (from: string, until: string): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(until), { largestUnit: 'day' }).days
