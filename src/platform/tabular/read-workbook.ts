import { type Problem, UnreadableFile, unreadable } from './problems.ts'
import { type ArchiveLimits, readArchive } from './zip.ts'

/** A cell as it stands in the file: what it shows, and what it is. */
export interface WorkbookCell {
  kind: 'text' | 'number' | 'truth' | 'error'
  /** a number as the file writes it */
  value: string
  /** the value is the last result of a formula */
  formula: boolean
}

/** Cells by address (`B7`), with how far the sheet reaches. */
export interface WorkbookSheet {
  cells: ReadonlyMap<string, WorkbookCell>
  rows: number
  columns: number
}

export type WorkbookReading = { ok: true; sheets: ReadonlyMap<string, WorkbookSheet> } | { ok: false; problem: Problem }

const most = { bytes: 10_000_000, cells: 200_000 }
const needed = /^(?:xl\/(?:_rels\/workbook\.xml\.rels|workbook\.xml|sharedStrings\.xml|worksheets\/[^/]+\.xml))$/i

/**
 * Reads a small workbook cell by cell, where it matters what a cell is: a text that looks like a number, a formula, a number. Tables are read by
 * `readXlsx`. Nothing is evaluated. The archive is measured before it is unpacked.
 */
export function readWorkbook(file: Uint8Array, limits: Partial<ArchiveLimits> = {}): WorkbookReading {
  try {
    if (file.length > most.bytes) unreadable({ code: 'file-too-large', limit: most.bytes })
    const archive = readArchive(file, { unpacked: 50_000_000, ...limits }, (name) => needed.test(name))
    if (!archive.ok) return archive
    const part = (name: string) => textOf(archive.entries.get(name))
    const targets = new Map(
      [...part('xl/_rels/workbook.xml.rels').matchAll(/<Relationship\s[^>]*>/g)].map(([tag]) => [
        attribute(tag, 'Id'),
        attribute(tag, 'Target').replace(/^\/?(xl\/)?/, 'xl/'),
      ]),
    )
    const shared = [...part('xl/sharedStrings.xml').matchAll(/<si>([\s\S]*?)<\/si>|<si\/>/g)].map(([, inner = '']) =>
      textIn(inner),
    )
    const sheets = new Map<string, WorkbookSheet>()
    for (const [tag] of part('xl/workbook.xml').matchAll(/<sheet\s[^>]*>/g)) {
      const path = targets.get(attribute(tag, 'r:id'))
      if (path) sheets.set(attribute(tag, 'name'), sheetOf(part(path), shared))
    }
    if (sheets.size === 0) unreadable({ code: 'not-a-spreadsheet' })
    return { ok: true, sheets }
  } catch (error) {
    if (error instanceof UnreadableFile) return { ok: false, problem: error.problem }
    throw error
  }
}

function textOf(bytes: Uint8Array | undefined): string {
  if (!bytes) return ''
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  // documents that define their own signs grow without end
  if (/<!DOCTYPE|<!ENTITY/.test(text)) unreadable({ code: 'not-a-spreadsheet' })
  return text
}

function sheetOf(text: string, shared: readonly string[]): WorkbookSheet {
  const cells = new Map<string, WorkbookCell>()
  let rows = 0
  let columns = 0
  for (const [, attributes = '', inner = ''] of text.matchAll(/<c\s([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g)) {
    const at = attribute(` ${attributes}`, 'r')
    const [, letters = '', row = '0'] = /^([A-Z]{1,3})(\d{1,7})$/.exec(at) ?? []
    const value = cellOf(attribute(` ${attributes}`, 't'), inner, shared)
    if (!value) continue
    if (cells.size >= most.cells) unreadable({ code: 'file-too-large', limit: most.cells })
    cells.set(at, value)
    rows = Math.max(rows, Number(row))
    columns = Math.max(
      columns,
      [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0),
    )
  }
  return { cells, rows, columns }
}

function cellOf(type: string, inner: string, shared: readonly string[]): WorkbookCell | undefined {
  const formula = /<f[\s/>]/.test(inner)
  const held = /<v[^>]*>([\s\S]*?)<\/v>/.exec(inner)?.[1]
  if (type === 'inlineStr') return text(textIn(inner), formula)
  if (held === undefined) return formula ? { kind: 'error', value: '', formula } : undefined
  switch (type) {
    case 's':
      return text(shared[Number(held)] ?? '', formula)
    case 'str':
      return text(decode(held), formula)
    case 'b':
      return { kind: 'truth', value: held, formula }
    case 'e':
      return { kind: 'error', value: decode(held), formula }
    default:
      return { kind: 'number', value: held.trim(), formula }
  }
}

const text = (value: string, formula: boolean): WorkbookCell | undefined =>
  value.trim() === '' ? undefined : { kind: 'text', value: value.normalize('NFC').trim(), formula }

/** Text of all runs, without what says how it is read aloud. */
const textIn = (inner: string): string =>
  [...inner.replace(/<rPh[\s\S]*?<\/rPh>/g, '').matchAll(/<t(?:\s[^>]*)?>([\s\S]*?)<\/t>/g)]
    .map(([, run = '']) => decode(run))
    .join('')

const attribute = (tag: string, name: string): string =>
  decode(new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag)?.slice(1).find(Boolean) ?? '')

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }

const decode = (text: string): string =>
  text
    .replace(/&(?:#x([0-9a-f]+)|#(\d+)|(lt|gt|quot|apos|amp));/gi, (whole, hex, decimal, name) => {
      if (name) return named[name] ?? whole
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
      return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : ''
    })
    .replace(/_x([0-9A-F]{4})_/g, (_whole, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
