import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, spanStart } from './days.ts'
import { judgeStays, type KnownStay, type OfferState, type ReportedStay } from './judge-stays.ts'
import { isStale, occupancyOver, occupancyShare } from './occupancy.ts'
import { publishedWaiting, tellsUsers, withoutWaiting } from './telling.ts'

const day = (number: number) => addDays('2026-01-01', number)
const state = (more: Partial<OfferState> = {}): OfferState => ({
  periods: [{ from: '2026-01-01', until: undefined, approved: 2 }],
  places: ['1', '2'],
  stays: [],
  ...more,
})
const came = (more: Partial<ReportedStay> = {}): ReportedStay => ({
  place: undefined,
  municipality: 'viborg-kommune',
  person: 'B1',
  from: '2026-02-01',
  until: undefined,
  reason: undefined,
  ...more,
})
const known = (more: Partial<KnownStay> = {}): KnownStay => ({ ...came(), id: 'known', place: '1', ...more })
const one = (of: OfferState, reported: ReportedStay) => judgeStays(of, [reported])[0]

describe('reported stays', () => {
  test('CAP-1: the day on which somebody leaves is the first on which the place is free', () => {
    const left = state({ stays: [known({ until: '2026-03-01' })] })
    expect(one(left, came({ person: 'B2', place: '1', from: '2026-03-01' }))).toMatchObject({ is: 'add', place: '1' })
    expect(one(left, came({ person: 'B2', place: '1', from: '2026-02-28' }))).toEqual({
      is: 'rejected',
      fault: 'place-taken',
    })
  })

  test('CAP-1: more people than approved places need a reason, and get a place beyond those there are', () => {
    const full = state({ stays: [known(), known({ id: 'other', person: 'B2', place: '2' })] })
    expect(one(full, came({ person: 'B3' }))).toEqual({ is: 'rejected', fault: 'none-free' })
    expect(one(full, came({ person: 'B3', reason: 'a fire elsewhere' }))).toEqual({
      is: 'add',
      place: '3',
      newPlace: true,
    })
    const third = state({ ...full, places: ['1', '2', '3'] })
    expect(one(third, came({ person: 'B3' }))).toEqual({ is: 'rejected', fault: 'no-room' })
  })

  test('CAP-1: a day in the middle on which all approved places are taken is found', () => {
    const middle = state({
      places: ['1', '2', '3'],
      periods: [
        { from: '2026-01-01', until: '2026-03-10', approved: 2 },
        { from: '2026-03-10', until: '2026-03-11', approved: 1 },
        { from: '2026-03-11', until: undefined, approved: 2 },
      ],
      stays: [known({ from: '2026-01-05' })],
    })
    expect(one(middle, came({ person: 'B2' }))).toEqual({ is: 'rejected', fault: 'no-room' })
    expect(one(middle, came({ person: 'B2', until: '2026-03-10' }))).toMatchObject({ is: 'add', place: '2' })
  })

  test('CAP-9: the same report again changes nothing; another last day changes the stay', () => {
    const there = state({ stays: [known()] })
    expect(one(there, came())).toMatchObject({ is: 'same' })
    expect(one(there, came({ until: '2026-04-01' }))).toMatchObject({ is: 'change', longer: false })
    expect(one(there, came({ municipality: 'samsoe-kommune' }))).toEqual({ is: 'rejected', fault: 'differs' })
    expect(judgeStays(state(), [came(), came()]).map(({ is }) => is)).toEqual(['add', 'rejected'])
  })

  test('CAP-9: whoever leaves makes room for who comes, in whichever order the lines stand', () => {
    const full = state({ stays: [known(), known({ id: 'other', person: 'B2', place: '2' })] })
    const judged = judgeStays(full, [came({ person: 'B3', from: '2026-05-01' }), came({ until: '2026-05-01' })])
    expect(judged.map(({ is }) => is)).toEqual(['add', 'change'])
  })

  test('CAP-1: whatever is reported, no place holds two at a time, no person is in two places, and no day is above the places without a reason', () => {
    const reported = fc.record({
      place: fc.option(fc.constantFrom('1', '2', '3'), { nil: undefined }),
      person: fc.constantFrom('B1', 'B2', 'B3', 'B4'),
      from: fc.integer({ min: 0, max: 20 }),
      nights: fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }),
      reason: fc.option(fc.constant('a storm'), { nil: undefined }),
    })
    fc.assert(
      fc.property(fc.array(reported, { maxLength: 14 }), fc.integer({ min: 0, max: 3 }), (lines, approved) => {
        const given = lines.map(({ from, nights, ...line }) =>
          came({ ...line, from: day(from), until: nights === undefined ? undefined : day(from + nights) }),
        )
        const of = state({ periods: [{ from: day(0), until: undefined, approved }], places: ['1', '2', '3'] })
        const stored = judgeStays(of, given).flatMap((judged, at) => {
          const line = given[at]
          return judged.is === 'add' && line ? [{ ...line, place: judged.place }] : []
        })
        for (let number = 0; number < 45; number++) {
          const there = stored.filter(({ from, until }) => from <= day(number) && (until ?? '9999') > day(number))
          expect(new Set(there.map(({ place }) => place)).size).toBe(there.length)
          expect(new Set(there.map(({ person }) => person)).size).toBe(there.length)
          if (there.length > approved) expect(there.some(({ reason }) => reason !== undefined)).toBe(true)
          expect(there.filter(({ reason }) => reason === undefined).length).toBeLessThanOrEqual(approved)
        }
      }),
      { numRuns: 300, seed: 4 },
    )
  })
})

