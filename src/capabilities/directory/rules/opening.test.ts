import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OpeningHours } from '../types.ts'
import { openingAt } from './opening.ts'

const weekdays: OpeningHours = { days: ['MO', 'TU', 'WE', 'TH', 'FR'], opens: '08:00', closes: '17:00' }
const at = (moment: string) => new Date(moment)

describe('DIR-5: open now', () => {
  it('DIR-5: says nothing where the card says no hours', () => {
    expect(openingAt([], at('2026-11-23T10:00:00Z'), 'Europe/Kyiv')).toEqual({ is: 'unknown' })
  })

  it.each([
    // Monday 23 November 2026; Kyiv is two hours ahead of UTC
    ['2026-11-23T05:59:00Z', 'Europe/Kyiv', { is: 'closed', next: { day: 'MO', opens: '08:00', today: true } }],
    ['2026-11-23T06:00:00Z', 'Europe/Kyiv', { is: 'open', until: '17:00' }],
    ['2026-11-23T14:59:00Z', 'Europe/Kyiv', { is: 'open', until: '17:00' }],
    ['2026-11-23T15:00:00Z', 'Europe/Kyiv', { is: 'closed', next: { day: 'TU', opens: '08:00', today: false } }],
    ['2026-11-23T06:30:00Z', 'Europe/Copenhagen', { is: 'closed', next: { day: 'MO', opens: '08:00', today: true } }],
    // Friday evening: the next opening is on Monday
    ['2026-11-27T20:00:00Z', 'Europe/Kyiv', { is: 'closed', next: { day: 'MO', opens: '08:00', today: false } }],
  ] as const)('DIR-5: at %s in %s', (moment, zone, expected) => {
    expect(openingAt([weekdays], at(moment), zone)).toEqual(expected)
  })

  it('DIR-5: a night shift runs over midnight into a day that it does not name', () => {
    const night: OpeningHours = { days: ['FR'], opens: '20:00', closes: '06:00' }
    expect(openingAt([night], at('2026-11-28T03:00:00Z'), 'Europe/Berlin')).toEqual({ is: 'open', until: '06:00' })
    expect(openingAt([night], at('2026-11-28T06:00:00Z'), 'Europe/Berlin').is).toBe('closed')
    expect(openingAt([night], at('2026-11-26T22:00:00Z'), 'Europe/Berlin').is).toBe('closed')
  })

  it('DIR-5: the wall clock counts on the days of both clock changes', () => {
    const sunday: OpeningHours = { days: ['SU'], opens: '08:00', closes: '12:00' }
    // 29 March 2026: Berlin springs forward, 08:00 is 06:00 UTC; 25 October 2026: falls back, 08:00 is 07:00 UTC
    expect(openingAt([sunday], at('2026-03-29T06:00:00Z'), 'Europe/Berlin').is).toBe('open')
    expect(openingAt([sunday], at('2026-10-25T06:30:00Z'), 'Europe/Berlin').is).toBe('closed')
    expect(openingAt([sunday], at('2026-10-25T07:00:00Z'), 'Europe/Berlin').is).toBe('open')
  })

  it('DIR-5: day and night means never closed', () => {
    const always: OpeningHours = { days: ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'], opens: '00:00', closes: '24:00' }
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        (moment) => {
          expect(openingAt([always], moment, 'Europe/Kyiv').is).toBe('open')
        },
      ),
    )
  })
})
