import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testHouse } from '../../../test/house.ts'
import { pdfText } from '../../../test/pdf-text.ts'
import { type Staff, staff } from '../../../test/staff.ts'
import { seatCommittee } from './meetings.fixture.ts'
import { attendanceOf } from './store/meetings/read-attendance.ts'

const at = await testHouse({ now: new Date() })
const { url, db } = at
let secretary: Staff
let invited: Staff
let stranger: Staff
let meeting = ''

/** Yesterday, as a form sends it. */
const day = new Date(db.clock.now.getTime() - 86_400_000).toISOString().slice(0, 10)
const secret = 'vertrauliches-zeichen'
const pdf = '%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n'

beforeAll(async () => {
  secretary = await staff(at, 'Secretary', [{ organisation: 'sozialamt', role: 'secretariat' }], {
    scopes: ['governance:write'],
  })
  invited = await staff(at, 'Invited', [{ organisation: 'sozialamt', role: 'body_member' }], {
    scopes: ['governance:write'],
  })
  stranger = await staff(at, 'Stranger', [{ organisation: 'dovira', role: 'secretariat' }], {
    scopes: ['governance:write'],
  })
  await seatCommittee(db, await addActor(db, 'Seats', [{ organisation: 'sozialamt', role: 'secretariat' }]))
})

const words = async (answer: Response | Promise<Response>) => (await answer).text()
const open = (path: string) => fetch(`${url}${path}`, { headers: { 'accept-language': 'en' } })
const post = async (path: string, fields: Record<string, string> = {}, who = secretary) =>
  who.browser.post(path, { _key: crypto.randomUUID(), ...fields })
const ids = async (table: string) =>
  (await db.ownerPool.query(`select id from governance.${table} where meeting_id = $1 order by 1`, [meeting])).rows.map(
    ({ id }) => id as string,
  )

async function upload(item: string, fields: Record<string, string>): Promise<Response> {
  const form = new FormData()
  for (const [name, value] of Object.entries({ _key: crypto.randomUUID(), ...fields })) form.append(name, value)
  form.append(
    'uploads[]',
    new File([pdf], fields.confidential ? 'geheim.pdf' : 'offen.pdf', { type: 'application/pdf' }),
  )
  const cookie = [...secretary.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  return fetch(`${url}/governance/meetings/items/${item}/papers`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
    headers: { cookie, 'sec-fetch-site': 'same-origin', origin: url },
  })
}

