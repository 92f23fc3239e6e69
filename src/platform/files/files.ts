import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Config } from '../config/config.ts'
import { type Database, query, type Tx } from '../db/database.ts'
import type { Job } from '../jobs/job.ts'
import type { JobQueue } from '../jobs/queue.ts'
import { decrypt, encrypt, newKey, unwrapKey, wrapKey, wrappingKey } from './cipher.ts'
import { type FileKind, fileName, type Objection, Sniffer } from './kinds.ts'
import { filesFolder, type Storage, storagesOf, sweepIncoming } from './storage.ts'

/** Most bytes of one file, where nobody says otherwise. */
export const largestFile = 25_000_000

/** How long received bytes wait for the command that keeps them, in milliseconds. */
const waiting = 24 * 3_600_000

/** Bytes that lie in the storage, encrypted, and belong to nothing yet. */
export interface Received {
  location: string
  storage: Storage['kind']
  name: string
  type: FileKind
  size: number
  sha256: Buffer
  wrappedKey: Buffer
  /** what makes two receptions the same: the file, not the place where it lies. So a form sent twice with one key is the same form. */
  toJSON(): object
}

export type Reception =
  | { is: 'ok'; received: Received }
  | { is: 'refused'; reason: 'empty' | Objection }
  | { is: 'refused'; reason: 'too large'; limit: number }

export interface StoredFile {
  id: string
  name: string
  type: string
  /** bytes */
  size: number
  createdBy: string | null
  createdAt: Date
  /** The bytes, each checked before it is given out. @throws Unreadable while reading; undefined where the storage has lost them */
  content(): Promise<AsyncIterable<Uint8Array> | undefined>
}

/** Files in the storage of this instance. Who may see one is a matter of row level security: its creator, or the purpose `files`. */
export interface Files {
  /**
   * Takes bytes in, before the command that needs them: counts, recognises and encrypts them while they come. Memory stays flat, and nothing
   * remains of what is refused or breaks off.
   * @param creator account on whose behalf `keep` will run
   */
  receive(
    content: AsyncIterable<Uint8Array>,
    given: { name: string; creator: string | null; limit?: number },
  ): Promise<Reception>
  /** Makes received bytes a file, in the transaction of a command. @returns its id @throws Error when more than a day has passed */
  keep(tx: Tx, received: Received, creator: string | null): Promise<string>
  /**
   * Removes at once what was received and is not kept, without waiting for the sweeper. What was kept stays.
   * @param creator as it was given to `receive`
   */
  drop(received: readonly Received[], creator: string | null): Promise<void>
  /**
   * A file that the actor of the transaction may see. A capability that shows files to others than their creator adds a policy of its own to
   * `files.file`, for select.
   */
  open(tx: Tx, id: string): Promise<StoredFile | undefined>
  /** Deletes a file in the transaction; its bytes go when that has ended. @returns whether there was one that the actor may see */
  delete(tx: Tx, jobs: JobQueue, id: string): Promise<boolean>
  /** removes bytes that belong to nothing */
  readonly sweep: Job<object>
}

