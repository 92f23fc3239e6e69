import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testDatabase } from '../../../test/database.ts'
import { act, askForHelp, done, loadIntakePacks, newToken, seen, serviceId } from '../../../test/intake-house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { recordDecision } from '../governance/contract.ts'
import { askForDocuments } from './commands/ask-for-documents.ts'
import { completeFollowUp } from './commands/complete-follow-up.ts'
import { continueReview } from './commands/continue-review.ts'
import { decideRequest } from './commands/decide-request.ts'
import { leaveWaiting } from './commands/leave-waiting.ts'
import { saveDraft } from './commands/save-draft.ts'
import { setService } from './commands/set-service.ts'
import { settleDocument } from './commands/settle-document.ts'
import { startRequest } from './commands/start-request.ts'
import { submitRequest } from './commands/submit-request.ts'
import { takeRequest } from './commands/take-request.ts'
import { withdrawRequest } from './commands/withdraw-request.ts'
import { linkPurpose } from './link.ts'
import { clocksOf } from './store/clocks.ts'
import { decisionOf, followUpsOf } from './store/decisions.ts'
import { documentsOf } from './store/documents.ts'
import { readPerson } from './store/people.ts'
import { readRequest, requestRedirectedFrom } from './store/requests.ts'

const db = await testDatabase()
let worker: Actor
let stranger: Actor

beforeAll(async () => {
  await loadIntakePacks(db)
  worker = await addActor(db, 'Олена Коваль', [
    { organisation: 'dovira', role: 'case_worker' },
    { organisation: 'dovira', role: 'secretariat' },
  ])
  stranger = await addActor(db, 'Jens Holm', [{ organisation: 'viborg-kommune', role: 'case_worker' }])
})

const papersOf = (id: string) => db.transact({ actor: worker.account }, (tx) => documentsOf(tx, id))
const clocks = async (id: string) =>
  Object.fromEntries(
    (await db.transact({ actor: worker.account }, (tx) => clocksOf(tx, id))).map((clock) => [clock.kind, clock]),
  )
/** Everything that a person brings has been seen. */
async function seeAllPapers(id: string): Promise<void> {
  for (const { id: document, state } of await papersOf(id))
    if (state === 'open') done(await act(db, worker, settleDocument, { document, as: 'seen' }))
}

describe('INT-1: anyone can ask', () => {
  test('INT-1: without an account, half-filled, resumed by link; nobody else sees it', async () => {
    const token = newToken()
    const { id } = done(await act(db, null, startRequest, { token, pack: 'ua-kharkiv' }))
    const kept = done(await act(db, null, saveDraft, { token, version: 1, situation: { words: 'Мені ніде жити.' } }))
    expect((await seen(db, id, { token }))?.draft.situation.words).toBe('Мені ніде жити.')
    expect(await seen(db, id, { token: newToken() })).toBeUndefined()
    expect(await seen(db, id, worker)).toBeUndefined()
    const stale = await act(db, null, saveDraft, { token, version: 1, situation: { words: 'Інше.' } })
    expect(stale.is).toBe('conflict')
    expect(kept.version).toBe(2)
  })

  test('INT-1: a formal service asks for a name, information does not', async () => {
    const ask = async (slug: string) => {
      const token = newToken()
      const service = await serviceId(db, slug)
      done(await act(db, null, startRequest, { token, pack: 'ua-kharkiv', service }))
      done(await act(db, null, saveDraft, { token, version: 1, situation: { words: 'Прошу поради.' } }))
      return act(db, null, submitRequest, { token, version: 2 })
    }
    expect(await ask('konsultuvannia')).toMatchObject({ is: 'invalid', errors: [{ path: 'particulars.name' }] })
    expect((await ask('sotsialna-profilaktyka')).is).toBe('ok')
  })

  test('INT-1: entered by X for Y: with consent X goes on reading, without it the reason is asked and X sees no more', async () => {
    const helper = await addActor(db, 'Helga Brandt')
    const enteredBy = { name: 'Helga Brandt', relation: 'neighbour', consent: 'given' } as const
    const asking = { pack: 'ua-kharkiv', service: 'nadannia-prytulku', kind: 'referral', actor: helper } as const
    const withConsent = await askForHelp(db, { ...asking, enteredBy })
    expect((await seen(db, withConsent.id, helper))?.enteredBy).toMatchObject(enteredBy)
    await expect(askForHelp(db, { ...asking, enteredBy: { ...enteredBy, consent: 'missing' } })).rejects.toThrow(
      'enteredBy.consentMissing',
    )
    const without = await askForHelp(db, {
      ...asking,
      enteredBy: { ...enteredBy, consent: 'missing', consentMissing: 'She cannot speak at the moment.' },
    })
    expect(await seen(db, without.id, helper)).toBeUndefined()
    expect(await seen(db, without.id, without)).toBeUndefined()
    expect((await seen(db, without.id, worker))?.enteredBy?.consentMissing).toBe('She cannot speak at the moment.')
  })
})

