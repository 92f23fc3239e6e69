import type { Locale } from '../i18n/text.ts'
import { holidayNames, movedNames } from './holiday-names.ts'
import table from './holidays.json' with { type: 'json' }

interface Holiday {
  name: string
  /** a working day that is off because the holiday fell on a weekend */
  moved: boolean
}

const calendars: Readonly<Record<string, Readonly<Record<string, string>>>> = table.calendars
const read = new Map<string, ReadonlyMap<string, Holiday>>()
const ofMoved = ', moved'

/** Is there a table for a country (`DK`), or for a state of it (`DE`, `BW`)? */
export function knowsHolidays(country: string, state?: string): boolean {
  return country in calendars && (state === undefined || `${country}-${state}` in calendars)
}

/** The countries and states of which holidays are known: `DE`, `DE-BW`, … */
export const knownCalendars: readonly string[] = Object.keys(calendars)

/**
 * The official public holiday of a day, in words of a language; undefined on all other days.
 * Where the law moves a holiday from a weekend to a working day, both days have one.
 * @param day `YYYY-MM-DD`
 * @throws RangeError for a year or a country beyond the table, since a guess would make deadlines wrong unseen
 */
export function publicHoliday(
  country: string,
  state: string | undefined,
  day: string,
  locale: Locale,
): string | undefined {
  const holiday = holidaysOf(country, state).get(day)
  if (!holiday) {
    const year = Number(day.slice(0, 4))
    if (year < table.years.first || year > table.years.last)
      throw new RangeError(`holidays are known from ${table.years.first} to ${table.years.last}, not for ${day}`)
    return undefined
  }
  const name = holidayNames[holiday.name]?.[locale] ?? holiday.name
  return holiday.moved ? movedNames[locale](name) : name
}

function holidaysOf(country: string, state: string | undefined): ReadonlyMap<string, Holiday> {
  const key = state === undefined ? country : `${country}-${state}`
  const known = read.get(key)
  if (known) return known
  if (!knowsHolidays(country, state)) throw new RangeError(`holidays of ${key} are not known`)
  const days = new Map<string, Holiday>()
  for (const part of state === undefined ? [country] : [country, key])
    for (const [name, list] of Object.entries(calendars[part] ?? {}))
      for (const day of list.split(' ')) {
        const moved = name.endsWith(ofMoved)
        days.set(day, { name: moved ? name.slice(0, -ofMoved.length) : name, moved })
      }
  read.set(key, days)
  return days
}
