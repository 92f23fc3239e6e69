import ical, { ICalEventStatus } from 'ical-generator'
import type { Locale } from '../i18n/text.ts'

/** One entry of a calendar: a whole day or several (`day`), or a time of day (`start`). */
export type CalendarEntry = {
  /** stays the same for as long as the thing does, so that a calendar moves it instead of doubling it */
  id: string
  title: string
  text?: string | undefined
  /** address of its page */
  page?: string | undefined
  place?: string | undefined
  /** when it was last changed */
  changedAt: Date
  /** grows with every change of its time */
  sequence?: number
  /** it does not take place; calendars strike it out */
  cancelled?: boolean
} & ({ day: string; lastDay?: string | undefined } | { start: Date; end: Date })

export interface CalendarFeed {
  title: string
  text?: string | undefined
  /** address of the page that shows the same */
  page: string
  locale: Locale
  /** IANA name: what a reader's program shows times in where it has no own choice */
  timeZone: string
  entries: readonly CalendarEntry[]
}

export const calendarType = 'text/calendar; charset=utf-8'

/** A feed as iCalendar (RFC 5545). Days have no time zone; times are written in UTC, so that no clock change moves them. */
export function writeCalendar({ title, text, page, locale, timeZone, entries }: CalendarFeed): string {
  const host = new URL(page).hostname
  const calendar = ical({
    name: oneLine(title),
    prodId: { company: 'Linden', product: 'Linden', language: locale.toUpperCase() },
    url: page,
    ...(text === undefined ? {} : { description: withoutControls(text) }),
    x: { 'X-WR-TIMEZONE': timeZone },
  })
  for (const entry of entries)
    calendar.createEvent({
      id: `${entry.id}@${host}`,
      summary: oneLine(entry.title),
      stamp: entry.changedAt,
      lastModified: entry.changedAt,
      sequence: entry.sequence ?? 0,
      ...(entry.cancelled ? { status: ICalEventStatus.CANCELLED } : {}),
      ...(entry.text === undefined ? {} : { description: withoutControls(entry.text) }),
      ...(entry.page === undefined ? {} : { url: entry.page }),
      ...(entry.place === undefined ? {} : { location: oneLine(entry.place) }),
      ...('day' in entry
        ? { start: noon(entry.day), end: noon(entry.lastDay ?? entry.day, 1), allDay: true }
        : { start: entry.start, end: entry.end }),
    })
  return calendar.toString()
}

/** Noon in UTC is the same day in every zone; the end of a whole day is the day after. */
function noon(day: string, later = 0): Date {
  const date = new Date(`${day}T12:00:00Z`)
  date.setUTCDate(date.getUTCDate() + later)
  return date
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get in
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g
const withoutControls = (text: string) => text.replaceAll(controls, '')
const oneLine = (text: string) => withoutControls(text).replaceAll(/\s+/g, ' ').trim()
