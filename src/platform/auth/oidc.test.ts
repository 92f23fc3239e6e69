import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditOf, Browser, type TestHouse, testHouse, testOrganisation } from '../../../test/auth-house.ts'

/** People whom the sign-in service knows. */
const people: Record<string, { email: string; email_verified: boolean; name: string }> = {
  newcomer: { email: 'newcomer@example.org', email_verified: true, name: 'Newcomer' },
  known: { email: 'known@example.org', email_verified: true, name: 'Known elsewhere' },
  liar: { email: 'victim@example.org', email_verified: false, name: 'Liar' },
  half: { email: 'half@example.org', email_verified: true, name: 'Half' },
  closed: { email: 'closed@example.org', email_verified: true, name: 'Closed' },
}

const password = 'vier Kastanien am Neckar'
let house: TestHouse
let server: Server
const challenges: string[] = []

/** Ports are known before either side starts: each must name the other's address. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

const [providerPort, housePort] = [await freePort(), await freePort()]
const issuer = `http://localhost:${providerPort}`
house = await testHouse({
  PORT: String(housePort),
  LINDEN_OIDC_ISSUER: issuer,
  LINDEN_OIDC_CLIENT_ID: 'linden',
  LINDEN_OIDC_CLIENT_SECRET: 'of-this-test',
  LINDEN_OIDC_NAME: 'Region ID',
})
const { db, auth, url } = house

beforeAll(async () => {
  await testOrganisation(db)
  await auth.addAccount({ name: 'Known', email: 'known@example.org', password })
  await auth.addAccount({ name: 'Victim', email: 'victim@example.org', password })
  await auth.addAccount({ name: 'Closed', email: 'closed@example.org', password })
  await auth.disableAccount('closed@example.org')
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

test('while the service does not answer, the page says so and the password works', async () => {
  const visitor = house.browser()
  const answer = await visitor.get('/sign-in/oidc?back=/account')
  expect(answer.headers.get('location')).toBe('/sign-in?error=unreachable')
  expect(await (await visitor.get('/sign-in?error=unreachable')).text()).toContain('does not answer at the moment')
  expect((await visitor.signIn('known@example.org', password)).status).toBe(303)
})

describe('with the service', () => {
  beforeAll(async () => {
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: 'linden',
          client_secret: 'of-this-test',
          redirect_uris: [`${url}/sign-in/oidc/callback`],
          grant_types: ['authorization_code'],
          response_types: ['code'],
        },
      ],
      pkce: { required: () => true },
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      features: { devInteractions: { enabled: true } },
      cookies: { keys: ['of this test'] },
      findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
    })
    server = createServer((request, response) => {
      const asked = new URL(request.url ?? '/', issuer)
      if (asked.pathname === '/auth')
        challenges.push(
          `${asked.searchParams.get('code_challenge_method')} ${(asked.searchParams.get('code_challenge') ?? '').length} ${Boolean(asked.searchParams.get('state'))} ${Boolean(asked.searchParams.get('nonce'))}`,
        )
      void provider.callback()(request, response)
    })
    server.listen(providerPort, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
  })

  /** Walks through the service's own pages. @returns our answer at the end */
  async function through(visitor: Browser, login: string, back = '/account'): Promise<Response> {
    const outside = new Browser(issuer)
    let step = await visitor.get(`/sign-in/oidc?back=${encodeURIComponent(back)}`)
    let next = step.headers.get('location') ?? ''
    for (let hop = 0; hop < 12 && !next.startsWith(url); hop++) {
      step = await outside.get(next)
      if (step.status === 200) {
        const page = await step.text()
        const action = /action="([^"]+)"/.exec(page)?.[1] ?? ''
        const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? ''
        step = await outside.post(action, prompt === 'login' ? { prompt, login, password: 'any' } : { prompt })
      }
      next = new URL(step.headers.get('location') ?? '', issuer).href
    }
    return visitor.get(next)
  }

  test('a newcomer gets person, account and user in agreement, with PKCE, state and nonce on the way', async () => {
    const visitor = house.browser()
    expect(await (await visitor.get('/sign-in')).text()).toContain('Sign in with Region ID')
    const answer = await through(visitor, 'newcomer')
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/account'])
    expect(await visitor.isSignedIn()).toBe(true)
    const { rows } =
      await db.ownerPool.query(`select p.name, u.id = a.id as same, (select count(*)::int from auth.account o where o."userId" = u.id and o."accessToken" is null and o."idToken" is null) as keyless
      from access.account a join access.person p on p.id = a.person_id join auth."user" u on u.email = a.email where a.email = 'newcomer@example.org'`)
    expect(rows).toEqual([{ name: 'Newcomer', same: true, keyless: 1 }])
    expect(challenges.at(-1)).toBe('S256 43 true true')
    expect(await auditOf(db)).toEqual(expect.arrayContaining(['access.account.open done', 'access.session.begin done']))
    const again = house.browser()
    await through(again, 'newcomer')
    expect(await again.isSignedIn()).toBe(true)
  })

  test('an address that the service has verified opens the account that has it', async () => {
    const visitor = house.browser()
    await through(visitor, 'known')
    expect(await (await visitor.get('/account')).text()).toContain('known@example.org')
    const { rows } = await db.ownerPool.query(
      `select count(*)::int as n from access.account where email = 'known@example.org'`,
    )
    expect(rows).toEqual([{ n: 1 }])
  })

  test('an address that it has not verified opens nobody’s account', async () => {
    const visitor = house.browser()
    const answer = await through(visitor, 'liar')
    expect(answer.headers.get('location')).toMatch(/^\/sign-in\?error=/)
    expect(await visitor.isSignedIn()).toBe(false)
    expect(await (await visitor.get(answer.headers.get('location') ?? '')).text()).toContain(
      'has not confirmed your e-mail address',
    )
  })

  test('an account half made by a cut is completed at the next sign-in', async () => {
    await db.ownerPool.query(
      `with p as (insert into access.person (name) values ('Half') returning id) insert into access.account (person_id, email) select id, 'half@example.org' from p`,
    )
    const visitor = house.browser()
    await through(visitor, 'half')
    expect(await visitor.isSignedIn()).toBe(true)
    const { rows } = await db.ownerPool.query(
      `select (select count(*)::int from access.person where name = 'Half') as persons, (select count(*)::int from auth."user" u join access.account a on a.id = u.id where u.email = 'half@example.org') as users`,
    )
    expect(rows).toEqual([{ persons: 1, users: 1 }])
  })

  test('a closed account stays closed', async () => {
    const visitor = house.browser()
    expect((await through(visitor, 'closed')).headers.get('location')).toMatch(/^\/sign-in\?error=/)
    expect(await visitor.isSignedIn()).toBe(false)
  })

  test('it leads back to our own pages only, and an answer nobody asked for signs nobody in', async () => {
    const visitor = house.browser()
    const answer = await through(visitor, 'newcomer', 'https://evil.example/')
    expect(answer.headers.get('location')).toBe('/')
    const stranger = house.browser()
    const forged = await stranger.get('/sign-in/oidc/callback?code=abc&state=def')
    expect(forged.headers.get('location')).toMatch(/^\/sign-in\?error=/)
    expect(await stranger.isSignedIn()).toBe(false)
  })
})
