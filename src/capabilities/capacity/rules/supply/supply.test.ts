import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { smallest } from '../../../../platform/disclosure/disclosure.ts'
import type { Need, OfferToMatch, WaitingSpell } from '../../types/supply.ts'
import { forecast } from './forecast.ts'
import { kilometres, matchOffers } from './match-offers.ts'
import { publishedWait } from './publishing.ts'
import { waitingTime } from './waiting-time.ts'

const got = (...days: number[]): WaitingSpell[] => days.map((each) => ({ days: each, ended: 'place' }))

describe('CAP-7: waiting time', () => {
  test('without anybody still waiting the median is that of the list', () => {
    const { median, ninetieth, spells } = waitingTime(got(10, 20, 30, 40, 50, 60, 70, 80, 90, 100))
    expect([spells, median.days, ninetieth.days]).toEqual([10, 50, 90])
  })

  test('is told of nobody in particular: not below the smallest number that may be told', () => {
    const waited = (people: number) => got(...Array.from({ length: people }, (_, at) => at + 1))
    expect(publishedWait(waited(smallest - 1))).toBeUndefined()
    expect(publishedWait(waited(smallest))?.spells).toBe(smallest)
  })

  test('who still waits has waited at least so long: the list does not look shorter than it is', () => {
    const spells: WaitingSpell[] = [...got(10, 20, 30), { days: 100, ended: 'still' }, { days: 100, ended: 'still' }]
    expect(waitingTime(spells).median.days).toBe(30)
    const many: WaitingSpell[] = [...spells, { days: 100, ended: 'still' }, { days: 90, ended: 'other' }]
    expect(waitingTime(many).median).toEqual({ days: undefined, low: 10, high: undefined })
  })

  test('the published example of remission times has its published median and bounds', () => {
    // 6-mercaptopurine arm of the leukaemia trial of Freireich and others (1963), as worked in every textbook: median 23, bounds 13 and none
    const events = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    const censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    const spells: WaitingSpell[] = [...got(...events), ...censored.map((days) => ({ days, ended: 'still' as const }))]
    expect(waitingTime(spells).median).toEqual({ days: 23, low: 13, high: undefined })
  })

  test('bounds hold the estimate, and the 90th percentile is never shorter than the median', () => {
    const spell = fc.record({
      days: fc.integer({ min: 0, max: 900 }),
      ended: fc.constantFrom('place', 'other', 'still'),
    })
    fc.assert(
      fc.property(fc.array(spell, { maxLength: 60 }), (spells) => {
        const { median, ninetieth } = waitingTime(spells as WaitingSpell[])
        for (const { days, low, high } of [median, ninetieth])
          if (days !== undefined) {
            expect(low).toBeLessThanOrEqual(days)
            if (high !== undefined) expect(high).toBeGreaterThanOrEqual(days)
          }
        if (ninetieth.days !== undefined) expect(ninetieth.days).toBeGreaterThanOrEqual(median.days ?? 0)
        if (median.days === undefined) expect(ninetieth.days).toBeUndefined()
      }),
    )
  })
})

describe('CAP-7: forecast', () => {
  const line = (places: readonly number[]) => places.map((each, at) => ({ year: 2020 + at, places: each }))

  test('three years say nothing of a direction', () => {
    expect(forecast(line([10, 12, 14]), [2026])).toBeUndefined()
  })

  test('a straight line goes on, without doubt', () => {
    expect(forecast(line([10, 12, 14, 16]), [2024, 2025])).toEqual([
      { year: 2024, places: 18, low: 18, high: 18 },
      { year: 2025, places: 20, low: 20, high: 20 },
    ])
  })

  test('the interval is that of the textbook, grows with distance and never falls below nothing', () => {
    const [next, later] = forecast(line([10, 14, 12, 17, 15]), [2025, 2030]) ?? []
    // slope 1.3, mean 13.6, residual deviation √(12.3 ÷ 3)… worked by hand: 17.5 ± 1.638 · 1.8166 · √(1 + 1/5 + 9/10)
    expect(next?.places).toBeCloseTo(17.5, 6)
    expect((next?.high ?? 0) - (next?.places ?? 0)).toBeCloseTo(1.638 * Math.sqrt(12.3 / 3) * Math.sqrt(2.1), 3)
    expect((later?.high ?? 0) - (later?.low ?? 0)).toBeGreaterThan((next?.high ?? 0) - (next?.low ?? 0))
    const [falling] = forecast(line([9, 5, 4, 1]), [2026]) ?? []
    expect(falling).toMatchObject({ places: 0, low: 0 })
  })
})

