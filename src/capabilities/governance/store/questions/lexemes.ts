import { locales, type Text } from '../../../../platform/i18n/text.ts'
import { lexemes } from '../../../../platform/search/words.ts'

/** Text form of a `tsvector` of all words of these texts, each in its language; what stands in the first weighs more. */
export function vectorOf([first, ...others]: readonly (Text | undefined)[]): string {
  const found = new Map<string, 'A' | 'D'>()
  const add = (text: Text | undefined, weight: 'A' | 'D') => {
    for (const locale of locales)
      for (const lexeme of lexemes(text?.[locale] ?? '', locale)) if (!found.has(lexeme)) found.set(lexeme, weight)
  }
  add(first, 'A')
  for (const text of others) add(text, 'D')
  return [...found].map(([lexeme, weight]) => `'${lexeme.replaceAll("'", "''")}':1${weight}`).join(' ')
}
