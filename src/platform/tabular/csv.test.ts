import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CsvReading, guessDelimiter, readCsv } from './read-csv.ts'
import type { TableItem } from './table.ts'
import { type CsvValue, writeCsv } from './write-csv.ts'

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

async function read(content: string | Uint8Array | Uint8Array[], reading: CsvReading = {}): Promise<TableItem[]> {
  const source =
    typeof content === 'string' ? [Buffer.from(content)] : content instanceof Uint8Array ? [content] : content
  return collect(readCsv(source, reading))
}
async function write(columns: string[], rows: CsvValue[][], delimiter: ',' | ';' | '\t' = ','): Promise<string> {
  return (await collect(writeCsv(columns, rows, { delimiter }))).join('')
}
const rowsOf = (items: TableItem[]) =>
  items.flatMap((item) => (item.type === 'row' ? [{ line: item.line, ...item.cells }] : []))
const problemsOf = (items: TableItem[]) =>
  items.flatMap((item) => (item.type === 'problem' ? [{ ...item.problem, fatal: item.fatal }] : []))

test('csv: header, rows and their lines', async () => {
  expect(await read('name,town\nA,Kharkiv\n\nB,Viborg\n')).toEqual([
    { type: 'header', line: 1, columns: ['name', 'town'] },
    { type: 'row', line: 2, cells: { name: 'A', town: 'Kharkiv' } },
    { type: 'row', line: 4, cells: { name: 'B', town: 'Viborg' } },
  ])
})

test.each([',', ';', '\t'] as const)('csv: the delimiter %j is found out', async (delimiter) => {
  const text = `${['a', '"b,;\t"', 'c'].join(delimiter)}\r\n${['1', '"x,;\t\n,"', '3'].join(delimiter)}\r\n`
  expect(guessDelimiter(text)).toBe(delimiter)
  expect(rowsOf(await read(text))).toEqual([{ line: 2, a: '1', 'b,;': 'x,;\t\n,', c: '3' }])
})

test('csv: quotes across lines keep their text, and the lines after them their numbers', async () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const items = await read(['a,b', '"one', 'two"",', 'three",2', '', 'x,"y"', 'too,many,cells', 'z,1', ''].join(end))
    expect(rowsOf(items)).toEqual([
      { line: 2, a: 'one\ntwo",\nthree', b: '2' },
      { line: 6, a: 'x', b: 'y' },
      { line: 8, a: 'z', b: '1' },
    ])
    expect(problemsOf(items)).toEqual([
      { line: 7, message: { code: 'too-many-cells', expected: 2, found: 3 }, fatal: false },
    ])
  }
})

test('csv: byte order marks of UTF-8 and UTF-16 are no text, in pieces of any size', async () => {
  const text = 'назва;місто\nПритулок «Дім»;Харків\n'
  const swapped = Buffer.from(`\ufeff${text}`, 'utf16le').swap16()
  const files = [Buffer.from(text), Buffer.from(`\ufeff${text}`), Buffer.from(`\ufeff${text}`, 'utf16le'), swapped]
  for (const file of files)
    for (const size of [1, 2, 3, 7, 1000]) {
      const pieces = Array.from({ length: Math.ceil(file.length / size) }, (_, at) =>
        file.subarray(at * size, (at + 1) * size),
      )
      expect(rowsOf(await read(pieces))).toEqual([{ line: 2, назва: 'Притулок «Дім»', місто: 'Харків' }])
    }
})

test('csv: bytes that are no UTF-8 stop the reading with their line, in pieces of any size', async () => {
  const file = Buffer.concat([
    Buffer.from('name\nÆrø\nÅrhus\n'),
    Buffer.from([0x4b, 0xf8, 0x62, 0x0a]),
    Buffer.from('next\n'),
  ])
  for (const size of [1, 2, 5, 1000]) {
    const pieces = Array.from({ length: Math.ceil(file.length / size) }, (_, at) =>
      file.subarray(at * size, (at + 1) * size),
    )
    expect(problemsOf(await read(pieces))).toEqual([
      { line: 4, message: { code: 'invalid-encoding', encoding: 'utf-8' }, fatal: true },
    ])
  }
  expect(problemsOf(await read(Buffer.from([0x61, 0x0a, 0xe2, 0x82])))).toEqual([
    { line: 2, message: { code: 'invalid-encoding', encoding: 'utf-8' }, fatal: true },
  ])
})

