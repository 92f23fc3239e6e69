import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Locale } from '../i18n/text.ts'
import { locales } from '../i18n/text.ts'
import { compoundParts, vocabularyOf } from './compounds.ts'
import { stemUkrainian } from './stem-ukrainian.ts'
import { mustMeet, mustNotMeet } from './words.pairs.ts'
import { isFound, lexemes, searchTerms, toTsquery } from './words.ts'

function finds(query: string, text: string, locale: Locale): boolean {
  return isFound(lexemes(text, locale), searchTerms(query))
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 80 }).map((units) => String.fromCharCode(...units)),
  fc.string({ unit: fc.constantFrom(..."абіїєґйь’ʼ'-äöüßæøåaeoust\u0301\u00ad \u0000"), maxLength: 60 }),
)
const anyLocale = fc.constantFrom(...locales)

describe.each(locales)('DIR-5: word forms in %s', (locale) => {
  test('the table is long enough', () => {
    expect(mustMeet(locale).length).toBeGreaterThanOrEqual(60)
    expect(mustNotMeet(locale).length).toBeGreaterThanOrEqual(30)
  })
  test.each(mustMeet(locale))('DIR-5: $query finds $text', ({ query, text }) => {
    expect(finds(query, text, locale), `${lexemes(text, locale)} by ${toTsquery(searchTerms(query))}`).toBe(true)
  })
  test.each(mustNotMeet(locale))('DIR-5: $query does not find $text', ({ query, text }) => {
    expect(finds(query, text, locale), `${lexemes(text, locale)} by ${toTsquery(searchTerms(query))}`).toBe(false)
  })
})

test('DIR-5: one query is read in all four languages at once', () => {
  const terms = searchTerms('Krise')
  expect(isFound(lexemes('Krisendienst für alle', 'de'), terms)).toBe(true)
  expect(isFound(lexemes('Hjælp i krisen', 'da'), terms)).toBe(true)
})

test('DIR-5: words of one language do not find words of another that only look alike', () => {
  expect(finds('care', 'Car sharing', 'de')).toBe(false)
  expect(finds('råd', 'Fahrrad und Rad', 'de')).toBe(false)
  expect(finds('læge', 'Lager', 'de')).toBe(false)
})

test('DIR-5: names are found in texts of every language, numbers too', () => {
  for (const locale of locales) {
    expect(finds('Caritas', 'Caritas Stuttgart', locale)).toBe(true)
    expect(finds('112', 'Notruf 112', locale)).toBe(true)
    expect(finds('притулок', 'Центр «Притулки»', locale)).toBe(true)
  }
  expect(finds('Köln', 'Bofællesskab i Köln', 'da')).toBe(true)
  expect(finds('Aarhus', 'Kontor in Århus', 'de')).toBe(true)
})

test('DIR-5: every typed word has to be there, words without content do not', () => {
  expect(finds('притулок для жінок', 'Притулок для чоловіків', 'uk')).toBe(false)
  expect(finds('притулок для жінок', 'Жіночий дім: притулок, де є місце жінкам', 'uk')).toBe(true)
  expect(finds('where can I get help with debt', 'Debt advice: help for everyone', 'en')).toBe(true)
  expect(finds('wo bekomme ich Hilfe', 'Du bekommst Hilfe', 'de')).toBe(true)
  expect(searchTerms('für die').alternatives.length + searchTerms('і на').alternatives.length).toBeLessThanOrEqual(2)
})

test('DIR-5: a word that is empty in one language counts when it stands alone', () => {
  expect(finds('Not', 'Hilfe in Not', 'de')).toBe(true)
  expect(finds('men', 'Support for men', 'en')).toBe(true)
})

test('DIR-5: hyphens, soft hyphens, stress marks and apostrophes do not hide a word', () => {
  expect(finds('соціальна допомога', 'Соціально-психологічна допомога соціальним групам', 'uk')).toBe(true)
  for (const part of ['соціальна', 'психологічна', 'соціально-психологічну'])
    expect(finds(part, 'Соціально-психологічна допомога', 'uk')).toBe(true)
  expect(finds('Wohnungslosenhilfe', 'Wohnungs\u00adlosen\u00adhilfe', 'de')).toBe(true)
  expect(finds('допомога', 'допомо\u0301га', 'uk')).toBe(true)
  expect(finds('Jugendhilfe', 'Kinder- und Jugendhilfe', 'de')).toBe(true)
  expect(finds('covid-19', 'Beratung zu COVID-19', 'de')).toBe(true)
  for (const apostrophe of ["'", '’', 'ʼ', '`'])
    expect(finds(`здоров${apostrophe}я`, 'охорона здоров’я', 'uk')).toBe(true)
})

test('DIR-5: ґ is found where г is typed, and the other way round, also from the beginning of a word', () => {
  for (const [typed, text] of [
    ['грунтовна', 'Ґрунтовна порада'],
    ['ґрунтовна', 'Грунтовна порада'],
    ['ґрунтов', 'Грунтовнощо'],
  ] as const)
    expect(finds(typed, text, 'uk'), typed).toBe(true)
})

