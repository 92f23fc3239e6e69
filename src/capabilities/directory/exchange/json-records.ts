import { decodeText } from '../../../platform/tabular/decode.ts'

/** One record of a JSON file and the line on which it begins; `value` is undefined where it is no JSON. */
export interface JsonRecord {
  line: number
  value: unknown
}

const mostBytes = 4_000_000_000
/** A record longer than this is refused: no service fills it. */
const longestRecord = 20_000_000
const longestFirstLine = 1_000_000

/**
 * Reads records from JSON of any of these shapes without holding the whole: one record a line, a list, an envelope with `contents`,
 * one record, or several one after the other.
 */
export async function* jsonRecords(source: AsyncIterable<Uint8Array>): AsyncGenerator<JsonRecord> {
  const text = decodeText(source, mostBytes)
  let start = ''
  // no expression here: on a file of one long line it would look from every character to the end
  while (!start.trimStart().includes('\n') && start.length < longestFirstLine) {
    const next = await text.next()
    if (next.done) break
    start += next.value
  }
  const all = (async function* () {
    yield start.replace(/^\ufeff/, '')
    yield* text
  })()
  const [line = '', ...others] = start.trim().split('\n', 2)
  const first = others.length > 0 ? line : undefined
  yield* first !== undefined && parse(first) !== undefined ? recordsByLine(all) : recordsByStructure(all)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function* recordsByLine(chunks: AsyncIterable<string>): AsyncGenerator<JsonRecord> {
  let rest = ''
  let line = 0
  const give = function* (row: string): Generator<JsonRecord> {
    line++
    if (row.trim() === '') return
    const value = row.length > longestRecord ? undefined : parse(row)
    const inside = (value as { contents?: unknown } | undefined)?.contents
    if (Array.isArray(inside)) for (const each of inside) yield { line, value: each }
    else yield { line, value }
  }
  for await (const chunk of chunks) {
    const rows = (rest + chunk).split('\n')
    rest = rows.pop() ?? ''
    if (rest.length > longestRecord) rest = '{'
    for (const row of rows) yield* give(row)
  }
  yield* give(rest)
}

/** Where the reader stands: how deep, inside a text, and which key of the outermost object it read last. */
interface Place {
  depth: number
  quoted: boolean
  escaped: boolean
}

async function* recordsByStructure(chunks: AsyncIterable<string>): AsyncGenerator<JsonRecord> {
  const place: Place = { depth: 0, quoted: false, escaped: false }
  /** depth at which records stand: 0 one after the other, 1 in a list, 2 in the list of an envelope */
  let level = 0
  let line = 1
  let record = ''
  let began = 0
  for await (const chunk of chunks) {
    let from = 0
    for (let at = 0; at < chunk.length; at++) {
      const sign = chunk[at]
      if (sign === '\n') line++
      if (place.quoted) {
        if (place.escaped) place.escaped = false
        else if (sign === '\\') place.escaped = true
        else if (sign === '"') place.quoted = false
        continue
      }
      if (sign === '"') place.quoted = true
      else if (sign === '{' || sign === '[') {
        if (place.depth === level && sign === '{') {
          from = at
          record = ''
          began = line
        } else if (sign === '[' && place.depth === 0) level = 1
        else if (
          sign === '[' &&
          place.depth === 1 &&
          level === 0 &&
          /"contents"\s*:\s*$/.test(record + chunk.slice(from, at))
        )
          level = 2
        place.depth++
      } else if (sign === '}' || sign === ']') {
        place.depth--
        if (place.depth === level && sign === '}') {
          yield { line: began, value: parse(record + chunk.slice(from, at + 1)) }
          record = ''
          began = 0
        }
        if (place.depth < level) {
          level = 0
          began = 0
          record = ''
          // what follows the list of an envelope is not a record
          if (place.depth > 0) level = -1
        }
        if (place.depth <= 0) {
          place.depth = 0
          level = 0
        }
      }
    }
    if (began > 0) {
      record += chunk.slice(from)
      if (record.length > longestRecord) {
        yield { line: began, value: undefined }
        return
      }
    }
  }
  if (began > 0) yield { line: began, value: undefined }
}
