import type { Locale } from './text.ts'

/** What each language calls itself: a language menu is read by people who do not know the language of the page. */
export const ownNames: Readonly<Record<Locale, string>> = {
  en: 'English',
  uk: 'Українська',
  da: 'Dansk',
  de: 'Deutsch',
}
