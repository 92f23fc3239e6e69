import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { type Config, secretOf } from '../config/config.ts'
import { copyOut } from '../db/copy.ts'
import type { Database } from '../db/database.ts'
import { founding, hiddenFromOwner } from '../db/roles.ts'
import {
  type About,
  BackupRefused,
  FileTally,
  jobSection,
  type Manifest,
  secretCheck,
  secretNote,
  Tally,
  tableSection,
} from './archive.ts'
import { ownSequences, ownTables, quotedColumns, quotedTable } from './own-tables.ts'
import { copyJobs } from './queue-jobs.ts'
import { storedFiles } from './stored-files.ts'
import { type Entry, partsOf, writeArchive } from './write-archive.ts'

/** What was written. */
export interface BackupReport {
  file: string
  bytes: number
  encrypted: boolean
  madeAt: string
  tables: number
  rows: number
  files: number
  /** files that the database names and the storage has lost */
  missing: number
}

/**
 * Writes everything of one moment into an archive: all tables, the job queue, files, letters that wait. Others work on meanwhile, and memory
 * stays flat. The secret of the instance is not in it.
 * @throws BackupRefused in words
 */
export async function backUp(
  config: Config,
  database: Pick<Database, 'ownerPool'>,
  file: string,
  options: { program: string; now: Date },
): Promise<BackupReport> {
  const client = await database.ownerPool.connect()
  let failed = true
  try {
    const tables = await openSnapshot(client)
    const about = await aboutOf(client, config, tables, options)
    const manifest: Manifest = { sections: [], files: { ...new FileTally().result(), missing: 0 } }
    const bytes = await writeArchive(file, entriesOf(client, config, about, manifest), config.backupKey)
    failed = false
    return {
      file,
      bytes,
      encrypted: config.backupKey !== undefined,
      madeAt: about.madeAt,
      tables: tables.length,
      rows: manifest.sections.reduce((rows, section) => rows + section.rows, 0),
      files: manifest.files.count,
      missing: manifest.files.missing,
    }
  } catch (error) {
    throw refusal(error)
  } finally {
    await client.query('rollback').catch(() => {
      failed = true
    })
    client.release(failed)
  }
}

/** Opens the moment that is kept, and holds the tables as they are until the end. Migrations wait only until that is done. */
async function openSnapshot(client: pg.ClientBase): Promise<About['tables']> {
  await client.query('select pg_advisory_lock_shared($1)', [founding])
  try {
    await client.query('begin isolation level repeatable read read only')
    // Where a policy would hide rows from the owner, an error is better than an archive without them.
    const hidden = await hiddenFromOwner(client)
    if (hidden.length > 0)
      throw new BackupRefused(
        `The user of DATABASE_URL does not see all rows of ${hidden.join(', ')}. Start Linden once with this user, which opens these tables to it. Nothing was written.`,
      )
    await client.query(
      `set local statement_timeout = 0; set local lock_timeout = 0;
       set local idle_in_transaction_session_timeout = 0; set local timezone = 'UTC'; set local datestyle = 'ISO, YMD';
       set local intervalstyle = 'iso_8601'; set local bytea_output = 'hex'; set local extra_float_digits = 1`,
    )
    const tables = await ownTables(client)
    if (tables.length > 0) await client.query(`lock table ${tables.map(quotedTable).join(', ')} in access share mode`)
    return tables
  } finally {
    await client.query('select pg_advisory_unlock_shared($1)', [founding]).catch(() => {})
  }
}

async function aboutOf(
  client: pg.ClientBase,
  config: Config,
  tables: About['tables'],
  { program, now }: { program: string; now: Date },
): Promise<About> {
  const { rows } = await client.query<About['migrations'][number]>(
    'select part, number, name, sha256 from db.migration order by applied_at, part, number',
  )
  const salt = randomBytes(16).toString('base64url')
  return {
    format: 'linden backup 1',
    madeAt: now.toISOString(),
    program,
    note: secretNote,
    secret: { salt, check: secretCheck(secretOf(config), salt) },
    migrations: rows,
    tables,
    // Read after the moment was opened: they may have counted on since, never less than the rows that are kept.
    sequences: await ownSequences(client),
  }
}

async function* entriesOf(
  client: pg.ClientBase,
  config: Config,
  about: About,
  manifest: Manifest,
): AsyncGenerator<Entry> {
  yield jsonEntry('about.json', about)
  const copies = about.tables.map((table) => ({
    name: tableSection(table),
    text: `copy ${quotedTable(table)} (${quotedColumns(table)}) to stdout`,
  }))
  for (const { name, text } of [...copies, { name: jobSection, text: copyJobs }]) {
    const tally = new Tally()
    yield* partsOf(name, passing(copyOut(client, text), tally))
    manifest.sections.push({ name, ...tally.result() })
  }
  const files = new FileTally()
  for await (const { section, body } of storedFiles(client, config)) {
    if (!body) {
      manifest.files.missing++
      continue
    }
    files.begin(section)
    yield* partsOf(section, passing(body, files))
  }
  manifest.files = { ...files.result(), missing: manifest.files.missing }
  yield jsonEntry('manifest.json', manifest)
}

async function* passing(source: AsyncIterable<Buffer>, tally: { add(chunk: Buffer): void }): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    tally.add(chunk)
    yield chunk
  }
}

const jsonEntry = (name: string, value: unknown): Entry => ({
  name,
  body: Buffer.from(`${JSON.stringify(value, null, 1)}\n`),
})

function refusal(error: unknown): unknown {
  const { code, message = '' } = error as { code?: string; message?: string }
  if (code !== '42501' || !/row-level security/.test(message)) return error
  return new BackupRefused(
    'The user of DATABASE_URL may not read every row, and a backup without some rows is none. Run as an administrator of PostgreSQL: alter role <that user> bypassrls.',
    { cause: error },
  )
}
