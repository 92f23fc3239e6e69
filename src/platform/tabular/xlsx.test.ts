import fc from 'fast-check'
import { readSheet } from 'read-excel-file/node'
import { expect, test } from 'vitest'
import { readXlsx, type XlsxReading } from './read-xlsx.ts'
import type { TableItem } from './table.ts'
import { writeXlsx, type XlsxValue } from './write-xlsx.ts'
import { readArchive, writeArchive } from './zip.ts'

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

async function write(rows: XlsxValue[][], columns = ['a', 'b', 'c', 'd'], name = 'Справи'): Promise<Buffer> {
  return Buffer.concat(await collect(writeXlsx([{ name, columns: columns.map((title) => ({ title })), rows }])))
}
const read = (file: Uint8Array, reading: XlsxReading = {}) => collect(readXlsx(file, reading))
const problemsOf = (items: TableItem[]) =>
  items.flatMap((item) => (item.type === 'problem' ? [{ ...item.problem, fatal: item.fatal }] : []))
const rowsOf = (items: TableItem[]) => items.flatMap((item) => (item.type === 'row' ? [item.cells] : []))

/** A workbook as another program might write it: one sheet, given as XML. */
function workbook(sheet: string, more: [string, string | Uint8Array][] = []): Uint8Array {
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  return writeArchive([
    ['[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'],
    [
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ],
    ['xl/worksheets/sheet1.xml', `<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`],
    ...more,
  ])
}

test('xlsx: read-excel-file reads back texts, numbers, days, truths', async () => {
  const file = await write([
    ['Притулок & «Дім» <b>', -1.5, true, new Date('2026-11-22')],
    [null, 0, false, new Date('2026-11-22T12:00:00Z')],
  ])
  expect(await readSheet(file)).toEqual([
    ['a', 'b', 'c', 'd'],
    ['Притулок & «Дім» <b>', -1.5, true, new Date('2026-11-22')],
    [null, 0, false, new Date('2026-11-22T12:00:00Z')],
  ])
})

test('xlsx: a table comes in the items of a CSV file', async () => {
  const file = await write([
    ['x', 2, null, new Date('2026-11-22')],
    [null, null],
    ['y', 0.5, false, new Date('2026-11-22T09:30:00Z')],
  ])
  expect(await read(file)).toEqual([
    { type: 'header', line: 1, columns: ['a', 'b', 'c', 'd'] },
    { type: 'row', line: 2, cells: { a: 'x', b: '2', c: '', d: '2026-11-22' } },
    { type: 'row', line: 4, cells: { a: 'y', b: '0.5', c: 'false', d: '2026-11-22T09:30' } },
  ])
})

test('xlsx: a sheet is found by its name; a missing one is named', async () => {
  const file = Buffer.concat(
    await collect(
      writeXlsx([
        { name: 'One', columns: [{ title: 'a' }], rows: [['1']] },
        { name: 'Two: [x]/y', columns: [{ title: 'b', width: 40 }], rows: [['2']] },
        { name: 'one', columns: [{ title: 'c' }], rows: [] },
      ]),
    ),
  )
  expect(rowsOf(await read(file))).toEqual([{ a: '1' }])
  expect(rowsOf(await read(file, { sheet: 'Two   x  y' }))).toEqual([{ b: '2' }])
  expect(problemsOf(await read(file, { sheet: 'Three' }))).toEqual([
    { message: { code: 'sheet-missing', sheet: 'Three' }, fatal: true },
  ])
})

test('abuse 10: text is text, never a formula; a formula only where the program says so', async () => {
  const attacks = ['=HYPERLINK("http://x","y")', '\ufeff\t=1+1', '@SUM(A1)', '+1', '-1+2']
  const file = await write([attacks, [{ formula: '=SUM(A1:A2)' }]])
  const archive = readArchive(file)
  const sheet = archive.ok ? Buffer.from(archive.entries.get('xl/worksheets/sheet1.xml') ?? []).toString() : ''
  expect(sheet.match(/<f>/g)).toHaveLength(1)
  expect(sheet).toContain('<f>SUM(A1:A2)</f>')
  expect(sheet.match(/s="4" t="inlineStr"/g)).toHaveLength(4)
  expect((await readSheet(file, 1, { trim: false }))[1]).toEqual(attacks)
})

test('xlsx: control characters are left out, escapes of the format survive, long texts are cut with a sign', async () => {
  const file = await write([
    ['a\u0000b\u001b', '_x0041_', 'x'.repeat(40_000), '\ud800'],
    ['one\r\ntwo', '\uffff', ''],
  ])
  const rows = await readSheet(file, 1, { trim: false })
  expect(rows[1]).toEqual(['ab', '_x0041_', `${'x'.repeat(32_766)}…`, '\ufffd'])
  expect(rows[2]?.[0]).toBe('one\r\ntwo')
})

