import { beforeAll, describe, expect, test } from 'vitest'
import { testHouse, testOrganisation } from '../../../test/auth-house.ts'
import { newTotpSecret } from './second-factor.ts'

const { db, auth, url, browser } = await testHouse()
const password = 'vier Kastanien am Neckar'

beforeAll(async () => {
  await testOrganisation(db)
  await auth.addAccount({ name: 'Resident', email: 'resident@example.org', password })
  await auth.addAccount({
    name: 'Worker',
    email: 'worker@example.org',
    password,
    memberships: [{ organisation: 'district-office', role: 'case_worker' }],
  })
})

const bearer = (token: string) => auth.actorOf(new Request(url, { headers: { authorization: `Bearer ${token}` } }))

describe('one’s own account', () => {
  test('name and language are changed; the language holds at once', async () => {
    const visitor = browser()
    await visitor.signIn('resident@example.org', password)
    expect((await visitor.post('/account', { name: 'Новий Мешканець', locale: 'uk' })).status).toBe(303)
    const page = await (await visitor.get('/account')).text()
    expect(page).toContain('lang="uk"')
    expect(page).toContain('Новий Мешканець')
    expect((await visitor.post('/account', { name: '', locale: 'xx' })).status).toBe(422)
    visitor.cookies.delete('linden_locale')
    await visitor.post('/account', { name: 'Resident', locale: 'en' })
  })

  test('sessions are listed with device and revoked singly and together: the next request is anonymous', async () => {
    const [first, second, third] = [browser(), browser(), browser()]
    second.headers['user-agent'] =
      'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36'
    for (const each of [first, second, third]) await each.signIn('resident@example.org', password)
    const page = await (await first.get('/account')).text()
    expect(page).toContain('Chrome, Android')
    expect(page).toContain('Firefox, Linux (this device)')
    const id = /Chrome, Android[\s\S]*?name="id" value="([0-9a-f-]{36})"/.exec(page)?.[1] ?? ''
    expect((await first.post('/account/sessions/end', { id })).status).toBe(303)
    expect(await second.isSignedIn()).toBe(false)
    expect(await third.isSignedIn()).toBe(true)
    expect((await first.post('/account/sessions/end', { id: 'others' })).status).toBe(303)
    expect(await third.isSignedIn()).toBe(false)
    expect(await first.isSignedIn()).toBe(true)
  })

  test('nobody ends the session of somebody else', async () => {
    const [mine, theirs] = [browser(), browser()]
    await mine.signIn('resident@example.org', password)
    await theirs.signIn('worker@example.org', password)
    const { rows } = await db.ownerPool.query(
      `select s.id from auth.session s join auth."user" u on u.id = s."userId" where u.email = 'worker@example.org'`,
    )
    expect((await mine.post('/account/sessions/end', { id: rows[0].id })).status).toBe(404)
    expect(await theirs.isSignedIn()).toBe(true)
  })

  test('the password is changed with the present one; other devices are signed out', async () => {
    const [visitor, other] = [browser(), browser()]
    await visitor.signIn('resident@example.org', password)
    await other.signIn('resident@example.org', password)
    const next = 'drei Linden vor dem Rathaus'
    expect(
      (await visitor.post('/account/password', { current: 'something else entirely', password: next })).status,
    ).toBe(422)
    expect((await visitor.post('/account/password', { current: password, password: 'password1234' })).status).toBe(422)
    expect((await visitor.post('/account/password', { current: password, password: next })).status).toBe(303)
    expect(await visitor.isSignedIn()).toBe(true)
    expect(await other.isSignedIn()).toBe(false)
    expect((await browser().signIn('resident@example.org', next)).status).toBe(303)
    await visitor.post('/account/password', { current: next, password })
  })

  test('sessions of staff who can open cases end after twelve hours of rest, others do not', async () => {
    const [resident, worker] = [browser(), browser()]
    await resident.signIn('resident@example.org', password)
    await worker.signIn('worker@example.org', password)
    expect(await worker.isSignedIn()).toBe(true)
    db.clock.advance(12.5 * 3_600_000)
    expect(await worker.isSignedIn()).toBe(false)
    expect(await resident.isSignedIn()).toBe(true)
    db.clock.advance(7 * 24 * 3_600_000)
    expect(await resident.isSignedIn()).toBe(false)
    db.clock.now = new Date()
  })
})

