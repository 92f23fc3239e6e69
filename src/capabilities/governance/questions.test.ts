import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testHouse } from '../../../test/house.ts'
import { type Somebody, somebody } from '../../../test/people.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { query, type Tx } from '../../platform/db/database.ts'
import { answerQuestion } from './commands/questions/answer-question.ts'
import { askQuestion } from './commands/questions/ask-question.ts'
import { withdrawQuestion } from './commands/questions/withdraw-question.ts'
import { recordDecision } from './contract.ts'
import { does, okValue } from './governance.fixture.ts'
import { tellAskerJob } from './jobs/tell-asker.ts'
import { listQuestions, questionById, rulingsOf, similarQuestions } from './store/questions/read-questions.ts'

const at = await testHouse({ now: new Date('2026-11-29T10:00:00Z') })
const { db, url, house } = at
const pack = 'dk-midtjylland'

let asker: Actor
let secretary: Actor
let provider: Actor
let foreign: Actor
let clerk: Somebody

beforeAll(async () => {
  asker = await addActor(db, 'Asker', [{ organisation: 'herning-kommune', role: 'economist' }])
  secretary = await addActor(db, 'Secretary', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
  provider = await addActor(db, 'Provider', [{ organisation: 'raadgivningen-birkelunden', role: 'provider' }])
  foreign = await addActor(db, 'Foreign', [{ organisation: 'jugendamt', role: 'secretariat' }])
  clerk = await somebody(at, 'Clerk', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
})

const as = <T>(actor: Actor | null, work: (tx: Tx) => Promise<T>) =>
  db.transact({ actor: actor?.account ?? null }, work)
const question = (more: Record<string, unknown> = {}) => ({
  organisation: 'herning-kommune',
  kind: 'tariff' as const,
  title: { da: 'Hvordan beregnes takst for aflastning i weekender?' },
  words: { da: 'Gælder der en særlig belægningsprocent for aflastningspladser?' },
  ...more,
})
const ask = async (more: Record<string, unknown> = {}) => okValue(await does(db, asker, askQuestion, question(more)))
const answer = (id: string, more: Record<string, unknown> = {}) => ({
  id,
  words: { da: 'Belægningen er mindst 90 procent for aflastning.' },
  answeredOn: '2026-11-28',
  refersTo: ['Styringsaftale 2025-26'],
  ...more,
})
const found = async (actor: Actor | null, words: string) =>
  (await as(actor, (tx) => listQuestions(tx, { pack, words }, { after: undefined, limit: 50 }))).questions.map(
    ({ id }) => id,
  )

describe('asking', () => {
  test('GOV-16: anybody of an authority asks; the rules of the region say which group answers', async () => {
    const tariff = await ask()
    expect(tariff).toMatchObject({ body: 'takstgruppen', reference: expect.stringMatching(/^2026-\d+$/) })
    expect((await ask({ kind: 'views' })).body).toBe('forretningsudvalget')
    const [first, second] = await Promise.all([ask(), ask()])
    expect(first?.reference).not.toBe(second?.reference)
  })

  test('GOV-16: nobody asks for an authority in which they do not work, nor for one that is none', async () => {
    for (const [actor, organisation] of [
      [null, 'herning-kommune'],
      [foreign, 'herning-kommune'],
      [asker, 'viborg-kommune'],
      [provider, 'raadgivningen-birkelunden'],
    ] as const)
      expect(await does(db, actor, askQuestion, question({ organisation }))).toEqual({ is: 'forbidden' })
    expect(await does(db, asker, askQuestion, question({ organisation: 'nowhere' }))).toEqual({ is: 'notFound' })
    expect(await does(db, asker, askQuestion, question({ title: { da: 'a'.repeat(301) } }))).toMatchObject({
      is: 'invalid',
    })
  })

  test('GOV-16: similar earlier questions are found before one is asked again, in other forms of the words', async () => {
    const earlier = await ask({
      title: { da: 'Må ventelisten til ledsageordningen deles mellem kommunerne?' },
      words: { da: 'Flere kommuner spørger.' },
    })
    const similar = async (words: string) =>
      (await as(asker, (tx) => similarQuestions(tx, pack, words))).map(({ id }) => id)
    expect(await similar('Hvordan deles ventelister til ledsageordninger?')).toContain(earlier.id)
    expect(await similar('Brandsikring af trapper')).not.toContain(earlier.id)
    // what is open is nobody's business outside of authorities
    expect(await as(null, (tx) => similarQuestions(tx, pack, 'ventelister ledsageordning'))).toEqual([])
  })
})

describe('answering', () => {
  test('GOV-16: an open question is read by authorities of its region alone, an answered one by everybody', async () => {
    const { id } = await ask()
    for (const [actor, sees] of [
      [asker, true],
      [secretary, true],
      [provider, false],
      [foreign, false],
      [null, false],
    ] as const)
      expect([actor?.name, (await as(actor, (tx) => questionById(tx, id))) !== undefined]).toEqual([actor?.name, sees])
    okValue(await does(db, secretary, answerQuestion, answer(id)))
    expect(await as(null, (tx) => questionById(tx, id))).toMatchObject({ answered: true })
    expect(await found(null, 'belægninger')).toContain(id)
    expect(await found(null, 'belægninger brandsikring')).not.toContain(id)
  })

  test('GOV-16: only the secretariat of the group that the rules name enters an answer', async () => {
    const { id } = await ask()
    for (const actor of [
      asker,
      null,
      await addActor(db, 'Elsewhere', [{ organisation: 'region-midtjylland', role: 'secretariat' }]),
    ])
      expect(await does(db, actor, answerQuestion, answer(id))).toMatchObject({
        is: actor ? 'forbidden' : 'notFound',
      })
    expect(await does(db, secretary, answerQuestion, answer(id, { answeredOn: '2026-11-30' }))).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'answeredOn' }],
    })
  })

  test('GOV-16: a later answer takes the place of the earlier one, says why, and both stay to be read', async () => {
    const { id } = await ask()
    const first = okValue(await does(db, secretary, answerQuestion, answer(id)))
    const next = { words: { da: 'Nu gælder 95 procent.' }, supersedes: first.ruling }
    expect(await does(db, secretary, answerQuestion, answer(id, next))).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'why' }],
    })
    expect(await does(db, secretary, answerQuestion, answer(id))).toMatchObject({ is: 'conflict' })
    okValue(await does(db, secretary, answerQuestion, answer(id, { ...next, why: 'Ny styringsaftale' })))
    const rulings = await as(null, (tx) => rulingsOf(tx, id))
    expect(rulings.map(({ superseded, why }) => [superseded, why])).toEqual([
      [false, 'Ny styringsaftale'],
      [true, undefined],
    ])
    // two at once: one of them is told that somebody answered meanwhile
    const again = { ...answer(id, { supersedes: rulings[0]?.id, why: 'Igen' }) }
    const both = await Promise.all([
      does(db, secretary, answerQuestion, again),
      does(db, secretary, answerQuestion, again),
    ])
    expect(both.map(({ is }) => is).sort()).toEqual(['conflict', 'ok'])
  })

  test('GOV-16: an answer may rest on a decision of that very group, and on no other', async () => {
    const { id } = await ask({ kind: 'views' })
    const decided = async (body: string, outcome: 'agreed' | 'declined' = 'agreed') =>
      okValue(
        await does(db, secretary, recordDecision, {
          body,
          matter: 'oevrige-sager',
          decidedOn: '2026-11-20',
          outcome,
          title: { da: 'Svar' },
        }),
      ).id
    for (const decision of [
      await decided('dassos'),
      await decided('forretningsudvalget', 'declined'),
      crypto.randomUUID(),
    ])
      expect(await does(db, secretary, answerQuestion, answer(id, { decision }))).toMatchObject({
        is: 'invalid',
        errors: [{ path: 'decision' }],
      })
    okValue(await does(db, secretary, answerQuestion, answer(id, { decision: await decided('forretningsudvalget') })))
  })

  test('GOV-16: a question that names a person is taken away with a reason, and then stands nowhere', async () => {
    const { id } = await ask()
    okValue(await does(db, secretary, answerQuestion, answer(id)))
    expect(await does(db, asker, withdrawQuestion, { id, why: 'navn' })).toEqual({ is: 'forbidden' })
    okValue(await does(db, secretary, withdrawQuestion, { id, why: 'Nævner en borger' }))
    expect(await does(db, secretary, withdrawQuestion, { id, why: 'Igen' })).toMatchObject({ is: 'late' })
    expect(await as(null, (tx) => questionById(tx, id))).toBeUndefined()
    expect(await as(provider, (tx) => rulingsOf(tx, id))).toEqual([])
    expect(await found(secretary, 'aflastning')).not.toContain(id)
    expect(await does(db, secretary, answerQuestion, answer(id))).toMatchObject({ is: 'late' })
    // whoever asked sees what became of it
    expect(await as(asker, (tx) => questionById(tx, id))).toMatchObject({ withdrawn: { why: 'Nævner en borger' } })
  })

  test('GOV-16: whoever asked gets a letter in their language; nobody else is told their address', async () => {
    const { id } = await ask()
    okValue(await does(db, secretary, answerQuestion, answer(id)))
    const waiting = async (task: string) => {
      const { rows } = await db.ownerPool.query(
        `select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
         where t.identifier = $1 order by j.id`,
        [task],
      )
      return rows.map(({ payload }) => payload)
    }
    expect(await waiting('governance.tell-asker')).toContainEqual({ question: id })
    await tellAskerJob.run(
      {
        config: house.config,
        transact: <T>(work: (tx: Tx) => Promise<T>) => db.transact({ actor: null, purpose: 'governance' }, work),
      } as Parameters<typeof tellAskerJob.run>[0],
      { question: id },
    )
    expect((await waiting('mail.send')).at(-1)).toMatchObject({
      to: asker.email,
      template: 'governance.question-answered',
      locale: 'da',
      parameters: { link: expect.stringContaining(`/rulings/${id}`) },
    })
    expect(await as(secretary, (tx) => tx.all(sql`select * from governance.asker_of(${id})`))).toEqual([])
  })
})

