import pg from 'pg'
import { Refusal, reasonOf } from '../platform/command-line/frame.ts'
import { type Config, secretOf } from '../platform/config/config.ts'
import { MigrationRefused, pendingMigrations } from '../platform/db/migrate.ts'
import { programGroup, programLogin } from '../platform/db/roles.ts'
import { queueState } from '../platform/jobs/state.ts'
import { type Finding, fine, wrong } from './finding.ts'
import { withOwner } from './owner.ts'

/** Looks at the database: version, letters, roles, tables, jobs. Stops at the first thing without which the rest cannot be seen. */
export async function examineDatabase(config: Config): Promise<Finding[]> {
  try {
    return await withOwner(config, { make: false }, async (owner, connection) => {
      const version = await examineVersion(owner)
      const letters = await examineLetters(owner)
      const tables = await examineTables(owner)
      if (!tables.ok) return [version, letters, tables]
      return [version, letters, tables, await examineRoles(owner, connection, config), ...(await examineJobs(owner))]
    })
  } catch (error) {
    return [wrong('database', error instanceof Refusal ? error.message : reasonOf(error))]
  }
}

async function examineVersion(owner: pg.Pool): Promise<Finding> {
  const { rows } = await owner.query<{ version: string; number: number }>(
    "select current_setting('server_version') as version, current_setting('server_version_num')::int as number",
  )
  const { version = '', number = 0 } = rows[0] ?? {}
  if (number >= 180_000) return fine('database', `PostgreSQL ${version}`)
  return wrong('database', `PostgreSQL ${version} is too old: Linden needs 18 or newer.`)
}

/** Upper and lower case, likeness and sorting of Ukrainian words depend on how the database was made. */
async function examineLetters(owner: pg.Pool): Promise<Finding> {
  const { rows } = await owner.query<{ encoding: string; cased: boolean; trigrams: boolean; sorting: boolean }>(
    `select getdatabaseencoding() as encoding, lower('ЇЖАК') = 'їжак' and upper('æøå') = 'ÆØÅ' as cased,
       exists (select from pg_extension where extname = 'pg_trgm') as trigrams,
       (select count(*) = 4 from pg_collation where collname in ('en-x-icu', 'uk-x-icu', 'da-x-icu', 'de-x-icu')) as sorting`,
  )
  const found = rows[0]
  const how =
    "Make it anew: create database … encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8' lc_ctype 'C.UTF-8' template template0"
  if (found?.encoding !== 'UTF8') return wrong('letters', `The database stores ${found?.encoding}, not UTF8. ${how}`)
  if (!found.cased)
    return wrong('letters', `The database does not know upper and lower case of all our letters. ${how}`)
  if (!found.sorting)
    return wrong('letters', 'The server lacks the collations of ICU: use one that was built with ICU.')
  if (!found.trigrams) return fine('letters', 'UTF8; pg_trgm comes with the tables')
  const alike = await owner.query<{ likeness: number }>("select similarity('притулок', 'притулку') as likeness")
  if ((alike.rows[0]?.likeness ?? 0) > 0.3)
    return fine('letters', 'UTF8, case, likeness and sorting in all four languages')
  return wrong('letters', `The database finds no likeness of Ukrainian words (its LC_CTYPE is C). ${how}`)
}

async function examineTables(owner: pg.Pool): Promise<Finding> {
  try {
    const pending = await pendingMigrations(owner)
    if (pending.length === 0) return fine('tables', 'as this program needs them')
    return wrong('tables', `${pending.length} migrations are not applied yet. Run: linden migrate`)
  } catch (error) {
    if (error instanceof MigrationRefused) return wrong('tables', error.message)
    throw error
  }
}

async function examineRoles(owner: pg.Pool, connection: pg.ClientConfig, config: Config): Promise<Finding> {
  const login = programLogin(connection.database ?? '', secretOf(config))
  const { rows } = await owner.query<{ rolname: string; open: boolean }>(
    'select rolname, rolsuper or rolbypassrls as open from pg_roles where rolname = any($1)',
    [[programGroup, login.user]],
  )
  const open = rows.find((role) => role.open)
  if (open)
    return wrong(
      'roles',
      `${open.rolname} may pass row level security. Run: alter role ${open.rolname} nosuperuser nobypassrls`,
    )
  if (rows.length < 2) return wrong('roles', 'The role of the program is missing. Run: linden migrate')
  const unforced = await owner.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_policy p on p.polrelid = c.oid
     where c.relnamespace <> 'graphile_worker'::regnamespace and not (c.relrowsecurity and c.relforcerowsecurity) limit 1`,
  )
  if (unforced.rows[0])
    return wrong(
      'roles',
      `Row level security of ${unforced.rows[0].name} is off. Restore a backup, or switch it on: alter table … force row level security`,
    )
  const program = new pg.Client({ ...connection, ...login, connectionTimeoutMillis: 15_000 })
  program.on('error', () => {})
  try {
    await program.connect()
    return fine('roles', `${login.user} sees only what policies let it see`)
  } catch (error) {
    if ((error as { code?: string }).code !== '28P01') throw error
    return wrong(
      'roles',
      'The program cannot sign in to the database: LINDEN_SECRET is not the one it was set up with. Set the same on every server, or run: linden migrate',
    )
  } finally {
    await program.end().catch(() => {})
  }
}

async function examineJobs(owner: pg.Pool): Promise<Finding[]> {
  const { alive, waiting, overdue, failing } = await queueState(owner)
  const lost = failing.find(({ again }) => again === undefined)
  const first = lost ?? failing[0]
  if (first)
    return [
      wrong(
        'jobs',
        `${failing.length} fail; ${first.task} ${lost ? `was given up after ${first.attempts} attempts` : `has failed ${first.attempts} times`}: ${first.reason}`,
      ),
    ]
  if (overdue > 0 && alive)
    return [
      wrong('jobs', `${overdue} have been due for more than five minutes. Start another process: linden serve --jobs`),
    ]
  return [fine('jobs', `${waiting} wait, ${alive ? 'a worker takes them' : 'no worker runs now'}`)]
}
