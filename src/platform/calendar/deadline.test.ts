import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aarhus, kharkiv, kharkivInPeace, places, stuttgart } from './calendars.fixture.ts'
import { DeadlineRule, dueAt, type Pause, type Place } from './deadline.ts'

const at = (moment: string) => new Date(moment)
const rule = (amount: number, unit: DeadlineRule['unit'], rollsOver = false): DeadlineRule => ({
  amount,
  unit,
  rollsOver,
})
const pause = (from: string, until: string): Pause => ({ from: at(from), until: at(until) })

describe('INT-3: hours', () => {
  // Clocks go forward on 29 March 2026 and back on 25 October 2026, at 01:00 UTC in all three countries.
  it.each([
    [aarhus, '2026-03-28T12:00:00Z'],
    [stuttgart, '2026-03-28T12:00:00Z'],
    [kharkiv, '2026-03-28T12:00:00Z'],
    [aarhus, '2026-10-24T12:00:00Z'],
    [stuttgart, '2026-10-24T12:00:00Z'],
    [kharkiv, '2026-10-24T12:00:00Z'],
  ])('INT-3: 24 hours are 24 hours over a clock change, %#', (place, start) => {
    expect(dueAt(rule(24, 'hours'), at(start), place).getTime() - at(start).getTime()).toBe(86_400_000)
  })

  it('INT-3: hours run through nights, weekends and holidays', () => {
    expect(dueAt(rule(24, 'hours'), at('2026-12-24T22:00:00Z'), aarhus)).toEqual(at('2026-12-25T22:00:00Z'))
  })

  it.each([
    ['before the start', [pause('2026-11-22T00:00:00Z', '2026-11-23T00:00:00Z')], '2026-11-24T10:00:00Z'],
    ['over the start', [pause('2026-11-23T09:00:00Z', '2026-11-23T12:00:00Z')], '2026-11-24T12:00:00Z'],
    ['in between', [pause('2026-11-23T12:00:00Z', '2026-11-23T15:00:00Z')], '2026-11-24T13:00:00Z'],
    ['after the end', [pause('2026-11-24T10:00:00Z', '2026-11-25T10:00:00Z')], '2026-11-24T10:00:00Z'],
    [
      'only in what the first pause added',
      [pause('2026-11-24T11:00:00Z', '2026-11-24T13:00:00Z'), pause('2026-11-23T12:00:00Z', '2026-11-23T15:00:00Z')],
      '2026-11-24T15:00:00Z',
    ],
    [
      'two that overlap',
      [pause('2026-11-23T12:00:00Z', '2026-11-23T15:00:00Z'), pause('2026-11-23T13:00:00Z', '2026-11-23T14:00:00Z')],
      '2026-11-24T13:00:00Z',
    ],
    ['one that ends before it begins', [pause('2026-11-23T15:00:00Z', '2026-11-23T12:00:00Z')], '2026-11-24T10:00:00Z'],
  ])('INT-3: 24 hours from 23 November 10:00 with a pause %s', (_, pauses, due) => {
    expect(dueAt(rule(24, 'hours'), at('2026-11-23T10:00:00Z'), aarhus, pauses)).toEqual(at(due))
  })
})

