import { randomBytes } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { Browser } from '../auth-house.ts'
import { testHouse } from '../house.ts'
import { type Reply, send } from '../wire.ts'

const { url, db } = await testHouse()
const shelter = 'nadannia-prytulku'
const newToken = () => randomBytes(32).toString('base64url')
const newKey = () => crypto.randomUUID()

let browser: Browser
beforeEach(async () => {
  browser = new Browser(url)
  // whoever tests asks more often than a person does
  await db.ownerPool.query('delete from limits.counter')
})

const serviceId = async (slug = shelter): Promise<string> =>
  (await db.ownerPool.query('select id from directory.service where slug = $1', [slug])).rows[0].id

/** Begins a draft. @returns its link and token */
async function begin(kind: 'me' | 'other' | 'notice' = 'me', by = browser): Promise<{ link: string; token: string }> {
  const token = newToken()
  const reply = await by.post(`/r/${token}/begin`, {
    _key: newKey(),
    pack: 'ua-kharkiv',
    service: await serviceId(),
    for: kind,
  })
  expect([reply.status, reply.headers.get('location')]).toEqual([303, `/r/${token}/what`])
  return { link: `/r/${token}`, token }
}

const whole = {
  what: { 'situation.words': 'Не маємо де жити.' },
  who: { kind: 'application', 'particulars.name': 'Гриценко Наталя' },
  contact: { 'contact.ways[]': ['in-person'] },
} satisfies Record<string, Record<string, string | string[]>>

/** Fills a draft in and sends it. @returns the last answer */
async function fillIn(link: string): Promise<Response> {
  let version = 1
  for (const [page, fields] of Object.entries<Record<string, string | string[]>>(whole)) {
    const kept = await browser.post(`${link}/${page}`, { _key: newKey(), version: String(version), ...fields })
    expect([page, kept.status]).toEqual([page, 303])
    version += 1
  }
  return browser.post(`${link}/send`, { _key: newKey(), version: String(version) })
}

const count = async (where = 'true'): Promise<number> =>
  (await db.ownerPool.query(`select count(*)::int as n from intake.request where ${where}`)).rows[0].n

/** What a reader without pictures, script or style gets. */
const plain = (html: string) => html.replaceAll(/<(script|style)[\s\S]*?<\/\1>|<[^>]+>/g, ' ')

const mainOf = (html: string) => /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? ''

/** A form as bytes: what no browser would send. */
const raw = (path: string, body: string): Promise<Reply> =>
  send(url, path, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
  })

describe('INT-1: bare HTML is enough', () => {
  test('the whole way is forms, links and words', async () => {
    const first = await (await browser.get(`/ask?service=${shelter}`)).text()
    const [, action = ''] = /<form[^>]*action="(\/r\/[\w-]{43}\/begin)"/.exec(first) ?? []
    const hidden = Object.fromEntries(
      [...first.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
        name,
        value,
      ]),
    )
    expect((await browser.post(action, { ...hidden, for: 'me' })).status).toBe(303)
    const link = action.replace(/\/begin$/, '')
    for (const page of ['what', 'who', 'contact', 'check']) {
      const html = mainOf(await (await browser.get(`${link}/${page}`)).text())
      // one way on, one way back, and every field has a label
      expect([page, html.match(/<form/g)?.length]).toEqual([page, 1])
      for (const [, id] of html.matchAll(/<(?:input(?![^>]*hidden)|textarea|select)[^>]*\bid="([^"]+)"/g))
        expect([page, id, html.includes(`for="${id}"`)]).toEqual([page, id, true])
    }
    expect((await fillIn(link)).headers.get('location')).toBe(`${link}/sent`)
    const standing = plain(await (await browser.get(link)).text())
    expect(standing).toContain('It has arrived')
    expect(standing).toMatch(/[0-9A-Z]{5}-[0-9A-Z]{5}/)
    // INT-3: every clock says what is left and that nobody has read the act
    expect(standing).toMatch(/\d+ working days left/)
    expect(standing).toContain('deadline not checked')
  })
})

