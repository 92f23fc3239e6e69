import { currentLocale } from './speech.ts'
import type { Locale } from './text.ts'

/** Formatters are expensive to make and cheap to keep: one for each language and each set of options. */
const kept = new Map<string, unknown>()
function keep<T>(kind: string, options: object, make: (locale: string) => T): T {
  const locale = regional[currentLocale()]
  const key = `${kind} ${locale} ${JSON.stringify(options)}`
  const known = kept.get(key)
  if (known) return known as T
  const made = make(locale)
  kept.set(key, made)
  return made
}

/** The usage of dates and numbers; English as it is written in Europe (day before month, 24 hours). */
const regional: Record<Locale, string> = { en: 'en-GB', uk: 'uk-UA', da: 'da-DK', de: 'de-DE' }

const noBreak = '\u00a0'

/** A number and what it counts stay on one line: "12 km", "14 грудня", "250 kr.". */
function together(text: string): string {
  return text.replace(
    /(?<=\p{N}\.?)[ \u2009\u202f](?=[\p{L}\p{Sc}%°])|(?<=[\p{Sc}])[ \u2009\u202f](?=\p{N})/gu,
    noBreak,
  )
}

/** What a number counts on stays with it in a law and on a clock: "§ 11", "Art. 5", "ст. 20". */
export function citedTogether(text: string): string {
  return text.replace(/(?<=(?:^|[\s(,;])(?:§§?|Art\.|Abs\.|Nr\.|nr\.|stk\.|ст\.|ч\.|п\.|№)) (?=\p{N})/gu, noBreak)
}

/** A day without a time and place, `2026-11-23`; noon in UTC is the same day in every zone between −12 and +12. */
type Day = string
function noon(day: Day): Date {
  const date = new Date(`${day.slice(0, 10)}T12:00:00Z`)
  if (Number.isNaN(date.valueOf())) throw new RangeError(`"${day}" is not a day such as 2026-11-23`)
  return date
}

const dayStyles = {
  /** 23 November 2026 */
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  /** Monday, 23 November */
  weekday: { weekday: 'long', day: 'numeric', month: 'long' },
  /** 23 Nov 2026 */
  short: { day: 'numeric', month: 'short', year: 'numeric' },
  /** November 2026 */
  month: { month: 'long', year: 'numeric' },
  /** 23/11: below charts, where many stand beside each other */
  figures: { day: 'numeric', month: 'numeric' },
  /** 11/26 */
  monthFigures: { month: 'numeric', year: '2-digit' },
  /** Nov */
  monthName: { month: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

/** A calendar day (`date` of the database, `YYYY-MM-DD`) in words. */
export function formatDay(day: Day, style: keyof typeof dayStyles = 'long'): string {
  const options = { ...dayStyles[style], timeZone: 'UTC' }
  return together(keep('date', options, (locale) => new Intl.DateTimeFormat(locale, options)).format(noon(day)))
}

/** From one day to another, what they share said once: "3–5 November 2026". */
export function formatDays(from: Day, to: Day): string {
  const options = { ...dayStyles.long, timeZone: 'UTC' }
  return together(
    keep('date', options, (locale) => new Intl.DateTimeFormat(locale, options)).formatRange(noon(from), noon(to)),
  )
}

/** A moment as day and time of a place. @param timeZone of the region, such as `Europe/Kyiv` */
export function formatMoment(moment: Date, timeZone: string): string {
  const options = { ...dayStyles.long, hour: 'numeric', minute: '2-digit', timeZone } as const
  const written = together(keep('date', options, (locale) => new Intl.DateTimeFormat(locale, options)).format(moment))
  // the line ends before "kl. 9.00", not within it
  return written.replace(/[ \u00a0](\p{L}+\.?)[ \u00a0](?=\d{1,2}[.:]\d{2})/u, ` $1${noBreak}`)
}

/** A time of day from `14:30` or `14:30:00`, as it is written in the reader's language. */
export function formatTime(time: string): string {
  const options = { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' } as const
  const date = new Date(`2000-01-01T${time.length === 5 ? `${time}:00` : time}Z`)
  if (Number.isNaN(date.valueOf())) throw new RangeError(`"${time}" is not a time such as 14:30`)
  return keep('date', options, (locale) => new Intl.DateTimeFormat(locale, options)).format(date)
}

/** The name of a weekday. @param weekday 1 Monday … 7 Sunday (ISO 8601) */
export function formatWeekday(weekday: number, style: 'long' | 'short' = 'long'): string {
  const options = { weekday: style, timeZone: 'UTC' } as const
  // 1 January 2024 was a Monday.
  return keep('date', options, (locale) => new Intl.DateTimeFormat(locale, options)).format(
    new Date(Date.UTC(2024, 0, weekday, 12)),
  )
}

/** How far a day is from `today`: "today", "in 3 days", "2 months ago". Days up to two weeks, then weeks, months, years. */
export function formatRelativeDay(day: Day, today: Day): string {
  const days = Math.round((noon(day).valueOf() - noon(today).valueOf()) / 86_400_000)
  const size = Math.abs(days)
  const options = { numeric: 'auto' } as const
  const relative = keep('relative', options, (locale) => new Intl.RelativeTimeFormat(locale, options))
  const say = (value: number, unit: Intl.RelativeTimeFormatUnit) => together(relative.format(value, unit))
  if (size < 14) return say(days, 'day')
  if (size < 60) return say(Math.trunc(days / 7), 'week')
  if (size < 730) return say(Math.trunc(days / 30.44), 'month')
  return say(Math.trunc(days / 365.25), 'year')
}

/** A number with the separators of the language. @param digits after the decimal separator, at most */
export function formatNumber(value: number, digits = 0): string {
  const options = { maximumFractionDigits: digits }
  return keep('number', options, (locale) => new Intl.NumberFormat(locale, options)).format(value)
}

/** A share as per cent. @param share 0 … 1 @param digits after the decimal separator, at most */
export function formatShare(share: number, digits = 0): string {
  const options = { style: 'percent', maximumFractionDigits: digits } as const
  const written = keep('number', options, (locale) => new Intl.NumberFormat(locale, options)).format(share)
  // the standard of Ukraine sets the sign apart (DSTU 3582), CLDR does not
  return together(currentLocale() === 'uk' ? written.replace(/\s*%$/, '\u00a0%') : written)
}

/**
 * Money. @param amount a `numeric` of the database as text or number @param currency ISO 4217
 * @param coins always written, also where there are none: sums that stand below each other
 */
export function formatMoney(amount: string | number, currency: string, coins = false): string {
  const value = Number(amount)
  const options = {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    ...(Number.isInteger(value) && !coins ? { maximumFractionDigits: 0 } : {}),
  } as const
  return together(keep('number', options, (locale) => new Intl.NumberFormat(locale, options)).format(value))
}

/** What one of many costs, to the last digit that counts: "0,06543 €". @param digits after the decimal separator */
export function formatRate(amount: number, currency: string, digits: number): string {
  const options = {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: digits,
  } as const
  return together(keep('number', options, (locale) => new Intl.NumberFormat(locale, options)).format(amount))
}

/** A distance: metres in steps of 50 below one kilometre, then kilometres with one digit, whole from 10 on. */
export function formatDistance(metres: number): string {
  const near = metres < 975
  const options = {
    style: 'unit',
    unit: near ? 'meter' : 'kilometer',
    maximumFractionDigits: metres < 9950 ? 1 : 0,
  } as const
  const value = near ? Math.max(50, Math.round(metres / 50) * 50) : metres / 1000
  return together(keep('number', options, (locale) => new Intl.NumberFormat(locale, options)).format(value))
}

/** Words as a list: "a, b and c". */
export function formatList(words: readonly string[], kind: 'and' | 'or' = 'and'): string {
  const options = { type: kind === 'and' ? 'conjunction' : 'disjunction' } as const
  return keep('list', options, (locale) => new Intl.ListFormat(locale, options)).format(words)
}

/** The words sorted as the reader's language sorts, numbers by their value ("Haus 2" before "Haus 10"). */
export function sortedBy<T>(items: readonly T[], words: (item: T) => string): T[] {
  const options = { numeric: true } as const
  const { compare } = keep('collator', options, (locale) => new Intl.Collator(locale, options))
  return [...items].sort((a, b) => compare(words(a), words(b)))
}
