import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testHouse } from '../../../test/house.ts'
import { type Somebody, somebody } from '../../../test/people.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { query, type Tx } from '../../platform/db/database.ts'
import { giveCentralAnswer } from './commands/central/give-answer.ts'
import { openCentralRequest } from './commands/central/open-request.ts'
import { approveCentralReply, sendCentralReply, writeCentralReply } from './commands/central/reply.ts'
import { enterNewMatter } from './commands/matters/raise-matter.ts'
import { recordDecision, tellFigures } from './contract.ts'
import { does, okValue } from './governance.fixture.ts'
import { askMunicipalitiesJob, remindToday, sendCentralReplyJob } from './jobs/central/letters.ts'
import { judgeAnswers, reminderDays } from './rules/central/judge-answers.ts'
import { tallyOf } from './rules/central/tally.ts'
import { typedFields } from './rules/central/typed-fields.ts'
import { answerOf, answersTo, progressOf, replyTo } from './store/central/read-central.ts'
import type { CentralAnswer, CentralField } from './types/central.ts'

const now = new Date('2026-11-29T10:00:00Z')
const at = await testHouse({ now })
const { db, url, house } = at

let secretary: Actor
let herning: Actor
let skive: Actor
let clerk: Somebody

beforeAll(async () => {
  secretary = await addActor(db, 'Secretary', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
  herning = await addActor(db, 'Herning', [{ organisation: 'herning-kommune', role: 'team_lead' }])
  skive = await addActor(db, 'Skive', [{ organisation: 'skive-kommune', role: 'economist' }])
  clerk = await somebody(at, 'Clerk', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
})

const as = <T>(actor: Actor | null, work: (tx: Tx) => Promise<T>, purpose?: string) =>
  db.transact({ actor: actor?.account ?? null, ...(purpose ? { purpose } : {}) }, work)
const fields: CentralField[] = [
  {
    id: 'pladser',
    names: { da: 'Hvor mange pladser er der?' },
    type: 'number',
    figure: 'capacity.places',
    optional: false,
  },
  { id: 'udfordring', names: { da: 'Hvad er sværest?' }, type: 'words', optional: false },
  { id: 'samarbejde', names: { da: 'Arbejder I sammen med andre?' }, type: 'yes-no', optional: true },
]
const request = (more: Record<string, unknown> = {}) => ({
  body: 'dassos',
  askedBy: 'Eksempel: Styrelsen',
  replyTo: 'styrelsen@example.org',
  askedOn: '2026-11-20',
  title: { da: 'Borgere med svære spiseforstyrrelser' },
  fields,
  answersDue: '2026-12-10',
  replyDue: '2027-01-15',
  ...more,
})
const opened = async (more: Record<string, unknown> = {}) =>
  okValue(await does(db, secretary, openCentralRequest, request(more))).id
const given = { pladser: '12,5', udfordring: 'At finde pladser i nærheden' }
const answers = (id: string, more: Record<string, unknown> = {}) => ({
  id,
  organisation: 'herning-kommune',
  answers: given,
  send: true,
  version: 0,
  ...more,
})
const raised = async (request: string, body = 'dassos') =>
  okValue(
    await does(db, secretary, enterNewMatter, {
      body,
      kind: 'oevrige-sager',
      title: { da: 'Et fælles svar' },
      source: 'authority',
      thing: { kind: 'governance.central-request', id: request },
    }),
  ).id
/** A decision on a matter of the request. */
const decided = async (request: string, more: Record<string, unknown> = {}) =>
  recorded({ on: await raised(request), ...more })
const recorded = async (more: Record<string, unknown> = {}) =>
  okValue(
    await does(db, secretary, recordDecision, {
      body: 'dassos',
      matter: 'oevrige-sager',
      decidedOn: '2026-11-28',
      outcome: 'agreed',
      title: { da: 'Fælles svar godkendt' },
      ...more,
    }),
  ).id
const waiting = async (task: string) => {
  const { rows } = await db.ownerPool.query(
    `select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier = $1 order by j.id`,
    [task],
  )
  return rows.map(({ payload }) => payload)
}

describe('questionnaires', () => {
  test('GOV-15: every municipality and the region get one, and everybody sees how far each is', async () => {
    const id = await opened()
    const progress = await as(null, (tx) => progressOf(tx, id))
    expect(progress).toHaveLength(20)
    expect(progress.map(({ organisation }) => organisation.slug)).toEqual(
      expect.arrayContaining(['herning-kommune', 'samsoe-kommune', 'region-midtjylland']),
    )
    okValue(await does(db, herning, giveCentralAnswer, answers(id, { send: false, answers: { pladser: '3' } })))
    const state = async () =>
      (await as(null, (tx) => progressOf(tx, id))).find(({ organisation }) => organisation.slug === 'herning-kommune')
    expect(await state()).toMatchObject({ begun: true, sentAt: undefined })
    okValue(await does(db, herning, giveCentralAnswer, answers(id, { version: 1 })))
    expect(await state()).toMatchObject({ begun: true, sentAt: expect.any(Date) })
    await expect(
      as(herning, (tx) =>
        tx.all(
          sql`update governance.central_answer set sent_at = null, version = version + 1 where request_id = ${id} and sent_at is not null`,
        ),
      ),
    ).rejects.toThrow(/what was sent stays sent/)
  })

  test('GOV-15: begun with the figures that the program knows, and with what was answered last', async () => {
    const herningId = herning.memberships[0]?.organisation ?? ''
    await as(
      null,
      (tx) =>
        tellFigures(tx, [
          { organisation: herningId, name: 'capacity.places', day: '2026-01-01', value: '40', source: 'Belægning' },
          { organisation: herningId, name: 'capacity.places', day: '2026-10-01', value: '44', source: 'Belægning' },
        ]),
      'governance',
    )
    const first = await opened({ organisations: ['herning-kommune', 'skive-kommune'] })
    okValue(await does(db, herning, giveCentralAnswer, answers(first)))
    const second = await opened({ organisations: ['herning-kommune', 'skive-kommune'] })
    expect(await as(herning, (tx) => answerOf(tx, second, 'herning-kommune'))).toMatchObject({
      answers: { pladser: '44', udfordring: given.udfordring },
      prefilled: {
        pladser: { value: '44', from: 'Belægning, 2026-10-01' },
        udfordring: { from: expect.stringContaining('spiseforstyrrelser') },
      },
      sentAt: undefined,
    })
    expect((await as(skive, (tx) => answerOf(tx, second, 'skive-kommune')))?.answers).toEqual({})
    await expect(
      as(herning, (tx) =>
        tellFigures(tx, [
          { organisation: herningId, name: 'capacity.places', day: '2026-11-01', value: '1', source: 'x' },
        ]),
      ),
    ).rejects.toThrow(/row-level security/)
  })

  test('GOV-15: a municipality sees and answers its own alone; the secretariat enters what it was written, and it says so', async () => {
    const id = await opened({ organisations: ['herning-kommune', 'skive-kommune'] })
    expect(await as(skive, (tx) => answerOf(tx, id, 'herning-kommune'))).toBeUndefined()
    expect((await as(skive, (tx) => answersTo(tx, id))).map(({ organisation }) => organisation.slug)).toEqual([
      'skive-kommune',
    ])
    expect(await does(db, skive, giveCentralAnswer, answers(id))).toEqual({ is: 'notFound' })
    expect(await does(db, null, giveCentralAnswer, answers(id))).toEqual({ is: 'notFound' })
    okValue(await does(db, secretary, giveCentralAnswer, answers(id)))
    expect(await as(herning, (tx) => answerOf(tx, id, 'herning-kommune'))).toMatchObject({ onBehalf: true })
    expect(await does(db, herning, giveCentralAnswer, answers(id))).toMatchObject({ is: 'conflict' })
    const provider = await addActor(db, 'Editor', [{ organisation: 'skive-kommune', role: 'editor' }])
    expect(await does(db, provider, giveCentralAnswer, answers(id, { organisation: 'skive-kommune' }))).toEqual({
      is: 'forbidden',
    })
  })

  test('GOV-15: a draft may leave things open; what is sent is whole, and of the right kind', async () => {
    expect(judgeAnswers(fields, {}, false)).toEqual([])
    expect(judgeAnswers(fields, { pladser: 'mange', samarbejde: 'måske', farve: 'rød' }, true)).toEqual([
      { field: 'farve', mistake: 'unasked' },
      { field: 'pladser', mistake: 'number' },
      { field: 'udfordring', mistake: 'missing' },
      { field: 'samarbejde', mistake: 'yes-no' },
    ])
    const id = await opened({ organisations: ['herning-kommune'] })
    expect(await does(db, herning, giveCentralAnswer, answers(id, { answers: { pladser: 'mange' } }))).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'answers.pladser' }, { path: 'answers.udfordring' }],
    })
  })

  test('GOV-15: dates that do not follow each other, strangers and doubled questions are refused', async () => {
    for (const [more, path] of [
      [{ askedOn: '2026-11-30', answersDue: '2026-12-10' }, 'askedOn'],
      [{ answersDue: '2026-11-19' }, 'answersDue'],
      [{ replyDue: '2026-12-09' }, 'replyDue'],
      [{ fields: [...fields, ...fields] }, 'fields'],
      [{ organisations: ['jugendamt'] }, 'organisations'],
    ] as const)
      expect(await does(db, secretary, openCentralRequest, request(more))).toMatchObject({
        is: 'invalid',
        errors: [{ path }],
      })
    expect(await does(db, herning, openCentralRequest, request())).toEqual({ is: 'forbidden' })
    expect(
      await does(db, secretary, openCentralRequest, request({ replyTo: 'a@example.org, b@example.org' })),
    ).toMatchObject({ is: 'invalid' })
  })
})

