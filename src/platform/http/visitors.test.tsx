import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { testDatabase } from '../../../test/database.ts'
import { testFiles } from '../../../test/files.ts'
import { testSecret } from '../../../test/secret.ts'
import type { Actor } from '../access/actor.ts'
import { command, nothingStored } from '../access/command.ts'
import { ok } from '../access/outcome.ts'
import { everyone, permission } from '../access/permission.ts'
import { createLog } from '../log/log.ts'
import { PackManifest } from '../packs/types.ts'
import { page, redirect } from './answer.ts'
import { webServer } from './app.ts'
import { Door } from './door.ts'
import { sealFlash } from './flash.ts'

const database = await testDatabase()
const none = { none: 'a page of the test' } as const
const somebody = permission('Everyone who has signed in may', (actor) => actor !== null)
const anna: Actor = {
  account: '0199aaaa-0000-7000-8000-000000000001',
  person: '0199aaaa-0000-7000-8000-000000000002',
  name: 'Anna Example',
  email: 'anna@example.org',
  locale: 'da',
  memberships: [],
  secondFactor: false,
  scopes: undefined,
}
const region = (id: string) =>
  PackManifest.parse({
    id,
    area: 'UA',
    names: { en: id },
    short: { en: `Region ${id}` },
    languages: ['uk'],
    country: 'UA',
    timeZone: 'Europe/Kyiv',
    currency: 'UAH',
    emergencies: [],
    sources: [],
  })

const door = new Door()
let rendered = 0
let forged = 0
let confirmed = 'in May'
let asked = 0
door.page('/kept', { permission: everyone, audit: none, keepSeconds: 60 }, async ({ region }) =>
  page(
    'Kept',
    <p>
      rendering {++rendered} about {region?.id}
    </p>,
  ),
)
door.page('/own', { permission: somebody, audit: none }, async () => page('Own', <p>own</p>))
const nobodyMay = permission('Nobody may', () => false)
door.page('/guarded', { permission: nobodyMay, audit: none }, async () => page('Never', <p>never</p>))
door.page('/records/{id}', { permission: somebody, audit: none, params: z.object({ id: z.string() }) }, async () => ({
  is: 'forbidden',
}))
door.page(
  '/places/{name}',
  { permission: everyone, audit: none, params: z.object({ name: z.string() }) },
  async (visit) => redirect(`/places/${visit.params.name}/there`),
)
const write = command({
  audit: 'test.note.write',
  input: z.object({}),
  subject: nothingStored,
  permission: somebody,
  run: async () => {
    forged++
    return ok({})
  },
})
door.form('/write', {
  command: write,
  input: () => ({}),
  done: () => redirect('/kept', { kind: 'done', text: 'Written by Anna' }),
  again: async () => redirect('/kept'),
})
door.resource(
  '/api/own',
  {
    summary: 'own',
    tag: 'test',
    permission: somebody,
    audit: none,
    scope: 'test:read',
    response: z.object({ confirmed: z.string() }),
  },
  async () => ({ is: 'ok', value: { confirmed }, version: 3 }),
)

/** Stands for signing in: a cookie or a token that says who it is, and a cookie that the session renews. */
const house = webServer({
  config: { ...database.config, url: 'http://own.example' },
  database,
  files: testFiles(database),
  door,
  authentication: {
    actorOf: async (request) => {
      asked++
      const token = request.headers.get('authorization') === 'Bearer anna'
      const session = request.headers.get('cookie')?.includes('session=anna')
      const old = request.headers.get('cookie')?.includes('session=old')
      return {
        actor: token ? { ...anna, scopes: ['test:read'] } : session ? anna : null,
        headers: old ? new Headers({ 'set-cookie': 'session=; Max-Age=0' }) : undefined,
      }
    },
  },
  menus: [],
  regions: () => [region('ua-north'), region('ua-south')],
  log: createLog('silent'),
  secret: testSecret,
  secure: false,
  now: () => database.clock.now,
})
const get = (path: string, headers: Record<string, string> = {}) =>
  house.fetch(new Request(`http://own.example${path}`, { headers }))

describe('pages kept for visitors without an account', () => {
  it('hold nothing of a person, no message of an earlier act and no cookie, whoever came first', async () => {
    const flash = sealFlash({ kind: 'done', text: 'Written by Anna' }, testSecret)
    const firsts = ['session=anna', `linden_flash=${flash}`, 'session=old']
    for (const cookie of firsts) await (await get('/kept', { cookie })).text()
    for (let round = 0; round < 2; round++) {
      const response = await get('/kept')
      const text = await response.text()
      expect(response.headers.getSetCookie()).toEqual([])
      expect(text).not.toContain('Anna')
      expect(text).toContain('rendering 4')
    }
    const own = await get('/kept', { cookie: `linden_flash=${flash}` })
    expect(await own.text()).toContain('Written by Anna')
    expect(own.headers.getSetCookie()).toHaveLength(1)
  })

  it('are one per language, colours and region, however each was chosen, and per address', async () => {
    const asked: [string, Record<string, string>][] = [
      ['/kept?a', { 'accept-language': 'uk' }],
      ['/kept?a', { 'accept-language': 'da' }],
      ['/kept?a', { 'accept-language': 'uk', cookie: 'linden_locale=de' }],
      ['/kept?a', { 'accept-language': 'uk', cookie: 'linden_scheme=dark' }],
      ['/kept?a', { 'accept-language': 'uk', cookie: 'linden_region=ua-south' }],
      ['/kept?a&region=ua-south', { 'accept-language': 'uk' }],
      ['/kept?a&region=ua-north', { 'accept-language': 'uk', cookie: 'linden_region=ua-south' }],
    ]
    const look = () => Promise.all(asked.map(async ([path, headers]) => (await get(path, headers)).text()))
    const first = await look()
    expect(new Set(first.map((text) => /rendering (\d+)/.exec(text)?.[1])).size).toBe(asked.length)
    expect(await look()).toEqual(first)
    const languages = first.map((text) => /<html[^>]* lang="(\w+)"/.exec(text)?.[1])
    expect(languages).toEqual(['uk', 'da', 'de', 'uk', 'uk', 'uk', 'uk'])
    expect(first.map((text) => text.includes('data-color-scheme="dark"'))).toEqual(asked.map((_, at) => at === 3))
    expect(first.map((text) => /about ([\w-]+)/.exec(text)?.[1])).toEqual([
      ...Array.from({ length: 4 }, () => 'ua-north'),
      ...['ua-south', 'ua-south', 'ua-north'],
    ])
  })
})

