import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { fileName, kinds, Sniffer } from './kinds.ts'

/** Feeds bytes in pieces of one length. @returns the kind, or why it is none */
function sniff(bytes: Uint8Array, length = 1000): string {
  const sniffer = new Sniffer()
  for (let at = 0; at < bytes.length; at += length) {
    sniffer.feed(bytes.subarray(at, at + length))
    if (sniffer.objection) return sniffer.objection
  }
  const finding = sniffer.finish()
  return finding.is === 'kind' ? finding.kind : finding.reason
}

const zip = (parts: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])))
const odtType = 'application/vnd.oasis.opendocument.text'
const odt = zipSync({ mimetype: [strToU8(odtType), { level: 0 }], 'content.xml': strToU8('<a/>') })
const docx = zip({ '[Content_Types].xml': '<a/>', '_rels/.rels': '<a/>', 'word/document.xml': '<a/>' })
const xlsx = zip({ '[Content_Types].xml': '<a/>', 'xl/workbook.xml': '<a/>' })
const latin = (text: string) => Buffer.from(text, 'latin1')

describe('what a file is', () => {
  test.each([
    ['application/pdf', latin('%PDF-1.7 …')],
    ['image/png', latin('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')],
    ['image/jpeg', latin('\xff\xd8\xff\xe0\0\x10JFIF\0')],
    ['image/webp', latin('RIFF\x10\0\0\0WEBPVP8 ')],
    ['image/heic', latin('\0\0\0\x18ftypheic\0\0\0\0')],
    ['text/plain', Buffer.from('Привіт, це лист.\r\n\tІ табуляція. Ærø, Öl 🌳')],
    [odtType, odt],
    ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', docx],
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', xlsx],
  ])('files: %s is known by its bytes, however they come', (kind, bytes) => {
    for (const length of [1, 3, 7, 1000]) expect(sniff(bytes, length)).toBe(kind)
  })

  test.each([
    ['a program of Linux', latin('\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0')],
    ['a program of Windows', latin('MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff')],
    ['an archive of anything', zip({ 'run.sh': 'rm -rf' })],
    ['an archive cut off', docx.subarray(0, docx.length - 40)],
    [
      'a document with macros',
      zip({ '[Content_Types].xml': '<a/>', 'word/document.xml': '<a/>', 'word/vbaProject.bin': 'x' }),
    ],
    [
      'an open document with macros',
      zipSync({
        mimetype: [strToU8(odtType), { level: 0 }],
        'content.xml': strToU8('<a/>'),
        'Basic/Standard/Module1.xml': strToU8('x'),
      }),
    ],
    ['text with a zero byte', latin('hello\0world, this is long enough')],
    ['text in an old encoding', latin('Stra\xdfe und \xe6bler, gr\xf8d')],
    ['text that breaks off within a letter', Buffer.from('Привіт').subarray(0, 11)],
    ['a moving picture', latin('\0\0\0\x18ftypmp42\0\0\0\0')],
    ['nothing', Buffer.alloc(0)],
  ])('files: %s is none of the kinds', (_, bytes) => {
    for (const length of [1, 5, 1000]) expect(sniff(bytes, length)).toBe('unknown kind')
  })

  test('files: any bytes at all are answered, and any text is text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), fc.integer({ min: 50, max: 700 }), (bytes, length) => {
        expect(['unknown kind', 'text/plain']).toContain(sniff(bytes, length))
      }),
    )
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 50 })
      .map((words) => `– ${words.replaceAll(/\p{Cc}/gu, '')}`)
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), (words, length) => {
        expect(sniff(Buffer.from(words), length)).toBe('text/plain')
      }),
    )
  })
})

const pdf = (trailer: string) => latin(`%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n${trailer}\n%%EOF\n`)
/** Bytes as those of a packed picture, the same in every run. */
const noise = (length: number) => {
  const bytes = Buffer.alloc(length)
  let state = 7
  for (let at = 0; at < length; at++) {
    state = (state * 1103515245 + 12345) % 2147483648
    bytes[at] = state >> 16
  }
  return bytes
}

describe('a PDF with a password', () => {
  const far = Buffer.concat([latin('stream\n'), noise(400_000), latin('\nendstream\nendobj\n')])
  test.each([
    ['in its trailer', pdf('trailer\n<</Size 9/Root 1 0 R/Encrypt 8 0 R/ID[<00><00>]>>\nstartxref\n9')],
    ['in the trailer itself', pdf('trailer\n<</Root 1 0 R\n/Encrypt\r\n<</Filter/Standard/V 4>>>>\nstartxref\n9')],
    [
      'in a stream of references longer than the last bytes',
      Buffer.concat([pdf('7 0 obj\n<</Type/XRef/Encrypt 5 0 R/W[1 2 1]>>'), far, latin('startxref\n9\n%%EOF')]),
    ],
    ['at its beginning, as written for the web', Buffer.concat([pdf('<</Encrypt 12 0 R/Info 3 0 R>>'), far, pdf('')])],
  ])('INT-4: named %s, is known as such', (_, bytes) => {
    for (const length of [1, 13, 4096, 1_000_000]) expect(sniff(bytes, length)).toBe('encrypted')
  })

  test('INT-4: one that only speaks of encryption is read', () => {
    const text = pdf('<</EncryptMetadata false>> (how to /Encrypt a letter) Tj\ntrailer\n<</Root 1 0 R>>')
    expect(sniff(text, 5)).toBe('application/pdf')
  })
})

