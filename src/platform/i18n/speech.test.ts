import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import {
  citedTogether,
  formatDay,
  formatDays,
  formatDistance,
  formatList,
  formatMoment,
  formatMoney,
  formatNumber,
  formatRate,
  formatRelativeDay,
  formatTime,
  formatWeekday,
  sortedBy,
} from './format.ts'
import { ownNames } from './names.ts'
import { currentLocale, inLocale, m } from './speech.ts'
import { type Locale, locales } from './text.ts'

describe("the reader's language", () => {
  test('is spoken by everything below, also after waiting, and never mixes with another reader', async () => {
    const said = await Promise.all(
      [...locales, ...locales].map((locale, index) =>
        inLocale(locale, async () => {
          await pause(index % 3)
          return [locale, currentLocale(), m.ui_undo()]
        }),
      ),
    )
    const undo = { en: 'Undo', uk: 'Скасувати', da: 'Fortryd', de: 'Rückgängig' }
    expect(said).toEqual([...locales, ...locales].map((locale) => [locale, locale, undo[locale]]))
  })

  test('is English where nobody reads', () => {
    expect(currentLocale()).toBe('en')
  })

  test.each([
    [1, 'Перегляньте 1 відповідь'],
    [2, 'Перегляньте 2 відповіді'],
    [5, 'Перегляньте 5 відповідей'],
    [11, 'Перегляньте 11 відповідей'],
    [21, 'Перегляньте 21 відповідь'],
  ])('counts %i in Ukrainian', (count, expected) => {
    expect(inLocale('uk', () => m.form_errors_title({ count }))).toBe(expected)
  })

  test('every language has its own name', () => {
    expect(Object.keys(ownNames).sort()).toEqual([...locales].sort())
  })
})

describe('dates, numbers and distances', () => {
  const each = (say: () => string) =>
    Object.fromEntries(locales.map((locale: Locale) => [locale, inLocale(locale, say)]))

  test('a day is written as people write it, its parts on one line', () => {
    expect(each(() => formatDay('2026-11-23'))).toEqual({
      en: '23\u00a0November 2026',
      uk: '23\u00a0листопада 2026\u00a0р.',
      da: '23.\u00a0november 2026',
      de: '23.\u00a0November 2026',
    })
    expect(inLocale('de', () => formatDays('2026-11-03', '2026-11-05'))).toContain('3.–5.')
    expect(inLocale('uk', () => formatWeekday(1))).toBe('понеділок')
  })

  test('a moment is told in the time of its place', () => {
    expect(inLocale('de', () => formatMoment(new Date('2026-11-23T22:30:00Z'), 'Europe/Kyiv'))).toContain('24.')
    const morning = () => formatMoment(new Date('2026-11-23T08:00:00Z'), 'Europe/Copenhagen')
    // the line may end before "kl. 9.00", never within it
    expect(inLocale('da', morning)).toBe('23.\u00a0november 2026 kl.\u00a09.00')
    expect(inLocale('uk', morning)).toMatch(/2026\u00a0р\. о\u00a09?0?9:00$/)
    expect(each(() => formatTime('09:30'))).toEqual({ en: '9:30', uk: '9:30', da: '9.30', de: '9:30' })
  })

  test('the number of a paragraph stays with its sign', () => {
    expect(citedTogether('Lov om styrelse, § 11; ст. 20')).toBe('Lov om styrelse, §\u00a011; ст.\u00a020')
  })

  test('what a point costs keeps all its digits', () => {
    expect(inLocale('de', () => formatRate(0.065_43, 'EUR', 5))).toBe('0,06543\u00a0€')
  })

  test('how far a day is away', () => {
    const far = (day: string) => inLocale('uk', () => formatRelativeDay(day, '2026-11-23').replaceAll('\u00a0', ' '))
    expect(['2026-11-23', '2026-11-24', '2026-11-20', '2026-12-14', '2026-09-01', '2024-01-01'].map(far)).toEqual([
      'сьогодні',
      'завтра',
      '3 дні тому',
      'через 3 тижні',
      '2 місяці тому',
      '2 роки тому',
    ])
  })

  test('number and unit stay on one line', () => {
    expect(each(() => formatDistance(2140))).toEqual({
      en: '2.1\u00a0km',
      uk: '2,1\u00a0км',
      da: '2,1\u00a0km',
      de: '2,1\u00a0km',
    })
    expect(
      inLocale('en', () => [formatDistance(0), formatDistance(180), formatDistance(980), formatDistance(23_400)]),
    ).toEqual(['50\u00a0m', '200\u00a0m', '1\u00a0km', '23\u00a0km'])
    expect(inLocale('da', () => [formatMoney('250', 'DKK'), formatMoney('1234.5', 'DKK')])).toEqual([
      '250\u00a0kr.',
      '1.234,50\u00a0kr.',
    ])
    expect(inLocale('uk', () => formatNumber(1_234_567.891, 1))).toBe('1\u00a0234\u00a0567,9')
  })

  test('what is no day and no time is refused by name', () => {
    expect(() => formatDay('23.11.2026')).toThrow('"23.11.2026" is not a day')
    expect(() => formatTime('25:00')).toThrow('"25:00" is not a time')
  })

  test('lists and order follow the language', () => {
    expect(each(() => formatList(['a', 'b', 'c']))).toEqual({
      en: 'a, b and c',
      uk: 'a, b і c',
      da: 'a, b og c',
      de: 'a, b und c',
    })
    expect(inLocale('da', () => sortedBy(['Ø', 'Å', 'Æ', 'Z', 'A'], (word) => word))).toEqual(['A', 'Z', 'Æ', 'Ø', 'Å'])
    expect(inLocale('uk', () => sortedBy(['ї', 'и', 'і', 'г', 'ґ'], (word) => word))).toEqual(['г', 'ґ', 'и', 'і', 'ї'])
    expect(inLocale('de', () => sortedBy(['Haus 10', 'Haus 2'], (word) => word))).toEqual(['Haus 2', 'Haus 10'])
  })
})
