/** What the directory at the end of a zip archive says of one part; sizes in bytes. */
interface Part {
  name: string
  packed: number
  unpacked: number
}

const directoryEnd = Buffer.of(0x50, 0x4b, 5, 6)
const endLength = 22
const entry = 0x02014b50

/** An archive as its directory tells; what it claims of itself was not checked by unpacking. */
export interface Archive {
  parts: readonly Part[]
  /** nothing stands before it, between its parts and their directory, or after it */
  alone: boolean
}

/**
 * Reads the central directory of a zip archive from the last bytes of a file.
 * @param size bytes of the whole file
 * @returns undefined where it is damaged, longer than these bytes, or written for archives above 4 GB
 */
export function readArchive(tail: Buffer, size: number): Archive | undefined {
  const end = tail.lastIndexOf(directoryEnd)
  if (end < 0 || end + endLength > tail.length) return undefined
  const count = tail.readUInt16LE(end + 10)
  const start = end - tail.readUInt32LE(end + 12)
  const parts: Part[] = []
  let at = start
  for (let index = 0; index < count; index++) {
    if (at < 0 || at + 46 > end || tail.readUInt32LE(at) !== entry) return undefined
    const length = tail.readUInt16LE(at + 28)
    parts.push({
      name: tail.subarray(at + 46, at + 46 + length).toString('utf8'),
      packed: tail.readUInt32LE(at + 20),
      unpacked: tail.readUInt32LE(at + 24),
    })
    at += 46 + length + tail.readUInt16LE(at + 30) + tail.readUInt16LE(at + 32)
  }
  const alone =
    tail.readUInt32LE(end + 16) === size - tail.length + start &&
    end + endLength + tail.readUInt16LE(end + 20) === tail.length
  return { parts, alone }
}

/**
 * Does something at the end of a file pass as a zip archive? Programs that open archives look for its directory at the end, and do not mind
 * what stands before.
 */
export function endsAsArchive(tail: Buffer): boolean {
  for (let end = tail.indexOf(directoryEnd); end >= 0 && end + endLength <= tail.length; ) {
    const start = end - tail.readUInt32LE(end + 12)
    if (start >= 0 ? start + 4 <= end && tail.readUInt32LE(start) === entry : isWholeEnd(tail, end)) return true
    end = tail.indexOf(directoryEnd, end + 1)
  }
  return false
}

/** A directory longer than what we see: what is said of it has to fit together, since four bytes alone come by chance. */
function isWholeEnd(tail: Buffer, end: number): boolean {
  const count = tail.readUInt16LE(end + 10)
  return tail.readUInt32LE(end + 4) === 0 && count > 0 && tail.readUInt16LE(end + 8) === count
}

/** Most bytes that a document may unpack to, and how many times its own size: what claims more is made to fill a memory. */
const mostUnpacked = 100_000_000
const mostRatio = 200
/** Below this many bytes a high ratio harms nobody: short parts of the same letter over and over. */
const harmless = 1_000_000
const nested = /\.(zip|jar|war|apk|rar|7z|gz|tgz|bz2|xz|zst|lz4|tar|iso|cab|arj)$/i

/** Does an archive claim to unpack to more than any letter does, or carry archives of its own? */
export function isOverpacked({ parts }: Archive): boolean {
  const packed = parts.reduce((sum, part) => sum + part.packed, 0)
  const unpacked = parts.reduce((sum, part) => sum + part.unpacked, 0)
  if (unpacked > mostUnpacked || (unpacked > harmless && unpacked > packed * mostRatio)) return true
  return parts.some((part) => nested.test(part.name))
}