describe('from plan to minutes, without script', () => {
  test('GOV-3: a meeting is planned; what is wrong stands at its field, and what was typed stays', async () => {
    const form = { body: 'sozialausschuss', day, begins: '17:00', place: 'Rathaus', locale: 'de', form: 'meeting' }
    const again = await post('/governance/meetings/new', { ...form, begins: '', title: 'Sondersitzung' })
    expect(again.status).toBe(422)
    expect(await words(again)).toContain('Sondersitzung')
    const made = await post('/governance/meetings/new', form)
    expect(made.status).toBe(303)
    meeting = made.headers.get('location')?.split('/').at(-1) ?? ''
    expect((await secretary.browser.get(`/governance/meetings/${meeting}`)).status).toBe(200)
    expect((await stranger.browser.get(`/governance/meetings/${meeting}/edit`)).status).toBe(403)
    const closed = await fetch(`${url}/governance/meetings/${meeting}`, { redirect: 'manual' })
    expect(closed.headers.get('location')).toContain('/sign-in')
  })

  test('GOV-3: agenda with papers; nobody else reads it before it is published', async () => {
    const desk = `/governance/meetings/${meeting}`
    expect((await post(`${desk}/agenda`, {})).status).toBe(422)
    for (const item of [
      { title: 'Abendtermine', kind: 'hilfen', words: 'Zwei Abende im Monat' },
      { title: 'Vergabe', secretGround: 'Geschäftsgeheimnis', words: secret },
    ])
      expect((await post(`${desk}/agenda`, item)).status).toBe(303)
    const [first = '', second = ''] = await ids('agenda_item')
    expect((await upload(first, {})).status).toBe(303)
    expect((await upload(first, { confidential: 'yes' })).status).toBe(303)
    expect(second).not.toBe('')
    expect(await words(open(`/meetings/${meeting}`))).not.toContain('Abendtermine')
    expect((await open(`/meetings/${meeting}/agenda.pdf`)).status).toBe(404)
    expect((await post(`${desk}/publish`)).status).toBe(303)
    const page = await words(open(`/meetings/${meeting}`))
    for (const shown of ['Abendtermine', 'Zwei Abende im Monat', 'Vergabe', 'Geschäftsgeheimnis', 'offen.pdf'])
      expect(page).toContain(shown)
    for (const hidden of [secret, 'geheim.pdf']) expect(page).not.toContain(hidden)
    const agenda = pdfText(new Uint8Array(await (await open(`/meetings/${meeting}/agenda.pdf`)).arrayBuffer()))
    expect(agenda).toContain('Abendtermine')
    expect(agenda).not.toContain(secret)
  })

  test('GOV-3: papers are given to whom they are for', async () => {
    const { rows } = await db.ownerPool.query<{ id: string; confidential: boolean }>(
      `select p.id, p.confidential from governance.agenda_paper p join governance.agenda_item i on i.id = p.item_id where i.meeting_id = $1`,
      [meeting],
    )
    const free = rows.find(({ confidential }) => !confidential)?.id
    const closed = rows.find(({ confidential }) => confidential)?.id
    expect(await words(open(`/meetings/papers/${free}`))).toBe(pdf)
    expect((await open(`/meetings/papers/${closed}`)).status).toBe(404)
    expect((await secretary.browser.get(`/governance/meetings/papers/${closed}`)).status).toBe(200)
    expect((await stranger.browser.get(`/governance/meetings/papers/${closed}`)).status).toBe(404)
    expect((await invited.browser.get(`/governance/meetings/papers/${closed}`)).status).toBe(404)
  })

  test('GOV-3: an invitation is a letter with a link, once for each address; an account behind it reads all papers', async () => {
    const desk = `/governance/meetings/${meeting}`
    const wrong = await post(`${desk}/invite`, { emails: 'nobody' })
    expect([wrong.status, (await words(wrong)).includes('nobody')]).toEqual([422, true])
    // who sits there and has an address stands on the page, and is written to in their language without anybody typing it
    const { rows: seated } = await db.ownerPool.query<{ id: string }>(
      `select m.id from governance.mandate m join governance.seat s on s.id = m.seat_id join governance.body b on b.id = s.body_id
       where b.slug = 'sozialausschuss' order by s.key limit 1`,
    )
    await db.ownerPool.query(
      `insert into governance.mandate_account (mandate_id, email, locale, tied_by, tied_at)
       select $1, 'Member@example.org', 'uk', id, now() from access.account where email = $2`,
      [seated[0]?.id, secretary.email],
    )
    expect(await words(secretary.browser.get(desk))).toContain('member@example.org')
    const emails = `${invited.email.toUpperCase()}\nother@example.org`
    for (let times = 0; times < 2; times++) expect((await post(`${desk}/invite`, { emails })).status).toBe(303)
    const queued = await db.ownerPool.query<{ payload: { to: string; template: string; parameters: object } }>(
      `select payload from graphile_worker._private_jobs where payload->>'template' = 'governance.invitation'`,
    )
    expect(queued.rows.map(({ payload }) => payload.to).sort()).toEqual(
      [invited.email, 'member@example.org', 'other@example.org'].sort(),
    )
    expect(queued.rows.find(({ payload }) => payload.to === 'member@example.org')?.payload).toMatchObject({
      locale: 'uk',
    })
    const letter = JSON.stringify(queued.rows[0]?.payload.parameters)
    expect(letter).toContain(`/meetings/${meeting}`)
    expect(letter).not.toContain('Abendtermine')
    expect(await words(invited.browser.get(desk))).toContain(secret)
    expect(await words(stranger.browser.get(desk))).not.toContain(secret)
  })

  test('GOV-3: one screen holds attendance, minutes, decisions and tasks, and keeps what was typed', async () => {
    const desk = `/governance/meetings/${meeting}`
    expect((await post(`${desk}/hold`)).status).toBe(303)
    const [item = '', closed = ''] = await ids('agenda_item')
    const typed = {
      everyone: 'yes',
      opening: 'Der Vorsitz eröffnet um 17 Uhr.',
      'lines.0.item': item,
      'lines.0.words': 'Die Verwaltung berichtet über Sprechstunden.',
      'lines.1.item': closed,
      'lines.1.words': secret,
    }
    expect((await post(`${desk}/minutes`, typed)).status).toBe(303)
    const there = await db.transact({ actor: secretary.account }, (tx) => attendanceOf(tx, meeting))
    expect(there.every(({ presence }) => presence === 'present')).toBe(true)
    const page = await words(secretary.browser.get(`${desk}/hold`))
    for (const shown of ['Sprechstunden', 'Beispiel vorsitz', 'Who does what', 'Approve the minutes'])
      expect(page).toContain(shown)
    const votes = Object.fromEntries(
      there
        .filter(({ votes: may }) => may)
        .flatMap(({ id }, n) => [
          [`d1.votes.${n}.attendant`, id],
          [`d1.votes.${n}.vote`, n === 0 ? 'abstain' : 'yes'],
        ]),
    )
    const decide = { 'd1.how': 'majority', 'd1.outcome': 'agreed', ...votes }
    const again = await post(`/governance/meetings/items/${item}/decide`, decide)
    expect(again.status).toBe(422)
    expect(await words(again)).toContain('f-d1-title')
    const done = await post(`/governance/meetings/items/${item}/decide`, {
      ...decide,
      'd1.title': 'Zwei Abende im Monat',
    })
    expect(done.status).toBe(303)
    expect((await post(`${desk}/tasks`, { 'task.title': 'Plan', 'task.owner': 'Amt', 'task.due': day })).status).toBe(
      303,
    )
    expect(await words(secretary.browser.get('/governance/meetings'))).toContain('Plan')
  })

  test('GOV-3: approved minutes are public at once: page, paper, feeds, search and JSON', async () => {
    expect(await words(open(`/meetings/${meeting}`))).not.toContain('Sprechstunden')
    const hold = `/governance/meetings/${meeting}/hold`
    expect((await post(`/governance/meetings/${meeting}/approve`, { by: 'chair' })).status).toBe(303)
    const over = await words(secretary.browser.get(hold))
    expect(over).toContain('Open a new version')
    expect(over).not.toContain('Open the meeting')
    const page = await words(open(`/meetings/${meeting}`))
    for (const shown of ['Sprechstunden', 'Zwei Abende im Monat', 'abstained 1', 'Votes here: 5 of', 'Plan'])
      expect(page).toContain(shown)
    const paper = pdfText(new Uint8Array(await (await open(`/meetings/${meeting}/minutes.pdf`)).arrayBuffer()))
    expect(paper).toContain('Sprechstunden')
    const feed = await words(open('/open/meetings.atom?body=sozialausschuss'))
    expect(feed).toContain(`/meetings/${meeting}`)
    const calendar = await words(open('/open/meetings.ics?body=sozialausschuss'))
    expect(calendar).toContain('BEGIN:VEVENT')
    expect(calendar).toMatch(/DTSTART:\d{8}T\d{6}Z/)
    const found = await words(open('/meetings?region=de-stuttgart&q=Sprechstunde'))
    expect(found).toContain(meeting)
    expect(await words(open('/meetings?region=de-stuttgart&q=Elefant'))).not.toContain(meeting)
    const json = (await (await open(`/api/v1/meetings/${meeting}`)).json()) as {
      minutes: { content: { items: { decision?: { number: string } }[] } }
    }
    expect(json.minutes.content.items[0]?.decision?.number).toBeTruthy()
    for (const text of [page, paper, feed, calendar, found, JSON.stringify(json)]) expect(text).not.toContain(secret)
  })
})

