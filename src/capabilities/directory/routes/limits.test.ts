import { expect, test } from 'vitest'
import { Browser } from '../../../../test/auth-house.ts'
import { testHouse } from '../../../../test/house.ts'
import { leaveRemark } from '../commands/remark.ts'

const { url, db } = await testHouse()
const card = 'nadannia-prytulku'
const remarks = async () => (await db.ownerPool.query('select count(*)::int as n from directory.remark')).rows[0].n

test('remarks from one network address end at a number, and what was typed stays', async () => {
  const visitor = new Browser(url)
  visitor.headers['accept-language'] = 'uk'
  const most = leaveRemark.limit?.most ?? 0
  expect(most).toBeGreaterThan(5)
  for (let time = 0; time < most; time++)
    expect((await visitor.post(`/services/${card}/remark`, { text: `Двері не там, ${time}` })).status).toBe(303)
  const refused = await visitor.post(`/services/${card}/remark`, { text: 'Телефон уже інший' })
  const text = await refused.text()
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^\d+$/)])
  expect(text).toContain('Телефон уже інший')
  expect(text).toMatch(/Зачекайте 60 хвилин/)
  expect(await remarks()).toBe(most)
  db.clock.advance(3_600_000)
  expect((await visitor.post(`/services/${card}/remark`, { text: 'Телефон уже інший' })).status).toBe(303)
})

test('papers are made for one network address so often and no more; other pages go on', async () => {
  const visitor = new Browser(url)
  const paper = await visitor.get(`/services/${card}/pdf`)
  expect([paper.status, paper.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  await db.ownerPool.query(`update limits.counter set count = 60 where key like 'directory.paper:address:%'`)
  const refused = await visitor.get(`/services/${card}/pdf`)
  expect([refused.status, Number(refused.headers.get('retry-after')) <= 600]).toEqual([429, true])
  expect(await refused.text()).toContain('then try again')
  expect((await visitor.get(`/services/${card}`)).status).toBe(200)
})
