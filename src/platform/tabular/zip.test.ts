import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { type ArchiveLimits, isSafeName, readArchive, writeArchive } from './zip.ts'

function problem(archive: Uint8Array, limits: Partial<ArchiveLimits> = {}): unknown {
  const reading = readArchive(archive, limits)
  return reading.ok ? [...reading.entries.keys()] : reading.problem.message
}

test('zip: what is packed is unpacked', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.stringMatching(/^[a-zа-яø]{1,8}(\/[a-z0-9]{1,8})?\.csv$/), fc.uint8Array({ maxLength: 300 }), {
        maxKeys: 5,
      }),
      (files) => {
        const names = Object.keys(files)
        fc.pre(new Set(names.map((name) => name.normalize('NFC').toLowerCase())).size === names.length)
        const reading = readArchive(writeArchive(Object.entries(files)))
        expect(reading.ok && [...reading.entries].map(([name, content]) => [name, [...content]])).toEqual(
          Object.entries(files).map(([name, content]) => [name, [...content]]),
        )
      },
    ),
  )
})

test('zip: equal files give equal archives', () => {
  expect(writeArchive([['a.csv', 'x']])).toEqual(writeArchive([['a.csv', 'x']]))
})

test('zip: only wanted entries are unpacked, folders are none', () => {
  const archive = zipSync({ 'a/': new Uint8Array(), 'a/b.csv': strToU8('1'), 'c.txt': strToU8('2') })
  const reading = readArchive(archive, {}, (name) => name.endsWith('.csv'))
  expect(reading.ok && [...reading.entries.keys()]).toEqual(['a/b.csv'])
})

test.each(['../x', 'a/../../x', '/etc/passwd', 'C:/x', 'a\\..\\x', './x', 'a//x', '..', 'a/./x', 'a\u0000.csv', ''])(
  'abuse: the name %j is refused',
  (name) => {
    expect(isSafeName(name)).toBe(false)
    expect(() => writeArchive([[name, 'x']])).toThrow(RangeError)
    if (name !== '') expect(problem(zipSync({ [name]: strToU8('x') }))).toMatchObject({ code: 'archive-name' })
  },
)

test('abuse: one name twice, also in another spelling, is refused', () => {
  expect(problem(zipSync({ 'Ä.csv': strToU8('1'), 'a\u0308.csv': strToU8('2') }))).toMatchObject({
    code: 'archive-name-twice',
  })
})

test('abuse: too much is refused before it is unpacked', () => {
  expect(problem(zipSync({ a: strToU8('1'), b: strToU8('2') }), { entries: 1 })).toEqual({
    code: 'archive-too-many-entries',
    found: 2,
    limit: 1,
  })
  expect(problem(zipSync({ a: new Uint8Array(600), b: new Uint8Array(600) }), { unpacked: 1_000 })).toEqual({
    code: 'archive-too-large',
    limit: 1_000,
  })
  expect(problem(zipSync({ a: new Uint8Array(5_000_000) }))).toEqual({ code: 'archive-bomb', name: 'a', limit: 200 })
})

test('zip: a changed byte is noticed, whatever it is', () => {
  const archive = writeArchive([['a.csv', 'name,town\nA,Kharkiv\n'.repeat(20)]])
  const before = readArchive(archive)
  for (let place = 0; place < archive.length; place++) {
    const bad = Uint8Array.from(archive)
    bad[place] = (bad[place] ?? 0) ^ 0x11
    const after = readArchive(bad)
    // a changed time or version harms nobody; a changed content would
    if (after.ok)
      for (const content of after.entries.values())
        expect([...content]).toEqual(before.ok ? [...(before.entries.get('a.csv') ?? [])] : [])
  }
})

test('zip: encrypted and unknown archives say so', () => {
  const archive = Buffer.from(writeArchive([['a.csv', 'x']]))
  archive.writeUInt16LE(1, archive.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 8)
  expect(problem(archive)).toEqual({ code: 'archive-encrypted', name: 'a.csv' })
  expect(problem(new Uint8Array())).toEqual({ code: 'not-an-archive' })
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(problem(bytes)).toBeDefined()
    }),
  )
})
