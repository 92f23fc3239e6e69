import { closeSync, openSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import {
  closeSocketFolder,
  initialise,
  isInitialised,
  openSocketFolder,
  type Place,
  pidInFile,
  preparePlace,
  readOr,
  removePidFile,
  serverPid,
} from './embedded-place.ts'
import { withFolderMutex } from './folder-mutex.ts'
import { launch } from './unprivileged.ts'

/** A running PostgreSQL that this program uses, perhaps together with others. */
export interface Embedded {
  /** How the owner (a superuser) connects; add `database` for another than `postgres`. */
  connection: pg.ClientConfig
  /** Where it lives: the folder asked for, or under /var/lib/linden where root had to step aside for another user. */
  folder: string
  /**
   * Ends this program's use; the last user stops the server. Close all other connections before.
   * @returns whether the server was stopped
   */
  stop(): Promise<boolean>
}

export interface EmbeddedOptions {
  /** false gives up durability for speed: for tests only. */
  fsync?: boolean
  /** Further settings of postgresql.conf; they hold only where this program is the one that starts the server. */
  settings?: Record<string, string>
  /** false runs as if the system forbade user namespaces. */
  namespaces?: boolean
}

/** Held shared by every program that uses the server, exclusively by the one that stops it; in the database `postgres`. */
export const inUse = 47_112_022

/** How long a server may take to answer, in milliseconds; recovery after a crash says 57P03 and is waited for longer. */
const patience = { silent: 60_000, recovering: 15 * 60_000 }

/**
 * Starts the PostgreSQL of a folder, or joins the one that runs there: started by another program, or left behind by one
 * that was killed. Several programs may use a folder; the last one stops it. A crashed server is started again.
 * @param folder made if absent; everything lies inside (long paths: the socket in /tmp)
 * @throws Error that says what stands in the way, with the end of the server's log
 */
export async function startEmbedded(folder: string, options: EmbeddedOptions = {}): Promise<Embedded> {
  const place = await preparePlace(folder, options.namespaces)
  const connection: pg.ClientConfig = {
    host: place.socket,
    port: 5432,
    user: 'owner',
    password: place.password,
    database: 'postgres',
  }
  let stopping: Promise<boolean> | undefined
  let guard: Promise<pg.Client>
  const watch = (client: pg.Client) =>
    client.once('end', () => {
      if (stopping === undefined) guard = rejoin()
    })
  const rejoin = async () => {
    for (;;) {
      try {
        const client = await reach(place, connection, options)
        watch(client)
        return client
      } catch (error) {
        if (stopping !== undefined) throw error
        await pause(1000, undefined, { ref: false })
      }
    }
  }
  const first = await reach(place, connection, options)
  watch(first)
  guard = Promise.resolve(first)
  return {
    connection,
    folder: place.base,
    stop() {
      stopping ??= leave(place, () => guard)
      return stopping
    },
  }
}

/** Connects and takes a share of the server, starting it where none runs. @returns the connection that holds the share */
async function reach(place: Place, connection: pg.ClientConfig, options: EmbeddedOptions): Promise<pg.Client> {
  const begun = Date.now()
  for (;;) {
    const client = new pg.Client({ ...connection, application_name: 'linden guard', connectionTimeoutMillis: 10_000 })
    let reason: unknown
    client.on('error', () => {})
    try {
      await client.connect()
      // Whoever stops the server holds the lock exclusively until it is gone: then wait, and start it again.
      const { rows } = await client.query('select pg_try_advisory_lock_shared($1) as mine', [inUse])
      if (rows[0].mine) return client
    } catch (error) {
      reason = error
    }
    await client.end().catch(() => {})
    const code = (reason as { code?: string } | undefined)?.code
    if (code === '28P01')
      throw new Error(`The password in ${join(place.base, 'password')} does not open ${place.data}.`)
    if (code === '53300')
      throw new Error('The embedded database has no free connection left. Stop a program that uses it.')
    if (Date.now() - begun > (code === '57P03' ? patience.recovering : patience.silent))
      throw new Error(`The database in ${place.base} does not answer. Its log ends with:\n${endOfLog(place)}`, {
        cause: reason,
      })
    if (reason && serverPid(place) === undefined) await withFolderMutex(place.base, () => start(place, options))
    await pause(15)
  }
}

/** Starts the server where none runs. Only while holding the mutex of the folder. */
async function start(place: Place, options: EmbeddedOptions): Promise<void> {
  if (!isInitialised(place)) await initialise(place)
  const until = Date.now() + 20_000
  while (serverPid(place) === undefined) {
    removePidFile(place)
    const exit = await launchServer(place, options)
    if (exit === undefined) return
    // Backends of a server that was killed may need a moment to notice, and hold its memory until then.
    if (Date.now() > until || !/shared memory block|lock file/.test(endOfLog(place)))
      throw new Error(`PostgreSQL ended at once (${exit}). Its log ends with:\n${endOfLog(place)}`)
    await pause(100)
  }
}

/** @returns undefined once the server has taken the folder, else how it ended */
async function launchServer(place: Place, options: EmbeddedOptions): Promise<string | undefined> {
  rotateLog(place)
  openSocketFolder(place)
  const settings = Object.entries({ ...baseSettings, ...(options.fsync === false ? unsafe : {}), ...options.settings })
  const args = [
    '-D',
    place.data,
    '-k',
    place.socket,
    ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
  const log = openSync(place.log, 'a', 0o600)
  const child = launch(place.as, join(place.binaries, 'bin', 'postgres'), args, log)
  closeSync(log)
  let exit: string | undefined
  child.once('error', (error) => {
    exit = error.message
  })
  child.once('exit', (code, signal) => {
    exit = `${signal ?? code}`
  })
  child.unref()
  while (exit === undefined && serverPid(place) === undefined) await pause(10)
  return serverPid(place) === undefined ? exit : undefined
}

const baseSettings = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_connections: '100',
  // Room for the search index and the rows of 100 000 services; memory is taken only as it is used.
  shared_buffers: '256MB',
  // A log without people: neither statements nor the values of a violated key.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
}
const unsafe = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }

const logLimit = 10 * 1024 * 1024

function rotateLog(place: Place): void {
  const size = statSync(place.log, { throwIfNoEntry: false })?.size ?? 0
  if (size > logLimit) renameSync(place.log, `${place.log}.old`)
}

const endOfLog = (place: Place) => readOr(place.log).trimEnd().split('\n').slice(-5).join('\n')

/** Gives the share back; whoever then gets the whole lock is the last, and stops the server while holding it. */
async function leave(place: Place, guardOf: () => Promise<pg.Client>): Promise<boolean> {
  const guard = await guardOf().catch(() => undefined)
  if (!guard) return false
  try {
    await guard.query('select pg_advisory_unlock_shared($1)', [inUse])
    const { rows } = await guard.query('select pg_try_advisory_lock($1) as last', [inUse])
    const pid = rows[0].last ? serverPid(place) : undefined
    if (pid === undefined) return false
    process.kill(pid, 'SIGINT')
    await gone(place, pid)
    await withFolderMutex(place.base, async () => closeSocketFolder(place))
    return true
  } catch {
    // The server went away by itself, with it the share.
    return false
  } finally {
    await guard.end().catch(() => {})
  }
}

/** Waits until a server that was told to stop has written everything and ended. */
async function gone(place: Place, pid: number): Promise<void> {
  const until = Date.now() + 5 * 60_000
  while (pidInFile(place) === pid && serverPid(place) === pid) {
    if (Date.now() > until) throw new Error(`PostgreSQL (process ${pid}) does not stop. See ${place.log}.`)
    await pause(10)
  }
}
