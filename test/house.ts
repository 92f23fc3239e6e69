import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { afterAll } from 'vitest'
import { type OpenHouse, openHouse } from '../src/main.ts'
import { openTestDatabase, type TestDatabase } from './database.ts'

/** The whole house on loopback, over a database of its own, with the packs that come with the program. */
export interface TestHouse {
  /** `http://localhost:PORT`, which is also what the program takes for its own address */
  url: string
  house: OpenHouse
  /** the same database, opened beside the house */
  db: TestDatabase
}

/**
 * Opens the house for one test file; call it once at the top. The clock stands where the test's clock stands.
 * @param options.env further environment variables
 * @param options.now where the clock stands at first; default: the real time, which sessions are measured by
 */
export async function testHouse(options: { env?: Record<string, string>; now?: Date } = {}): Promise<TestHouse> {
  const data = mkdtempSync(join(tmpdir(), 'linden-house-'))
  copyAssets(join(data, 'assets'))
  const { database: db, drop } = await openTestDatabase({
    now: options.now ?? new Date(),
    env: { LINDEN_DATA: data, LINDEN_PACKS: 'all', ...options.env },
  })
  let answer: OpenHouse['app']['fetch'] = () => new Response(null, { status: 503 })
  const server = serve({ fetch: (request, own) => answer(request, own), port: 0, hostname: '127.0.0.1' })
  if (!server.listening) await new Promise((listening) => server.once('listening', listening))
  const url = `http://localhost:${(server.address() as AddressInfo).port}`
  const house = await openHouse({ ...db.config, url }, { now: () => db.clock.now })
  answer = house.app.fetch
  afterAll(async () => {
    await new Promise((closed) => {
      server.close(closed)
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
    await house.close()
    await drop()
    rmSync(data, { recursive: true, force: true })
  })
  return { url, house, db }
}

/** Style sheet and islands of the last build, in a folder of this test: a build that runs meanwhile takes none of them away. */
function copyAssets(folder: string): void {
  const built = join(import.meta.dirname, '../dist/assets')
  if (!existsSync(join(built, 'manifest.json')))
    throw new Error('Run "npm run build" first: the pages need their style sheet.')
  cpSync(built, folder, { recursive: true })
  process.env.LINDEN_ASSETS = folder
}
