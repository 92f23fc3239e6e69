import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inLocale } from '../../../../platform/i18n/speech.ts'
import { Money, SheetFields, type TariffRule } from '../../types/tariffs.ts'
import { beyondBand, carriedFrom, carriedInto } from './carried.ts'
import { againstIndex, change, median } from './compare.ts'
import { daysOf } from './exact.ts'
import { judgeSheet, ruleFor } from './judge-sheet.ts'
import { stageOn, stagesOf } from './reminding.ts'
import { type Figures, priceOf, tariffOf } from './tariff.ts'

/** The same sum by whole numbers alone: what is written is read as a fraction over a power of ten. */
function recomputed({ direct, indirect, capital, carried, places, days, occupancy }: Figures): string | undefined {
  const whole = (text: string) => BigInt(text.replace('.', ''))
  const coins = whole(direct) + whole(indirect) + whole(capital) + whole(carried)
  const divisor = whole(places) * BigInt(days) * whole(occupancy)
  if (coins <= 0n || divisor <= 0n) return undefined
  // places and occupancy stand in hundredths, and occupancy in per cent: 100 × 100 × 100
  const dividend = coins * 1_000_000n
  const tariff = (2n * dividend + divisor) / (2n * divisor)
  return `${tariff / 100n}.${String(tariff % 100n).padStart(2, '0')}`
}

const coins = (most: number) => fc.bigInt({ min: 0n, max: BigInt(most) }).map((value) => inHundredths(value))
const inHundredths = (value: bigint) => {
  const size = value < 0n ? -value : value
  return `${value < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}`
}
const figures: fc.Arbitrary<Figures> = fc.record({
  direct: coins(99_999_999_999),
  indirect: coins(9_999_999_999),
  capital: coins(9_999_999_999),
  carried: fc.bigInt({ min: -9_999_999_999n, max: 9_999_999_999n }).map(inHundredths),
  places: fc.bigInt({ min: 1n, max: 500_000n }).map(inHundredths),
  days: fc.integer({ min: 1, max: 366 }),
  occupancy: fc.bigInt({ min: 1n, max: 12_000n }).map(inHundredths),
})

const rule: TariffRule = {
  from: 2022,
  scheme: 'days',
  currency: 'DKK',
  digits: 2,
  occupancy: { least: 95, most: 100 },
  short: { least: 90, most: 100, paragraphs: ['sel-109'] },
  band: 5,
  carriedAfter: 2,
  consentBy: [],
  remind: [],
  collectedBy: 'viborg-kommune',
  sources: {},
}
const lines = [
  { part: 'direct' as const, label: 'Løn', amount: '5000000.00', source: 'Budget 2026' },
  { part: 'indirect' as const, label: 'Overhead', amount: '300000.00', source: 'Budget 2026' },
  { part: 'capital' as const, label: 'Afskrivning', amount: '400000.00', source: 'Anlægskartotek' },
  { part: 'places' as const, label: 'Pladser', amount: '10', source: 'Godkendelse' },
  { part: 'days' as const, label: 'Dage', amount: '365', source: 'Kalender' },
  { part: 'occupancy' as const, label: 'Belægning', amount: '97.00', source: 'To år' },
]
const known = { year: 2026, paragraph: 'sel-107', due: undefined, consented: false }
const judged = (fields: Partial<SheetFields>, more: Partial<typeof known> | { due: string } = {}) =>
  judgeSheet({ lines, supplements: [], items: [], ...fields }, rule, { ...known, ...more })
const instead = (part: string, amount: string) => lines.map((line) => (line.part === part ? { ...line, amount } : line))