describe('INT-2: the way of a request', () => {
  test('INT-2: from the first word to the contract, each step once', async () => {
    const { id, token } = await askForHelp(db, { pack: 'ua-kharkiv', service: 'sotsialnyi-suprovid' })
    expect((await seen(db, id, worker))?.state).toBe('submitted')
    expect(await seen(db, id, stranger)).toBeUndefined()
    expect((await act(db, stranger, takeRequest, { request: id })).is).toBe('notFound')
    done(await act(db, worker, takeRequest, { request: id }))
    expect((await act(db, worker, takeRequest, { request: id })).is).toBe('late')
    await seeAllPapers(id)
    const request = await seen(db, id, worker)
    expect(request?.needsBody.length).toBeGreaterThan(0)
    expect(await act(db, worker, decideRequest, { request: id, outcome: 'accepted' })).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'bodyDecision' }],
    })
    const body = request?.needsBody[0] ?? ''
    const { rows } = await db.ownerPool.query(
      `select b.profile -> 'decidesOn' as matters from governance.body b where slug = $1`,
      [body],
    )
    const matter = rows[0].matters.find((one: { aboutPeople: boolean }) => one.aboutPeople).slug
    done(
      await act(db, worker, recordDecision, {
        body,
        matter,
        outcome: 'agreed',
        decidedOn: '2026-11-20',
        title: { uk: 'Взяти під супровід' },
        subject: { kind: 'intake.request', id },
      }),
    )
    const decided = done(await act(db, worker, decideRequest, { request: id, outcome: 'accepted' }))
    expect(decided.next).toEqual(['formal-decision', 'contract', 'case'])
    const [decision, follows] = await db.transact({ actor: null, purpose: linkPurpose(token) }, (tx) =>
      Promise.all([decisionOf(tx, id), followUpsOf(tx, id)]),
    )
    expect(decision).toMatchObject({ outcome: 'accepted', bodyDecision: expect.any(String) })
    expect(follows.map(({ kind, begunAt }) => [kind, begunAt !== undefined])).toEqual([
      ['formal-decision', true],
      ['contract', false],
      ['case', false],
    ])
    expect((await act(db, null, withdrawRequest, { token })).is).toBe('late')
  })

  test('INT-6: acceptance rests on an agreement that still holds, of the body of the card, about this very request', async () => {
    const asked = { pack: 'ua-kharkiv', service: 'sotsialnyi-suprovid' }
    const [{ id }, other] = [await askForHelp(db, asked), await askForHelp(db, asked)]
    done(await act(db, worker, takeRequest, { request: id }))
    await seeAllPapers(id)
    const body = (await seen(db, id, worker))?.needsBody[0] ?? ''
    const { rows } = await db.ownerPool.query(
      `select b.profile -> 'decidesOn' as matters from governance.body b where slug = $1`,
      [body],
    )
    const matter = rows[0].matters.find((one: { aboutPeople: boolean }) => one.aboutPeople).slug
    const record = async (outcome: 'agreed' | 'declined', subject = id) => {
      const decided = { decidedOn: '2026-11-20', title: { uk: 'Взяти під супровід' } }
      const about = { kind: 'intake.request', id: subject }
      return done(await act(db, worker, recordDecision, { body, matter, outcome, ...decided, subject: about })).id
    }
    const accept = (bodyDecision?: string) =>
      act(db, worker, decideRequest, { request: id, outcome: 'accepted', bodyDecision })
    const lacking = { is: 'invalid', errors: [{ path: 'bodyDecision' }] }
    for (const one of [await record('declined'), await record('agreed', other.id)])
      for (const named of [one, undefined]) expect(await accept(named)).toMatchObject(lacking)
    const wrong = await record('agreed')
    // by a later decision that whoever decides the request may not even read
    await db.ownerPool.query(
      `with who as (select set_config('app.actor', recorded_by::text, true) as actor from governance.decision where id = $1)
       insert into governance.decision (body_id, number, decided_on, matter, outcome, title, about_person, entered, recorded_by, supersedes)
         select d.body_id, '', d.decided_on, d.matter, 'declined', d.title, true, d.entered, d.recorded_by, d.id from who, governance.decision d where d.id = $1`,
      [wrong],
    )
    for (const named of [wrong, undefined]) expect(await accept(named)).toMatchObject(lacking)
    done(await accept(await record('agreed')))
  })

  test('INT-2: what follows acceptance is done in its turn, and not before', async () => {
    const { id } = await askForHelp(db, { pack: 'de-stuttgart', service: 'kita-platz' })
    const { rows } = await db.ownerPool.query(
      'select o.slug from intake.request r join access.organisation o on o.id = r.handler_id where r.id = $1',
      [id],
    )
    const clerk = await addActor(db, 'Jana Weiß', [{ organisation: rows[0].slug, role: 'case_worker' }])
    done(await act(db, clerk, takeRequest, { request: id }))
    for (const { id: document, state } of await db.transact({ actor: clerk.account }, (tx) => documentsOf(tx, id)))
      if (state === 'open') done(await act(db, clerk, settleDocument, { document, as: 'seen' }))
    expect(done(await act(db, clerk, decideRequest, { request: id, outcome: 'accepted' })).next).toEqual([
      'waiting-list',
      'formal-decision',
    ])
    const inform = () => act(db, clerk, completeFollowUp, { request: id, kind: 'formal-decision' })
    expect((await inform()).is).toBe('late')
    done(await act(db, clerk, leaveWaiting, { request: id, reason: 'place-found' }))
    done(await inform())
    expect((await inform()).is).toBe('late')
  })

  test('INT-2: the database refuses every other step, whoever writes the SQL', async () => {
    const { id } = await askForHelp(db, { pack: 'ua-kharkiv', service: 'nadannia-prytulku' })
    const client = await db.pool.connect()
    try {
      const attempt = async (state: string) => {
        await client.query('begin')
        await client.query(`select set_config('app.actor', $1, true)`, [worker.account])
        try {
          const { rowCount } = await client.query('update intake.request set state = $1 where id = $2', [state, id])
          return rowCount
        } catch (error) {
          return (error as Error).message.slice(0, 5)
        } finally {
          await client.query('rollback')
        }
      }
      expect(await attempt('in-review')).toBe(1)
      for (const state of ['draft', 'waiting', 'accepted', 'refused', 'redirected'])
        expect(await attempt(state), state).toBe('INT-2')
    } finally {
      client.release()
    }
  })

  test('INT-2: a draft that is taken back is gone; what was sent stays as withdrawn', async () => {
    const token = newToken()
    const { id } = done(await act(db, null, startRequest, { token, pack: 'ua-kharkiv' }))
    done(await act(db, null, withdrawRequest, { token }))
    expect((await db.ownerPool.query('select from intake.request where id = $1', [id])).rowCount).toBe(0)
    const sent = await askForHelp(db, { pack: 'ua-kharkiv', service: 'nadannia-prytulku' })
    done(await act(db, null, withdrawRequest, { token: sent.token, reason: 'Знайшли житло.' }))
    expect((await seen(db, sent.id, worker))?.state).toBe('withdrawn')
  })
})