describe('tokens', () => {
  test('a token is shown once, holds its scopes, and ends when revoked', async () => {
    const visitor = browser()
    await visitor.signIn('resident@example.org', password)
    const made = await visitor.post('/account/tokens', {
      token: 'Exporter',
      'scopes[]': ['directory:read'],
      days: '30',
    })
    const token = /lnd_[\w-]{43}/.exec(await made.text())?.[0] ?? ''
    const { actor } = await bearer(token)
    expect([actor?.email, actor?.scopes]).toEqual(['resident@example.org', ['directory:read']])
    const { rows } = await db.ownerPool.query('select used_at is not null as used from access.token')
    expect(rows).toEqual([{ used: true }])
    const page = await (await visitor.get('/account')).text()
    expect(page).toContain('Exporter')
    expect(page).not.toContain(token)
    // A token opens the API, never the account.
    expect(
      (await fetch(`${url}/account`, { headers: { authorization: `Bearer ${token}` }, redirect: 'manual' })).status,
    ).toBe(403)
    const id = /action="\/account\/tokens\/end"[\s\S]*?value="([0-9a-f-]{36})"/.exec(page)?.[1] ?? ''
    expect((await visitor.post('/account/tokens/end', { id })).status).toBe(303)
    expect((await bearer(token)).actor).toBeNull()
  })

  test('an unknown scope, none, or too long a life is refused', async () => {
    const visitor = browser()
    await visitor.signIn('resident@example.org', password)
    expect(
      (await visitor.post('/account/tokens', { token: 'x', 'scopes[]': ['everything:write'], days: '30' })).status,
    ).toBe(422)
    expect((await visitor.post('/account/tokens', { token: 'x', days: '30' })).status).toBe(422)
    expect(
      (await visitor.post('/account/tokens', { token: 'x', 'scopes[]': ['directory:read'], days: '999' })).status,
    ).toBe(422)
  })

  test('staff make no token before their second factor', async () => {
    const visitor = browser()
    await visitor.signIn('worker@example.org', password)
    expect(
      (await visitor.post('/account/tokens', { token: 'x', 'scopes[]': ['directory:read'], days: '30' })).status,
    ).toBe(403)
  })

  test('a token ends with its day; a closed account ends its sessions and tokens at once', async () => {
    await auth.addAccount({ name: 'Leaver', email: 'leaver@example.org', password })
    const visitor = browser()
    await visitor.signIn('leaver@example.org', password)
    const tokenOf = async (days: number) => {
      const made = await auth.createToken('leaver@example.org', ['directory:read'], days)
      return made.is === 'ok' ? made.value.token : ''
    }
    const [short, long] = [await tokenOf(1), await tokenOf(300)]
    expect((await bearer(short)).actor?.email).toBe('leaver@example.org')
    db.clock.advance(2 * 86_400_000)
    expect((await bearer(short)).actor).toBeNull()
    expect((await bearer(long)).actor?.email).toBe('leaver@example.org')
    db.clock.now = new Date()
    expect(await visitor.isSignedIn()).toBe(true)
    expect(await auth.disableAccount('leaver@example.org')).toMatchObject({ is: 'ok' })
    expect(await visitor.isSignedIn()).toBe(false)
    expect((await bearer(long)).actor).toBeNull()
    expect((await visitor.signIn('leaver@example.org', password)).status).toBe(422)
  })

  test('an account that anybody disables in the database is out with its next request, by session and by token', async () => {
    await auth.addAccount({ name: 'Suspended', email: 'suspended@example.org', password })
    const visitor = browser()
    await visitor.signIn('suspended@example.org', password)
    const made = await auth.createToken('suspended@example.org', ['directory:read'], 1)
    const token = made.is === 'ok' ? made.value.token : ''
    expect([await visitor.isSignedIn(), (await bearer(token)).actor?.email]).toEqual([true, 'suspended@example.org'])
    await db.ownerPool.query(`update access.account set disabled_at = now() where email = 'suspended@example.org'`)
    expect([await visitor.isSignedIn(), (await bearer(token)).actor]).toEqual([false, null])
  })

  test('what is no token of ours costs no query and is nobody', async () => {
    for (const value of ['', 'Bearer', 'Bearer lnd_short', `Bearer lnd_${'x'.repeat(43)}`, 'Basic abc']) {
      expect((await auth.actorOf(new Request(url, { headers: { authorization: value } }))).actor).toBeNull()
    }
  })
})

test('a role given counts with the next request, a role taken no longer', async () => {
  await auth.addAccount({ name: 'Editor', email: 'editor@example.org', password, totpSecret: newTotpSecret() })
  const made = await auth.createToken('editor@example.org', ['directory:write'], 1)
  const token = made.is === 'ok' ? made.value.token : ''
  const roles = async () => (await bearer(token)).actor?.memberships.map(({ role }) => role)
  expect(await roles()).toEqual([])
  await auth.setRole('editor@example.org', { organisation: 'district-office', role: 'editor' })
  expect(await roles()).toEqual(['editor'])
  await auth.setRole('editor@example.org', { organisation: 'district-office', role: 'editor' }, false)
  expect(await roles()).toEqual([])
})