describe('a whole meeting of the past on one page', () => {
  const form = '/governance/meetings/record'
  const past = {
    body: 'sozialausschuss',
    day: '2026-03-10',
    begins: '17:00',
    locale: 'de',
    absent: 'beispiel mitglied/1',
    guests: 'Gast Beispiel',
    'items.0.title': 'Alte Sprechstunden',
    'items.0.minutes': 'Es wurde über Zeiten gesprochen.',
    'items.0.kind': 'hilfen',
    'items.0.decision.outcome': 'agreed',
    'items.0.decision.title': 'Mittwochs bis 19 Uhr',
    'items.0.decision.against': 'Beispiel mitglied/2',
    // the third block is filled in, the second is not
    'items.2.title': 'Verschiedenes',
    until: 'approved',
  }

  test('GOV-3: nobody but the secretariat opens it or enters one', async () => {
    expect((await secretary.browser.get(`${form}?body=sozialausschuss`)).status).toBe(200)
    expect((await stranger.browser.get(`${form}?body=sozialausschuss`)).status).toBe(404)
    expect((await invited.browser.get(form)).status).toBe(403)
    expect((await post(form, past, stranger)).status).toBe(403)
  })

  test('GOV-3: what is wrong stands at its field, what was typed stays, and nothing of it is kept', async () => {
    const before = await db.ownerPool.query('select count(*) from governance.meeting')
    for (const [wrong, at] of [
      [{ 'items.0.decision.outcome': '' }, 'f-items-0-decision-outcome'],
      [{ 'items.0.kind': '' }, 'f-items-0-decision-outcome'],
      [{ 'items.2.title': '', 'items.2.minutes': 'Ohne Namen' }, 'f-items-2-title'],
      [{ absent: 'Niemand Bekannt' }, 'f-absent'],
      [{ 'items.0.decision.against': 'Niemand Bekannt' }, 'f-items-0-decision-against'],
      // who was not there did not vote
      [{ 'items.0.decision.against': 'Beispiel mitglied/1' }, 'f-items-0-decision-against'],
    ] as const) {
      const again = await post(form, { ...past, ...wrong })
      expect([again.status, JSON.stringify(wrong)]).toEqual([422, JSON.stringify(wrong)])
      const html = await words(again)
      expect(html).toContain(`href="#${at}"`)
      expect(html).toContain('Mittwochs bis 19 Uhr')
    }
    expect((await post(form, { ...past, day: '2099-01-01' })).status).toBe(409)
    expect((await db.ownerPool.query('select count(*) from governance.meeting')).rows).toEqual(before.rows)
  })

  test('GOV-3: who was there, what was said and what was decided are public at once', async () => {
    const made = await post(form, past)
    expect(made.status).toBe(303)
    const id = made.headers.get('location')?.split('/').at(-1) ?? ''
    const page = await words(open(`/meetings/${id}`))
    for (const shown of ['über Zeiten', 'Mittwochs bis 19 Uhr', 'Verschiedenes', 'Votes here: 4 of', 'yes 3, no 1'])
      expect(page).toContain(shown)
    expect(page).not.toContain('Gast Beispiel')
    const { rows } = await db.ownerPool.query(
      `select id from audit.event where act = 'governance.meeting.record' and about_id = $1`,
      [id],
    )
    expect(rows).toHaveLength(1)
  })
})