test('csv: lone surrogates in UTF-16 stop the reading with their line', async () => {
  const file = Buffer.concat([Buffer.from('\ufeffa\nb\n', 'utf16le'), Buffer.from([0x00, 0xd8, 0x41, 0x00])])
  expect(problemsOf(await read(file))).toEqual([
    { line: 3, message: { code: 'invalid-encoding', encoding: 'utf-16' }, fatal: true },
  ])
})

test('csv: NUL and other control characters are problems of their cell', async () => {
  const items = await read('a,b\n1,x\u0000y\n2,fine\ttab\n\u001b,2\n')
  expect(rowsOf(items)).toEqual([{ line: 3, a: '2', b: 'fine\ttab' }])
  expect(problemsOf(items)).toEqual([
    { line: 2, column: 'b', message: { code: 'control-character', character: 'U+0000' }, fatal: false },
    { line: 4, column: 'a', message: { code: 'control-character', character: 'U+001B' }, fatal: false },
  ])
})

test('csv: ragged rows are problems, empty cells beyond the header are not', async () => {
  const items = await read('a,b,c\n1,2\n1,2,3,\n1,2,3,4\n')
  expect(rowsOf(items)).toEqual([{ line: 3, a: '1', b: '2', c: '3' }])
  expect(problemsOf(items).map(({ line, message }) => [line, message.code])).toEqual([
    [2, 'too-few-cells'],
    [4, 'too-many-cells'],
  ])
})

test('csv: a quote that nobody closes is named by the line in which its row begins', async () => {
  expect(problemsOf(await read('a,b\n1,2\n3,"4\n5,6\n'))).toEqual([
    { line: 3, message: { code: 'quote-not-closed' }, fatal: true },
  ])
})

test('csv: quotes inside an unquoted cell are text', async () => {
  expect(rowsOf(await read('a,b\nRoom 5" wide,2\n'))).toEqual([{ line: 2, a: 'Room 5" wide', b: '2' }])
})

test('csv: headers with empty, double and strange names', async () => {
  expect(problemsOf(await read('a,b,a\n1,2,3\n'))).toEqual([
    { line: 1, column: 'a', message: { code: 'column-twice' }, fatal: true },
  ])
  const items = await read('a,,c,,\n1,x,3,,\n')
  expect(rowsOf(items)).toEqual([{ line: 2, a: '1', c: '3' }])
  expect(problemsOf(items)).toEqual([{ line: 1, message: { code: 'column-without-name', number: 2 }, fatal: false }])
  const [, row] = await read('__proto__,constructor\n1,2\n')
  expect(row?.type === 'row' && Object.entries(row.cells)).toEqual([
    ['__proto__', '1'],
    ['constructor', '2'],
  ])
})

test('csv: an empty file says so', async () => {
  for (const content of ['', '\ufeff', '\n\n', ' \n;;\n'])
    expect(problemsOf(await read(content))).toEqual([{ message: { code: 'empty-file' }, fatal: true }])
})

test('csv: limits refuse, they never cut', async () => {
  const code = async (content: string, limits: CsvReading['limits']) =>
    problemsOf(await read(content, { limits: limits ?? {} })).map(({ line, message }) => [line, message.code])
  expect(await code('a,b,c\n', { columns: 2 })).toEqual([[1, 'too-many-columns']])
  expect(await code('a\n1\n2\n3\n', { rows: 2 })).toEqual([[4, 'too-many-rows']])
  expect(await code('a\n12345\n1\n', { cellLength: 4 })).toEqual([[2, 'cell-too-long']])
  expect(await code(`a\n1\n"${'x\n'.repeat(5_000)}"\n`, { rowLength: 1_000 })).toEqual([[3, 'row-too-long']])
  expect(await code('a\n'.repeat(100), { bytes: 50 })).toContainEqual([undefined, 'file-too-large'])
})

