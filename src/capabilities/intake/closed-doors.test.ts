import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { type TestDatabase, testDatabase } from '../../../test/database.ts'
import { act, askForHelp, done, loadIntakePacks, newToken, seen, serviceId } from '../../../test/intake-house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import type { Outcome } from '../../platform/access/outcome.ts'
import { askForDocuments } from './commands/ask-for-documents.ts'
import { continueReview } from './commands/continue-review.ts'
import { decideRequest } from './commands/decide-request.ts'
import { noteAssessment } from './commands/note-assessment.ts'
import { saveDraft } from './commands/save-draft.ts'
import { setService } from './commands/set-service.ts'
import { settleDocument } from './commands/settle-document.ts'
import { startRequest } from './commands/start-request.ts'
import { submitRequest } from './commands/submit-request.ts'
import { takeRequest } from './commands/take-request.ts'
import { withdrawRequest } from './commands/withdraw-request.ts'
import { alertDuty } from './jobs/alert-duty.ts'
import { linkHash, linkPurpose } from './link.ts'
import { alertsOf } from './store/alerts.ts'
import { clocksOf } from './store/clocks.ts'
import { documentsOf } from './store/documents.ts'
import { readPerson } from './store/people.ts'
import { readRequest, requestRedirectedFrom } from './store/requests.ts'
import { stepsOf } from './store/steps.ts'
import type { EnteredBy } from './types.ts'

const db = await testDatabase()
let worker: Actor

beforeAll(async () => {
  await loadIntakePacks(db)
  worker = await addActor(db, 'Олена Коваль', [{ organisation: 'dovira', role: 'case_worker' }])
})

const shelter = { pack: 'ua-kharkiv', service: 'nadannia-prytulku' } as const
const given = { name: 'Helga Brandt', relation: 'neighbour', consent: 'given' } as const

/** Two services of one region that two offices answer. */
async function twoOffices(on: TestDatabase) {
  const { rows } = await on.ownerPool.query<{ service: string; slug: string; office: string; organisation: string }>(
    `select distinct on (o.id) s.id as service, s.slug, o.id as office, o.slug as organisation
     from directory.service s join access.organisation o on o.id = s.organisation_id
     where s.pack = 'dk-midtjylland' and s.status = 'active' and s.card -> 'documents' = '[]' order by o.id, s.slug limit 2`,
  )
  const [first, second] = rows
  if (!first || !second) throw new Error('the region has no two offices')
  return { first, second }
}

describe('INT-1: a link opens its own request', () => {
  test('whoever sees another request by their account holds no link of it', async () => {
    const own = await askForHelp(db, shelter)
    const { id } = await askForHelp(db, shelter)
    // the office says why it takes a request back; a link in its hands would make it the person
    expect((await act(db, worker, withdrawRequest, { token: own.token, request: id })).is).toBe('notFound')
    expect((await act(db, worker, withdrawRequest, { request: id })).is).toBe('invalid')
  })
})

describe('INT-1: without consent, whoever wrote sees that it arrived, and no more', () => {
  const missing = { ...given, consent: 'missing', consentMissing: 'She cannot speak at the moment.' } as const
  /** Begun by somebody who has signed in, sent from *My requests*. */
  const sent = async (begun: { kind?: 'notice' | 'referral'; forMyself: boolean }, enteredBy: EnteredBy) => {
    const helper = await addActor(db, 'Helga Brandt')
    const token = newToken()
    const service = await serviceId(db, shelter.service)
    const { id } = done(await act(db, helper, startRequest, { token, pack: shelter.pack, service, ...begun }))
    const named = { request: id }
    const particulars = { name: 'Olena Tkachenko' }
    const situation = { words: 'Їй ніде жити.' }
    const kind = begun.kind === 'notice' ? 'application' : undefined
    done(await act(db, helper, saveDraft, { ...named, version: 1, kind, particulars, situation, enteredBy }))
    done(await act(db, helper, submitRequest, { ...named, version: 2 }))
    return { id, token, helper }
  }

  test('who began for themselves and wrote for another is not the person', async () => {
    const { id, token, helper } = await sent({ forMyself: true }, missing)
    expect(await seen(db, id, helper)).toBeUndefined()
    expect(await seen(db, id, { token })).toBeUndefined()
    const { rows } = await db.ownerPool.query(
      'select p.account_id from intake.request r join intake.person p on p.id = r.person_id where r.id = $1',
      [id],
    )
    expect(rows).toEqual([{ account_id: null }])
  })

  test('the link under which it began tells no more, also where it was sent by account', async () => {
    const { id, token, helper } = await sent({ kind: 'referral', forMyself: false }, missing)
    expect(await seen(db, id, helper)).toBeUndefined()
    expect(await seen(db, id, { token })).toBeUndefined()
  })

  test('what began as a notice and became a request with consent is read by its link', async () => {
    const { id, token, helper } = await sent({ kind: 'notice', forMyself: false }, given)
    expect((await seen(db, id, helper))?.state).toBe('submitted')
    expect((await seen(db, id, { token }))?.state).toBe('submitted')
  })
})

