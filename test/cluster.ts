import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { binariesFolder } from '../src/platform/db/binaries.ts'
import { type Embedded, startEmbedded } from '../src/platform/db/embedded.ts'
import { migrate, migrations, sha256 } from '../src/platform/db/migrate.ts'
import { programLogin } from '../src/platform/db/roles.ts'
import { testSecret } from './secret.ts'

/**
 * Starts or joins the server that tests of this user share, in the folder for temporary files. It does not sync to disk;
 * after a crash of the machine its folder is made anew.
 */
export async function startTestCluster(): Promise<Embedded> {
  const uid = process.getuid?.() ?? 0
  const { version } = JSON.parse(readFileSync(join(await binariesFolder(), '..', 'package.json'), 'utf8'))
  const folder = join(tmpdir(), `linden-test-${uid}-${version}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (lstatSync(folder).uid !== uid) throw new Error(`${folder} belongs to somebody else. Remove it.`)
  const options = { fsync: false, settings: { max_connections: '200', shared_buffers: '64MB' } }
  try {
    return await startEmbedded(folder, options)
  } catch {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    return startEmbedded(folder, options)
  }
}

/**
 * Makes the migrated template unless a run before has made it: its name is the hash of all migrations.
 * @returns the name of the template
 */
export async function makeTemplate(cluster: Embedded): Promise<string> {
  const content = JSON.stringify(migrations.map(({ part, number, text }) => [part, number, sha256(text)]))
  const name = `template_${createHash('sha256').update(content).digest('hex').slice(0, 16)}`
  const owner = new pg.Client(cluster.connection)
  owner.on('error', () => {})
  await owner.connect()
  try {
    await owner.query('select pg_advisory_lock(47112024)')
    await removeLeftovers(owner, name)
    const { rowCount } = await owner.query('select from pg_database where datname = $1', [name])
    if (rowCount) return name
    const building = `build_${process.pid}_${name}`
    await owner.query(`create database ${building}`)
    const pool = new pg.Pool({ ...cluster.connection, database: building, max: 2 })
    pool.on('error', () => {}).on('connect', (client) => client.on('error', () => {}))
    try {
      await migrate(pool, building, programLogin(building, Buffer.from(testSecret)))
    } finally {
      await pool.end()
    }
    await owner.query(`alter database ${building} rename to ${name}`)
    await owner.query(`alter database ${name} is_template true allow_connections false`)
    return name
  } finally {
    await owner.end()
  }
}

/** Copies of runs that were killed, and templates of other migrations that nobody has used for some time. */
async function removeLeftovers(owner: pg.Client, template: string): Promise<void> {
  const { rows } = await owner.query<{ datname: string }>(
    `select datname from pg_database where datname ~ '^(copy|build)_[0-9]+_' or (datname ~ '^template_[0-9a-f]{16}$' and datname <> $1)
     order by oid desc`,
    [template],
  )
  const templates = rows.filter(({ datname }) => datname.startsWith('template_')).slice(6)
  const copies = rows.filter(
    ({ datname }) => !datname.startsWith('template_') && !isAlive(Number(datname.split('_')[1])),
  )
  for (const { datname } of [...templates, ...copies]) await dropDatabase(owner, datname)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Drops a database and the role that the program had there. */
export async function dropDatabase(owner: pg.Client, name: string): Promise<void> {
  await owner.query(`alter database ${name} is_template false`).catch(() => {})
  await owner.query(`drop database if exists ${name} with (force)`)
  const { user } = programLogin(name, Buffer.from(testSecret))
  await owner.query(`drop role if exists ${user}`).catch(() => {})
}
