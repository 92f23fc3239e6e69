import { join } from 'node:path'
import type { Hono } from 'hono'
import { directoryPack } from '../src/capabilities/directory/pack-part.ts'
import type { Database } from '../src/platform/db/database.ts'
import { webServer } from '../src/platform/http/app.ts'
import { Door } from '../src/platform/http/door.ts'
import { createLog } from '../src/platform/log/log.ts'
import { loadPack, type PackPart, packFolders } from '../src/platform/packs/load.ts'
import { loadRegions } from '../src/platform/packs/regions.ts'
import type { TestDatabase } from './database.ts'
import { testFiles } from './files.ts'
import { testSecret } from './secret.ts'

export const packsFolder = join(import.meta.dirname, '..', 'packs')

/** Loads the common words and the packs named; all of them when none is. */
export async function loadPacks(database: Database, now: Date, only?: readonly string[]): Promise<void> {
  for (const folder of packFolders(packsFolder, only ?? 'all'))
    await loadPack(database, folder, [directoryPack as PackPart<unknown>], now)
}

/** A web server over routes of the directory, for readers without an account. */
export async function directoryHouse(database: TestDatabase, routes: (door: Door) => void): Promise<Hono> {
  const door = new Door()
  routes(door)
  const regions = await loadRegions(database)
  return webServer({
    config: database.config,
    database,
    files: testFiles(database),
    door,
    authentication: { actorOf: async () => ({ actor: null }) },
    menus: [],
    regions: () => regions,
    log: createLog('silent'),
    secret: testSecret,
    secure: false,
    now: () => database.clock.now,
  })
}
