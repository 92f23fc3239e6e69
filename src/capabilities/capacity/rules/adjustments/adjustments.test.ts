import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AdjustmentKind } from '../../types/adjustments.ts'
import { afterContact, hindranceOf, isOpen, needsNewContact } from './course.ts'
import { contradict, judgePlan, placesExpected } from './judge-plan.ts'
import { pathOf } from './path.ts'
import { possibleSplitting } from './splitting.ts'

const today = '2026-11-30'
const offer = { inScope: true, places: 20, running: [] }
const mistakes = (plan: { kind: AdjustmentKind; change?: number; effectOn?: string }, of = offer) =>
  judgePlan({ change: undefined, effectOn: '2027-01-01', ...plan }, of, today).map(({ mistake }) => mistake)

describe('planning', () => {
  test('CAP-3: an offer outside the framework agreement, a day that is over, and no change are refused, each by its name', () => {
    expect(mistakes({ kind: 'change', change: -3 })).toEqual([])
    expect(mistakes({ kind: 'change', change: -3 }, { ...offer, inScope: false })).toEqual(['out-of-scope'])
    expect(mistakes({ kind: 'change', change: -3, effectOn: '2026-11-29' })).toEqual(['past'])
    expect(mistakes({ kind: 'change', change: -3, effectOn: today })).toEqual([])
    expect(mistakes({ kind: 'change', change: 0 })).toEqual(['no-change'])
    expect(mistakes({ kind: 'change' })).toEqual(['no-change'])
  })

  test('CAP-3: whoever takes away every place closes the offer, and says so', () => {
    const three = { ...offer, places: 3 }
    expect(mistakes({ kind: 'change', change: -2 }, three)).toEqual([])
    expect(mistakes({ kind: 'change', change: -3 }, three)).toEqual(['is-closure'])
    expect(mistakes({ kind: 'change', change: -4 }, three)).toEqual(['is-closure'])
    expect(mistakes({ kind: 'closure' }, three)).toEqual([])
    expect(mistakes({ kind: 'closure' }, { ...offer, places: 0 })).toEqual(['no-places'])
  })

  test('CAP-3: places that an earlier adjustment takes away are not taken away twice', () => {
    const running = [{ id: 'a', kind: 'change' as const, change: -6, effectOn: '2027-01-01' }]
    expect(placesExpected(12, running, '2027-02-01')).toBe(6)
    expect(placesExpected(12, running, '2027-01-01')).toBe(12)
    expect(mistakes({ kind: 'change', change: -6, effectOn: '2027-02-01' }, { ...offer, places: 6 })).toEqual([
      'is-closure',
    ])
  })

  test('CAP-3: two that cannot both happen contradict each other, whichever comes first', () => {
    const kind = fc.constantFrom<AdjustmentKind>('change', 'closure')
    const one = fc.record({
      kind,
      change: fc.integer({ min: -12, max: 12 }).filter((places) => places !== 0),
      effectOn: fc.constantFrom('2027-01-01', '2027-02-01'),
    })
    fc.assert(
      fc.property(one, one, (a, b) => {
        expect(contradict(a, b)).toBe(contradict(b, a))
        const beside =
          a.kind === 'change' && b.kind === 'change' && a.change * b.change > 0 && a.effectOn !== b.effectOn
        expect(contradict(a, b)).toBe(!beside)
      }),
      { numRuns: 100 },
    )
  })
})

