import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import type { Config } from '../config/config.ts'
import { filesFolder, type Storage, storagesOf } from '../files/storage.ts'
import { outboxFolder } from '../mail/post.ts'

/** Something outside of the database: encrypted bytes of a file, or a letter that waits in the folder. */
export interface StoredFile {
  /** `files/<location>` or `outbox/<name>` */
  section: string
  body: AsyncIterable<Buffer> | undefined
}

/**
 * Every file that the snapshot of this transaction knows, then the letters that wait. `body` is undefined where the storage has lost it.
 * @param client in its transaction
 */
export async function* storedFiles(client: pg.ClientBase, config: Config): AsyncGenerator<StoredFile> {
  const storages = storagesOf(config)
  await client.query(
    'declare stored_files no scroll cursor for select location, storage from files.file order by location',
  )
  for (;;) {
    const { rows } = await client.query<{ location: string; storage: Storage['kind'] }>('fetch 500 from stored_files')
    for (const { location, storage } of rows) {
      const content = await storages.of(storage).get(location)
      yield { section: `files/${location}`, body: content && buffers(content) }
    }
    if (rows.length < 500) break
  }
  yield* letters(outboxFolder(config))
}

async function* letters(folder: string): AsyncGenerator<StoredFile> {
  for (const name of (await readdir(folder).catch((): string[] => [])).sort()) {
    const file = join(folder, name)
    // Anything else that lies there was not put there by Linden.
    if (!/^[\w-][\w.-]*\.eml$/.test(name) || !(await stat(file)).isFile()) continue
    yield { section: `outbox/${name}`, body: createReadStream(file) }
  }
}

async function* buffers(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of source) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
}

/** Puts files from an archive where new files of this instance go. */
export class FileIntake {
  readonly #config: Config
  readonly #storage: Storage
  readonly #added: (() => Promise<void>)[] = []

  constructor(config: Config) {
    this.#config = config
    this.#storage = storagesOf(config).main
  }

  /** Which storage holds them from now on. */
  get kind(): Storage['kind'] {
    return this.#storage.kind
  }

  /** Stores one file; what is there already, under a name that is given once, is the same. */
  async take(section: string, body: AsyncIterable<Buffer>): Promise<void> {
    const [kind, name = ''] = section.split('/')
    if (kind === 'outbox') return this.#takeLetter(name, body)
    const there = await this.#storage.get(name)
    if (there) {
      for await (const _ of body);
      await cancel(there)
      return
    }
    const incoming = join(filesFolder(this.#config), 'incoming')
    await mkdir(incoming, { recursive: true, mode: 0o700 })
    const part = join(incoming, `restore-${name}`)
    this.#added.push(() => this.#storage.remove(name))
    await write(part, body)
    await this.#storage.put(name, part)
  }

  async #takeLetter(name: string, body: AsyncIterable<Buffer>): Promise<void> {
    const folder = outboxFolder(this.#config)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const target = join(folder, name)
    const there = await stat(target).catch(() => undefined)
    const beside = await mkdtemp(join(folder, '.restore-'))
    try {
      await write(join(beside, name), body)
      if (there) return
      this.#added.push(() => rm(target, { force: true }))
      await rename(join(beside, name), target)
    } finally {
      await rm(beside, { recursive: true, force: true })
    }
  }

  /** Takes back what was added, after a failure. */
  async undo(): Promise<void> {
    for (const remove of this.#added) await remove().catch(() => {})
  }
}

async function write(file: string, body: AsyncIterable<Buffer>): Promise<void> {
  const handle = await open(file, 'w', 0o600)
  try {
    for await (const chunk of body) await handle.writeFile(chunk)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Lets go of a content that nobody wants to read. */
async function cancel(content: AsyncIterable<Uint8Array>): Promise<void> {
  await content[Symbol.asyncIterator]().return?.()
}
