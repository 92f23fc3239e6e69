import { isUtf8 } from 'node:buffer'
import { unreadable } from './problems.ts'

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

const lineFeed = 0x0a

function encodingOf(start: Uint8Array): { encoding: Encoding; mark: number } {
  if (start[0] === 0xff && start[1] === 0xfe) return { encoding: 'utf-16le', mark: 2 }
  if (start[0] === 0xfe && start[1] === 0xff) return { encoding: 'utf-16be', mark: 2 }
  return { encoding: 'utf-8', mark: start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf ? 3 : 0 }
}

/** How many bytes of an unfinished UTF-8 character end these bytes. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0
  }
  return 0
}

function linesBefore(text: Uint8Array, end: number): number {
  let lines = 0
  for (let place = text.indexOf(lineFeed); place >= 0 && place < end; place = text.indexOf(lineFeed, place + 1)) lines++
  return lines
}

/** Where in bytes that are not UTF-8 the first bad line begins. */
function badLine(bytes: Uint8Array): number {
  for (let start = 0; start < bytes.length; ) {
    const feed = bytes.indexOf(lineFeed, start)
    const end = feed < 0 ? bytes.length : feed + 1
    if (!isUtf8(bytes.subarray(start, end))) return start
    start = end
  }
  return bytes.length
}

async function* decodeUtf8(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let rest: Uint8Array = new Uint8Array()
  let line = 1
  for await (const chunk of chunks) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    const whole = bytes.subarray(0, bytes.length - unfinished(bytes))
    if (!isUtf8(whole))
      unreadable({ code: 'invalid-encoding', encoding: 'utf-8' }, line + linesBefore(whole, badLine(whole)))
    line += linesBefore(whole, whole.length)
    rest = bytes.slice(whole.length)
    if (whole.length > 0) yield decoder.decode(whole)
  }
  if (rest.length > 0) unreadable({ code: 'invalid-encoding', encoding: 'utf-8' }, line)
}

async function* decodeUtf16(
  chunks: AsyncIterable<Uint8Array>,
  encoding: 'utf-16le' | 'utf-16be',
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true })
  let line = 1
  const check = (text: string) => {
    const bad = text.indexOf('\ufffd')
    line += (bad < 0 ? text : text.slice(0, bad)).split('\n').length - 1
    if (bad >= 0) unreadable({ code: 'invalid-encoding', encoding: 'utf-16' }, line)
    return text
  }
  for await (const chunk of chunks) yield check(decoder.decode(chunk, { stream: true }))
  yield check(decoder.decode())
}

async function* limited(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limit: number,
): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of source) {
    size += chunk.length
    if (size > limit) unreadable({ code: 'file-too-large', limit })
    yield chunk
  }
}

/**
 * Decodes a stream of bytes: UTF-8 with or without a mark, UTF-16 with one. Line ends become \n.
 * Bytes that are no such text stop it with the line in which they stand.
 */
export async function* decodeText(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limit: number,
): AsyncGenerator<string> {
  const chunks = limited(source, limit)
  try {
    let start: Uint8Array = new Uint8Array()
    while (start.length < 3) {
      const next = await chunks.next()
      if (next.done) break
      start = start.length > 0 ? Buffer.concat([start, next.value]) : next.value
    }
    const { encoding, mark } = encodingOf(start)
    const all = (async function* () {
      yield start.subarray(mark)
      yield* chunks
    })()
    let afterReturn = false
    for await (const text of encoding === 'utf-8' ? decodeUtf8(all) : decodeUtf16(all, encoding)) {
      if (text === '') continue
      const kept = afterReturn && text.startsWith('\n') ? text.slice(1) : text
      afterReturn = text.endsWith('\r')
      yield kept.replace(/\r\n?/g, '\n')
    }
  } finally {
    await chunks.return(undefined)
  }
}
