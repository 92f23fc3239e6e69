import type { Reason } from './import-types.ts'
import { shortened } from './import-types.ts'

export type Loose = Record<string, unknown>

/** An object, or an empty one. */
export const asObject = (value: unknown): Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {}

/** A list; one object or text alone counts as a list of one. */
export function asList(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.filter((each) => each !== null && each !== undefined && each !== '')
  return value === undefined || value === null || value === '' ? [] : [value]
}

export const objectsIn = (value: unknown): Loose[] =>
  asList(value)
    .map(asObject)
    .filter((each) => Object.keys(each).length > 0)

/** The first of these fields that holds words; white space is brought in order. */
export function textIn(object: Loose, ...fields: readonly string[]): string | undefined {
  for (const field of fields) {
    const value = object[field]
    const text =
      typeof value === 'string' ? value : typeof value === 'number' && Number.isFinite(value) ? String(value) : ''
    const tidy = text
      .toWellFormed()
      .replace(/[^\S\n]+/g, ' ')
      .replace(/ ?\n ?/g, '\n')
      .trim()
    if (tidy !== '' && !/^(null|none|n\/a|undefined)$/i.test(tidy)) return tidy
  }
  return undefined
}

/** A whole number from a number or digits. */
export function wholeIn(object: Loose, ...fields: readonly string[]): number | undefined {
  const number = Number(textIn(object, ...fields) ?? Number.NaN)
  return Number.isFinite(number) ? Math.trunc(number) : undefined
}

/** An address of the web; one without a scheme gets https, one with spaces or no dot is dropped with a note. */
export function webAddress(given: string | undefined, field: string, notes: Reason[]): string | undefined {
  if (given === undefined) return undefined
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `https://${given.replace(/^\/+/, '')}`
  const valid =
    !/\s/.test(given) &&
    URL.canParse(whole) &&
    /^https?:$/.test(new URL(whole).protocol) &&
    new URL(whole).hostname.includes('.')
  if (!valid) {
    notes.push({ code: 'dropped-url', field, value: shortened(given) })
    return undefined
  }
  if (whole !== given) notes.push({ code: 'mended-url', field, value: shortened(whole) })
  return whole
}

/** An address of e-mail; what is none is dropped with a note. */
export function mailAddress(given: string | undefined, field: string, notes: Reason[]): string | undefined {
  if (given === undefined) return undefined
  const bare = given.replace(/^mailto:/i, '')
  // the same letters that cards allow
  if (/^(?!\.)(?!.*\.\.)[\w'+\-.]*[\w+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/.test(bare)) return bare
  notes.push({ code: 'dropped-email', field, value: shortened(given) })
  return undefined
}

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type Weekday = (typeof weekdays)[number]

/** Weekdays in names or codes: "Monday", "MO,TU", ["WE"], "1MO" of a month. */
export function weekdaysIn(value: unknown): Weekday[] {
  const words = asList(value).flatMap((each) =>
    String(each)
      .toUpperCase()
      .split(/[\s,;/&]+/),
  )
  const found = new Set<Weekday>()
  for (const word of words) {
    const day = weekdays.find((code) => word.replace(/^[+-]?\d/, '').startsWith(code))
    if (day) found.add(day)
  }
  return weekdays.filter((day) => found.has(day))
}

/** A time of day as HH:MM: "17:00", "5:30 PM", "09:00:00Z". */
export function timeOf(value: unknown): string | undefined {
  const match = /^(\d{1,2})(?::(\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*([ap])?\.?m?\.?(?:Z|[+-]\d{2}:?\d{2})?$/i.exec(
    String(value ?? '').trim(),
  )
  if (!match) return undefined
  const half = match[3]?.toLowerCase()
  if (!half && match[2] === undefined) return undefined
  let hour = Number(match[1])
  const minute = Number(match[2] ?? 0)
  if (half) hour = (hour % 12) + (half === 'p' ? 12 : 0)
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return undefined
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}
