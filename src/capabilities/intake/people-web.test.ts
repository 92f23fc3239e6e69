import { beforeAll, describe, expect, test } from 'vitest'
import { actorHouse } from '../../../test/actor-house.ts'
import { addActor } from '../../../test/actors.ts'
import { testDatabase } from '../../../test/database.ts'
import { act, askForHelp, done, loadIntakePacks } from '../../../test/intake-house.ts'
import { testSecret } from '../../../test/secret.ts'
import { type Actor, roles } from '../../platform/access/actor.ts'
import { sealIdentifier } from '../../platform/access/identifier.ts'
import { changeContact, contactMark } from './commands/change-contact.ts'
import { restrictPerson } from './commands/restrict-person.ts'
import { peopleRoutes } from './routes/people.tsx'
import { requestRoutes } from './routes/request.tsx'
import { readPerson } from './store/people.ts'
import { readRequest } from './store/requests.ts'
import { SafeContact } from './types.ts'

const db = await testDatabase({ now: new Date('2026-11-29T10:00:00Z') })
const house = actorHouse(db, (door, house) => {
  peopleRoutes(door, house)
  requestRoutes(door, house)
})
const { app } = house
let worker: Actor
let lead: Actor

beforeAll(async () => {
  await loadIntakePacks(db, ['ua-kharkiv', 'dk-midtjylland'])
  worker = await addActor(db, 'Олена Коваль', [{ organisation: 'dovira', role: 'case_worker' }])
  lead = await addActor(db, 'Ірина Савченко', [{ organisation: 'dovira', role: 'team_lead' }])
})

const nobody = '00000000-0000-7000-8000-000000000000'
const get = (path: string) => app.request(path, { headers: { 'accept-language': 'en' } })
const send = (path: string, fields: Record<string, string>) =>
  app.request(path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { 'sec-fetch-site': 'same-origin', 'accept-language': 'en' },
  })
const post = (path: string, body: object) =>
  app.request(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: {
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
      'idempotency-key': crypto.randomUUID(),
      'accept-language': 'en',
    },
  })

const numberOf = (born: string) => `АБ ${born.replaceAll('-', '')}`

/** Somebody asks, with the number of a paper. @returns the id of their record */
async function asks(name: string, born: string): Promise<string> {
  const { id } = await askForHelp(db, {
    pack: 'ua-kharkiv',
    service: 'nadannia-prytulku',
    particulars: { name, birthDate: born, documentNumber: sealIdentifier(testSecret, numberOf(born)) },
    contact: { phone: `+380 50 ${born.replaceAll('-', '').slice(2)}0` },
  })
  return (await db.transact({ actor: worker.account }, (tx) => readRequest(tx, id)))?.person ?? ''
}
const pair = async (born: string) =>
  [await asks('Гриценко Наталя Іванівна', born), await asks('Natalia Hrytsenko', born)] as const
const protect = async (person: string, ...colleagues: Actor[]) => {
  const found = await db.transact({ actor: lead.account }, (tx) => readPerson(tx, person))
  done(
    await act(db, lead, restrictPerson, {
      person,
      version: found?.version ?? 0,
      reason: 'Безпека',
      colleagues: colleagues.map(({ account }) => account),
    }),
  )
}

describe('INT-11: how somebody is reached now', () => {
  test('INT-11: the number and the mailbox that were told last stand there; an earlier number is called by nobody', async () => {
    house.actor = worker
    const [before, after] = ['+380 50 111 11 11', '+380 67 222 22 22']
    const first = { ways: ['phone' as const], phone: before, email: 'theirs@example.org' }
    const { id, token } = await askForHelp(db, { pack: 'ua-kharkiv', service: 'nadannia-prytulku', contact: first })
    const tell = async (contact: Partial<SafeContact>, was: Partial<SafeContact>) => {
      const version = contactMark(SafeContact.parse(was))
      done(await act(db, null, changeContact, { token, contact: SafeContact.parse(contact), version }))
    }
    const second = { ways: ['phone' as const], phone: after, email: 'own@example.org' }
    await tell(second, first)
    const person = (await db.transact({ actor: worker.account }, (tx) => readRequest(tx, id)))?.person ?? ''
    const [asked, record] = [await (await get(`/requests/${id}`)).text(), await (await get(`/people/${person}`)).text()]
    for (const page of [asked, record]) {
      expect(page).toContain('href="tel:+380672222222"')
      expect(page).toContain('own@example.org')
      expect(page).not.toContain('href="tel:+380501111111"')
    }
    for (const old of [before, 'theirs@example.org']) expect(asked).not.toContain(old)
    // text messages alone: no link that dials
    await tell({ ...second, ways: ['sms'] }, second)
    for (const address of [`/requests/${id}`, `/people/${person}`]) {
      const page = await (await get(address)).text()
      expect(page).toContain('Send a text message. Do not call.')
      expect(page).not.toContain('href="tel:+380')
    }
    // no number any more: what is known from before is not called either
    await tell({ ways: ['in-person'] }, { ...second, ways: ['sms'] })
    expect(await (await get(`/requests/${id}`)).text()).not.toMatch(/380|@example/)
    expect(await (await get(`/people/${person}`)).text()).toContain('Do not call.')
  })
})