test('DIR-5: compounds are split by the words of the field and by words given', () => {
  expect(compoundParts('wohnungslosenhilfe', 'de')).toEqual(expect.arrayContaining(['hilf', 'wohnungslos']))
  expect(compoundParts('klöppelverein', 'de')).toContain('verein')
  expect(compoundParts('kommunikation', 'da')).toEqual([])
  expect(compoundParts('gesamt', 'de')).toEqual([])
  const given = vocabularyOf('de', ['Klöppel', 'Kränzchen'])
  expect(compoundParts('klöppelkränzchen', 'de')).toEqual([])
  expect(compoundParts('klöppelkränzchen', 'de', given).length).toBe(2)
  const terms = searchTerms('Kränzchen')
  expect(isFound(lexemes('Klöppelkränzchen', 'de'), terms)).toBe(false)
  expect(isFound(lexemes('Klöppelkränzchen', 'de', given), terms)).toBe(true)
  expect(compoundParts('housekeeping', 'en')).toEqual([])
})

test('DIR-5: forms of one Ukrainian word share one stem', () => {
  const paradigms = [
    'дитина дитини дитині дитину дитиною діти дітей дітям дітьми дітях',
    'людина людини людині людину людиною люди людей людям людьми людях',
    'дім дому домі домом доми домів домам домами домах',
    'послуга послуги послузі послугу послугою послуг послугам послугами послугах',
    'громадянин громадянина громадянинові громадяни громадян громадянам громадянами',
    'українець українця українці українців українцям українцями',
    'соціальний соціального соціальному соціальним соціальна соціальної соціальній соціальну соціальною соціальні соціальних соціальними',
  ]
  for (const paradigm of paradigms) expect(new Set(paradigm.split(' ').map(stemUkrainian)).size, paradigm).toBe(1)
})

test('DIR-5: any string gives few, plain lexemes, each once, and never an error', () => {
  fc.assert(
    fc.property(anyText, anyLocale, (text, locale) => {
      const found = lexemes(text, locale)
      expect(new Set(found).size).toBe(found.length)
      expect(found.length).toBeLessThanOrEqual(10_000)
      for (const lexeme of found) {
        expect(lexeme).toMatch(/^[\p{L}\p{N}_]+$/u)
        expect(lexeme.isWellFormed()).toBe(true)
        expect(Buffer.byteLength(lexeme)).toBeLessThan(2_000)
      }
    }),
  )
})

test('DIR-5: composed and decomposed letters give the same lexemes', () => {
  fc.assert(
    fc.property(anyText, anyLocale, (text, locale) => {
      const well = text.toWellFormed()
      expect(lexemes(well.normalize('NFD'), locale)).toEqual(lexemes(well.normalize('NFC'), locale))
      expect(searchTerms(well.slice(0, 60).normalize('NFD')).alternatives.length).toBe(
        searchTerms(well.slice(0, 60).normalize('NFC')).alternatives.length,
      )
    }),
  )
})

test('DIR-5: a text is found by its own words', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...locales.flatMap((locale) => mustMeet(locale).map(({ text }) => ({ locale, text })))),
      (pair) => {
        expect(finds(pair.text, pair.text, pair.locale)).toBe(true)
        expect(finds(pair.text.toUpperCase(), pair.text, pair.locale)).toBe(true)
      },
    ),
  )
})

test('DIR-5: a hostile query asks for no more than another', () => {
  const hostile = [
    'a'.repeat(10_000),
    'ab '.repeat(3_333),
    'wohnungslosenhilfe-'.repeat(526),
    "' | & ! :* \\ ".repeat(800),
    'і\u0301'.repeat(5_000),
    '\ud800'.repeat(10_000),
    Array.from({ length: 2_000 }, (_, at) => `w${at}`).join(' '),
    "л'".repeat(5_000),
  ]
  for (const query of hostile) {
    const { alternatives } = searchTerms(query)
    expect(alternatives.length).toBeLessThanOrEqual(12)
    for (const any of alternatives) {
      expect(any.length).toBeGreaterThan(0)
      expect(any.length).toBeLessThanOrEqual(24)
      for (const lexeme of any) expect(lexeme).toMatch(/^[\p{L}\p{N}_]+(:\*)?$/u)
    }
    expect((toTsquery({ alternatives }) ?? '').length).toBeLessThan(20_000)
    expect(searchTerms(query)).toEqual(searchTerms(query.slice(0, 200)))
  }
})

test('DIR-5: a query without words asks for nothing', () => {
  for (const query of ['', '   ', '!?', '\u0000', '-', '\u00ad'])
    expect(toTsquery(searchTerms(query)), JSON.stringify(query)).toBeUndefined()
})

test('DIR-5: of a huge text no more is read than is kept', () => {
  expect(lexemes('притулок '.repeat(200_000), 'uk')).toEqual(['притулк'])
  expect(lexemes('x'.repeat(1_000_000), 'de')).toEqual([])
  expect(lexemes(`${' '.repeat(100_000)}притулок`, 'uk')).toEqual([])
})
