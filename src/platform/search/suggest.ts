import { foldLetters, normalise, scriptOf } from './tokens.ts'

/** A word of the index that resembles what was typed; `similarity` from trigrams, 0 to 1. */
export interface Candidate {
  word: string
  similarity: number
}

/** How what was typed is read: as it stands, with the wrong keyboard switched on, or Ukrainian in Latin letters. */
export type ReadingKind = 'typed' | 'keyboard' | 'transliteration'

export interface Reading {
  word: string
  kind: ReadingKind
}

export interface Correction {
  word: string
  kind: ReadingKind
  /** letters that differ (Damerau-Levenshtein) */
  distance: number
}

const longestWord = 40

// the keys of the two layouts, key by key
const latinKeys = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
const ukrainianKeys = "йцукенгшщзхїфівапролджєячсмитьбю'"
const toUkrainianKey = new Map([...latinKeys].map((key, place) => [key, ukrainianKeys[place] ?? key]))
const toLatinKey = new Map([...ukrainianKeys].map((key, place) => [key, latinKeys[place] ?? key]))
toLatinKey.set('ґ', 'u')

/*
 * Back from the table of the Cabinet of Ministers' resolution no. 55 of 27 January 2010. At the beginning of a word є, ї, й, ю, я are
 * written with y; elsewhere with i. Longest first; soft signs and apostrophes are lost there and come back as typos.
 */
const transliterations: readonly (readonly [string, string])[] = [
  ['shch', 'щ'],
  ['zgh', 'зг'],
  ['zh', 'ж'],
  ['kh', 'х'],
  ['ts', 'ц'],
  ['ch', 'ч'],
  ['sh', 'ш'],
  ['ya', 'я'],
  ['yu', 'ю'],
  ['ye', 'є'],
  ['yi', 'ї'],
  ['ia', 'я'],
  ['iu', 'ю'],
  ['ie', 'є'],
  ['a', 'а'],
  ['b', 'б'],
  ['v', 'в'],
  ['w', 'в'],
  ['h', 'г'],
  ['g', 'г'],
  ['d', 'д'],
  ['e', 'е'],
  ['z', 'з'],
  ['y', 'и'],
  ['i', 'і'],
  ['k', 'к'],
  ['l', 'л'],
  ['m', 'м'],
  ['n', 'н'],
  ['o', 'о'],
  ['p', 'п'],
  ['r', 'р'],
  ['s', 'с'],
  ['t', 'т'],
  ['u', 'у'],
  ['f', 'ф'],
  ['j', 'й'],
  ['c', 'к'],
  ['x', 'кс'],
  ['q', 'к'],
]

function fromTransliteration(word: string): string {
  let out = ''
  for (let place = 0; place < word.length; ) {
    if (word[place] === 'y' && place > 0 && place === word.length - 1 && /[уеаоі]$/.test(out)) {
      out += 'й'
      break
    }
    // sotsialnyi, spetsialist; but pratsia
    if (out.endsWith('ц') && word.startsWith('ia', place) && place + 2 < word.length) {
      out += 'іа'
      place += 2
      continue
    }
    const pair = transliterations.find(([letters]) => word.startsWith(letters, place))
    if (!pair) return ''
    out += pair[1]
    place += pair[0].length
  }
  // sotsialnyi, dytiachyi: a final yi is ий, not ї
  return /[a-z]yi$/.test(word) && out.endsWith('ї') ? `${out.slice(0, -1)}ий` : out
}

function onOtherKeyboard(typed: string, keys: ReadonlyMap<string, string>): string {
  let out = ''
  for (const key of typed) {
    const other = keys.get(key)
    if (other === undefined) return ''
    out += other
  }
  return out
}

/**
 * What a person may have meant by the keys they pressed: `ghbnekjr` and `prytulok` are притулок. One word, as it was typed
 * (`[` and `;` are Ukrainian letters on the other layout). What was typed comes first; at most three readings.
 */