describe('INT-2: what is redirected', () => {
  test('goes to another office, and stays with the person, their helper and their link', async () => {
    const resident = await addActor(db, 'Наталя Гриценко')
    const helper = await addActor(db, 'Helga Brandt')
    const { first, second } = await twoOffices(db)
    const theirs = await addActor(db, 'Jens Holm', [{ organisation: first.organisation, role: 'case_worker' }])
    const next = await addActor(db, 'Mette Friis', [{ organisation: second.organisation, role: 'case_worker' }])
    for (const [actor, kind, enteredBy] of [
      [resident, 'application', undefined],
      [helper, 'referral', given],
    ] as const) {
      const asked = await askForHelp(db, { pack: 'dk-midtjylland', service: first.slug, actor, kind, enteredBy })
      done(await act(db, theirs, takeRequest, { request: asked.id }))
      const agreed = 'Телефоном 23 листопада.'
      done(
        await act(db, theirs, decideRequest, {
          request: asked.id,
          outcome: 'redirected',
          redirect: second.service,
          agreed,
        }),
      )
      const onward = await db.transact({ actor: null, purpose: linkPurpose(asked.token) }, (tx) =>
        requestRedirectedFrom(tx, asked.id),
      )
      const id = onward?.id ?? ''
      expect(onward?.handler).toBe(second.office)
      expect((await seen(db, id, actor))?.state).toBe('submitted')
      expect(await seen(db, id, theirs)).toBeUndefined()
      // every office keeps a record of its own: without one there is no contract and no letter by hand
      const record = await db.transact({ actor: next.account }, (tx) => readPerson(tx, onward?.person ?? ''))
      expect(record).toMatchObject({ authority: second.office, name: 'Гриценко Наталя Іванівна' })
    }
  })
})

describe('INT-2: two at once', () => {
  /** Both act at the same moment, each in a transaction of its own. */
  const both = async (one: Promise<Outcome<unknown>>, other: Promise<Outcome<unknown>>) =>
    (await Promise.all([one, other])).map(({ is }) => is).sort()
  const taken = async () => {
    const asked = await askForHelp(db, shelter)
    done(await act(db, worker, takeRequest, { request: asked.id }))
    const papers = await db.transact({ actor: worker.account }, (tx) => documentsOf(tx, asked.id))
    return { ...asked, papers: papers.filter(({ from }) => from === 'person').map(({ id }) => id) }
  }
  const draft = async () => {
    const token = newToken()
    const service = await serviceId(db, shelter.service)
    done(await act(db, null, startRequest, { token, pack: shelter.pack, service }))
    done(
      await act(db, null, saveDraft, {
        token,
        version: 1,
        particulars: { name: 'Olena Tkachenko' },
        situation: { words: 'Мені ніде жити.' },
      }),
    )
    return token
  }

  test('a request that is sent from two windows is sent once', async () => {
    const token = await draft()
    const send = () => act(db, null, submitRequest, { token, version: 2 })
    expect(await both(send(), send())).toEqual(['late', 'ok'])
  })

  test('two decisions, and a decision and its withdrawal: one of them holds', async () => {
    const first = await taken()
    for (const document of first.papers) done(await act(db, worker, settleDocument, { document, as: 'seen' }))
    const accept = (request: string) => act(db, worker, decideRequest, { request, outcome: 'accepted' })
    expect(await both(accept(first.id), accept(first.id))).toEqual(['late', 'ok'])
    const second = await taken()
    for (const document of second.papers) done(await act(db, worker, settleDocument, { document, as: 'seen' }))
    const withdraw = act(db, null, withdrawRequest, { token: second.token })
    expect(await both(withdraw, accept(second.id))).toEqual(['late', 'ok'])
  })

  test('asked for papers twice at once, another service twice at once: no step is made twice', async () => {
    const { id, papers } = await taken()
    const service = await serviceId(db, 'konsultuvannia')
    const change = () => act(db, worker, setService, { request: id, service })
    expect(await both(change(), change())).toEqual(['ok', 'ok'])
    const other = await taken()
    const ask = () => act(db, worker, askForDocuments, { request: other.id, documents: other.papers })
    expect(await both(ask(), ask())).toEqual(['late', 'ok'])
    const settle = (as: 'seen' | 'waived') =>
      Promise.all(
        other.papers.map((document) => act(db, worker, settleDocument, { document, as, reason: 'Not needed here' })),
      ).then(([outcome]) => outcome ?? { is: 'notFound' as const })
    await both(settle('seen'), settle('waived'))
    const steps = await db.transact({ actor: worker.account }, (tx) => stepsOf(tx, other.id))
    expect(steps.filter(({ from, to }) => from === 'waiting' && to === 'in-review').length).toBe(1)
    expect(papers.length).toBeGreaterThan(0)
  })
})

