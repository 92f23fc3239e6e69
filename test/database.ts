import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { type Config, readConfig } from '../src/platform/config/config.ts'
import { type Database, openDatabase } from '../src/platform/db/database.ts'
import { prepareRoles, programLogin } from '../src/platform/db/roles.ts'
import { dropDatabase } from './cluster.ts'
import { testSecret } from './secret.ts'

/** A clock that moves only when told. */
export interface TestClock {
  now: Date
  /** Moves forward by so many milliseconds. */
  advance(milliseconds: number): void
}

export interface TestDatabase extends Database {
  clock: TestClock
  /** The configuration it was opened with; its `databaseUrl` opens the same database again. */
  config: Config
}

/** The configuration of a test: what the environment variables given say, with the secret of the tests. */
export function testConfig(env: Record<string, string> = {}): Config {
  return readConfig({
    LINDEN_SECRET: testSecret,
    LINDEN_DATA: join(tmpdir(), `linden-test-data-${process.pid}`),
    LINDEN_DEMO: 'off',
    LINDEN_POOL: '5',
    LOG_LEVEL: 'silent',
    ...env,
  })
}

/**
 * A database of its own for one test file: a copy of the migrated template, dropped after the file.
 * Call it once at the top: `const db = await testDatabase()`.
 * @param options.now where the clock stands at first
 */
export async function testDatabase(options: { now?: Date; env?: Record<string, string> } = {}): Promise<TestDatabase> {
  const made = await openTestDatabase(options)
  afterAll(made.drop)
  return made.database
}

/** As `testDatabase`, for those who drop it themselves (benchmarks, tests within one file). */
export async function openTestDatabase(
  options: { now?: Date; env?: Record<string, string> } = {},
): Promise<{ database: TestDatabase; drop: () => Promise<void> }> {
  const { template, ...owner } = inject('cluster')
  const name = `copy_${process.pid}_${randomBytes(6).toString('hex')}`
  await asOwner(owner, async (client) => {
    await client.query(`create database ${name} template ${template}`)
    await prepareRoles(client, name, programLogin(name, Buffer.from(testSecret)))
  })
  const { host, port, user, password } = owner
  const databaseUrl = `postgres://${user}:${encodeURIComponent(password)}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`
  const config = testConfig({ ...options.env, DATABASE_URL: databaseUrl })
  const clock: TestClock = {
    now: options.now ?? new Date('2026-11-23T09:00:00Z'),
    advance(milliseconds) {
      this.now = new Date(this.now.getTime() + milliseconds)
    },
  }
  const database = await openDatabase(config, { now: () => clock.now, migrate: false })
  const drop = async () => {
    await database.close()
    await asOwner(owner, (client) => dropDatabase(client, name))
  }
  return { database: { ...database, clock, config }, drop }
}

async function asOwner(owner: pg.ClientConfig, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ ...owner, database: 'postgres' })
  client.on('error', () => {})
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
