import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recomputed, shownNumber, withNumber } from '../../../../../test/spreadsheet.ts'
import { inLocale } from '../../../../platform/i18n/speech.ts'
import { figuresOf, priceOf, tariffOf } from '../../rules/tariffs/tariff.ts'
import type { StoredOffer } from '../../store/places/read-offer.ts'
import type { Sheet } from '../../store/tariffs/read-sheets.ts'
import type { Line } from '../../types/tariffs.ts'
import { tariffXlsx } from './tariff-xlsx.ts'

const offer = {
  names: { da: '=Hedelyset' },
  operator: { names: { da: 'Skive Kommune' } },
  paragraph: { short: 'SEL § 107' },
} as unknown as StoredOffer

function sheetOf(lines: Line[], more: Partial<Sheet> = {}): Sheet {
  const figures = figuresOf(lines)
  return {
    id: '',
    offer: '',
    year: 2026,
    edition: 1,
    state: 'published',
    scheme: 'days',
    currency: 'DKK',
    figures,
    tariff: tariffOf(figures, 2),
    pointValue: undefined,
    version: 1,
    publishedAt: undefined,
    lines,
    supplements: [],
    items: [],
    consent: undefined,
    supersedes: undefined,
    reason: undefined,
    superseded: false,
    ...more,
  }
}

async function bytesOf(sheet: Sheet): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  await inLocale('da', async () => {
    for await (const part of tariffXlsx(offer, sheet, 2)) parts.push(part)
  })
  return Buffer.concat(parts)
}

const coins = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((value) => (value / 100).toFixed(2))
const line = (part: Line['part'], amount: string): Line => ({ part, label: part, amount, source: 'Budget 2026' })
const anySheet = fc
  .record({
    direct: fc.array(coins(100_000_00, 20_000_000_00), { minLength: 1, maxLength: 3 }),
    indirect: coins(0, 2_000_000_00),
    capital: coins(0, 2_000_000_00),
    carried: coins(-50_000_00, 50_000_00),
    places: coins(50, 80_00),
    days: fc.integer({ min: 200, max: 366 }).map(String),
    occupancy: coins(80_00, 100_00),
  })
  .map(({ direct, ...rest }) => [
    ...direct.map((amount) => line('direct', amount)),
    ...Object.entries(rest).map(([part, amount]) => line(part as Line['part'], amount)),
  ])

/** The cell below the names of columns, beside the words of the last row. */
const tariffIn = (rows: string[][]) =>
  shownNumber(rows.findLast(([words]) => words?.startsWith('Takst'))?.[1]).toFixed(2)

describe('CAP-5: the workbook of a tariff sheet', () => {
  test('is recomputed to the øre by LibreOffice, also after one figure was changed', async () => {
    const drawn = fc.sample(anySheet, { numRuns: 12, seed: 2026 })
    const books = await Promise.all(drawn.map((lines) => bytesOf(sheetOf(lines))))
    // the first figure stands in the row after the names of columns and four rows of the head
    const dearer = drawn.map((lines) => lines.map((one, at) => (at === 0 ? { ...one, amount: '1234567.89' } : one)))
    const changed = books.map((book) => withNumber(book, 'B6', '1234567.89'))
    const rows = await recomputed([...books, ...changed])
    const expected = [...drawn, ...dearer].map((lines) => tariffOf(figuresOf(lines), 2))
    expect(rows.map(tariffIn)).toEqual(expected)
    expect(new Set(expected).size).toBe(24)
  })

  test('of points multiplies points by the value of a point; names that look like formulas stay texts', async () => {
    const items = ['410', '250', '12.5'].map((points) => ({
      name: `${points} Punkte`,
      points,
      price: priceOf(points, '0.06543', 2),
    }))
    const book = await bytesOf(
      sheetOf([line('point-value', '0.06543')], {
        scheme: 'points',
        figures: undefined,
        tariff: undefined,
        currency: 'EUR',
        items,
      }),
    )
    const [rows = [], other = []] = await recomputed([book, withNumber(book, 'B6', '0.07001')])
    const prices = (found: string[][]) =>
      found.filter(([name]) => name?.endsWith('Punkte')).map(([, price]) => shownNumber(price).toFixed(2))
    expect(rows.flat()).toContain('=Hedelyset')
    expect(prices(rows)).toEqual(items.map(({ price }) => price))
    expect(prices(other)).toEqual(items.map(({ points }) => priceOf(points, '0.07001', 2)))
  })
})
