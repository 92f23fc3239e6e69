import { controlCharacters } from './control-characters.ts'
import { unguardFormula } from './formula-guard.ts'
import { type Problem, type ProblemMessage, UnreadableFile } from './problems.ts'

/** How much of a table is read; beyond it the file is refused with a problem, never cut. */
export interface TableLimits {
  columns: number
  rows: number
  /** UTF-16 units in one cell */
  cellLength: number
  /** UTF-16 units in one row */
  rowLength: number
  /** bytes of the file */
  bytes: number
}

export const defaultLimits: TableLimits = {
  columns: 500,
  rows: 1_000_000,
  cellLength: 100_000,
  rowLength: 4_000_000,
  bytes: 500_000_000,
}

/**
 * What reading a table gives, in the order of the file: the header first, then rows and problems. A row with a problem is not given as a row.
 * A problem with `fatal` is the last item.
 */
export type TableItem =
  | { type: 'header'; line: number; columns: string[] }
  | { type: 'row'; line: number; cells: Record<string, string> }
  | { type: 'problem'; problem: Problem; fatal: boolean }

/** One row as it stands in the file; `line` where it begins. */
export interface RawRow {
  line: number
  cells: string[]
}

function problemOf(cell: string, limits: TableLimits): ProblemMessage | undefined {
  if (cell.length > limits.cellLength) return { code: 'cell-too-long', found: cell.length, limit: limits.cellLength }
  const found = cell.match(controlCharacters)?.[0]
  if (found !== undefined)
    return {
      code: 'control-character',
      character: `U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
    }
  return cell.isWellFormed() ? undefined : { code: 'broken-character' }
}

interface Header {
  /** undefined for a column without a name, whose cells are not read */
  names: (string | undefined)[]
  items: TableItem[]
}

function readHeader(row: RawRow, limits: TableLimits): Header {
  const cells = row.cells.map((cell) => cell.normalize('NFC').trim())
  while (cells.at(-1) === '') cells.pop()
  const fail = (message: ProblemMessage, column?: string): never => {
    throw new UnreadableFile({ line: row.line, ...(column === undefined ? {} : { column }), message })
  }
  if (cells.length > limits.columns) fail({ code: 'too-many-columns', found: cells.length, limit: limits.columns })
  const items: TableItem[] = []
  const seen = new Set<string>()
  const names = cells.map((name, place) => {
    if (name === '') {
      const message: ProblemMessage = { code: 'column-without-name', number: place + 1 }
      items.push({ type: 'problem', problem: { line: row.line, message }, fatal: false })
      return undefined
    }
    const wrong = problemOf(name, limits)
    if (wrong) fail(wrong)
    if (seen.has(name)) fail({ code: 'column-twice' }, name)
    seen.add(name)
    return name
  })
  items.unshift({ type: 'header', line: row.line, columns: [...seen] })
  return { names, items }
}

function readRow(row: RawRow, header: Header, width: number, limits: TableLimits, unguard: boolean): TableItem {
  const { line, cells } = row
  const expected = header.names.length
  const problem = (message: ProblemMessage, column?: string): TableItem => ({
    type: 'problem',
    problem: { line, ...(column === undefined ? {} : { column }), message },
    fatal: false,
  })
  // empty cells beyond the header come from the spreadsheet that wrote the file
  if (cells.length > expected && cells.slice(expected).some((cell) => cell !== ''))
    return problem({ code: 'too-many-cells', expected, found: cells.length })
  if (cells.length < Math.min(expected, width)) return problem({ code: 'too-few-cells', expected, found: cells.length })
  const pairs: [string, string][] = []
  for (const [place, name] of header.names.entries()) {
    if (name === undefined) continue
    const cell = cells[place] ?? ''
    const wrong = problemOf(cell, limits)
    if (wrong) return problem(wrong, name)
    pairs.push([name, unguard ? unguardFormula(cell) : cell])
  }
  return { type: 'row', line, cells: Object.fromEntries(pairs) }
}

/**
 * Turns raw rows into a table: the first row that is not empty is the header, empty rows are passed over, ragged ones and those with
 * control characters are problems with line and column.
 * @param unguard takes off the apostrophe that `writeCsv` puts before a formula
 */
export async function* tableOf(
  rows: AsyncIterable<RawRow> | Iterable<RawRow>,
  limits: TableLimits,
  unguard: boolean,
): AsyncGenerator<TableItem> {
  let header: Header | undefined
  let width = 0
  let count = 0
  try {
    for await (const row of rows) {
      if (row.cells.every((cell) => cell.trim() === '')) continue
      if (!header) {
        header = readHeader(row, limits)
        width = row.cells.length
        yield* header.items
        continue
      }
      if (++count > limits.rows)
        throw new UnreadableFile({ line: row.line, message: { code: 'too-many-rows', limit: limits.rows } })
      yield readRow(row, header, width, limits, unguard)
    }
    if (!header) throw new UnreadableFile({ message: { code: 'empty-file' } })
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    yield { type: 'problem', problem: error.problem, fatal: true }
  }
}
