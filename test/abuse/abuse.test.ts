import { raw } from 'hono/html'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { everyone } from '../../src/platform/access/permission.ts'
import { page, redirect } from '../../src/platform/http/answer.ts'
import { webServer } from '../../src/platform/http/app.ts'
import { Door } from '../../src/platform/http/door.ts'
import { guardFormula } from '../../src/platform/tabular/formula-guard.ts'
import { testHouse } from '../house.ts'
import { password, type Somebody, somebody } from '../people.ts'
import { type Reply, send } from '../wire.ts'

const at = await testHouse()
const { url, db } = at

/** A card of Aarhus; its own staff, staff of another provider, an editor of another country, and a resident. */
const card = 'aarhus-krisecenter-havtornen'
const own = 'krisecenter-havtornen'
const foreign = 'raadgivningen-aabredden'
let staff: Somebody
let stranger: Somebody
let editorElsewhere: Somebody
let resident: Somebody

beforeAll(async () => {
  staff = await somebody(at, 'Staff Here', [{ organisation: own, role: 'provider' }])
  stranger = await somebody(at, 'Staff Elsewhere', [{ organisation: foreign, role: 'provider' }])
  editorElsewhere = await somebody(at, 'Editor Elsewhere', [{ organisation: 'dovira', role: 'editor' }])
  resident = await somebody(at, 'Resident')
})

const Whole = z.object({ version: z.number(), card: z.record(z.string(), z.unknown()) })

async function stored(slug = card) {
  const reply = await send(url, `/api/v1/services/${slug}`)
  return Whole.parse(JSON.parse(reply.text))
}