describe('INT-8: people on their pages', () => {
  test('INT-8: found by another script, compared, joined, and undone', async () => {
    house.actor = worker
    const [one, two] = await pair('1990-05-17')
    const list = await (await get('/people?q=hrytsenko&born=1990-05-17')).text()
    expect(list).toContain(`/people/${one}`)
    expect(list).toContain(`/people/${two}`)
    const shown = await get(`/people/${one}`)
    expect(shown.headers.get('cache-control')).toBe('no-store')
    const text = await shown.text()
    expect(text).toContain(`/people/${one}/with/${two}`)
    expect(text).toContain('very likely')
    expect(text).toContain('the same birth date')
    const compared = await (await get(`/people/${one}/with/${two}`)).text()
    expect(compared).toContain('differs')
    const merged = await send(`/people/${one}/with/${two}/merge`, { keep: two, version: '1', otherVersion: '1' })
    expect([merged.status, merged.headers.get('location')]).toEqual([303, `/people/${two}`])
    expect((await get(`/people/${one}`)).headers.get('location')).toBe(`/people/${two}`)
    const kept = await (await get(`/people/${two}`)).text()
    expect(kept).toContain('Гриценко Наталя Іванівна')
    expect(kept).not.toContain(`/people/${two}/with/${one}`)
    const merge = /name="merge" value="([0-9a-f-]{36})"/.exec(kept)?.[1] ?? ''
    const stale = await send(`/people/${one}/with/${two}/merge`, { keep: one, version: '1', otherVersion: '1' })
    expect(stale.headers.get('location')).toBe(`/people/${two}`)
    expect((await send(`/people/${two}/undo`, { merge })).headers.get('location')).toBe(`/people/${two}/with/${one}`)
    const again = await send(`/people/${two}/undo`, { merge })
    expect(again.status).toBe(409)
    expect(await again.text()).toContain('undone already')
    expect((await send(`/people/${one}/with/${two}/apart`, {})).status).toBe(303)
    expect(await (await get(`/people/${one}`)).text()).not.toContain(`/people/${one}/with/${two}`)
  })

  test('INT-8: a new request says whom it may be the same as, and nothing of who may not be seen', async () => {
    const [one, hidden] = await pair('1958-10-11')
    const { rows } = await db.ownerPool.query('select id from intake.request where person_id = $1', [one])
    house.actor = worker
    const before = await (await get(`/requests/${rows[0].id}`)).text()
    expect(before).toContain('May be the same as')
    expect(before).toContain(`/people/${one}/with/${hidden}`)
    await protect(hidden)
    const after = await (await get(`/requests/${rows[0].id}`)).text()
    expect(after).toContain(`/people/${one}`)
    expect(after).not.toContain('May be the same as')
  })

  test('INT-8: a number of a paper is shown to whoever asks for it, and kept nowhere in the clear', async () => {
    house.actor = worker
    const id = await asks('Номер Оксана', '1970-07-07')
    expect(await (await get(`/people/${id}`)).text()).not.toContain('АБ19700707')
    const shown = await send(`/people/${id}/number`, { _key: 'a-key-of-the-sender' })
    expect(shown.headers.get('cache-control')).toBe('no-store')
    expect(await shown.text()).toContain('АБ19700707')
    const { rows } = await db.ownerPool.query(
      `select outcome::text from http.idempotency where outcome::text like '%АБ19700707%'`,
    )
    expect(rows).toEqual([])
    const events = await db.ownerPool.query(
      `select actor from audit.event where outcome = 'done' and act = 'intake.person.read-number' and about_id = $1`,
      [id],
    )
    expect(events.rows).toEqual([{ actor: worker.account }])
  })

  test('INT-8: who is protected answers like somebody who is not there, by page and by API', async () => {
    const [one, hidden] = await pair('1977-01-02')
    await protect(hidden)
    house.actor = worker
    const addresses = (id: string) => [
      `/people/${id}`,
      `/people/${id}/with/${one}`,
      `/people/${one}/with/${id}`,
      `/api/v1/persons/${id}`,
      `/api/v1/duplicates?person=${id}`,
    ]
    const [there, notThere] = [addresses(hidden), addresses(nobody)]
    for (const [at, address] of there.entries()) {
      const [answer, plain] = [await get(address), await get(notThere[at] ?? '')]
      expect([address, answer.status]).toEqual([address, 404])
      const same = (text: string) =>
        text
          .replaceAll(hidden, '')
          .replaceAll(nobody, '')
          .replaceAll(/nonce="[^"]*"/g, '')
      expect(same(await answer.text())).toBe(same(await plain.text()))
    }
    const posts = (id: string): [string, object][] => [
      ['/api/v1/duplicates/merge', { keep: one, join: id, keepVersion: 1, joinVersion: 1 }],
      ['/api/v1/duplicates/merge', { keep: id, join: one, keepVersion: 1, joinVersion: 1 }],
      ['/api/v1/duplicates/apart', { person: one, other: id }],
    ]
    for (const [address, body] of posts(hidden)) {
      expect([address, (await post(address, body)).status]).toEqual([address, 404])
    }
    for (const [address, body] of posts(nobody)) expect((await post(address, body)).status).toBe(404)
    for (const address of ['number', 'restrict', 'lift'])
      expect((await send(`/people/${hidden}/${address}`, { version: '1', reason: 'why not' })).status).toBe(404)
    const listed = (await (await get('/api/v1/persons?born=1977-01-02')).json()) as { items: { id: string }[] }
    expect(listed.items.map(({ id }) => id)).toEqual([one])
    expect(await (await get(`/api/v1/duplicates?person=${one}`)).json()).toEqual({ items: [], next: null })
    expect(await (await get(`/people/${one}`)).text()).not.toContain(hidden)
    house.actor = lead
    expect((await get(`/people/${hidden}`)).status).toBe(200)
    expect(await (await get(`/people/${one}`)).text()).toContain(hidden)
  })
})