describe('INT-3: clocks', () => {
  test('INT-3: an emergency starts its clock at once, pages the duty list, and is not held up by papers', async () => {
    const { id } = await askForHelp(db, {
      pack: 'ua-kharkiv',
      service: 'nadannia-prytulku',
      situation: { dangers: ['violence'] },
    })
    const request = await seen(db, id, worker)
    expect(request?.urgency).toBe('emergency')
    const { emergency } = await clocks(id)
    expect(emergency && emergency.dueAt.getTime() - emergency.startedAt.getTime()).toBe(24 * 3_600_000)
    expect(request?.dueAt).toEqual(emergency?.dueAt)
    const { rows } = await db.ownerPool.query(
      `select count(*)::int as n from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'intake.alert'`,
    )
    expect(rows[0].n).toBeGreaterThan(0)
    done(await act(db, worker, takeRequest, { request: id }))
    expect((await act(db, worker, decideRequest, { request: id, outcome: 'accepted' })).is).toBe('ok')
    expect((await clocks(id)).emergency?.stoppedAt).toBeDefined()
  })

  test('INT-3: waiting for the person stops the clock that the pack says, and it goes on with what was left', async () => {
    const { id } = await askForHelp(db, { pack: 'ua-kharkiv', service: 'nadannia-prytulku' })
    done(await act(db, worker, takeRequest, { request: id }))
    const before = (await clocks(id)).decision
    const [paper] = (await papersOf(id)).filter(({ from }) => from === 'person')
    done(await act(db, worker, askForDocuments, { request: id, documents: [paper?.id ?? ''] }))
    expect((await seen(db, id, worker))?.state).toBe('waiting')
    expect((await clocks(id)).decision?.pausedAt).toBeDefined()
    const now = db.clock.now
    db.clock.advance(7 * 86_400_000)
    done(await act(db, worker, settleDocument, { document: paper?.id ?? '', as: 'seen' }))
    const after = (await clocks(id)).decision
    expect((await seen(db, id, worker))?.state).toBe('in-review')
    expect(after?.pausedAt).toBeUndefined()
    expect((after?.dueAt.getTime() ?? 0) - (before?.dueAt.getTime() ?? 0)).toBeGreaterThanOrEqual(4 * 86_400_000)
    db.clock.now = now
  })
})