describe('CAP-8: matching', () => {
  const offer = (slug: string, more: Partial<OfferToMatch> = {}): OfferToMatch => ({
    slug,
    name: slug,
    terms: ['brain-injury', 'disability'],
    languages: ['da'],
    point: [9.4, 56.45],
    freeFrom: '2026-11-30',
    waiting: 0,
    ...more,
  })
  const need: Need = {
    targetGroup: 'brain-injury',
    wishes: [],
    near: [9.4, 56.45],
    within: undefined,
    language: undefined,
    from: '2026-12-01',
  }

  test('another target group is no answer, unless the person wishes for it', () => {
    const other = offer('other', { terms: ['homeless'] })
    expect(matchOffers([other], need)).toEqual([])
    const [wished] = matchOffers([other], { ...need, wishes: ['other'] })
    expect(wished?.fits[0]).toEqual({ because: 'wish', place: 1 })
    expect(wished?.doubts).toContainEqual({ because: 'other-group' })
  })

  test("the person's wish comes first, whatever speaks for others", () => {
    const places = fc.record({
      terms: fc.subarray(['brain-injury', 'homeless']),
      languages: fc.subarray(['da', 'uk']),
      point: fc.option(
        fc.tuple(fc.double({ min: 8, max: 11, noNaN: true }), fc.double({ min: 55, max: 57, noNaN: true })),
        {
          nil: undefined,
        },
      ),
      freeFrom: fc.option(fc.constantFrom('2026-11-01', '2027-02-01'), { nil: undefined }),
    })
    fc.assert(
      fc.property(fc.array(places, { minLength: 1, maxLength: 8 }), fc.nat(), fc.boolean(), (all, at, near) => {
        const offers = all.map((each, index) => offer(`offer-${index}`, each))
        const wish = `offer-${at % offers.length}`
        const found = matchOffers(offers, { ...need, wishes: [wish], within: near ? 30 : undefined, language: 'uk' })
        expect(found[0]?.offer.slug).toBe(wish)
        // every one shown says why, and fits the group or was wished for
        for (const { offer: shown, fits } of found)
          expect(fits.length > 0 && (shown.slug === wish || shown.terms.includes('brain-injury'))).toBe(true)
      }),
    )
  })

  test('free now before free later before none; too far is left out; what is not known is said', () => {
    const found = matchOffers(
      [
        offer('none', { freeFrom: undefined }),
        offer('later', { freeFrom: '2027-03-01' }),
        offer('now'),
        offer('far', { point: [12.5, 55.7] }),
        offer('somewhere', { point: undefined, freeFrom: undefined }),
      ],
      { ...need, within: 50 },
    )
    expect(found.map((each) => each.offer.slug)).toEqual(['now', 'later', 'none', 'somewhere'])
    expect(found[3]?.doubts).toEqual([{ because: 'place-unknown' }, { because: 'no-place' }])
    expect(found[1]?.doubts).toEqual([{ because: 'later', from: '2027-03-01' }])
  })

  test('Aarhus to Viborg is 60 kilometres as the crow flies', () => {
    expect(kilometres([10.203, 56.153], [9.402, 56.453])).toBeCloseTo(59.8, 0)
  })
})
