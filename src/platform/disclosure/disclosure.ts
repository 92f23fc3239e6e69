import { knowable, placeKey, placesIn } from './attack.ts'
import { type Counts, type Place, type Published, withMargins } from './table.ts'

/** Fewer people than this are never told by number. */
export const smallest = 5

/** A count on its own: itself, or undefined where it would speak of few. Nobody at all may be told. */
export function publishCount(count: number, k = smallest): number | undefined {
  return count > 0 && count < k ? undefined : count
}

/**
 * A count rounded to the nearest multiple of `base`, halves upwards. Every number that is published is rounded by itself, totals too; rounding a
 * sum again would tell what was lost. The same count gives the same number at every release.
 */
export function roundCount(count: number, base = smallest): number {
  return Math.floor(count / base + 0.5) * base
}

/** A share, only where the whole is large enough that no single person moves it by more than one part in `4k`. */
export function publishShare(part: number, whole: number, k = smallest): number | undefined {
  if (publishCount(part, k) === undefined || publishCount(whole - part, k) === undefined || whole < 4 * k)
    return undefined
  return part / whole
}

/**
 * Suppresses what would speak of few people: counts from 1 to k − 1, and further ones until no reader can narrow a suppressed count down to
 * fewer than k + 1 values from the sums (complementary suppression). Totals are published as long as that can be; the smallest counts go first.
 * One release per table and period: two that overlap can be subtracted from each other.
 */
export function publishTable(counts: Counts, k = smallest): Published {
  const full = withMargins(counts)
  const hidden = new Set<string>()
  const value = ({ row, column }: Place) => full[row]?.[column] ?? 0
  for (const place of placesIn(full)) if (publishCount(value(place), k) === undefined) hidden.add(placeKey(place))
  for (;;) {
    const narrow = knowable(full, hidden).find(({ low, high }) => high - low < k)
    if (!narrow) break
    const more = companions(full, hidden, narrow)
    if (more.length === 0) break
    for (const place of more) hidden.add(placeKey(place))
  }
  const shown = full.map((cells, row) =>
    cells.map((count, column) => (hidden.has(placeKey({ row, column })) ? null : count)),
  )
  const inner = shown.slice(0, -1)
  const last = shown.at(-1) ?? []
  return {
    cells: inner.map((row) => row.slice(0, -1)),
    rowTotals: inner.map((row) => row.at(-1) ?? null),
    columnTotals: last.slice(0, -1),
    total: last.at(-1) ?? null,
  }
}

/**
 * What else must go so that `cell` can move: the other three corners of the cheapest rectangle over it. Where all rectangles are gone already,
 * nothing is left to suppress.
 */
function companions(full: readonly (readonly number[])[], hidden: ReadonlySet<string>, cell: Place): Place[] {
  let best: { cost: number; places: Place[] } | undefined
  for (let row = 0; row < full.length; row++) {
    if (row === cell.row) continue
    for (let column = 0; column < (full[0]?.length ?? 0); column++) {
      if (column === cell.column) continue
      const places = [
        { row: cell.row, column },
        { row, column: cell.column },
        { row, column },
      ].filter((place) => !hidden.has(placeKey(place)))
      const cost = places.reduce((sum, place) => sum + costOf(full, place), 0)
      if (places.length > 0 && (!best || cost < best.cost)) best = { cost, places }
    }
  }
  return best?.places ?? []
}

/** Readers miss a total more than a cell. A count of nobody hides little: it cannot be smaller, and is often known. */
function costOf(full: readonly (readonly number[])[], { row, column }: Place): number {
  const total = full.at(-1)?.at(-1) ?? 0
  const margins = Number(row === full.length - 1) + Number(column === (full[0]?.length ?? 0) - 1)
  const count = full[row]?.[column] ?? 0
  return 1 + count + (count === 0 ? total : 0) + margins * (total + 1) * full.length
}