function put(
  by: Somebody | undefined,
  body: object,
  headers: Record<string, string> = {},
  slug = card,
): Promise<Reply> {
  return send(url, `/api/v1/services/${slug}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', ...(by ? { authorization: `Bearer ${by.token}` } : {}), ...headers },
    body: JSON.stringify(body),
  })
}

async function refusals(): Promise<number> {
  const { rows } = await db.ownerPool.query("select count(*)::int as n from audit.event where outcome = 'refused'")
  return rows[0].n
}

/** Does what somebody typed act instead of being shown? */
const actsAsMarkup = (html: string) => html.includes('<script>alert') || html.includes('<img src=x')

/** Does this `Location` leave our own address? */
const leadsElsewhere = (location: string | null | undefined) =>
  new URL(location ?? '/', 'http://own.example').origin !== 'http://own.example'

describe('1, 2, 3: records of others, by address', () => {
  const pages = ['', '/edit', '/status', '/versions', '/versions/1..1'].map(
    (page) => `/directory/services/${card}${page}`,
  )

  test.each(pages)('%s opens for its own staff alone', async (page) => {
    expect((await staff.browser.get(page)).status).toBe(200)
    for (const somebodyElse of [stranger, editorElsewhere, resident]) {
      const reply = await somebodyElse.browser.get(page)
      expect([403, 404]).toContain(reply.status)
      expect(await reply.text()).not.toContain('name="card.')
    }
    const nobody = await send(url, page)
    expect(nobody.status).toBe(303)
    expect(nobody.headers.location).toMatch(/^\/sign-in\?back=/)
  })

  test('changing it is refused, recorded, and changes nothing', async () => {
    const before = await stored()
    const recorded = await refusals()
    for (const by of [stranger, editorElsewhere, resident]) {
      const reply = await put(by, { card: before.card, version: before.version })
      expect([403, 404]).toContain(reply.status)
      expect(reply.text).not.toContain(own)
    }
    expect((await put(undefined, { card: before.card, version: before.version })).status).toBe(401)
    expect(await stored()).toEqual(before)
    expect(await refusals()).toBeGreaterThanOrEqual(recorded + 3)
  })

  test('a form sent with nothing in it shows a stranger nothing of the card', async () => {
    for (const somebodyElse of [stranger, editorElsewhere, resident]) {
      const reply = await somebodyElse.browser.post(`/directory/services/${card}/edit`, {})
      expect([400, 403, 404]).toContain(reply.status)
      expect(await reply.text()).not.toContain('name="card.')
    }
  })

  test('the answers to a record of others and to one that is not there are the same', async () => {
    const body = { card: (await stored()).card, version: 1 }
    const forbidden = await put(stranger, body)
    const missing = await put(stranger, { ...body }, {}, 'no-such-service')
    // cards are public, so that one exists is no secret; what the answer says must still not differ in what it tells
    expect([403, 404]).toContain(missing.status)
    expect(Object.keys(JSON.parse(forbidden.text)).sort()).toEqual(Object.keys(JSON.parse(missing.text)).sort())
  })
})

describe('4: mass assignment', () => {
  test('fields that are not the sender’s to set are refused or without effect', async () => {
    const { rows: before } = await db.ownerPool.query(
      'select id, organisation_id, pack, status, dataset, assured_by from directory.service where slug = $1',
      [card],
    )
    const { card: stands, version } = await stored()
    const reply = await put(staff, {
      card: {
        ...stands,
        organisation: foreign,
        id: '00000000-0000-7000-8000-000000000000',
        version: 99,
        pack: 'ua-kharkiv',
      },
      version,
      id: 'x',
      status: 'defunct',
      role: 'administrator',
      assuredBy: 'me',
      account_id: 'x',
    })
    expect(reply.status).toBe(422)
    const { rows: after } = await db.ownerPool.query(
      'select id, organisation_id, pack, status, dataset, assured_by from directory.service where slug = $1',
      [card],
    )
    expect(after).toEqual(before)
  })

  test('names that lead into objects of the program lead nowhere', async () => {
    const reply = await staff.browser.post(`/directory/services/${card}/edit`, {
      '__proto__.polluted': 'yes',
      'card.__proto__.polluted': 'yes',
      'constructor.prototype.polluted': 'yes',
    })
    expect(reply.status).toBeLessThan(500)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})

describe('10: formulas in exports', () => {
  test.each(['=1+1', '+1+1', '-1+cmd', '@SUM(A1)', '\t=1', '\ufeff=1', '\r=1', ' =1', '|x'])(
    '%j is no formula',
    async (text) => {
      expect(guardFormula(text)).toMatch(/^'/)
    },
  )
})

describe('11: script in texts stays text', () => {
  const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>`

  test('in everything that a search, an address, a header repeats', async () => {
    for (const path of [
      `/services?q=${encodeURIComponent(hostile)}`,
      `/find?what=${encodeURIComponent(hostile)}`,
      `/sign-in?back=${encodeURIComponent(hostile)}`,
      `/${encodeURIComponent(hostile)}`,
      `/language?choose=${encodeURIComponent(hostile)}`,
    ]) {
      const reply = await send(url, path)
      expect([path, actsAsMarkup(reply.text)]).toEqual([path, false])
    }
  })

  test('in a remark, which only staff read', async () => {
    const sent = await resident.browser.post(`/services/${card}/remark`, { text: hostile })
    expect(sent.status).toBe(303)
    const desk = await (await staff.browser.get(`/directory/services/${card}`)).text()
    expect(desk).toContain('&lt;script&gt;alert')
    expect(desk).not.toContain('<script>alert')
  })

  test('in every text of a card, on its page, its edit form, its data', async () => {
    const { card: stands, version } = await stored()
    const changed = {
      ...stands,
      summary: { en: hostile },
      names: { ...(stands.names as object), en: `Name ${hostile}` },
      editorNote: { en: hostile },
    }
    expect((await put(staff, { card: changed, version })).status).toBe(200)
    for (const path of [`/services/${card}`, `/services?q=Name`, `/organisations/${own}`]) {
      const { text } = await send(url, path)
      expect([path, actsAsMarkup(text)]).toEqual([path, false])
    }
    const edit = await (await staff.browser.get(`/directory/services/${card}/edit`)).text()
    expect(edit).not.toContain('<script>alert')
    expect((await put(staff, { card: stands, version: version + 1 })).status).toBe(200)
  })

  test('a link in a card leads to the web or nowhere', async () => {
    const { card: stands, version } = await stored()
    for (const website of ['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', '//example.org']) {
      const reply = await put(staff, { card: { ...stands, website }, version })
      if (reply.status === 200) expect((await send(url, `/services/${card}`)).text).not.toContain(website)
      else expect(reply.status).toBe(422)
    }
  })

  test('every page forbids script in itself', async () => {
    for (const path of ['/', '/services', '/sign-in', '/no-such-page', '/api', '/hsds/services']) {
      const policy = (await send(url, path)).headers['content-security-policy'] ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).not.toMatch(/unsafe-(inline|eval)|\*/)
    }
  })
})

