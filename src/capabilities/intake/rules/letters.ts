import { z } from 'zod'
import { Locale, speak, type Text } from '../../../platform/i18n/text.ts'
import type { EnteredBy, IntakeProcedure, LetterKind, RequestKind, SafeContact } from '../types.ts'
import { type Held, type Way, wayOf } from './contact.ts'

/** One paragraph of a letter: words with the place of the link left open between two of them, or a list. */
export const Paragraph = z.union([
  z.object({ locale: Locale, words: z.array(z.string()).min(1) }),
  z.object({ locale: Locale, list: z.array(z.string()).min(1) }),
])
export type Paragraph = z.infer<typeof Paragraph>

/** A letter in words, before anybody's link stands in it. */
export interface Filled {
  subject: string
  paragraphs: Paragraph[]
  /** something in it is a translation that nobody has checked */
  draft: boolean
}

/** What is filled in for each placeholder, in the language of the letter; a list stands alone in its paragraph. The link is never among them. */
export type Filling = Readonly<Record<string, string | readonly string[] | undefined>>

type Template = IntakeProcedure['letters'][number]

const placeholder = /\{(\w+)\}/g

/** The letter of a kind in a pack; undefined where the pack has none. */
export const templateOf = (procedure: IntakeProcedure, kind: LetterKind): Template | undefined =>
  procedure.letters.find((letter) => letter.kind === kind)

/**
 * INT-10: fills the template of a pack. A paragraph in which a placeholder has nothing to say is left out; where a paragraph is missing in the
 * reader's language it stands in another, and says in which.
 */
export function fillLetter(
  template: Pick<Template, 'subject' | 'body'>,
  filling: Filling,
  reader: Locale,
  fallbacks: readonly Locale[] = [],
): Filled {
  const subject = speak(template.subject, reader, fallbacks)
  const body = template.body.flatMap((text: Text) => {
    const { words, locale, draft } = speak(text, reader, fallbacks)
    const paragraph = paragraphOf(words, locale, filling)
    return paragraph ? [{ paragraph, draft }] : []
  })
  return {
    subject: fillWords(subject.words, filling).replaceAll(/\s+/g, ' ').trim(),
    paragraphs: body.map(({ paragraph }) => paragraph),
    draft: subject.draft || body.some(({ draft }) => draft),
  }
}

function paragraphOf(words: string, locale: Locale, filling: Filling): Paragraph | undefined {
  const used = [...words.matchAll(placeholder)].map(([, name = '']) => name).filter((name) => name !== 'link')
  if (used.some((name) => !filling[name]?.length)) return undefined
  const alone = /^\{(\w+)\}$/.exec(words.trim())?.[1]
  const list = alone ? filling[alone] : undefined
  if (list !== undefined && typeof list !== 'string') return { locale, list: [...list] }
  return { locale, words: words.split('{link}').map((part) => fillWords(part, filling)) }
}

/** A function in place of a text: `$&` and its like in what somebody typed are letters. A value that ends with a full stop needs no second one. */
const fillWords = (words: string, filling: Filling): string =>
  words.replaceAll(/\{(\w+)\}(\.?)/g, (_whole, name: string, stop: string) => {
    const value = filling[name] ?? ''
    const text = typeof value === 'string' ? value : value.join('; ')
    return /[.!?…]$/.test(text) ? text : text + stop
  })

/** A paragraph as one reader gets it. */
export interface ReadParagraph {
  locale: Locale
  /** between two of them stands the link */
  words: readonly string[]
  list: readonly string[]
}

/** The paragraphs for a reader with a link or without: where there is none to give, what speaks of it is left out. */
export function readable(paragraphs: readonly Paragraph[], link: string | undefined): ReadParagraph[] {
  return paragraphs.flatMap((paragraph) => {
    const words = 'words' in paragraph ? paragraph.words : []
    const list = 'list' in paragraph ? paragraph.list : []
    return words.length > 1 && !link ? [] : [{ locale: paragraph.locale, words, list }]
  })
}

/** A paragraph as plain text. */
export const plainWords = ({ words, list }: ReadParagraph, link: string | undefined): string =>
  list.length > 0 ? list.join('\n') : words.join(link ?? '')

/**
 * INT-10, INT-11: which way a letter about a request goes. What somebody else told of a person without their consent goes nowhere by itself: the
 * mailbox may be the teller's own, and whether the person knows is not certain.
 */
export function wayOfLetter(
  request: { kind: RequestKind; enteredBy: Pick<EnteredBy, 'consent'> | undefined },
  contact: SafeContact,
  address: string | undefined,
): { way: Way; held?: Held } {
  return toldByAnother(request) ? { way: 'hand', held: 'told by another' } : wayOf(contact, address)
}

/** Whoever wrote is not the person, and the person has not agreed: they get no letter, ever. */
export const toldByAnother = (request: {
  kind: RequestKind
  enteredBy: Pick<EnteredBy, 'consent'> | undefined
}): boolean => request.kind === 'notice' || request.enteredBy?.consent === 'missing'
