import { createHash } from 'node:crypto'
import { ArchiveDamaged } from './archive.ts'

/**
 * A gzip file followed by a second, empty one whose comment is the SHA-256 of the first. Every program that unpacks gzip passes over it;
 * here it shows any change, also of bits that the packing leaves unused, and any cut.
 */
function trailer(digest: string): Buffer {
  // RFC 1952: magic, deflate, FCOMMENT, no time, no flags, system unknown; the comment; an empty block; checksum and length of nothing.
  const head = Buffer.from('1f8b08100000000000ff', 'hex')
  return Buffer.concat([
    head,
    Buffer.from(`linden sha256 ${digest}\0`, 'latin1'),
    Buffer.from('0300', 'hex'),
    Buffer.alloc(8),
  ])
}

const length = trailer('0'.repeat(64)).length
const magic = Buffer.from('1f8b', 'hex')

/** Adds the digest behind what passes. */
export async function* signed(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  for await (const chunk of source) {
    hash.update(chunk)
    yield chunk
  }
  yield trailer(hash.digest('hex'))
}

/** Takes the digest away again. @throws ArchiveDamaged at the end, where it does not fit, and at the beginning of what is no gzip file */
export async function* checked(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  let held: Buffer = Buffer.alloc(0)
  let begun = false
  for await (const chunk of source) {
    held = Buffer.concat([held, chunk])
    if (held.length <= length) continue
    const passed = held.subarray(0, held.length - length)
    if (!begun && !startsAlike(passed)) throw new ArchiveDamaged('it is no backup of Linden')
    begun = true
    hash.update(passed)
    yield passed
    held = Buffer.from(held.subarray(held.length - length))
  }
  if (!begun) throw new ArchiveDamaged(startsAlike(held) ? 'its end is missing' : 'it is no backup of Linden')
  if (held.equals(trailer(hash.digest('hex')))) return
  throw new ArchiveDamaged('its end is missing, or it was changed after it had been written')
}

/** Beginnings that are too short to tell may be one of ours. */
function startsAlike(start: Buffer): boolean {
  const known = Math.min(start.length, magic.length)
  return start.subarray(0, known).equals(magic.subarray(0, known))
}