describe('occupancy', () => {
  const standing = [
    { from: day(0), until: day(10), approved: 10, open: 10, occupied: 5 },
    { from: day(10), until: undefined, approved: 10, open: 8, occupied: 10 },
  ]

  test('CAP-1: an average day of a period counts every day of it once', () => {
    expect(occupancyOver(standing, day(8), day(12), 'day').map(({ occupied }) => occupied)).toEqual([5, 5, 10, 10])
    const [week] = occupancyOver(standing, day(7), day(14), 'week')
    expect(week?.occupied).toBeCloseTo((3 * 5 + 4 * 10) / 7)
    expect(occupancyShare(occupancyOver(standing, day(0), day(20), 'day'))).toBe(0.75)
    expect(occupancyShare([])).toBeUndefined()
  })

  test('CAP-1: a span begins on a Monday or a first of the month, and never before the offer', () => {
    expect(spanStart('quarter', '2026-11-30', '2020-01-01')).toEqual(['2026-09-02', 'day'])
    expect(spanStart('year', '2026-11-25', '2020-01-01')).toEqual(['2025-11-24', 'week'])
    expect(spanStart('all', '2026-11-25', '2020-01-15')).toEqual(['2020-01-15', 'month'])
  })

  test('CAP-9: a report is stale once so many days have passed, and where nobody ever reported', () => {
    const now = new Date('2026-11-30T12:00:00Z')
    expect(isStale(new Date('2026-11-16T12:00:00Z'), 14, now)).toBe(false)
    expect(isStale(new Date('2026-11-16T11:59:59Z'), 14, now)).toBe(true)
    expect(isStale(undefined, 14, now)).toBe(true)
  })
})

describe('what everybody is told of few people', () => {
  test('INS-5: numbers of who waits are rounded, so that one offer taken from a group leaves no single person', () => {
    expect([0, 1, 4, 5, 7, 8, 12].map((waiting) => publishedWaiting(waiting, 5))).toEqual([
      0,
      undefined,
      undefined,
      5,
      5,
      10,
      10,
    ])
    // two offers of one group: 5 … 7 people wait for one and none or two for the other, or eight together
    expect(publishedWaiting(7)).toBe(publishedWaiting(5))
  })

  test('CAP-2: municipalities are named only where that does not say how many people of each live there', () => {
    // one place taken, one municipality named: one person
    expect(tellsUsers(1, 1, 5)).toBe(false)
    // three taken, three named: one person of each
    expect(tellsUsers(3, 3, 5)).toBe(false)
    expect(tellsUsers(7, 4, 5)).toBe(false)
    expect(tellsUsers(8, 4, 5)).toBe(true)
    // nobody else: then all of them are the operator's
    expect(tellsUsers(2, 0, 5)).toBe(false)
    expect(tellsUsers(0, 0, 5)).toBe(true)
  })

  test('INS-5: where a row of days begins does not tell that somebody came to the waiting list', () => {
    const days = { approved: 4, open: 4, occupied: 3 }
    const told = withoutWaiting([
      { from: '2026-01-01', until: '2026-02-01', ...days, waiting: 0 },
      { from: '2026-02-01', until: '2026-03-01', ...days, waiting: 1 },
      { from: '2026-03-01', until: '2026-04-01', ...days, occupied: 4, waiting: 0 },
      { from: '2026-05-01', until: undefined, ...days, occupied: 4, waiting: 0 },
    ])
    expect(told).toEqual([
      { from: '2026-01-01', until: '2026-03-01', ...days },
      { from: '2026-03-01', until: '2026-04-01', ...days, occupied: 4 },
      { from: '2026-05-01', until: undefined, ...days, occupied: 4 },
    ])
  })
})
