import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { initialise, openSocketFolder, preparePlace } from '../src/platform/db/embedded-place.ts'
import { launch } from '../src/platform/db/unprivileged.ts'

/**
 * The same PostgreSQL as the embedded one, run as an own server: it listens on a loopback port and knows nothing of Linden.
 * @returns DATABASE_URL of an empty database on it
 */
export async function startOverTcp(folder: string): Promise<{ databaseUrl: string; stop(): Promise<void> }> {
  const place = await preparePlace(folder)
  await initialise(place)
  openSocketFolder(place)
  const port = await freePort()
  const settings = { listen_addresses: '127.0.0.1', port, fsync: 'off', unix_socket_permissions: '0700' }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = launch(
    place.as,
    join(place.binaries, 'bin/postgres'),
    ['-D', place.data, '-k', place.socket, ...args],
    'pipe',
  )
  child.stdout?.resume()
  child.stderr?.resume()
  const ended = once(child, 'exit')
  const owner = { host: '127.0.0.1', port, user: 'owner', password: place.password, database: 'postgres' }
  await untilOpen(owner)
  return {
    databaseUrl: `postgres://owner:${encodeURIComponent(place.password)}@127.0.0.1:${port}/own`,
    async stop() {
      child.kill('SIGINT')
      await ended
    },
  }
}

async function untilOpen(owner: pg.ClientConfig): Promise<void> {
  for (const until = Date.now() + 120_000; ; await pause(20)) {
    const client = new pg.Client(owner)
    client.on('error', () => {})
    try {
      await client.connect()
      await client.query('create database own')
      return
    } catch (error) {
      if (Date.now() > until) throw error
    } finally {
      await client.end().catch(() => {})
    }
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (typeof address !== 'object' || !address) throw new Error('the system gave no port')
  return address.port
}
