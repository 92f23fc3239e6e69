import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aarhus, kharkiv, kharkivInPeace, places, stuttgart } from './calendars.fixture.ts'
import { isOfficeOpen, type OfficeHours, opensNext } from './office-hours.ts'
import { WorkingCalendar, weekdays } from './working-days.ts'

const office: OfficeHours[] = [
  { days: ['MO', 'TU', 'WE', 'TH'], opens: '08:00', closes: '17:00' },
  { days: ['FR'], opens: '08:00', closes: '15:45' },
]
const at = (moment: string) => new Date(moment)

describe('INT-3: outside opening hours', () => {
  it.each([
    // Friday 27 November 2026; Kharkiv is two hours ahead of UTC
    ['2026-11-27T05:59:59Z', false, '2026-11-27T06:00:00Z'],
    ['2026-11-27T06:00:00Z', true, '2026-11-30T06:00:00Z'],
    ['2026-11-27T13:44:59Z', true, '2026-11-30T06:00:00Z'],
    ['2026-11-27T13:45:00Z', false, '2026-11-30T06:00:00Z'],
    ['2026-11-28T10:00:00Z', false, '2026-11-30T06:00:00Z'],
  ])('INT-3: Kharkiv at %s', (moment, open, next) => {
    expect(isOfficeOpen(office, at(moment), kharkiv)).toBe(open)
    expect(opensNext(office, at(moment), kharkiv)).toEqual(at(next))
  })

  it('INT-3: on a public holiday it is closed, under martial law it is not', () => {
    const independenceDay = at('2026-08-24T09:00:00Z')
    expect(isOfficeOpen(office, independenceDay, kharkiv)).toBe(true)
    expect(isOfficeOpen(office, independenceDay, kharkivInPeace)).toBe(false)
    expect(opensNext(office, independenceDay, kharkivInPeace)).toEqual(at('2026-08-25T05:00:00Z'))
  })

  it('INT-3: over Easter the next opening is after all of it', () => {
    // Wednesday 1 April 2026, evening in Aarhus
    expect(opensNext(office, at('2026-04-01T18:00:00Z'), aarhus)).toEqual(at('2026-04-07T06:00:00Z'))
  })

  it('INT-3: the wall clock counts on the days of both clock changes', () => {
    const sunday: OfficeHours[] = [{ days: ['SU'], opens: '08:00', closes: '12:00' }]
    expect(opensNext(sunday, at('2026-03-28T12:00:00Z'), stuttgart)).toEqual(at('2026-03-29T06:00:00Z'))
    expect(opensNext(sunday, at('2026-10-24T12:00:00Z'), stuttgart)).toEqual(at('2026-10-25T07:00:00Z'))
    expect(isOfficeOpen(sunday, at('2026-10-25T06:30:00Z'), stuttgart)).toBe(false)
  })

  it('INT-3: an office may open on a Saturday, which is no working day', () => {
    const saturday: OfficeHours[] = [{ days: ['SA'], opens: '09:00', closes: '12:00' }]
    expect(isOfficeOpen(saturday, at('2026-11-28T09:00:00Z'), aarhus)).toBe(true)
  })

  it('INT-3: a night belongs to the day on which it begins', () => {
    const night: OfficeHours[] = [{ days: ['FR'], opens: '20:00', closes: '06:00' }]
    expect(isOfficeOpen(night, at('2026-11-28T04:59:59Z'), aarhus)).toBe(true)
    expect(isOfficeOpen(night, at('2026-11-28T05:00:00Z'), aarhus)).toBe(false)
    // Good Friday
    expect(isOfficeOpen(night, at('2026-04-04T01:00:00Z'), aarhus)).toBe(false)
  })

  it('INT-3: days that the pack closes are closed', () => {
    const calendar = WorkingCalendar.parse({
      country: 'DK',
      closed: [{ day: '2026-12-24', source: { title: 'example' } }],
    })
    expect(isOfficeOpen(office, at('2026-12-24T09:00:00Z'), aarhus)).toBe(true)
    expect(isOfficeOpen(office, at('2026-12-24T09:00:00Z'), { ...aarhus, calendar })).toBe(false)
  })

  it('INT-3: day and night is never closed, and no hours are never open', () => {
    const always: OfficeHours[] = [{ days: weekdays, opens: '00:00', closes: '24:00' }]
    expect(isOfficeOpen(always, at('2026-10-25T00:30:00Z'), kharkiv)).toBe(true)
    expect(opensNext(always, at('2026-10-25T00:30:00Z'), kharkiv)).toBeUndefined()
    expect(isOfficeOpen([], at('2026-11-27T09:00:00Z'), kharkiv)).toBe(false)
    expect(opensNext([], at('2026-11-27T09:00:00Z'), kharkiv)).toBeUndefined()
  })

  it('INT-3: when it opens it is open, and a moment before it was not', () => {
    const time = fc.integer({ min: 0, max: 1439 }).map((minutes) => {
      const two = (part: number) => String(part).padStart(2, '0')
      return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
    })
    const hours = fc.record({ days: fc.subarray([...weekdays], { minLength: 1 }), opens: time, closes: time })
    const moment = fc.date({ min: at('2015-01-02'), max: at('2055-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(fc.array(hours, { maxLength: 3 }), moment, fc.constantFrom(...places), (week, now, place) => {
        const next = opensNext(week, now, place)
        if (!next) return
        expect(next.getTime()).toBeGreaterThan(now.getTime())
        expect(isOfficeOpen(week, next, place)).toBe(true)
        expect(isOfficeOpen(week, new Date(next.getTime() - 1), place)).toBe(false)
      }),
    )
  })
})