test('csv: an endless row is refused before it fills the memory', async () => {
  async function* endless() {
    yield Buffer.from('a\n"')
    for (;;) yield Buffer.alloc(65_536, 'x')
  }
  const items = await collect(readCsv(endless()))
  expect(problemsOf(items)).toEqual([{ line: 2, message: { code: 'row-too-long', limit: 4_000_000 }, fatal: true }])
})

test('csv: whoever stops reading stops the source', async () => {
  let closed = false
  async function* source() {
    try {
      for (;;) yield Buffer.from('a\n'.repeat(1_000))
    } finally {
      closed = true
    }
  }
  for await (const item of readCsv(source())) if (item.type === 'row') break
  await new Promise((resolve) => setImmediate(resolve))
  expect(closed).toBe(true)
})

test('csv: `sep=;` in the first line is no header', async () => {
  expect(rowsOf(await read('sep=;\na;b,c\n1;2\n'))).toEqual([{ line: 3, a: '1', 'b,c': '2' }])
})

const attacks = [
  '=HYPERLINK("http://x","y")',
  '\ufeff\t=1+1',
  '\u0000=1',
  '\t=cmd',
  ' =1',
  '\r\n=1',
  '+1+cmd',
  '-2+3',
  '@SUM(A1)',
  '|calc',
  '%0A',
  '\tx',
  '\u00a0=1',
  '\u200b=1',
  '＝1+1',
  '-',
  '"=1',
]
test.each(attacks)('abuse 10: %j is written so that no spreadsheet runs it', async (attack) => {
  for (const delimiter of [',', ';', '\t'] as const) {
    const text = await write(['a', 'b'], [[attack, 1]], delimiter)
    const raw = rowsOf(await read(text, { unguard: false }))
    expect(raw).toHaveLength(1)
    expect((raw[0] as unknown as { a: string }).a).toMatch(attack.startsWith('"') ? /^"/ : /^'/)
    expect(rowsOf(await read(text))).toEqual([
      { line: 2, a: attack.replaceAll('\u0000', '').replace('\r\n', '\n'), b: '1' },
    ])
  }
})

test('abuse 10: numbers stay numbers, plain texts stay as they are', async () => {
  expect(
    await write(['a'], [[-5], ['-5'], ['-1,50'], ['+45 87 12 34 56'], [1e21], ['Haus'], ["'t Huis"], [true], [null]]),
  ).toBe('\ufeffa\r\n-5\r\n-5\r\n"-1,50"\r\n+45 87 12 34 56\r\n1e+21\r\nHaus\r\n\'t Huis\r\ntrue\r\n""\r\n')
})

const cellText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(...'=+-@|%\'";, \t\nаø\ufeff1'), maxLength: 12 }),
)
const plain = (text: string) => text.replace(/(?![\t\n])\p{Cc}/gu, '').toWellFormed()

test('csv: what is written is read back', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }).chain((width) =>
        fc.array(fc.array(cellText.map(plain), { minLength: width, maxLength: width }), {
          minLength: 1,
          maxLength: 6,
        }),
      ),
      fc.constantFrom(',', ';', '\t'),
      async (rows, delimiter) => {
        const columns = (rows[0] ?? []).map((_, at) => `c${at}`)
        const kept = rows.filter((row) => row.some((cell) => cell.trim() !== ''))
        const text = await write(columns, kept, delimiter as ',')
        const items = await read(text, { delimiter: delimiter as ',' })
        expect(problemsOf(items)).toEqual([])
        expect(
          items.flatMap((item) => (item.type === 'row' ? [columns.map((column) => item.cells[column])] : [])),
        ).toEqual(kept)
      },
    ),
    { numRuns: 150 },
  )
})

test('csv: any bytes give items, never an error', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      expect((await read(bytes)).length).toBeGreaterThan(0)
    }),
    { numRuns: 200 },
  )
})