describe('CAP-5: a tariff', () => {
  it('is what whole numbers make of its figures, to the coin', () => {
    fc.assert(
      fc.property(figures, (given) => {
        expect(tariffOf(given, 2)).toBe(recomputed(given))
      }),
      { numRuns: 2000 },
    )
  })
  it('is rounded once, a half upwards', () => {
    const one = {
      direct: '0.00',
      indirect: '0.00',
      capital: '0.00',
      carried: '0.00',
      places: '1.00',
      days: 200,
      occupancy: '100.00',
    }
    expect(tariffOf({ ...one, direct: '1.00' }, 2)).toBe('0.01')
    expect(tariffOf({ ...one, direct: '0.99' }, 2)).toBe('0.00')
    expect(tariffOf({ ...one, direct: '201.00' }, 2)).toBe('1.01')
  })
  it('counts 366 days in a leap year, and refuses more days than a year has', () => {
    expect([2023, 2024, 2100, 2000].map(daysOf)).toEqual([365, 366, 365, 366])
    expect(judged({ lines: instead('days', '366') })).toEqual([{ is: 'days', at: 4, most: 365 }])
    expect(judged({ lines: instead('days', '366') }, { year: 2028 })).toEqual([])
  })
  it('refuses a sheet whose stated tariff differs, and says which one its figures make', () => {
    expect(judged({ tariff: '1609.94' })).toEqual([])
    expect(judged({ tariff: '1609.95' })).toEqual([{ is: 'other-tariff', tariff: '1609.94' }])
  })
  it('needs places, days, occupancy and costs, each of the first three once', () => {
    expect(judged({ lines: lines.slice(0, 3) }).map(({ is }) => is)).toEqual(['missing', 'missing', 'missing'])
    expect(judged({ lines: [...lines, ...lines.slice(3, 4)] })).toEqual([{ is: 'twice', part: 'places', at: 6 }])
    expect(judged({ lines: lines.slice(1) })).toEqual([{ is: 'missing', part: 'direct' }])
  })
})

describe('CAP-5: occupancy', () => {
  it('keeps the bounds of the pack, which are wider for short stays, unless a body has consented', () => {
    expect(judged({ lines: instead('occupancy', '94.99') })).toEqual([{ is: 'occupancy', at: 5, least: 95, most: 100 }])
    expect(judged({ lines: instead('occupancy', '94.99') }, { paragraph: 'sel-109' })).toEqual([])
    expect(judged({ lines: instead('occupancy', '89.99') }, { paragraph: 'sel-109' })).toHaveLength(1)
    expect(judged({ lines: instead('occupancy', '80') }, { consented: true })).toEqual([])
    expect(judged({ lines: instead('occupancy', '100.01') })).toHaveLength(1)
    for (const bound of ['95', '100.00']) expect(judged({ lines: instead('occupancy', bound) })).toEqual([])
  })
})

describe('CAP-5: results', () => {
  it('carry what lies beyond the band into the year n + 2: a surplus lowers, a deficit raises', () => {
    expect(carriedInto(2024, rule)).toBe(2026)
    expect(beyondBand('300000.00', '5000000.00', 5)).toBe('50000.00')
    expect(carriedFrom('50000.00')).toBe('-50000.00')
    expect(beyondBand('-260000.00', '5000000.00', 5)).toBe('-10000.00')
    expect(carriedFrom('-10000.00')).toBe('10000.00')
  })
  it('are cut to whole coins towards nothing', () => {
    expect(beyondBand('100.00', '333.33', 5)).toBe('83.33')
    expect(beyondBand('-100.00', '333.33', 5)).toBe('-83.33')
  })
  it('inside the band carry nothing, the bound included', () => {
    for (const result of ['250000.00', '-250000.00', '0.00']) expect(beyondBand(result, '5000000.00', 5)).toBe('0.00')
    expect(carriedFrom('0.00')).toBe('0.00')
  })
  it('never carry more than there is', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -100_000_000_000n, max: 100_000_000_000n }),
        coins(99_999_999_999),
        (result, costs) => {
          const beyond = Number(beyondBand(inHundredths(result), costs, 5))
          expect(Math.abs(beyond)).toBeLessThanOrEqual(Math.abs(Number(inHundredths(result))))
          expect(Math.sign(beyond)).toSatisfy((sign: number) => sign === 0 || sign === Math.sign(Number(result)))
        },
      ),
      { numRuns: 500 },
    )
  })
  it('a sheet carries exactly what is due', () => {
    expect(judged({}, { due: '-50000.00' })).toEqual([{ is: 'carried', due: '-50000.00', year: 2024 }])
    const with50 = [
      ...lines,
      { part: 'carried' as const, label: 'Overskud 2024', amount: '-50000', source: 'Regnskab 2024' },
    ]
    expect(judged({ lines: with50 }, { due: '-50000.00' })).toEqual([])
  })
})