describe('15: who was shut out is out', () => {
  test('a disabled account’s session and token end at once', async () => {
    const gone = await somebody(at, 'Soon Gone', [{ organisation: own, role: 'provider' }])
    expect((await gone.browser.get('/directory')).status).toBe(200)
    await at.house.auth.disableAccount(gone.email)
    expect((await gone.browser.get('/directory')).status).toBe(303)
    const { card: stands, version } = await stored()
    expect((await put(gone, { card: stands, version })).status).toBe(401)
  })

  test('a role that was taken away opens nothing any more', async () => {
    const moved = await somebody(at, 'Soon Moved', [{ organisation: own, role: 'provider' }])
    expect((await moved.browser.get(`/directory/services/${card}`)).status).toBe(200)
    await at.house.auth.setRole(moved.email, { organisation: own, role: 'provider' }, false)
    expect([403, 404]).toContain((await moved.browser.get(`/directory/services/${card}`)).status)
  })

  test('a resident’s or staff’s session reaches no page of another role', async () => {
    for (const path of ['/directory', '/directory/services', `/directory/organisations/${own}/edit`])
      expect([path, (await resident.browser.get(path)).status]).toEqual([path, 403])
  })
})

describe('21: no error tells what is inside', () => {
  test.each([
    '/services/%00',
    '/hsds/services/%27',
    '/api/v1/services?cursor=x',
    '/services?after=x',
    '/find?what=%ff',
    '/s/zzz',
  ])('%s', async (path) => {
    const { text } = await send(url, path)
    expect(text).not.toMatch(/\bat .*\.(ts|js):\d+|node_modules|select .* from|syntax error|PostgreSQL|ECONN/i)
  })
})

describe('24: other sites', () => {
  const forms = [
    '/sign-in',
    '/sign-out',
    '/register',
    '/forgot',
    '/account',
    `/services/${card}/remark`,
    `/directory/services/${card}/status`,
  ]

  test.each(forms)('%s takes no form from another site', async (path) => {
    const body = new URLSearchParams({ text: 'from elsewhere', email: staff.email, password: 'x' })
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { referer: 'https://evil.example/page' },
    ] as Record<string, string>[]) {
      const reply = await send(url, path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: body.toString(),
      })
      expect([path, headers, reply.status]).toEqual([path, headers, 403])
    }
  })

  test('a command over JSON that leans on a cookie does not either', async () => {
    const cookie = [...staff.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const { card: stands, version } = await stored()
    const reply = await send(url, `/api/v1/services/${card}`, {
      method: 'PUT',
      headers: { cookie, 'content-type': 'application/json', origin: 'https://evil.example' },
      body: JSON.stringify({ card: stands, version }),
    })
    expect(reply.status).toBe(403)
  })

  test('cookies are kept from scripts and other sites', async () => {
    const reply = await send(url, '/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({ email: staff.email, password: password, back: '/' }).toString(),
    })
    const cookies = [reply.headers['set-cookie'] ?? []].flat()
    expect(cookies.length).toBeGreaterThan(0)
    for (const cookie of cookies)
      expect(cookie).toMatch(/HttpOnly.*SameSite=(Lax|Strict)|SameSite=(Lax|Strict).*HttpOnly/i)
  })

  test.each([
    '//evil.example',
    'https://evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/%09/evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    '/..//evil.example',
    '@evil.example',
    '/%2f/evil.example',
    '///evil.example',
  ])('%j is no way back', async (back) => {
    for (const path of [
      `/language?choose=uk&back=${encodeURIComponent(back)}`,
      `/theme?choose=dark&back=${encodeURIComponent(back)}`,
      `/region?choose=ua-kharkiv&back=${encodeURIComponent(back)}`,
    ]) {
      const to = (await send(url, path)).headers.location ?? '/'
      expect([path, leadsElsewhere(to)]).toEqual([path, false])
    }
    const signedIn = await staff.browser.signIn(staff.email, password, back)
    expect(leadsElsewhere(signedIn.headers.get('location'))).toBe(false)
  })
})

