import { beforeAll, describe, expect, test } from 'vitest'
import { auditOf, testHouse, testOrganisation } from '../../../test/auth-house.ts'
import { newTotpSecret, totpCode } from './second-factor.ts'

const { db, auth, browser } = await testHouse()
const password = 'vier Kastanien am Neckar'
const secret = newTotpSecret()

beforeAll(async () => {
  await testOrganisation(db)
  await auth.addAccount({ name: 'Resident', email: 'resident@example.org', password, locale: 'en' })
  await auth.addAccount({
    name: 'Worker',
    email: 'worker@example.org',
    password,
    totpSecret: secret,
    memberships: [{ organisation: 'district-office', role: 'case_worker' }],
  })
  await auth.addAccount({
    name: 'New worker',
    email: 'new@example.org',
    password,
    memberships: [{ organisation: 'district-office', role: 'case_worker' }],
  })
  await auth.addAccount({ name: 'Closed', email: 'closed@example.org', password })
})

describe('signing in with a password', () => {
  test('opens a session and leads back to where one came from', async () => {
    const visitor = browser()
    expect((await visitor.get('/account')).headers.get('location')).toBe('/sign-in?back=%2Faccount')
    const answer = await visitor.signIn('Resident@Example.org', password, '/account')
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/account'])
    const cookie = answer.headers.getSetCookie().find((value) => value.startsWith('linden.session_token='))
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
    const page = await visitor.get('/account')
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('resident@example.org')
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(await auditOf(db)).toContain('access.session.begin done')
  })

  test('a wrong password, an unknown address and a closed account look and cost the same', async () => {
    await auth.disableAccount('closed@example.org')
    const answers = []
    for (const [email, word] of [
      ['resident@example.org', 'another password altogether'],
      ['nobody@example.org', password],
      ['closed@example.org', password],
    ] as const) {
      const started = performance.now()
      const answer = await browser().signIn(email, word)
      const text = await answer.text()
      answers.push({
        status: answer.status,
        text: text.replaceAll(email, 'EMAIL'),
        cookies: answer.headers.getSetCookie().length,
        ms: performance.now() - started,
      })
    }
    const [wrong, unknown, closed] = answers
    expect(wrong?.status).toBe(422)
    expect(wrong?.text).toContain('Address or password does not fit')
    expect(wrong?.text).not.toContain('another password altogether')
    for (const other of [unknown, closed]) {
      expect({ ...other, ms: 0 }).toEqual({ ...wrong, ms: 0 })
      // A password is hashed each time: that alone takes more than ten milliseconds.
      expect(other?.ms).toBeGreaterThan(10)
    }
    expect(await auditOf(db)).toContain('access.session.begin refused')
  })

  test.each(['https://evil.example/', '//evil.example/', '/\\evil.example', 'javascript:alert(1)', '/\t/evil.example'])(
    'leads nowhere else, not to %s',
    async (back) => {
      const answer = await browser().signIn('resident@example.org', password, back)
      const location = answer.headers.get('location') ?? ''
      expect(answer.status).toBe(303)
      expect(new URL(location, 'http://own.example').origin).toBe('http://own.example')
      const signedIn = browser()
      await signedIn.signIn('resident@example.org', password)
      const again = await signedIn.get(`/sign-in?back=${encodeURIComponent(back)}`)
      expect(new URL(again.headers.get('location') ?? '', 'http://own.example').origin).toBe('http://own.example')
    },
  )

  test('another site cannot sign anybody in or out', async () => {
    const answer = await browser().post(
      '/sign-in',
      { email: 'resident@example.org', password },
      { 'sec-fetch-site': 'cross-site' },
    )
    expect(answer.status).toBe(403)
    expect(answer.headers.getSetCookie()).toEqual([])
  })

  test('signing out ends the session on the server, not only in the browser', async () => {
    const visitor = browser()
    await visitor.signIn('resident@example.org', password)
    const stolen = browser()
    for (const [name, value] of visitor.cookies) stolen.cookies.set(name, value)
    expect(await stolen.isSignedIn()).toBe(true)
    expect((await visitor.post('/sign-out', {})).status).toBe(303)
    expect(await visitor.isSignedIn()).toBe(false)
    expect(await stolen.isSignedIn()).toBe(false)
  })

  test('a cookie that we did not sign is nobody, and costs no query', async () => {
    const visitor = browser()
    await visitor.signIn('resident@example.org', password)
    const value = visitor.cookies.get('linden.session_token') ?? ''
    visitor.cookies.set('linden.session_token', `${value.slice(0, 5)}X${value.slice(6)}`)
    expect(await visitor.isSignedIn()).toBe(false)
  })
})

