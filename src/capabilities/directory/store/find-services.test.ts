import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/database.ts'
import { loadPack, packFolders, packPart } from '../../../platform/packs/load.ts'
import { directoryPack } from '../pack-part.ts'
import { findServices } from './find-services.ts'
import type { ServiceSearch } from './search-plan.ts'

const db = await testDatabase()
beforeAll(async () => {
  for (const folder of packFolders(join(import.meta.dirname, '../../../../packs'), 'all')) await loadPack(db, folder, [packPart(directoryPack)], db.clock.now)
}, 120_000)

const nothing: ServiceSearch = {
  words: undefined,
  facets: { situation: [], group: [], kind: [], form: [], cost: [], language: [], access: [] },
  areaPath: undefined,
  openAt: undefined,
  sort: 'relevance',
  near: undefined,
  locale: 'uk',
  limit: 20,
  after: undefined,
}
const find = (search: Partial<ServiceSearch>) => db.transact({ actor: null }, (tx) => findServices(tx, { ...nothing, ...search }))

describe('DIR-5: search', () => {
  test('притулку finds Надання притулку', async () => {
    const found = await find({ words: 'притулку' })
    console.log(found.total, found.hits.map((hit) => hit.names.uk))
    expect(found.hits[0]?.names.uk).toBe('Надання притулку')
  })
  test('all', async () => {
    const found = await find({ near: [36.23, 49.99], sort: 'distance' })
    console.log(found.total, found.hits.map((hit) => [hit.names.uk, hit.metres]), [...found.marks].slice(0, 20), found.areas)
  })
})
