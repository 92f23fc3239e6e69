import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/database.ts'
import { webServer } from '../../../platform/http/app.ts'
import { Door } from '../../../platform/http/door.ts'
import { createLog } from '../../../platform/log/log.ts'
import { loadPack, packFolders, packPart } from '../../../platform/packs/load.ts'
import { loadRegions, type Region } from '../../../platform/packs/regions.ts'
import { directoryPack } from '../pack-part.ts'
import { searchRoutes } from './search.tsx'

const db = await testDatabase()
let regions: Region[] = []
const door = new Door()
searchRoutes(door)
const app = webServer({
  config: db.config,
  database: db,
  door,
  authentication: { actorOf: async () => ({ actor: null }) },
  menus: [],
  regions: () => regions,
  log: createLog('silent'),
  secret: 'x'.repeat(32),
  secure: false,
  now: () => db.clock.now,
})
const get = (path: string, headers: Record<string, string> = {}) =>
  app.request(path, { headers: { 'accept-language': 'uk', ...headers } })
const html = async (path: string, headers: Record<string, string> = {}) => (await get(path, headers)).text()

beforeAll(async () => {
  for (const folder of packFolders(join(import.meta.dirname, '../../../../packs'), 'all'))
    await loadPack(db, folder, [packPart(directoryPack)], db.clock.now)
  regions = await loadRegions(db)
}, 120_000)

describe('DIR-5: the list of services', () => {
  test('DIR-5: an inflected word finds the service, and is marked', async () => {
    const page = await html('/services?q=притулку')
    expect(page).toMatch(/<mark>притулку<\/mark>/)
  })
})
