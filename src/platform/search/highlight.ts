import type { Locale } from '../i18n/text.ts'
import type { Vocabulary } from './compounds.ts'
import { tokens } from './tokens.ts'
import { lexemes, meets, type SearchTerms } from './words.ts'

/** A stretch of a text; `found` says that it is a word that was searched for. */
export interface Part {
  text: string
  found: boolean
}

/**
 * Cuts a text into stretches and marks the words that were found (DIR-5). The stretches put together are the text, unchanged;
 * there is no HTML in them.
 * @param locale the language that the text is written in
 */
export function highlight(text: string, terms: SearchTerms, locale: Locale, vocabulary?: Vocabulary): Part[] {
  if (text === '') return []
  const alternatives = terms.alternatives.flat()
  const parts: Part[] = []
  let shown = 0
  const push = (end: number, found: boolean) => {
    if (end <= shown) return
    parts.push({ text: text.slice(shown, end), found })
    shown = end
  }
  if (alternatives.length > 0)
    for (const token of tokens(text)) {
      const stems = lexemes(token.word, locale, vocabulary)
      if (!stems.some((stem) => alternatives.some((alternative) => meets(stem, alternative)))) continue
      push(token.start, false)
      push(token.end, true)
    }
  push(text.length, false)
  return parts
}

/**
 * The stretch of a long text that shows a hit, cut between words, with … where something is left out.
 * @param length about how many characters are wanted
 */
export function excerpt(
  text: string,
  terms: SearchTerms,
  locale: Locale,
  length = 200,
  vocabulary?: Vocabulary,
): Part[] {
  const parts = highlight(text, terms, locale, vocabulary)
  if (text.length <= length) return parts
  let hit = 0
  for (const part of parts) {
    if (part.found) break
    hit += part.text.length
  }
  if (hit >= text.length) hit = 0
  const before = Math.max(0, hit - Math.floor(length / 3))
  const start = before === 0 ? 0 : wordStart(text, before, hit)
  const wanted = Math.min(text.length, start + length)
  const end = wanted === text.length ? wanted : wordEnd(text, wanted, start)
  const cut = highlight(text.slice(start, end), terms, locale, vocabulary)
  if (start > 0) cut.unshift({ text: '… ', found: false })
  if (end < text.length) cut.push({ text: ' …', found: false })
  return cut
}

function wordStart(text: string, from: number, limit: number): number {
  const space = text.slice(from, limit).search(/\s\S/)
  return space < 0 ? limit : from + space + 1
}

function wordEnd(text: string, to: number, limit: number): number {
  const kept = text.slice(limit, to).replace(/\s+\S*$/, '')
  return kept === '' ? to : limit + kept.length
}
