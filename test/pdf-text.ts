import { inflateSync } from 'node:zlib'

/**
 * The words of a PDF as a reader's program would copy them, for documents as `makePdf` makes them: one font file for each face, glyphs as hex, and
 * a table from glyphs to letters. White space is one space each.
 */
export function pdfText(pdf: Uint8Array): string {
  const objects = objectsOf(Buffer.from(pdf))
  const lettersOf = new Map<string, Map<string, string>>()
  for (const { head } of objects.values())
    for (const [, fonts = ''] of head.matchAll(/\/Font\s*<<([\s\S]*?)>>/g))
      for (const [, name = '', id = ''] of fonts.matchAll(/\/(\w+)\s+(\d+) 0 R/g)) {
        const table = /\/ToUnicode\s+(\d+) 0 R/.exec(objects.get(id)?.head ?? '')?.[1]
        if (table) lettersOf.set(name, lettersIn(objects.get(table)?.stream ?? ''))
      }
  const words: string[] = []
  for (const { stream } of objects.values()) {
    if (!/\bTJ\b/.test(stream)) continue
    let letters = new Map<string, string>()
    for (const [, font, shown] of stream.matchAll(/\/(\w+)\s+[\d.]+\s+Tf|\[([^\]]*)\]\s*TJ/g)) {
      if (font) letters = lettersOf.get(font) ?? letters
      for (const [, hex = ''] of (shown ?? '').matchAll(/<([0-9a-f]*)>/gi))
        words.push(...(hex.match(/.{4}/g) ?? []).map((glyph) => letters.get(glyph.toLowerCase()) ?? ''))
      if (shown !== undefined) words.push(' ')
    }
  }
  return words.join('').replaceAll(/\s+/g, ' ')
}

function objectsOf(pdf: Buffer): Map<string, { head: string; stream: string }> {
  const text = pdf.toString('latin1')
  const objects = new Map<string, { head: string; stream: string }>()
  for (const match of text.matchAll(/(\d+) 0 obj\n([\s\S]*?)(?:stream\r?\n|endobj)/g)) {
    const [whole, id = '', head = ''] = match
    let stream = ''
    const length = /\/Length (\d+)/.exec(head)?.[1]
    if (length && whole.endsWith('stream\n')) {
      const at = match.index + whole.length
      const bytes = pdf.subarray(at, at + Number(length))
      stream = (/\/FlateDecode/.test(head) ? inflateSync(bytes) : bytes).toString('latin1')
    }
    objects.set(id, { head, stream })
  }
  return objects
}

/** Glyph (four hex digits) → letters, of a table with ranges that name each glyph's letters. */
function lettersIn(table: string): Map<string, string> {
  const letters = new Map<string, string>()
  // a ligature stands for two letters, which are written with a space between them
  for (const [, from = '', list = ''] of table.matchAll(/<([0-9a-f]{4})>\s*<[0-9a-f]{4}>\s*\[([^\]]*)\]/gi))
    for (const [at, [, hex = '']] of [...list.matchAll(/<([0-9a-f ]*)>/gi)].entries())
      letters.set(
        (Number.parseInt(from, 16) + at).toString(16).padStart(4, '0'),
        Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'),
      )
  return letters
}
