import type { Locale } from '../i18n/text.ts'
import { fieldWords } from './field-words.ts'
import { spellDanish, stemDanish } from './stem-danish.ts'
import { spellGerman, stemGerman } from './stem-german.ts'
import { normalise } from './tokens.ts'

/** Words from which compounds of one language are built: as they are spelled (`first`), and by the stem they end in (`heads`). */
export interface Vocabulary {
  first: ReadonlySet<string>
  heads: ReadonlySet<string>
}

interface Builder {
  spell(word: string): string
  stem(word: string): string
  /** what may stand between the parts; the longest first */
  links: readonly string[]
}

const builders: Partial<Record<Locale, Builder>> = {
  de: { spell: spellGerman, stem: stemGerman, links: ['ens', 'es', 'en', 'er', 'ns', 's', 'n', 'e'] },
  da: { spell: spellDanish, stem: stemDanish, links: ['es', 's', 'e', 'er'] },
}

const shortestCompound = 7
const longestCompound = 48
/** Danish `bo` (bostøtte, botilbud) is the one short word of the field; given ones are longer, or every `in` would split. */
const shortestFirst = 2
const shortestPart = 3
/** An ending this long is taken as a word even when what stands before it is unknown: wohnungslosen + hilfe. */
const shortestLoneHead = 5
const shortestLoneFirst = 5
const deepest = 3

/**
 * Makes a vocabulary for splitting compounds: the words of the field and those given, e.g. every name in the directory.
 * English and Ukrainian do not build words this way and need none.
 */
export function vocabularyOf(locale: Locale, given: Iterable<string> = []): Vocabulary {
  const builder = builders[locale]
  const first = new Set<string>()
  const heads = new Set<string>()
  if (!builder) return { first, heads }
  const add = (text: string, shortest: number) => {
    for (const word of normalise(text).match(/\p{L}+/gu) ?? []) {
      const spelled = builder.spell(word)
      if (spelled.length < shortest || spelled.length > longestCompound) continue
      first.add(spelled)
      heads.add(builder.stem(spelled))
    }
  }
  add(fieldWords[locale] ?? '', shortestFirst)
  for (const text of given) add(text, shortestPart)
  return { first, heads }
}

const builtIn: Partial<Record<Locale, Vocabulary>> = {}

/** The words of the field alone, made on first use. */
export function fieldVocabulary(locale: Locale): Vocabulary {
  builtIn[locale] ??= vocabularyOf(locale)
  return builtIn[locale]
}

/** The word that stands at the front of a compound, without what links it to the next; undefined when it is not known. */
function knownFirst(part: string, builder: Builder, vocabulary: Vocabulary): string | undefined {
  if (vocabulary.first.has(part)) return part
  for (const link of builder.links) {
    const bare = part.slice(0, -link.length)
    if (part.endsWith(link) && bare.length >= shortestPart && vocabulary.first.has(bare)) return bare
  }
  // hilfe + mittel is Hilfsmittel, schule + amt is Schulamt
  const shortened = part.endsWith('s') ? part.slice(0, -1) : part
  return shortened.length >= shortestPart && vocabulary.first.has(`${shortened}e`) ? `${shortened}e` : undefined
}

function withoutLink(part: string, builder: Builder): string {
  const link = builder.links.find(
    (candidate) => part.endsWith(candidate) && part.length - candidate.length >= shortestLoneFirst,
  )
  return link && (link === 's' || link === 'en' || link === 'es') ? part.slice(0, -link.length) : part
}

interface Split {
  first: string
  head: string
  known: boolean
}

/** The best place to split: both parts known, then a known head; of equal ones that with the longest head. */
function split(word: string, builder: Builder, vocabulary: Vocabulary): Split | undefined {
  let loneHead: Split | undefined
  let loneFirst: Split | undefined
  for (let at = shortestFirst; at <= word.length - shortestPart; at++) {
    const front = word.slice(0, at)
    const head = word.slice(at)
    const first = knownFirst(front, builder, vocabulary)
    const headKnown = vocabulary.heads.has(builder.stem(head))
    if (first && headKnown) return { first, head, known: true }
    if (headKnown && !loneHead && head.length >= shortestLoneHead && front.length >= shortestLoneFirst)
      loneHead = { first: withoutLink(front, builder), head, known: false }
    if (first && first === front && first.length >= shortestLoneFirst + 1 && head.length >= shortestLoneFirst)
      loneFirst = { first, head, known: false }
  }
  return loneHead ?? loneFirst
}

/**
 * The stems of the parts of a German or Danish compound (DIR-5): Wohnungslosenhilfe gives wohnungslos and hilf.
 * @returns nothing for a word that is no compound, and for languages that build none
 */
export function compoundParts(
  word: string,
  locale: Locale,
  vocabulary: Vocabulary = fieldVocabulary(locale),
): string[] {
  const builder = builders[locale]
  if (!builder || word.length < shortestCompound || word.length > longestCompound) return []
  const parts = new Set<string>()
  const visit = (part: string, depth: number) => {
    if (depth >= deepest || part.length < shortestCompound) return
    const found = split(part, builder, vocabulary)
    if (!found) return
    for (const piece of [found.first, found.head]) {
      parts.add(builder.stem(piece))
      visit(piece, depth + 1)
    }
  }
  visit(builder.spell(word), 0)
  return [...parts]
}
