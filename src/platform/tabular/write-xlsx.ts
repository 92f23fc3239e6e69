import { Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'
import { controlCharacters } from './control-characters.ts'
import { looksLikeFormula } from './formula-guard.ts'

/** How a figure is shown. */
export type XlsxForm = 'money' | 'share' | 'points' | 'whole'

/** Made by the program, never from what people typed. */
export interface XlsxFormula {
  formula: string
  /** its result, for programs that do not reckon themselves; an exact decimal number */
  value?: string
  form?: XlsxForm
}

/** An exact decimal number ("1234.50"), written as it is: no sum passes through a fraction of two. */
export interface XlsxFigure {
  figure: string
  form?: XlsxForm
}

/** A cell that stays open in a locked sheet, with what it holds at first. */
export interface XlsxInput {
  input: string | XlsxFigure | null
  form?: XlsxForm
}

/** A cell. Texts are never formulas; a formula is one only where the program says so. A `Date` is written as its UTC day, or day and time. */
export type XlsxValue =
  | string
  | number
  | bigint
  | boolean
  | Date
  | XlsxFormula
  | XlsxFigure
  | XlsxInput
  | { strong: string }
  | null
  | undefined

/** What a spreadsheet program lets people type into cells. */
export interface XlsxValidation {
  /** such as `B2:D40` */
  range: string
  kind: 'decimal' | 'whole' | 'text'
  /** bounds of the number, or of the length of the text */
  least: number
  most: number
  /** said to whoever types something else */
  message: string
}

export interface XlsxColumn {
  title: string
  /** in characters; 18 when left out */
  width?: number
}

export interface XlsxSheet {
  name: string
  columns: readonly XlsxColumn[]
  rows: AsyncIterable<readonly XlsxValue[]> | Iterable<readonly XlsxValue[]>
  /** nothing can be changed but inputs */
  locked?: boolean
  hidden?: boolean
  validations?: readonly XlsxValidation[]
}

/** Limits of the format, from Microsoft's page "Excel specifications and limits". */
const mostRows = 1_048_576
const longestText = 32_767
const longestName = 31
const chunkLength = 65_536
const millisecondsADay = 86_400_000
const excelEpoch = 25_569

const style = { plain: 0, day: 1, moment: 2, header: 3, quoted: 4, input: 5 } as const
/** Styles of figures follow after those above: first the fixed ones, then those of inputs. */
const forms: readonly XlsxForm[] = ['money', 'share', 'points', 'whole']
const figureStyle = (form: XlsxForm | undefined, input = false): number =>
  form === undefined ? (input ? style.input : style.plain) : 6 + forms.indexOf(form) + (input ? forms.length : 0)
const decimal = /^-?\d+(\.\d+)?$/

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships'
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '_x000D_',
}

/** Text for XML: control characters that no table may hold are left out; what looks like an escape of the format is escaped itself. */
function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replace(controlCharacters, '')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[&<>"\r\ufffe\uffff]/g, (sign) => entities[sign] ?? '')
}

function shorten(text: string): string {
  return text.length > longestText
    ? `${text
        .slice(0, longestText - 1)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`
    : text
}

function columnName(index: number): string {
  return (index >= 26 ? columnName(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26))
}

function textCell(at: string, text: string, given: number): string {
  return `<c r="${at}" s="${given}" t="inlineStr"><is><t xml:space="preserve">${escapeText(shorten(text))}</t></is></c>`
}

function madeCell(at: string, value: XlsxFormula | XlsxFigure | XlsxInput | { strong: string }): string {
  if ('strong' in value) return textCell(at, value.strong, style.header)
  if ('figure' in value) return figureCell(at, value.figure, figureStyle(value.form))
  if ('formula' in value) {
    const result = value.value === undefined ? '' : `<v>${exactly(value.value)}</v>`
    return `<c r="${at}" s="${figureStyle(value.form)}"><f>${escapeText(value.formula.replace(/^=/, ''))}</f>${result}</c>`
  }
  const open = figureStyle(value.form, true)
  if (value.input === null || value.input === '') return `<c r="${at}" s="${open}"/>`
  return typeof value.input === 'string' ? textCell(at, value.input, open) : figureCell(at, value.input.figure, open)
}

const figureCell = (at: string, figure: string, given: number) =>
  `<c r="${at}" s="${given}"><v>${exactly(figure)}</v></c>`

function exactly(figure: string): string {
  if (!decimal.test(figure)) throw new RangeError(`"${figure}" is no decimal number`)
  return figure
}

