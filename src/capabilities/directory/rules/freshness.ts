import { Temporal } from 'temporal-polyfill'

/** The moment from which a record counts as not assured: `months` calendar months after it was confirmed (DIR-6). */
export function assuranceDue(assuredAt: Date, months: number): Date {
  return new Date(
    Temporal.Instant.fromEpochMilliseconds(assuredAt.getTime()).toZonedDateTimeISO('UTC').add({ months })
      .epochMilliseconds,
  )
}

export type Freshness = 'assured' | 'overdue' | 'never'

/** DIR-6: has somebody confirmed this record within its interval? */
export function freshness(record: { assuredAt: Date | undefined; due: Date }, now: Date): Freshness {
  if (!record.assuredAt) return 'never'
  return record.due > now ? 'assured' : 'overdue'
}

/** DIR-6: a record that is not assured sinks; a crisis service never does. */
export function sinks(record: { assuredAt: Date | undefined; due: Date; crisis: boolean }, now: Date): boolean {
  return !record.crisis && freshness(record, now) !== 'assured'
}