describe('INT-3: another service', () => {
  test('asks for no assessment again, and counts no time in which the office waited', async () => {
    const { id } = await askForHelp(db, shelter)
    const clocks = async () =>
      Object.fromEntries(
        (await db.transact({ actor: worker.account }, (tx) => clocksOf(tx, id)))
          .filter(({ stoppedAt }) => !stoppedAt)
          .map((clock) => [clock.kind, clock]),
      )
    done(await act(db, worker, takeRequest, { request: id }))
    done(await act(db, worker, noteAssessment, { request: id }))
    const [paper] = await db.transact({ actor: worker.account }, (tx) => documentsOf(tx, id))
    const document = paper?.id ?? ''
    done(await act(db, worker, askForDocuments, { request: id, documents: [document] }))
    const now = db.clock.now
    db.clock.advance(7 * 86_400_000)
    done(await act(db, worker, settleDocument, { document, as: 'seen' }))
    const before = await clocks()
    expect(before.decision?.pauses.length).toBe(1)
    const service = await serviceId(db, 'konsultuvannia')
    done(await act(db, worker, setService, { request: id, service }))
    const after = await clocks()
    expect(after.assessment).toBeUndefined()
    expect(after.decision?.dueAt).toEqual(before.decision?.dueAt)
    expect(after.decision?.startedAt).toEqual(before.decision?.startedAt)
    db.clock.now = now
  })
})

describe('INT-3: an emergency', () => {
  test('is passed on to somebody also where there is no duty list and no team lead', async () => {
    const { id } = await askForHelp(db, { ...shelter, situation: { dangers: ['violence'] } })
    const calls = await db.transact({ actor: null, purpose: 'intake' }, async (tx) => {
      await alertDuty(tx, 'http://own.example', { request: id, escalate: false })
      return alertsOf(tx, id)
    })
    expect(calls.map(({ account }) => account)).toEqual([worker.account])
  })
})

describe('INT-5: a refusal is fair', () => {
  test('a paper that nobody asked for is no ground, however long ago another was asked for', async () => {
    const service = 'vlashtuvannia-do-simeinykh-form-vykhovannia'
    const { id } = await askForHelp(db, { pack: 'ua-kharkiv', service })
    done(await act(db, worker, takeRequest, { request: id }))
    const papers = await db.transact({ actor: worker.account }, (tx) => documentsOf(tx, id))
    const asked = papers.filter(({ from, needed }) => from === 'person' && needed === 'at-application')
    const [first, second] = asked
    if (!first || !second) throw new Error('the card asks for two papers')
    const { until } = done(await act(db, worker, askForDocuments, { request: id, documents: [first.id] }))
    for (const { id: document } of asked)
      if (document !== second.id) done(await act(db, worker, settleDocument, { document, as: 'seen' }))
    const now = db.clock.now
    db.clock.now = new Date(until)
    await db.transact({ actor: null, purpose: 'intake' }, async (tx) => {
      const request = await readRequest(tx, id)
      if (request) await continueReview(tx, request, null)
    })
    const facts = 'Документа про статус сім’ї немає.'
    const refusal = { request: id, outcome: 'refused', ground: 'incomplete-documents', facts } as const
    const refuse = (more: object) => act(db, worker, decideRequest, { ...refusal, human: 'Олена', ...more })
    expect(await refuse({})).toMatchObject({ is: 'invalid', errors: [{ path: 'outcome' }] })
    const bySql = (alternatives: string) =>
      db.ownerPool.query(
        `insert into intake.decision (request_id, outcome, service_id, ground_code, facts, human, alternatives, appeal, decided_at)
         select id, 'refused', service_id, 'incomplete-documents', $2, 'Олена', ${alternatives}, '{}', $3 from intake.request where id = $1`,
        [id, facts, db.clock.now],
      )
    await expect(bySql(`'{}'`)).rejects.toThrow('INT-5: missing papers')
    const again = done(await act(db, worker, askForDocuments, { request: id, documents: [second.id] }))
    db.clock.now = new Date(again.until)
    await db.transact({ actor: null, purpose: 'intake' }, async (tx) => {
      const request = await readRequest(tx, id)
      if (request) await continueReview(tx, request, null)
    })
    // what is offered instead is there to be had
    for (const other of [await serviceId(db, service), '00000000-0000-4000-8000-000000000000'])
      expect(await refuse({ alternatives: [other] })).toMatchObject({
        is: 'invalid',
        errors: [{ path: 'alternatives' }],
      })
    await expect(bySql('array[service_id]')).rejects.toThrow('INT-5: what is offered')
    done(await refuse({}))
    db.clock.now = now
  })
})

