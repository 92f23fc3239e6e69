import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aarhus, kharkiv, places } from './calendars.fixture.ts'
import { type DeadlineRule, dueAt, remaining, warnAt } from './deadline.ts'

const at = (moment: string) => new Date(moment)
const rule = (amount: number, unit: DeadlineRule['unit']): DeadlineRule => ({ amount, unit, rollsOver: false })

describe('INT-3: what is left', () => {
  const left = (amount: number, unit: string, late = false) => ({ late, amount, unit })

  it.each([
    // ends with Monday 30 November 2026 in Aarhus
    ['2026-11-23T09:00:00Z', left(5, 'working-days')],
    ['2026-11-27T09:00:00Z', left(1, 'working-days')],
    ['2026-11-29T09:00:00Z', left(1, 'working-days')],
    ['2026-11-29T22:59:59Z', left(1, 'working-days')],
    ['2026-11-29T23:00:00Z', left(24, 'hours')],
    ['2026-11-29T23:00:01Z', left(23, 'hours')],
    ['2026-11-30T22:00:00Z', left(1, 'hours')],
    ['2026-11-30T22:00:01Z', left(1, 'hours')],
    ['2026-11-30T22:01:00Z', left(59, 'minutes')],
    ['2026-11-30T22:59:59Z', left(1, 'minutes')],
    ['2026-11-30T23:00:00Z', left(1, 'minutes', true)],
    ['2026-12-01T01:00:00Z', left(2, 'hours', true)],
    ['2026-12-02T08:00:00Z', left(2, 'working-days', true)],
  ])('INT-3: of five working days at %s', (now, expected) => {
    const due = at('2026-11-30T23:00:00Z')
    expect(remaining(rule(5, 'working-days'), due, at(now), aarhus)).toEqual(expected)
  })

  it('INT-3: over a weekend after the end no working day has passed yet', () => {
    const due = dueAt(rule(4, 'working-days'), at('2026-11-23T09:00:00Z'), aarhus)
    expect(due).toEqual(at('2026-11-27T23:00:00Z'))
    expect(remaining(rule(4, 'working-days'), due, at('2026-11-29T11:00:00Z'), aarhus)).toEqual(left(36, 'hours', true))
  })

  it('INT-3: hours stay hours, months are told in days', () => {
    const due = at('2026-11-30T23:00:00Z')
    expect(remaining(rule(72, 'hours'), due, at('2026-11-27T23:30:00Z'), aarhus)).toEqual(left(71, 'hours'))
    expect(remaining(rule(1, 'months'), due, at('2026-11-20T09:00:00Z'), aarhus)).toEqual(left(10, 'calendar-days'))
    expect(remaining(rule(9, 'calendar-days'), due, at('2026-12-05T09:00:00Z'), aarhus)).toEqual(
      left(5, 'calendar-days', true),
    )
  })

  it('INT-3: in the first hour of the long day the whole day is left in hours', () => {
    // Sunday 25 October 2026 has 25 hours in Kyiv
    const due = dueAt(rule(1, 'calendar-days'), at('2026-10-24T09:00:00Z'), kharkiv)
    expect(remaining(rule(1, 'calendar-days'), due, at('2026-10-24T21:10:00Z'), kharkiv)).toEqual(left(24, 'hours'))
  })
})

describe('INT-3: when to warn', () => {
  const warned = (stated: DeadlineRule, start: string, place = aarhus) =>
    warnAt(stated, at(start), dueAt(stated, at(start), place), place)

  it('INT-3: after three quarters of hours', () => {
    expect(warned(rule(24, 'hours'), '2026-11-23T10:00:00Z')).toEqual(at('2026-11-24T04:00:00Z'))
  })

  it('INT-3: a pause before does not make the warning of hours earlier', () => {
    const start = at('2026-11-23T10:00:00Z')
    const due = dueAt(rule(24, 'hours'), start, aarhus, [
      { from: at('2026-11-23T12:00:00Z'), until: at('2026-11-25T12:00:00Z') },
    ])
    expect(warnAt(rule(24, 'hours'), start, due, aarhus)).toEqual(at('2026-11-26T04:00:00Z'))
  })

  it.each([
    // ends with Monday 30 November: the last working day but one is Friday
    [rule(5, 'working-days'), '2026-11-23T09:00:00Z', '2026-11-26T23:00:00Z'],
    // ends with Saturday 28 November: the last working days are Thursday and Friday
    [rule(5, 'calendar-days'), '2026-11-23T09:00:00Z', '2026-11-25T23:00:00Z'],
    // ends with Tuesday after Easter: Wednesday before it
    [rule(4, 'working-days'), '2026-03-27T09:00:00Z', '2026-03-31T22:00:00Z'],
    // one day: at once
    [rule(1, 'working-days'), '2026-11-23T09:00:00Z', '2026-11-23T09:00:00Z'],
  ])(
    'INT-3: of days at the start of the last working day but one, never before the start, %#',
    (stated, start, warns) => {
      expect(warned(stated, start)).toEqual(at(warns))
    },
  )

  it('INT-3: the warning lies between start and end, and something is left then', () => {
    const start = fc.date({ min: at('2012-01-01'), max: at('2050-01-01'), noInvalidDate: true })
    const rules = fc.record({
      amount: fc.integer({ min: 1, max: 30 }),
      unit: fc.constantFrom('hours' as const, 'working-days' as const, 'calendar-days' as const, 'months' as const),
      rollsOver: fc.boolean(),
    })
    fc.assert(
      fc.property(start, rules, fc.constantFrom(...places), (begun, stated, place) => {
        const due = dueAt(stated, begun, place)
        const warns = warnAt(stated, begun, due, place)
        expect(warns.getTime()).toBeGreaterThanOrEqual(begun.getTime())
        expect(warns.getTime()).toBeLessThan(due.getTime())
        expect(remaining(stated, due, warns, place).late).toBe(false)
        expect(remaining(stated, due, due, place).late).toBe(true)
      }),
    )
  })
})
