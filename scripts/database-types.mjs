/**
 * Writes the types of all tables, as an empty database has them after every migration, to src/platform/db/generated.ts.
 *
 *   node scripts/database-types.mjs           writes the file
 *   node scripts/database-types.mjs --check   fails where the file is not current
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { collectMigrations } from './collect-migrations.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const target = join(root, 'src/platform/db/generated.ts')
const command = 'npm run types:database'

const header = `/**
 * The tables, as the migrations make them. Written by \`${command}\`; never edit.
 * Days and numeric values are strings, moments are Date, what is in jsonb is unknown until a schema has read it.
 */
`

/** Types of columns where the generator would choose otherwise than src/platform/db/column-types.ts. */
const mapping = { jsonb: 'unknown', json: 'unknown', int8: 'number', date: 'string', tsvector: 'string' }

/** @returns the text of generated.ts for the migrations as they are now */
async function typesOfMigrations() {
  collectMigrations(root)
  const { startEmbedded } = await import('../src/platform/db/embedded.ts')
  const { migrate } = await import('../src/platform/db/migrate.ts')
  const { programLogin } = await import('../src/platform/db/roles.ts')
  const folder = mkdtempSync(join(tmpdir(), 'linden-types-'))
  const embedded = await startEmbedded(folder, { fsync: false })
  try {
    const pool = new pg.Pool({ ...embedded.connection, max: 2 })
    pool.on('error', () => {}).on('connect', (client) => client.on('error', () => {}))
    await migrate(pool, 'postgres', programLogin('postgres', Buffer.alloc(32)))
    const { rows } = await pool.query(
      `select nspname from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'public', 'graphile_worker') order by 1`,
    )
    await pool.end()
    const file = join(folder, 'types.ts')
    await generate(
      embedded.connection,
      rows.map(({ nspname }) => nspname),
      file,
    )
    return header + readFileSync(file, 'utf8').replace(/^\/\*\*[\s\S]*?\*\/\n+/, '\n')
  } finally {
    await embedded.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function generate({ host, user, password, database }, schemas, file) {
  const url = `postgres://${user}:${encodeURIComponent(password)}@localhost/${database}?host=${encodeURIComponent(host)}`
  const options = {
    dialect: 'postgres',
    url,
    'out-file': file,
    'include-pattern': `(${schemas.join('|')}).*`,
    'date-parser': 'string',
    'numeric-parser': 'string',
    'type-mapping': JSON.stringify(mapping),
    'log-level': 'error',
  }
  const program = join(root, 'node_modules/kysely-codegen/dist/cli/bin.js')
  const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`)
  const child = spawn(process.execPath, [program, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const code = await new Promise((done) => child.once('close', done))
  if (code !== 0) throw new Error(`kysely-codegen failed: ${said.replaceAll(password, '…')}`)
}

try {
  const wanted = await typesOfMigrations()
  let there = ''
  try {
    there = readFileSync(target, 'utf8')
  } catch {}
  if (process.argv.includes('--check')) {
    if (there !== wanted)
      throw new Error(
        `src/platform/db/generated.ts does not describe the tables that the migrations make. Run: ${command}`,
      )
  } else if (there !== wanted) writeFileSync(target, wanted)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
