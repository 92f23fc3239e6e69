import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OpeningHours } from '../types.ts'
import { openingAt } from './opening.ts'
import {
  areaAlternatives,
  areaMarks,
  hourMark,
  hourMarks,
  nameKey,
  openMinutes,
  shelfOf,
  shelves,
} from './search-marks.ts'

const days = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
const clock = fc
  .integer({ min: 0, max: 1439 })
  .map((minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`)
const hours: fc.Arbitrary<OpeningHours> = fc.record({
  days: fc.subarray([...days], { minLength: 1 }),
  opens: clock,
  closes: fc.oneof(clock, fc.constant('24:00')),
})

/** Monday 0:00 of a week without a change of clocks, in UTC. */
const monday = Date.UTC(2026, 5, 1)

describe('DIR-5: open now', () => {
  test('DIR-5: the minutes kept for the database are those at which openingAt says open', () => {
    fc.assert(
      fc.property(
        fc.array(hours, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 0, max: 10_079 }),
        (schedule, minute) => {
          const spans = openMinutes(schedule) ?? []
          const open = openingAt(schedule, new Date(monday + minute * 60_000), 'UTC').is === 'open'
          expect(spans.some(([from, to]) => from <= minute && minute < to)).toBe(open)
          if (open) expect(hourMarks(spans)).toContain(hourMark(Math.floor(minute / 60)))
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('DIR-5: spans stand in order and never touch; Sunday night runs into Monday', () => {
    expect(openMinutes([{ days: ['SU'], opens: '22:00', closes: '02:00' }])).toEqual([
      [0, 120],
      [9960, 10_080],
    ])
    expect(
      openMinutes([
        { days: ['MO'], opens: '08:00', closes: '12:00' },
        { days: ['MO'], opens: '12:00', closes: '16:00' },
      ]),
    ).toEqual([[480, 960]])
    expect(openMinutes([])).toBeUndefined()
  })
})

describe('DIR-5: marks', () => {
  test('DIR-5: each shelf holds about twice as many services as the one before, by address alone', () => {
    expect(shelfOf({ slug: 'anything' })).toBe(shelfOf({ slug: 'anything' }))
    const held = shelves.map(() => 0)
    for (let number = 0; number < 12_800; number++) {
      const shelf = shelfOf({ slug: `service-${number}` })
      held[shelf] = (held[shelf] ?? 0) + 1
    }
    const expected = [100, 100, 200, 400, 800, 1600, 3200, 6400]
    for (const shelf of shelves)
      expect(Math.abs((held[shelf] ?? 0) - (expected[shelf] ?? 0))).toBeLessThan((expected[shelf] ?? 0) * 0.4)
  })

  test('DIR-5: a service fits an area that it serves, that lies above it, or that holds what it serves', () => {
    const fits = (areas: string[], served: string[], path: string[]) => {
      const marks = areaMarks(areas, served)
      return areaAlternatives(path).some((mark) => marks.includes(mark))
    }
    const viborg = { areas: ['DK', 'DK-1082', 'DK-0791'], served: ['DK-0791'] }
    expect(fits(viborg.areas, viborg.served, ['DK', 'DK-1082', 'DK-0791'])).toBe(true)
    expect(fits(viborg.areas, viborg.served, ['DK', 'DK-1082'])).toBe(true)
    expect(fits(viborg.areas, viborg.served, ['DK', 'DK-1082', 'DK-0740'])).toBe(false)
    expect(fits(['DK', 'DK-1082'], ['DK-1082'], ['DK', 'DK-1082', 'DK-0740'])).toBe(true)
  })

  test('DIR-5: a name is compared without case, apostrophes and signs', () => {
    expect(nameKey('  Центр «Сім’я» ')).toBe(nameKey("центр сім'я"))
    expect(nameKey('…')).toBeUndefined()
  })
})
