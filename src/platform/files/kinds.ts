import { type Archive, endsAsArchive, isOverpacked, readArchive } from './archive.ts'

/** The kinds of files that may be handed in, and the ending that belongs to each. */
export const kinds = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/webp': ['webp'],
  'image/heic': ['heic', 'heif'],
  'text/plain': ['txt', 'csv', 'md'],
  'application/vnd.oasis.opendocument.text': ['odt'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
} as const satisfies Record<string, readonly [string, ...string[]]>
export type FileKind = keyof typeof kinds

/** Why the bytes of a file are not taken. */
export type Objection =
  | 'unknown kind'
  /** a PDF that asks for a password */
  | 'encrypted'
  /** bytes that pass as two kinds at once, so that one program sees what another did not check */
  | 'mixed'
  /** unpacks to far more than any document does, or holds archives */
  | 'overpacked'
export type Finding = { is: 'kind'; kind: FileKind } | { is: 'none'; reason: Objection }

/** Within so many bytes readers of PDF look for its beginning. */
const headLength = 1024
/** Holds the directory of an office document with some thousand parts. */
const tailLength = 256 * 1024

/**
 * Tells what a file is by its bytes, never by what the sender calls it. Memory stays flat: it keeps the first and the last bytes.
 * Documents with macros, and everything not on the list, are no kind at all.
 */
export class Sniffer {
  #head = Buffer.alloc(0)
  readonly #tail = new Tail(tailLength)
  readonly #lock = new Lock()
  #text: TextDecoder | undefined = new TextDecoder('utf-8', { fatal: true })

