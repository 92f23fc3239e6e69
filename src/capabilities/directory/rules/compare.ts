import { type Locale, locales } from '../../../platform/i18n/text.ts'
import type { ServiceCard } from '../types.ts'

/** One part of a comparison of two texts: words that both have, or only one of them. */
export interface WordRun {
  kind: 'same' | 'removed' | 'added'
  words: string
}

/** One thing that differs between two cards: where (dotted path in the card), and how it stands in each. */
export interface CardDifference {
  /** `names.uk`, `activities.2.de`, `term.maximumMonths`, `areas` */
  path: string
  /** language of the text, where it is one */
  locale: Locale | undefined
  /** undefined where there is nothing */
  before: string | undefined
  after: string | undefined
}

/**
 * What differs between two versions of a card (DIR-7), field by field, in the order of the card's schema.
 * Lists of codes are compared as sets: a change of order is no change.
 */
export const compareCards = (before: ServiceCard, after: ServiceCard): CardDifference[] => compareRecords(before, after)

/** The same for any record of the directory: an organisation, a place. */
export function compareRecords(before: object, after: object): CardDifference[] {
  const left = leaves(before)
  const right = leaves(after)
  const paths = [...new Set([...left.keys(), ...right.keys()])]
  const order = new Map(Object.keys({ ...before, ...after }).map((field, at) => [field, at]))
  const rank = (path: string) => order.get(path.split('.')[0] ?? '') ?? 0
  return paths
    .filter((path) => left.get(path) !== right.get(path))
    .map((path) => ({ path, locale: localeOf(path), before: left.get(path), after: right.get(path) }))
    .sort((a, b) => rank(a.path) - rank(b.path) || a.path.localeCompare(b.path, 'en', { numeric: true }))
}

function localeOf(path: string): Locale | undefined {
  const last = path.split('.').at(-1)
  return locales.find((locale) => locale === last)
}

/** Every leaf of a record under its path; lists of plain values become one leaf. */
function leaves(record: object): Map<string, string> {
  const found = new Map<string, string>()
  const walk = (value: unknown, path: string) => {
    if (value === undefined || value === null || value === '') return
    if (Array.isArray(value)) {
      if (value.length === 0) return
      if (value.every((item) => typeof item === 'string')) found.set(path, [...value].sort().join(', '))
      else if (value.every((item) => typeof item === 'number')) found.set(path, value.join(', '))
      else value.forEach((item, at) => void walk(item, `${path}.${at}`))
    } else if (typeof value === 'object') {
      for (const [key, item] of Object.entries(value)) walk(item, path ? `${path}.${key}` : key)
    } else found.set(path, String(value))
  }
  walk(record, '')
  return found
}

/** Words longer than this together are not aligned but shown as replaced whole. */
const longest = 1500

/** Aligns two texts by their words (longest common subsequence). The runs that are not `added` make `before`, those not `removed` make `after`. */
export function compareWords(before: string, after: string): WordRun[] {
  const left = pieces(before)
  const right = pieces(after)
  if (left.length + right.length > longest)
    return runs([
      { kind: 'removed', words: before },
      { kind: 'added', words: after },
    ])
  const common = commonLengths(left, right)
  const found: WordRun[] = []
  let i = 0
  let j = 0
  while (i < left.length || j < right.length) {
    const here = left[i]
    const there = right[j]
    if (here !== undefined && here === there) {
      found.push({ kind: 'same', words: here })
      i++
      j++
    } else if (there === undefined || (here !== undefined && (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0))) {
      found.push({ kind: 'removed', words: here ?? '' })
      i++
    } else {
      found.push({ kind: 'added', words: there })
      j++
    }
  }
  return runs(found)
}

/** Words with the white space that follows them, so that nothing is lost when they are put together again. */
function pieces(text: string): string[] {
  return text.match(/\s*\S+\s*/gu) ?? (text ? [text] : [])
}

/** `lengths[i][j]`: words that `left` from i and `right` from j have in common, in order. */
function commonLengths(left: readonly string[], right: readonly string[]): number[][] {
  const lengths = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0))
  for (let i = left.length - 1; i >= 0; i--) {
    const row = lengths[i] ?? []
    const below = lengths[i + 1] ?? []
    for (let j = right.length - 1; j >= 0; j--) {
      row[j] = left[i] === right[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0)
    }
  }
  return lengths
}

function runs(found: readonly WordRun[]): WordRun[] {
  const joined: WordRun[] = []
  for (const run of found) {
    if (run.words === '') continue
    const last = joined.at(-1)
    if (last?.kind === run.kind) last.words += run.words
    else joined.push({ ...run })
  }
  return joined
}