describe('INT-5: refusing', () => {
  test('INT-5: where the card lists no ground of entry, refused cannot be reached: not by command, not by SQL', async () => {
    const { id } = await askForHelp(db, { pack: 'ua-kharkiv', service: 'nadannia-prytulku' })
    done(await act(db, worker, takeRequest, { request: id }))
    const refused = await act(db, worker, decideRequest, {
      request: id,
      outcome: 'refused',
      ground: 'no-place',
      facts: 'There is no place at the moment.',
      human: 'Олена, 10–12',
    })
    expect(refused).toMatchObject({ is: 'invalid', errors: [{ path: 'outcome' }] })
    const bySql = async () => {
      const client = await db.pool.connect()
      try {
        await client.query('begin')
        await client.query(`select set_config('app.actor', $1, true)`, [worker.account])
        await client.query(
          `insert into intake.decision (request_id, outcome, service_id, ground_code, facts, human, appeal, decided_by, decided_at)
             select id, 'refused', service_id, 'no-place', 'There is no place at the moment.', 'Olena', '{}', $1, now() from intake.request where id = $2`,
          [worker.account, id],
        )
      } finally {
        await client.query('rollback')
        client.release()
      }
    }
    await expect(bySql()).rejects.toThrow('INT-5')
  })

  test('INT-5: missing papers are a ground only after a reminder and the period of grace', async () => {
    const { id } = await askForHelp(db, {
      pack: 'ua-kharkiv',
      service: 'vlashtuvannia-do-simeinykh-form-vykhovannia',
    })
    done(await act(db, worker, takeRequest, { request: id }))
    const refuse = () =>
      act(db, worker, decideRequest, {
        request: id,
        outcome: 'refused',
        ground: 'incomplete-documents',
        facts: 'Документа про статус сім’ї немає.',
        human: 'Олена Коваль, щодня 10–12',
      })
    expect(await refuse()).toMatchObject({ is: 'invalid', errors: [{ path: 'outcome' }] })
    const open = (await papersOf(id)).filter(({ from }) => from === 'person').map(({ id: document }) => document)
    const asked = done(await act(db, worker, askForDocuments, { request: id, documents: open }))
    expect((await refuse()).is).toBe('late')
    const now = db.clock.now
    db.clock.now = new Date(asked.until)
    await db.transact({ actor: null, purpose: 'intake' }, async (tx) => {
      const request = await readRequest(tx, id)
      if (request) await continueReview(tx, request, null)
    })
    done(await refuse())
    expect((await seen(db, id, worker))?.state).toBe('refused')
    db.clock.now = now
  })

  test('INT-5, DIR-2: a redirection needs the person’s agreement, and asks nothing twice', async () => {
    const { id, token } = await askForHelp(db, { pack: 'ua-kharkiv', service: 'konsultuvannia' })
    done(await act(db, worker, takeRequest, { request: id }))
    await seeAllPapers(id)
    const redirect = await serviceId(db, 'nadannia-prytulku')
    const without = await act(db, worker, decideRequest, { request: id, outcome: 'redirected', redirect })
    expect(without).toMatchObject({ is: 'invalid', errors: [{ path: 'agreed' }] })
    done(
      await act(db, worker, decideRequest, {
        request: id,
        outcome: 'redirected',
        redirect,
        agreed: 'Телефоном 23 листопада.',
      }),
    )
    const next = await db.transact({ actor: null, purpose: linkPurpose(token) }, (tx) => requestRedirectedFrom(tx, id))
    expect(next).toMatchObject({ state: 'submitted', service: redirect })
    const papers = await papersOf(next?.id ?? '')
    expect(papers.filter(({ from }) => from === 'person').map(({ state }) => state)).toEqual(['seen'])
  })
})