describe('the joint answer', () => {
  test('GOV-15: written, approved by a decision of its body, sent: each once and in this order, and public from the approval on', async () => {
    const id = await opened({ organisations: ['herning-kommune', 'skive-kommune'] })
    okValue(await does(db, herning, giveCentralAnswer, answers(id)))
    expect(await does(db, secretary, approveCentralReply, { id, decision: await decided(id) })).toMatchObject({
      is: 'late',
    })
    expect(await does(db, secretary, sendCentralReply, { id })).toMatchObject({ is: 'late' })
    expect(
      okValue(await does(db, secretary, writeCentralReply, { id, words: { da: 'Vi har 12,5 pladser.' } })).missing,
    ).toBe(1)
    expect(await does(db, herning, writeCentralReply, { id, words: { da: 'Nej' } })).toEqual({ is: 'forbidden' })
    expect(await as(null, (tx) => replyTo(tx, id))).toBeUndefined()
    expect(await as(herning, (tx) => replyTo(tx, id))).toMatchObject({ missing: 1 })
    for (const decision of [
      await decided(id, { outcome: 'declined' }),
      await recorded({ body: 'forretningsudvalget' }),
      await decided(id, { decidedOn: '2026-11-19' }),
      await recorded(),
      await decided(await opened({ organisations: ['herning-kommune'] })),
      crypto.randomUUID(),
    ])
      expect(await does(db, secretary, approveCentralReply, { id, decision })).toMatchObject({
        is: 'invalid',
        errors: [{ path: 'decision' }],
      })
    const decision = await decided(id)
    okValue(await does(db, secretary, approveCentralReply, { id, decision }))
    expect(await as(null, (tx) => replyTo(tx, id))).toMatchObject({ decision: { id: decision }, sentAt: undefined })
    expect(await does(db, secretary, approveCentralReply, { id, decision })).toMatchObject({ is: 'late' })
    expect(await does(db, secretary, writeCentralReply, { id, words: { da: 'Andet' } })).toMatchObject({ is: 'late' })
    expect(await does(db, skive, giveCentralAnswer, answers(id, { organisation: 'skive-kommune' }))).toMatchObject({
      is: 'late',
    })
    const both = await Promise.all([
      does(db, secretary, sendCentralReply, { id }),
      does(db, secretary, sendCentralReply, { id }),
    ])
    expect(both.map(({ is }) => is).sort()).toEqual(['late', 'ok'])
    await sendCentralReplyJob.run(
      {
        config: house.config,
        transact: <T>(work: (tx: Tx) => Promise<T>) => as(null, work, 'governance'),
      } as Parameters<typeof sendCentralReplyJob.run>[0],
      { request: id },
    )
    expect((await waiting('mail.send')).at(-1)).toMatchObject({
      to: 'styrelsen@example.org',
      template: 'governance.central-reply',
      locale: 'da',
      parameters: { paper: expect.stringContaining(`/central-requests/${id}/pdf`) },
    })
    const paper = await fetch(`${url}/central-requests/${id}/pdf`, { headers: { 'accept-language': 'da' } })
    expect([paper.status, paper.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    expect(
      await (await fetch(`${url}/central-requests/${id}`, { headers: { 'accept-language': 'da' } })).text(),
    ).toContain('Vi har 12,5 pladser.')
  })

  test('GOV-15: sums of what was sent are exact, and drafts do not count', () => {
    const of = (slug: string, pladser: string, sent: boolean): CentralAnswer => ({
      request: 'r',
      organisation: { id: slug, slug, names: { da: slug } },
      answers: { pladser },
      prefilled: {},
      savedAt: now,
      sentAt: sent ? now : undefined,
      onBehalf: false,
      version: 1,
    })
    const [places] = tallyOf(fields, [of('a', '0,1', true), of('b', '0.2', true), of('c', '900', false)])
    expect([places?.sum, places?.answers.length]).toEqual(['0.3', 2])
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 99_999_999 }), { minLength: 1, maxLength: 40 }), (cents) => {
        const all = cents.map((value, index) =>
          of(`m${index}`, `${Math.floor(value / 100)},${String(value % 100).padStart(2, '0')}`, true),
        )
        const total = cents.reduce((sum, value) => sum + BigInt(value), 0n)
        expect(tallyOf(fields, all)[0]?.sum).toBe(new Decimal(total.toString()).div(100).toFixed())
      }),
      { numRuns: 40 },
    )
  })
})