describe('the database', () => {
  test('GOV-16: refuses what the program would not do', async () => {
    const { id } = await ask()
    const other = await ask()
    const first = okValue(await does(db, secretary, answerQuestion, answer(other.id))).ruling
    const body = await as(null, (tx) =>
      tx.one(query.selectFrom('governance.body').select('id').where('slug', '=', 'takstgruppen')),
    )
    const words = JSON.stringify({ da: 'Nej' })
    const organisation = asker.memberships[0]?.organisation
    for (const [actor, statement] of [
      [
        asker,
        sql`insert into governance.ruling (question_id, words, answered_on, recorded_by) values (${id}, ${words}, '2026-11-20', ${asker.account})`,
      ],
      [
        secretary,
        sql`insert into governance.ruling (question_id, words, answered_on, recorded_by) values (${id}, ${words}, '2026-11-20', ${asker.account})`,
      ],
      [
        secretary,
        sql`insert into governance.ruling (question_id, words, answered_on, recorded_by, supersedes, why) values (${id}, ${words}, '2026-11-20', ${secretary.account}, ${first}, 'falsk')`,
      ],
      [secretary, sql`update governance.ruling set words = ${words}`],
      [secretary, sql`delete from governance.question`],
      [secretary, sql`update governance.question set title = ${words}`],
      [
        provider,
        sql`insert into governance.question (pack, year, kind, body_id, title, words, organisation_id, asked_by, lexemes)
        values (${pack}, 2026, 'law', ${body?.id}, ${words}, ${words}, ${provider.memberships[0]?.organisation}, ${provider.account}, '')`,
      ],
      [
        asker,
        sql`insert into governance.question (pack, year, kind, body_id, title, words, organisation_id, asked_by, lexemes)
        values ('ua-kharkiv', 2026, 'law', ${body?.id}, ${words}, ${words}, ${organisation}, ${asker.account}, '')`,
      ],
      [
        asker,
        sql`insert into governance.question (pack, year, kind, body_id, title, words, organisation_id, asked_by, lexemes, answered_at)
        values (${pack}, 2026, 'law', ${body?.id}, ${words}, ${words}, ${organisation}, ${asker.account}, '', now())`,
      ],
    ] as const)
      await expect(as(actor, (tx) => tx.all(statement))).rejects.toThrow(
        /row-level security|permission denied|same question|of its region|begins open/,
      )
    await as(asker, (tx) =>
      tx.all(sql`update governance.question set withdrawn_at = now(), withdrawn_why = 'mine' where id = ${id}`),
    )
    expect(await as(asker, (tx) => questionById(tx, id))).toMatchObject({ withdrawn: undefined })
    const elsewhere = okValue(
      await does(db, secretary, recordDecision, {
        body: 'dassos',
        matter: 'oevrige-sager',
        decidedOn: '2026-11-20',
        outcome: 'agreed',
        title: { da: 'Et andet organ har besluttet det' },
      }),
    )
    await expect(
      as(secretary, (tx) =>
        tx.all(
          sql`insert into governance.ruling (question_id, words, answered_on, decision_id, recorded_by)
              values (${id}, ${words}, '2026-11-20', ${elsewhere.id}, ${secretary.account})`,
        ),
      ),
    ).rejects.toThrow(/no decision of the group that answers/)
  })
})

