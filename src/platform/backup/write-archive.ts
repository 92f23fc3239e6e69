import { randomBytes } from 'node:crypto'
import { link, open, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type Pack, pack } from 'tar-stream'
import { BackupRefused } from './archive.ts'
import { encrypted } from './envelope.ts'
import { signed } from './gzip-digest.ts'

/** One entry of an archive. Long contents come as several, so that memory stays flat. */
export interface Entry {
  name: string
  body: Buffer
}

/** Most bytes of one entry. */
export const partSize = 4 * 1024 * 1024

/** Cuts the contents of a section into entries `section/000001`, `section/000002` … */
export async function* partsOf(section: string, source: AsyncIterable<Buffer>): AsyncGenerator<Entry> {
  let chunks: Buffer[] = []
  let length = 0
  let number = 0
  const part = () => {
    const body = Buffer.concat(chunks)
    chunks = []
    length = 0
    number++
    return { name: `${section}/${String(number).padStart(6, '0')}`, body }
  }
  for await (const chunk of source) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= partSize) yield part()
  }
  // An empty section has an entry too: so it is seen that it is there.
  if (length > 0 || number === 0) yield part()
}

/**
 * Writes entries as a compressed tar file, encrypted where a key is given. It appears under its name when it is whole and on the disk.
 * @returns its size in bytes
 * @throws BackupRefused where there is such a file already, or it cannot be written
 */
export async function writeArchive(
  file: string,
  entries: AsyncIterable<Entry>,
  key: string | undefined,
): Promise<number> {
  if (await stat(file).catch(() => undefined)) throw taken(file)
  const beside = `${resolve(file)}.${randomBytes(4).toString('hex')}.part`
  const handle = await open(beside, 'wx', 0o600).catch((error: unknown) => {
    throw refusal(error, file)
  })
  const tar = pack()
  // Whoever fails first says why; the other then finds the stream closed.
  let reason: unknown
  const give = (error: unknown) => {
    reason ??= error
    tar.destroy(error as Error)
  }
  tar.on('error', () => {})
  try {
    const sealed = (source: AsyncIterable<Buffer>) => (key ? encrypted(signed(source), key) : signed(source))
    const target = handle.createWriteStream({ flush: true })
    await Promise.all([
      fill(tar, entries).catch(give),
      pipeline(Readable.from(tar), createGzip({ level: 4 }), sealed, target).catch(give),
    ])
    if (reason !== undefined) throw refusal(reason, file)
    // Linked, not renamed: a file of this name that appeared meanwhile is not overwritten.
    await link(beside, file).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EEXIST' ? taken(file) : error
    })
    await syncFolder(dirname(resolve(file)))
    return (await stat(file)).size
  } finally {
    await rm(beside, { force: true })
  }
}

async function fill(tar: Pack, entries: AsyncIterable<Entry>): Promise<void> {
  for await (const { name, body } of entries)
    await new Promise<void>((done, fail) => {
      tar.entry({ name, size: body.length, mode: 0o600 }, (error) => (error ? fail(error) : done())).end(body)
    })
  tar.finalize()
}

const taken = (file: string) => new BackupRefused(`${file} is there already. Remove it, or choose another name.`)

function refusal(reason: unknown, file: string): unknown {
  const { code, syscall } = reason as NodeJS.ErrnoException
  const words: Record<string, string> = {
    ENOENT: 'its folder does not exist',
    EACCES: 'its folder may not be written',
    ENOSPC: 'the disk is full',
    EROFS: 'the disk is read-only',
  }
  const why = syscall && code ? words[code] : undefined
  return why ? new BackupRefused(`${file} cannot be written: ${why}.`, { cause: reason }) : reason
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
