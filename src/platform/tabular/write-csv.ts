import { controlCharacters } from './control-characters.ts'
import { guardFormula } from './formula-guard.ts'

export type CsvValue = string | number | bigint | boolean | Date | null | undefined

export interface CsvWriting {
  delimiter?: ',' | ';' | '\t'
  /** a byte order mark, without which Excel misreads letters beyond ASCII; on unless switched off */
  mark?: boolean
}

const chunkLength = 65_536

function textOf(value: CsvValue): string {
  if (value === null || value === undefined) return ''
  // numbers are no texts: -5 stays -5
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (value instanceof Date) return value.toISOString()
  // a file that nobody can read back helps nobody: what no table may hold is left out
  return guardFormula(value.toWellFormed().replace(controlCharacters, ''))
}

function quote(text: string, delimiter: string): string {
  const plain = !text.includes('"') && !text.includes(delimiter) && !/[\r\n]|^\s|\s$|^\ufeff/.test(text)
  return plain ? text : `"${text.replaceAll('"', '""')}"`
}

/**
 * Writes a table as CSV in UTF-8 with CRLF, in pieces of about 64 kB. Texts that a spreadsheet would run get an apostrophe
 * (abuse case 10), numbers do not. `readCsv` reads back what was written.
 */
export async function* writeCsv(
  columns: readonly string[],
  rows: AsyncIterable<readonly CsvValue[]> | Iterable<readonly CsvValue[]>,
  writing: CsvWriting = {},
): AsyncGenerator<string> {
  const delimiter = writing.delimiter ?? ','
  // a row of one empty cell would be an empty line
  const line = (cells: readonly CsvValue[]) =>
    `${cells.length === 1 && textOf(cells[0]) === '' ? '""' : cells.map((cell) => quote(textOf(cell), delimiter)).join(delimiter)}\r\n`
  let out = (writing.mark ?? true) ? '\ufeff' : ''
  out += line(columns)
  for await (const row of rows) {
    out += line(row)
    if (out.length < chunkLength) continue
    yield out
    out = ''
  }
  if (out !== '') yield out
}
