import type { Locale } from '../../../platform/i18n/text.ts'
import type { FinderQuestion, ServiceCard } from '../types.ts'

type Answer = FinderQuestion['answers'][number]

/** What a visitor told the finder; each question may be skipped (DIR-4). */
export interface Told {
  what: Answer | undefined
  who: Answer | undefined
  /** area code and the codes above it, top first */
  where: { code: string; path: readonly string[] } | undefined
  locale: Locale
}

/** Why a service fits. The view says it in words; `you` marks what rests on the visitor's own answer. */
export type Fit =
  | { because: 'situation'; term: string }
  | { because: 'kind' }
  | { because: 'target-group'; term: string; answer: 'what' | 'who' }
  | { because: 'everyone' }
  | { because: 'area'; area: string }
  | { because: 'free' }
  | { because: 'as-needed' }
  | { because: 'months'; minimum: number | undefined; maximum: number; extended: number | undefined }
  | { because: 'language' }
  | { because: 'no-refusal' }

/** What nobody knows yet, and is worth asking. */
export type Unknown = 'place-today' | 'with-child' | 'documents' | 'hours' | 'language'

export interface Match {
  score: number
  fits: Fit[]
  unknown: Unknown[]
}

/** What a match is judged by, besides the card: its terms with all terms above them, whether card or places say hours, whether it sinks (DIR-6). */
export interface Candidate {
  card: ServiceCard
  terms: readonly string[]
  hoursKnown: boolean
  sinks: boolean
}

/**
 * DIR-4: does a service fit what a visitor told, how well, and why in words. A service fits when it meets the answer to *what*
 * (situation, kind or target group), or, where *what* was skipped, the answer to *who*, or, where both were skipped, the area.
 * @returns undefined when it does not fit
 */
export function match(candidate: Candidate, told: Told): Match | undefined {
  const { card } = candidate
  const fits: Fit[] = []
  let score = 0
  const has = (codes: readonly string[]) => codes.filter((code) => candidate.terms.includes(code))

  if (told.what) {
    const situations = has(told.what.situations)
    const groups = has(told.what.targetGroups)
    const kinds = has(told.what.kinds)
    if (situations.length + groups.length + kinds.length === 0) return undefined
    // one reason for one answer: the most telling of those that hold
    if (situations[0]) fits.push({ because: 'situation', term: situations[0] })
    else if (groups[0]) fits.push({ because: 'target-group', term: groups[0], answer: 'what' })
    else fits.push({ because: 'kind' })
    score += 6 * Math.min(kinds.length, 1) + 4 * Math.min(situations.length, 2) + 2 * Math.min(groups.length, 2)
    if (told.what.emergency && card.crisis) score += 5
  }
  if (told.who) {
    const groups = has(told.who.targetGroups).filter((code) => code !== 'everyone')
    if (groups[0]) {
      fits.push({ because: 'target-group', term: groups[0], answer: 'who' })
      score += 2
    } else if (candidate.terms.includes('everyone')) fits.push({ because: 'everyone' })
    else if (!told.what) return undefined
  }
  if (told.where) {
    const served = servedArea(card, told.where)
    if (!served) return undefined
    fits.push({ because: 'area', area: served })
    // a service of this very place before one of the whole country
    score += (2 * (told.where.path.indexOf(served) + 1)) / told.where.path.length
  }
  if (card.cost.kind === 'free') fits.push({ because: 'free' })
  if (card.term.asNeeded) fits.push({ because: 'as-needed' })
  else if (card.term.maximumMonths) {
    fits.push({
      because: 'months',
      minimum: card.term.minimumMonths,
      maximum: card.term.maximumMonths,
      extended: card.term.extendedToMonths,
    })
  }
  const speaksTheirs = card.languages.some((language) => language === told.locale)
  if (speaksTheirs) {
    fits.push({ because: 'language' })
    score += 0.5
  }
  if (candidate.sinks) score -= 3
  return { score, fits, unknown: unknowns(candidate, told, speaksTheirs) }
}

function unknowns({ card, terms, hoursKnown }: Candidate, told: Told, speaksTheirs: boolean): Unknown[] {
  const unknown: Unknown[] = []
  // the page promises no free place (DIR-2)
  if (
    card.forms.some((form) => form === 'residential' || form === 'crisis') ||
    ['shelter', 'women-shelter', 'accommodation-fleeing'].some((kind) => terms.includes(kind))
  )
    unknown.push('place-today')
  const withChild = told.who?.targetGroups.some((group) => group === 'children' || group === 'families') ?? false
  if (withChild && !terms.some((term) => term === 'children' || term === 'families' || term === 'everyone'))
    unknown.push('with-child')
  if (card.documents.length === 0) unknown.push('documents')
  if (!hoursKnown) unknown.push('hours')
  if (card.languages.length === 0 && !speaksTheirs) unknown.push('language')
  return unknown.slice(0, 3)
}

/** The most local area that the card serves and that holds (or lies in) the place asked for. */
function servedArea(card: ServiceCard, where: NonNullable<Told['where']>): string | undefined {
  return [...where.path].reverse().find((code) => card.areas.includes(code))
}

/** Best first; among equals the shorter way to it, by name in the reader's language. */
export function rank<T extends { match: Match; name: string }>(found: readonly T[], locale: Locale): T[] {
  const compare = new Intl.Collator(locale).compare
  return [...found].sort((a, b) => b.match.score - a.match.score || compare(a.name, b.name))
}
