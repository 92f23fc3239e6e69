import { type Locale, locales, type Text } from '../../../platform/i18n/text.ts'
import type { Wording } from '../../../platform/packs/types.ts'

/** A dated or stigmatising word in a text of a card, and what is said today (DIR-10). */
export interface WordingFlag {
  /** dotted path of the text in the card: `summary.uk` */
  path: string
  locale: Locale
  /** the word as it stands in the text */
  found: string
  suggest: string
  why: Text | undefined
}

interface Matcher {
  wording: Wording
  pattern: RegExp
}

/** Imports judge many cards by the same list. */
const compiled = new WeakMap<readonly Wording[], readonly Matcher[]>()

function matchersOf(wordings: readonly Wording[]): readonly Matcher[] {
  const known = compiled.get(wordings)
  if (known) return known
  const made = wordings.map((wording) => ({
    wording,
    pattern: new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${RegExp.escape(wording.pattern)}[\\p{L}\\p{M}'’ʼ-]*`, 'iu'),
  }))
  compiled.set(wordings, made)
  return made
}

/**
 * Finds flagged words in all texts of a card, each once per text. A pattern is the beginning of a word, matched without case;
 * so `invalid` finds *Invalide*, and does not stand inside other words. It only hints: nothing is changed or refused.
 */
export function flagWordings(card: object, wordings: readonly Wording[]): WordingFlag[] {
  const flags: WordingFlag[] = []
  const matchers = matchersOf(wordings)
  const walk = (value: unknown, path: string) => {
    if (Array.isArray(value)) value.forEach((item, at) => void walk(item, path ? `${path}.${at}` : String(at)))
    else if (value && typeof value === 'object') {
      for (const [key, item] of Object.entries(value)) walk(item, path ? `${path}.${key}` : key)
    } else if (typeof value === 'string') look(value, path)
  }
  const look = (words: string, path: string) => {
    const locale = locales.find((known) => known === path.split('.').at(-1))
    if (!locale) return
    for (const { wording, pattern } of matchers) {
      if (wording.locale !== locale) continue
      const found = pattern.exec(words)?.[0]
      if (found) flags.push({ path, locale, found, suggest: wording.suggest, why: wording.why })
    }
  }
  walk(card, '')
  return flags
}
