import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { fileName, kinds, Sniffer } from './kinds.ts'

/** Feeds bytes in pieces of one length. */
function sniff(bytes: Uint8Array, length = 1000) {
  const sniffer = new Sniffer()
  for (let at = 0; at < bytes.length; at += length) {
    sniffer.feed(bytes.subarray(at, at + length))
    if (!sniffer.possible) return undefined
  }
  return sniffer.finish()
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
    for (const length of [1, 5, 1000]) expect(sniff(bytes, length)).toBeUndefined()
  })

  test('files: any bytes at all are answered, and any text is text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), fc.integer({ min: 50, max: 700 }), (bytes, length) => {
        expect([undefined, 'text/plain']).toContain(sniff(bytes, length))
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
