import { join } from 'node:path'
import type { Hono } from 'hono'
import type { TestDatabase } from '../../../../test/database.ts'
import { testFiles } from '../../../../test/files.ts'
import { webServer } from '../../../platform/http/app.ts'
import { Door } from '../../../platform/http/door.ts'
import { createLog } from '../../../platform/log/log.ts'
import { loadPack, packFolders, packPart } from '../../../platform/packs/load.ts'
import { loadRegions } from '../../../platform/packs/regions.ts'
import { directoryPack } from '../pack-part.ts'
import { searchRoutes } from './search.tsx'

/** The three packs, loaded; and a web server that has the routes of search. */
export async function searchHouse(database: TestDatabase): Promise<Hono> {
  for (const folder of packFolders(join(import.meta.dirname, '../../../../packs'), 'all')) {
    await loadPack(database, folder, [packPart(directoryPack)], database.clock.now)
  }
  const regions = await loadRegions(database)
  const door = new Door()
  searchRoutes(door)
  return webServer({
    config: database.config,
    database,
    files: testFiles(database),
    door,
    authentication: { actorOf: async () => ({ actor: null }) },
    menus: [],
    regions: () => regions,
    log: createLog('silent'),
    secret: 'x'.repeat(32),
    secure: false,
    now: () => database.clock.now,
  })
}
