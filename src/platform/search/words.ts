import type { Locale } from '../i18n/text.ts'
import { locales } from '../i18n/text.ts'
import { compoundParts, type Vocabulary } from './compounds.ts'
import { spellDanish, stemDanish, storeDanish } from './stem-danish.ts'
import { spellEnglish, stemEnglish } from './stem-english.ts'
import { spellGerman, stemGerman, storeGerman } from './stem-german.ts'
import { stemUkrainian } from './stem-ukrainian.ts'
import { stopWords } from './stop-words.ts'
import { foldLetters, partsOf, scriptOf, words } from './tokens.ts'

const mostLexemes = 10_000
const longestQuery = 200
const mostQueryWords = 12
const mostAlternatives = 12
/** A shorter beginning would find strangers: Alter would find Alternative. */
const shortestPrefix = { cyrillic: 5, latin: 6, other: 6 }

/**
 * What is searched for: every entry of `alternatives` must be found, each by any of its lexemes. A lexeme that ends in `:*` stands for
 * every lexeme that begins so. Lexemes hold letters, digits and `_` only, so that `toTsquery` needs no escaping.
 */
export interface SearchTerms {
  alternatives: string[][]
}

const stems: Readonly<Record<Locale, (word: string) => string>> = {
  en: stemEnglish,
  uk: stemUkrainian,
  da: stemDanish,
  de: stemGerman,
}

const alphabet: Readonly<Record<Locale, 'latin' | 'cyrillic'>> = {
  en: 'latin',
  uk: 'cyrillic',
  da: 'latin',
  de: 'latin',
}

/** Letters and numbers worth an index entry: two letters, or any digit. */
function isWord(word: string): boolean {
  return word.length >= 2 || /\p{N}|\p{Script=Han}/u.test(word)
}

/**
 * Lexemes in Latin letters carry their language: English care must not meet German Car, nor Danish råd German Rad.
 * A query carries all three, so that a name is still found in every language.
 */
function mark(stem: string, locale: Locale): string {
  return `${locale}_${stem}`
}

function stemOf(word: string, locale: Locale): string {
  const script = scriptOf(word)
  if (script === 'cyrillic') return stemUkrainian(word)
  if (script !== 'latin') return word
  return mark(alphabet[locale] === 'latin' ? stems[locale](word) : foldLetters(word), locale)
}

function stemAll(word: string, locale: Locale, vocabulary?: Vocabulary): string[] {
  return [stemOf(word, locale), ...compoundParts(word, locale, vocabulary).map((part) => mark(part, locale))]
}

const stemCacheSize = 20_000
const caches = new Map<Locale, Map<string, readonly string[]>>()

function cacheOf(locale: Locale): Map<string, readonly string[]> {
  const known = caches.get(locale)
  if (known && known.size < stemCacheSize) return known
  const fresh = new Map<string, readonly string[]>()
  caches.set(locale, fresh)
  return fresh
}

function stemsOf(word: string, locale: Locale, vocabulary: Vocabulary | undefined): readonly string[] {
  if (vocabulary) return stemAll(word, locale, vocabulary)
  // texts repeat their words: nine of ten are answered from here
  const cache = cacheOf(locale)
  const known = cache.get(word) ?? stemAll(word, locale)
  cache.set(word, known)
  return known
}

/**
 * The lexemes under which a text is found (DIR-5), each once, in the order of the text: for `array_to_tsvector`.
 * Any string is allowed; at most 10 000 lexemes come out.
 * @param vocabulary words that German and Danish compounds are split by (`vocabularyOf`); the words of the field when left out
 */
export function lexemes(text: string, locale: Locale, vocabulary?: Vocabulary): string[] {
  const found = new Set<string>()
  const stop = stopWords[locale]
  for (const whole of words(text)) {
    for (const word of partsOf(whole)) {
      if (!isWord(word) || stop.has(word)) continue
      for (const lexeme of stemsOf(word, locale, vocabulary)) if (lexeme) found.add(lexeme)
    }
    if (found.size >= mostLexemes) break
  }
  return [...found].slice(0, mostLexemes)
}

/** How a word stands at the beginning of a lexeme of each language. */
const beginnings: Readonly<Record<Locale, (word: string) => string>> = {
  en: (word) => spellEnglish(foldLetters(word)),
  uk: foldLetters,
  da: (word) => storeDanish(spellDanish(word)),
  de: (word) => storeGerman(spellGerman(word)),
}

function alternativesOf(word: string): string[] {
  const script = scriptOf(word)
  if (script === 'other') return [word]
  const found = new Set<string>()
  for (const locale of locales) {
    if (stopWords[locale].has(word) || (script === 'cyrillic' && locale !== 'uk')) continue
    found.add(stemOf(word, locale))
    const beginning = beginnings[locale](word)
    if (beginning.length >= shortestPrefix[script] && script === alphabet[locale])
      found.add(`${script === 'cyrillic' ? beginning : mark(beginning, locale)}:*`)
  }
  return [...found].slice(0, mostAlternatives)
}

/**
 * Reads a query in all four languages at once (DIR-5). Words that are empty in one of the languages are left out, unless nothing else
 * is there ("men", "Not"); then they are read in the languages in which they mean something.
 * Only the first 200 characters and 12 words count, so that no query costs more than another.
 * @returns no alternatives for a query without words: the caller shows everything
 */
export function searchTerms(query: string): SearchTerms {
  const typed = words(query.slice(0, longestQuery)).slice(0, mostQueryWords)
  const distinct = [...new Set(typed)].filter((word) => partsOf(word).some(isWord))
  const isStop = (word: string) => locales.some((locale) => stopWords[locale].has(word))
  const meaningful = distinct.filter((word) => !isStop(word))
  const chosen = meaningful.length > 0 ? meaningful : distinct.filter(meansSomething)
  const alternatives: string[][] = []
  for (const word of chosen) {
    const [whole = word, ...parts] = partsOf(word)
    const together = alternativesOf(whole)
    const apart = parts.filter((part) => isWord(part) && !isStop(part))
    if (apart.length === 0) alternatives.push(together)
    for (const part of apart) alternatives.push([...new Set([...together, ...alternativesOf(part)])])
  }
  return { alternatives: alternatives.slice(0, mostQueryWords) }
}

/** Whether a word has content in at least one language of its alphabet. */
function meansSomething(word: string): boolean {
  return locales.some((locale) => alphabet[locale] === scriptOf(word) && !stopWords[locale].has(word))
}

/**
 * The terms as text of PostgreSQL's `tsquery`, to be cast (`$1::tsquery`), not parsed by a configuration.
 * @returns undefined when there is nothing to search for
 */
export function toTsquery(terms: SearchTerms): string | undefined {
  if (terms.alternatives.length === 0) return undefined
  return terms.alternatives
    .map(
      (any) =>
        `(${any.map((lexeme) => (lexeme.endsWith(':*') ? `'${lexeme.slice(0, -2)}':*` : `'${lexeme}'`)).join(' | ')})`,
    )
    .join(' & ')
}

/** Whether one lexeme of a text answers one alternative of a query: the rule that PostgreSQL applies. */
export function meets(lexeme: string, alternative: string): boolean {
  return alternative.endsWith(':*') ? lexeme.startsWith(alternative.slice(0, -2)) : lexeme === alternative
}

/** Whether a text with these lexemes is found by these terms: what `tsvector @@ tsquery` says. */
export function isFound(found: readonly string[], terms: SearchTerms): boolean {
  return (
    terms.alternatives.length > 0 &&
    terms.alternatives.every((any) => any.some((alternative) => found.some((lexeme) => meets(lexeme, alternative))))
  )
}