describe('INT-3: days end with the local day, and the day of the event does not count', () => {
  it.each<[string, DeadlineRule, string, Place, string]>([
    [
      '5 working days, Monday to Monday',
      rule(5, 'working-days'),
      '2026-11-23T10:00:00Z',
      kharkiv,
      '2026-11-30T22:00:00Z',
    ],
    // 22:30 UTC on Sunday is Monday in Kharkiv, and still Sunday in UTC
    [
      'the event lies on the local day',
      rule(1, 'working-days'),
      '2026-11-22T22:30:00Z',
      kharkiv,
      '2026-11-24T22:00:00Z',
    ],
    [
      'the same moment in Aarhus is Sunday',
      rule(1, 'working-days'),
      '2026-11-22T22:30:00Z',
      aarhus,
      '2026-11-23T23:00:00Z',
    ],
    ['over Western Easter', rule(1, 'working-days'), '2026-04-01T08:00:00Z', aarhus, '2026-04-07T22:00:00Z'],
    [
      'over Orthodox Easter, in peace',
      rule(1, 'working-days'),
      '2026-04-10T08:00:00Z',
      kharkivInPeace,
      '2026-04-14T21:00:00Z',
    ],
    [
      'over Orthodox Easter, under martial law',
      rule(1, 'working-days'),
      '2026-04-10T08:00:00Z',
      kharkiv,
      '2026-04-13T21:00:00Z',
    ],
    ['over Whitsun', rule(2, 'working-days'), '2026-05-22T08:00:00Z', stuttgart, '2026-05-27T22:00:00Z'],
    [
      'over Epiphany in Baden-Württemberg',
      rule(1, 'working-days'),
      '2027-01-05T08:00:00Z',
      stuttgart,
      '2027-01-07T23:00:00Z',
    ],
    ['over New Year', rule(6, 'working-days'), '2026-12-23T08:00:00Z', aarhus, '2027-01-04T23:00:00Z'],
    ['onto the leap day', rule(1, 'calendar-days'), '2028-02-28T08:00:00Z', aarhus, '2028-02-29T23:00:00Z'],
    ['over the leap day', rule(2, 'calendar-days'), '2028-02-28T08:00:00Z', aarhus, '2028-03-01T23:00:00Z'],
    // The days of the clock changes have 23 and 25 hours: they end at an offset that differs from that of their beginning
    [
      'end of the short day, Copenhagen',
      rule(1, 'calendar-days'),
      '2026-03-28T08:00:00Z',
      aarhus,
      '2026-03-29T22:00:00Z',
    ],
    [
      'end of the short day, Berlin',
      rule(1, 'calendar-days'),
      '2026-03-28T08:00:00Z',
      stuttgart,
      '2026-03-29T22:00:00Z',
    ],
    ['end of the short day, Kyiv', rule(1, 'calendar-days'), '2026-03-28T08:00:00Z', kharkiv, '2026-03-29T21:00:00Z'],
    [
      'end of the long day, Copenhagen',
      rule(1, 'calendar-days'),
      '2026-10-24T08:00:00Z',
      aarhus,
      '2026-10-25T23:00:00Z',
    ],
    [
      'end of the long day, Berlin',
      rule(1, 'calendar-days'),
      '2026-10-24T08:00:00Z',
      stuttgart,
      '2026-10-25T23:00:00Z',
    ],
    ['end of the long day, Kyiv', rule(1, 'calendar-days'), '2026-10-24T08:00:00Z', kharkiv, '2026-10-25T22:00:00Z'],
    // Saturday 28 November 2026
    ['ends on a Saturday', rule(5, 'calendar-days'), '2026-11-23T08:00:00Z', aarhus, '2026-11-28T23:00:00Z'],
    ['rolls over a weekend', rule(5, 'calendar-days', true), '2026-11-23T08:00:00Z', aarhus, '2026-11-30T23:00:00Z'],
    ['rolls over Christmas', rule(3, 'calendar-days', true), '2026-12-22T08:00:00Z', aarhus, '2026-12-28T23:00:00Z'],
    ['a month', rule(1, 'months'), '2026-10-15T08:00:00Z', stuttgart, '2026-11-15T23:00:00Z'],
    [
      'a month that rolls over a Sunday',
      rule(1, 'months', true),
      '2026-10-15T08:00:00Z',
      stuttgart,
      '2026-11-16T23:00:00Z',
    ],
    ['a month from the 31st', rule(1, 'months'), '2027-01-31T08:00:00Z', stuttgart, '2027-02-28T23:00:00Z'],
    [
      'a month from the 31st in a leap year',
      rule(1, 'months'),
      '2028-01-31T08:00:00Z',
      stuttgart,
      '2028-02-29T23:00:00Z',
    ],
    ['a year from the leap day', rule(12, 'months'), '2028-02-29T08:00:00Z', stuttgart, '2029-02-28T23:00:00Z'],
  ])('INT-3: %s', (_, stated, start, place, due) => {
    expect(dueAt(stated, at(start), place)).toEqual(at(due))
  })
})

