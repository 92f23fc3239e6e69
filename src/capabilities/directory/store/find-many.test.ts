import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { cards } from '../../../../bench/search-data.ts'
import { testDatabase } from '../../../../test/database.ts'
import { query } from '../../../platform/db/database.ts'
import { loadPack, packFolders, packPart } from '../../../platform/packs/load.ts'
import { directoryPack } from '../pack-part.ts'
import { findServices } from './find-services.ts'
import { addService } from './save-service.ts'
import { mostCounted, type ServiceSearch } from './search-plan.ts'
import { readRegister } from './sources.ts'

const db = await testDatabase()
const many = 900

beforeAll(async () => {
  const packs = join(import.meta.dirname, '../../../../packs')
  for (const folder of packFolders(packs, 'all')) await loadPack(db, folder, [packPart(directoryPack)], db.clock.now)
  await db.transact({ actor: null, purpose: 'administration' }, async (tx) => {
    const register = await readRegister(tx)
    const terms = await tx.all(query.selectFrom('directory.term').select(['code', 'facet']).orderBy('code'))
    const ground = {
      packs,
      terms: terms as Parameters<typeof cards>[1]['terms'],
      areas: ['DK-0791', 'DK-0740'],
      organisations: [...register.organisations.keys()],
      locations: [...register.locations.keys()],
    }
    for (const card of cards(many, ground)) {
      await addService(
        tx,
        {
          card,
          pack: null,
          status: 'active',
          assured: { at: tx.now, by: 'test' },
          assuranceDue: new Date(tx.now.getTime() + 1e9),
        },
        register,
        { account: null, origin: 'command-line', deed: 'add' },
      )
    }
  })
}, 300_000)

const nothing: ServiceSearch = {
  words: undefined,
  facets: { situation: [], group: [], kind: [], form: [], cost: [], language: [], access: [] },
  areaPath: undefined,
  openAt: undefined,
  sort: 'relevance',
  near: undefined,
  locale: 'da',
  limit: 100,
  after: undefined,
}
const find = (search: Partial<ServiceSearch>) =>
  db.transact({ actor: null }, (tx) => findServices(tx, { ...nothing, ...search }))

async function allPages(search: Partial<ServiceSearch>) {
  const hits: Awaited<ReturnType<typeof find>>['hits'] = []
  let after: string | undefined
  do {
    const found = await find({ ...search, after })
    hits.push(...found.hits)
    after = found.next
  } while (after !== undefined && hits.length < 3 * many)
  return hits
}

describe('DIR-5: where more fit than are counted', () => {
  test('DIR-5: it says that there are more, and counts facets over those it counted', async () => {
    const found = await find({})
    expect(found.total).toBe(mostCounted)
    expect(found.more).toBe(true)
    expect([...found.marks].filter(([mark]) => mark.startsWith('c=')).reduce((sum, [, count]) => sum + count, 0)).toBe(
      mostCounted,
    )
  })

  test('DIR-5: turning pages shows every service once, in any order and page size', async () => {
    const ids = (
      await db.transact({ actor: null }, (tx) =>
        tx.all(query.selectFrom('directory.service').select('id').orderBy('id')),
      )
    ).map((row) => row.id)
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('relevance' as const, 'name' as const, 'distance' as const),
        fc.integer({ min: 60, max: 500 }),
        async (sort, limit) => {
          const hits = await allPages({ sort, limit, near: sort === 'distance' ? [9.4, 56.4] : undefined })
          expect(hits.map((hit) => hit.id).sort()).toEqual(ids)
        },
      ),
      { numRuns: 6 },
    )
  })

  test('DIR-5: names stand in the order of the language, distances rise, over all pages', async () => {
    const named = (await allPages({ sort: 'name', limit: 300 })).map((hit) => hit.names.da ?? '')
    const inOrder = await db.transact({ actor: null }, (tx) =>
      tx.all(query.selectFrom('directory.service').select('name_da').orderBy('name_da').orderBy('id')),
    )
    expect(named.length).toBe(inOrder.length)
    expect(named.slice(0, 800)).toEqual(inOrder.slice(0, 800).map((row) => row.name_da))
    const metres = (await allPages({ sort: 'distance', near: [9.4, 56.4], limit: 300 })).map(
      (hit) => hit.metres ?? Number.POSITIVE_INFINITY,
    )
    expect(metres).toEqual([...metres].sort((one, two) => one - two))
  })

  test('DIR-5: what has ended or waits for an editor stands on no page, however far', async () => {
    await db.ownerPool.query(
      `update directory.service set status = (array['defunct', 'inactive', 'temporarily closed'])[1 + get_byte(decode(md5(id::text), 'hex'), 0) % 3]
        where id in (select id from directory.service order by id limit 100)`,
    )
    const { rows } = await db.ownerPool.query("select id from directory.service where status = 'active' order by id")
    for (const sort of ['relevance', 'name', 'distance'] as const) {
      const hits = await allPages({ sort, limit: 400, near: sort === 'distance' ? [9.4, 56.4] : undefined })
      expect(hits.map((hit) => hit.id).sort(), sort).toEqual(rows.map((row) => row.id))
    }
    await db.ownerPool.query("update directory.service set status = 'active'")
  })

  test('DIR-5: a common word is ranked within what is counted, its full name first of all', async () => {
    const whole = (await find({ limit: 1 })).hits[0]
    const found = await find({ words: whole?.names.da ?? '' })
    expect(found.hits[0]?.id).toBe(whole?.id)
  })
})
