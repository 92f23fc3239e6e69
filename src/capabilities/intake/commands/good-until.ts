import { Temporal } from 'temporal-polyfill'
import { dayIn } from '../../../platform/i18n/day.ts'
import type { Course } from '../store/procedure.ts'

/** The last day on which a paper that is given now is good for another request (INT-4). */
export function goodUntil(course: Course, now: Date): string {
  return Temporal.PlainDate.from(dayIn(now, course.place.timeZone))
    .add({ months: course.procedure.documentMonths })
    .toString()
}
