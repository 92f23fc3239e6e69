import { fieldErrors } from '../../../platform/access/field-errors.ts'
import type { FieldError } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { readCsv } from '../../../platform/tabular/read-csv.ts'
import { readXlsx } from '../../../platform/tabular/read-xlsx.ts'
import type { TableItem } from '../../../platform/tabular/table.ts'
import type { StayLine } from '../commands/places/settle-stays.ts'
import { StayLineInput } from '../types/places.ts'
import { columnOf, columnWords, type StayColumn } from './stay-columns.ts'

/** One line of a file of stays, read: a line of a report, or what keeps it from being one. */
export type FileLine = { line: number; stay: StayLine } | { line: number; errors: readonly FieldError[] }

const needed: readonly StayColumn[] = ['offer', 'municipality', 'from']
/** CPR-like numbers and names are refused by the schema of a line; here only what a table cannot hold. */
const limits = { rows: 20_000, columns: 50, cellLength: 2_000, bytes: 20_000_000 }

/** Reads a table of stays, CSV or XLSX, with headers in any of the four languages. Every line comes out, as a stay or with its mistakes. */
export async function readStayFile(bytes: Uint8Array): Promise<FileLine[]> {
  const zipped = bytes[0] === 0x50 && bytes[1] === 0x4b
  const items: AsyncIterable<TableItem> = zipped ? readXlsx(bytes, { limits }) : readCsv([bytes], { limits })
  const lines: FileLine[] = []
  const columns = new Map<StayColumn, string>()
  for await (const item of items) {
    if (item.type === 'header') {
      for (const header of item.columns) {
        const column = columnOf(header)
        if (column && !columns.has(column)) columns.set(column, header)
      }
      const missing = needed.filter((column) => !columns.has(column))
      if (missing.length > 0)
        return [
          {
            line: item.line,
            errors: missing.map((column) => ({
              path: column,
              message: m.capacity_file_no_column({ column: columnWords(column) }),
            })),
          },
        ]
    } else if (item.type === 'problem')
      lines.push({
        line: item.problem.line ?? 1,
        errors: [
          { path: item.problem.column ?? '', message: m.capacity_file_unreadable({ code: item.problem.message.code }) },
        ],
      })
    else lines.push(lineOf(item.line, item.cells, columns))
  }
  return lines
}

function lineOf(line: number, cells: Record<string, string>, columns: ReadonlyMap<StayColumn, string>): FileLine {
  const typed: Partial<Record<StayColumn, string>> = {}
  for (const [column, header] of columns) {
    const text = cells[header]?.trim() ?? ''
    if (text !== '') typed[column] = column === 'from' || column === 'until' ? isoDay(text) : text
  }
  const parsed = StayLineInput.safeParse(typed)
  if (!parsed.success) return { line, errors: fieldErrors(parsed.error) }
  const { place, person, until, reason, ...stay } = parsed.data
  return { line, stay: { ...stay, place, person, until, reason } }
}

/** Days as people write them in Ukraine, Denmark and Germany (31.12.2026, 31-12-2026, 31/12/2026) become ISO days; the schema judges the rest. */
function isoDay(text: string): string {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(text) ?? []
  return year === '' ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}
