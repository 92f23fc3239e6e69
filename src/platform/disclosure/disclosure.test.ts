import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { knowable, placeKey } from './attack.ts'
import { publishCount, publishShare, publishTable, roundCount } from './disclosure.ts'
import { type Published, withMargins } from './table.ts'

const k = 5

/**
 * A reader with pencil and paper, who knows nothing but what is published. Each sum says of every blank in it: not more than the total less what
 * the others hold at least, not less than the total less what they hold at most. Goes round until nothing gets any narrower.
 */
function drawConclusions({
  cells,
  rowTotals,
  columnTotals,
  total,
}: Published): { place: string; low: number; high: number }[] {
  const grid = [...cells.map((row, index) => [...row, rowTotals[index] ?? null]), [...columnTotals, total]]
  const known = grid.map((row) =>
    row.map((shown) => (shown === null ? { low: 0, high: Number.POSITIVE_INFINITY } : { low: shown, high: shown })),
  )
  type Bounds = { low: number; high: number }
  const sums: { parts: Bounds[]; whole: Bounds }[] = []
  const split = (line: (Bounds | undefined)[]) => {
    const all = line.flatMap((bounds) => bounds ?? [])
    const whole = all.at(-1)
    if (whole) sums.push({ parts: all.slice(0, -1), whole })
  }
  for (const row of known) split(row)
  for (const column of grid[0]?.keys() ?? []) split(known.map((row) => row[column]))
  const add = (bounds: readonly Bounds[], side: 'low' | 'high') => bounds.reduce((sum, each) => sum + each[side], 0)
  const narrow = (bounds: Bounds, low: number, high: number) => {
    const better = low > bounds.low || high < bounds.high
    bounds.low = Math.max(bounds.low, low)
    bounds.high = Math.min(bounds.high, high)
    return better
  }
  for (let round = 0, moved = true; moved && round < 200; round++) {
    moved = false
    for (const { parts, whole } of sums) {
      moved = narrow(whole, add(parts, 'low'), add(parts, 'high')) || moved
      for (const part of parts) {
        const others = parts.filter((other) => other !== part)
        moved = narrow(part, whole.low - add(others, 'high'), whole.high - add(others, 'low')) || moved
      }
    }
  }
  return grid.flatMap((row, index) =>
    row.flatMap((shown, column) => {
      const bounds = known[index]?.[column]
      return shown === null && bounds ? [{ place: placeKey({ row: index, column }), ...bounds }] : []
    }),
  )
}

/** Only the small counts are blank: what most publishers do. */
function carelessly(counts: readonly (readonly number[])[]): Published {
  const full = withMargins(counts)
  return {
    cells: counts.map((row) => row.map((count) => publishCount(count, k) ?? null)),
    rowTotals: full.slice(0, -1).map((row) => row.at(-1) ?? 0),
    columnTotals: full.at(-1)?.slice(0, -1) ?? [],
    total: full.at(-1)?.at(-1) ?? 0,
  }
}

const narrowest = (published: Published) =>
  Math.min(...drawConclusions(published).map(({ low, high }) => high - low), Number.POSITIVE_INFINITY)

const counts = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })).chain(([height, width]) =>
  fc.array(
    fc.array(fc.oneof(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 90 })), {
      minLength: width,
      maxLength: width,
    }),
    { minLength: height, maxLength: height },
  ),
)

