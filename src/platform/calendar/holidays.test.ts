import { describe, expect, it } from 'vitest'
import { holidayTable } from '../../../scripts/holidays.mjs'
import { locales } from '../i18n/text.ts'
import { holidayNames } from './holiday-names.ts'
import table from './holidays.json' with { type: 'json' }
import { knowsHolidays, publicHoliday } from './holidays.ts'

describe('INT-3: the table of public holidays', () => {
  it('INT-3: says what the library says (else: node scripts/holidays.mjs)', () => {
    expect(table).toEqual(holidayTable())
  })

  it('INT-3: every holiday has a name in all four languages, and no name is left over', () => {
    const used = new Set(
      Object.values<Record<string, string>>(table.calendars).flatMap((calendar) =>
        Object.keys(calendar).map((name) => name.replace(', moved', '')),
      ),
    )
    expect([...used].sort()).toEqual(Object.keys(holidayNames).sort())
    for (const names of Object.values(holidayNames)) for (const locale of locales) expect(names[locale]).toBeTruthy()
  })

  it('INT-3: a year beyond the table is refused, not taken for one without holidays', () => {
    expect(() => publicHoliday('DK', undefined, '2061-01-01', 'en')).toThrow(RangeError)
    expect(() => publicHoliday('DK', undefined, '2009-12-31', 'en')).toThrow(RangeError)
    expect(publicHoliday('DK', undefined, '2060-12-31', 'en')).toBeUndefined()
  })

  it('INT-3: a country or a state without a table is refused', () => {
    expect(knowsHolidays('DE', 'BW')).toBe(true)
    expect(knowsHolidays('DE', 'XX')).toBe(false)
    expect(knowsHolidays('XX')).toBe(false)
    expect(() => publicHoliday('XX', undefined, '2026-01-01', 'en')).toThrow(RangeError)
  })
})
