import fc from 'fast-check'
import { expect, test } from 'vitest'
import { locales } from '../i18n/text.ts'
import { excerpt, highlight } from './highlight.ts'
import { searchTerms } from './words.ts'

const marked = (parts: { text: string; found: boolean }[]) =>
  parts.filter((part) => part.found).map((part) => part.text)
const together = (parts: { text: string }[]) => parts.map((part) => part.text).join('')

test('DIR-5: found words are marked in the form in which they stand', () => {
  const text = 'Надання притулку: для дітей та їхніх сімей, без документів.'
  const parts = highlight(text, searchTerms('притулок дитина сім’я'), 'uk')
  expect(marked(parts)).toEqual(['притулку', 'дітей', 'сімей'])
  expect(together(parts)).toBe(text)
})

test('DIR-5: a compound is marked whole, hyphenated words by their parts', () => {
  expect(marked(highlight('Die Wohnungslosenhilfe hilft.', searchTerms('Hilfe'), 'de'))).toContain('Wohnungslosenhilfe')
  expect(marked(highlight('Соціально-психологічна', searchTerms('психологічний'), 'uk'))).toEqual(['психологічна'])
  expect(marked(highlight('Wohnungs\u00adlosen\u00adhilfe', searchTerms('Wohnungslose'), 'de'))).toEqual([
    'Wohnungs\u00adlosen\u00adhilfe',
  ])
})

test('DIR-5: markup in a text stays text', () => {
  const text = '<b>help</b> & "shelter"'
  const parts = highlight(text, searchTerms('shelter'), 'en')
  expect(together(parts)).toBe(text)
  expect(marked(parts)).toEqual(['shelter'])
})

test('DIR-5: the parts together are the text, whatever it is', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.constantFrom(...locales),
      (text, query, locale) => {
        for (const terms of [searchTerms(query), searchTerms(text)]) {
          const parts = highlight(text, terms, locale)
          expect(together(parts)).toBe(text)
          for (const part of parts) expect(part.text).not.toBe('')
        }
      },
    ),
  )
})

test('DIR-5: an excerpt shows the hit, cut between words', () => {
  const text = `${'Vi hjælper alle borgere i hele regionen. '.repeat(20)}Her får børnene ro.${' Ring og hør mere om det.'.repeat(20)}`
  const parts = excerpt(text, searchTerms('barn'), 'da', 120)
  expect(marked(parts)).toEqual(['børnene'])
  expect(together(parts).length).toBeLessThan(130)
  expect(together(parts)).toMatch(/^… \S.*\S …$/)
  expect(together(excerpt('kort', searchTerms('barn'), 'da'))).toBe('kort')
  expect(together(excerpt(text, searchTerms('findes-ikke'), 'da', 50))).toMatch(/^Vi hjælper .* …$/)
})
