import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testHouse } from '../../../test/house.ts'
import { type Somebody, somebody } from '../../../test/people.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { linksOf } from '../../platform/thread/thread.ts'
import { answerRecommendation } from './commands/forums/answer-recommendation.ts'
import { raiseRecommendation } from './commands/forums/raise-recommendation.ts'
import { recommend } from './commands/forums/recommend.ts'
import { recordDecision } from './commands/record-decision.ts'
import { bodyBySlug } from './contract.ts'
import { does, okValue } from './governance.fixture.ts'
import { daysWaiting, mayGoTo } from './rules/forums/recommendations.ts'

const at = await testHouse({ now: new Date('2026-11-29T10:00:00Z') })
const { db, url } = at

let secretary: Actor
let region: Actor
let stranger: Actor
let clerk: Somebody

beforeAll(async () => {
  secretary = await addActor(db, 'Secretary', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
  region = await addActor(db, 'Region', [{ organisation: 'region-midtjylland', role: 'secretariat' }])
  stranger = await addActor(db, 'Stranger', [{ organisation: 'jugendamt', role: 'secretariat' }])
  clerk = await somebody(at, 'Clerk', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
})

const given = (more: Record<string, unknown> = {}) => ({
  body: 'hjerneskadesamraad-voksne',
  recommendedOn: '2026-10-01',
  title: { da: 'En fast kontaktperson fra første dag' },
  words: { da: 'Det giver ro, når nogen har fået en hjerneskade.' },
  to: ['dassos', 'sundhedsstyregruppen'],
  ...more,
})
const answered = (recommendation: string, more: Record<string, unknown> = {}) => ({
  recommendation,
  body: 'dassos',
  answer: 'partly' as const,
  why: { da: 'Vi begynder i fire kommuner.' },
  answeredOn: '2026-11-20',
  ...more,
})
const give = async (more: Record<string, unknown> = {}) => okValue(await does(db, secretary, recommend, given(more))).id
const page = async (address: string) =>
  (await fetch(`${url}${address}`, { headers: { 'accept-language': 'en' } })).text()
const items = async (query = '') =>
  (
    JSON.parse(await page(`/api/v1/recommendations?pack=dk-midtjylland${query}`)) as {
      items: { id: string; to: { body: string; answer: string | null }[] }[]
    }
  ).items

describe('a recommendation and its answers', () => {
  test('GOV-9: everybody sees who has not answered and for how long, then the answer and why', async () => {
    const id = await give()
    const waiting = await page(`/recommendations/${id}`)
    expect(waiting.match(/No answer yet, waiting for 59 days/g)).toHaveLength(2)
    expect((await items('&waiting=true')).map((one) => one.id)).toContain(id)
    const decision = okValue(
      await does(db, secretary, recordDecision, {
        body: 'dassos',
        matter: 'anbefaling',
        decidedOn: '2026-11-20',
        outcome: 'agreed' as const,
        title: { da: 'Svar' },
      }),
    ).id
    okValue(await does(db, secretary, answerRecommendation, answered(id, { decision })))
    const half = await page('/recommendations?region=dk-midtjylland')
    for (const words of ['partly followed', 'Vi begynder i fire kommuner', `/decisions/${decision}`, 'No answer yet'])
      expect(half).toContain(words)
    okValue(
      await does(
        db,
        region,
        answerRecommendation,
        answered(id, { body: 'sundhedsstyregruppen', answer: 'not', why: { da: 'Der er ingen penge.' } }),
      ),
    )
    expect((await items('&waiting=true')).map((one) => one.id)).not.toContain(id)
    // a later answer counts, and that there was an earlier one stays visible
    okValue(
      await does(db, secretary, answerRecommendation, answered(id, { answer: 'followed', answeredOn: '2026-11-28' })),
    )
    expect((await items()).find((one) => one.id === id)?.to).toMatchObject([
      { body: 'dassos', answer: 'followed' },
      { body: 'sundhedsstyregruppen', answer: 'not' },
    ])
    expect(await page(`/recommendations/${id}`)).toContain('Earlier answers that no longer count: 1')
  })

  test('GOV-9: recommendation, matter and decision are one line', async () => {
    const id = await give({ to: ['dassos'] })
    const { matter } = okValue(
      await does(db, secretary, raiseRecommendation, { recommendation: id, body: 'dassos', kind: 'anbefaling' }),
    )
    expect((await does(db, secretary, raiseRecommendation, { recommendation: id, body: 'dassos' })).is).toBe('late')
    expect(await page(`/recommendations/${id}`)).toContain(`/matters/${matter}`)
    const links = await db.transact({ actor: null }, (tx) => linksOf(tx, { kind: 'governance.recommendation', id }))
    expect(links.map(({ from, relation, to }) => [from.kind, relation, to.kind])).toEqual(
      expect.arrayContaining([
        ['governance.body', 'recommends', 'governance.recommendation'],
        ['governance.recommendation', 'raises', 'governance.matter'],
      ]),
    )
  })

  test('GOV-9: it goes to bodies that it advises and that decide, by its own secretariat; answers come from theirs', async () => {
    expect(await does(db, secretary, recommend, given({ to: ['kd-net'] }))).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'to' }],
    })
    expect(await does(db, secretary, recommend, given({ to: ['dassos', 'nobody'] }))).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'to' }],
    })
    expect(await does(db, secretary, recommend, given({ recommendedOn: '2026-11-30' }))).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'recommendedOn' }],
    })
    expect((await does(db, stranger, recommend, given())).is).toBe('forbidden')
    const id = await give()
    expect((await does(db, region, answerRecommendation, answered(id))).is).toBe('forbidden')
    expect((await does(db, secretary, answerRecommendation, answered(id, { body: 'kd-net' }))).is).toBe('notFound')
    for (const [more, path] of [
      [{ answeredOn: '2026-09-30' }, 'answeredOn'],
      [{ answeredOn: '2026-11-30' }, 'answeredOn'],
      [{ decision: '00000000-0000-7000-8000-000000000000' }, 'decision'],
    ] as const)
      expect(await does(db, secretary, answerRecommendation, answered(id, more))).toMatchObject({
        is: 'invalid',
        errors: [{ path }],
      })
  })

  test('GOV-9: the database refuses the same', async () => {
    const id = await give()
    const bodyId = async (slug: string) => (await db.transact({ actor: null }, (tx) => bodyBySlug(tx, slug)))?.id
    const by = (actor: Actor, statement: ReturnType<typeof sql>) =>
      db.transact({ actor: actor.account }, (tx) => tx.all(statement))
    const dassos = await bodyId('dassos')
    await expect(
      by(
        secretary,
        sql`insert into governance.recommendation_to (recommendation_id, body_id) values (${id}, ${await bodyId('takstgruppen')})`,
      ),
    ).rejects.toThrow('a body that it advises')
    const answer = (actor: Actor, on: string) =>
      by(
        actor,
        sql`insert into governance.recommendation_answer (recommendation_id, body_id, answer, why, answered_on, recorded_by)
          values (${id}, ${dassos}, 'not', '{"en":"no"}', ${on}::date, ${actor.account})`,
      )
    const { id: elsewhere } = okValue(
      await does(db, secretary, recordDecision, {
        body: 'forretningsudvalget',
        matter: 'oevrige-sager',
        decidedOn: '2026-11-20',
        outcome: 'agreed',
        title: { da: 'Et andet udvalg har besluttet det' },
      }),
    )
    await expect(
      by(
        secretary,
        sql`insert into governance.recommendation_answer (recommendation_id, body_id, answer, why, answered_on, decision_id, recorded_by)
          values (${id}, ${dassos}, 'followed', '{"en":"yes"}', '2026-11-20', ${elsewhere}, ${secretary.account})`,
      ),
    ).rejects.toThrow('rests on a public decision of the body')
    await expect(answer(region, '2026-11-20')).rejects.toThrow('row-level security')
    await expect(answer(secretary, '2026-09-01')).rejects.toThrow('before the recommendation')
    await expect(by(secretary, sql`update governance.recommendation_answer set answer = 'followed'`)).rejects.toThrow(
      'permission denied',
    )
  })

  test('GOV-9: who may get it, and how long it waits, are plain rules', () => {
    const from = { relations: [{ kind: 'advises' as const, to: 'council' }] }
    const council = { slug: 'one', together: { slug: 'council', names: { en: 'Councils' } }, decidesOn: [] }
    expect(mayGoTo(from, council)).toBe(false)
    expect(mayGoTo(from, { ...council, decidesOn: [{ slug: 'x', names: { en: 'x' }, aboutPeople: false }] })).toBe(true)
    expect(daysWaiting('2028-02-28', '2028-03-01')).toBe(2)
    expect(daysWaiting('2026-11-30', '2026-11-29')).toBe(0)
  })
})

