import { expect, test } from 'vitest'
import { testHouse } from '../../../test/house.ts'
import { loadDemo } from '../../demo/load.ts'

const { house, db, url } = await testHouse()

test('CAP-5, CAP-10: the demo has tariffs of five years for two hundred offers, and a collection with seventeen of twenty workbooks in', async () => {
  await loadDemo(house, 'small')
  const { rows } = await db.ownerPool.query(`select
    (select count(*)::integer from capacity.tariff_sheet where state = 'published' and scheme = 'days') as sheets,
    (select count(distinct part_id)::integer from capacity.collection_upload where accepted) as answered,
    (select count(*)::integer from capacity.collection_part) as asked`)
  expect(rows[0]).toEqual({ sheets: 1000, answered: 17, asked: 20 })
  for (const path of ['/tariffs', '/tariffs/compare?by=operator', '/tariffs/collections'])
    expect((await fetch(`${url}${path}${path.includes('?') ? '&' : '?'}region=dk-midtjylland`)).status).toBe(200)
})