test('GOV-14: what another body may decide is entered from the decision that says so', async () => {
  const decided = await post('/governance/decisions/new', {
    matter: 'gemeinderat/soziales',
    decidedOn: '2026-02-01',
    outcome: 'agreed',
    title: 'Der Ausschuss entscheidet bis 5 000 Euro',
    language: 'de',
  })
  const decision = decided.headers.get('location') ?? ''
  const form = `${decision}/delegate`
  expect(await words(secretary.browser.get(decision))).toContain(form)
  expect((await stranger.browser.get(form)).status).toBe(403)
  const limit = { target: 'sozialausschuss/hilfen', most: '5.000,50', currency: 'eur', since: '2027-01-01' }
  expect((await post(form, limit, stranger)).status).toBe(403)
  for (const [wrong, at] of [
    [{ most: 'viel' }, 'f-most'],
    [{ target: '' }, 'f-target'],
    [{ since: '' }, 'f-since'],
    [{ until: '2026-01-01' }, 'f-until'],
  ] as const) {
    const again = await post(form, { ...limit, ...wrong })
    expect(again.status).toBe(422)
    const html = await words(again)
    expect(html).toContain(`href="#${at}"`)
    expect(html).toContain('value="eur"')
  }
  expect((await post(form, limit)).status).toBe(303)
  expect(await words(secretary.browser.get(decision))).toContain('5,000.50')
  const twice = await post(form, limit)
  expect([twice.status, (await words(twice)).includes('f-since')]).toEqual([422, true])
})

test('GOV-2: a matter is entered and sent on over forms, and its way is read by everybody', async () => {
  const made = await post('/governance/matters/new', {
    target: 'sozialausschuss/hilfen',
    title: 'Mehr Abende',
    language: 'de',
    source: 'user-organisation',
    sourceName: 'Seniorenbeirat',
  })
  expect(made.status).toBe(303)
  const id = made.headers.get('location')?.split('/').at(-1)
  const again = await post(`/governance/matters/${id}/move`, { deed: 'postponed' })
  expect(again.status).toBe(422)
  const sent = { deed: 'sent-on', target: 'gemeinderat/soziales', words: 'Mit Empfehlung' }
  expect((await post(`/governance/matters/${id}/move`, sent)).status).toBe(303)
  const page = await words(open(`/matters/${id}`))
  for (const shown of ['Mehr Abende', 'Seniorenbeirat', 'raised', 'sent on', 'City council', 'Mit Empfehlung'])
    expect(page).toContain(shown)
  expect(await words(open('/matters?region=de-stuttgart&body=gemeinderat'))).toContain('Mehr Abende')
  expect((await open('/matters/00000000-0000-7000-8000-000000000000')).status).toBe(404)
  const path = (await (await open(`/api/v1/matters/${id}`)).json()) as { path: { deed: string }[] }
  expect(path.path.map(({ deed }) => deed)).toEqual(['raised', 'sent-on'])
})
