import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SeatRule } from '../types.ts'
import { groupOn } from './ad-hoc.ts'
import { judgeMandate } from './judge-mandate.ts'
import { holdsOn, seatsOf, standingOn } from './seats.ts'

const rule = (more: Partial<SeatRule>) =>
  SeatRule.parse({ slug: 'member', names: { en: 'Member' }, role: 'member', ...more })
const keys = (...seats: SeatRule[]) => seatsOf({ seats }).map(({ key }) => key)

describe('GOV-1: a rule makes seats', () => {
  test('one for each organisation, several by number, one open seat where no number is known', () => {
    expect(keys(rule({ each: ['north', 'south'] }))).toEqual(['member/north', 'member/south'])
    expect(keys(rule({ each: ['north'], places: 2 }))).toEqual(['member/north/1', 'member/north/2'])
    expect(keys(rule({ slug: 'chair', places: 1 }), rule({ places: 2 }))).toEqual(['chair', 'member/1', 'member/2'])
    expect(seatsOf({ seats: [rule({})] })).toMatchObject([{ key: 'member', open: true }])
    expect(seatsOf({ seats: [rule({ places: 1 })] })).toMatchObject([{ key: 'member', open: false }])
  })
})

const day = fc.integer({ min: 0, max: 60 }).map((at) => new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10))
const term = fc.tuple(day, day, fc.boolean()).map(([one, other, open]) => ({
  since: one < other ? one : other,
  until: open ? undefined : one < other ? other : one,
}))
const seat = fc.record({ optional: fc.boolean(), shared: fc.boolean() })

describe('GOV-1: how a seat stands on a day', () => {
  test('whoever holds it on that day is named, and the state says how many do', () => {
    fc.assert(
      fc.property(seat, fc.array(term, { maxLength: 6 }), day, (own, mandates, today) => {
        const { state, holders, last } = standingOn(own, mandates, today)
        expect(holders).toEqual(mandates.filter((mandate) => holdsOn(mandate, today)))
        expect(['held', 'shared', 'doubly-filled'].includes(state)).toBe(holders.length > 0)
        expect(state === 'held').toBe(holders.length === 1)
        expect(state === 'shared').toBe(holders.length > 1 && own.shared)
        expect(state === 'doubly-filled').toBe(holders.length > 1 && !own.shared)
        if (holders.length > 0) expect(last).toBeUndefined()
      }),
    )
  })

  test('a seat that may stay empty never counts as vacant, nor as expired', () => {
    fc.assert(
      fc.property(fc.array(term, { maxLength: 6 }), day, (mandates, today) => {
        const { state } = standingOn({ optional: true, shared: false }, mandates, today)
        expect(['vacant', 'expired']).not.toContain(state)
      }),
    )
  })

  test('expired means that somebody held it before and nobody does; the last one is named', () => {
    fc.assert(
      fc.property(fc.array(term, { maxLength: 6 }), day, (mandates, today) => {
        const { state, holders, last } = standingOn({ optional: false, shared: false }, mandates, today)
        const ended = mandates.filter(({ until }) => until !== undefined && until < today)
        expect(state === 'expired').toBe(holders.length === 0 && ended.length > 0)
        expect(state === 'vacant').toBe(holders.length === 0 && ended.length === 0)
        if (last) for (const one of ended) expect((one.until ?? '') <= (last.until ?? '')).toBe(true)
      }),
    )
  })

  test('first and last day belong to a mandate', () => {
    const mandate = { since: '2026-02-01', until: '2026-02-28' }
    const states = ['2026-01-31', '2026-02-01', '2026-02-28', '2026-03-01'].map(
      (today) => standingOn({ optional: false, shared: false }, [mandate], today).state,
    )
    expect(states).toEqual(['vacant', 'held', 'held', 'expired'])
  })
})

describe('GOV-1: a mandate is judged before it is given', () => {
  const body = { seats: [rule({ slug: 'chair', places: 1 }), rule({ each: ['north'] })] }
  test.each([
    [{ seat: 'chair', name: 'Ada', since: '2026-01-01' }, undefined, []],
    [{ seat: 'member/north', since: '2026-01-01' }, 'north', []],
    [{ seat: 'member/north', organisation: 'south', since: '2026-01-01' }, 'south', ['other-organisation']],
    [{ seat: 'chair', since: '2026-01-02', until: '2026-01-01' }, undefined, ['ends-before', 'nobody']],
    [{ seat: 'throne', name: 'Ada', since: '2026-01-01' }, undefined, ['no-seat']],
  ])('%j', (given, organisation, mistakes) => {
    expect(judgeMandate(body, { until: undefined, ...given })).toEqual({ organisation, mistakes })
  })
})

describe('GOV-8: an ad hoc group', () => {
  const text = { en: 'x' }
  const terms = {
    purpose: text,
    members: text,
    product: text,
    horizon: '2026-06-30',
    approvedBy: 'board',
    approvedOn: '2026-01-10',
  }
  const group = { setUpBy: ['board'], begins: '2026-02-01', terms }
  test('begins on its day and ends at its horizon, unless it is prolonged', () => {
    expect(groupOn(group, '2026-01-31')).toBe('not-begun')
    expect(groupOn(group, '2026-02-01')).toBe('works')
    expect(groupOn(group, '2026-06-30')).toBe('works')
    expect(groupOn(group, '2026-07-01')).toBe('ended')
    expect(groupOn({ ...group, prolongedUntil: '2026-12-31' }, '2026-07-01')).toBe('works')
    expect(groupOn({ ...group, prolongedUntil: '2026-03-31' }, '2026-06-30')).toBe('works')
  })

  test('may start without terms of reference, or before they are approved, and is marked', () => {
    expect(groupOn({ ...group, terms: undefined }, '2026-08-01')).toBe('works-without-terms')
    expect(groupOn({ ...group, terms: { ...terms, approvedOn: '2026-02-02' } }, '2026-03-01')).toBe(
      'works-without-terms',
    )
  })
})
