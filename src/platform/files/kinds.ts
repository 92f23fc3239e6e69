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

const headLength = 512
/** Holds the directory of an office document with some thousand parts. */
const tailLength = 256 * 1024

/**
 * Tells what a file is by its bytes, never by what the sender calls it. Memory stays flat: it keeps the first and the last bytes.
 * Documents with macros, and everything not on the list, are no kind at all.
 */
export class Sniffer {
  #head = Buffer.alloc(0)
  #tail = Buffer.alloc(0)
  #text: TextDecoder | undefined = new TextDecoder('utf-8', { fatal: true })

  feed(chunk: Uint8Array): void {
    if (this.#head.length < headLength)
      this.#head = Buffer.concat([this.#head, chunk.subarray(0, headLength - this.#head.length)])
    if (this.#isZip()) {
      const joined = Buffer.concat([this.#tail, chunk])
      this.#tail = joined.length > tailLength ? Buffer.from(joined.subarray(-tailLength)) : joined
    } else this.#readText(chunk)
  }

  /** False as soon as nothing that follows can make this one of the kinds. */
  get possible(): boolean {
    return this.#head.length < 12 || this.#isZip() || this.#byMagic() !== undefined || this.#text !== undefined
  }

  /** The kind of the whole file, once all of it was fed. */
  finish(): FileKind | undefined {
    const magic = this.#byMagic()
    if (magic) return magic
    if (this.#isZip()) return kindOfArchive(this.#head, this.#tail)
    if (this.#head.length > 0) this.#readText(undefined)
    return this.#head.length > 0 && this.#text ? 'text/plain' : undefined
  }

  #isZip(): boolean {
    return this.#head.subarray(0, 4).equals(Buffer.of(0x50, 0x4b, 3, 4))
  }

  #byMagic(): FileKind | undefined {
    const head = this.#head
    const at = (start: number, bytes: string) =>
      head.subarray(start, start + bytes.length).equals(Buffer.from(bytes, 'latin1'))
    if (at(0, '%PDF-')) return 'application/pdf'
    if (at(0, '\x89PNG\r\n\x1a\n')) return 'image/png'
    if (at(0, '\xff\xd8\xff')) return 'image/jpeg'
    if (at(0, 'RIFF') && at(8, 'WEBP')) return 'image/webp'
    if (at(4, 'ftyp') && ['heic', 'heix', 'mif1', 'msf1', 'heim', 'heis'].some((brand) => at(8, brand)))
      return 'image/heic'
    return undefined
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

/** An office document, by the parts that the archive's directory names. */
function kindOfArchive(head: Buffer, tail: Buffer): FileKind | undefined {
  const names = partsOf(tail)
  if (!names || names.some((name) => /vbaProject|(^|\/)(Basic|Scripts)\//i.test(name))) return undefined
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

/** The names in the central directory of a zip archive, read from its last bytes. @returns undefined where it is damaged, or longer than these */
function partsOf(tail: Buffer): string[] | undefined {
  const end = tail.lastIndexOf(Buffer.of(0x50, 0x4b, 5, 6))
  if (end < 0 || end + 22 > tail.length) return undefined
  const count = tail.readUInt16LE(end + 10)
  let at = end - tail.readUInt32LE(end + 12)
  const names: string[] = []
  for (let part = 0; part < count; part++) {
    if (at < 0 || at + 46 > end || tail.readUInt32LE(at) !== 0x02014b50) return undefined
    const length = tail.readUInt16LE(at + 28)
    names.push(tail.subarray(at + 46, at + 46 + length).toString('utf8'))
    at += 46 + length + tail.readUInt16LE(at + 30) + tail.readUInt16LE(at + 32)
  }
  return names
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