function cell(at: string, value: XlsxValue): string {
  if (value === null || value === undefined || value === '') return ''
  // quoted: Excel keeps it a text even after somebody has edited it
  if (typeof value === 'string') return textCell(at, value, looksLikeFormula(value) ? style.quoted : style.plain)
  if (typeof value === 'number') return Number.isFinite(value) ? `<c r="${at}"><v>${value}</v></c>` : ''
  if (typeof value === 'bigint') return textCell(at, String(value), style.plain)
  if (typeof value === 'boolean') return `<c r="${at}" t="b"><v>${value ? 1 : 0}</v></c>`
  if (!(value instanceof Date)) return madeCell(at, value)
  const days = value.getTime() / millisecondsADay + excelEpoch
  if (Number.isNaN(days)) return ''
  // Excel knows no day before 1 March 1900 as everybody else does
  if (days < 61) return textCell(at, value.toISOString().slice(0, 10), style.plain)
  return `<c r="${at}" s="${Number.isInteger(days) ? style.day : style.moment}"><v>${days}</v></c>`
}

async function* sheetXml(sheet: XlsxSheet): AsyncGenerator<string> {
  const names = sheet.columns.map((_, index) => columnName(index))
  const widths = sheet.columns.map(
    ({ width = 18 }, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${Math.min(255, Math.max(1, width))}" customWidth="1"/>`,
  )
  let out = `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`
  if (widths.length > 0) out += `<cols>${widths.join('')}</cols>`
  out += `<sheetData><row r="1">${sheet.columns.map(({ title }, index) => textCell(`${names[index]}1`, title, style.header)).join('')}</row>`
  let number = 1
  for await (const row of sheet.rows) {
    number++
    if (number > mostRows) throw new RangeError(`A sheet holds ${mostRows - 1} rows; write more of them as CSV.`)
    out += `<row r="${number}">`
    for (const [index, value] of row.entries()) {
      names[index] ??= columnName(index)
      out += cell(`${names[index]}${number}`, value)
    }
    out += '</row>'
    if (out.length < chunkLength) continue
    yield out
    out = ''
  }
  yield `${out}</sheetData>${sheet.locked ? '<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0"/>' : ''}${validations(sheet.validations ?? [])}</worksheet>`
}

function validations(all: readonly XlsxValidation[]): string {
  if (all.length === 0) return ''
  const kinds = { decimal: 'decimal', whole: 'whole', text: 'textLength' } as const
  const each = all.map(
    ({ range, kind, least, most, message }) =>
      `<dataValidation type="${kinds[kind]}" operator="between" allowBlank="1" showErrorMessage="1" error="${escapeText(message.slice(0, 225))}" sqref="${escapeText(range)}"><formula1>${least}</formula1><formula2>${most}</formula2></dataValidation>`,
  )
  return `<dataValidations count="${all.length}">${each.join('')}</dataValidations>`
}

/** Sheet names as the format allows them: 31 characters without []:*?/\, none twice. */
function sheetNames(sheets: readonly XlsxSheet[]): string[] {
  const taken = new Set<string>()
  return sheets.map(({ name }, index) => {
    const plain = name
      .toWellFormed()
      .replace(/[[\]:*?/\\\p{Cc}]/gu, ' ')
      .replace(/^'+|'+$/g, '')
      .trim()
      .slice(0, longestName)
      .toWellFormed()
    const free =
      plain === '' || taken.has(plain.toLowerCase()) ? `${plain.slice(0, longestName - 5)} ${index + 1}`.trim() : plain
    taken.add(free.toLowerCase())
    return free
  })
}

/** Numbers of formats: `#,##0.00` and `0.00` and `0` come with the format itself. */
const formats: Record<XlsxForm, number> = { money: 4, share: 2, points: 166, whole: 1 }
const xf = (format: number, input: boolean) =>
  `<xf numFmtId="${format}" fillId="${input ? 2 : 0}" applyNumberFormat="1"${input ? ' applyFill="1" applyProtection="1"' : ''}>${input ? '<protection locked="0"/>' : ''}</xf>`

const styles = `${declaration}<styleSheet xmlns="${main}"><numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/><numFmt numFmtId="166" formatCode="0.00000"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFF7F0CA"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="${6 + 2 * forms.length}"><xf/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/><xf quotePrefix="1"/>${xf(0, true)}${forms.map((form) => xf(formats[form], false)).join('')}${forms.map((form) => xf(formats[form], true)).join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

type Part = readonly [path: string, content: Iterable<string> | AsyncIterable<string>]

function parts(sheets: readonly XlsxSheet[]): Part[] {
  const names = sheetNames(sheets)
  const each = (write: (number: number, name: string) => string) =>
    names.map((name, index) => write(index + 1, name)).join('')
  return [
    [
      '[Content_Types].xml',
      [
        `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/>${each((number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${types}.worksheet+xml"/>`)}</Types>`,
      ],
    ],
    [
      '_rels/.rels',
      [
        `${declaration}<Relationships xmlns="${packageRelations}"><Relationship Id="r1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      ],
    ],
    [
      'xl/_rels/workbook.xml.rels',
      [
        `${declaration}<Relationships xmlns="${packageRelations}"><Relationship Id="styles" Type="${relations}/styles" Target="styles.xml"/>${each((number) => `<Relationship Id="r${number}" Type="${relations}/worksheet" Target="worksheets/sheet${number}.xml"/>`)}</Relationships>`,
      ],
    ],
    [
      'xl/workbook.xml',
      [
        `${declaration}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${each((number, name) => `<sheet name="${escapeText(name)}" sheetId="${number}"${sheets[number - 1]?.hidden ? ' state="hidden"' : ''} r:id="r${number}"/>`)}</sheets><calcPr fullCalcOnLoad="1"/></workbook>`,
      ],
    ],
    ['xl/styles.xml', [styles]],
    ...sheets.map((sheet, index): Part => [`xl/worksheets/sheet${index + 1}.xml`, sheetXml(sheet)]),
  ]
}

// sizes follow the content (8), names are UTF-8 (0x800); the day is 1 January 1980, so that equal tables are equal files
const flags = 0x808
const version = 20
const deflate = 8
const firstDay = 0x21

function localHeader(name: Buffer): Buffer {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50)
  header.writeUInt16LE(version, 4)
  header.writeUInt16LE(flags, 6)
  header.writeUInt16LE(deflate, 8)
  header.writeUInt16LE(firstDay, 12)
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, name])
}

interface Written {
  name: Buffer
  crc: number
  packed: number
  unpacked: number
  offset: number
}

function descriptor({ crc, packed, unpacked }: Written): Buffer {
  const bytes = Buffer.alloc(16)
  bytes.writeUInt32LE(0x08074b50)
  bytes.writeUInt32LE(crc, 4)
  bytes.writeUInt32LE(packed, 8)
  bytes.writeUInt32LE(unpacked, 12)
  return bytes
}

function directory(entries: readonly Written[], offset: number): Buffer {
  const records = entries.map(({ name, crc, packed, unpacked, offset: start }) => {
    const record = Buffer.alloc(46)
    record.writeUInt32LE(0x02014b50)
    record.writeUInt16LE(version, 4)
    record.writeUInt16LE(version, 6)
    record.writeUInt16LE(flags, 8)
    record.writeUInt16LE(deflate, 10)
    record.writeUInt16LE(firstDay, 14)
    record.writeUInt32LE(crc, 16)
    record.writeUInt32LE(packed, 20)
    record.writeUInt32LE(unpacked, 24)
    record.writeUInt16LE(name.length, 28)
    record.writeUInt32LE(start, 42)
    return Buffer.concat([record, name])
  })
  const all = Buffer.concat(records)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(all.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([all, end])
}

/**
 * Writes an XLSX workbook as a stream of bytes; memory does not grow with the rows. Each sheet has a frozen header.
 * Texts stay texts (abuse case 10); one longer than the 32 767 characters that the format allows is cut and ends with ….
 * @throws RangeError when a sheet has more than 1 048 575 rows
 */
export async function* writeXlsx(sheets: readonly XlsxSheet[]): AsyncGenerator<Uint8Array> {
  const entries: Written[] = []
  let offset = 0
  for (const [path, content] of parts(sheets)) {
    const entry: Written = { name: Buffer.from(path), crc: 0, packed: 0, unpacked: 0, offset }
    const header = localHeader(entry.name)
    yield header
    const packer = createDeflateRaw({ level: 6 })
    const source = Readable.from(
      (async function* () {
        for await (const text of content) {
          const bytes = Buffer.from(text)
          entry.crc = crc32(bytes, entry.crc)
          entry.unpacked += bytes.length
          yield bytes
        }
      })(),
    )
    source.on('error', (error) => packer.destroy(error))
    try {
      for await (const bytes of source.pipe(packer) as AsyncIterable<Buffer>) {
        entry.packed += bytes.length
        yield bytes
      }
    } finally {
      source.destroy()
    }
    yield descriptor(entry)
    offset += header.length + entry.packed + 16
    entries.push(entry)
  }
  yield directory(entries, offset)
}