describe('INT-8: people over JSON', () => {
  test('INT-8: offered with reasons and score, joined, undone and kept apart by a program with the scope, and by none without', async () => {
    const [one, two] = await pair('1981-12-24')
    const holding = (...scopes: string[]): Actor => ({ ...worker, scopes })
    house.actor = holding('intake:write')
    for (const address of ['/api/v1/persons', `/api/v1/persons/${one}`, `/api/v1/duplicates?person=${one}`])
      expect((await get(address)).status).toBe(403)
    house.actor = holding('intake:read')
    const person = await get(`/api/v1/persons/${one}`)
    expect(person.headers.get('etag')).toContain('1')
    const told = await person.text()
    expect(JSON.parse(told)).toMatchObject({ name: 'Гриценко Наталя Іванівна', numberOnFile: true, joinedTo: null })
    expect(told).not.toContain('19811224')
    const offered = (await (await get(`/api/v1/duplicates?person=${one}`)).json()) as { items: unknown[] }
    expect(offered.items[0]).toMatchObject({
      person: { id: two },
      likelihood: 'very-likely',
      reasons: expect.arrayContaining([{ what: 'birth-date', weight: expect.any(Number) }]),
    })
    const merge = { keep: one, join: two, keepVersion: 1, joinVersion: 1 }
    expect((await post('/api/v1/duplicates/merge', merge)).status).toBe(403)
    house.actor = holding('intake:read', 'intake:write')
    expect((await post('/api/v1/duplicates/merge', { ...merge, keepVersion: 0 })).status).toBe(422)
    expect((await post('/api/v1/duplicates/merge', { ...merge, keepVersion: 7 })).status).toBe(409)
    const joined = await post('/api/v1/duplicates/merge', merge)
    expect(joined.status).toBe(200)
    const { merge: id } = (await joined.json()) as { merge: string }
    expect(await (await get(`/api/v1/persons/${two}`)).json()).toMatchObject({ joinedTo: one })
    expect(await (await post('/api/v1/duplicates/undo', { merge: id })).json()).toEqual({
      person: one,
      separated: two,
      requests: 1,
      stayed: 0,
    })
    expect((await post('/api/v1/duplicates/undo', { merge: id })).status).toBe(409)
    expect((await post('/api/v1/duplicates/undo', { merge: nobody })).status).toBe(404)
    expect((await post('/api/v1/duplicates/apart', { person: one, other: one })).status).toBe(404)
    expect((await post('/api/v1/duplicates/apart', { person: one, other: two })).status).toBe(200)
    expect(await (await get(`/api/v1/duplicates?person=${one}`)).json()).toEqual({ items: [], next: null })
  })

  test('INT-8: a cursor that was not made here is named', async () => {
    house.actor = worker
    for (const path of ['/people?after=xyz', '/api/v1/persons?after=xyz', '/api/v1/persons?born=yesterday'])
      expect((await get(path)).status).toBe(400)
    const first = (await (await get('/api/v1/persons')).json()) as { items: { id: string }[]; next: string | null }
    expect(first.items.length).toBeGreaterThan(0)
    expect(first.next).toBeNull()
  })
})

