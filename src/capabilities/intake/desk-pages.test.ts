import { beforeAll, describe, expect, test } from 'vitest'
import { Browser } from '../../../test/auth-house.ts'
import { testHouse } from '../../../test/house.ts'
import { act, askForHelp, done, newToken, seen, serviceId } from '../../../test/intake-house.ts'
import { somebody } from '../../../test/people.ts'
import { type Staff, staff } from '../../../test/staff.ts'
import { send } from '../../../test/wire.ts'
import type { Role } from '../../platform/access/actor.ts'
import { settleDocument } from './commands/settle-document.ts'
import { takeRequest } from './commands/take-request.ts'
import { documentsOf } from './store/documents.ts'
import { stepsOf } from './store/steps.ts'

const at = await testHouse()
const { url, db, house } = at
let worker: Staff
let colleague: Staff
let officer: Staff
let elsewhere: Staff
const secret = 'таємний-знак-родини'
const words = `Ми втекли від війни. ${secret}`
const shelter = { pack: 'ua-kharkiv', service: 'nadannia-prytulku', situation: { words } } as const
const family = {
  pack: 'ua-kharkiv',
  service: 'vlashtuvannia-do-simeinykh-form-vykhovannia',
  situation: { words },
} as const

beforeAll(async () => {
  worker = await staff(at, 'Olena Koval', [{ organisation: 'dovira', role: 'case_worker' }])
  colleague = await staff(at, 'Petro Bondar', [{ organisation: 'dovira', role: 'team_lead' }])
  officer = await staff(at, 'Duty Officer', [{ organisation: 'dovira', role: 'duty_officer' }])
  elsewhere = await staff(at, 'Jens Holm', [{ organisation: 'viborg-kommune', role: 'case_worker' }])
})

