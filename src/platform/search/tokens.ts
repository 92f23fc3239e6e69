/** More text than this in one field is no description of a service; the rest is not indexed. */
const longestText = 100_000
/** Longer "words" are addresses, keys or attacks: nobody searches for them, and a tsvector refuses them far later. */
const longestWord = 64

// Stress marks (uk), soft hyphens, joiners, byte order marks and direction marks stand inside words without being part of them.
const invisible = /\p{Cf}|\u034f|\u2028|\u2029/gu
const combiningMarks = /\p{M}+/gu
const apostrophes = /(?<=\p{L})['’ʼ`´‘′＇](?=\p{L})/gu
const wordPattern = /[\p{L}\p{N}]+(?:[-\u2010\u2011][\p{L}\p{N}]+)*/gu
const cyrillic = /\p{Script=Cyrillic}/u
const latin = /\p{Script=Latin}/u

/** A word of a text: `word` as it is indexed, `start` and `end` as UTF-16 offsets into the text it was found in. */
export interface Token {
  word: string
  start: number
  end: number
}

export type Script = 'cyrillic' | 'latin' | 'other'

/** Which alphabet a word is written in; mixed and other alphabets are `other` and are never stemmed. */
export function scriptOf(word: string): Script {
  if (cyrillic.test(word)) return latin.test(word) ? 'other' : 'cyrillic'
  return latin.test(word) ? 'latin' : 'other'
}

/**
 * Brings a text into the form in which words are compared: NFC, lower case, no stress marks, no invisible characters,
 * no apostrophes inside words (сім’я = сім'я = сімʼя). Never throws; lone surrogates become U+FFFD.
 */
export function normalise(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(invisible, '')
    .toLowerCase()
    .normalize('NFC')
    .replace(combiningMarks, '')
    .replace(apostrophes, '')
}

/** The parts of a hyphenated word and the whole written together; a plain word alone. */
export function partsOf(word: string): string[] {
  const parts = word.split(/[-\u2010\u2011]/)
  return parts.length === 1 ? parts : [parts.join(''), ...parts]
}

/** The words of a text, hyphenated ones in one piece, in order. At most 100 000 characters are read. */
export function words(text: string): string[] {
  const found = normalise(text.length > longestText ? text.slice(0, longestText) : text).match(wordPattern) ?? []
  return found.filter((word) => word.length <= longestWord)
}

// A letter with everything that may stand on it or inside the word without ending it.
const insideWord = '(?:[\\p{L}\\p{N}\\p{M}\\p{Cf}])*'
const rawPattern = new RegExp(`[\\p{L}\\p{N}]${insideWord}(?:['’ʼ\`´‘′＇](?=\\p{L})${insideWord})*`, 'gu')

/** The words of a text with their places, hyphenated ones in pieces: what highlighting marks. */
export function tokens(text: string): Token[] {
  const found: Token[] = []
  for (const match of text.matchAll(rawPattern)) {
    if (match[0].length > 2 * longestWord) continue
    const word = normalise(match[0])
    if (word) found.push({ word, start: match.index, end: match.index + match[0].length })
  }
  return found
}

const beyondAscii = /[^\0-\x7f]/
const folds: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  ø: 'oe',
  å: 'aa',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}

/** Latin letters without their marks (é → e, ä → a), ß as ss, Danish letters as æ → ae, ø → oe, å → aa; ґ is written г, as many do. */
export function foldLetters(word: string): string {
  if (!beyondAscii.test(word)) return word
  if (scriptOf(word) === 'cyrillic') return word.replaceAll('ґ', 'г')
  return word
    .replace(/[ßæøåœłđðþı]/g, (letter) => folds[letter] ?? letter)
    .normalize('NFD')
    .replace(combiningMarks, '')
    .normalize('NFC')
}