describe('pages and API', () => {
  const read = async (address: string) =>
    (await fetch(`${url}${address}`, { headers: { 'accept-language': 'en' } })).text()

  test('GOV-16: asked with a form that first shows what is similar, answered at the desk, read by everybody', async () => {
    const earlier = await ask({ title: { da: 'Hvem betaler for tolkning ved botilbud?' } })
    expect(await (await clerk.browser.get('/rulings/ask')).text()).toContain('Look for similar questions')
    const similar = await (await clerk.browser.get('/rulings/ask?q=Betaling%20for%20tolkning%20i%20botilbud')).text()
    expect(similar).toContain(`/rulings/${earlier.id}`)
    expect(similar).toContain('None of them: ask')
    const form = {
      title: 'Hvem betaler for tolk?',
      words: 'Ved botilbud i en anden kommune',
      organisation: 'viborg-kommune',
      language: 'da',
    }
    const wrong = await clerk.browser.post('/rulings/ask', form)
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toContain('value="Hvem betaler for tolk?"')
    const asked = await clerk.browser.post('/rulings/ask', { ...form, kind: 'law' })
    expect(asked.status).toBe(303)
    const address = String(asked.headers.get('location'))
    expect((await fetch(`${url}${address}`)).status).toBe(404)
    const desk = address.replace('/rulings/', '/governance/questions/')
    expect(await (await clerk.browser.get('/governance/questions')).text()).toContain(desk)
    const given = await clerk.browser.post(`${desk}/answer`, {
      words: 'Den kommune, der har visiteret.\nSe aftalen.',
      answeredOn: '2026-11-28',
      refersTo: 'Serviceloven § 174\n\nStyringsaftalen',
      language: 'da',
    })
    expect(given.status).toBe(303)
    const page = await read(address)
    for (const words of ['Den kommune, der har visiteret.', 'Serviceloven § 174', 'Viborg', 'Answer of'])
      expect(page).toContain(words)
    expect(await read('/rulings?region=dk-midtjylland&q=visiteret')).toContain(address)
    const api = JSON.parse(await read(`/api/v1${address}`)) as object
    expect(api).toMatchObject({
      answered: true,
      body: 'takstgruppen',
      rulings: [{ refersTo: ['Serviceloven § 174', 'Styringsaftalen'] }],
    })
    const list = JSON.parse(await read('/api/v1/rulings?pack=dk-midtjylland&size=1')) as {
      items: unknown[]
      next: string | null
    }
    expect(list.items).toHaveLength(1)
    expect(JSON.parse(await read(`/api/v1/rulings?pack=dk-midtjylland&after=${list.next}`))).toMatchObject({
      items: expect.any(Array),
    })
    expect((await fetch(`${url}/api/v1/rulings?after=forged`)).status).toBe(400)
  })
})
