import { createHash } from 'node:crypto'
import { Logger, makeWorkerUtils } from 'graphile-worker'
import type pg from 'pg'
import { migrations as collected } from './migrations.generated.ts'
import { founding, type Login, openToOwner, prepareRoles } from './roles.ts'

/** One numbered step of a part's tables. Steps only go forward, and a step that was applied never changes. */
export interface Migration {
  part: string
  /** From 1, without gaps within the part. */
  number: number
  name: string
  text: string
}

/** All migrations of this program, in the order in which they are applied. */
export const migrations: readonly Migration[] = collected

/** The database does not fit the program. Nothing was written. */
export class MigrationRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'MigrationRefused'
  }
}

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const label = ({ part, number, name }: Omit<Migration, 'text'>) => `${part}/${String(number).padStart(4, '0')}_${name}`

/**
 * Brings a database to the state this program needs: roles, the tables of the job queue, all migrations not yet applied.
 * Safe with several starters at once, and when cut at any statement.
 * @param owner pool of the owner
 * @returns the migrations applied now
 * @throws MigrationRefused before anything is written, where an applied migration was changed or the database is newer
 */
export async function migrate(
  owner: pg.Pool,
  database: string,
  login: Login,
  steps: readonly Migration[] = migrations,
): Promise<Migration[]> {
  await inTransaction(owner, async (client) => pendingOf(steps, await appliedIn(client)))
  await inTransaction(owner, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [founding])
    await prepareRoles(client, database, login)
  })
  await migrateQueue(owner)
  const done: Migration[] = []
  for (;;) {
    const step = await applyNext(owner, steps)
    if (!step) return done
    done.push(step)
  }
}

/** What of `steps` is still to be applied. @throws MigrationRefused */
export async function pendingMigrations(
  owner: pg.Pool,
  steps: readonly Migration[] = migrations,
): Promise<readonly Migration[]> {
  return inTransaction(owner, async (client) => pendingOf(steps, await appliedIn(client)))
}

interface Applied {
  part: string
  number: number
  name: string
  sha256: string
}

async function appliedIn(client: pg.ClientBase): Promise<Applied[]> {
  // Not to_regclass: it may answer from a memory of before the lock was waited for.
  const { rowCount } = await client.query("select from pg_tables where schemaname = 'db' and tablename = 'migration'")
  if (!rowCount) return []
  return (await client.query<Applied>('select part, number, name, sha256 from db.migration')).rows
}

function pendingOf(steps: readonly Migration[], applied: readonly Applied[]): readonly Migration[] {
  for (const row of applied) {
    const step = steps.find(({ part, number }) => part === row.part && number === row.number)
    if (!step)
      throw new MigrationRefused(
        `The database is newer than this program: it holds ${label(row)}, which this program does not know. Start the newer program, or restore a backup of before.`,
      )
    if (sha256(step.text) !== row.sha256)
      throw new MigrationRefused(
        `The migration ${label(step)} was changed after it had been applied to this database. Put the file back and write a new migration for the change.`,
      )
  }
  return steps.filter((step) => !applied.some(({ part, number }) => part === step.part && number === step.number))
}

/** One step in one transaction: its statements and the note that it was applied hold together or not at all. */
async function applyNext(owner: pg.Pool, steps: readonly Migration[]): Promise<Migration | undefined> {
  return inTransaction(owner, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [founding])
    const [step] = pendingOf(steps, await appliedIn(client))
    if (!step) return undefined
    await applyStep(client, step)
    return step
  })
}

/**
 * Applies one step in the transaction at hand and notes that it was. Only while holding the lock `founding`.
 * @throws Error with the line that failed
 */
export async function applyStep(client: pg.ClientBase, step: Migration): Promise<void> {
  await client.query(register)
  try {
    await client.query(step.text)
  } catch (error) {
    throw new Error(`The migration ${label(step)} failed and left nothing behind: ${explain(error, step.text)}`, {
      cause: error,
    })
  }
  await client.query('insert into db.migration (part, number, name, sha256) values ($1, $2, $3, $4)', [
    step.part,
    step.number,
    step.name,
    sha256(step.text),
  ])
  await openToOwner(client)
}

const register = `
  create schema if not exists db;
  create table if not exists db.migration (
    part text not null,
    number integer not null,
    name text not null,
    sha256 text not null,
    applied_at timestamptz not null default now(),
    primary key (part, number)
  );`

function explain(error: unknown, text: string): string {
  const { message, position } = error as { message: string; position?: string }
  const line = position ? text.slice(0, Number(position)).split('\n').length : undefined
  return line ? `${message} (line ${line})` : message
}

/** The job queue brings its own migrations; the lock is held on another connection meanwhile. */
async function migrateQueue(owner: pg.Pool): Promise<void> {
  await inTransaction(owner, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [founding])
    const utils = await makeWorkerUtils({ pgPool: owner, logger: new Logger(() => () => {}) })
    try {
      await utils.migrate()
    } finally {
      await utils.release()
    }
  })
}

async function inTransaction<T>(owner: pg.Pool, work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  const client = await owner.connect()
  let failed: Error | undefined
  try {
    await client.query('begin')
    // Waiting for another starter, or for a large table, is no error here.
    await client.query('set local lock_timeout = 0; set local statement_timeout = 0')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    failed = error as Error
    throw error
  } finally {
    const clean = failed
      ? await client.query('rollback').then(
          () => true,
          () => false,
        )
      : true
    client.release(!clean)
  }
}