test('xlsx: what is written is read back', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.string({ unit: fc.constantFrom(...'=+-@\'"<>&_x0041_ \t\nаø\ufeff'), maxLength: 12 }),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean()), {
        minLength: 1,
        maxLength: 5,
      }),
      async (rows) => {
        const plain = rows.map(
          ([words, number, truth]) =>
            [`x${words.replace(/(?![\t\n])\p{Cc}|\uffff|\ufffe/gu, '')}`, number, truth] as const,
        )
        const back = rowsOf(
          await read(
            await write(
              plain.map((row) => [...row]),
              ['a', 'b', 'c'],
            ),
          ),
        )
        expect(back).toEqual(plain.map(([a, b, c]) => ({ a, b: String(b === 0 ? 0 : b), c: String(c) })))
      },
    ),
    { numRuns: 60 },
  )
})

test('xlsx: memory stays flat at 250 000 rows', async () => {
  const header = ['n', 'text', 'half', 'day']
  function* rows() {
    const day = new Date('2026-11-22')
    for (let number = 1; number <= 250_000; number++)
      yield [number, `Справа ${number}: говорили про притулок`, number / 2, day]
  }
  const before = process.memoryUsage()
  let peak = 0
  let size = 0
  let pieces = 0
  for await (const bytes of writeXlsx([
    { name: 'Справи', columns: header.map((title) => ({ title })), rows: rows() },
  ])) {
    size += bytes.length
    if (pieces++ % 20 === 0) {
      const { heapUsed, external } = process.memoryUsage()
      peak = Math.max(peak, heapUsed + external - before.heapUsed - before.external)
    }
  }
  expect(size).toBeGreaterThan(2_000_000)
  expect(peak).toBeLessThan(120_000_000)
})

test('xlsx: an error while rows are made ends the writing with that error', async () => {
  function* rows(): Generator<XlsxValue[]> {
    yield ['1']
    throw new Error('the database went away')
  }
  await expect(collect(writeXlsx([{ name: 'a', columns: [{ title: 'a' }], rows: rows() }]))).rejects.toThrow(
    'the database went away',
  )
})

test('abuse: a bomb of 100 MB is refused before it is unpacked, memory flat', async () => {
  const bomb = workbook('', [['xl/sharedStrings.xml', new Uint8Array(100_000_000)]])
  expect(bomb.length).toBeLessThan(500_000)
  const before = process.memoryUsage()
  const items = await read(bomb)
  const after = process.memoryUsage()
  expect(problemsOf(items)).toEqual([
    { message: { code: 'archive-bomb', name: 'xl/sharedStrings.xml', limit: 200 }, fatal: true },
  ])
  expect(after.external + after.arrayBuffers - before.external - before.arrayBuffers).toBeLessThan(10_000_000)
})

test('abuse: a bomb that lies about its size is refused, too', async () => {
  const bomb = Buffer.from(workbook('', [['xl/sharedStrings.xml', new Uint8Array(100_000_000)]]))
  const entry = bomb.indexOf('xl/sharedStrings.xml', bomb.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))) - 46
  bomb.writeUInt32LE(1_000, entry + 24)
  const before = process.memoryUsage().arrayBuffers
  expect(problemsOf(await read(bomb))).toEqual([
    { message: { code: 'archive-damaged', name: 'xl/sharedStrings.xml' }, fatal: true },
  ])
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000)
})

test.each([
  ['<row r="1"><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>', 'too-many-columns'],
  ['<row r="9000000"><c r="A9000000"><v>1</v></c></row>', 'too-many-rows'],
  ["<row r=' 1000000000'><c><v>1</v></c></row>", 'not-a-spreadsheet'],
  ['<row r="&#49;00000000"><c><v>1</v></c></row>', 'not-a-spreadsheet'],
  ['<row r="900000"><c r="SF900000"><v>1</v></c></row>', 'file-too-large'],
])('abuse: a cell far away costs nothing: %s', async (sheet, code) => {
  expect(problemsOf(await read(workbook(sheet))).map(({ message }) => message.code)).toEqual([code])
})

test('abuse: entities are not expanded', async () => {
  const file = writeArchive([['xl/worksheets/sheet1.xml', '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>']])
  expect(problemsOf(await read(file))).toEqual([{ message: { code: 'not-a-spreadsheet' }, fatal: true }])
})

test('xlsx: files that are none say what they are', async () => {
  const code = async (file: Uint8Array) => problemsOf(await read(file)).map(({ message }) => message.code)
  expect(await code(new Uint8Array())).toEqual(['empty-file'])
  expect(await code(Buffer.from('name,town\n'))).toEqual(['not-an-archive'])
  expect(await code(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toEqual(['old-spreadsheet'])
  expect(await code(writeArchive([['readme.txt', 'x']]))).toEqual(['not-a-spreadsheet'])
  expect(await code(workbook(''))).toEqual(['empty-file'])
  expect(await code(workbook('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'))).toHaveLength(1)
})

test('xlsx: any bytes after a good beginning give items, never an error', async () => {
  const good = await write([['x', 1, true, null]])
  await fc.assert(
    fc.asyncProperty(
      fc.nat(good.length - 1),
      fc.integer({ min: 0, max: 255 }),
      fc.nat(good.length),
      async (place, byte, end) => {
        const bad = Buffer.from(good.subarray(0, end > place ? good.length : end))
        if (place < bad.length) bad[place] = byte
        expect((await read(bad)).length).toBeGreaterThan(0)
      },
    ),
    { numRuns: 100 },
  )
})
