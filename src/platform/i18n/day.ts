import { Temporal } from 'temporal-polyfill'

/** The calendar day (`YYYY-MM-DD`) that it is at this moment in a time zone. */
export function dayIn(moment: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}
