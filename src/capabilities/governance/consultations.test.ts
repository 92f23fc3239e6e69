import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testDatabase } from '../../../test/database.ts'
import { loadIntakePacks } from '../../../test/intake-house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { perform } from '../../platform/access/perform.ts'
import { linksOf } from '../../platform/thread/thread.ts'
import { answerHash, answerPurpose, newAnswerToken } from './answer-link.ts'
import { answerByLink, answerForParty } from './commands/consultations/answer-consultation.ts'
import { confirmConsultation, publishConsultation } from './commands/consultations/confirm-consultation.ts'
import { changeConsultation, draftConsultation } from './commands/consultations/draft-consultation.ts'
import { extendConsultation } from './commands/consultations/extend-consultation.ts'
import { sendConsultation } from './commands/consultations/send-consultation.ts'
import { withdrawConsultation } from './commands/consultations/withdraw-consultation.ts'
import { askAbout } from './consultations.fixture.ts'
import { does, okValue } from './governance.fixture.ts'
import { answersOf } from './store/consultations/answers.ts'
import { consultationById } from './store/consultations/consultations.ts'
import { addAnswerLink } from './store/consultations/links.ts'
import { partiesOf } from './store/consultations/parties.ts'
import { consultationResult } from './store/consultations/result.ts'
import { consultationKind, consultPurpose, watchPurpose } from './types/consultations.ts'

// Maundy Thursday is 25 March 2027, Easter Sunday with the change to summer time the 28th
const sentAt = new Date('2027-03-11T09:00:00Z')
const end = new Date('2027-03-30T22:00:00Z')
const db = await testDatabase({ now: sentAt })

let secretary: Actor
let herning: Actor
let stranger: Actor
let operator: Actor

const as = (actor: Actor | null, purpose?: string) => ({
  actor: actor?.account ?? null,
  ...(purpose ? { purpose } : {}),
})
const hours = 3_600_000
const fields = { answer: 'agree', name: 'Ada Holm', function: 'Director' } as const