describe('INT-1, INT-2 in the database: nobody takes what is not theirs, whoever writes the SQL', () => {
  type Who = 'link' | 'person' | 'other office'
  let mine: { id: string; token: string }
  let draft: { id: string; token: string }
  let victim: { id: string; person: string; document: string }
  let resident: Actor
  let strange: Actor

  beforeAll(async () => {
    resident = await addActor(db, 'Наталя Гриценко')
    strange = await addActor(db, 'Jens Holm', [{ organisation: 'viborg-kommune', role: 'team_lead' }])
    mine = await askForHelp(db, { ...shelter, actor: resident })
    done(await act(db, worker, takeRequest, { request: mine.id }))
    const token = newToken()
    draft = { token, ...done(await act(db, null, startRequest, { token, pack: shelter.pack })) }
    const { id } = await askForHelp(db, shelter)
    const { rows } = await db.ownerPool.query(
      'select r.person_id, d.id from intake.request r join intake.document d on d.request_id = r.id where r.id = $1',
      [id],
    )
    victim = { id, person: rows[0].person_id, document: rows[0].id }
  })

  /** @returns how many rows it changed, or why it was refused; nothing of it stays */
  async function attempt(who: Who, on: { token: string }, sql: string): Promise<number | string> {
    const client = await db.pool.connect()
    const words = sql
      .replaceAll('$mine', `'${mine.id}'`)
      .replaceAll('$draft', `'${draft.id}'`)
      .replaceAll('$victim', `'${victim.id}'`)
      .replaceAll('$person', `'${victim.person}'`)
      .replaceAll('$paper', `'${victim.document}'`)
      .replaceAll('$worker', `'${worker.account}'`)
      .replaceAll('$hash', `decode('${linkHash(on.token).toString('hex')}', 'hex')`)
    const actor = who === 'person' ? resident.account : who === 'other office' ? strange.account : ''
    try {
      await client.query('begin')
      await client.query(`select set_config('app.actor', $1, true), set_config('app.purpose', $2, true)`, [
        actor,
        who === 'link' ? linkPurpose(on.token) : '',
      ])
      const { rowCount } = await client.query(words)
      await client.query('set constraints all immediate')
      return rowCount ?? 0
    } catch (error) {
      return (error as Error).message
    } finally {
      await client.query('rollback')
      client.release()
    }
  }
  const refused = /^(INT-\d|permission denied|new row violates row-level security)/
  const onRequest = (change: string, request = '$mine') => `update intake.request set ${change} where id = ${request}`

  test.each([
    onRequest(`state = 'in-review', handler_id = (select id from access.organisation where slug = 'viborg-kommune')`),
    onRequest('person_id = $person'),
    onRequest('person_id = $person', '$draft'),
    onRequest('account_id = $worker', '$draft'),
    onRequest('entered_by_account = $worker', '$draft'),
    onRequest('assigned_to = $worker', '$draft'),
    onRequest(`urgency = 'emergency'`),
    onRequest(`needs_body = '{}', draft = '{}'`),
    onRequest(`state = 'waiting'`),
    onRequest('id = uuidv7()'),
    'update intake.link set request_id = $victim',
    `update intake.link set kind = 'applicant', expires_at = 'infinity'`,
    `insert into intake.link (token_hash, request_id, kind, reference, expires_at) values ($hash, $victim, 'applicant', 'x', 'infinity')`,
    `insert into intake.link (token_hash, request_id, kind, reference, expires_at) values (sha256('a'), $victim, 'applicant', 'x', 'infinity')`,
    `insert into intake.step (request_id, at, deed) values ($victim, now(), 'state')`,
    `insert into intake.step (request_id, at, deed, account_id) values ($mine, now(), 'assessed', $worker)`,
    `insert into intake.document (request_id, position, names, needed, from_whom) values ($victim, 90, '{}', 'if-available', 'person')`,
    `insert into intake.document (request_id, position, names, needed, from_whom, state) values ($mine, 90, '{}', 'if-available', 'person', 'seen')`,
    `insert into intake.document (request_id, position, names, needed, from_whom, state, reused_from) values ($draft, 90, '{}', 'if-available', 'person', 'open', $paper), ($draft, 91, '{}', 'if-available', 'person', 'seen', $paper)`,
    `update intake.document set state = 'waived', reason = 'not needed' where request_id = $mine`,
    `update intake.clock set stopped_at = now() where request_id = $mine`,
    `update intake.clock set due_at = 'infinity' where request_id = $mine`,
    `insert into intake.clock (request_id, kind, deadline, started_at, due_at, warn_at) values ($mine, 'appeal', '{}', now(), now(), now())`,
    `insert into intake.waiting (request_id, service_id, handler_id, urgency, since) select id, service_id, handler_id, 'emergency', '2020-01-01' from intake.request where id = $mine`,
    `insert into intake.follow_up (request_id, position, kind) values ($mine, 0, 'contract')`,
    `insert into intake.letter (request_id, kind, cause, locale, subject, paragraphs, at, sent) values ($mine, 'decision', 'x', 'en', 'x', '[]', now(), 'mail')`,
    `insert into intake.alert (request_id, account_id, at, reason) values ($mine, $worker, now(), 'duty')`,
    `insert into intake.person (authority_id, name) select id, 'Nobody' from access.organisation where slug = 'aarhus-kommune'`,
    `insert into intake.duty (organisation_id, account_id, during) select id, $worker, tstzrange(now(), now() + interval '1 hour') from access.organisation where slug = 'dovira'`,
    `insert into intake.request (reference, kind, pack, draft, locale, person_id) values ('ABCDE-12345', 'application', 'ua-kharkiv', '{}', 'en', $person)`,
    `insert into intake.request (reference, kind, pack, draft, locale, redirected_from) values ('ABCDE-12345', 'application', 'ua-kharkiv', '{}', 'en', $victim)`,
  ])('%s', async (sql) => {
    const on = sql.includes('$draft') ? draft : mine
    const whose: Who[] = sql.includes('$draft') ? ['link', 'other office'] : ['link', 'person', 'other office']
    for (const who of whose) {
      const outcome = await attempt(who, on, sql)
      if (outcome !== 0) expect([who, outcome]).toEqual([who, expect.stringMatching(refused)])
    }
    // and it is a statement that somebody could mean
    expect(await attempt('link', on, sql)).not.toMatch(/syntax|does not exist/)
  })

  test('a file of somebody else is not read by laying it to one’s own paper', async () => {
    const { rows } = await db.ownerPool.query(
      `insert into files.file (name, type, size, sha256, wrapped_key, storage, location) values ('x.pdf', 'application/pdf', 1, sha256('x'), 'x', 'folder', uuidv7()) returning id`,
    )
    await db.ownerPool.query(
      'insert into intake.document_file (document_id, file_id, name, at) values ($1, $2, $3, now())',
      [victim.document, rows[0].id, 'x.pdf'],
    )
    const steal = `insert into intake.document_file (document_id, file_id, name, at)
      select id, '${rows[0].id}', 'x', now() from intake.document where request_id = $mine`
    for (const who of ['link', 'person'] as const) expect(await attempt(who, mine, steal)).toMatch(refused)
  })

  test('whoever asked still does what is theirs: takes it back, and throws a draft away, also as a helper', async () => {
    expect(await attempt('person', mine, onRequest(`state = 'withdrawn'`))).toBe(1)
    expect(await attempt('link', draft, 'delete from intake.request where id = $draft')).toBe(1)
    const helper = await addActor(db, 'Helga Brandt')
    const token = newToken()
    const { id } = done(
      await act(db, helper, startRequest, { token, pack: shelter.pack, kind: 'referral', forMyself: false }),
    )
    expect(done(await act(db, helper, withdrawRequest, { request: id })).draft).toBe(true)
  })
})
