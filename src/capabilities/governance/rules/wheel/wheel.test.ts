import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { WorkingCalendar } from '../../../../platform/calendar/working-days.ts'
import type { Relative } from '../../types/wheel.ts'
import { drawWheel, sizes } from './drawing.ts'
import { occurrencesIn } from './occurrences.ts'
import { inOrder } from './order.ts'
import { missingIn, otherRound, roundOn, yearsOf } from './round.ts'

const calendar = WorkingCalendar.parse({ country: 'DK' })
const comes = (slug: string, rule: string, from = '2020-01-01', dayOff: 'stays' | 'next' | 'previous' = 'stays') => ({
  slug,
  recurs: { from, rule },
  dayOff,
})
const hangs = (
  slug: string,
  to: string,
  more: Partial<Relative> = {},
  dayOff: 'stays' | 'next' | 'previous' = 'stays',
) => ({
  slug,
  relative: { to, side: 'before' as const, amount: 6, unit: 'weeks' as const, ...more },
  dayOff,
})
const days = (found: readonly { day: string }[]) => found.map(({ day }) => day)

describe('GOV-7: milestones hang on each other, never in a circle', () => {
  test('whatever hangs on whatever: each stands after what it hangs on, or the circle is named', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(9), { nil: undefined }), { minLength: 1, maxLength: 10 }), (parents) => {
        const milestones = parents.map((to, at) =>
          to === undefined ? comes(`m${at}`, 'FREQ=YEARLY') : hangs(`m${at}`, `m${to}`),
        )
        const parentOf = new Map(milestones.map((one) => [one.slug, 'relative' in one ? one.relative.to : undefined]))
        const result = inOrder(milestones)
        if ('circle' in result) {
          result.circle.forEach((slug, at) =>
            expect(parentOf.get(slug)).toBe(result.circle[(at + 1) % result.circle.length]),
          )
          return
        }
        const place = new Map(result.order.map(({ slug }, at) => [slug, at]))
        for (const [slug, at] of place) {
          const parent = parentOf.get(slug)
          if (parent !== undefined) expect(place.get(parent)).toBeLessThan(at)
        }
        // nothing is left out but what hangs on nothing known
        const ends = (slug: string): boolean => {
          const parent = parentOf.get(slug)
          return parent === undefined ? parentOf.has(slug) : ends(parent)
        }
        expect(place.size).toBe(milestones.filter(({ slug }) => ends(slug)).length)
      }),
      { numRuns: 300 },
    )
  })

  test('a circle is refused when days are asked for', () => {
    const ring = [hangs('one', 'two'), hangs('two', 'one')]
    expect(inOrder(ring)).toEqual({ circle: ['one', 'two'] })
    expect(() => occurrencesIn(ring, calendar, { from: '2026-01-01', until: '2026-12-31' })).toThrow(
      'hang on each other',
    )
  })
})

