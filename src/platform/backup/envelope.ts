import { createCipheriv, createDecipheriv, createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { ArchiveDamaged, BackupRefused } from './archive.ts'

/**
 * An encrypted archive: magic word, salt, check of the key; then frames of AES-256-GCM, each with its length and its tag. The number of a
 * frame is its nonce, and the last one says that it is the last: frames cannot be changed, reordered, repeated or cut off.
 */
const magic = Buffer.from('LINDEN BACKUP 1\n')
const saltLength = 16
const checkLength = 16
const headLength = magic.length + saltLength + checkLength
const frameSize = 128 * 1024
const tagLength = 16
const lastFlag = 0x80000000

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt)

/** Keys from what somebody typed: slow to guess, and different for every archive. */
async function keysFrom(word: string, salt: Buffer): Promise<{ cipher: Buffer; check: Buffer }> {
  const made = await derive(word.normalize('NFC'), salt, 64, { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 })
  const check = createHmac('sha256', made.subarray(32)).update(magic).update(salt).digest().subarray(0, checkLength)
  return { cipher: made.subarray(0, 32), check }
}

/** Encrypts as it passes. @param word LINDEN_BACKUP_KEY */
export async function* encrypted(source: AsyncIterable<Buffer>, word: string): AsyncGenerator<Buffer> {
  const salt = randomBytes(saltLength)
  const keys = await keysFrom(word, salt)
  yield Buffer.concat([magic, salt, keys.check])
  let number = 0
  let waiting: Buffer | undefined
  for await (const frame of framed(source)) {
    if (waiting) yield seal(keys.cipher, number++, waiting, false)
    waiting = frame
  }
  yield seal(keys.cipher, number, waiting ?? Buffer.alloc(0), true)
}

/** Gathers what comes into pieces of the size of a frame; the last may be shorter. */
async function* framed(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = []
  let length = 0
  for await (const chunk of source) {
    let rest = chunk
    while (length + rest.length >= frameSize) {
      const taken = rest.subarray(0, frameSize - length)
      yield Buffer.concat([...pieces, taken])
      rest = rest.subarray(taken.length)
      pieces = []
      length = 0
    }
    if (rest.length > 0) pieces.push(rest)
    length += rest.length
  }
  if (length > 0) yield Buffer.concat(pieces)
}

function seal(key: Buffer, number: number, plain: Buffer, last: boolean): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt32BE((plain.length + (last ? lastFlag : 0)) >>> 0)
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number)).setAAD(head)
  const body = [cipher.update(plain), cipher.final()]
  return Buffer.concat([head, ...body, cipher.getAuthTag()])
}

function nonceOf(number: number): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeBigUInt64BE(BigInt(number), 4)
  return nonce
}

/**
 * Opens what `encrypted` wrote, or passes on what was not encrypted.
 * @param word LINDEN_BACKUP_KEY, undefined where it is not set
 * @throws BackupRefused where the key is missing or wrong @throws ArchiveDamaged where the archive was changed or cut
 */
export async function* opened(source: AsyncIterable<Buffer>, word: string | undefined): AsyncGenerator<Buffer> {
  const reader = new Reader(source)
  const start = await reader.upTo(magic.length)
  if (!start.equals(magic)) {
    if (start.length > 0) yield start
    yield* reader.rest()
    return
  }
  if (!word) throw new BackupRefused('This archive is encrypted. Set LINDEN_BACKUP_KEY to the key it was made with.')
  const head = Buffer.concat([magic, await reader.exactly(headLength - magic.length)])
  const keys = await keysFrom(word, head.subarray(magic.length, magic.length + saltLength))
  if (!timingSafeEqual(keys.check, head.subarray(-checkLength)))
    throw new BackupRefused(
      'LINDEN_BACKUP_KEY does not open this archive: it was made with another key, or its beginning is damaged. Nothing was restored.',
    )
  for (let number = 0, last = false; !last; number++) {
    const sizes = await reader.exactly(4)
    const word = sizes.readUInt32BE()
    const length = word & ~lastFlag
    last = word >= lastFlag
    if (length > frameSize) throw changed()
    yield unseal(keys.cipher, number, sizes, await reader.exactly(length + tagLength))
  }
  if ((await reader.upTo(1)).length > 0) throw new ArchiveDamaged('something was added behind its end')
}

function unseal(key: Buffer, number: number, sizes: Buffer, frame: Buffer): Buffer {
  const cipher = createDecipheriv('aes-256-gcm', key, nonceOf(number), { authTagLength: tagLength })
  cipher.setAAD(sizes).setAuthTag(frame.subarray(-tagLength))
  try {
    return Buffer.concat([cipher.update(frame.subarray(0, -tagLength)), cipher.final()])
  } catch {
    throw changed()
  }
}

const changed = () => new ArchiveDamaged('it was changed after it had been written')

/** Takes bytes from what comes in pieces. */
class Reader {
  readonly #source: AsyncIterator<Buffer>
  #waiting: Buffer[] = []
  #length = 0

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** As many bytes as there are, at most `wanted`. */
  async upTo(wanted: number): Promise<Buffer> {
    while (this.#length < wanted) {
      const { value, done } = await this.#source.next()
      if (done) break
      this.#waiting.push(value)
      this.#length += value.length
    }
    const all = Buffer.concat(this.#waiting)
    const taken = all.subarray(0, wanted)
    this.#waiting = taken.length < all.length ? [all.subarray(taken.length)] : []
    this.#length = all.length - taken.length
    return taken
  }

  async exactly(wanted: number): Promise<Buffer> {
    const taken = await this.upTo(wanted)
    if (taken.length < wanted) throw new ArchiveDamaged('its end is missing')
    return taken
  }

  async *rest(): AsyncGenerator<Buffer> {
    yield* this.#waiting
    for (let next = await this.#source.next(); !next.done; next = await this.#source.next()) yield next.value
  }
}
