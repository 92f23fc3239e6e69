import { readSheet } from 'read-excel-file/node'
import { type Problem, UnreadableFile, unreadable } from './problems.ts'
import { defaultLimits, type RawRow, type TableItem, type TableLimits, tableOf } from './table.ts'
import { type ArchiveLimits, readArchive, writeArchive } from './zip.ts'

export interface XlsxReading {
  /** name of the sheet; the first one when left out */
  sheet?: string
  limits?: Partial<TableLimits>
  archive?: Partial<ArchiveLimits>
}

/** A sheet is read as a whole, so its cells are limited, too. */
const mostCells = 10_000_000
const needed =
  /^(?:\[Content_Types\]\.xml|_rels\/.*\.rels|xl\/(?:_rels\/.*\.rels|workbook\.xml|sharedStrings\.xml|styles\.xml|worksheets\/[^/]+\.xml))$/i
const place = /<(?:\w+:)?(?:row|c)\s[^<]*?\br\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const address = /^([A-Z]{0,3})(\d{1,7})$/
const chunkLength = 1_000_000
const overlap = 200
const oldFormat = Buffer.from([0xd0, 0xcf, 0x11, 0xe0])
const midnight = /T00:00:00\.000Z$/

function columnNumber(letters: string): number {
  let number = 0
  for (const letter of letters) number = number * 26 + letter.charCodeAt(0) - 64
  return number
}

/** One cell far away makes a reader fill everything before it: a kilobyte that costs gigabytes. Sheets are measured before they are read. */
function checkExtent(sheet: Uint8Array, limits: TableLimits): void {
  const bytes = Buffer.from(sheet.buffer, sheet.byteOffset, sheet.byteLength)
  if (bytes.includes('<!DOCTYPE') || bytes.includes('<!ENTITY')) unreadable({ code: 'not-a-spreadsheet' })
  let rows = 0
  let columns = 0
  for (let start = 0; start < bytes.length; start += chunkLength) {
    const text = bytes.toString('latin1', start, Math.min(bytes.length, start + chunkLength + overlap))
    for (const [, double, single] of text.matchAll(place)) {
      const found = address.exec(double ?? single ?? '') ?? unreadable({ code: 'not-a-spreadsheet' })
      rows = Math.max(rows, Number(found[2]))
      columns = Math.max(columns, columnNumber(found[1] ?? ''))
    }
  }
  if (columns > limits.columns) unreadable({ code: 'too-many-columns', found: columns, limit: limits.columns })
  if (rows > limits.rows + 1) unreadable({ code: 'too-many-rows', limit: limits.rows })
  if (rows * columns > mostCells) unreadable({ code: 'file-too-large', limit: mostCells })
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (!(value instanceof Date)) return String(value)
  if (Number.isNaN(value.getTime())) return ''
  // days are kept as fractions, so that half past nine comes as a millisecond less
  const iso = new Date(Math.round(value.getTime() / 1000) * 1000).toISOString()
  // a time of day without a day is counted from the last days of 1899
  if (value.getUTCFullYear() < 1900) return iso.slice(11, 16)
  return midnight.test(iso) ? iso.slice(0, 10) : iso.slice(0, 16)
}

function problemFrom(error: unknown): Problem {
  const { name, message } = error instanceof Error ? error : { name: '', message: '' }
  const cell = /at row (\d+), col (\d+)/.exec(message)
  if (name === 'InvalidSpreadsheetError' && cell) return { line: Number(cell[1]), message: { code: 'cell-error' } }
  return { message: { code: 'not-a-spreadsheet' } }
}

async function* rawRows(file: Uint8Array, reading: XlsxReading, limits: TableLimits): AsyncGenerator<RawRow> {
  if (file.length > limits.bytes) unreadable({ code: 'file-too-large', limit: limits.bytes })
  if (file.length === 0) unreadable({ code: 'empty-file' })
  if (oldFormat.equals(file.subarray(0, 4))) unreadable({ code: 'old-spreadsheet' })
  const archive = readArchive(file, reading.archive, (name) => needed.test(name))
  if (!archive.ok) throw new UnreadableFile(archive.problem)
  for (const [name, content] of archive.entries) if (name.includes('worksheets/')) checkExtent(content, limits)
  // packed anew: what is read is exactly what was checked, whatever the archive says twice
  const checked = Buffer.from(writeArchive(archive.entries, { compress: false }))
  archive.entries.clear()
  const rows = await readSheet(checked, reading.sheet ?? 1, { trim: false }).catch((error: unknown) => {
    if (error instanceof Error && error.name === 'SheetNotFoundError' && reading.sheet !== undefined)
      throw new UnreadableFile({ message: { code: 'sheet-missing', sheet: reading.sheet } })
    throw new UnreadableFile(problemFrom(error))
  })
  for (const [index, row] of rows.entries()) yield { line: index + 1, cells: row.map(textOf) }
}

/**
 * Reads one sheet of an XLSX file as a table, in the same items as `readCsv`. Days come as 2026-11-22, points in time as
 * 2026-11-22T09:30, times of day as 09:30, numbers with a point, formulas as their last result.
 * The archive is measured before it is unpacked, the sheet before it is read (zip bombs, far-away cells, entities).
 */
export function readXlsx(file: Uint8Array, reading: XlsxReading = {}): AsyncGenerator<TableItem> {
  const limits = { ...defaultLimits, bytes: 50_000_000, ...reading.limits }
  return tableOf(rawRows(file, reading, limits), limits, false)
}
