import type { FrameworkRule, ScopeOffer } from '../../types/agreements.ts'

type Years = Pick<FrameworkRule, 'years' | 'firstYear'>

/** The first and the last day of an agreement that begins in this year; undefined where the rule lets none begin. */
export function periodFrom(rule: Years, year: number): { since: string; until: string } | undefined {
  if (!Number.isInteger(year) || (year - rule.firstYear) % rule.years !== 0) return undefined
  return { since: `${year}-01-01`, until: `${year + rule.years - 1}-12-31` }
}

/** The year in which the next agreement begins that can still be prepared. @param day `2026-11-29` */
export function nextFirstYear(rule: Years, day: string): number {
  const year = Number(day.slice(0, 4)) + 1
  const past = (((year - rule.firstYear) % rule.years) + rule.years) % rule.years
  return past === 0 ? year : year + rule.years - past
}

/** `2027-28`; one year alone is `2027`. */
export function periodName({ since, until }: { since: string; until: string }): string {
  const [first, last] = [since.slice(0, 4), until.slice(0, 4)]
  return first === last ? first : `${first}-${last.slice(2)}`
}

/** The last day for ratifications: in the year before the agreement begins, never after the end of that month. */
export function ratifyBy({ ratifyBy: { month, day } }: Pick<FrameworkRule, 'ratifyBy'>, since: string): string {
  const year = Number(since.slice(0, 4)) - 1
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return `${year}-${String(month).padStart(2, '0')}-${String(Math.min(day, last)).padStart(2, '0')}`
}

/** Whole days from one day to another; negative where it is over. */
export function daysUntil(day: string, today: string): number {
  return Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000)
}

/** CAP-2: the offers of an annex that are in scope on a day. */
export function offersOn(offers: readonly ScopeOffer[], day: string): string[] {
  return [
    ...new Set(
      offers
        .filter(({ since, until }) => (since === undefined || since <= day) && (until === undefined || until >= day))
        .map(({ offer }) => offer),
    ),
  ]
}

const Line = /^(\S+?)[;,]?(?:\s+(\d{4}-\d{2}-\d{2}|-)(?:[;,]?\s+(\d{4}-\d{2}-\d{2}|-))?)?$/

/**
 * The annex as it is typed: one offer a line, its name in addresses, then perhaps its first and its last day (`-` where there is none).
 * @returns the number of the first line that cannot be read, where there is one
 */
export function offersTyped(text: string): ScopeOffer[] | { line: number } {
  const offers: ScopeOffer[] = []
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim()
    if (line === '') continue
    const found = Line.exec(line)
    if (!found?.[1]) return { line: at + 1 }
    const day = (typed: string | undefined) => (typed === undefined || typed === '-' ? undefined : typed)
    const [since, until] = [day(found[2]), day(found[3])]
    offers.push({ offer: found[1], ...(since ? { since } : {}), ...(until ? { until } : {}) })
  }
  return offers
}

/** The annex as it can be typed again. */
export function offersAsTyped(offers: readonly ScopeOffer[]): string {
  return offers
    .map(({ offer, since, until }) =>
      [offer, ...(since || until ? [since ?? '-'] : []), ...(until ? [until] : [])].join(' '),
    )
    .join('\n')
}