export function readings(typed: string): Reading[] {
  const lower = typed.slice(0, longestWord).toWellFormed().normalize('NFC').trim().toLowerCase().replace(/[’ʼ]/g, "'")
  const word = normalise(lower)
  const found: Reading[] = word ? [{ word, kind: 'typed' }] : []
  const add = (other: string, kind: ReadingKind) => {
    const plain = normalise(other)
    if (plain.length >= 3 && /^\p{L}+$/u.test(plain) && !found.some((reading) => reading.word === plain))
      found.push({ word: plain, kind })
  }
  if (/^[\x21-\x7e]+$/.test(lower)) {
    add(onOtherKeyboard(lower, toUkrainianKey), 'keyboard')
    add(fromTransliteration(word), 'transliteration')
  } else if (scriptOf(word) === 'cyrillic') add(onOtherKeyboard(lower, toLatinKey), 'keyboard')
  return found
}

/** How many letters may be wrong: none up to 3, one in 4 to 6, two in longer words. */
export function allowedDistance(word: string): number {
  const length = [...word].length
  if (length < 4) return 0
  return length <= 6 ? 1 : 2
}

/**
 * Damerau-Levenshtein distance (letters added, left out, changed, neighbours swapped), counted no further than `limit`.
 * @returns `limit + 1` when the words differ more
 */
export function distance(left: string, right: string, limit: number): number {
  const one = [...left]
  const two = [...right]
  if (Math.abs(one.length - two.length) > limit) return limit + 1
  let twoBack: number[] = []
  let back = two.map((_, place) => place + 1)
  back.unshift(0)
  for (let row = 1; row <= one.length; row++) {
    const current = [row]
    let least = row
    for (let column = 1; column <= two.length; column++) {
      const same = one[row - 1] === two[column - 1]
      let cost = Math.min(
        (back[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (back[column - 1] ?? 0) + (same ? 0 : 1),
      )
      const swapped = row > 1 && column > 1 && one[row - 1] === two[column - 2] && one[row - 2] === two[column - 1]
      if (swapped) cost = Math.min(cost, (twoBack[column - 2] ?? 0) + 1)
      current.push(cost)
      if (cost < least) least = cost
    }
    if (least > limit) return limit + 1
    twoBack = back
    back = current
  }
  return Math.min(back[two.length] ?? 0, limit + 1)
}

const kindOrder: Readonly<Record<ReadingKind, number>> = { keyboard: 0, transliteration: 1, typed: 2 }

/**
 * Chooses the words that were probably meant (DIR-5), best first: fewest wrong letters, then the most similar, then the alphabet.
 * @param typed one word of the query as it was typed
 * @param candidates words of the index that resemble any of `readings(typed)`
 */
export function corrections(typed: string, candidates: Iterable<Candidate>, most = 3): Correction[] {
  const read = readings(typed)
  const best = new Map<string, Correction & { similarity: number }>()
  for (const candidate of candidates) {
    const plain = foldLetters(normalise(candidate.word))
    for (const reading of read) {
      const limit = allowedDistance(reading.word)
      const away = distance(foldLetters(reading.word), plain, limit)
      // the word itself is no correction of itself
      if (away > limit || (away === 0 && reading.kind === 'typed')) continue
      const known = best.get(candidate.word)
      if (
        known &&
        (known.distance < away || (known.distance === away && kindOrder[known.kind] <= kindOrder[reading.kind]))
      )
        continue
      best.set(candidate.word, {
        word: candidate.word,
        kind: reading.kind,
        distance: away,
        similarity: candidate.similarity,
      })
    }
  }
  return [...best.values()]
    .sort(
      (one, two) =>
        one.distance - two.distance ||
        two.similarity - one.similarity ||
        (one.word < two.word ? -1 : one.word > two.word ? 1 : 0),
    )
    .slice(0, most)
    .map(({ word, kind, distance: away }) => ({ word, kind, distance: away }))
}