describe('the attack', () => {
  // People of two districts by language, made up.
  const leaking = [
    [31, 2, 17],
    [8, 26, 40],
    [3, 19, 12],
  ]

  test('disclosure: finds the planted leak: blanks with published sums give both counts away', () => {
    expect(drawConclusions(carelessly(leaking))).toEqual([
      { place: '0/1', low: 2, high: 2 },
      { place: '2/0', low: 3, high: 3 },
    ])
  })

  test('disclosure: finds nothing narrower than k in the same table once it is protected', () => {
    const published = publishTable(leaking, k)
    expect(drawConclusions(published).length).toBeGreaterThan(2)
    expect(narrowest(published)).toBeGreaterThanOrEqual(k)
    expect(published.total).toBe(158)
  })

  test('disclosure: the exact bounds are those of every table that would look the same when published', () => {
    // Small enough to try them all.
    const small = fc.array(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 2, maxLength: 2 }), {
      minLength: 2,
      maxLength: 3,
    })
    fc.assert(
      fc.property(small, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (table, choice) => {
        const full = withMargins(table)
        const width = 3
        // Inner cells only: with all sums published no cell exceeds its total, so the tables can be counted out.
        const hidden = new Set(
          table.flatMap((row, r) =>
            row.flatMap((_, c) => (choice[r * width + c] ? [placeKey({ row: r, column: c })] : [])),
          ),
        )
        const blanks = [...hidden].map((key) => key.split('/').map(Number))
        const found = new Map<string, { low: number; high: number }>()
        const fill = (trial: number[][], index: number) => {
          const blank = blanks[index]
          if (!blank) {
            const sums = withMargins(trial)
            const same = sums.every((row, r) =>
              row.every((sum, c) => (r < table.length && c < 2 ? true : sum === full[r]?.[c])),
            )
            if (!same) return
            for (const [r = 0, c = 0] of blanks) {
              const value = trial[r]?.[c] ?? 0
              const bounds = found.get(`${r}/${c}`) ?? { low: value, high: value }
              found.set(`${r}/${c}`, { low: Math.min(bounds.low, value), high: Math.max(bounds.high, value) })
            }
            return
          }
          const [r = 0, c = 0] = blank
          for (let value = 0; value <= Math.min(full[r]?.at(-1) ?? 0, full.at(-1)?.[c] ?? 0); value++)
            fill(trial.with(r, (trial[r] ?? []).with(c, value)), index + 1)
        }
        fill(table, 0)
        const exact = knowable(full, hidden).map(({ row, column, low, high }) => [`${row}/${column}`, { low, high }])
        expect(Object.fromEntries(exact)).toEqual(Object.fromEntries(found))
      }),
      { numRuns: 150 },
    )
  })
})

describe('a protected table', () => {
  test('disclosure: shows no count from 1 to k − 1, whatever the table', () => {
    fc.assert(
      fc.property(counts, (table) => {
        const { cells, rowTotals, columnTotals, total } = publishTable(table, k)
        for (const shown of [...cells.flat(), ...rowTotals, ...columnTotals, total])
          if (shown !== null) expect(shown === 0 || shown >= k).toBe(true)
      }),
    )
  })

  test('disclosure: lets nobody narrow a suppressed count down to k values or fewer', () => {
    fc.assert(
      fc.property(counts, (table) => {
        expect(narrowest(publishTable(table, k))).toBeGreaterThanOrEqual(k)
      }),
      { numRuns: 300 },
    )
  })

  test('disclosure: shows the true count or nothing, and all of a table that speaks of many', () => {
    fc.assert(
      fc.property(counts, (table) => {
        const { cells } = publishTable(table, k)
        cells.forEach((row, r) => {
          row.forEach((shown, c) => {
            if (shown !== null) expect(shown).toBe(table[r]?.[c])
          })
        })
      }),
    )
    const many = [
      [10, 0, 30],
      [25, 12, 9],
    ]
    expect(publishTable(many, k)).toEqual({ cells: many, rowTotals: [40, 46], columnTotals: [35, 12, 39], total: 86 })
  })

  test('disclosure: the same table is published the same way again', () => {
    fc.assert(
      fc.property(counts, (table) => {
        expect(publishTable(table, k)).toEqual(publishTable(table, k))
      }),
    )
  })

  test('disclosure: what is no table of counts is refused', () => {
    expect(() => publishTable([[1, 2], [3]])).toThrow('one length')
    expect(() => publishTable([[-1]])).toThrow('no count')
    expect(() => publishTable([[1.5]])).toThrow('no count')
  })
})

describe('single figures', () => {
  test('disclosure: nobody may be told, few may not', () => {
    expect([0, 1, 4, 5, 6].map((count) => publishCount(count, k))).toEqual([0, undefined, undefined, 5, 6])
  })

  test('disclosure: a rounded count lies at most half a step away', () => {
    fc.assert(
      fc.property(fc.nat(10_000), (count) => {
        expect(roundCount(count, k) % k).toBe(0)
        expect(Math.abs(roundCount(count, k) - count)).toBeLessThanOrEqual(k / 2)
      }),
    )
  })

  test('disclosure: a share says nothing of a few, nor of all but a few', () => {
    expect(publishShare(30, 60)).toBe(0.5)
    expect(publishShare(57, 60)).toBeUndefined()
    expect(publishShare(3, 60)).toBeUndefined()
    expect(publishShare(5, 15)).toBeUndefined()
    expect(publishShare(60, 60)).toBe(1)
  })
})
