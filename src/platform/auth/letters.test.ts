import { expect, test } from 'vitest'
import { inLocale } from '../i18n/speech.ts'
import { locales } from '../i18n/text.ts'
import { authLetter, authLetters } from './letters.ts'

test.each(locales.flatMap((locale) => authLetters.map((kind) => [locale, kind] as const)))(
  'the letter %s %s carries its link once, and nothing is left to fill in',
  (locale, kind) => {
    const { subject, text } = inLocale(locale, () =>
      authLetter(kind, { link: 'https://linden.example/x/abc', name: 'Olena' }),
    )
    expect(subject.length).toBeGreaterThan(5)
    expect(text.split('https://linden.example/x/abc')).toHaveLength(2)
    expect(`${subject}${text}`).not.toMatch(/[{}]|undefined|auth_/)
  },
)

test('hours and days are counted as the language counts', () => {
  const reset = inLocale('uk', () => authLetter('auth.reset', { link: 'x' }).text)
  expect(reset).toContain('1 годину')
  const invitation = inLocale('uk', () => authLetter('auth.invitation', { link: 'x' }).text)
  expect(invitation).toContain('7 днів')
})
