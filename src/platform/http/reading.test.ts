import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BadText, cleanText, cleanValue, decodeUtf8 } from './clean.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { openFlash, sealFlash } from './flash.ts'
import { field, nestFields, readUrlencoded } from './form-fields.ts'
import { isSameOrigin, ownPath } from './same-origin.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('text that comes in', () => {
  it('refuses what no database text holds, and names the field', () => {
    expect(() => readUrlencoded(bytes('name=a%00b'))).toThrow(expect.objectContaining({ path: 'name', reason: 'nul' }))
    expect(() => readUrlencoded(bytes('name=%FF'))).toThrow(
      expect.objectContaining({ path: 'name', reason: 'encoding' }),
    )
    expect(() => cleanValue('', { a: ['\ud800'] })).toThrow(
      expect.objectContaining({ path: 'a.0', reason: 'surrogate' }),
    )
    expect(() => decodeUtf8('body', new Uint8Array([0xff, 0xfe]))).toThrow(BadText)
  })

  it('is kept in one form: NFC, line breaks as LF', () => {
    expect(cleanText('', 'Ж\u0301 и\u0306\r\nx\ry')).toBe('Ж\u0301 й\nx\ny')
  })

  it('never changes a text that is clean already', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.includes('\u0000') && text.isWellFormed())
        const once = cleanText('', text)
        expect(cleanText('', once)).toBe(once)
      }),
    )
  })
})

describe('forms', () => {
  it('nest by dotted names, and what was not typed is not sent', () => {
    const fields = readUrlencoded(
      bytes(
        'names.uk=%D0%94%D1%96%D0%BC&names.de=&activities.1.uk=b&activities.0.uk=a&forms%5B%5D=day&forms%5B%5D=home&_key=12345678',
      ),
    )
    expect(nestFields(fields)).toEqual({
      names: { uk: 'Дім' },
      activities: [{ uk: 'a' }, { uk: 'b' }],
      forms: ['day', 'home'],
    })
    expect(field(fields, 'names.de')).toBeUndefined()
  })

  it('cannot reach the prototype of objects', () => {
    const nested = nestFields(readUrlencoded(bytes('__proto__.admin=1&constructor.prototype.admin=1&a.__proto__.b=1')))
    expect(nested).toEqual({})
    expect(({} as Record<string, unknown>).admin).toBeUndefined()
  })

  it('never throw on any names and values', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.string())), (pairs) => {
        const fields = new Map(pairs.map(([name, value]) => [name, [value]]))
        expect(() => nestFields(fields)).not.toThrow()
      }),
    )
  })
})

describe('cursors', () => {
  it('come back as they went, and nothing else is taken for one', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            fc.double({ noNaN: true, noDefaultInfinity: true, noInteger: false }).filter((n) => !Object.is(n, -0)),
            fc.constant(null),
          ),
          { maxLength: 5 },
        ),
        (values) => {
          expect(decodeCursor(encodeCursor(values), values.length)).toEqual(values)
          expect(decodeCursor(encodeCursor(values), values.length + 1)).toBeUndefined()
        },
      ),
    )
    fc.assert(fc.property(fc.string(), (text) => void expect(() => decodeCursor(text, 2)).not.toThrow()))
  })
})

describe('abuse 24: nobody is led elsewhere', () => {
  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    '',
    undefined,
    null,
  ])('ownPath(%j) is the front page or a path of ours', (given) => {
    const path = ownPath(given)
    expect(new URL(path, 'http://own.invalid').origin).toBe('http://own.invalid')
  })

  it('keeps a path of ours with its query', () => {
    expect(ownPath('/find?what=war&where=DK')).toBe('/find?what=war&where=DK')
  })

  it('always stays with us', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.string().map((rest) => `/${rest}`),
          fc
            .array(fc.constantFrom('/', '.', '..', '%2e', '\\', '\t', 'x', '?', '#'))
            .map((parts) => `/${parts.join('')}`),
        ),
        (given) => void expect(new URL(ownPath(given), 'http://own.invalid').origin).toBe('http://own.invalid'),
      ),
    )
  })
})

describe('abuse 24: a form of another site changes nothing', () => {
  const sent = (headers: Record<string, string>) => new Request('http://own.example/x', { method: 'POST', headers })
  it.each([
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'none' }, true],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ origin: 'http://own.example' }, true],
    [{ origin: 'http://evil.example' }, false],
    [{ origin: 'null' }, false],
    [{ referer: 'http://evil.example/own.example' }, false],
    [{}, true],
  ])('%j', (headers, expected) => {
    expect(isSameOrigin(sent(headers as Record<string, string>), 'http://own.example')).toBe(expected)
  })
})

describe('messages to the next page', () => {
  it('cannot be made by others', () => {
    const sealed = sealFlash({ kind: 'done', text: 'Saved' }, 'secret')
    expect(openFlash(sealed, 'secret')).toEqual({ kind: 'done', text: 'Saved' })
    expect(openFlash(sealed, 'other')).toBeUndefined()
    expect(openFlash(`${sealed}x`, 'secret')).toBeUndefined()
    expect(openFlash('a.b.c', 'secret')).toBeUndefined()
    expect(openFlash(undefined, 'secret')).toBeUndefined()
  })
})
