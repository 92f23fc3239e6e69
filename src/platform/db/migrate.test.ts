import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterEach, describe, expect, inject, test } from 'vitest'
import { dropDatabase } from '../../../test/cluster.ts'
import { testSecret } from '../../../test/secret.ts'
import { type Migration, MigrationRefused, migrate, migrations, pendingMigrations } from './migrate.ts'
import { programLogin } from './roles.ts'

const { template: _, ...owner } = inject('cluster')
const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

const secret = Buffer.from(testSecret)
const step = (number: number, text: string): Migration => ({ part: 'trial', number, name: `step_${number}`, text })

function poolOn(database: string): pg.Pool {
  const pool = new pg.Pool({ ...owner, database, max: 3 })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  cleanUps.push(() => pool.end())
  return pool
}

async function emptyDatabase(): Promise<{
  name: string
  pool: pg.Pool
  run: (steps: Migration[]) => Promise<Migration[]>
}> {
  const name = `copy_${process.pid}_${randomBytes(6).toString('hex')}`
  const keeper = new pg.Client({ ...owner, database: 'postgres' })
  keeper.on('error', () => {})
  await keeper.connect()
  await keeper.query(`create database ${name}`)
  cleanUps.push(async () => {
    await dropDatabase(keeper, name)
    await keeper.end()
  })
  const pool = poolOn(name)
  return { name, pool, run: (steps) => migrate(pool, name, programLogin(name, secret), steps) }
}

/** Everything that a migration leaves in a database, as text that can be compared. */
async function stateOf(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query(`
    select 'relation ' || oid::regclass || ' ' || relkind::text as thing from pg_class where relnamespace::regnamespace::text in ('trial', 'db')
    union all select 'applied ' || part || number from db.migration
    union all select 'schema ' || nspname from pg_namespace order by 1`)
  return rows.map(({ thing }) => thing)
}

const first = step(1, 'create schema trial; create table trial.first (id integer primary key)')
const statements = [
  'create table trial.second (id integer primary key)',
  'insert into trial.first select n from generate_series(1, 100) n',
  'create index second_id on trial.second (id)',
  'alter table trial.first add column note text',
]
const cutHere = 'select pg_terminate_backend(pg_backend_pid())'

describe('migrations', () => {
  test('all migrations of the program run on an empty database, and once', async () => {
    const { name, pool } = await emptyDatabase()
    const login = programLogin(name, secret)
    expect(await pendingMigrations(pool)).toEqual(migrations)
    expect(await migrate(pool, name, login)).toEqual(migrations)
    expect(await migrate(pool, name, login)).toEqual([])
    expect(await pendingMigrations(pool)).toEqual([])
  })

  test.each(statements.map((_, index) => index))(
    'cut after %i statements, a migration leaves the state of before, and runs whole the next time',
    async (index) => {
      const { pool, run } = await emptyDatabase()
      await run([first])
      const before = await stateOf(pool)
      const cut = statements.toSpliced(index, 0, cutHere).join(';\n')
      await expect(run([first, step(2, cut)])).rejects.toThrow(/trial\/0002_step_2/)
      expect(await stateOf(pool)).toEqual(before)
      const whole = step(2, statements.join(';\n'))
      expect(await run([first, whole])).toEqual([whole])
      const { rows } = await pool.query('select count(*)::int as n from trial.first')
      expect(rows).toEqual([{ n: 100 }])
    },
  )

  test('a migration that fails says which, where and why, and keeps those before it', async () => {
    const { pool, run } = await emptyDatabase()
    const wrong = step(2, 'create table trial.second ();\ninsert into trial.nowhere values (1)')
    await expect(run([first, wrong])).rejects.toThrow(
      'The migration trial/0002_step_2 failed and left nothing behind: relation "trial.nowhere" does not exist (line 2)',
    )
    expect((await stateOf(pool)).filter((thing) => thing.startsWith('applied'))).toEqual(['applied trial1'])
  })

  test('a migration that was changed after it was applied is refused before anything is written', async () => {
    const { pool, run } = await emptyDatabase()
    await run([first])
    const before = await stateOf(pool)
    const changed = step(1, `${first.text} -- changed`)
    await expect(run([step(1, 'create schema other'), step(2, statements[0] ?? '')])).rejects.toThrow(MigrationRefused)
    await expect(run([changed])).rejects.toThrow(/trial\/0001_step_1 was changed after it had been applied/)
    expect(await stateOf(pool)).toEqual(before)
  })

  test('a database newer than the program is refused before anything is written', async () => {
    const { pool, run } = await emptyDatabase()
    const second = step(2, statements.join(';\n'))
    await run([first, second])
    const before = await stateOf(pool)
    await expect(run([first, { ...first, part: 'other' }])).rejects.toThrow(
      /newer than this program: it holds trial\/0002_step_2/,
    )
    expect(await stateOf(pool)).toEqual(before)
  })

  test('cut between its statements and the note that it was applied, a migration leaves the state of before', async () => {
    const { pool, run } = await emptyDatabase()
    const trap = step(
      1,
      `create schema trial;
       create table trial.first (id integer primary key);
       create function trial.cut() returns trigger language plpgsql as $$ begin perform ${cutHere.slice(7)}; return new; end $$;
       create trigger cut before insert on db.migration for each row when (new.number = 2) execute function trial.cut();`,
    )
    await run([trap])
    const before = await stateOf(pool)
    await expect(run([trap, step(2, statements.join(';\n'))])).rejects.toThrow()
    expect(await stateOf(pool)).toEqual(before)
  })

  test('of several migrators at once each step is done by one, and all find it done', async () => {
    const { name, pool, run } = await emptyDatabase()
    await run([])
    const steps = [step(1, `select pg_advisory_xact_lock(99); ${first.text}`), step(2, statements.join(';\n'))]
    const gate = await pool.connect()
    await gate.query('select pg_advisory_lock(99)')
    const login = programLogin(name, secret)
    const migrators = [poolOn(name), poolOn(name), poolOn(name)].map((each) => migrate(each, name, login, steps))
    // One stands before the gate inside its first step, the others before the lock that the one holds.
    const waiting = async () =>
      (await gate.query("select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted")).rows[0]
        .n
    await expect.poll(waiting, { timeout: 60_000 }).toBe(3)
    await gate.query('select pg_advisory_unlock(99)')
    gate.release()
    const done = (await Promise.all(migrators)).flat()
    expect(done.toSorted((a, b) => a.number - b.number)).toEqual(steps)
  })

  test('a role that may pass row level security is refused', async () => {
    const { name, pool, run } = await emptyDatabase()
    await run([first])
    const { user } = programLogin(name, secret)
    await pool.query(`alter role ${user} bypassrls`)
    await expect(run([first])).rejects.toThrow(`The database role ${user} may pass row level security`)
  })

  test('another secret gives the role another password: the old one no longer opens the database', async () => {
    const { name, pool, run } = await emptyDatabase()
    await run([first])
    const old = programLogin(name, secret)
    await migrate(pool, name, programLogin(name, Buffer.from('another secret of thirty-two letters')), [first])
    const client = new pg.Client({ ...owner, ...old, database: name })
    client.on('error', () => {})
    await expect(client.connect()).rejects.toMatchObject({ code: '28P01' })
  })
})
