import type { Child } from 'hono/jsx'
import { withSoftHyphens } from '../i18n/soft-hyphens.ts'
import { currentLocale } from '../i18n/speech.ts'

/** Words of a heading or label whose long ones break where they may. @param longest words of at most so many letters are left alone */
export const hyphenated = (words: Child, longest = 16): Child =>
  typeof words === 'string' ? withSoftHyphens(words, currentLocale(), longest) : words