describe('the short way to a page that is kept', () => {
  const asks = async (headers: Record<string, string>, method = 'GET') => {
    const before = asked
    const response = await house.fetch(new Request('http://own.example/kept?short', { method, headers }))
    return { response, text: await response.text(), asked: asked > before }
  }

  it('is for those who bring nothing but their choices, and answers as the long one does', async () => {
    const looks: Record<string, string>[] = [
      {},
      { 'accept-language': 'da', 'accept-encoding': 'gzip' },
      { cookie: 'linden_scheme=dark; linden_locale=de;linden_region=ua-south' },
    ]
    for (const headers of looks) {
      const long = await asks(headers)
      const short = await asks(headers)
      expect([long.asked, short.asked]).toEqual([true, false])
      expect(short.text).toBe(long.text)
      expect([...short.response.headers]).toEqual([...long.response.headers])
      expect(short.response.headers.get('content-security-policy')).toContain("default-src 'none'")
    }
  })

  it('is closed to whoever brings anything else, though the page is kept', async () => {
    await asks({})
    const others: Record<string, string>[] = [
      { cookie: 'session=anna' },
      { cookie: 'linden_scheme=auto; session=anna' },
      { cookie: 'linden_scheme' },
      { cookie: 'linden_flash=x' },
      { cookie: 'session=%' },
      { cookie: 'LINDEN_SCHEME=auto' },
      { authorization: 'Bearer anna' },
    ]
    for (const headers of others) expect((await asks(headers)).asked).toBe(true)
    expect((await asks({}, 'HEAD')).asked).toBe(true)
    expect((await asks({})).asked).toBe(false)
  })

  it('shows nothing from before a change', async () => {
    await asks({})
    const sent = await house.fetch(
      new Request('http://own.example/write', { method: 'POST', headers: { cookie: 'session=anna' } }),
    )
    expect(sent.status).toBe(303)
    expect((await asks({})).asked).toBe(true)
    forged = 0
  })
})

describe('a token', () => {
  const bearer = { authorization: 'Bearer anna' }

  it('opens the resources that its scopes name', async () => {
    expect((await get('/api/own', bearer)).status).toBe(200)
  })

  it('opens no page and sends no form, which no scope names', async () => {
    expect((await get('/own', bearer)).status).toBe(403)
    const sent = await house.fetch(new Request('http://own.example/write', { method: 'POST', headers: bearer }))
    expect(sent.status).toBe(403)
    expect(forged).toBe(0)
  })
})

describe('a refusal', () => {
  const refusals = async () =>
    (
      await database.ownerPool.query(
        "select act, about_id, actor, origin from audit.event where outcome = 'refused' order by id",
      )
    ).rows
  it('of somebody who has signed in is recorded, with the address as it is declared', async () => {
    const before = (await refusals()).length
    const cookie = 'session=anna'
    expect((await get('/guarded', { cookie })).status).toBe(403)
    expect((await get('/records/of-somebody', { cookie })).status).toBe(403)
    const page = { act: 'access.page.open', actor: anna.account, origin: 'page' }
    expect((await refusals()).slice(before)).toEqual([
      { ...page, about_id: '/guarded' },
      { ...page, about_id: '/records/{id}' },
    ])
  })

  it('of nobody in particular leads to sign-in, and leaves no row for each', async () => {
    const before = (await refusals()).length
    expect((await get('/guarded')).headers.get('location')).toBe('/sign-in?back=%2Fguarded')
    expect(await refusals()).toHaveLength(before)
  })
})

describe('answers to one person', () => {
  it('over JSON are kept by no cache on the way', async () => {
    const response = await get('/api/own', { cookie: 'session=anna' })
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('vary')).toContain('Cookie')
  })
})

describe('what was sent is named by its ETag', () => {
  it('and is sent again when anything of it has changed, its version or not', async () => {
    const session = { cookie: 'session=anna' }
    const tag = (await get('/api/own', session)).headers.get('etag') ?? ''
    expect(tag).toMatch(/^"3-/)
    expect((await get('/api/own', { ...session, 'if-none-match': tag })).status).toBe(304)
    confirmed = 'today'
    const again = await get('/api/own', { ...session, 'if-none-match': tag })
    expect([again.status, await again.json()]).toEqual([200, { confirmed: 'today' }])
  })
})

describe('what a sender may put into headers', () => {
  it('letters of other scripts in an address lead on, percent-encoded', async () => {
    const response = await get(`/places/${encodeURIComponent('дім ясень')}`)
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe(`/places/${encodeURIComponent('дім ясень')}/there`)
  })

  it('a forged message in a cookie is no message and no fault', async () => {
    const forgedFlash = `e30.${'é'.repeat(43)}`
    const response = await get('/kept', { cookie: `linden_flash=${encodeURIComponent(forgedFlash)}` })
    expect(response.status).toBe(200)
  })
})