test('GOV-9: the desk works without script, keeps what was typed, and is closed to others', async () => {
  expect((await fetch(`${url}/governance/recommendations`, { redirect: 'manual' })).status).toBe(303)
  const typed = {
    body: 'hjerneskadesamraad-voksne',
    'to[]': 'dassos',
    recommendedOn: '2026-11-01',
    title: 'Fra skrivebordet',
    words: '',
    language: 'da',
  }
  const wrong = await (await clerk.browser.post('/governance/recommendations/new', typed)).text()
  for (const words of ['value="Fra skrivebordet"', 'href="#f-words"']) expect(wrong).toContain(words)
  expect((await clerk.browser.post('/governance/recommendations/new', { ...typed, words: 'Fordi' })).status).toBe(303)
  const desk = await (await clerk.browser.get('/governance/recommendations')).text()
  const link = /Fra skrivebordet[\s\S]*?href="(\/governance\/recommendations\/[^"]+\/dassos)"/.exec(desk)?.[1] ?? ''
  const answer = { answer: 'followed', why: '', answeredOn: '2026-11-20', language: 'da' }
  expect(await (await clerk.browser.post(link, answer)).text()).toContain('href="#f-why"')
  expect((await clerk.browser.post(link, { ...answer, why: 'Ja' })).status).toBe(303)
  expect((await clerk.browser.post(`${link}/raise`, { kind: '' })).status).toBe(303)
})