describe('letters', () => {
  test('GOV-15: municipalities are asked at once, reminded at half-time and the day before, and nobody twice on a day', async () => {
    expect(reminderDays('2026-11-20', '2026-12-10')).toEqual(['2026-11-30', '2026-12-09'])
    expect(reminderDays('2026-11-20', '2026-11-21')).toEqual([])
    const id = await opened({
      organisations: ['herning-kommune', 'skive-kommune'],
      askedOn: '2026-11-19',
      answersDue: '2026-12-09',
    })
    expect(await waiting('governance.remind-central')).toContainEqual({ request: id })
    const letters = async () =>
      (await waiting('mail.send'))
        .filter(({ parameters }) => String(parameters?.link).includes(`${id}/`))
        .map(({ to }) => to)
    await askMunicipalitiesJob.run(
      {
        config: house.config,
        log: { info() {} },
        transact: <T>(work: (tx: Tx) => Promise<T>) => as(null, work, 'governance'),
      } as unknown as Parameters<typeof askMunicipalitiesJob.run>[0],
      { request: id },
    )
    // the economist of Skive answers, and is not written to: letters go to secretariats and leads
    expect(await letters()).toEqual([herning.email])
    // 29 November is half-time, and whoever was written to today is left in peace
    await as(null, (tx) => remindToday(tx, house.config.url), 'governance')
    expect(await letters()).toEqual([herning.email])
    await db.ownerPool.query(`update governance.central_answer set reminded_on = '2026-11-19' where request_id = $1`, [
      id,
    ])
    await as(null, (tx) => remindToday(tx, house.config.url), 'governance')
    expect(await letters()).toEqual([herning.email, herning.email])
    okValue(await does(db, herning, giveCentralAnswer, answers(id)))
    await db.ownerPool.query(`update governance.central_answer set reminded_on = '2026-11-19' where request_id = $1`, [
      id,
    ])
    await as(null, (tx) => remindToday(tx, house.config.url), 'governance')
    expect(await letters()).toHaveLength(2)
    expect(
      await as(secretary, (tx) =>
        tx.all(sql`select * from governance.writes_for(${herning.memberships[0]?.organisation})`),
      ),
    ).toEqual([])
  })
})

