import { words } from '../../../platform/search/tokens.ts'
import type { OpeningHours, ServiceCard } from '../types.ts'

/*
 * Marks stand beside the lexemes of a card in one tsvector, so that one index answers words and choices together. Each begins with one
 * letter and `=`, or with `#`: lexemes of texts hold letters, digits and `_` only, so that no word of a query ever meets a mark.
 */

/** What the list can be narrowed by, besides area and hours; the letter of its marks. */
export const facetLetters = { term: 't', form: 'f', cost: 'c', language: 'l', access: 'x' } as const

export const facetMark = (facet: keyof typeof facetLetters, value: string): string => `${facetLetters[facet]}=${value}`

/** The marks of a card that are counted beside the list. @param terms kind, groups and situations with all terms above them */
export function facetMarks(
  card: Pick<ServiceCard, 'forms' | 'cost' | 'languages' | 'accessibility'>,
  terms: readonly string[],
): string[] {
  return [
    ...terms.map((term) => facetMark('term', term)),
    ...unique(card.forms).map((form) => facetMark('form', form)),
    facetMark('cost', card.cost.kind),
    ...unique(card.languages).map((language) => facetMark('language', language)),
    ...unique(card.accessibility).map((means) => facetMark('access', means)),
  ]
}

/** @param areas areas served with all above them @param served areas served as the card names them */
export function areaMarks(areas: readonly string[], served: readonly string[]): string[] {
  return [...unique(areas).map((code) => `a=${code}`), ...unique(served).map((code) => `s=${code}`)]
}

/** A service fits an area when it serves it, any area above it, or one within it. @param path from the top of the tree down to the area */
export function areaAlternatives(path: readonly string[]): string[] {
  return [`a=${path.at(-1) ?? ''}`, ...path.slice(0, -1).map((code) => `s=${code}`)]
}

/** A name as somebody types it in full: its words, one space between them; undefined when it has none. */
export function nameKey(name: string): string | undefined {
  return words(name).join(' ').slice(0, 200) || undefined
}

export const nameMark = (key: string): string => `n=${key}`

/** Shelf 7 holds half of all services, 6 a quarter … 1 and 0 one of 128 each. */
export const shelves = [0, 1, 2, 3, 4, 5, 6, 7] as const
export const shelfMark = (shelf: number): string => `#${shelf}`

/**
 * The shelf of a card: by chance, but always the same for the same address.
 * Common words are looked for shelf by shelf until enough is found, so that the work does not grow with the directory.
 */
export function shelfOf(card: Pick<ServiceCard, 'slug'>): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < card.slug.length; at++) hash = Math.imul(hash ^ card.slug.charCodeAt(at), 0x01000193) >>> 0
  // the lowest bits of this hash are weak: fold the high ones in
  const of128 = ((hash >>> 15) ^ (hash >>> 8) ^ hash) & 127
  return of128 === 0 ? 0 : 1 + Math.floor(Math.log2(of128))
}

export const minutesOfWeek = 10_080
const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/**
 * The minutes of the local week at which a schedule is open, as spans [from, to) in order, none touching another. A span that closes
 * before it opens runs over midnight, as in `openingAt`; Sunday runs into Monday.
 * @returns undefined when there is no schedule
 */
export function openMinutes(schedule: readonly OpeningHours[]): [number, number][] | undefined {
  if (schedule.length === 0) return undefined
  const spans: [number, number][] = []
  for (const hours of schedule) {
    const opens = minutesOf(hours.opens)
    const closes = minutesOf(hours.closes)
    for (const day of hours.days) {
      const start = weekdays.indexOf(day) * 1440
      const from = start + opens
      const to = start + closes + (closes <= opens ? 1440 : 0)
      spans.push([from, Math.min(to, minutesOfWeek)])
      if (to > minutesOfWeek) spans.push([0, to - minutesOfWeek])
    }
  }
  const joined: [number, number][] = []
  for (const [from, to] of spans.filter(([from, to]) => from < to).sort((one, two) => one[0] - two[0])) {
    const last = joined.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else joined.push([from, to])
  }
  return joined
}

/** One mark for every hour of the week within which it is open at some time. */
export function hourMarks(open: readonly (readonly [number, number])[] | undefined): string[] {
  const hours = new Set<number>()
  for (const [from, to] of open ?? []) for (let hour = Math.floor(from / 60); hour * 60 < to; hour++) hours.add(hour)
  return [...hours].map(hourMark)
}

export const hourMark = (hour: number): string => `o=${hour}`

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)]