beforeAll(async () => {
  await loadIntakePacks(db, ['dk-midtjylland', 'de-stuttgart'])
  secretary = await addActor(db, 'Secretary', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
  herning = await addActor(db, 'Herning', [{ organisation: 'herning-kommune', role: 'body_member' }])
  stranger = await addActor(db, 'Stranger', [{ organisation: 'jugendamt', role: 'secretariat' }])
  operator = await addActor(db, 'Operator', [{ organisation: 'herning-kommune', role: 'provider' }])
})

const question = (more: Record<string, unknown> = {}) => ({
  body: 'dassos',
  title: { da: 'Flere pladser' },
  question: { da: 'Skal tilbuddet have 12 pladser mere?' },
  parties: ['organisation:herning-kommune', 'organisation:viborg-kommune', 'body:viborg-byraad'],
  countedBy: 'consensus' as const,
  ...more,
})

/** A consultation that is under way, with a link of each party. */
async function asked(more: Record<string, unknown> = {}) {
  db.clock.now = sentAt
  const { id } = okValue(await does(db, secretary, draftConsultation, question(more) as never))
  const sent = okValue(await does(db, secretary, sendConsultation, { id }))
  const tokens = await db.transact(as(null, watchPurpose), async (tx) => {
    const links: Record<string, string> = {}
    for (const party of await partiesOf(tx, id)) {
      const token = newAnswerToken()
      await addAnswerLink(tx, answerHash(token), party.id)
      links[party.slug] = token
    }
    return links
  })
  const parties = await db.transact(as(null, watchPurpose), (tx) => partiesOf(tx, id))
  const party = (slug: string) => parties.find((one) => one.slug === slug)?.id ?? ''
  return { ...sent, token: (slug: string) => tokens[slug] ?? '', party }
}

const byLink = (token: string, more: Record<string, unknown> = {}) =>
  does(db, null, answerByLink, { token, ...fields, ...more } as never)
const read = (id: string, actor: Actor | null = null) => db.transact(as(actor), (tx) => consultationById(tx, id))

describe('a written consultation', () => {
  test('GOV-5: over Easter and the change to summer time it closes at the end of Tuesday, in Copenhagen', async () => {
    const { id, lastDay, closesAt } = await asked()
    expect([lastDay, closesAt]).toEqual(['2027-03-30', end.toISOString()])
    expect(await read(id)).toMatchObject({
      state: 'open',
      timeZone: 'Europe/Copenhagen',
      terms: { days: 14, closingOn: 'next-working-day' },
    })
  })

  test('GOV-5: the last answer of a party counts until the very end, and none after it, by link, by account, and in the database', async () => {
    const { token, id, party } = await asked()
    okValue(await byLink(token('herning-kommune'), { answer: 'object', remarks: 'Too dear' }))
    db.clock.now = new Date(end.getTime() - 1)
    okValue(await does(db, herning, answerForParty, { party: party('herning-kommune'), ...fields }))
    db.clock.now = end
    const late = await byLink(token('herning-kommune'), { answer: 'no-remarks' })
    expect(late).toMatchObject({
      is: 'late',
      message: expect.stringMatching(/30.March.2027.at.23:59 \(Central European Summer Time\)/),
    })
    expect(await does(db, herning, answerForParty, { party: party('herning-kommune'), ...fields })).toMatchObject({
      is: 'late',
    })
    const insert = (at: Date) =>
      db.transact(as(null, answerPurpose(token('viborg-byraad'))), (tx) =>
        tx.all(sql`insert into governance.consultation_answer (party_id, consultation_id, answer, answered_at)
          values (${party('viborg-byraad')}, ${id}, 'agree', ${at})`),
      )
    await expect(insert(end)).rejects.toThrow(/closes at/)
    const said = await db.transact(as(secretary), (tx) => answersOf(tx, id))
    expect([...said.values()].map(({ answer, version }) => [answer, version])).toEqual([['agree', 2]])
    // once the end is noted, no claimed time helps
    await db.transact(as(null, watchPurpose), async (tx) =>
      tx.all(
        sql`update governance.consultation set state = 'closed', closed_at = ${tx.now}, changed_at = ${tx.now} where id = ${id}`,
      ),
    )
    await expect(insert(new Date(end.getTime() - hours))).rejects.toThrow(/closes at/)
  })

  test('GOV-5: an answer twice under one key is one answer', async () => {
    const { token, id } = await asked()
    const answer = () =>
      perform(
        answerByLink,
        { token: token('herning-kommune'), ...fields },
        { database: db, actor: null, locale: 'en', origin: 'page', idempotencyKey: `twice-${id}` },
      )
    const both = await Promise.all([answer(), answer()])
    expect(both.map(({ is }) => is)).toEqual(['ok', 'ok'])
    const said = await db.transact(as(secretary), (tx) => answersOf(tx, id))
    expect([...said.values()].map(({ version }) => version)).toEqual([1])
  })

  test('GOV-5: parties that answer at the same moment do not get in each other’s way', async () => {
    const { token, id } = await asked()
    const answers = await Promise.all(
      ['herning-kommune', 'herning-kommune', 'viborg-kommune', 'viborg-byraad'].map((slug) => byLink(token(slug))),
    )
    expect(answers.map(({ is }) => is)).toEqual(['ok', 'ok', 'ok', 'ok'])
    const said = await db.transact(as(secretary), (tx) => answersOf(tx, id))
    expect([...said.values()].map(({ version }) => version).toSorted()).toEqual([1, 1, 2])
  })

  test('GOV-5: remarks are asked for where the answer needs them', async () => {
    const { token } = await asked()
    for (const answer of ['object', 'agree-with-remarks'])
      expect(await byLink(token('herning-kommune'), { answer })).toMatchObject({
        is: 'invalid',
        errors: [{ path: 'remarks' }],
      })
    expect(await byLink(token('herning-kommune'), { answer: 'no-remarks', remarks: 'But' })).toMatchObject({
      is: 'invalid',
    })
  })

  test('GOV-5: a link answers for its own party alone; one that nobody was given for none', async () => {
    const { token, id, party } = await asked()
    expect(await byLink(newAnswerToken())).toEqual({ is: 'notFound' })
    await expect(
      db.transact(as(null, answerPurpose(token('viborg-kommune'))), (tx) =>
        tx.all(sql`insert into governance.consultation_answer (party_id, consultation_id, answer, answered_at)
          values (${party('herning-kommune')}, ${id}, 'agree', ${tx.now})`),
      ),
    ).rejects.toThrow(/row-level security/)
    okValue(await byLink(token('herning-kommune'), { answer: 'object', remarks: 'hidden-mark' }))
    const seen = (purpose?: string, actor: Actor | null = null) =>
      db.transact(as(actor, purpose), (tx) =>
        tx.all(sql<{ remarks: string; name: string }>`select a.remarks, u.name from governance.consultation_answer a
          left join governance.consultation_author u on u.answer_id = a.id where a.consultation_id = ${id}`),
      )
    for (const rows of [
      await seen(),
      await seen(answerPurpose(token('viborg-kommune'))),
      await seen(undefined, stranger),
    ])
      expect(rows).toEqual([])
    for (const rows of [
      await seen(answerPurpose(token('herning-kommune'))),
      await seen(undefined, secretary),
      await seen(undefined, herning),
    ])
      expect(rows).toEqual([{ remarks: 'hidden-mark', name: 'Ada Holm' }])
  })

  test('GOV-5: an extension comes before the end, with a reason; afterwards it is refused in words and in the database', async () => {
    const { id, token } = await asked()
    expect(
      await does(db, secretary, extendConsultation, { id, until: '2027-03-30', reason: 'Holidays' }),
    ).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'until' }],
    })
    expect(await does(db, secretary, extendConsultation, { id, until: '2027-04-07', reason: ' ' })).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'reason' }],
    })
    db.clock.now = new Date(end.getTime() - hours)
    okValue(await does(db, secretary, extendConsultation, { id, until: '2027-04-07', reason: 'Holidays' }))
    db.clock.now = end
    okValue(await byLink(token('herning-kommune')))
    const later = new Date('2027-04-07T22:00:00Z')
    expect((await read(id))?.closesAt).toEqual(later)
    db.clock.now = later
    expect(await does(db, secretary, extendConsultation, { id, until: '2027-04-20', reason: 'More' })).toMatchObject({
      is: 'late',
      message: expect.stringMatching(/7.April.2027/),
    })
    const extend = (set: ReturnType<typeof sql>) =>
      db.transact(as(secretary), (tx) => tx.all(sql`update governance.consultation set ${set} where id = ${id}`))
    await expect(extend(sql`closes_at = '2027-05-01', changed_at = '2027-04-07T22:00:01Z'`)).rejects.toThrow(
      /extended before its end/,
    )
    // nobody gives more time without saying why
    await expect(extend(sql`closes_at = '2027-05-01', changed_at = '2027-04-07T21:00:00Z'`)).rejects.toThrow(/says why/)
  })

  test('GOV-5: nobody confirms before the end, and the secretariat only on the word of the chair', async () => {
    const { id, token } = await asked()
    okValue(await byLink(token('herning-kommune')))
    const confirm = (more: Record<string, unknown> = {}, actor = secretary) =>
      does(db, actor, confirmConsultation, { id, ...more } as never)
    expect(await confirm({ word: 'mail' })).toMatchObject({
      is: 'late',
      message: expect.stringMatching(/30.March.2027/),
    })
    await expect(
      db.transact(as(secretary), (tx) =>
        tx.all(
          sql`update governance.consultation set state = 'closed', closed_at = ${tx.now}, changed_at = ${tx.now} where id = ${id}`,
        ),
      ),
    ).rejects.toThrow(/not ended yet|check constraint/)
    db.clock.now = end
    expect(await confirm()).toMatchObject({ is: 'invalid', errors: [{ path: 'word' }] })
    await expect(
      db.transact(as(secretary), async (tx) => {
        await tx.all(
          sql`update governance.consultation set state = 'closed', closed_at = ${tx.now}, changed_at = ${tx.now} where id = ${id}`,
        )
        await tx.all(
          sql`update governance.consultation set state = 'confirmed', confirmed_at = ${tx.now}, confirmed_by = ${secretary.account}, outcome = 'agreed',
              tally = '{}', changed_at = ${tx.now} where id = ${id}`,
        )
      }),
    ).rejects.toThrow(/the chair confirms, or the secretariat on the word of the chair/)
    expect(await confirm({ word: 'mail' }, stranger)).toEqual({ is: 'forbidden' })
    expect(await does(db, secretary, publishConsultation, { id })).toMatchObject({ is: 'late' })
    expect(okValue(await confirm({ word: 'mail of 31 March' })).outcome).toBe('agreed')
    expect(await read(id, secretary)).toMatchObject({ state: 'confirmed', tally: { parties: 3, agree: 1, silent: 2 } })
    expect([...(await db.transact(as(null), (tx) => answersOf(tx, id))).keys()]).toEqual([])
    okValue(await does(db, secretary, publishConsultation, { id }))
    const open = await db.transact(as(null), (tx) => answersOf(tx, id))
    expect([...open.values()].map(({ answer, author }) => [answer, author])).toEqual([['agree', undefined]])
    await expect(
      db.transact(as(secretary), (tx) =>
        tx.all(sql`update governance.consultation set outcome = 'declined', changed_at = ${tx.now} where id = ${id}`),
      ),
    ).rejects.toThrow(/is over/)
  })

  test.each([
    ['agrees', 'agreed'],
    ['objects', 'declined'],
    ['abstains', 'agreed'],
    ['not-counted', 'agreed'],
  ] as const)('GOV-5: silence %s as the rule of the body says, so that it is %s', async (silence, outcome) => {
    db.clock.now = sentAt
    const { rows } = await db.ownerPool.query(`select id, content from governance.rule_version where table_id =
      (select id from governance.rule_table where pack = 'dk-midtjylland' and slug = 'consultation')`)
    for (const { id, content } of rows) {
      for (const rule of content.rules) rule.says.silence = `"${silence}"`
      const output = content.outputs.find((one: { id: string }) => one.id === 'silence')
      if (!output.values.some((one: { value: string }) => one.value === silence))
        output.values.push({ value: silence, names: { en: silence } })
      await db.ownerPool.query('update governance.rule_version set content = $2 where id = $1', [id, content])
    }
    const { id, token } = await asked()
    okValue(await byLink(token('herning-kommune')))
    db.clock.now = end
    const confirmed = await does(db, secretary, confirmConsultation, { id, word: 'by mail' })
    expect(okValue(confirmed).outcome).toBe(outcome)
  })

  test('GOV-5: where nobody knows how the body decides, the chair says what came of it, and why', async () => {
    const { id, token } = await asked({ countedBy: undefined })
    okValue(await byLink(token('herning-kommune')))
    db.clock.now = end
    const confirm = (more: Record<string, unknown>) =>
      does(db, secretary, confirmConsultation, { id, word: 'by mail', ...more } as never)
    expect(await confirm({})).toMatchObject({ errors: [{ path: 'outcome' }] })
    expect(await confirm({ outcome: 'declined' })).toMatchObject({ errors: [{ path: 'reason' }] })
    expect(okValue(await confirm({ outcome: 'declined', reason: 'Too few answers' })).outcome).toBe('declined')
  })

  test('GOV-5: what the parties were asked does not change once it is sent; a draft does', async () => {
    db.clock.now = sentAt
    const { id } = okValue(await does(db, secretary, draftConsultation, question() as never))
    expect(await read(id)).toBeUndefined()
    const { body: _, ...rest } = question({ parties: ['organisation:aarhus-kommune'] })
    const change = (version: number) => does(db, secretary, changeConsultation, { ...rest, id, version } as never)
    okValue(await change(1))
    expect(await change(1)).toMatchObject({ is: 'conflict' })
    okValue(await does(db, secretary, sendConsultation, { id }))
    expect(await change(3)).toMatchObject({ is: 'late' })
    expect(await does(db, secretary, sendConsultation, { id })).toMatchObject({ is: 'late' })
    for (const statement of [
      sql`update governance.consultation set question = '{"en":"Else?"}' where id = ${id}`,
      sql`delete from governance.consultation_party where consultation_id = ${id}`,
    ])
      await expect(db.transact(as(secretary), (tx) => tx.all(statement))).rejects.toThrow(/does not change/)
  })

  test('GOV-5: a consultation is withdrawn with a reason; then nobody answers', async () => {
    const { id, token } = await asked()
    expect(await does(db, secretary, withdrawConsultation, { id, reason: '' })).toMatchObject({ is: 'invalid' })
    okValue(await does(db, secretary, withdrawConsultation, { id, reason: 'Asked in error' }))
    expect(await byLink(token('herning-kommune'))).toMatchObject({
      is: 'late',
      message: expect.stringMatching(/withdrawn/),
    })
    expect(await does(db, secretary, withdrawConsultation, { id, reason: 'Again' })).toMatchObject({ is: 'late' })
  })

  test('GOV-5: an unknown party is named', async () => {
    expect(
      await does(db, secretary, draftConsultation, question({ parties: ['organisation:nobody'] }) as never),
    ).toMatchObject({ is: 'invalid', errors: [{ path: 'parties', message: expect.stringContaining('nobody') }] })
  })
})

