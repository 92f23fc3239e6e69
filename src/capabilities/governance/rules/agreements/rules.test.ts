import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { FrameworkRule, FrameworkState } from '../../types/agreements.ts'
import { Body } from '../../types.ts'
import { mistakesOf } from './check-rule.ts'
import { blocksOf } from './markup.ts'
import {
  daysUntil,
  nextFirstYear,
  offersAsTyped,
  offersOn,
  offersTyped,
  periodFrom,
  periodName,
  ratifyBy,
} from './period.ts'
import { holds, nextState } from './state.ts'

describe('GOV-6: the words of a part', () => {
  test('are headings, paragraphs, lists and strong words, and nothing else', () => {
    expect(blocksOf('# Takster\nFørste linje\nanden **linje**\n\n- et\n- to\n1. tre\n## Mere')).toEqual([
      { is: 'heading', level: 1, words: 'Takster' },
      {
        is: 'paragraph',
        spans: [
          { words: 'Første linje', strong: false },
          { words: ' ', strong: false },
          { words: 'anden ', strong: false },
          { words: 'linje', strong: true },
        ],
      },
      { is: 'list', ordered: false, items: [[{ words: 'et', strong: false }], [{ words: 'to', strong: false }]] },
      { is: 'list', ordered: true, items: [[{ words: 'tre', strong: false }]] },
      { is: 'heading', level: 2, words: 'Mere' },
    ])
  })

  test('whatever else is typed stays words: no mark of a page, no address, is more than that', () => {
    const nasty = '<script>alert(1)</script>\n[her](javascript:alert(1))\n### Tre\n> citat'
    expect(blocksOf(nasty)).toEqual([
      expect.objectContaining({
        is: 'paragraph',
        spans: expect.arrayContaining([{ words: '<script>alert(1)</script>', strong: false }]),
      }),
    ])
  })
})

describe('GOV-6: the period of an agreement', () => {
  const rule = { years: 2, firstYear: 2019 }
  test('is two years that begin in odd ones, prepared in even ones', () => {
    expect(periodFrom(rule, 2027)).toEqual({ since: '2027-01-01', until: '2028-12-31' })
    expect(periodFrom(rule, 2026)).toBeUndefined()
    expect(periodName({ since: '2027-01-01', until: '2028-12-31' })).toBe('2027-28')
    expect(['2026-01-01', '2026-11-30', '2027-01-01', '2028-12-31'].map((day) => nextFirstYear(rule, day))).toEqual([
      2027, 2027, 2029, 2029,
    ])
  })

  test('the last day for ratifications lies in the year before, and its month is never too short', () => {
    expect(ratifyBy({ ratifyBy: { month: 12, day: 31 } }, '2027-01-01')).toBe('2026-12-31')
    expect(ratifyBy({ ratifyBy: { month: 2, day: 31 } }, '2025-01-01')).toBe('2024-02-29')
    expect([daysUntil('2026-12-31', '2026-12-01'), daysUntil('2026-12-31', '2027-01-02')]).toEqual([30, -2])
  })
})

describe('CAP-2: the annex of offers in scope', () => {
  test('names offers with their days, one a line, and can be typed again', () => {
    const typed = 'hedelyset\nsoekanten 2027-01-01\nstensbakken - 2027-06-30'
    const offers = offersTyped(typed)
    if (!Array.isArray(offers)) throw new Error('not read')
    expect(offersAsTyped(offers)).toBe(typed)
    expect(offersOn(offers, '2026-12-31')).toEqual(['hedelyset', 'stensbakken'])
    expect(offersOn(offers, '2027-06-30')).toEqual(['hedelyset', 'soekanten', 'stensbakken'])
    expect(offersOn(offers, '2027-07-01')).toEqual(['hedelyset', 'soekanten'])
    expect(offersTyped('hedelyset\n\nikke et tilbud')).toEqual({ line: 3 })
  })
})

describe('GOV-6: the state machine', () => {
  test('comes into force only when all have ratified and the day is there; nothing else moves it there', () => {
    const slugs = ['a', 'b', 'c']
    fc.assert(
      fc.property(
        fc.constantFrom(...FrameworkState.options),
        fc.subarray(slugs),
        fc.subarray(slugs),
        fc.boolean(),
        fc.constantFrom('2026-12-31', '2027-01-01', '2028-12-31', '2029-01-01'),
        (state, agreed, ratified, consulted, today) => {
          const standing = {
            state,
            way: { steps: slugs, ratifiedBy: slugs },
            missingParts: [],
            consulted,
            agreed,
            ratified,
            since: '2027-01-01',
            until: '2028-12-31',
          }
          const free = holds(standing, today).length === 0
          if (nextState(standing) === 'in-force') expect(free).toBe(ratified.length === 3 && today >= '2027-01-01')
          if (state === 'on-its-way') expect(free).toBe(agreed.length === 3)
          if (state === 'consultation') expect(free).toBe(consulted)
          if (state === 'in-force') expect(free).toBe(today > '2028-12-31')
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('GOV-6: the rule of Midtjylland', () => {
  const pack = (name: string) =>
    JSON.parse(readFileSync(join(import.meta.dirname, '../../../../../packs/dk-midtjylland', name), 'utf8')) as unknown
  const rule = FrameworkRule.parse(pack('framework-agreement.json'))
  const bodies = z.array(Body).parse(pack('bodies.json'))
  const organisations = new Set(
    z
      .array(z.object({ slug: z.string() }))
      .parse(pack('organisations.json'))
      .map(({ slug }) => slug),
  )

  test('names twenty parties, the way DASSOS, KD-net, KKR, and who drafts what', () => {
    const [way] = rule.ways
    expect(way?.ratifiedBy).toHaveLength(20)
    expect(way?.steps).toEqual(['dassos', 'kd-net', 'kkr-midtjylland'])
    expect(rule.parts.find(({ slug }) => slug === 'styringsaftale')?.draftedBy).toEqual(['takstgruppen'])
    expect(rule.contributors).toContain('forretningsudvalget')
    expect(mistakesOf(rule, { bodies, organisations })).toEqual([])
  })

  test('a rule that names what is not there, or lets a body agree that may not, is refused', () => {
    const wrong = {
      ...rule,
      keeper: 'ghost',
      ways: [
        {
          slug: 'way',
          names: { en: 'Way' },
          amendsOnly: true,
          example: false,
          steps: ['takstgruppen'],
          ratifiedBy: ['viborg-byraad', 'viborg-byraad'],
        },
      ],
    }
    expect(mistakesOf(wrong, { bodies, organisations })).toEqual([
      'ghost is no body of this pack',
      'takstgruppen may not decide on rammeaftale',
      'viborg-byraad stands twice on the way way',
      'no way is open to an agreement itself',
    ])
  })
})
