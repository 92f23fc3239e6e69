import { createHash, createHmac, type Hash } from 'node:crypto'
import { z } from 'zod'

/** Why a backup cannot be written or restored, in words for whoever runs it. Nothing was changed. */
export class BackupRefused extends Error {
  constructor(words: string, options?: ErrorOptions) {
    super(words, options)
    this.name = 'BackupRefused'
  }
}

/** An archive that was cut, changed or is none. */
export class ArchiveDamaged extends BackupRefused {
  constructor(reason: string, options?: ErrorOptions) {
    super(`This archive cannot be used: ${reason}. Nothing was restored. Take another copy of it.`, options)
    this.name = 'ArchiveDamaged'
  }
}

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.number().int().nonnegative()

/** A table and its columns without those that PostgreSQL computes, both as the catalogue names them. */
export const ArchivedTable = z.object({ schema: z.string(), name: z.string(), columns: z.array(z.string()).min(1) })
export type ArchivedTable = z.infer<typeof ArchivedTable>

/** `about.json`, the first entry: what an archive is, before anything of it is read. */
export const About = z.object({
  format: z.literal('linden backup 1'),
  madeAt: z.iso.datetime(),
  program: z.string(),
  note: z.string(),
  /** recognises the secret of the instance without telling it */
  secret: z.object({ salt: z.string(), check: sha256 }),
  migrations: z.array(z.object({ part: z.string(), number: count, name: z.string(), sha256 })).min(1),
  tables: z.array(ArchivedTable),
  sequences: z.array(z.object({ schema: z.string(), name: z.string(), last: z.string().regex(/^-?\d+$/) })),
})
export type About = z.infer<typeof About>

/** `manifest.json`, the last entry: what must have come before it. An archive without it was cut. */
export const Manifest = z.object({
  sections: z.array(z.object({ name: z.string(), bytes: count, rows: count, sha256 })),
  /** all files together, since there may be very many */
  files: z.object({ count, bytes: count, missing: count, sha256 }),
})
export type Manifest = z.infer<typeof Manifest>

export const secretNote =
  'The secret of the instance (LINDEN_SECRET, or the file "secret" in LINDEN_DATA) is not in this archive. Keep it elsewhere: without it second factors and files cannot be opened, and the archive is not restored.'

/** @returns what recognises this secret */
export function secretCheck(secret: Buffer, salt: string): string {
  return createHmac('sha256', secret).update(`linden backup ${salt}`).digest('hex')
}

/** Counts and hashes a section while it passes. A row of COPY is a line; line ends within a value are written as `\n`. */
export class Tally {
  bytes = 0
  rows = 0
  readonly #hash: Hash = createHash('sha256')

  add(chunk: Buffer): void {
    this.bytes += chunk.length
    this.#hash.update(chunk)
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) this.rows++
  }

  result(): { bytes: number; rows: number; sha256: string } {
    return { bytes: this.bytes, rows: this.rows, sha256: this.#hash.digest('hex') }
  }
}

/** The same for all files: names and contents in their order, with one hash over both. */
export class FileTally {
  count = 0
  bytes = 0
  readonly #hash: Hash = createHash('sha256')

  begin(name: string): void {
    this.count++
    this.#hash.update(`\0${name}\0`)
  }

  add(chunk: Buffer): void {
    this.bytes += chunk.length
    this.#hash.update(chunk)
  }

  result(): { count: number; bytes: number; sha256: string } {
    return { count: this.count, bytes: this.bytes, sha256: this.#hash.digest('hex') }
  }
}

/** Section of a table, of the job queue, of files: what comes before the last slash of an entry's name. */
export const tableSection = ({ schema, name }: Pick<ArchivedTable, 'schema' | 'name'>) => `tables/${schema}.${name}`
export const jobSection = 'jobs'
export const fileSection = /^(files|outbox)\/([\w.-]+)$/