describe('the second factor', () => {
  test('staff who set one up are not signed in before the code; a wrong code opens nothing; a code counts once', async () => {
    const visitor = browser()
    const first = await visitor.signIn('worker@example.org', password, '/account')
    expect(first.headers.get('location')).toBe('/sign-in/code?back=%2Faccount')
    expect(await visitor.isSignedIn()).toBe(false)
    expect((await visitor.get('/sign-in/code')).status).toBe(200)
    const wrong = await visitor.post('/sign-in/code', { code: '000000', back: '/account' })
    expect(wrong.status).toBe(422)
    expect(await visitor.isSignedIn()).toBe(false)
    const code = await totpCode(secret)
    const right = await visitor.post('/sign-in/code', {
      code: `${code.slice(0, 3)} ${code.slice(3)}`,
      back: '/account',
    })
    expect([right.status, right.headers.get('location')]).toEqual([303, '/account'])
    expect(await visitor.isSignedIn()).toBe(true)

    const second = browser()
    await second.signIn('worker@example.org', password)
    expect((await second.post('/sign-in/code', { code })).status).toBe(422)
    expect(await second.isSignedIn()).toBe(false)
  })

  test('a code without a password before it leads nowhere', async () => {
    const visitor = browser()
    expect((await visitor.get('/sign-in/code')).headers.get('location')).toBe('/sign-in?back=%2F')
    expect((await visitor.post('/sign-in/code', { code: '123456' })).status).toBe(422)
  })

  test('staff whose role needs one must set it up: until then the role does not count', async () => {
    const visitor = browser()
    const answer = await visitor.signIn('new@example.org', password, '/work')
    expect(answer.headers.get('location')).toBe('/account/second-factor?back=%2Fwork')
    const begun = await visitor.post('/account/second-factor/begin', { password, back: '/work' })
    expect(begun.status).toBe(303)
    const page = await (await visitor.get(begun.headers.get('location') ?? '')).text()
    expect(page).toContain('<svg')
    const key = /<code>([A-Z2-7 ]+)<\/code>/.exec(page)?.[1]?.replaceAll(' ', '') ?? ''
    expect(key.length).toBeGreaterThanOrEqual(26)
    const actorBefore = (await auth.actorOf(new Request('http://x/', { headers: cookieOf(visitor) }))).actor
    expect([actorBefore?.memberships.length, actorBefore?.secondFactor]).toEqual([1, false])

    expect((await visitor.post('/account/second-factor', { code: '000000', back: '/work' })).status).toBe(422)
    const done = await visitor.post('/account/second-factor', { code: await totpCode(key), back: '/work' })
    expect(done.status).toBe(200)
    const codes = [...(await done.text()).matchAll(/<code class="ln-number">([\w-]+)<\/code>/g)].map(
      (match) => match[1] ?? '',
    )
    expect(codes).toHaveLength(10)
    const actor = (await auth.actorOf(new Request('http://x/', { headers: cookieOf(visitor) }))).actor
    expect(actor?.secondFactor).toBe(true)
    expect(actor?.memberships[0]?.areaPath).toEqual(['XX', 'XX-1'])

    const recovered = browser()
    await recovered.signIn('new@example.org', password, '/work')
    const used = await recovered.post('/sign-in/code', { code: codes[0] ?? '', back: '/work' })
    expect([used.status, used.headers.get('location')]).toEqual([303, '/work'])
    const again = browser()
    await again.signIn('new@example.org', password)
    expect((await again.post('/sign-in/code', { code: codes[0] ?? '' })).status).toBe(422)
    expect(await again.isSignedIn()).toBe(false)
    expect((await recovered.post('/account/second-factor/remove', { removal: password })).status).toBe(422)
  })
})

function cookieOf(visitor: ReturnType<typeof browser>): Record<string, string> {
  return { cookie: [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
}
