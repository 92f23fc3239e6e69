/**
 * Writes src/platform/calendar/holidays.json: the official public holidays of the countries that Linden counts working days in, year by year,
 * as the package date-holidays knows them. The package itself takes 40 MB of memory once it has been asked, so that it stays a tool.
 *
 *   node scripts/holidays.mjs           writes the file
 *
 * Another country: its code in `countries`, its names in src/platform/calendar/holiday-names.ts, its sources in `sources`.
 */
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import Holidays from 'date-holidays'

const root = resolve(fileURLToPath(import.meta.url), '../..')
const target = join(root, 'src/platform/calendar/holidays.json')

const countries = ['DE', 'DK', 'UA']
const years = { first: 2010, last: 2060 }

/** Whom the package names for these countries. */
const sources = [
  'https://de.wikipedia.org/wiki/Feiertage_in_Deutschland',
  'https://da.wikipedia.org/wiki/Danske_helligdage',
  'https://en.wikipedia.org/wiki/Public_holidays_in_Denmark',
  'https://en.wikipedia.org/wiki/Public_holidays_in_Ukraine',
]

const lengthOfDay = 86_400_000

/** Days of one calendar, by the English name of the package. A day off in place of a holiday at a weekend stands under "…, moved". */
function daysOf(country, state) {
  const calendar = state ? new Holidays(country, state) : new Holidays(country)
  const days = new Map()
  for (let year = years.first; year <= years.last; year++) {
    const rulesSeen = new Set()
    for (const holiday of calendar.getHolidays(year, 'en')) {
      if (holiday.type !== 'public') continue
      if (Math.round((holiday.end - holiday.start) / lengthOfDay) !== 1)
        throw new Error(`${holiday.name} of ${country} does not take one day, which the table cannot say.`)
      // The package marks some moved days only by giving two days for one rule.
      const moved = holiday.substitute || rulesSeen.has(holiday.rule)
      rulesSeen.add(holiday.rule)
      const name = `${holiday.name.replace(' (substitute day)', '')}${moved ? ', moved' : ''}`
      days.set(name, [...(days.get(name) ?? []), holiday.date.slice(0, 10)])
    }
  }
  return days
}

/** What a state has beyond its country. @throws Error where it lacks a holiday of the country, which the table cannot say */
function beyond(days, national) {
  const all = new Set([...days.values()].flat())
  const shared = new Set([...national.values()].flat())
  for (const day of shared) if (!all.has(day)) throw new Error(`A state works on ${day}, a holiday of its country.`)
  return new Map(
    [...days].map(([name, own]) => [name, own.filter((day) => !shared.has(day))]).filter(([, own]) => own.length),
  )
}

const inFile = (days) => Object.fromEntries([...days].map(([name, list]) => [name, list.join(' ')]))

/** @returns the content of holidays.json as it has to be */
export function holidayTable() {
  const calendars = {}
  for (const country of countries) {
    const national = daysOf(country)
    calendars[country] = inFile(national)
    for (const state of Object.keys(new Holidays().getStates(country) ?? {}))
      calendars[`${country}-${state}`] = inFile(beyond(daysOf(country, state), national))
  }
  return {
    made: 'Written by node scripts/holidays.mjs from date-holidays (© commenthol); never edit. This file stays under CC BY-SA 3.0.',
    sources,
    years,
    calendars,
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  writeFileSync(target, `${JSON.stringify(holidayTable(), null, 2)}\n`)