describe('CAP-5: points', () => {
  it('are multiplied by a value of five digits, rounded once', () => {
    expect(priceOf('250', '0.06543', 2)).toBe('16.36')
    expect(priceOf('100', '0.06545', 2)).toBe('6.55')
  })
  it('need a value and at least one service', () => {
    const points: TariffRule = { ...rule, scheme: 'points' }
    const value = { part: 'point-value' as const, label: 'Punktwert', amount: '0.06543', source: 'Vereinbarung' }
    const judge = (fields: Pick<SheetFields, 'lines' | 'items'>) =>
      judgeSheet({ supplements: [], ...fields }, points, known)
    expect(judge({ lines: [value], items: [{ name: 'Ganzwaschung', points: '410' }] })).toEqual([])
    expect(judge({ lines: [value], items: [] })).toEqual([{ is: 'no-items' }])
    expect(judge({ lines, items: [] }).map(({ is }) => is)).toContain('other-scheme')
  })
})

describe('CAP-5: money', () => {
  const refusal = (given: unknown) =>
    inLocale(
      'en',
      () =>
        Money.safeParse(given)
          .error?.issues.map(({ message }) => message)
          .join(' ') ?? 'taken',
    )
  it('is digits with a point, as text: everything else is refused in words', () => {
    expect(refusal('1234.50')).toBe('taken')
    for (const text of ['1.234,50 kr', '1.234,50', '1,234.50', '1 234', '12e3', '-5', '1234.505', '٣', ' 12', 'NaN'])
      expect(refusal(text)).toMatch(/digits/)
    expect(refusal(1234.5)).toMatch(/text/)
    expect(refusal('')).not.toBe('taken')
  })
  it('of a line is judged by what the line is about', () => {
    const parsed = inLocale('en', () =>
      SheetFields.safeParse({
        lines: [...lines, { part: 'direct', label: 'Løn', amount: '1.234,50 kr', source: 'Budget' }],
      }),
    )
    expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toEqual(['lines.6.amount'])
  })
})

describe('CAP-6: comparison', () => {
  it('tells the middle, the change, and the development against an index from the first year that both know', () => {
    expect(median(['1.00', '3.00', '10.00'])).toBe('3.00')
    expect(median(['1.00', '2.01'])).toBe('1.51')
    expect(median([])).toBeUndefined()
    expect(change('100.00', '104.25')).toBe('4.3')
    expect(change(undefined, '1.00')).toBeUndefined()
    expect(
      againstIndex(
        [2023, 2024, 2025],
        new Map([
          [2024, '200.00'],
          [2025, '210.00'],
        ]),
        new Map([
          [2023, 98],
          [2024, 100],
          [2025, 103],
        ]),
      ),
    ).toEqual({
      values: [null, 100, 105],
      index: [98, 100, 103],
    })
  })
  it('finds the rule in force in a year', () => {
    expect(
      ruleFor(
        [
          { ...rule, until: 2024 },
          { ...rule, from: 2025, band: 4 },
        ],
        2025,
      )?.band,
    ).toBe(4)
    expect(ruleFor([rule], 2021)).toBeUndefined()
  })
})

describe('CAP-6: an index that begins later', () => {
  it('is compared from the first year that both know', () => {
    const tariffs = new Map([
      [2024, '190.00'],
      [2025, '200.00'],
      [2026, '220.00'],
    ])
    const index = new Map([
      [2025, 104],
      [2026, 106.6],
    ])
    expect(againstIndex([2024, 2025, 2026], tariffs, index)).toEqual({
      values: [95, 100, 110],
      index: [null, 100, 102.5],
    })
  })
})

describe('dates of a collection', () => {
  const days = (from: string, remind: number[]) => stagesOf({ from, due: '2026-12-15' }, remind)

  it('CAP-10: follow from the rule, before it is due and after, and none lies before it was opened', () => {
    expect(days('2026-11-10', [-1, 14, 3, 14])).toEqual([
      { stage: 14, day: '2026-12-01' },
      { stage: 3, day: '2026-12-12' },
      { stage: -1, day: '2026-12-16' },
    ])
    expect(days('2026-12-01', [14, 3]).map(({ stage }) => stage)).toEqual([3])
    expect(days('2026-11-10', [])).toEqual([])
  })

  it('CAP-10: what went by is made up for by one letter, at the last date that has come', () => {
    const stages = days('2026-11-10', [14, 3, -1])
    expect(stageOn(stages, '2026-11-30')).toBeUndefined()
    expect(stageOn(stages, '2026-12-01')?.stage).toBe(14)
    expect(stageOn(stages, '2026-12-13')?.stage).toBe(3)
    expect(stageOn(stages, '2027-01-20')?.stage).toBe(-1)
  })
})
