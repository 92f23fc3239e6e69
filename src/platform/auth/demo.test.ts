import { beforeAll, expect, test } from 'vitest'
import { lettersTo, testHouse } from '../../../test/auth-house.ts'
import { showsDemo } from './context.ts'
import { newTotpSecret, totpCode } from './second-factor.ts'

const { db, auth, browser } = await testHouse({ LINDEN_DEMO: 'small' })
const password = 'vier Kastanien am Neckar'
const [demoSecret, otherSecret] = [newTotpSecret(), newTotpSecret()]

beforeAll(async () => {
  await auth.addAccount({
    name: 'Demo worker',
    email: 'demo@example.org',
    password,
    totpSecret: demoSecret,
    demo: true,
  })
  await auth.addAccount({ name: 'Real person', email: 'real@example.org', password, totpSecret: otherSecret })
})

test('on loopback the pages show the code of a demo account, and of no other', async () => {
  expect(await auth.demoCode('Demo@example.org')).toBe(await totpCode(demoSecret))
  expect(await auth.demoCode('real@example.org')).toBeUndefined()
  const page = await (await browser().get('/sign-in')).text()
  expect(page).toContain('demo@example.org')
  expect(page).not.toContain('real@example.org')
  const visitor = browser()
  await visitor.signIn('real@example.org', password)
  expect(await (await visitor.get('/sign-in/code')).text()).not.toContain(await totpCode(otherSecret))
})

test.each([
  ['127.0.0.1', 'http://localhost:3000', true],
  ['127.0.0.1', 'http://[::1]:3000', true],
  ['0.0.0.0', 'http://localhost:3000', false],
  // behind a proxy of the same machine
  ['127.0.0.1', 'https://help.region.example', false],
])('listening on %s, reached under %s, codes are shown: %s', (host, url, shown) => {
  expect(showsDemo({ config: { demo: 'small', oidc: undefined, host, url } })).toBe(shown)
})

test('a demo account signs in again and again with the code that the page shows', async () => {
  for (let time = 0; time < 2; time++) {
    const visitor = browser()
    await visitor.signIn('demo@example.org', password)
    const code =
      /<strong class="ln-number">(\d{6})<\/strong>/.exec(await (await visitor.get('/sign-in/code')).text())?.[1] ?? ''
    expect((await visitor.post('/sign-in/code', { code })).status).toBe(303)
    expect(await visitor.isSignedIn()).toBe(true)
  }
})

test('what has expired is swept away, what has not stays', async () => {
  const visitor = browser()
  await visitor.signIn('demo@example.org', password)
  await browser().post('/register', { name: 'Somebody', email: 'somebody@example.org' })
  expect(await lettersTo(db, 'somebody@example.org')).toHaveLength(1)
  const count = async () => {
    const { rows } =
      await db.ownerPool.query(`select (select count(*)::int from auth.session) as sessions, (select count(*)::int from auth.link) as links,
      (select count(*)::int from auth.verification) as verifications`)
    return rows[0]
  }
  const before = await count()
  await auth.sweep()
  expect(await count()).toEqual(before)
  db.clock.advance(8 * 86_400_000)
  await auth.sweep()
  expect(await count()).toEqual({ sessions: 0, links: 0, verifications: 0 })
})
