import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/*
 * Bytes at rest: `LDN1`, then pieces of 64 KiB, each under AES-256-GCM with its tag behind it. The key is made for this file alone, so the
 * number of the piece serves as nonce; its last byte says whether this is the end, so that nothing can be cut off, put in or swapped.
 */
const magic = Buffer.from('LDN1')
const piece = 64 * 1024
const tagLength = 16

/** What is stored cannot be read: it was changed, cut, or belongs to another key. */
export class Unreadable extends Error {
  constructor() {
    super('The stored bytes were changed, cut, or encrypted under another secret.')
    this.name = 'Unreadable'
  }
}

/** A key for one file. */
export const newKey = (): Buffer => randomBytes(32)

function nonce(index: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeBigUInt64BE(BigInt(index), 0)
  bytes[11] = last ? 1 : 0
  return bytes
}

/** Encrypts a stream; holds one piece at a time. */
export async function* encrypt(content: AsyncIterable<Uint8Array>, key: Uint8Array): AsyncGenerator<Buffer> {
  yield magic
  let index = 0
  const seal = (plain: Buffer, last: boolean) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonce(index++, last)).setAAD(magic)
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  }
  for await (const { bytes, last } of pieces(content, piece)) yield seal(bytes, last)
}

/** Decrypts a stream; nothing unchecked leaves it. @throws Unreadable */
export async function* decrypt(content: AsyncIterable<Uint8Array>, key: Uint8Array): AsyncGenerator<Buffer> {
  let index = 0
  const open = (sealed: Buffer, last: boolean) => {
    if (sealed.length < tagLength) throw new Unreadable()
    const decipher = createDecipheriv('aes-256-gcm', key, nonce(index++, last))
      .setAAD(magic)
      .setAuthTag(sealed.subarray(-tagLength))
    try {
      return Buffer.concat([decipher.update(sealed.subarray(0, -tagLength)), decipher.final()])
    } catch {
      throw new Unreadable()
    }
  }
  for await (const { bytes, last } of pieces(withoutMagic(content), piece + tagLength)) yield open(bytes, last)
}

async function* withoutMagic(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head = Buffer.alloc(0)
  let passed = false
  for await (const chunk of content) {
    if (passed) {
      yield chunk
      continue
    }
    head = Buffer.concat([head, chunk])
    if (head.length < magic.length) continue
    if (!head.subarray(0, magic.length).equals(magic)) throw new Unreadable()
    passed = true
    yield head.subarray(magic.length)
  }
  if (!passed) throw new Unreadable()
}

/** Cuts a stream into pieces of one length; the last may be shorter, and is known as such. */
async function* pieces(
  content: AsyncIterable<Uint8Array>,
  length: number,
): AsyncGenerator<{ bytes: Buffer; last: boolean }> {
  let waiting: Uint8Array[] = []
  let size = 0
  for await (const chunk of content) {
    waiting.push(chunk)
    size += chunk.length
    // One byte more than a piece: so what remains at the end is never nothing, unless there was nothing at all.
    if (size <= length) continue
    let joined = Buffer.concat(waiting)
    while (joined.length > length) {
      yield { bytes: joined.subarray(0, length), last: false }
      joined = joined.subarray(length)
    }
    waiting = [joined]
    size = joined.length
  }
  yield { bytes: Buffer.concat(waiting), last: true }
}

/** The key that wraps the keys of files, made from the secret of the instance. */
export function wrappingKey(secret: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, new Uint8Array(), 'linden files 1', 32))
}

/** Wraps the key of a file. @param location binds it to its bytes */
export function wrapKey(key: Uint8Array, wrapping: Uint8Array, location: string): Buffer {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', wrapping, iv).setAAD(Buffer.from(location))
  return Buffer.concat([iv, cipher.update(key), cipher.final(), cipher.getAuthTag()])
}

/** @throws Unreadable where the secret is another one, or the key belongs to other bytes */
export function unwrapKey(wrapped: Uint8Array, wrapping: Uint8Array, location: string): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', wrapping, wrapped.subarray(0, 12))
    decipher.setAAD(Buffer.from(location)).setAuthTag(wrapped.subarray(-tagLength))
    return Buffer.concat([decipher.update(wrapped.subarray(12, -tagLength)), decipher.final()])
  } catch {
    throw new Unreadable()
  }
}
