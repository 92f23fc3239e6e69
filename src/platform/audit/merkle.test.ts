import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { leafHash, merkleRoot } from './merkle.ts'

const hash = (...pieces: Uint8Array[]) => createHash('sha256').update(Buffer.concat(pieces)).digest()

/** The definition of RFC 6962, section 2.1, word for word: split at the largest power of two below the count. */
function byDefinition(entries: readonly Uint8Array[]): Buffer {
  const [first] = entries
  if (!first) return hash()
  if (entries.length === 1) return hash(Buffer.of(0), first)
  let split = 1
  while (split * 2 < entries.length) split *= 2
  return hash(Buffer.of(1), byDefinition(entries.slice(0, split)), byDefinition(entries.slice(split)))
}

const entries = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 70 })

test('audit: the root is the Merkle tree hash of RFC 6962 for every list of entries', () => {
  fc.assert(
    fc.property(entries, (list) => {
      expect(merkleRoot(list.map(leafHash)).equals(byDefinition(list))).toBe(true)
    }),
  )
})

test('audit: the hash of an empty tree is the one that RFC 6962 names', () => {
  expect(merkleRoot([]).toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})

test('audit: whoever changes, removes, adds or swaps an entry changes the root', () => {
  const unique = fc.uniqueArray(fc.uint8Array({ minLength: 1, maxLength: 20 }), {
    minLength: 2,
    maxLength: 60,
    selector: (bytes) => Buffer.from(bytes).toString('hex'),
  })
  fc.assert(
    fc.property(unique, fc.nat(), fc.nat(), fc.uint8Array({ maxLength: 20 }), (list, one, other, foreign) => {
      const root = merkleRoot(list.map(leafHash)).toString('hex')
      const at = one % list.length
      const there = (at + 1 + (other % (list.length - 1))) % list.length
      const rootOf = (altered: readonly Uint8Array[]) => merkleRoot(altered.map(leafHash)).toString('hex')
      const fresh = Buffer.concat([Buffer.from('not among them: '), Buffer.alloc(30), foreign])
      expect(rootOf(list.with(at, fresh))).not.toBe(root)
      expect(rootOf(list.toSpliced(at, 1))).not.toBe(root)
      expect(rootOf(list.toSpliced(at, 0, fresh))).not.toBe(root)
      expect(rootOf(list.with(at, list[there] ?? fresh).with(there, list[at] ?? fresh))).not.toBe(root)
    }),
  )
})

test('audit: an entry cannot pass as an inner node', () => {
  const [left, right] = [leafHash('a'), leafHash('b')]
  expect(leafHash(Buffer.concat([left, right])).equals(merkleRoot([left, right]))).toBe(false)
})