describe('the database', () => {
  test('GOV-15: refuses what the program would not do', async () => {
    const id = await opened({ organisations: ['herning-kommune', 'skive-kommune'] })
    const body = await as(null, (tx) =>
      tx.one(query.selectFrom('governance.body').select('id').where('slug', '=', 'dassos')),
    )
    const words = JSON.stringify({ da: 'x' })
    const changed = (actor: Actor, statement: ReturnType<typeof sql>) =>
      as(actor, async (tx) => (await tx.all(sql`with done as (${statement} returning 1) select * from done`)).length)
    expect(
      await changed(
        skive,
        sql`update governance.central_answer set answers = '{"pladser": "9"}' where request_id = ${id}`,
      ),
    ).toBe(1)
    for (const [actor, statement] of [
      [
        herning,
        sql`insert into governance.central_request (pack, body_id, asked_by, reply_to, asked_on, title, fields, answers_due, reply_due, opened_by)
        values ('dk-midtjylland', ${body?.id}, 'me', 'me@example.org', '2026-11-20', ${words}, '[1]', '2026-12-01', '2026-12-02', ${herning.account})`,
      ],
      [
        herning,
        sql`insert into governance.central_reply (request_id, words, written_by, missing) values (${id}, ${words}, ${herning.account}, 0)`,
      ],
      [
        secretary,
        sql`insert into governance.central_reply (request_id, words, written_by, missing, decision_id, approved_at) values (${id}, ${words}, ${secretary.account}, 0, ${await decided(id)}, now())`,
      ],
      [secretary, sql`update governance.central_request set fields = '[]'`],
      [secretary, sql`delete from governance.central_answer`],
    ] as const)
      await expect(as(actor, (tx) => tx.all(statement))).rejects.toThrow(
        /row-level security|permission denied|written before/,
      )
    okValue(await does(db, secretary, writeCentralReply, { id, words: { da: 'Svar' } }))
    const approve = async (decision: string) =>
      as(secretary, (tx) =>
        tx.all(
          sql`update governance.central_reply set decision_id = ${decision}, approved_at = now() where request_id = ${id}`,
        ),
      )
    await expect(approve(await recorded({ outcome: 'postponed' }))).rejects.toThrow(/agreed and still stands/)
    await expect(approve(await recorded({ body: 'forretningsudvalget' }))).rejects.toThrow(/agreed and still stands/)
    await expect(approve(await decided(id, { decidedOn: '2026-11-01' }))).rejects.toThrow(/before it was asked/)
    await expect(
      as(secretary, (tx) => tx.all(sql`update governance.central_reply set sent_at = now() where request_id = ${id}`)),
    ).rejects.toThrow(/check constraint/)
    await expect(approve(await recorded())).rejects.toThrow(/another matter/)
    const other = await opened({ organisations: ['herning-kommune'] })
    const spent = await decided(other)
    await expect(approve(spent)).rejects.toThrow(/another matter/)
    await approve(await decided(id))
    for (const statement of [
      sql`update governance.central_reply set words = ${words} where request_id = ${id}`,
      sql`update governance.central_answer set answers = '{}' where request_id = ${id}`,
    ])
      await expect(as(secretary, (tx) => tx.all(statement))).rejects.toThrow(/approved/)
  })
})