const papersOf = (id: string) => db.transact({ actor: worker.account }, (tx) => documentsOf(tx, id))
const stateOf = async (id: string) => (await seen(db, id, worker.actor))?.state
async function inReview(asking: Parameters<typeof askForHelp>[1] = shelter): Promise<string> {
  const { id } = await askForHelp(db, asking)
  done(await act(db, worker.actor, takeRequest, { request: id }))
  return id
}
async function seeAll(id: string): Promise<void> {
  for (const { id: document, state } of await papersOf(id))
    if (state === 'open') done(await act(db, worker.actor, settleDocument, { document, as: 'seen' }))
}
const read = async (who: Staff, address: string): Promise<string> => (await who.browser.get(address)).text()
async function api(address: string, token: string | undefined, body?: object) {
  const reply = await send(url, address, {
    method: body ? 'POST' : 'GET',
    headers: {
      accept: 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return { status: reply.status, headers: reply.headers, body: JSON.parse(reply.text || '{}') }
}

describe('who may do what at the desk', () => {
  const people = [
    ['case worker', 'dovira', 'case_worker'],
    ['team lead', 'dovira', 'team_lead'],
    ['duty officer', 'dovira', 'duty_officer'],
    ['case worker of another office', 'viborg-kommune', 'case_worker'],
    ['provider', 'dovira', 'provider'],
    ['editor', 'dovira', 'editor'],
    ['data protection officer', 'dovira', 'data_protection_officer'],
  ] as const satisfies readonly (readonly [string, string, Role])[]
  /** Status of pages, forms and JSON: of the list, of a request that is there, of deciding it. */
  const expected: Readonly<Record<string, { desk: number; one: number; decide: number; json: number; take: number }>> =
    {
      'case worker': { desk: 200, one: 200, decide: 200, json: 200, take: 303 },
      'team lead': { desk: 200, one: 200, decide: 200, json: 200, take: 303 },
      'duty officer': { desk: 200, one: 200, decide: 403, json: 200, take: 303 },
      'case worker of another office': { desk: 200, one: 404, decide: 404, json: 404, take: 404 },
      provider: { desk: 403, one: 403, decide: 403, json: 404, take: 404 },
      editor: { desk: 403, one: 403, decide: 403, json: 404, take: 404 },
      'data protection officer': { desk: 403, one: 403, decide: 403, json: 404, take: 404 },
      resident: { desk: 403, one: 403, decide: 403, json: 404, take: 404 },
      // a form that was typed is kept, and its sender asked to sign in
      nobody: { desk: 303, one: 303, decide: 303, json: 401, take: 403 },
    }
  const visitors = new Map<string, { browser: Browser; token: string | undefined }>()
  beforeAll(async () => {
    for (const [name, organisation, role] of people)
      visitors.set(name, await staff(at, `Matrix ${name}`, [{ organisation, role }]))
    const resident = await somebody(at, 'Resident')
    const made = await house.auth.createToken(resident.email, ['intake:read', 'intake:write'], 30, 'test')
    visitors.set('resident', { browser: resident.browser, token: made.is === 'ok' ? made.value.token : undefined })
    visitors.set('nobody', { browser: new Browser(url), token: undefined })
  })

  test.each(Object.keys(expected))('%s', async (name) => {
    const visitor = visitors.get(name)
    const told = expected[name]
    if (!visitor || !told) throw new Error(`nobody is called ${name}`)
    const reviewed = await inReview()
    const paper = (await papersOf(reviewed))[0]?.id ?? ''
    const fresh = (await askForHelp(db, shelter)).id
    const get = async (address: string) => (await visitor.browser.get(address)).status
    expect(await get('/requests')).toBe(told.desk)
    expect(await get(`/requests/next`)).toBe(told.desk === 200 ? 303 : told.desk)
    expect(await get(`/requests/${reviewed}`)).toBe(told.one)
    expect(await get(`/requests/${reviewed}/papers/${paper}`)).toBe(told.one)
    for (const address of ['decide', 'decide?outcome=redirected'])
      expect(await get(`/requests/${reviewed}/${address}`), address).toBe(told.decide)
    expect(await get(`/requests/${reviewed}/decided`)).toBe(told.one === 200 ? 303 : told.one)
    expect(await get(`/requests/${reviewed}/papers/${paper}/files/${reviewed}`)).toBe(told.one === 200 ? 404 : told.one)
    const list = await api('/api/v1/requests', visitor.token)
    expect(list.status).toBe(told.desk === 303 ? 401 : told.desk)
    expect((await api(`/api/v1/requests/${reviewed}`, visitor.token)).status).toBe(told.json)
    expect((await api(`/api/v1/decisions/${reviewed}`, visitor.token)).status).toBe(told.json === 401 ? 401 : 404)
    const post = async (address: string, fields: Record<string, string> = {}) =>
      (await visitor.browser.post(`/requests/${fresh}/${address}`, fields)).status
    const refused = told.take !== 303
    for (const [address, fields] of [
      ['ask', { 'documents[]': fresh }],
      ['service', { service: await serviceId(db, 'konsultuvannia') }],
      ['assessment', {}],
      ['follow-up', { kind: 'group' }],
      ['alert', {}],
      [`papers/${fresh}/settle`, { as: 'seen' }],
    ] as const)
      if (refused) expect([303, 403, 404], address).toContain(await post(address, fields))
    for (const [address, body] of [
      [`requests/${fresh}/documents/ask`, { documents: [fresh] }],
      [`requests/${fresh}/decide`, { outcome: 'accepted' }],
      [`requests/${fresh}/withdraw`, { reason: 'They said so.' }],
      [`documents/${paper}`, { as: 'waived', reason: 'Known.' }],
    ] as const)
      if (refused)
        expect([401, 403, 404], address).toContain((await api(`/api/v1/${address}`, visitor.token, body)).status)
    expect(await post('take')).toBe(told.take)
    expect(await stateOf(fresh)).toBe(refused ? 'submitted' : 'in-review')
    if (name === 'duty officer')
      expect((await api(`/api/v1/requests/${reviewed}/decide`, visitor.token, { outcome: 'accepted' })).status).toBe(
        403,
      )
  })

  test('a token reads with intake:read and writes with intake:write alone', async () => {
    const narrow = await staff(at, 'Narrow Token', [{ organisation: 'dovira', role: 'case_worker' }], {
      scopes: ['intake:read'],
    })
    const { id } = await askForHelp(db, shelter)
    expect((await api(`/api/v1/requests/${id}`, narrow.token)).status).toBe(200)
    expect((await api(`/api/v1/requests/${id}/take`, narrow.token, {})).status).toBe(403)
    const none = await staff(at, 'No Token', [{ organisation: 'dovira', role: 'case_worker' }], {
      scopes: ['directory:read'],
    })
    expect((await api(`/api/v1/requests/${id}`, none.token)).status).toBe(403)
  })

  test('INT-1: reading by the link is recorded too, with the request that was read', async () => {
    const { id, token } = await askForHelp(db, shelter)
    expect((await new Browser(url).get(`/r/${token}`)).status).toBe(200)
    const { rows } = await db.ownerPool.query(
      `select count(*)::int as n from audit.event where act = 'intake.request.read' and about_id = $1`,
      [id],
    )
    expect(rows).toEqual([{ n: 1 }])
  })

  test('reading a request is recorded, with who read it', async () => {
    const { id } = await askForHelp(db, shelter)
    await read(worker, `/requests/${id}`)
    const { rows } = await db.ownerPool.query(
      `select act, actor from audit.event where about_id = $1 and act = 'intake.request.read'`,
      [id],
    )
    expect(rows.map(({ actor }) => actor)).toEqual([worker.account])
  })
})

describe('a request at the desk', () => {
  test('INT-1: entered by X for Y stands on the page and in the list, with the reason where consent is missing', async () => {
    const { id } = await askForHelp(db, {
      ...shelter,
      particulars: { name: 'Зайченко Лідія' },
      enteredBy: {
        name: 'Ганна Сусідка',
        relation: 'neighbour',
        consent: 'missing',
        consentMissing: 'She cannot speak now.',
      },
    })
    const page = await read(worker, `/requests/${id}`)
    for (const told of [
      'Entered by Ганна Сусідка (neighbour) for Зайченко Лідія',
      'The person has not agreed: She cannot speak now.',
    ])
      expect(page).toContain(told)
    expect(await read(worker, '/requests?q=Зайченко')).toContain('Ганна Сусідка')
  })

  test('INT-11: instructions for safe contact stand above every number and address', async () => {
    const { id } = await askForHelp(db, {
      ...shelter,
      contact: {
        ways: ['phone'],
        phone: '+380 50 000 00 01',
        email: 'read.by.others@example.org',
        emailReadByOthers: true,
        discreet: true,
      },
    })
    const page = await read(worker, `/requests/${id}`)
    for (const words of ['Do not write to this mailbox: others read it.', 'Do not say where you call from.']) {
      expect(page).toContain(words)
      expect(page.indexOf(words)).toBeLessThan(page.indexOf('>+380 50 000 00 01<'))
      expect(page.indexOf(words)).toBeLessThan(page.indexOf('read.by.others@example.org'))
    }
  })

  test('INT-3: a deadline whose act nobody has read says so', async () => {
    const { id } = await askForHelp(db, shelter)
    const page = await read(worker, `/requests/${id}`)
    expect(page).toContain('deadline not checked against the law')
    expect(page).toMatch(/\d working days left, until /)
  })

  test('a protected person: that there is a request, and its deadlines; nothing that was told', async () => {
    const { id } = await askForHelp(db, {
      ...shelter,
      particulars: { name: 'Захищена Особа', address: 'вул. Схована, 1' },
    })
    await db.ownerPool.query(
      'update intake.person set restricted = true where id = (select person_id from intake.request where id = $1)',
      [id],
    )
    const page = await read(worker, `/requests/${id}`)
    expect(page).toContain('The details of this person are protected')
    for (const told of ['Захищена', 'Схована', secret, '+380']) expect(page, told).not.toContain(told)
    const json = JSON.stringify((await api(`/api/v1/requests/${id}`, worker.token)).body)
    expect(json).toContain('"protected":true')
    for (const told of ['Захищена', 'Схована', secret, '+380']) expect(json, told).not.toContain(told)
    expect((await worker.browser.get(`/requests/${id}/decide`)).status).toBe(303)
  })

  test('the service is looked for by words, without script; papers and deadlines of its card count from then on', async () => {
    const { id } = await askForHelp(db, shelter)
    const page = await read(worker, `/requests/${id}?find=${encodeURIComponent('консультування')}`)
    const service = await serviceId(db, 'konsultuvannia')
    expect(page).toContain(`value="${service}"`)
    expect((await worker.browser.post(`/requests/${id}/service`, { service })).status).toBe(303)
    expect((await seen(db, id, worker.actor))?.service).toBe(service)
    expect(await read(worker, `/requests/${id}?find=xyzxyz`)).toContain('No active service has these words')
  })

  test('INT-4: a paper is handed in at the desk, saved again by the office alone, and seen with one press', async () => {
    const id = await inReview()
    const paper = (await papersOf(id)).find(({ from }) => from === 'person')?.id ?? ''
    const form = new FormData()
    form.append(
      'uploads[]',
      new File(['%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n'], 'паспорт.pdf', {
        type: 'application/pdf',
      }),
    )
    const cookie = [...worker.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const given = await fetch(`${url}/requests/${id}/papers/${paper}/give`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
      headers: { cookie, 'sec-fetch-site': 'same-origin', origin: url },
    })
    expect(given.status).toBe(303)
    const [document] = (await papersOf(id)).filter((one) => one.id === paper)
    expect([document?.state, document?.files.map(({ name }) => name)]).toEqual(['given', ['паспорт.pdf']])
    const address = `/requests/${id}/papers/${paper}/files/${document?.files[0]?.id}`
    const saved = await worker.browser.get(address)
    expect([saved.status, saved.headers.get('content-disposition')]).toEqual([
      200,
      expect.stringMatching(/^attachment/),
    ])
    expect((await elsewhere.browser.get(address)).status).toBe(404)
    // the file of one request is not reached by the address of another
    const other = await inReview()
    expect((await worker.browser.get(address.replace(id, other))).status).toBe(404)
    expect((await worker.browser.post(`/requests/${id}/papers/${paper}/settle`, { as: 'seen' })).status).toBe(303)
    expect((await papersOf(id)).find((one) => one.id === paper)?.state).toBe('seen')
  })

  test('INT-4: a paper is waived with its reason; without one the form comes again', async () => {
    const id = await inReview()
    const paper = (await papersOf(id))[0]?.id ?? ''
    const address = `/requests/${id}/papers/${paper}/settle`
    const again = await worker.browser.post(address, { as: 'waived', reason: 'x' })
    expect(again.status).toBe(422)
    expect(await again.text()).toContain('Say why this paper is not needed')
    expect((await worker.browser.post(address, { as: 'waived', reason: 'We know her.' })).status).toBe(303)
    expect(await read(worker, `/requests/${id}`)).toContain('not needed: We know her.')
  })

  test('two take it at once: one of them has it, the other reads so in words', async () => {
    const { id } = await askForHelp(db, shelter)
    const answers = await Promise.all([worker, colleague].map((who) => who.browser.post(`/requests/${id}/take`, {})))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
    const late = answers.find(({ status }) => status === 409)
    expect(await late?.text()).toContain('Somebody has taken this request up already')
    const steps = await db.transact({ actor: worker.account }, (tx) => stepsOf(tx, id))
    expect(steps.filter(({ to }) => to === 'in-review')).toHaveLength(1)
  })

  test('two ask for papers at once: the second keeps what was typed', async () => {
    const id = await inReview()
    const paper = (await papersOf(id)).find(({ from }) => from === 'person')?.id ?? ''
    expect((await worker.browser.post(`/requests/${id}/ask`, { 'documents[]': paper })).status).toBe(303)
    const late = await colleague.browser.post(`/requests/${id}/ask`, {
      'documents[]': paper,
      note: 'Bring the copy too.',
    })
    expect(late.status).toBe(409)
    const page = await late.text()
    for (const words of ['This request is not in review', 'Bring the copy too.']) expect(page).toContain(words)
  })

  test('INT-3: "I have it" answers an emergency once, and says so', async () => {
    const { id, reference } = await askForHelp(db, { ...shelter, situation: { dangers: ['life'] } })
    await db.ownerPool.query(
      `insert into intake.alert (request_id, account_id, at, reason) values ($1, $2, $3, 'duty')`,
      [id, officer.account, db.clock.now],
    )
    const desk = await read(worker, '/requests')
    expect(desk).toContain('Emergencies that nobody has answered')
    expect(desk.indexOf(reference)).toBeLessThan(desk.indexOf('In review'))
    expect((await officer.browser.post(`/requests/${id}/alert`, {})).headers.get('location')).toBe(`/requests/${id}`)
    expect(await read(worker, '/requests')).not.toContain('Emergencies that nobody has answered')
  })

  test('the next link leads on from the page of a request, by a press or by one key', async () => {
    const { id } = await askForHelp(db, shelter)
    const page = await read(worker, `/requests/${id}`)
    expect(page).toMatch(new RegExp(`<a[^>]*href="/requests/next\\?after=${id}"[^>]*accesskey="n"`))
    expect(page).toContain('The key “n” opens it too')
    const next = await worker.browser.get(`/requests/next?after=${id}`)
    expect(next.headers.get('location')).toMatch(/^\/requests\/[0-9a-f-]{36}$/)
    expect(next.headers.get('location')).not.toBe(`/requests/${id}`)
  })
})

describe('deciding', () => {
  test('INT-5: where the card lists no ground of entry, refusing is not offered, and fails in page and JSON', async () => {
    const id = await inReview()
    const page = await read(worker, `/requests/${id}/decide`)
    expect(page).toContain('The card lists no grounds for refusal at entry.')
    expect(page).not.toContain('outcome=refused')
    const typed = {
      outcome: 'refused',
      ground: 'no-place',
      facts: 'There is no place at the moment.',
      human: 'Olena, 10–12',
    }
    const sent = await worker.browser.post(`/requests/${id}/decide`, typed)
    expect(sent.status).toBe(422)
    const again = await sent.text()
    for (const words of ['This request cannot be refused', 'There is no place at the moment.'])
      expect(again).toContain(words)
    const json = await api(`/api/v1/requests/${id}/decide`, worker.token, typed)
    expect([json.status, json.body.errors]).toEqual([422, [expect.objectContaining({ path: 'outcome' })]])
    expect(await stateOf(id)).toBe('in-review')
  })

  test('INT-5: missing papers: the page says until when there is time, and offers the ground after it', async () => {
    const id = await inReview(family)
    expect(await read(worker, `/requests/${id}/decide`)).toContain('only after you have asked for them')
    const open = (await papersOf(id)).filter(({ from }) => from === 'person').map((paper) => paper.id)
    await worker.browser.post(`/requests/${id}/ask`, { 'documents[]': open })
    await db.ownerPool.query(`update intake.request set state = 'in-review' where id = $1`, [id])
    expect(await read(worker, `/requests/${id}/decide`)).toMatch(
      /Missing papers are a ground only after \d+\s\w+ \d{4}/,
    )
    await db.ownerPool.query(
      `update intake.reminder set at = at - interval '90 days', grace_until = grace_until - interval '90 days' where request_id = $1`,
      [id],
    )
    const form = await read(worker, `/requests/${id}/decide?outcome=refused`)
    expect(form).toContain('value="incomplete-documents"')
    const sent = await worker.browser.post(`/requests/${id}/decide`, {
      outcome: 'refused',
      ground: 'incomplete-documents',
      facts: 'Документа про статус сім’ї немає.',
    })
    expect(sent.status).toBe(422)
    expect(await sent.text()).toContain('Offer another service, or name somebody')
    const decided = await worker.browser.post(`/requests/${id}/decide`, {
      outcome: 'refused',
      ground: 'incomplete-documents',
      facts: `Документа немає. ${secret}`,
      'alternatives[]': await serviceId(db, 'konsultuvannia'),
    })
    expect(decided.headers.get('location')).toBe(`/requests/${id}/decided`)
    const done = await read(worker, `/requests/${id}/decided`)
    // the number is that of the request, not of whoever decides
    expect(done).not.toContain('Your number')
    for (const words of ['Refused', 'What happens next', `/requests/${id}/letters`]) expect(done).toContain(words)
    const json = await api(`/api/v1/decisions/${id}`, worker.token)
    expect(json.body).toMatchObject({
      outcome: 'refused',
      ground: { code: 'incomplete-documents' },
      appeal: { how: expect.anything() },
    })
  })

  test('GOV-13: a decision about a person stands in no public list, no feed, no search', async () => {
    const { rows } = await db.ownerPool.query(
      `select id, reference from intake.request where state = 'refused' limit 1`,
    )
    const id = rows[0]?.id ?? ''
    expect(id).not.toBe('')
    const addresses = [
      `/decisions/${id}`,
      `/api/v1/decisions`,
      `/api/v1/decisions?q=${encodeURIComponent(secret)}`,
      `/services?q=${encodeURIComponent(secret)}`,
      `/api/v1/services?q=${encodeURIComponent(secret)}`,
      '/services/vlashtuvannia-do-simeinykh-form-vykhovannia',
      '/bodies/vykonavchyi-komitet',
      '/sitemap.xml',
    ]
    for (const address of addresses) {
      const { text } = await send(url, address)
      expect(text, address).not.toContain(rows[0].reference)
      // the search repeats its own words in its field
      if (!address.includes('q=')) expect(text, address).not.toContain(secret)
    }
    expect((await send(url, `/api/v1/decisions/${id}`)).status).toBe(401)
    expect((await api(`/api/v1/decisions/${id}`, elsewhere.token)).status).toBe(404)
  })

  test('INT-6: a body’s decision is entered right here, and acceptance rests on it', async () => {
    const id = await inReview({ ...shelter, service: 'sotsialnyi-suprovid' })
    await seeAll(id)
    const before = await read(worker, `/requests/${id}/decide?outcome=accepted`)
    for (const words of ['The card asks for the decision of a body first.', `/requests/${id}/body`])
      expect(before).toContain(words)
    const form = await read(worker, `/requests/${id}/body`)
    const value = (name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(form)?.[1] ?? ''
    const fields = {
      body: value('body'),
      matter: value('matter'),
      title: value('title'),
      bodyOutcome: 'agreed',
      decidedOn: '2036-01-01',
    }
    const future = await worker.browser.post(`/requests/${id}/body`, { ...fields, bodyWords: 'Typed words stay.' })
    expect(future.status).toBe(422)
    expect(await future.text()).toContain('Typed words stay.')
    const entered = await worker.browser.post(`/requests/${id}/body`, {
      ...fields,
      decidedOn: '2026-11-20',
      number: '17',
    })
    expect(entered.headers.get('location')).toBe(`/requests/${id}/decide?outcome=accepted`)
    const accept = await read(worker, `/requests/${id}/decide?outcome=accepted`)
    for (const words of ['No. 17 of 20', 'Hand over the formal decision', 'Contract with the person'])
      expect(accept).toContain(words)
    expect((await worker.browser.post(`/requests/${id}/decide`, { outcome: 'accepted' })).status).toBe(303)
    const decided = await read(worker, `/requests/${id}/decided`)
    for (const words of ['Accepted', 'The person must know by']) expect(decided).toContain(words)
    // what follows is done where it stands
    expect((await worker.browser.post(`/requests/${id}/follow-up`, { kind: 'formal-decision' })).status).toBe(303)
    const page = await read(worker, `/requests/${id}`)
    expect(page).toContain(`href="/requests/${id}/contract"`)
    expect(
      (await worker.browser.post(`/requests/${id}/follow-up`, { kind: 'formal-decision', help: 'Typed.' })).status,
    ).toBe(409)
  })

  test('DIR-2: a redirection says where to and how the person agreed; nothing is asked twice', async () => {
    const id = await inReview()
    await seeAll(id)
    const target = await serviceId(db, 'konsultuvannia')
    const form = await read(
      worker,
      `/requests/${id}/decide?outcome=redirected&find=${encodeURIComponent('консультування')}`,
    )
    expect(form).toContain(`value="${target}"`)
    const without = await worker.browser.post(`/requests/${id}/decide`, {
      outcome: 'redirected',
      redirect: target,
      words: 'Kept words.',
    })
    expect(without.status).toBe(422)
    const again = await without.text()
    for (const words of ['Say how the person agreed', 'Kept words.']) expect(again).toContain(words)
    const sent = { outcome: 'redirected', redirect: target, agreed: 'By telephone.' }
    expect((await worker.browser.post(`/requests/${id}/decide`, sent)).status).toBe(303)
    expect(await read(worker, `/requests/${id}`)).toContain('It went on here')
  })

  test('two decide at once: the first holds, the second reads so and keeps what was typed', async () => {
    const id = await inReview()
    await seeAll(id)
    expect((await worker.browser.post(`/requests/${id}/decide`, { outcome: 'accepted' })).status).toBe(303)
    const late = await colleague.browser.post(`/requests/${id}/decide`, {
      outcome: 'accepted',
      words: 'Welcome on Monday.',
    })
    expect(late.status).toBe(409)
    const page = await late.text()
    for (const words of ['This request is not in review', 'Welcome on Monday.']) expect(page).toContain(words)
    const json = await api(`/api/v1/requests/${id}/decide`, colleague.token, { outcome: 'accepted' })
    expect(json.status).toBe(409)
  })
})

describe('requests over JSON', () => {
  test('the desk comes page by page, and a bad cursor is 400', async () => {
    for (let at = 0; at < 27; at++) await askForHelp(db, shelter)
    const ids: string[] = []
    let next: string | null = null
    do {
      const { body } = await api(`/api/v1/requests?state=new${next ? `&after=${next}` : ''}`, worker.token)
      ids.push(...body.items.map(({ id }: { id: string }) => id))
      next = body.next
    } while (next)
    expect(ids.length).toBeGreaterThan(26)
    expect(new Set(ids).size).toBe(ids.length)
    expect((await api('/api/v1/requests?after=x', worker.token)).status).toBe(400)
    expect((await api('/api/v1/requests?state=x', worker.token)).status).toBe(400)
    expect((await worker.browser.get('/requests?after=x')).status).toBe(400)
  })

  test('INT-1: an agency asks in one go, by the same rules as a person at the page; the person has the link', async () => {
    const agency = await somebody(at, 'Agency Worker')
    const made = await house.auth.createToken(agency.email, ['intake:read', 'intake:write'], 30, 'test')
    const token = made.is === 'ok' ? made.value.token : ''
    const link = newToken()
    const asking = {
      token: link,
      pack: 'ua-kharkiv',
      service: await serviceId(db, 'nadannia-prytulku'),
      particulars: { name: 'Ткач Ганна' },
      situation: { words: 'Їй ніде ночувати.' },
      contact: { ways: ['phone'], phone: '+380 50 000 00 00' },
      enteredBy: { name: 'Agency Worker', relation: 'agency', organisation: 'Agency', consent: 'given' },
    }
    const lacking = await api('/api/v1/requests', token, { ...asking, contact: { ways: ['phone'] } })
    expect([lacking.status, lacking.body.errors?.[0]?.path]).toEqual([422, 'contact.phone'])
    const sent = await api('/api/v1/requests', token, asking)
    expect(sent.status).toBe(201)
    expect((await seen(db, sent.body.id, { token: link }))?.state).toBe('submitted')
    const one = await api(`/api/v1/requests/${sent.body.id}`, token)
    expect(one.body).toMatchObject({
      reference: sent.body.reference,
      state: 'submitted',
      enteredBy: { organisation: 'Agency' },
    })
    const tag = String(one.headers.etag)
    expect(
      (
        await send(url, `/api/v1/requests/${sent.body.id}`, {
          headers: { authorization: `Bearer ${token}`, 'if-none-match': tag },
        })
      ).status,
    ).toBe(304)
    expect((await api('/api/v1/requests', undefined, asking)).status).toBe(401)
  })

  test('the same verbs as at the desk', async () => {
    const { id } = await askForHelp(db, shelter)
    const post = (address: string, body: object) => api(`/api/v1/${address}`, worker.token, body)
    expect((await post(`requests/${id}/take`, {})).status).toBe(200)
    expect((await post(`requests/${id}/take`, {})).status).toBe(409)
    const open = (await papersOf(id)).filter(({ from }) => from === 'person').map((paper) => paper.id)
    const asked = await post(`requests/${id}/documents/ask`, { documents: open })
    expect(asked.body).toMatchObject({ id, until: expect.any(String), day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) })
    for (const paper of open) expect((await post(`documents/${paper}`, { as: 'seen' })).status).toBe(200)
    expect(await stateOf(id)).toBe('in-review')
    expect((await post(`requests/${id}/withdraw`, {})).status).toBe(422)
    expect((await post(`requests/${id}/withdraw`, { reason: 'They said so.' })).status).toBe(200)
    expect((await post(`requests/${id}/service`, { service: await serviceId(db, 'konsultuvannia') })).status).toBe(409)
  })
})
