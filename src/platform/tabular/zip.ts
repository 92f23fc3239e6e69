import { crc32, inflateRawSync } from 'node:zlib'
import { type Zippable, zipSync } from 'fflate'
import { type ProblemMessage, UnreadableFile, unreadable } from './problems.ts'

/** How far an archive is unpacked; what says or does more is refused. */
export interface ArchiveLimits {
  entries: number
  /** bytes of all entries together, unpacked */
  unpacked: number
  /** how many times larger an entry may be than its packed bytes, once it is larger than a megabyte */
  ratio: number
}

export const defaultArchiveLimits: ArchiveLimits = { entries: 1_000, unpacked: 200_000_000, ratio: 200 }

const endSignature = 0x06054b50
const entrySignature = 0x02014b50
const localSignature = 0x04034b50
const endLength = 22
const entryLength = 46
const localLength = 30
const longestComment = 65_535
const ratioMatters = 1_000_000
const stored = 0
const deflated = 8

interface Entry {
  name: string
  method: number
  crc: number
  packed: number
  unpacked: number
  offset: number
}

/** A name that stays inside the folder it is unpacked to, on every system. */
export function isSafeName(name: string): boolean {
  return (
    name.length > 0 &&
    name.length <= 255 &&
    name.isWellFormed() &&
    !/[\\:\p{Cc}\ufffd]/u.test(name) &&
    !name.startsWith('/') &&
    name.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
  )
}

function directoryOf(bytes: Buffer): { count: number; offset: number } {
  const earliest = Math.max(0, bytes.length - endLength - longestComment)
  for (let at = bytes.length - endLength; at >= earliest; at--)
    if (bytes.readUInt32LE(at) === endSignature)
      return { count: bytes.readUInt16LE(at + 10), offset: bytes.readUInt32LE(at + 16) }
  return unreadable({ code: 'not-an-archive' })
}

function readEntries(bytes: Buffer, limits: ArchiveLimits): Entry[] {
  const { count, offset } = directoryOf(bytes)
  if (count > limits.entries) unreadable({ code: 'archive-too-many-entries', found: count, limit: limits.entries })
  const entries: Entry[] = []
  const seen = new Set<string>()
  let total = 0
  let at = offset
  for (let number = 0; number < count; number++) {
    if (at + entryLength > bytes.length || bytes.readUInt32LE(at) !== entrySignature)
      unreadable({ code: 'not-an-archive' })
    const nameLength = bytes.readUInt16LE(at + 28)
    const name = bytes.toString('utf8', at + entryLength, at + entryLength + nameLength)
    const entry: Entry = {
      name,
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      unpacked: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    }
    const encrypted = (bytes.readUInt16LE(at + 8) & 1) === 1
    at += entryLength + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
    // a folder holds nothing itself
    if (!isSafeName(name.endsWith('/') ? name.slice(0, -1) : name))
      unreadable({ code: 'archive-name', name: name.slice(0, 100).toWellFormed() })
    if (name.endsWith('/')) continue
    if (encrypted) unreadable({ code: 'archive-encrypted', name })
    // one name in two spellings is one file on half of all systems
    const folded = name.normalize('NFC').toLowerCase()
    if (seen.has(folded)) unreadable({ code: 'archive-name-twice', name })
    seen.add(folded)
    total += entry.unpacked
    if (total > limits.unpacked) unreadable({ code: 'archive-too-large', limit: limits.unpacked })
    if (entry.unpacked > ratioMatters && entry.unpacked > entry.packed * limits.ratio)
      unreadable({ code: 'archive-bomb', name, limit: limits.ratio })
    entries.push(entry)
  }
  return entries
}

/** Never gives more bytes than the directory declared, and those were checked before. */
function unpack(bytes: Buffer, entry: Entry): Uint8Array {
  const damaged: ProblemMessage = { code: 'archive-damaged', name: entry.name }
  const { offset } = entry
  if (offset + localLength > bytes.length || bytes.readUInt32LE(offset) !== localSignature) unreadable(damaged)
  const start = offset + localLength + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28)
  if (start + entry.packed > bytes.length) unreadable(damaged)
  const packed = bytes.subarray(start, start + entry.packed)
  let content: Uint8Array = packed
  if (entry.method === deflated) {
    try {
      content = entry.unpacked === 0 ? new Uint8Array() : inflateRawSync(packed, { maxOutputLength: entry.unpacked })
    } catch {
      unreadable(damaged)
    }
  } else if (entry.method !== stored) unreadable(damaged)
  if (content.length !== entry.unpacked || crc32(content) !== entry.crc) unreadable(damaged)
  return content
}

export type ArchiveReading =
  | { ok: true; entries: Map<string, Uint8Array> }
  | { ok: false; problem: UnreadableFile['problem'] }

/**
 * Unpacks a small ZIP archive into memory. Names, sizes and growth are checked from the directory before anything is unpacked, and
 * sizes and checksums again while it is. Folders are left out.
 * @param wanted which names to unpack; every one when left out. The others are checked all the same.
 */
export function readArchive(
  archive: Uint8Array,
  limits: Partial<ArchiveLimits> = {},
  wanted: (name: string) => boolean = () => true,
): ArchiveReading {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength)
  try {
    if (bytes.length < endLength) unreadable({ code: 'not-an-archive' })
    const entries = readEntries(bytes, { ...defaultArchiveLimits, ...limits })
    return {
      ok: true,
      entries: new Map(entries.filter(({ name }) => wanted(name)).map((entry) => [entry.name, unpack(bytes, entry)])),
    }
  } catch (error) {
    if (error instanceof UnreadableFile) return { ok: false, problem: error.problem }
    throw error
  }
}

/**
 * Packs files into a small ZIP archive. The same files give the same bytes on every machine and day.
 * @throws RangeError for a name that would leave the folder it is unpacked to
 */
export function writeArchive(
  files: Iterable<readonly [name: string, content: string | Uint8Array]>,
  { compress = true }: { compress?: boolean } = {},
): Uint8Array {
  const packed: Zippable = Object.create(null)
  for (const [name, content] of files) {
    if (!isSafeName(name)) throw new RangeError(`"${name}" cannot be a name in an archive`)
    packed[name] = typeof content === 'string' ? new TextEncoder().encode(content) : content
  }
  return zipSync(packed, { level: compress ? 6 : 0, mtime: new Date(1980, 0, 1) })
}
