import { describe, expect, test } from 'vitest'
import { aarhus, kharkiv, kharkivInPeace, stuttgart } from '../../../../platform/calendar/calendars.fixture.ts'
import { judgeExtension, lastDayOf, stateAt, timetableOf, timetableUntil } from './closing.ts'

describe('when a consultation closes', () => {
  // sent at, days, rule, zone, last day, the first moment that is too late
  const cases = [
    ['2026-11-02T10:00Z', 14, 'same-day', aarhus, '2026-11-16', '2026-11-16T23:00Z'],
    ['2026-11-02T23:30Z', 14, 'same-day', aarhus, '2026-11-17', '2026-11-17T23:00Z'],
    ['2026-11-07T10:00Z', 14, 'same-day', aarhus, '2026-11-21', '2026-11-21T23:00Z'],
    ['2026-11-07T10:00Z', 14, 'next-working-day', aarhus, '2026-11-23', '2026-11-23T23:00Z'],
    // Easter 2027 with the change to summer time on Easter Sunday: Maundy Thursday to Easter Monday are days off in Denmark
    ['2027-03-11T09:00Z', 14, 'next-working-day', aarhus, '2027-03-30', '2027-03-30T22:00Z'],
    ['2027-03-11T09:00Z', 14, 'same-day', aarhus, '2027-03-25', '2027-03-25T23:00Z'],
    // Maundy Thursday is worked in Baden-Württemberg
    ['2027-03-11T09:00Z', 14, 'next-working-day', stuttgart, '2027-03-25', '2027-03-25T23:00Z'],
    ['2027-03-12T09:00Z', 14, 'next-working-day', stuttgart, '2027-03-30', '2027-03-30T22:00Z'],
    // back to winter time on 31 October 2027; All Saints is a day off in Baden-Württemberg
    ['2027-10-18T09:00Z', 14, 'next-working-day', stuttgart, '2027-11-02', '2027-11-02T23:00Z'],
    ['2027-10-18T09:00Z', 14, 'next-working-day', aarhus, '2027-11-01', '2027-11-01T23:00Z'],
    // Constitution Day (28 June) is worked under martial law
    ['2027-06-14T09:00Z', 14, 'next-working-day', kharkiv, '2027-06-28', '2027-06-28T21:00Z'],
    ['2027-06-14T09:00Z', 14, 'next-working-day', kharkivInPeace, '2027-06-29', '2027-06-29T21:00Z'],
    ['2027-03-20T22:30Z', 7, 'same-day', kharkiv, '2027-03-28', '2027-03-28T21:00Z'],
    ['2028-02-15T09:00Z', 14, 'same-day', aarhus, '2028-02-29', '2028-02-29T23:00Z'],
    ['2026-11-02T10:00Z', 1, 'same-day', aarhus, '2026-11-03', '2026-11-03T23:00Z'],
  ] as const
  test.each(cases)(
    'GOV-5: sent %s for %i days, %s: the last day and its end',
    (sent, days, closingOn, place, lastDay, end) => {
      const table = timetableOf({ days, closingOn }, new Date(sent), place)
      expect([table.lastDay, table.closesAt.toISOString()]).toEqual([lastDay, new Date(end).toISOString()])
      expect(lastDayOf(table.closesAt, place.timeZone)).toBe(lastDay)
    },
  )

  test('GOV-5: reminders come in the morning of the half-time day and of the day before, in the zone of the body', () => {
    const sent = new Date('2027-03-11T09:00Z')
    const { halfAt, dayBeforeAt } = timetableOf({ days: 14, closingOn: 'next-working-day' }, sent, aarhus)
    expect(halfAt?.toISOString()).toBe('2027-03-21T07:00:00.000Z')
    // the clocks have changed since
    expect(dayBeforeAt?.toISOString()).toBe('2027-03-29T06:00:00.000Z')
    const short = timetableOf({ days: 1, closingOn: 'same-day' }, sent, aarhus)
    expect([short.halfAt, short.dayBeforeAt]).toEqual([undefined, undefined])
  })

  test('GOV-5: what is over is closed at that very moment', () => {
    const closesAt = new Date('2027-03-30T22:00Z')
    expect(stateAt({ state: 'open', closesAt }, new Date(closesAt.getTime() - 1))).toBe('open')
    expect(stateAt({ state: 'open', closesAt }, closesAt)).toBe('closed')
    expect(stateAt({ state: 'withdrawn', closesAt }, closesAt)).toBe('withdrawn')
  })

  test('GOV-5: an extension comes before the end and leads to a later day', () => {
    const open = { state: 'open', closesAt: new Date('2027-03-30T22:00Z') } as const
    const judged = (until: string, now: string) => judgeExtension(open, until, new Date(now), aarhus.timeZone)
    expect(judged('2027-04-07', '2027-03-30T21:59:59Z')).toBeUndefined()
    expect(judged('2027-04-07', '2027-03-30T22:00:00Z')).toBe('over')
    expect(judged('2027-03-30', '2027-03-20T10:00Z')).toBe('not-later')
    expect(judged('2029-01-01', '2027-03-20T10:00Z')).toBe('too-late')
    expect(timetableUntil('2027-04-07', new Date('2027-03-11T09:00Z'), aarhus.timeZone).closesAt.toISOString()).toBe(
      '2027-04-07T22:00:00.000Z',
    )
  })
})