describe('bytes that pass as two kinds at once', () => {
  const archive = zip({ 'run.sh': 'rm -rf', 'a.txt': 'b' })
  // its directory is longer than what is kept of a file
  const long = zip(Object.fromEntries(Array.from({ length: 4000 }, (_, at) => [`${'long'.repeat(15)}/${at}`, ''])))
  const png = Buffer.concat([latin('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'), noise(300_000)])
  const jpeg = (more: string) => Buffer.concat([latin(`\xff\xd8\xff\xe0\0\x10JFIF\0${more}`), noise(3000)])
  test.each([
    ['a picture with an archive behind it', Buffer.concat([png, archive])],
    ['a picture with a long archive behind it', Buffer.concat([png, long])],
    ['a PDF with an archive behind it', Buffer.concat([pdf('trailer'), archive])],
    ['a PDF with an archive and words behind it', Buffer.concat([pdf('trailer'), archive, latin('\n%%EOF\n')])],
    ['a picture that is a PDF too', jpeg('\n%PDF-1.4\n')],
    ['text that is a PDF too', latin('Dear all,\n%PDF-1.4\n1 0 obj')],
    ['a page that is a PDF too', Buffer.concat([latin('<html><script>x()</script>\n%PDF-1.4\n'), noise(2000)])],
    ['a PDF that is a page too', latin('%PDF-1.4\n<html><script>x()</script></html>\n1 0 obj')],
    [
      'a document that is a PDF too',
      zipSync({ mimetype: [strToU8('%PDF-1.4'), { level: 0 }], 'content.xml': strToU8('') }),
    ],
    ['a document with words behind it', Buffer.concat([docx, latin('<script>x()</script>')])],
    ['a document with an archive before it', Buffer.concat([archive, docx])],
  ])('INT-4: %s is refused', (_, bytes) => {
    for (const length of [4, 1000, 1_000_000]) expect(sniff(bytes, length)).toBe('mixed')
  })

  test('INT-4: pictures that only look a little like it are taken', () => {
    const moving = Buffer.concat([jpeg('Exif\0\0MotionPhoto'), latin('\0\0\0\x18ftypmp42'), noise(5000)])
    expect(sniff(moving)).toBe('image/jpeg')
    expect(sniff(jpeg('<!-- <script>harmless()</script> -->'))).toBe('image/jpeg')
    const chance = Buffer.concat([png, Buffer.of(0x50, 0x4b, 5, 6), noise(60)])
    expect(sniff(chance, 977)).toBe('image/png')
  })
})

describe('documents that are made to fill a memory', () => {
  const document = (parts: Record<string, Uint8Array>) =>
    zipSync({ '[Content_Types].xml': strToU8('<a/>'), 'word/document.xml': strToU8('<a/>'), ...parts })
  /** A document whose directory says of its last part how large it is, and how large once unpacked; the ratio alone harms nobody. */
  const claiming = (bytes: number) => {
    const made = Buffer.from(docx)
    const entry = made.lastIndexOf(Buffer.of(0x50, 0x4b, 1, 2))
    made.writeUInt32LE(Math.ceil(bytes / 10), entry + 20)
    made.writeUInt32LE(bytes, entry + 24)
    return made
  }
  test.each([
    ['one that unpacks to more than 100 MB', claiming(100_000_001)],
    ['one that unpacks to more than its archive can say', claiming(0xffff_ffff)],
    ['one that unpacks to more than 200 times its size', document({ 'word/media/a.bmp': new Uint8Array(9_000_000) })],
    ['one with an archive within', document({ 'word/embeddings/More.ZIP': zip({ 'a.txt': 'b' }) })],
  ])('INT-4: %s is refused', (_, bytes) => {
    expect(sniff(bytes)).toBe('overpacked')
  })

  test('INT-4: a document with a table within is taken, and one that packs well', () => {
    expect(sniff(claiming(90_000_000))).toMatch(/wordprocessingml/)
    expect(sniff(document({ 'word/embeddings/Table.xlsx': xlsx, 'word/styles.xml': new Uint8Array(900_000) }))).toMatch(
      /wordprocessingml/,
    )
  })
})

describe('what a file is called', () => {
  test.each([
    ['Заява.pdf', 'application/pdf', 'Заява.pdf'],
    ['photo.JPEG', 'image/jpeg', 'photo.jpeg'],
    ['run.bat', 'text/plain', 'run.bat.txt'],
    ['page.html', 'text/plain', 'page.html.txt'],
    ['../../etc/passwd', 'text/plain', 'passwd.txt'],
    [
      'C:\\Users\\anna\\brev.docx',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'brev.docx',
    ],
    ['evil\u202Efdp.exe', 'application/pdf', 'evilfdp.exe.pdf'],
    ['a"b\r\nSet-Cookie: x.png', 'image/png', 'abSet-Cookie x.png'],
    ['', 'image/png', 'file.png'],
    ['...', 'image/png', 'file.png'],
  ] as const)('files: %j of kind %s is kept as %j', (given, kind, kept) => {
    expect(fileName(given, kind)).toBe(kept)
  })

  test('files: every name ends as its kind does, is no path, and is short enough', () => {
    const kind = fc.constantFrom(...(Object.keys(kinds) as (keyof typeof kinds)[]))
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), kind, (given, type) => {
        const name = fileName(given, type)
        expect(kinds[type].some((ending) => name.endsWith(`.${ending}`))).toBe(true)
        expect(name).not.toMatch(/[\\/\p{C}"]/u)
        expect([...name].length).toBeLessThanOrEqual(200)
        expect(name.startsWith('.')).toBe(false)
      }),
    )
  })
})