describe('GOV-7: days of a rule', () => {
  test('every second year, the same in leap years; the last of February is there every year', () => {
    const found = occurrencesIn(
      [
        comes('council', 'FREQ=YEARLY;INTERVAL=2;BYMONTH=10;BYMONTHDAY=15'),
        comes('end', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1'),
      ],
      calendar,
      { from: '2026-01-01', until: '2029-12-31' },
    )
    expect(days(found)).toEqual(['2026-02-28', '2026-10-15', '2027-02-28', '2028-02-29', '2028-10-15', '2029-02-28'])
  })

  test('the days of a rule are the same whatever the clock of the machine, over both clock changes', () => {
    const found = occurrencesIn([comes('sunday', 'FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU')], calendar, {
      from: '2027-01-01',
      until: '2027-12-31',
    })
    expect(days(found)).toEqual(['2027-03-28', '2027-10-31'])
  })

  test('a day off gives way to the next or the last working day, over Easter and the turn of the year', () => {
    const easter = { from: '2027-03-01', until: '2027-04-30' }
    for (const [dayOff, day] of [
      ['stays', '2027-03-26'],
      ['next', '2027-03-30'],
      ['previous', '2027-03-24'],
    ] as const)
      expect(
        days(
          occurrencesIn(
            [comes('good-friday', 'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=26', '2020-01-01', dayOff)],
            calendar,
            easter,
          ),
        ),
      ).toEqual([day])
    const turn = occurrencesIn(
      [comes('begins', 'FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1', '2020-01-01', 'previous')],
      calendar,
      {
        from: '2026-12-01',
        until: '2026-12-31',
      },
    )
    expect(turn).toMatchObject([{ byRule: '2026-12-31', day: '2026-12-31' }])
  })

  test('one hangs on another in days, working days, weeks and months', () => {
    const anchor = comes('council', 'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31')
    const on = (more: Partial<Relative>) =>
      occurrencesIn([hangs('papers', 'council', more), anchor], calendar, {
        from: '2027-01-01',
        until: '2027-12-31',
      }).find(({ milestone }) => milestone.slug === 'papers')?.day
    expect(on({})).toBe('2027-02-17')
    expect(on({ unit: 'months', amount: 1 })).toBe('2027-02-28')
    // Easter 2027: 25, 26 and 29 March are off
    expect(on({ unit: 'working-days', amount: 2 })).toBe('2027-03-24')
    expect(on({ unit: 'days', amount: 3, side: 'after' })).toBe('2027-04-03')
  })
})

describe('GOV-7: one occurrence is moved', () => {
  const wheel = [
    comes('council', 'FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=15'),
    hangs('kkr', 'council'),
    hangs('net', 'kkr', { amount: 2 }),
  ]
  const year = { from: '2026-01-01', until: '2026-12-31' }
  const move = (milestone: string, byRule: string, day: string) => ({
    milestone,
    byRule,
    day,
    reason: 'the hall is taken',
  })

  test('what hangs on it follows; the year after is untouched', () => {
    expect(days(occurrencesIn(wheel, calendar, year, [move('council', '2026-10-15', '2026-10-22')]))).toEqual([
      '2026-08-27',
      '2026-09-10',
      '2026-10-22',
    ])
    expect(
      days(
        occurrencesIn(wheel, calendar, { from: '2027-01-01', until: '2027-12-31' }, [
          move('council', '2026-10-15', '2026-10-22'),
        ]),
      ),
    ).toEqual(['2027-08-20', '2027-09-03', '2027-10-15'])
  })

  test('what was put somewhere itself stays there', () => {
    const moves = [move('council', '2026-10-15', '2026-10-22'), move('kkr', '2026-09-03', '2026-09-01')]
    expect(days(occurrencesIn(wheel, calendar, year, moves))).toEqual(['2026-08-18', '2026-09-01', '2026-10-22'])
  })

  test('it leaves the year in which it was, and stands in the one into which it went, however far', () => {
    const moves = [move('council', '2026-10-15', '2029-01-05')]
    const only = wheel.slice(0, 1)
    expect(days(occurrencesIn(only, calendar, year, moves))).toEqual([])
    expect(days(occurrencesIn(only, calendar, { from: '2029-01-01', until: '2029-06-30' }, moves))).toEqual([
      '2029-01-05',
    ])
  })
})

describe('GOV-7: a round of one or two years', () => {
  test('begins where it begins, before and after its first one', () => {
    const wheel = { begins: '2026-01-01', years: 2 } as const
    for (const [day, years] of [
      ['2026-01-01', '2026–2027'],
      ['2027-12-31', '2026–2027'],
      ['2028-01-01', '2028–2029'],
      ['2025-12-31', '2024–2025'],
      ['2019-06-01', '2018–2019'],
    ] as const)
      expect(yearsOf(roundOn(wheel, day))).toBe(years)
    expect(yearsOf(roundOn({ begins: '2026-01-01', years: 1 }, '2027-05-05'))).toBe('2027')
    expect(yearsOf(otherRound(roundOn(wheel, '2026-05-05'), -1))).toBe('2024–2025')
  })

  test('every round holds every milestone; a rule that skips one is found', () => {
    const whole = (rule: string, years: 1 | 2) =>
      missingIn(
        {
          begins: '2026-01-01',
          years,
          milestones: [
            { ...comes('it', rule, '2020-01-01'), names: { en: 'It' }, body: 'b', remindDays: 0, certainty: 'own' },
          ],
        },
        calendar,
        { from: 2024, until: 2033 },
      ).map(({ years: missing }) => missing)
    expect(whole('FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1', 1)).toEqual([])
    expect(whole('FREQ=YEARLY;INTERVAL=2;BYMONTH=6;BYMONTHDAY=1', 2)).toEqual([])
    expect(whole('FREQ=YEARLY;INTERVAL=2;BYMONTH=6;BYMONTHDAY=1', 1)).toEqual(['2025', '2027', '2029', '2031'])
    expect(whole('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', 1)).toEqual(['2025', '2026', '2027', '2029', '2030', '2031'])
  })
})

test('GOV-7: on the drawing no milestone covers another, and none leaves the circle', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 729 }), { maxLength: 30 }), (at) => {
      const round = { from: '2026-01-01', until: '2027-12-31', years: 2 }
      const sorted = at.toSorted((one, other) => one - other)
      const drawn = drawWheel(
        round,
        sorted.map((days) => new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10)),
        '2026-11-29',
      )
      expect(drawn.months).toHaveLength(24)
      expect(drawn.today).toBeDefined()
      for (const dot of drawn.dots) expect(Math.hypot(dot.x, dot.y)).toBeLessThan(sizes.inner)
      // only where a day is so full that its ray ends do they meet
      const free = drawn.dots.filter((dot) => Math.hypot(dot.x, dot.y) > sizes.hub + sizes.dot * 2)
      free.forEach((one, place) => {
        for (const other of free.slice(place + 1))
          expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(sizes.dot * 2)
      })
      expect(drawn.dots.map(({ number }) => number)).toEqual(sorted.map((_, place) => place + 1))
    }),
    { numRuns: 100 },
  )
})