describe('links', () => {
  test('malformed is 400, unknown 404; neither stores anything', async () => {
    const before = await count()
    expect((await browser.get('/r/short')).status).toBe(400)
    expect((await browser.get(`/r/${'ä'.repeat(43)}`)).status).toBe(400)
    expect((await browser.get(`/r/${newToken()}`)).status).toBe(404)
    expect((await browser.get(`/r/${newToken()}/what`)).status).toBe(404)
    expect((await browser.post(`/r/${newToken()}/what`, { _key: newKey(), version: '1' })).status).toBe(404)
    expect((await browser.post(`/r/${newToken()}/withdraw`, { _key: newKey() })).status).toBe(404)
    expect(await count()).toBe(before)
  })

  test.each([
    ['expired', "expires_at = created_at - interval '1 day'"],
    ['revoked', 'revoked_at = created_at'],
  ])('%s: it says so, what to do, and opens nothing', async (_why, change) => {
    const { link } = await begin()
    await fillIn(link)
    await db.ownerPool.query(
      `update intake.link set ${change} where request_id = (select id from intake.request order by id desc limit 1)`,
    )
    for (const page of ['', '/what', '/sent', '/withdraw', '/later']) {
      const reply = await browser.get(`${link}${page}`)
      const words = plain(await reply.text())
      expect([page, reply.status]).toEqual([page, 410])
      expect(words).toContain('This link no longer works')
      expect(words).toContain('Your request is not lost')
      expect(words).not.toContain('Гриценко')
    }
    expect((await browser.post(`${link}/withdraw`, { _key: newKey() })).status).toBe(404)
    expect(await count("state = 'withdrawn'")).toBe(0)
  })

  test('a link begins one request, however often the form is sent', async () => {
    const token = newToken()
    const form = { _key: newKey(), pack: 'ua-kharkiv', service: await serviceId(), for: 'me' }
    const before = await count()
    const replies = await Promise.all([
      browser.post(`/r/${token}/begin`, form),
      browser.post(`/r/${token}/begin`, form),
    ])
    expect(replies.map(({ status }) => status)).toEqual([303, 303])
    expect(await count()).toBe(before + 1)
    // by somebody who found it: they are given a fresh one, and the draft stays whose it is
    const again = await browser.post(`/r/${token}/begin`, { ...form, _key: newKey(), for: 'other' })
    expect(again.status).toBe(409)
    const html = mainOf(await again.text())
    expect(html).toContain('/begin"')
    expect(html).not.toContain(token)
    expect(await count()).toBe(before + 1)
  })

  test('a service that is none, or a region that is none, begins nothing', async () => {
    const before = await count()
    for (const fields of [
      { pack: 'xx-nowhere' },
      { pack: 'ua-kharkiv', service: crypto.randomUUID() },
      { pack: 'ua-kharkiv', service: 'no uuid' },
      {},
    ])
      expect(
        (
          await browser.post(`/r/${newToken()}/begin`, {
            _key: newKey(),
            for: 'me',
            ...(fields as Record<string, string>),
          })
        ).status,
      ).toBe(422)
    expect((await browser.get('/ask?service=no-such-service')).status).toBe(404)
    expect(await count()).toBe(before)
  })
})

