import { dayIn } from '../i18n/day.ts'
import type { Place } from './deadline.ts'
import { instantAt } from './local-day.ts'
import type { Span } from './pauses.ts'
import { dayAfter, holidayOn, isClosed, type Weekday, weekdayOf } from './working-days.ts'

/** Hours on some days of the week, in local time. A span that closes before it opens runs over midnight and belongs to the day on which it opens. */
export interface OfficeHours {
  days: readonly Weekday[]
  /** `08:00` */
  opens: string
  /** `17:00`, at most `24:00` */
  closes: string
}

/** No office is closed for longer without having closed for good. */
const horizonInDays = 60

/**
 * Is an office open at this moment? Its own hours decide on weekdays, so that it can open on a Saturday; on public holidays that are not worked, and
 * on days that the pack closes, it does not open.
 */
export function isOfficeOpen(hours: readonly OfficeHours[], at: Date, place: Place): boolean {
  const today = dayIn(at, place.timeZone)
  const now = at.getTime()
  return [dayAfter(today, -1), today].some((day) =>
    spansOf(hours, day, place).some(({ from, until }) => from <= now && now < until),
  )
}

/** The next moment after `at` at which an office opens; undefined where it does not within 60 days. While it is open: when it opens after that. */
export function opensNext(hours: readonly OfficeHours[], at: Date, place: Place): Date | undefined {
  const today = dayIn(at, place.timeZone)
  for (let ahead = 0; ahead <= horizonInDays; ahead++) {
    const day = dayAfter(today, ahead)
    const opens = spansOf(hours, day, place)
      .map(({ from }) => from)
      .filter((from) => from > at.getTime() && !isOfficeOpen(hours, new Date(from - 1), place))
    if (opens.length > 0) return new Date(Math.min(...opens))
  }
  return undefined
}

/** When an office is open that opens on this day. */
function spansOf(hours: readonly OfficeHours[], day: string, { timeZone, calendar }: Place): Span[] {
  const weekday = weekdayOf(day)
  const onDay = hours.filter(({ days }) => days.includes(weekday))
  if (onDay.length === 0 || isClosed(calendar, day) || holidayOn(calendar, day, 'en') !== undefined) return []
  return onDay
    .map(({ opens, closes }) => ({
      from: instantAt(day, opens, timeZone),
      until: instantAt(closes <= opens ? dayAfter(day) : day, closes, timeZone),
    }))
    .filter(({ from, until }) => from < until)
}