describe('INT-8: who may', () => {
  const answering = ['case_worker', 'team_lead', 'duty_officer']
  const cases: [string, string | undefined, string | undefined][] = [
    ['a visitor', undefined, undefined],
    ['somebody with an account', undefined, 'dovira'],
    ...roles.map((role): [string, string, string] => [`${role} of the office`, role, 'dovira']),
    ...answering.map((role): [string, string, string] => [`${role} of another office`, role, 'viborg-kommune']),
  ]

  test.each(cases)('INT-8: %s', async (name, role, organisation) => {
    house.actor = null
    const [one, two] = await pair(`19${10 + cases.findIndex(([other]) => other === name)}-04-05`)
    if (organisation)
      house.actor = await addActor(db, name, role ? [{ organisation, role: role as (typeof roles)[number] }] : [])
    const works = !!role && answering.includes(role)
    const knows = works && organisation === 'dovira'
    const leads = knows && role === 'team_lead'
    const visitor = house.actor === null
    const of = (yes: boolean, done: number) => (yes ? done : works ? 404 : visitor ? 303 : 403)
    expect((await get('/people')).status).toBe(works ? 200 : visitor ? 303 : 403)
    expect((await get(`/people/${one}`)).status).toBe(of(knows, 200))
    expect((await get(`/people/${one}/with/${two}`)).status).toBe(of(knows, 200))
    const api = (yes: boolean) => (yes ? 200 : works ? 404 : 403)
    if (!visitor) {
      expect((await get('/api/v1/persons')).status).toBe(works ? 200 : 403)
      expect((await get(`/api/v1/persons/${one}`)).status).toBe(api(knows))
      expect((await get(`/api/v1/duplicates?person=${one}`)).status).toBe(api(knows))
    }
    // a command finds nothing for whoever may not see: the same for all of them
    const told = (yes: boolean, is = 200) => (yes ? is : 404)
    expect((await post('/api/v1/duplicates/apart', { person: one, other: two })).status).toBe(told(knows))
    const versions = { keepVersion: 1, joinVersion: 1 }
    expect((await post('/api/v1/duplicates/merge', { keep: one, join: two, ...versions })).status).toBe(told(knows))
    const { rows } = await db.ownerPool.query('select id from intake.merge where kept_id = $1', [one])
    expect(rows.length).toBe(knows ? 1 : 0)
    const merge = rows[0]?.id ?? nobody
    expect((await post('/api/v1/duplicates/undo', { merge })).status).toBe(told(knows))
    if (visitor) return
    expect((await send(`/people/${one}/number`, {})).status).toBe(told(knows))
    const { rows: now } = await db.ownerPool.query('select version from intake.person where id = $1', [one])
    const version = String(now[0].version)
    const restricted = await send(`/people/${one}/restrict`, { version, reason: 'because' })
    expect(restricted.status).toBe(leads ? 303 : knows ? 403 : 404)
    const lifted = await send(`/people/${one}/lift`, { version: String(Number(version) + 1) })
    expect(lifted.status).toBe(leads ? 303 : knows ? 403 : 404)
  })

  test('INT-8: staff who have not shown their second factor open nothing', async () => {
    house.actor = { ...worker, secondFactor: false }
    expect((await get('/people')).status).toBe(403)
  })
})