describe('what is typed', () => {
  test('NUL, a lone surrogate and broken UTF-8 are refused by name', async () => {
    const { link } = await begin()
    for (const [bad, named] of [
      ['%00', 'situation.words'],
      ['%ED%A0%80', 'situation.words'],
      ['%FF', 'situation.words'],
    ] as const) {
      const reply = await raw(`${link}/what`, `_key=${newKey()}&version=1&situation.words=ab${bad}`)
      expect([bad, reply.status]).toEqual([bad, 400])
      expect(reply.text).toContain(named)
    }
    expect(await count("draft->'situation'->>'words' like 'ab%'")).toBe(0)
  })

  test('signs that turn the direction are shown, markup is text', async () => {
    const { link } = await begin()
    const kept = await browser.post(`${link}/what`, {
      _key: newKey(),
      version: '1',
      'situation.words': 'foto\u202egnp.exe <script>alert(1)</script><img src=x onerror=alert(2)>',
    })
    expect(kept.status).toBe(303)
    const html = await (await browser.get(`${link}/check`)).text()
    expect(html).toContain('[U+202E]')
    expect(html).not.toContain('<script>alert')
    expect(html).not.toContain('<img src=x')
  })

  test('what does not fit comes back with its reason, and all that was typed', async () => {
    const { link } = await begin()
    const typed = {
      _key: newKey(),
      version: '1',
      kind: 'application',
      'particulars.name': 'Гриценко Наталя',
      'particulars.birthDate': '1870-01-01',
      'particulars.area': 'XX-1',
    }
    const reply = await browser.post(`${link}/who`, typed)
    expect(reply.status).toBe(422)
    const html = await reply.text()
    expect(html).toContain('value="Гриценко Наталя"')
    expect(html).toContain('href="#f-particulars-birthDate"')
    for (const [field, value] of [
      ['particulars.birthDate', '2999-01-01'],
      ['particulars.birthDate', '2026-02-30'],
      ['particulars.area', 'XX-1'],
    ] as const) {
      const one = await browser.post(`${link}/who`, {
        ...typed,
        _key: newKey(),
        'particulars.birthDate': '1990-05-17',
        'particulars.area': '',
        [field]: value,
      })
      expect([field, value, one.status]).toEqual([field, value, 422])
    }
    for (const [page, fields] of [
      ['contact', { 'contact.ways[]': 'pigeon' }],
      ['contact', { 'contact.phone': 'x' }],
      ['contact', { 'contact.email': 'no address' }],
      ['contact', { 'contact.through.phone': '+380' }],
      ['what', { 'situation.words': 'x'.repeat(4001) }],
      ['what', { 'situation.dangers[]': 'boredom' }],
      ['what', { situation: 'flat' }],
      ['who', { particulars: 'flat', kind: 'application' }],
      ['who', { kind: 'decree', helps: 'yes' }],
    ] as const) {
      const one = await browser.post(`${link}/${page}`, {
        _key: newKey(),
        version: '1',
        ...(fields as unknown as Record<string, string>),
      })
      expect([page, fields, one.status < 500]).toEqual([page, fields, true])
    }
    expect(
      await count('version > 1 and id = (select id from intake.request order by id desc limit 1)'),
    ).toBeLessThanOrEqual(1)
  })

  test('two who write at once see both texts, and nothing is lost', async () => {
    const { link } = await begin()
    const first = { _key: newKey(), version: '1', 'situation.words': 'Перша розповідь' }
    expect((await browser.post(`${link}/what`, first)).status).toBe(303)
    // the same form again is the same
    expect((await browser.post(`${link}/what`, first)).status).toBe(303)
    const second = await browser.post(`${link}/what`, {
      _key: newKey(),
      version: '1',
      'situation.words': 'Друга розповідь',
    })
    expect(second.status).toBe(409)
    const html = await second.text()
    expect(html).toContain('Перша розповідь')
    expect(html).toContain('Друга розповідь')
    expect(html).toContain('name="version" value="2"')
    expect(
      (await browser.post(`${link}/what`, { _key: newKey(), version: '2', 'situation.words': 'Друга розповідь' }))
        .status,
    ).toBe(303)
  })

  test('the number of a paper is sealed before anything sees it; the same form twice is one', async () => {
    const { link } = await begin()
    const form = { _key: newKey(), version: '1', ...whole.who, paper: 'аб 987654' }
    expect((await browser.post(`${link}/who`, form)).status).toBe(303)
    expect((await browser.post(`${link}/who`, form)).status).toBe(303)
    const { rows } = await db.ownerPool.query('select draft, version from intake.request order by id desc limit 1')
    expect(rows[0].version).toBe(2)
    expect(JSON.stringify(rows[0].draft)).not.toContain('987654')
    expect(rows[0].draft.particulars.documentNumber.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(await (await browser.get(`${link}/who`)).text()).not.toContain('987654')
    // nobody smuggles one in that was sealed elsewhere
    await browser.post(`${link}/who`, {
      _key: newKey(),
      version: '2',
      ...whole.who,
      'particulars.documentNumber.hash': '0'.repeat(64),
    })
    const after = await db.ownerPool.query('select draft from intake.request order by id desc limit 1')
    expect(after.rows[0].draft.particulars.documentNumber.hash).toBe(rows[0].draft.particulars.documentNumber.hash)
  })

  test('sent twice is one request; what was sent cannot be written over', async () => {
    const { link } = await begin()
    expect((await fillIn(link)).status).toBe(303)
    const again = await browser.post(`${link}/send`, { _key: newKey(), version: '5' })
    expect([again.status, again.headers.get('location')]).toEqual([303, link])
    const over = await browser.post(`${link}/what`, { _key: newKey(), version: '5', 'situation.words': 'інше' })
    expect([over.status, over.headers.get('location')]).toEqual([303, link])
    expect(await count("draft->'situation'->>'words' = 'інше'")).toBe(0)
  })

  test('half a request says what is missing, with a link to it', async () => {
    const { link } = await begin('other')
    const reply = await browser.post(`${link}/send`, { _key: newKey(), version: '1' })
    expect(reply.status).toBe(422)
    const html = await reply.text()
    expect(html).toContain(`href="${link}/what"`)
    expect(html).toContain(`href="${link}/who"`)
  })
})

describe('INT-4: papers', () => {
  async function paperOf(link: string): Promise<string> {
    const html = await (await browser.get(link)).text()
    return /href="([^"]+\/papers\/[^"]+)"/.exec(html)?.[1] ?? ''
  }
  function hand(path: string, name: string, content: Uint8Array<ArrayBuffer> | string): Promise<Response> {
    const body = new FormData()
    body.append('_key', newKey())
    body.append('uploads[]', new Blob([content]), name)
    return fetch(new URL(path, url), {
      method: 'POST',
      body,
      redirect: 'manual',
      headers: { 'sec-fetch-site': 'same-origin', 'accept-language': 'en' },
    })
  }
  const files = async (): Promise<number> =>
    (await db.ownerPool.query('select count(*)::int as n from files.file')).rows[0].n

  test('of a kind that nobody can read, empty, or none at all: refused by name, nothing kept', async () => {
    const { link } = await begin()
    await fillIn(link)
    const paper = await paperOf(link)
    const before = await files()
    for (const [name, content] of [
      ['program.exe', new Uint8Array([0x4d, 0x5a, 0x90, 0x00, 0x03, 0x00])],
      ['nothing.pdf', ''],
    ] as const) {
      const reply = await hand(paper, name, content)
      expect([name, reply.status]).toEqual([name, 422])
      expect(await reply.text()).toContain(name)
    }
    expect((await browser.post(paper, { _key: newKey() })).status).toBe(422)
    expect(await files()).toBe(before)
  })

  test('larger than fifteen million bytes is refused, before it is here whole', async () => {
    const { link } = await begin()
    await fillIn(link)
    const reply = await hand(await paperOf(link), 'large.txt', 'x'.repeat(15_000_001))
    expect(reply.status).toBe(422)
    expect(await reply.text()).toContain('large.txt')
  })

  test('for a paper of another request, or by a stranger: not found, nothing kept', async () => {
    const mine = await begin()
    await fillIn(mine.link)
    const paper = await paperOf(mine.link)
    const other = await begin()
    await fillIn(other.link)
    const before = await files()
    const foreign = paper.replace(mine.token, other.token)
    expect((await hand(foreign, 'a.txt', 'a')).status).toBe(404)
    expect((await browser.get(foreign)).status).toBe(404)
    expect((await hand(paper.replace(mine.token, newToken()), 'a.txt', 'a')).status).toBe(404)
    expect(await files()).toBe(before)
  })
})

describe('INT-11: the link by mail', () => {
  test('goes only to a mailbox that nobody else reads, and tells nothing', async () => {
    const { link } = await begin()
    const letters = async () =>
      (
        await db.ownerPool.query(
          `select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'mail.send' and payload->>'template' = 'intake.link'`,
        )
      ).rows
    const email = { 'contact.ways[]': ['email'], 'contact.email': 'natalia@example.org' }
    await browser.post(`${link}/contact`, { _key: newKey(), version: '1', ...email, 'care[]': ['emailReadByOthers'] })
    expect(await (await browser.get(`${link}/later`)).text()).not.toContain('natalia@example.org')
    expect((await browser.post(`${link}/later/mail`, { _key: newKey() })).status).toBe(409)
    expect(await letters()).toEqual([])
    await browser.post(`${link}/contact`, { _key: newKey(), version: '2', ...email })
    expect(await (await browser.get(`${link}/later`)).text()).toContain('natalia@example.org')
    expect((await browser.post(`${link}/later/mail`, { _key: newKey() })).status).toBe(303)
    expect((await letters()).map(({ payload }) => payload.parameters)).toEqual([{ link: `${url}${link}` }])
  })
})

test('an address that only takes forms leads to the page that has it: the language is changed there too', async () => {
  const { link } = await begin()
  for (const [address, page] of [
    ['/what/later', '/what'],
    ['/contact/later', '/contact'],
    ['/send', '/check'],
    ['/later/mail', '/later'],
  ] as const)
    expect([address, (await browser.get(`${link}${address}`)).headers.get('location')]).toEqual([
      address,
      `${link}${page}`,
    ])
  expect((await browser.get(`/r/${newToken()}/begin`)).headers.get('location')).toBe('/ask')
})

describe('asking is bounded', () => {
  test('a program that asks and asks is told when to go on; what it typed is not lost', async () => {
    const before = await count()
    let last: Response | undefined
    for (let at = 0; at < 60 && last?.status !== 429; at++)
      last = await browser.post(`/r/${newToken()}/begin`, {
        _key: newKey(),
        pack: 'ua-kharkiv',
        service: await serviceId(),
        for: 'notice',
      })
    expect(last?.status).toBe(429)
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await count()).toBeLessThanOrEqual(before + 40)
  })
})

describe('under an account', () => {
  test('a request of somebody else is not there, a stranger is asked to sign in', async () => {
    const { link } = await begin()
    await fillIn(link)
    const { rows } = await db.ownerPool.query('select id from intake.request order by id desc limit 1')
    for (const page of ['', '/what', '/withdraw', '/sent'])
      expect([(await browser.get(`/my/requests/${rows[0].id}${page}`)).status]).toEqual([303])
    expect((await browser.get('/my/requests')).headers.get('location')).toMatch(/^\/sign-in/)
  })
})
