import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { type Config, secretOf } from '../config/config.ts'
import { copyIn } from '../db/copy.ts'
import type { Database } from '../db/database.ts'
import { applyStep, type Migration, migrations, sha256 } from '../db/migrate.ts'
import { founding } from '../db/roles.ts'
import { type About, BackupRefused, fileSection, jobSection, secretCheck, tableSection } from './archive.ts'
import { disarm, ownTables, quotedColumns, quotedTable, schemaNames } from './own-tables.ts'
import { loadJobs, removeJobs } from './queue-jobs.ts'
import { readArchive, verifyArchive } from './read-archive.ts'
import { FileIntake } from './stored-files.ts'

/** What was restored. */
export interface RestoreReport {
  madeAt: string
  /** version of the program that wrote the archive */
  program: string
  tables: number
  rows: number
  files: number
  /** migrations that this program has and the archive did not know */
  migrated: number
}

/**
 * Whether an archive is whole and could be restored here: read to its end, its key and this instance's secret compared, its tables known.
 * Touches no database. @throws BackupRefused, ArchiveDamaged
 */
export async function judgeArchive(config: Config, file: string): Promise<RestoreReport> {
  const { about, manifest } = await verifyArchive(file, config.backupKey)
  requireSecret(config, about)
  const { later } = stepsOf(about, migrations)
  return {
    madeAt: about.madeAt,
    program: about.program,
    tables: about.tables.length,
    rows: manifest.sections.reduce((rows, section) => rows + section.rows, 0),
    files: manifest.files.count,
    migrated: later.length,
  }
}

/**
 * Makes the database what it was when the archive was written, then brings it to the state of this program: in one transaction, so that a cut
 * at any moment leaves what was there before. Programs that run on the database see the new state from one moment on.
 * @param options.replace whether what the database holds may be given up
 * @param options.steps migrations of this program; another list only in tests
 * @returns how many migrations the archive did not know
 * @throws BackupRefused where the database holds something, or the archive is damaged or does not fit; nothing is changed then
 */
export async function restore(
  config: Config,
  database: Pick<Database, 'ownerPool'>,
  file: string,
  options: { replace: boolean; steps?: readonly Migration[] },
): Promise<number> {
  const { steps = migrations, replace } = options
  const { about, sections } = await readArchive(file, config.backupKey)
  requireSecret(config, about)
  const { before, later } = stepsOf(about, steps)
  const intake = new FileIntake(config)
  const client = await database.ownerPool.connect()
  let failed = true
  try {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock($1)', [founding])
    await client.query(
      `set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local timezone = 'UTC';
       set local datestyle = 'ISO, YMD'; set local intervalstyle = 'iso_8601'; set local client_encoding = 'UTF8'`,
    )
    if (!replace) await requireEmpty(client)
    await removeEverything(client)
    for (const step of before) await applyStep(client, step)
    await load(client, about, sections(), intake)
    for (const step of later) await applyStep(client, step)
    await client.query('commit')
    failed = false
    await client.query('analyze').catch(() => {})
    return later.length
  } catch (error) {
    await intake.undo()
    throw error
  } finally {
    if (failed) await client.query('rollback').catch(() => {})
    client.release(failed)
  }
}

function requireSecret(config: Config, about: About): void {
  const how =
    'Set LINDEN_SECRET to it, or put the file "secret" of the old data folder into LINDEN_DATA. Without it second factors and files cannot be opened. Nothing was restored.'
  if (!config.secret && !existsSync(join(config.data, 'secret')))
    throw new BackupRefused(`This archive needs the secret of the instance that it was made on. ${how}`)
  if (secretCheck(secretOf(config), about.secret.salt) !== about.secret.check)
    throw new BackupRefused(`This archive was made on an instance with another secret. ${how}`)
}

/** The migrations that the archive was written with, and those that came later. */
function stepsOf(about: About, steps: readonly Migration[]): { before: Migration[]; later: Migration[] } {
  const known = new Map(about.migrations.map((row) => [`${row.part}/${row.number}`, row]))
  for (const row of about.migrations) {
    const step = steps.find(({ part, number }) => part === row.part && number === row.number)
    const name = `${row.part}/${String(row.number).padStart(4, '0')}_${row.name}`
    if (!step)
      throw new BackupRefused(
        `This archive was made by a newer Linden (${about.program}): this program does not know its migration ${name}. Restore it with that version.`,
      )
    if (sha256(step.text) !== row.sha256)
      throw new BackupRefused(
        `This archive was made with another text of the migration ${name}. Restore it with the version that made it (${about.program}).`,
      )
  }
  return {
    before: steps.filter(({ part, number }) => known.has(`${part}/${number}`)),
    later: steps.filter(({ part, number }) => !known.has(`${part}/${number}`)),
  }
}

async function requireEmpty(client: pg.ClientBase): Promise<void> {
  for (const table of await ownTables(client)) {
    const { rows } = await client.query<{ full: boolean }>(`select exists (select from ${quotedTable(table)}) as full`)
    if (rows[0]?.full)
      throw new BackupRefused(
        `The database holds something already (in ${table.schema}.${table.name}). Restore into an empty one, or add --replace to give up what it holds. Nothing was restored.`,
      )
  }
}

async function removeEverything(client: pg.ClientBase): Promise<void> {
  const names = (await schemaNames(client)).map((name) => pg.escapeIdentifier(name))
  if (names.length > 0) await client.query(`drop schema ${names.join(', ')} cascade`)
  await removeJobs(client)
}

async function load(
  client: pg.ClientBase,
  about: About,
  sections: AsyncIterable<{ name: string; body: AsyncIterable<Buffer> }>,
  intake: FileIntake,
): Promise<void> {
  const tables = new Map(about.tables.map((table) => [tableSection(table), table]))
  const arm = await disarm(client)
  // Migrations may put rows into new tables; those of the archive are all there are.
  for (const table of about.tables) await client.query(`delete from ${quotedTable(table)}`)
  for await (const { name, body } of sections) {
    const table = tables.get(name)
    if (table) await copyIn(client, `copy ${quotedTable(table)} (${quotedColumns(table)}) from stdin`, body)
    else if (name === jobSection) await loadJobs(client, body)
    else if (fileSection.test(name)) await intake.take(name, body)
    else for await (const _ of body);
  }
  await client.query('update files.file set storage = $1 where storage <> $1', [intake.kind])
  for (const { schema, name, last } of about.sequences)
    await client.query('select setval(format($1, $2::text, $3::text)::regclass, $4)', ['%I.%I', schema, name, last])
  await arm()
}
