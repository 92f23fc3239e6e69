/** Counts of people by two characteristics, without margins: `counts[row][column]`, whole and not negative. */
export type Counts = readonly (readonly number[])[]

/** A cell of a table with margins: the last row and column are the totals. */
export interface Place {
  row: number
  column: number
}

/** A table that can be published: `null` is suppressed. */
export interface Published {
  cells: readonly (readonly (number | null)[])[]
  rowTotals: readonly (number | null)[]
  columnTotals: readonly (number | null)[]
  total: number | null
}

/** Adds the totals as last row and last column. @throws RangeError for ragged tables and for what is no count */
export function withMargins(counts: Counts): number[][] {
  const width = counts[0]?.length ?? 0
  for (const row of counts) {
    if (row.length !== width) throw new RangeError('All rows of a table are of one length.')
    for (const count of row)
      if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`${count} is no count of people.`)
  }
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)
  const rows = counts.map((row) => [...row, sum(row)])
  const last = Array.from({ length: width + 1 }, (_, column) => sum(rows.map((row) => row[column] ?? 0)))
  return [...rows, last]
}
