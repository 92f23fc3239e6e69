import { z } from 'zod'

/** The languages that Linden speaks, in the order in which a missing text falls back. */
export const locales = ['en', 'uk', 'da', 'de'] as const
export type Locale = (typeof locales)[number]
export const Locale = z.enum(locales)

/** One text of the content (not of the interface), once per language (DIR-3). `draft` names languages whose translation nobody has checked yet. */
export const Text = z
  .object({
    en: z.string().min(1).optional(),
    uk: z.string().min(1).optional(),
    da: z.string().min(1).optional(),
    de: z.string().min(1).optional(),
    draft: z.array(Locale).optional(),
  })
  .refine((text) => locales.some((locale) => text[locale]), { message: 'a text needs at least one language' })
export type Text = z.infer<typeof Text>

/** A text as it is shown: the words, the language they are in, and whether anybody has checked the translation. */
export interface Spoken {
  words: string
  locale: Locale
  draft: boolean
}

/**
 * Picks the words for a reader: their own language first, then `fallbacks` (the pack's language leads), then any (DIR-3).
 * @returns undefined only for an absent text; a `Text` always has at least one language.
 */
export function speak(text: Text, reader: Locale, fallbacks: readonly Locale[] = []): Spoken {
  for (const locale of [reader, ...fallbacks, ...locales]) {
    const words = text[locale]
    if (words) return { words, locale, draft: text.draft?.includes(locale) ?? false }
  }
  throw new Error('a text without any language passed its schema')
}