describe('the path', () => {
  const facts = { kind: 'change', change: 4, inScope: true, contacted: true } as const

  test('CAP-3: it is what the table says; without a table, or where it says nothing, nobody guesses', () => {
    const none = { path: 'none', bodies: [], ways: [], hearingDays: null }
    expect(pathOf(facts, () => none)).toEqual(none)
    expect(pathOf(facts, undefined)).toBeUndefined()
    expect(pathOf(facts, () => undefined)).toBeUndefined()
    for (const path of ['unknown', 'outside', 'perhaps'])
      expect(pathOf(facts, () => ({ ...none, path }))).toBeUndefined()
  })

  test('CAP-3: contact leads on by the path alone', () => {
    expect(afterContact({ path: 'none' })).toBe('cleared')
    expect(afterContact({ path: 'approval' })).toBe('approval-open')
    expect(afterContact(undefined)).toBe('path-open')
  })

  test('CAP-3: each step is open in its states alone', () => {
    expect(isOpen('contact', 'planned')).toBe(true)
    expect(isOpen('contact', 'approval-open')).toBe(true)
    expect(isOpen('choose-path', 'planned')).toBe(false)
    expect(isOpen('record-approval', 'planned')).toBe(false)
    for (const over of ['in-force', 'declined', 'withdrawn'] as const)
      for (const step of ['contact', 'amend', 'withdraw', 'choose-path', 'ask-by-mail', 'record-approval'] as const)
        expect(isOpen(step, over)).toBe(false)
  })

  test('CAP-3: another size, another kind and an earlier day need new contact; a later day does not', () => {
    const before = { kind: 'change', change: -6, effectOn: '2027-02-01' } as const
    expect(needsNewContact(before, { ...before, change: -7 })).toBe(true)
    expect(needsNewContact(before, { ...before, change: -5 })).toBe(true)
    expect(needsNewContact(before, { ...before, kind: 'closure' })).toBe(true)
    expect(needsNewContact(before, { ...before, effectOn: '2027-01-31' })).toBe(true)
    expect(needsNewContact(before, { ...before, effectOn: '2027-03-01' })).toBe(false)
    expect(needsNewContact(before, before)).toBe(false)
  })

  test('CAP-3: nothing comes into force before its day, before it is cleared, or on a day that went by meanwhile', () => {
    const cleared = { state: 'cleared', effectOn: '2027-01-01', clearedOn: '2026-12-01' } as const
    expect(hindranceOf(cleared, '2026-12-31')).toBe('too-early')
    expect(hindranceOf(cleared, '2027-01-01')).toBeUndefined()
    expect(hindranceOf(cleared, '2027-01-05')).toBeUndefined()
    expect(hindranceOf({ ...cleared, clearedOn: '2027-01-02' }, '2027-01-05')).toBe('day-is-over')
    expect(hindranceOf({ ...cleared, state: 'approval-open' }, '2027-01-01')).toBe('not-cleared')
    expect(hindranceOf({ ...cleared, clearedOn: undefined }, '2027-01-01')).toBe('not-cleared')
  })
})

describe('CAP-4: possible splitting', () => {
  const needsApproval = (change: number) => Math.abs(change) > 10
  const other = (id: string, change: number, effectOn: string) => ({ id, change, effectOn })

  test('CAP-4: six and six within twelve months are named; six and four are not, nor six a year later', () => {
    const first = other('a', -6, '2026-03-01')
    const named = possibleSplitting({ change: -6, effectOn: '2027-02-28' }, [first], needsApproval)
    expect(named).toEqual({ with: [first], sum: -12 })
    expect(possibleSplitting({ change: -4, effectOn: '2027-02-28' }, [first], needsApproval)).toBeUndefined()
    expect(possibleSplitting({ change: -6, effectOn: '2027-03-01' }, [first], needsApproval)).toBeUndefined()
  })

  test('CAP-4: what is added is not weighed against what is taken away, and what needs approval anyway is not split', () => {
    const first = other('a', 8, '2026-09-01')
    expect(possibleSplitting({ change: -8, effectOn: '2026-10-01' }, [first], needsApproval)).toBeUndefined()
    expect(possibleSplitting({ change: 12, effectOn: '2026-10-01' }, [first], needsApproval)).toBeUndefined()
  })

  test('CAP-4: what is taken away meanwhile does not lighten what is added', () => {
    const added = other('a', 8, '2026-09-01')
    const taken = other('b', -7, '2026-10-01')
    expect(possibleSplitting({ change: 8, effectOn: '2026-11-01' }, [added, taken], needsApproval)).toEqual({
      with: [added],
      sum: 16,
    })
  })

  test('CAP-4: the heaviest twelve months count, before it and after it', () => {
    const earlier = other('a', 4, '2026-02-01')
    const later = other('b', 5, '2027-03-01')
    const last = other('c', 3, '2027-04-01')
    const found = possibleSplitting({ change: 4, effectOn: '2026-10-01' }, [last, earlier, later], needsApproval)
    expect(found).toEqual({ with: [later, last], sum: 12 })
  })

  test('CAP-4: exactly where some twelve months that hold it exceed together what each stays below', () => {
    const day = fc
      .integer({ min: 0, max: 1100 })
      .map((days) => new Date(Date.UTC(2025, 0, 1 + days)).toISOString().slice(0, 10))
    const small = fc.integer({ min: 1, max: 10 })
    fc.assert(
      fc.property(small, day, fc.array(fc.tuple(small, day), { maxLength: 6 }), (change, effectOn, list) => {
        const others = list.map(([places, on], at) => other(String(at), places, on))
        const found = possibleSplitting({ change, effectOn }, others, needsApproval)
        const starts = [effectOn, ...others.map((one) => one.effectOn)]
        const heavy = starts.some((start) => {
          const end = `${Number(start.slice(0, 4)) + 1}${start.slice(4)}`
          const within = (on: string) => start <= on && on < end
          const sum = others.filter((one) => within(one.effectOn)).reduce((all, one) => all + one.change, change)
          return within(effectOn) && sum > 10
        })
        expect(found !== undefined).toBe(heavy)
      }),
      { numRuns: 200 },
    )
  })
})
