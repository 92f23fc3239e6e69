import { createReadStream } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import type { z } from 'zod'
import {
  About,
  ArchiveDamaged,
  BackupRefused,
  FileTally,
  fileSection,
  jobSection,
  Manifest,
  Tally,
  tableSection,
} from './archive.ts'
import { opened } from './envelope.ts'
import { checked } from './gzip-digest.ts'
import { type Entry, partSize } from './write-archive.ts'

/** One section on its way out of an archive; `body` is to be read before the next section is asked for. */
export interface Section {
  name: string
  body: AsyncIterable<Buffer>
}

/** An archive while it is read. */
export interface Reading {
  about: About
  /** every table, the job queue, then files; each judged when it has been read, the manifest after the last */
  sections(): AsyncGenerator<Section>
}

/**
 * Opens an archive.
 * @param key LINDEN_BACKUP_KEY
 * @throws BackupRefused, ArchiveDamaged, also while sections are read
 */
export async function readArchive(file: string, key: string | undefined): Promise<Reading> {
  const entries = new Lookahead(entriesOf(file, key))
  const first = await entries.peek()
  if (first?.name !== 'about.json') throw new ArchiveDamaged('it is no backup of Linden')
  await entries.take()
  const about = parse(About, first.body, 'about.json')
  return { about, sections: () => sectionsOf(entries, about) }
}

/** Reads the whole archive and keeps nothing: is it whole? @throws ArchiveDamaged, BackupRefused */
export async function verifyArchive(
  file: string,
  key: string | undefined,
): Promise<{ about: About; manifest: Manifest }> {
  const { about, sections } = await readArchive(file, key)
  const reading = sections()
  for (;;) {
    const next = await reading.next()
    if (next.done) return { about, manifest: next.value }
    for await (const _ of next.value.body);
  }
}

async function* sectionsOf(entries: Lookahead, about: About): AsyncGenerator<Section, Manifest> {
  const found: Manifest['sections'] = []
  const files = new FileTally()
  for (;;) {
    const next = await entries.peek()
    if (!next) throw new ArchiveDamaged('its end is missing')
    if (next.name === 'manifest.json') break
    const name = next.name.replace(/\/\d+$/, '')
    if (fileSection.test(name)) {
      files.begin(name)
      yield { name, body: bodyOf(entries, name, files) }
    } else {
      const tally = new Tally()
      yield { name, body: bodyOf(entries, name, tally) }
      found.push({ name, ...tally.result() })
    }
  }
  const last = await entries.take()
  const manifest = parse(Manifest, last.body, 'manifest.json')
  if (await entries.peek()) throw new ArchiveDamaged('something was added behind its end')
  judge(about, manifest, found, files)
  return manifest
}

function judge(about: About, manifest: Manifest, found: Manifest['sections'], files: FileTally): void {
  const expected = [...about.tables.map(tableSection), jobSection]
  if (expected.join() !== found.map(({ name }) => name).join()) throw new ArchiveDamaged('tables are missing in it')
  if (JSON.stringify(manifest.sections) !== JSON.stringify(found))
    throw new ArchiveDamaged('its contents are not those that were written')
  const { count, bytes, sha256 } = files.result()
  if (manifest.files.count !== count || manifest.files.bytes !== bytes || manifest.files.sha256 !== sha256)
    throw new ArchiveDamaged('its files are not those that were written')
}

async function* bodyOf(
  entries: Lookahead,
  section: string,
  tally: { add(chunk: Buffer): void },
): AsyncGenerator<Buffer> {
  for (let number = 1; (await entries.peek())?.name === `${section}/${String(number).padStart(6, '0')}`; number++) {
    const { body } = await entries.take()
    tally.add(body)
    if (body.length > 0) yield body
  }
}

async function* entriesOf(file: string, key: string | undefined): AsyncGenerator<Entry> {
  const tar = extract()
  const source = createReadStream(file, { highWaterMark: 256 * 1024 })
  const fed = pipeline(checked(opened(source, key)), createGunzip(), tar)
  fed.catch(() => {})
  try {
    for await (const entry of tar) {
      if ((entry.header.size ?? 0) > 4 * partSize) throw new ArchiveDamaged('it holds an entry that no backup has')
      yield { name: entry.header.name, body: await buffer(entry) }
    }
    await fed
  } catch (error) {
    throw refusal(error, file)
  } finally {
    source.destroy()
  }
}

function refusal(error: unknown, file: string): unknown {
  if (error instanceof BackupRefused) return error
  const { code = '', syscall } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return new BackupRefused(`There is no file ${file}.`)
  if (syscall) return new BackupRefused(`${file} cannot be read (${code}).`, { cause: error })
  if (code === 'Z_BUF_ERROR' || /Unexpected end/i.test(String(error)))
    return new ArchiveDamaged('its end is missing', { cause: error })
  return new ArchiveDamaged('it was changed after it had been written', { cause: error })
}

function parse<T>(schema: z.ZodType<T>, body: Buffer, name: string): T {
  let given: unknown
  try {
    given = JSON.parse(body.toString('utf8'))
  } catch {
    throw new ArchiveDamaged(`${name} in it is no JSON`)
  }
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  if (name === 'about.json' && /^linden backup /.test(String((given as { format?: unknown } | null)?.format)))
    throw new BackupRefused(
      'This archive was made by a newer Linden, or is damaged. Nothing was restored. Restore it with that version.',
    )
  throw new ArchiveDamaged(`${name} in it is not as it should be`)
}

/** Lets the next entry be seen before it is taken. */
class Lookahead {
  readonly #source: AsyncGenerator<Entry>
  #next: Promise<IteratorResult<Entry>> | undefined

  constructor(source: AsyncGenerator<Entry>) {
    this.#source = source
  }

  async peek(): Promise<Entry | undefined> {
    this.#next ??= this.#source.next()
    const { value, done } = await this.#next
    return done ? undefined : value
  }

  async take(): Promise<Entry> {
    const entry = await this.peek()
    if (!entry) throw new ArchiveDamaged('its end is missing')
    this.#next = undefined
    return entry
  }
}