describe('25: amplification', () => {
  test('a page of a list is never longer than it says', async () => {
    for (const path of [
      '/hsds/services?per_page=100000',
      '/hsds/services?per_page=-1',
      '/api/v1/services?size=100000',
    ]) {
      const reply = await send(url, path)
      if (reply.status === 200) expect(reply.text.length).toBeLessThan(3_000_000)
      else expect(reply.status).toBe(400)
    }
  })

  test('a body that never ends is cut off', async () => {
    const reply = await send(url, `/services/${card}/remark`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      body: `text=${'a'.repeat(3_000_000)}`,
    }).catch((error: NodeJS.ErrnoException) => error.code ?? 'cut')
    if (typeof reply === 'string') expect(['ECONNRESET', 'EPIPE']).toContain(reply)
    else expect(reply.status).toBe(413)
  })

  test('whether an address has an account cannot be told', async () => {
    const ask = async (path: string, email: string) => {
      const reply = await send(url, path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
        body: new URLSearchParams({ email, password: 'wrong password 123', name: 'Somebody' }).toString(),
      })
      return [reply.status, reply.text.replaceAll(email, 'EMAIL').replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'KEY')]
    }
    for (const path of ['/sign-in', '/forgot', '/register'])
      expect(await ask(path, staff.email)).toEqual(await ask(path, 'nobody.knows@example.org'))
  })
})

describe('holes that are planted', () => {
  test('are found: markup that acts, a way out, a form that takes anything from anywhere', async () => {
    const door = new Door()
    const open = { permission: everyone, audit: { none: 'planted' } } as const
    door.page('/echo', { ...open, query: z.object({ q: z.string() }) }, async ({ query }) => page('echo', raw(query.q)))
    door.page('/out', { ...open, query: z.object({ back: z.string() }) }, async ({ query }) => redirect(query.back))
    door.raw('post', '/anything', open, async () => new Response('done'))
    const planted = webServer({
      config: at.house.config,
      database: db,
      files: at.house.files,
      door,
      authentication: { actorOf: async () => ({ actor: null }) },
      menus: [],
      regions: () => [],
      log: at.house.log,
      secret: 'planted',
      secure: false,
      now: () => new Date(),
    })
    const get = async (path: string) => planted.fetch(new Request(new URL(path, url)))
    expect(actsAsMarkup(await (await get(`/echo?q=${encodeURIComponent('<script>alert(1)</script>')}`)).text())).toBe(
      true,
    )
    expect(leadsElsewhere((await get('/out?back=//evil.example')).headers.get('location'))).toBe(true)
    const sent = await planted.fetch(
      new Request(new URL('/anything', url), { method: 'POST', headers: { origin: 'https://evil.example' } }),
    )
    expect(sent.status).not.toBe(403)
  })
})
