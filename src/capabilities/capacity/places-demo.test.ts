import { expect, test } from 'vitest'
import { testHouse } from '../../../test/house.ts'
import type { DemoStage } from '../../platform/demo/stage.ts'
import { playPlaces } from './demo-load-places.ts'

const now = new Date('2026-11-29T10:00:00Z')
const { db } = await testHouse({ now })

const stage: Pick<DemoStage, 'packs' | 'now' | 'transact'> = {
  packs: new Set(['dk-midtjylland', 'ua-kharkiv', 'de-stuttgart']),
  now,
  transact: (work) => db.transact({ actor: null, purpose: 'administration' }, work),
}

test('CAP-1: the demo has two hundred Danish offers with five years of stays, each marked as an example, and totals that equal a recount', async () => {
  await playPlaces(stage)
  await playPlaces(stage)
  const { rows } = await db.ownerPool.query(
    `select count(*) filter (where pack = 'dk-midtjylland')::int as danish, count(distinct pack)::int as packs, count(*) filter (where not example)::int as unmarked,
       count(distinct organisation_id) filter (where pack = 'dk-midtjylland')::int as operators, (select count(*)::int from capacity.stay) as stays,
       (select count(*)::int from capacity.day_total) as totals, (select count(*)::int from capacity.waiting) as waiting,
       (select count(*)::int from capacity.stay where over_reason is not null) as over from capacity.offer`,
  )
  expect(rows[0]).toMatchObject({ danish: 205, packs: 3, unmarked: 0 })
  expect(rows[0].operators).toBeGreaterThanOrEqual(20)
  expect(rows[0].stays).toBeGreaterThan(5_000)
  expect(rows[0].over).toBeGreaterThan(2)
  const wrong = await db.ownerPool.query(
    `select t.offer_id, t.from_day from capacity.day_total t where t.occupied <>
       (select count(*) from capacity.stay s where s.offer_id = t.offer_id and s.during @> t.from_day) limit 3`,
  )
  expect(wrong.rows).toEqual([])
})
