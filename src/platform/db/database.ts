import { join } from 'node:path'
import pg from 'pg'
import { type Config, secretOf } from '../config/config.ts'
import { columnTypes } from './column-types.ts'
import { type Embedded, startEmbedded } from './embedded.ts'
import { migrate } from './migrate.ts'
import type { Statement } from './query.ts'
import { type Login, programLogin } from './roles.ts'
import { stream } from './stream.ts'
import { type Identity, type Means, type TransactOptions, type Tx, transact } from './transact.ts'

export { json, query, type Statement } from './query.ts'
export type { Identity, TransactOptions, Tx } from './transact.ts'

/** The database as the program uses it. Rows appear only as far as row level security lets the identity see them. */
export interface Database {
  /**
   * All of the work is stored, or nothing; see `Tx`. After a deadlock or a serialisation failure it runs again, up to
   * three times, so it must change nothing but the database.
   * @throws the first error of a statement, awaited or not; else what the work threw
   */
  transact<T>(identity: Identity, work: (tx: Tx) => Promise<T>, options?: TransactOptions): Promise<T>
  /** Rows of one moment, in batches (500) from a cursor on the server: memory stays flat however many there are. */
  stream<O>(identity: Identity, statement: Statement<O>, batch?: number): AsyncIterable<O>
  /** Connections as the program, for libraries that bring their own SQL. */
  readonly pool: pg.Pool
  /** A few connections as the owner, whom no policy holds: migrations, the job worker, sealing. Never for requests. */
  readonly ownerPool: pg.Pool
  /** How the owner connects, for helpers that need a connection of their own. */
  readonly ownerConnection: pg.ClientConfig
  /** Ends all connections; the last program on an embedded database stops it. */
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** The clock of the program. */
  now?: () => Date
  /** false where the database is known to be as this program needs it. */
  migrate?: boolean
  /** Told of connections that broke while idle; they are replaced by themselves. */
  onConnectionError?: (error: Error) => void
}

/** Name of the database on the embedded server. */
const embeddedName = 'linden'
const ownerConnections = 4

/**
 * Opens DATABASE_URL, or starts or joins the embedded database in the data folder; migrates it first.
 * @throws MigrationRefused where the database does not fit this program; Error in words for whoever runs it
 */
export async function openDatabase(config: Config, options: DatabaseOptions = {}): Promise<Database> {
  const embedded = config.databaseUrl ? undefined : await startEmbedded(join(config.data, 'postgres'))
  try {
    const ownerConnection = embedded ? await embeddedConnection(embedded) : connectionOf(config.databaseUrl ?? '')
    return await open(config, options, ownerConnection, embedded)
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}

async function open(
  config: Config,
  options: DatabaseOptions,
  ownerConnection: pg.ClientConfig,
  embedded: Embedded | undefined,
): Promise<Database> {
  let closing: Promise<void> | undefined
  // While the last program stops the embedded server, it ends connections that are ending themselves.
  const alert = (error: Error) => {
    if (!closing) options.onConnectionError?.(error)
  }
  const database = ownerConnection.database ?? ''
  const login = programLogin(database, secretOf(config))
  const ownerPool = poolOf({ ...ownerConnection, max: ownerConnections, application_name: 'linden owner' }, alert)
  const pool = poolOf(
    { ...ownerConnection, ...login, max: config.pool, pipeline: true, application_name: 'linden' },
    alert,
  )
  const close = async () => {
    await Promise.all([pool.end(), ownerPool.end()])
    await embedded?.stop()
  }
  try {
    await requireVersion(ownerPool)
    if (options.migrate ?? true) await migrate(ownerPool, database, login)
    await requireProgram(pool, login)
  } catch (error) {
    await Promise.all([pool.end(), ownerPool.end()])
    throw error
  }
  const means: Means = { pool, prepare: config.prepare, now: options.now ?? (() => new Date()) }
  return {
    transact: (identity, work, within) => transact(means, identity, work, within),
    stream: (identity, statement, batch) => stream(means, identity, statement, batch),
    pool,
    ownerPool,
    ownerConnection,
    close() {
      closing ??= close()
      return closing
    },
  }
}

/** What an address of PostgreSQL says, piece by piece, so that the same server can be entered as somebody else. */
export function connectionOf(url: string): pg.ClientConfig {
  const { host, port, user, password, database, ssl } = new pg.Client({ connectionString: url })
  return { host, port, user, password, database, ssl }
}

/** How the owner enters the database of Linden on the embedded server; made where it is not there yet. */
export async function embeddedConnection(embedded: Embedded): Promise<pg.ClientConfig> {
  const client = new pg.Client(embedded.connection)
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(`create database ${embeddedName}`)
  } catch (error) {
    // It exists, or another starter makes it at this moment.
    if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error
  } finally {
    await client.end()
  }
  return { ...embedded.connection, database: embeddedName }
}

function poolOf(config: pg.PoolConfig, alert: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    ...config,
    types: columnTypes(),
    connectionTimeoutMillis: 15_000,
    idleTimeoutMillis: 60_000,
  })
  pool.on('error', alert)
  // A connection that breaks while somebody holds it tells its holder; without a listener it would end the program.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

async function requireVersion(owner: pg.Pool): Promise<void> {
  const { rows } = await owner.query("select current_setting('server_version_num')::int / 10000 as major")
  if (rows[0].major < 18)
    throw new Error(`DATABASE_URL leads to PostgreSQL ${rows[0].major}. Linden needs PostgreSQL 18 or newer.`)
}

async function requireProgram(pool: pg.Pool, login: Login): Promise<void> {
  const { rows } = await pool.query<{ open: boolean }>(
    'select rolsuper or rolbypassrls as open from pg_roles where rolname = current_user',
  )
  if (rows[0]?.open !== false) throw new Error(`The database role ${login.user} may pass row level security.`)
}
