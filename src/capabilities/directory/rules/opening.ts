import { Temporal } from 'temporal-polyfill'
import type { OpeningHours } from '../types.ts'

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type Weekday = (typeof weekdays)[number]

/** `unknown` when the card says no hours; `until` is the local time at which it closes, `next` when it opens again. */
export type Opening =
  | { is: 'unknown' }
  | { is: 'open'; until: string }
  | { is: 'closed'; next: { day: Weekday; opens: string; today: boolean } | undefined }

/**
 * Is a place open at this moment? Hours are in the local time of `timeZone`; a span that closes before it opens runs over midnight.
 * On the days of clock changes the wall clock counts, as it does on the door.
 */
export function openingAt(schedule: readonly OpeningHours[], now: Date, timeZone: string): Opening {
  if (schedule.length === 0) return { is: 'unknown' }
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone)
  const today = local.dayOfWeek - 1
  const minute = local.hour * 60 + local.minute
  for (const hours of schedule) {
    const opens = minutesOf(hours.opens)
    const closes = minutesOf(hours.closes)
    const overnight = closes <= opens
    const openedToday = hours.days.includes(dayAt(today)) && minute >= opens && (overnight || minute < closes)
    const openedYesterday = overnight && hours.days.includes(dayAt(today - 1)) && minute < closes
    if (openedToday || openedYesterday) return { is: 'open', until: hours.closes }
  }
  return { is: 'closed', next: nextOpening(schedule, today, minute) }
}

function nextOpening(schedule: readonly OpeningHours[], today: number, minute: number) {
  for (let ahead = 0; ahead <= 7; ahead++) {
    const day = dayAt(today + ahead)
    const opens = schedule
      .filter((hours) => hours.days.includes(day) && (ahead > 0 || minutesOf(hours.opens) > minute))
      .map((hours) => hours.opens)
      .sort()[0]
    if (opens) return { day, opens, today: ahead === 0 }
  }
  return undefined
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
const dayAt = (index: number): Weekday => weekdays[((index % 7) + 7) % 7] ?? 'MO'