describe('INT-4: papers', () => {
  test('INT-4: the list is the card’s; nothing is asked that an earlier request gave and that is still good', async () => {
    const resident = await addActor(db, 'Наталя Гриценко')
    const first = await askForHelp(db, { pack: 'ua-kharkiv', service: 'nadannia-prytulku', actor: resident })
    await seeAllPapers(first.id)
    const second = await askForHelp(db, { pack: 'ua-kharkiv', service: 'sotsialna-reabilitatsiia', actor: resident })
    const papers = await papersOf(second.id)
    expect(papers.map(({ needed, state }) => [needed, state])).toEqual([
      ['at-application', 'seen'],
      ['at-application', 'open'],
      ['if-available', 'open'],
    ])
    const now = db.clock.now
    db.clock.advance(400 * 86_400_000)
    const third = await askForHelp(db, { pack: 'ua-kharkiv', service: 'nadannia-prytulku', actor: resident })
    expect((await papersOf(third.id))[0]?.state).toBe('open')
    db.clock.now = now
  })
})

test('a notice without a service gets one at the desk, with its papers and clocks', async () => {
  const worried = await askForHelp(db, {
    pack: 'ua-kharkiv',
    service: 'konsultuvannia',
    kind: 'notice',
    particulars: {},
    contact: { ways: [], phone: undefined },
  })
  const service = await serviceId(db, 'nadannia-prytulku')
  // of another region, whose law and whose people are others
  expect(
    await act(db, worker, setService, { request: worried.id, service: await serviceId(db, 'kita-platz') }),
  ).toMatchObject({ is: 'invalid', errors: [{ path: 'service' }] })
  done(await act(db, worker, setService, { request: worried.id, service }))
  expect((await papersOf(worried.id)).length).toBe(2)
  expect((await seen(db, worried.id, worker))?.service).toBe(service)
})

test('a person who asked is known to the office that answers, and to no other', async () => {
  const { id } = await askForHelp(db, { pack: 'ua-kharkiv', service: 'nadannia-prytulku' })
  const person = (await seen(db, id, worker))?.person ?? ''
  const readAs = (actor: Actor) => db.transact({ actor: actor.account }, (tx) => readPerson(tx, person))
  expect((await readAs(worker))?.name).toBe('Гриценко Наталя Іванівна')
  expect(await readAs(stranger)).toBeUndefined()
})
