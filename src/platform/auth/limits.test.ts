import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { testHouse } from '../../../test/auth-house.ts'
import { judge } from '../limits/limit.ts'
import { limits } from './limits.ts'

const { db, auth, browser } = await testHouse()
const password = 'vier Kastanien am Neckar'

beforeAll(async () => {
  await auth.addAccount({ name: 'Resident', email: 'resident@example.org', password })
})

describe('how often something may be tried', () => {
  test('the longest wait counts, and nobody waits who is within every limit', () => {
    const now = new Date('2026-11-23T09:00:00Z')
    const counter = fc.record({
      count: fc.integer({ min: 1, max: 50 }),
      limit: fc.integer({ min: 1, max: 50 }),
      until: fc.integer({ min: 1, max: 3600 }).map((seconds) => new Date(now.valueOf() + seconds * 1000)),
    })
    fc.assert(
      fc.property(fc.array(counter), (counters) => {
        const over = counters.filter(({ count, limit }) => count > limit)
        const verdict = judge(counters, now)
        if (over.length === 0) expect(verdict).toEqual({ is: 'open' })
        else
          expect(verdict).toEqual({
            is: 'locked',
            seconds: Math.max(...over.map(({ until }) => (until.valueOf() - now.valueOf()) / 1000)),
          })
      }),
    )
  })

  test.each(['resident@example.org', 'nobody@example.org'])(
    'after ten wrong passwords %s is locked, says for how long, and opens again',
    async (email) => {
      for (let attempt = 0; attempt < limits['sign-in'].account; attempt++) {
        expect((await browser().signIn(email, 'not the right one')).status).toBe(422)
      }
      const locked = await browser().signIn(email, password)
      expect(locked.status).toBe(429)
      expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(800)
      expect(await locked.text()).toContain('Wait 15 minutes')
      db.clock.advance(15 * 60_000 + 1000)
      expect((await browser().signIn(email, password)).status).toBe(email.startsWith('resident') ? 303 : 422)
    },
  )

  test('tries at the same moment are all counted', async () => {
    const answers = await Promise.all(
      Array.from({ length: 25 }, () => browser().signIn('burst@example.org', 'not the right one')),
    )
    expect(answers.filter((answer) => answer.status === 422)).toHaveLength(limits['sign-in'].account)
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(25 - limits['sign-in'].account)
  })

  test('letters are limited for an address, existing or not', async () => {
    for (const email of ['resident@example.org', 'stranger@example.org']) {
      const statuses = []
      for (let attempt = 0; attempt < 4; attempt++) statuses.push((await browser().post('/forgot', { email })).status)
      expect(statuses).toEqual([200, 200, 200, 429])
    }
  })

  test('one network address is limited over all accounts', async () => {
    db.clock.advance(16 * 60_000)
    const { rows } = await db.ownerPool.query(
      `update limits.counter set count = 1000, until = $1 where key like 'sign-in:address:%' returning key`,
      [new Date(db.clock.now.valueOf() + 60_000)],
    )
    expect(rows).toHaveLength(1)
    expect((await browser().signIn('resident@example.org', password)).status).toBe(429)
  })

  test('the table names nobody', async () => {
    const { rows } = await db.ownerPool.query('select key from limits.counter')
    expect(rows.length).toBeGreaterThan(0)
    for (const { key } of rows) expect(key).toMatch(/^[a-z-]+:(account|address):[\w-]{43}$/)
  })
})
