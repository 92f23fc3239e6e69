import { CsvError, parse } from 'csv-parse'
import { decodeText } from './decode.ts'
import { unreadable } from './problems.ts'
import { defaultLimits, type RawRow, type TableItem, type TableLimits, tableOf } from './table.ts'

export type Delimiter = ',' | ';' | '\t'

export interface CsvReading {
  limits?: Partial<TableLimits>
  /** found out from the first line when left out */
  delimiter?: Delimiter
  /** takes off the apostrophes that `writeCsv` put before formulas; on unless switched off */
  unguard?: boolean
}

const delimiters: readonly Delimiter[] = [';', ',', '\t']
/** Enough for any header; a longer first line is looked at up to here. */
const longestGuess = 65_536
const namedDelimiter = /^sep=([;,\t])\n/i

/** The sign that stands most often in the first row outside quotes; a comma when none does. */
export function guessDelimiter(start: string): Delimiter {
  const counts = new Map<string, number>()
  let quoted = false
  for (const sign of start) {
    if (sign === '"') quoted = !quoted
    else if (!quoted && sign === '\n') break
    else if (!quoted) counts.set(sign, (counts.get(sign) ?? 0) + 1)
  }
  let best: Delimiter = ','
  for (const sign of delimiters) if ((counts.get(sign) ?? 0) > (counts.get(best) ?? 0)) best = sign
  return best
}

function lineFeeds(cells: readonly string[]): number {
  let count = 0
  for (const cell of cells)
    for (let place = cell.indexOf('\n'); place >= 0; place = cell.indexOf('\n', place + 1)) count++
  return count
}

async function* rawRows(
  text: AsyncGenerator<string>,
  limits: TableLimits,
  wanted: Delimiter | undefined,
): AsyncGenerator<RawRow> {
  let start = ''
  // blank lines before the header say nothing about the delimiter
  while (!/\S[^\n]*\n/.test(start) && start.length < longestGuess) {
    const next = await text.next()
    if (next.done) break
    start += next.value
  }
  const named = namedDelimiter.exec(start)
  const skipped = named ? 1 : 0
  if (named) start = start.slice(named[0].length)
  const delimiter = wanted ?? (delimiters.find((sign) => sign === named?.[1]) || guessDelimiter(start.trimStart()))
  const rows: RawRow[] = []
  let line = skipped
  const parser = parse({
    delimiter,
    record_delimiter: '\n',
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: limits.rowLength,
    // taken here and not from the stream, which would lose the rows before an error
    on_record: (cells: string[], { lines }) => {
      line = lines + skipped
      rows.push({ line: line - lineFeeds(cells), cells })
      return null
    },
  })
  parser.on('error', () => undefined).resume()
  const feed = (piece: string) => new Promise<unknown>((resolve) => parser.write(piece, resolve))
  const end = () => new Promise<unknown>((resolve) => parser.end(resolve))
  try {
    let failure = await feed(start)
    yield* rows.splice(0)
    if (!failure)
      for await (const piece of text) {
        failure = await feed(piece)
        yield* rows.splice(0)
        if (failure) break
      }
    failure ||= await end()
    yield* rows.splice(0)
    if (failure) throw failure
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    if (error.code === 'CSV_QUOTE_NOT_CLOSED') unreadable({ code: 'quote-not-closed' }, line + 1)
    if (error.code === 'CSV_MAX_RECORD_SIZE') unreadable({ code: 'row-too-long', limit: limits.rowLength }, line + 1)
    unreadable({ code: 'not-csv' }, line + 1)
  } finally {
    parser.destroy()
    await text.return(undefined)
  }
}

/**
 * Reads a CSV file row by row: `;`, `,` or tab, with or without a byte order mark, UTF-8 or UTF-16, quotes across lines.
 * Bad rows are given as problems with line and column and do not stop it; only what makes the rest unreadable does, with a `fatal` problem.
 */
export function readCsv(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  reading: CsvReading = {},
): AsyncGenerator<TableItem> {
  const limits = { ...defaultLimits, ...reading.limits }
  return tableOf(rawRows(decodeText(source, limits.bytes), limits, reading.delimiter), limits, reading.unguard ?? true)
}