  feed(chunk: Uint8Array): void {
    if (this.#head.length < headLength)
      this.#head = Buffer.concat([this.#head, chunk.subarray(0, headLength - this.#head.length)])
    this.#tail.feed(chunk)
    if (this.#byMagic() === 'application/pdf') this.#lock.feed(chunk)
    else if (!this.#isZip()) this.#readText(chunk)
  }

  /** Set as soon as nothing that follows can make this one of the kinds. */
  get objection(): Objection | undefined {
    if (this.#head.length < 12 || this.#isZip() || this.#byMagic() !== undefined || this.#text !== undefined)
      return undefined
    return this.#head.includes(pdfHead) ? 'mixed' : 'unknown kind'
  }

  /** The kind of the whole file, once all of it was fed. */
  finish(): Finding {
    const kind = this.#byMagic()
    if (kind === 'application/pdf' && this.#lock.found) return { is: 'none', reason: 'encrypted' }
    if (kind) return this.#passesAsAnother(kind) ? { is: 'none', reason: 'mixed' } : { is: 'kind', kind }
    if (this.#isZip()) return this.#head.includes(pdfHead) ? { is: 'none', reason: 'mixed' } : this.#office()
    if (this.#head.length > 0) this.#readText(undefined)
    if (this.#head.includes(pdfHead)) return { is: 'none', reason: 'mixed' }
    return this.#head.length > 0 && this.#text
      ? { is: 'kind', kind: 'text/plain' }
      : { is: 'none', reason: 'unknown kind' }
  }

  #isZip(): boolean {
    return this.#head.subarray(0, 4).equals(Buffer.of(0x50, 0x4b, 3, 4))
  }

  #byMagic(): FileKind | undefined {
    const head = this.#head
    const at = (start: number, bytes: string) =>
      head.subarray(start, start + bytes.length).equals(Buffer.from(bytes, 'latin1'))
    if (at(0, pdfHead)) return 'application/pdf'
    if (at(0, '\x89PNG\r\n\x1a\n')) return 'image/png'
    if (at(0, '\xff\xd8\xff')) return 'image/jpeg'
    if (at(0, 'RIFF') && at(8, 'WEBP')) return 'image/webp'
    if (at(4, 'ftyp') && ['heic', 'heix', 'mif1', 'msf1', 'heim', 'heis'].some((brand) => at(8, brand)))
      return 'image/heic'
    return undefined
  }

  #passesAsAnother(kind: FileKind): boolean {
    const begin = this.#head.toString('latin1')
    const another = kind === 'application/pdf' ? markup.test(begin) : begin.includes(pdfHead)
    return another || endsAsArchive(this.#tail.bytes())
  }

  #office(): Finding {
    const archive = readArchive(this.#tail.bytes(), this.#tail.size)
    const kind = archive && kindOfArchive(this.#head, archive)
    if (!archive || !kind) return { is: 'none', reason: 'unknown kind' }
    if (!archive.alone) return { is: 'none', reason: 'mixed' }
    return isOverpacked(archive) ? { is: 'none', reason: 'overpacked' } : { is: 'kind', kind }
  }

  /** Text is UTF-8 without signs that steer machines. @param chunk undefined at the end */
  #readText(chunk: Uint8Array | undefined): void {
    if (!this.#text) return
    try {
      const words = this.#text.decode(chunk, { stream: chunk !== undefined })
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what no text holds
      if (/[\u0000-\u0008\u000b\u000e-\u001f\u007f]/.test(words)) this.#text = undefined
    } catch {
      this.#text = undefined
    }
  }
}

const pdfHead = '%PDF-'
const markup = /<(?:!doctype\s+html|html|head|body|script|svg|iframe)\b/i

/** The last bytes of a stream, however small the pieces are in which it comes. */
class Tail {
  readonly #length: number
  #kept: Buffer
  #filled = 0
  size = 0

  constructor(length: number) {
    this.#length = length
    this.#kept = Buffer.alloc(0)
  }

  feed(chunk: Uint8Array): void {
    this.size += chunk.length
    const last = chunk.subarray(-this.#length)
    if (this.#filled + last.length > this.#kept.length) this.#makeRoom(last.length)
    this.#kept.set(last, this.#filled)
    this.#filled += last.length
  }

  bytes(): Buffer {
    return this.#kept.subarray(Math.max(0, this.#filled - this.#length), this.#filled)
  }

  /** Twice the length, so that what is kept moves to the front once in a while and not with every piece. */
  #makeRoom(more: number): void {
    const kept = this.bytes()
    const needed = Math.min(2 * this.#length, Math.max(4096, 2 * (this.#filled + more)))
    const target = this.#kept.length < needed ? Buffer.alloc(needed) : this.#kept
    kept.copy(target)
    this.#kept = target
    this.#filled = kept.length
  }
}

/**
 * Looks for the entry of a PDF that names its encryption. It stands in a trailer or in the dictionary of a cross-reference stream, which are never
 * packed themselves (ISO 32000-2, 7.5.5 and 7.5.8), at the end of the file or, where it was written for the web, near its beginning.
 */
class Lock {
  #carried = Buffer.alloc(0)
  found = false

  feed(chunk: Uint8Array): void {
    if (this.found) return
    const joined = Buffer.concat([this.#carried, chunk])
    for (let at = joined.indexOf('/Encrypt'); at >= 0; at = joined.indexOf('/Encrypt', at + 1))
      this.found ||= /^\/Encrypt[\s\0]*(\d+[\s\0]+\d+[\s\0]+R|<<)/.test(joined.toString('latin1', at, at + 48))
    // an entry cut by the end of a piece is seen whole with the next
    this.#carried = Buffer.from(joined.subarray(-48))
  }
}

/** An office document, by the parts that the archive's directory names. */
function kindOfArchive(head: Buffer, { parts }: Archive): FileKind | undefined {
  const names = parts.map((part) => part.name)
  if (names.some((name) => /vbaProject|(^|\/)(Basic|Scripts)\//i.test(name))) return undefined
  const first = head.subarray(30, 30 + head.readUInt16LE(26)).toString('latin1')
  const openDocument: FileKind = 'application/vnd.oasis.opendocument.text'
  if (
    first === 'mimetype' &&
    head.subarray(38, 38 + openDocument.length).toString('latin1') === openDocument &&
    names.includes('content.xml')
  )
    return openDocument
  if (!names.includes('[Content_Types].xml')) return undefined
  if (names.includes('word/document.xml'))
    return 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  if (names.includes('xl/workbook.xml')) return 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return undefined
}

/** A name that can be kept and shown: no folders, no invisible signs, and an ending that tells what the file is. */
export function fileName(given: string, kind: FileKind): string {
  const base = given.normalize('NFC').split(/[\\/]/).at(-1) ?? ''
  const visible =
    base
      .replaceAll(/[\p{C}"<>|:*?]/gu, '')
      .replace(/^[.\s]+/, '')
      .trim() || 'file'
  const endings: readonly string[] = kinds[kind]
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(visible)?.[1]?.toLowerCase() ?? ''
  // A script that passes as text must not be started by a double click.
  if (endings.includes(ending))
    return `${[...visible]
      .slice(0, 200 - ending.length - 1)
      .join('')
      .replace(new RegExp(`\\.${ending}$`, 'i'), '')}.${ending}`
  return `${[...visible].slice(0, 190).join('')}.${endings[0]}`
}
