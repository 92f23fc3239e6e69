import { dueAt, type Place } from '../../../../platform/calendar/deadline.ts'
import { instantAt } from '../../../../platform/calendar/local-day.ts'
import { dayAfter } from '../../../../platform/calendar/working-days.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import type { ConsultationState, Terms } from '../../types/consultations.ts'

/** When something happens to a consultation. */
export interface Timetable {
  /** the last day on which a party may answer */
  lastDay: string
  /** the first moment that is too late */
  closesAt: Date
  /** undefined where there is no room for a reminder */
  halfAt: Date | undefined
  dayBeforeAt: Date | undefined
}

/** Reminders lie in the mailbox when people come to work. */
const morning = '08:00'

/**
 * GOV-5: a consultation closes at the end of the n-th day after the day of sending, in the time zone of the body; where the rule says so, on the
 * next working day.
 * @throws RangeError beyond the years of which holidays are known, where they matter
 */
export function timetableOf(
  { days, closingOn }: Pick<Terms, 'days' | 'closingOn'>,
  sentAt: Date,
  place: Place,
): Timetable {
  const rule = { amount: days, unit: 'calendar-days', rollsOver: closingOn === 'next-working-day' } as const
  return timetableTo(dueAt(rule, sentAt, place), sentAt, place.timeZone)
}

/** The timetable of a consultation that closes with this day: one that was extended. */
export function timetableUntil(lastDay: string, sentAt: Date, timeZone: string): Timetable {
  return timetableTo(new Date(instantAt(lastDay, '24:00', timeZone)), sentAt, timeZone)
}

function timetableTo(closesAt: Date, sentAt: Date, timeZone: string): Timetable {
  const lastDay = lastDayOf(closesAt, timeZone)
  const dayBefore = instantAt(dayAfter(lastDay, -1), morning, timeZone)
  const middle = new Date((sentAt.getTime() + closesAt.getTime()) / 2)
  const half = instantAt(dayIn(middle, timeZone), morning, timeZone)
  return {
    lastDay,
    closesAt,
    halfAt: half > sentAt.getTime() && half < dayBefore ? new Date(half) : undefined,
    dayBeforeAt: dayBefore > sentAt.getTime() ? new Date(dayBefore) : undefined,
  }
}

/** The day that ends with this moment. @param closesAt the first moment that is too late */
export const lastDayOf = (closesAt: Date, timeZone: string): string => dayIn(new Date(closesAt.getTime() - 1), timeZone)

/** How a consultation stands at a moment: what is over is closed, whether or not a job has noted it (GOV-5). */
export const stateAt = (
  { state, closesAt }: { state: ConsultationState; closesAt: Date | undefined },
  now: Date,
): ConsultationState => (state === 'open' && closesAt !== undefined && now >= closesAt ? 'closed' : state)

/** Why a consultation cannot be extended like this. */
export type ExtensionMistake =
  /** it is not open any longer */
  | 'over'
  /** it would close sooner, or when it does already */
  | 'not-later'
  /** more than a year from now */
  | 'too-late'

/** GOV-5: an extension comes before the end, and leads to a later day. */
export function judgeExtension(
  { state, closesAt }: { state: ConsultationState; closesAt: Date },
  until: string,
  now: Date,
  timeZone: string,
): ExtensionMistake | undefined {
  if (stateAt({ state, closesAt }, now) !== 'open') return 'over'
  if (until <= lastDayOf(closesAt, timeZone)) return 'not-later'
  return until > dayAfter(dayIn(now, timeZone), 366) ? 'too-late' : undefined
}