describe('INT-3: days in a pause', () => {
  // Five working days from Monday 23 November 2026 end with Monday 30 November.
  const five = (...pauses: Pause[]) => dueAt(rule(5, 'working-days'), at('2026-11-23T09:00:00Z'), aarhus, pauses)

  it.each<[string, Pause[], string]>([
    ['within one day', [pause('2026-11-24T09:00:00Z', '2026-11-24T12:00:00Z')], '2026-11-30T23:00:00Z'],
    ['over one night', [pause('2026-11-24T15:00:00Z', '2026-11-25T08:00:00Z')], '2026-11-30T23:00:00Z'],
    ['that covers Wednesday', [pause('2026-11-24T15:00:00Z', '2026-11-26T08:00:00Z')], '2026-12-01T23:00:00Z'],
    ['of one local day exactly', [pause('2026-11-24T23:00:00Z', '2026-11-25T23:00:00Z')], '2026-12-01T23:00:00Z'],
    ['one second short of that day', [pause('2026-11-24T23:00:01Z', '2026-11-25T23:00:00Z')], '2026-11-30T23:00:00Z'],
    [
      'two that cover the day together',
      [pause('2026-11-24T20:00:00Z', '2026-11-25T10:00:00Z'), pause('2026-11-25T10:00:00Z', '2026-11-26T08:00:00Z')],
      '2026-12-01T23:00:00Z',
    ],
    ['over the weekend only', [pause('2026-11-27T20:00:00Z', '2026-11-30T06:00:00Z')], '2026-11-30T23:00:00Z'],
    ['on the last day for ten days', [pause('2026-11-30T14:00:00Z', '2026-12-10T09:00:00Z')], '2026-12-10T23:00:00Z'],
    [
      'on the last day until a Saturday',
      [pause('2026-11-30T14:00:00Z', '2026-12-05T09:00:00Z')],
      '2026-12-07T23:00:00Z',
    ],
    ['after the end', [pause('2026-11-30T23:00:00Z', '2026-12-10T09:00:00Z')], '2026-11-30T23:00:00Z'],
    ['over the day of the event', [pause('2026-11-22T09:00:00Z', '2026-11-23T20:00:00Z')], '2026-11-30T23:00:00Z'],
  ])('INT-3: five working days with a pause %s', (_, pauses, due) => {
    expect(five(...pauses)).toEqual(at(due))
  })

  it('INT-3: holidays in a pause are not counted twice', () => {
    // The four are 22, 23, 24 and 28 December. The first pause covers holidays and a weekend, the second also the 24th
    const four = rule(4, 'working-days')
    const start = at('2026-12-21T09:00:00Z')
    expect(dueAt(four, start, aarhus)).toEqual(at('2026-12-28T23:00:00Z'))
    expect(dueAt(four, start, aarhus, [pause('2026-12-24T22:00:00Z', '2026-12-27T10:00:00Z')])).toEqual(
      at('2026-12-28T23:00:00Z'),
    )
    expect(dueAt(four, start, aarhus, [pause('2026-12-23T22:00:00Z', '2026-12-28T10:00:00Z')])).toEqual(
      at('2026-12-29T23:00:00Z'),
    )
  })

  it('INT-3: in calendar days and months each day in a pause is one more', () => {
    const threeDays = [pause('2026-11-24T12:00:00Z', '2026-11-28T12:00:00Z')]
    expect(dueAt(rule(14, 'calendar-days'), at('2026-11-23T09:00:00Z'), aarhus, threeDays)).toEqual(
      at('2026-12-10T23:00:00Z'),
    )
    expect(dueAt(rule(1, 'months'), at('2026-11-23T09:00:00Z'), aarhus, threeDays)).toEqual(at('2026-12-26T23:00:00Z'))
    expect(dueAt(rule(1, 'months', true), at('2026-11-23T09:00:00Z'), aarhus, threeDays)).toEqual(
      at('2026-12-28T23:00:00Z'),
    )
  })

  it('INT-3: a pause over the short day covers it', () => {
    const sunday = [pause('2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z')]
    expect(dueAt(rule(2, 'calendar-days'), at('2026-03-28T09:00:00Z'), aarhus, sunday)).toEqual(
      at('2026-03-31T22:00:00Z'),
    )
  })
})

describe('INT-3: whatever the deadline', () => {
  const moments = fc.date({ min: at('2012-01-01'), max: at('2045-01-01'), noInvalidDate: true })
  const rules = fc.record({
    amount: fc.integer({ min: 1, max: 40 }),
    unit: fc.constantFrom('hours' as const, 'working-days' as const, 'calendar-days' as const, 'months' as const),
    rollsOver: fc.boolean(),
  })
  const hour = 3_600_000
  /** pauses near the start, in hours from it */
  const pausesFrom = (start: Date) =>
    fc.array(
      fc.tuple(fc.integer({ min: -100, max: 1500 }), fc.integer({ min: 0, max: 400 })).map(([from, length]) => ({
        from: new Date(start.getTime() + from * hour),
        until: new Date(start.getTime() + (from + length) * hour),
      })),
      { maxLength: 4 },
    )
  const cases = moments.chain((start) =>
    fc.record({ start: fc.constant(start), rule: rules, pauses: pausesFrom(start), place: fc.constantFrom(...places) }),
  )

  it('INT-3: it ends after it starts, and one more pause never makes it earlier', () => {
    fc.assert(
      fc.property(cases, ({ start, rule: stated, pauses, place }) => {
        let due = dueAt(stated, start, place)
        expect(due.getTime()).toBeGreaterThan(start.getTime())
        for (let count = 1; count <= pauses.length; count++) {
          const later = dueAt(stated, start, place, pauses.slice(0, count))
          expect(later.getTime()).toBeGreaterThanOrEqual(due.getTime())
          due = later
        }
      }),
    )
  })

  it('INT-3: it never ends while its clock stands still', () => {
    fc.assert(
      fc.property(cases, ({ start, rule: stated, pauses, place }) => {
        const due = dueAt(stated, start, place, pauses).getTime()
        for (const { from, until } of pauses) expect(from.getTime() < due && due < until.getTime()).toBe(false)
      }),
    )
  })

  it('INT-3: in which order pauses are told does not matter', () => {
    fc.assert(
      fc.property(cases, ({ start, rule: stated, pauses, place }) => {
        expect(dueAt(stated, start, place, [...pauses].reverse())).toEqual(dueAt(stated, start, place, pauses))
      }),
    )
  })

  it('INT-3: a rule of a pack rolls over only where it says so', () => {
    expect(DeadlineRule.parse({ amount: 5, unit: 'working-days' }).rollsOver).toBe(false)
    expect(DeadlineRule.safeParse({ amount: 0, unit: 'hours' }).success).toBe(false)
  })
})