describe('a step of another part asks', () => {
  const subject = { kind: 'capacity.adjustment', id: '0199a000-0000-7000-8000-000000000001' }
  const given = { ...subject, parties: ['herning-kommune', 'odder-kommune'] }

  test('GOV-5: whoever does not keep the secretariat asks on the errand of the step; it stands beside its subject, and what came of it goes back there', async () => {
    db.clock.now = sentAt
    const { id, lastDay } = okValue(await does(db, operator, askAbout(), given))
    expect(lastDay).toBe('2027-03-30')
    expect(await read(id)).toMatchObject({ state: 'open', subject, terms: { days: 14 } })
    const links = await db.transact(as(null), (tx) => linksOf(tx, subject))
    expect(links).toMatchObject([{ from: { kind: consultationKind, id }, relation: 'asks-about', to: subject }])
    // who asked leads it no further: that is for the secretariat
    for (const outcome of [
      await does(db, operator, extendConsultation, { id, until: '2027-04-07', reason: 'More' }),
      await does(db, operator, withdrawConsultation, { id, reason: 'Not now' }),
    ])
      expect(outcome).toEqual({ is: 'forbidden' })
    db.clock.now = end
    expect(await does(db, operator, confirmConsultation, { id, word: 'me' })).toEqual({ is: 'forbidden' })
    okValue(await does(db, secretary, confirmConsultation, { id, outcome: 'agreed', reason: 'Asked', word: 'by mail' }))
    expect(await db.transact(as(operator), (tx) => consultationResult(tx, id))).toMatchObject({
      state: 'confirmed',
      outcome: 'agreed',
      page: `/consultations/${id}`,
    })
    const { rows } = await db.ownerPool.query(
      `select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where t.identifier = 'capacity.step-heard'`,
    )
    expect(rows).toEqual([{ payload: { consultation: id, subject } }])
  })

  test('GOV-5: without that errand the database refuses, and on it nobody confirms or asks in the name of another', async () => {
    db.clock.now = sentAt
    const count = async () =>
      (await db.ownerPool.query('select count(*)::int as n from governance.consultation')).rows[0].n
    const before = await count()
    await expect(does(db, operator, askAbout('governance.other'), given)).rejects.toThrow(/row-level security/)
    expect(await does(db, operator, askAbout(), { ...given, parties: [] })).toMatchObject({
      errors: [{ path: 'parties' }],
    })
    expect(await does(db, operator, askAbout(), { ...given, parties: ['nobody'] })).toMatchObject({
      errors: [{ path: 'parties' }],
    })
    expect(await count()).toBe(before)
    const { id } = okValue(await does(db, operator, askAbout(), given))
    const change = (actor: Actor, set: ReturnType<typeof sql>) =>
      db.transact(as(actor, consultPurpose), (tx) =>
        tx.all(sql`update governance.consultation set ${set}, changed_at = ${tx.now} where id = ${id} returning id`),
      )
    // a row of somebody else is not there for them
    expect(await change(stranger, sql`state = 'withdrawn', withdrawn_at = now(), withdrawn_reason = 'x'`)).toEqual([])
    db.clock.now = end
    await expect(change(operator, sql`state = 'closed', closed_at = ${end}`)).rejects.toThrow(/row-level security/)
  })

  test('GOV-5: over the API an answer goes to a party of the consultation that the address names, and to no other', async () => {
    const mine = await asked()
    const other = await asked()
    const answer = (consultation: string) =>
      does(db, herning, answerForParty, { party: mine.party('herning-kommune'), consultation, ...fields })
    expect(await answer(other.id)).toEqual({ is: 'notFound' })
    expect(okValue(await answer(mine.id)).consultation).toBe(mine.id)
  })
})