/** The clerk brings the joint answer before the body from the desk of the request, and records there what it decided. */
async function clerksDecision(desk: string): Promise<string> {
  const raising = { target: 'forretningsudvalget/oevrige-sager', title: 'Svar om unge', language: 'da' }
  expect((await clerk.browser.post(`${desk}/matters`, raising)).status).toBe(303)
  const on = /[?&]on=([0-9a-f-]{36})/.exec((await (await clerk.browser.get(desk)).text()).replaceAll('&amp;', '&'))?.[1]
  const recorded = await clerk.browser.post('/governance/decisions/new', {
    matter: 'forretningsudvalget/oevrige-sager',
    on: on ?? '',
    decidedOn: '2026-11-28',
    outcome: 'agreed',
    title: 'Svar om unge',
    language: 'da',
  })
  return String(recorded.headers.get('location')).split('/').at(-1) ?? ''
}

describe('forms', () => {
  test('GOV-15: the same question has the same id in the next request, in every alphabet', () => {
    const [danish, ukrainian, again] = typedFields(
      'Hvor mange pladser på døgn?\nСкільки місць?\nHvor mange pladser på døgn?',
      '',
      undefined,
      'da',
    )
    expect([danish?.id, again?.id]).toEqual(['hvor-mange-pladser-paa-doegn', 'hvor-mange-pladser-paa-doegn-2'])
    expect(ukrainian?.id).toMatch(/^q-\d+$/)
    expect(typedFields('Скільки місць?', '', undefined, 'uk')[0]?.id).toBe(ukrainian?.id)
  })

  test('GOV-15: from the opening to the dispatch with forms that need no script', async () => {
    const post = (address: string, fields: Record<string, string>) => clerk.browser.post(address, fields)
    const form = {
      title: 'Unge med hjerneskade',
      askedBy: 'Eksempel: Styrelsen',
      replyTo: 'styrelsen@example.org',
      askedOn: '2026-11-20',
      answersDue: '2026-12-10',
      replyDue: '2027-01-10',
      body: 'forretningsudvalget',
      numbers: 'Antal unge',
      language: 'da',
    }
    const wrong = await post('/governance/central-requests/new', { ...form, numbers: '' })
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toContain('value="Unge med hjerneskade"')
    const made = await post('/governance/central-requests/new', form)
    expect(made.status).toBe(303)
    const desk = String(made.headers.get('location'))
    const page = await (await clerk.browser.get(desk)).text()
    expect(page).toContain(`${desk}/samsoe-kommune`)
    const own = `${desk}/viborg-kommune`
    expect(await (await clerk.browser.get(own)).text()).toContain('Antal unge')
    expect((await post(own, { 'answers.antal-unge': 'tre', send: 'true', version: '0' })).status).toBe(422)
    expect((await post(own, { 'answers.antal-unge': '3', send: 'true', version: '0' })).status).toBe(303)
    expect(await (await clerk.browser.get(desk)).text()).toContain('Viborg Municipality: 3')
    expect((await post(`${desk}/reply`, { words: 'Der er 3 unge.', language: 'da' })).status).toBe(303)
    const decision = await clerksDecision(desk)
    expect(await (await clerk.browser.get(desk)).text()).toContain('Svar om unge')
    expect((await post(`${desk}/approve`, { decision })).status).toBe(303)
    expect((await post(`${desk}/send`, {})).status).toBe(303)
    const address = desk.replace('/governance', '')
    const shown = await (await fetch(`${url}${address}`, { headers: { 'accept-language': 'en' } })).text()
    for (const words of ['Der er 3 unge.', '1 of 20 sent', 'The paper as PDF']) expect(shown).toContain(words)
    expect(JSON.parse(await (await fetch(`${url}/api/v1${address}`)).text())).toMatchObject({
      reply: { decision, missing: 19 },
    })
    expect(await (await fetch(`${url}/central-requests?region=dk-midtjylland`)).text()).toContain(address)
    expect((await clerk.browser.get('/governance/central-requests')).status).toBe(200)
  })

  test('GOV-15: the form lets a figure be asked for that the program knows, and questionnaires begin with it', async () => {
    const page = await (await clerk.browser.get('/governance/central-requests/new')).text()
    expect(page).toContain('name="known.0.figure" value="capacity.places"')
    const form = {
      title: 'Pladser',
      askedBy: 'Eksempel: Styrelsen',
      replyTo: 'styrelsen@example.org',
      askedOn: '2026-11-20',
      answersDue: '2026-12-10',
      replyDue: '2027-01-10',
      body: 'forretningsudvalget',
      'known.0.figure': 'capacity.places',
      'known.0.question': 'Hvor mange pladser?',
      language: 'da',
    }
    const unasked = await clerk.browser.post('/governance/central-requests/new', { ...form, 'known.0.question': '' })
    expect(unasked.status).toBe(422)
    const again = await clerk.browser.post('/governance/central-requests/new', { ...form, title: '' })
    expect([again.status, (await again.text()).includes('value="Hvor mange pladser?"')]).toEqual([422, true])
    const made = await clerk.browser.post('/governance/central-requests/new', form)
    const id = String(made.headers.get('location')).split('/').at(-1) ?? ''
    expect(await as(herning, (tx) => answerOf(tx, id, 'herning-kommune'))).toMatchObject({
      answers: { 'hvor-mange-pladser': '44' },
      prefilled: { 'hvor-mange-pladser': { from: 'Belægning, 2026-10-01' } },
    })
  })
})
