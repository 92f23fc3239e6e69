import { beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { testDatabase } from '../../../test/database.ts'
import { testFiles } from '../../../test/files.ts'
import { testSecret } from '../../../test/secret.ts'
import type { Actor } from '../access/actor.ts'
import { command, nothingStored } from '../access/command.ts'
import { ok } from '../access/outcome.ts'
import { everyone, permission } from '../access/permission.ts'
import type { AddressLimit } from '../limits/limit.ts'
import { createLog } from '../log/log.ts'
import { page } from './answer.ts'
import { webServer } from './app.ts'
import { Door } from './door.ts'

const db = await testDatabase()
const limit: AddressLimit = { name: 'test.note', per: 'address', most: 3, within: { minutes: 10 } }
const open = { permission: everyone, audit: { none: 'a page of the test' }, limit } as const
const anna: Actor = {
  account: '0199aaaa-0000-7000-8000-000000000001',
  person: '0199aaaa-0000-7000-8000-000000000002',
  name: 'Anna Example',
  email: 'anna@example.org',
  locale: 'en',
  memberships: [],
  secondFactor: false,
  scopes: undefined,
}
let written = 0
const write = command({
  audit: 'test.note.write',
  input: z.object({ text: z.string() }),
  subject: nothingStored,
  permission: everyone,
  limit,
  run: async () => {
    written++
    return ok({})
  },
})
const door = new Door()
door.page('/page', open, async () => page('Page', 'seen'))
door.raw('get', '/api/raw', open, async () => new Response('raw'))
door.resource('/api/resource', { ...open, summary: 'read', tag: 'test', response: z.object({}) }, async () => ({
  is: 'ok',
  value: {},
}))
door.command('/api/write', {
  method: 'post',
  summary: 'write',
  tag: 'test',
  scope: 'test:write',
  command: write,
  response: z.object({}),
})
door.form('/write', {
  command: write,
  input: (fields) => fields,
  done: () => page('Written', 'written'),
  again: async (typed) => page('Again', `typed: ${typed.get('text')?.[0]}`),
})
let received = 0
door.form('/write-with-files', {
  command: write,
  uploads: { limit: 1_000_000, most: 2 },
  input: (fields, _visit, uploads) => {
    received += uploads.length
    return fields
  },
  done: () => page('Written', 'written'),
  again: async (typed) => page('Again', `typed: ${typed.get('text')?.[0]}`),
})
const byLink = permission('Who holds the link may', (_actor, subject: { held?: boolean }) => subject.held === true)
for (const [address, purpose] of [
  ['/linked', 'a link'],
  ['/guarded', undefined],
] as const)
  door.form(address, {
    command: command({
      ...write,
      ...(purpose ? { purpose } : {}),
      subject: async () => ({ held: true }),
      permission: byLink,
    }),
    input: (fields) => fields,
    done: () => page('Written', 'written'),
    again: async (typed) => page('Again', `typed: ${typed.get('text')?.[0]}`),
  })
const app = webServer({
  config: { ...db.config, url: 'http://own.example' },
  database: db,
  files: testFiles(db),
  door,
  authentication: {
    actorOf: async (request) => ({ actor: request.headers.get('cookie')?.includes('session=anna') ? anna : null }),
  },
  menus: [],
  regions: () => [],
  log: createLog('silent'),
  secret: testSecret,
  secure: false,
  now: () => db.clock.now,
})

/** Sends from a network address, as the server sees it. */
async function from(remoteAddress: string, path: string, init: RequestInit = {}): Promise<Response> {
  return app.fetch(new Request(`http://own.example${path}`, init), { incoming: { socket: { remoteAddress } } })
}
const statuses = async (times: number, ask: () => Promise<Response>) => {
  const all = []
  for (let time = 0; time < times; time++) all.push((await ask()).status)
  return all
}
const form = { method: 'POST', body: new URLSearchParams({ text: 'long and dear' }) }

beforeEach(async () => {
  await db.ownerPool.query('delete from limits.counter')
  written = 0
  received = 0
})

describe('a limit per network address', () => {
  test('holds for pages, and says in words and in Retry-After when it goes on', async () => {
    expect(await statuses(4, () => from('203.0.113.7', '/page'))).toEqual([200, 200, 200, 429])
    const refused = await from('203.0.113.7', '/page', { headers: { 'accept-language': 'da' } })
    expect(refused.headers.get('retry-after')).toBe('600')
    expect(await refused.text()).toContain('Vent 10 minutter, og prøv igen.')
    expect((await from('203.0.113.8', '/page')).status).toBe(200)
    db.clock.advance(10 * 60_000)
    expect((await from('203.0.113.7', '/page')).status).toBe(200)
  })

  test.each(['/api/raw', '/api/resource', '/api/write'])('is a problem for programs: %s', async (path) => {
    const init =
      path === '/api/write'
        ? { method: 'POST', body: '{"text":"a"}', headers: { 'content-type': 'application/json' } }
        : {}
    expect(await statuses(3, () => from('203.0.113.7', path, init))).toEqual([200, 200, 200])
    const refused = await from('203.0.113.7', path, init)
    expect([refused.status, refused.headers.get('content-type')]).toEqual([
      429,
      'application/problem+json; charset=utf-8',
    ])
    expect(refused.headers.get('retry-after')).toBe('600')
    expect(await refused.json()).toMatchObject({
      status: 429,
      title: 'Too many requests at once',
      detail: 'Many requests came from your connection. Wait 10 minutes, then try again.',
    })
  })

  test('a form comes back with what was typed, and is not done; page and API count together', async () => {
    await from('203.0.113.7', '/api/write', {
      method: 'POST',
      body: '{"text":"a"}',
      headers: { 'content-type': 'application/json' },
    })
    expect(await statuses(2, () => from('203.0.113.7', '/write', form))).toEqual([200, 200])
    const refused = await from('203.0.113.7', '/write', form)
    expect([refused.status, refused.headers.get('retry-after'), written]).toEqual([429, '600', 3])
    expect(await refused.text()).toContain('typed: long and dear')
  })

  test('a form with files comes back too, and its files are not received', async () => {
    const body = () => {
      const sent = new FormData()
      sent.set('text', 'long and dear')
      sent.set('files', new File(['something to read'], 'a.txt', { type: 'text/plain' }))
      return sent
    }
    const send = () => from('203.0.113.7', '/write-with-files', { method: 'POST', body: body() })
    expect(await statuses(3, send)).toEqual([200, 200, 200])
    expect([received, written]).toEqual([3, 3])
    const refused = await send()
    expect([refused.status, received, written]).toEqual([429, 3, 3])
    expect(await refused.text()).toContain('typed: long and dear')
  })

  test('a link from a letter gives the form back, a permission that is not everybody’s does not', async () => {
    expect(await statuses(3, () => from('203.0.113.7', '/linked', form))).toEqual([200, 200, 200])
    const linked = await from('203.0.113.7', '/linked', form)
    expect([linked.status, await linked.text()]).toEqual([429, expect.stringContaining('typed: long and dear')])
    const guarded = await from('203.0.113.7', '/guarded', form)
    expect([guarded.status, await guarded.text()]).toEqual([429, expect.not.stringContaining('typed:')])
  })

  test('tries at the same moment are all counted, what other sites send is not', async () => {
    const hostile = { ...form, headers: { 'sec-fetch-site': 'cross-site' } }
    expect(await statuses(5, () => from('203.0.113.7', '/write', hostile))).toEqual([403, 403, 403, 403, 403])
    const all = await Promise.all(Array.from({ length: 12 }, () => from('203.0.113.7', '/write', form)))
    expect(all.filter(({ status }) => status === 200)).toHaveLength(3)
    expect(written).toBe(3)
  })

  test('does not concern who has signed in, nor an address within another half of IPv6', async () => {
    const signedIn = { headers: { cookie: 'session=anna' } }
    expect(new Set(await statuses(6, () => from('203.0.113.7', '/page', signedIn)))).toEqual(new Set([200]))
    expect(await statuses(3, () => from('2001:db8:1:2::1', '/page'))).toEqual([200, 200, 200])
    expect((await from('2001:db8:1:2:ffff::9', '/page')).status).toBe(429)
    expect((await from('2001:db8:1:3::1', '/page')).status).toBe(200)
  })

  test('an address cannot be claimed, except by a proxy on this machine', async () => {
    const claim = (address: string) => ({ headers: { 'x-forwarded-for': address } })
    let last = 0
    expect(await statuses(4, () => from('203.0.113.7', '/page', claim(`198.51.100.${++last}`)))).toEqual([
      200, 200, 200, 429,
    ])
    expect(await statuses(4, () => from('127.0.0.1', '/page', claim(`198.51.100.${++last}`)))).toEqual([
      200, 200, 200, 200,
    ])
  })
})