/** @param secret of the instance (`secretOf`): without it no file can be read */
export function openFiles(
  config: Pick<Config, 'data' | 's3'>,
  secret: Uint8Array,
  database: Database,
  now: () => Date,
): Files {
  const storages = storagesOf(config)
  const wrapping = wrappingKey(secret)
  const incoming = join(filesFolder(config), 'incoming')
  return {
    async receive(content, { name, creator, limit = largestFile }) {
      const location = randomUUID()
      const part = join(incoming, location)
      const key = newKey()
      const intake = new Intake(content, limit)
      try {
        await mkdir(incoming, { recursive: true, mode: 0o700 })
        await write(part, encrypt(intake.bytes(), key))
        const type = intake.kind()
        // Known to the sweeper before it lies in the storage: a cut between the two leaves nothing behind.
        await database.transact({ actor: creator }, async (tx) => {
          const until = new Date(now().getTime() + waiting)
          tx.later(
            query
              .insertInto('files.loose')
              .values({ location, storage: storages.main.kind, until, created_by: creator }),
          )
        })
        await storages.main.put(location, part)
        const { size, sha256 } = intake.result()
        const wrappedKey = wrapKey(key, wrapping, location)
        return {
          is: 'ok',
          received: {
            location,
            storage: storages.main.kind,
            name: fileName(name, type),
            type,
            size,
            sha256,
            wrappedKey,
            toJSON() {
              return { name: this.name, type, size, sha256: sha256.toString('hex') }
            },
          },
        }
      } catch (error) {
        await rm(part, { force: true })
        if (error instanceof Refused) return error.reception
        throw error
      }
    },

    async keep(tx, received, creator) {
      const { location, storage, name, type, size, sha256, wrappedKey } = received
      const loose = await tx.one(query.deleteFrom('files.loose').where('location', '=', location).returning('location'))
      if (!loose)
        throw new Error(
          'The bytes of this file were received more than a day ago and are gone. Ask for the file again.',
        )
      // Not asked back from the database: who sends without an account may write a file, and not read it.
      const id = randomUUID()
      await tx.all(
        query
          .insertInto('files.file')
          .values({ id, location, storage, name, type, size, sha256, wrapped_key: wrappedKey, created_by: creator }),
      )
      return id
    },

    async drop(received, creator) {
      if (received.length === 0) return
      const locations = received.map(({ location }) => location)
      const loose = await database.transact({ actor: creator }, (tx) =>
        tx.all(query.selectFrom('files.loose').select(['location', 'storage']).where('location', 'in', locations)),
      )
      // First the bytes: a cut between the two leaves a row that the sweeper finds.
      for (const { location, storage } of loose) await storages.of(storage as Storage['kind']).remove(location)
      if (loose.length === 0) return
      await database.transact({ actor: creator }, async (tx) =>
        tx.later(query.deleteFrom('files.loose').where('location', 'in', locations)),
      )
    },

    async open(tx, id) {
      const row = await tx.one(query.selectFrom('files.file').selectAll().where('id', '=', id))
      if (!row) return undefined
      return {
        id: row.id,
        name: row.name,
        type: row.type,
        size: row.size,
        createdBy: row.created_by,
        createdAt: row.created_at,
        async content() {
          const key = unwrapKey(row.wrapped_key, wrapping, row.location)
          const bytes = await storages.of(row.storage as Storage['kind']).get(row.location)
          return bytes ? decrypt(bytes, key) : undefined
        },
      }
    },

    async delete(tx, jobs, id) {
      const row = await tx.one(
        query.deleteFrom('files.file').where('id', '=', id).returning(['location', 'storage', 'created_by']),
      )
      if (!row) return false
      tx.later(
        query
          .insertInto('files.loose')
          .values({ location: row.location, storage: row.storage, until: now(), created_by: row.created_by }),
      )
      jobs.add('files.sweep', {}, { key: 'files.sweep' })
      return true
    },

    sweep: {
      task: 'files.sweep',
      payload: z.object({}),
      purpose: 'files',
      cron: '17 3 * * *',
      async run(context) {
        const due = await context.transact((tx) =>
          tx.all(query.selectFrom('files.loose').select(['location', 'storage']).where('until', '<=', context.now())),
        )
        for (const { location, storage } of due) {
          if (context.signal.aborted) return
          await storages.of(storage as Storage['kind']).remove(location)
          await context.transact(async (tx) =>
            tx.later(query.deleteFrom('files.loose').where('location', '=', location)),
          )
        }
        await sweepIncoming(incoming, new Date(Date.now() - waiting))
      },
    },
  }
}

async function write(file: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    for await (const bytes of content) await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

class Refused extends Error {
  readonly reception: Exclude<Reception, { is: 'ok' }>
  constructor(reception: Exclude<Reception, { is: 'ok' }>) {
    super(reception.reason)
    this.reception = reception
  }
}

/** Bytes as they come in: counted, hashed and recognised. */
class Intake {
  readonly #content: AsyncIterable<Uint8Array>
  readonly #limit: number
  readonly #hash = createHash('sha256')
  readonly #sniffer = new Sniffer()
  #size = 0

  constructor(content: AsyncIterable<Uint8Array>, limit: number) {
    this.#content = content
    this.#limit = limit
  }

  async *bytes(): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.#content) {
      this.#size += chunk.length
      if (this.#size > this.#limit) throw new Refused({ is: 'refused', reason: 'too large', limit: this.#limit })
      this.#sniffer.feed(chunk)
      const reason = this.#sniffer.objection
      if (reason) throw new Refused({ is: 'refused', reason })
      this.#hash.update(chunk)
      yield chunk
    }
    if (this.#size === 0) throw new Refused({ is: 'refused', reason: 'empty' })
  }

  kind(): FileKind {
    const finding = this.#sniffer.finish()
    if (finding.is === 'none') throw new Refused({ is: 'refused', reason: finding.reason })
    return finding.kind
  }

  result(): { size: number; sha256: Buffer } {
    return { size: this.#size, sha256: this.#hash.digest() }
  }
}
