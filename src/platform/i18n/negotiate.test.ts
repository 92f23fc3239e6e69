import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromAcceptLanguage, negotiateLocale } from './negotiate.ts'
import { locales } from './text.ts'

describe('the language of a page', () => {
  test('own choice comes before account, account before browser, browser before region', () => {
    const all = { choice: 'da', account: 'uk', accepted: 'de', region: 'en' } as const
    expect(negotiateLocale(all)).toBe('da')
    expect(negotiateLocale({ ...all, choice: undefined })).toBe('uk')
    expect(negotiateLocale({ accepted: 'de', region: 'uk' })).toBe('de')
    expect(negotiateLocale({ accepted: 'fr, es', region: 'uk' })).toBe('uk')
    expect(negotiateLocale({})).toBe('en')
  })

  test('an unknown or forged choice is passed over', () => {
    expect(negotiateLocale({ choice: 'xx', account: 'da' })).toBe('da')
    expect(negotiateLocale({ choice: '"><script>', accepted: 'uk' })).toBe('uk')
  })

  test.each([
    ['uk-UA,uk;q=0.9,en;q=0.8', 'uk'],
    ['en;q=0.5, de;q=0.9', 'de'],
    ['de;q=0.7, da;q=0.7', 'de'],
    ['fr, DE-at;q=0.3', 'de'],
    ['fr;q=0.9, *;q=0.1', 'en'],
    ['en;q=0, *', 'uk'],
    ['*;q=0', undefined],
    ['de-AT;q=0, de;q=0.4', 'de'],
    ['ru', undefined],
    ['de;q=5, da', 'da'],
    ['de;q=0.1234, uk;q=0.2', 'uk'],
    [' da ; q = 1.000 , en', 'da'],
    ['', undefined],
    [';;;,,=', undefined],
  ])('Accept-Language "%s" gives %s', (header, expected) => {
    expect(fromAcceptLanguage(header)).toBe(expected)
  })

  test('no header at all can fail a page', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (header) => {
        expect([undefined, ...locales]).toContain(fromAcceptLanguage(header))
      }),
    )
  })
})
