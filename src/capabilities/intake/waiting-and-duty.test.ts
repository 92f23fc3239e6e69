import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testDatabase } from '../../../test/database.ts'
import { act, askForHelp, done, loadIntakePacks, newToken, seen } from '../../../test/intake-house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { query } from '../../platform/db/database.ts'
import { acknowledgeAlert } from './commands/acknowledge-alert.ts'
import { askForDocuments } from './commands/ask-for-documents.ts'
import { decideRequest } from './commands/decide-request.ts'
import { changeUrgency, leaveWaiting } from './commands/leave-waiting.ts'
import { noteAssessment } from './commands/note-assessment.ts'
import { saveDraft } from './commands/save-draft.ts'
import { addDuty, removeDuty } from './commands/set-duty.ts'
import { settleDocument } from './commands/settle-document.ts'
import { startRequest } from './commands/start-request.ts'
import { takeRequest } from './commands/take-request.ts'
import { alertDuty } from './jobs/alert-duty.ts'
import { forgetDraftsJob } from './jobs/forget-drafts.ts'
import { watchClocks } from './jobs/watch-clocks.ts'
import { linkPurpose } from './link.ts'
import { aheadOf, byRank, type Waiting } from './rules/waiting.ts'
import { alertsOf, openAlerts } from './store/alerts.ts'
import { followUpsOf } from './store/decisions.ts'
import { documentsOf } from './store/documents.ts'
import { turnsOf } from './store/duty.ts'
import { officeBySlug } from './store/procedure.ts'
import { countAhead, waitingList, waitingOf } from './store/waiting.ts'
import { Urgency } from './types.ts'

const db = await testDatabase()
let worker: Actor
let lead: Actor
let officer: Actor
let stranger: Actor
let office: string

beforeAll(async () => {
  await loadIntakePacks(db)
  worker = await addActor(db, 'Олена Коваль', [{ organisation: 'dovira', role: 'case_worker' }])
  lead = await addActor(db, 'Ірина Савченко', [{ organisation: 'dovira', role: 'team_lead' }])
  officer = await addActor(db, 'Андрій Бондар', [{ organisation: 'dovira', role: 'duty_officer' }])
  stranger = await addActor(db, 'Jens Holm', [{ organisation: 'viborg-kommune', role: 'team_lead' }])
  office = (await db.transact({ actor: null }, (tx) => officeBySlug(tx, 'dovira')))?.id ?? ''
})

const asWorker = <T>(work: Parameters<typeof db.transact<T>>[1]) => db.transact({ actor: worker.account }, work)
const asIntake = <T>(work: Parameters<typeof db.transact<T>>[1]) =>
  db.transact({ actor: null, purpose: 'intake' }, work)
const letters = async (template: string) =>
  (
    await db.ownerPool.query(
      `select j.payload ->> 'to' as to, j.payload as payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where t.identifier = 'mail.send' and j.payload ->> 'template' = $1 order by 1`,
      [template],
    )
  ).rows

/** A request that was accepted and waits for a place. */
async function waits(dangers: ('violence' | 'life')[] = []): Promise<{ id: string; token: string; waiting: string }> {
  const { id, token } = await askForHelp(db, {
    pack: 'ua-kharkiv',
    service: 'nadannia-prytulku',
    situation: { dangers },
  })
  done(await act(db, worker, takeRequest, { request: id }))
  for (const { id: document } of await asWorker((tx) => documentsOf(tx, id)))
    done(await act(db, worker, settleDocument, { document, as: 'seen' }))
  done(await act(db, worker, decideRequest, { request: id, outcome: 'accepted' }))
  const waiting = await asWorker((tx) => waitingOf(tx, id))
  return { id, token, waiting: waiting?.id ?? '' }
}

describe('INT-9: waiting lists', () => {
  const someone = fc.record({
    id: fc.uuid(),
    urgency: fc.constantFrom(...Urgency.options),
    since: fc.date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true }),
  })

  test('INT-9: the rank is one order for all: nobody is before and behind the same person', () => {
    fc.assert(
      fc.property(fc.uniqueArray(someone, { selector: ({ id }) => id, maxLength: 20 }), (all: Waiting[]) => {
        const sorted = [...all].sort(byRank)
        expect(sorted.map((one) => aheadOf(one, all))).toEqual(sorted.map((_, at) => at))
        for (const [at, one] of sorted.entries()) {
          const next = sorted[at + 1]
          if (!next) continue
          const rank = Urgency.options.indexOf(one.urgency) - Urgency.options.indexOf(next.urgency)
          expect(rank < 0 || (rank === 0 && one.since <= next.since)).toBe(true)
        }
      }),
    )
  })

  test('INT-9: urgent first, then who asked first; each is told how many wait before them, and sees nobody', async () => {
    const first = await waits()
    db.clock.advance(3_600_000)
    const second = await waits()
    db.clock.advance(3_600_000)
    const urgent = await waits(['violence'])
    const ahead = ({ token, waiting }: { token: string; waiting: string }) =>
      db.transact({ actor: null, purpose: linkPurpose(token) }, (tx) => countAhead(tx, waiting))
    expect(await Promise.all([urgent, first, second].map(ahead))).toEqual([0, 1, 2])
    const service = (await seen(db, first.id, worker))?.service ?? ''
    const list = await asWorker((tx) => waitingList(tx, service, { after: undefined, limit: 2 }))
    expect(list.lines.map(({ request }) => request)).toEqual([urgent.id, first.id])
    const rest = await asWorker((tx) => waitingList(tx, service, { after: list.next, limit: 2 }))
    expect(rest.lines.map(({ request }) => request)).toEqual([second.id])
    const own = await db.transact({ actor: null, purpose: linkPurpose(first.token) }, (tx) =>
      tx.all(query.selectFrom('intake.waiting').select('request_id')),
    )
    expect(own).toEqual([{ request_id: first.id }])
    const theirs = await db.transact({ actor: stranger.account }, (tx) =>
      waitingList(tx, service, { after: undefined, limit: 10 }),
    )
    expect(theirs.lines).toEqual([])
    done(await act(db, worker, changeUrgency, { waiting: second.waiting, urgency: 'urgent', reason: 'Зима близько.' }))
    expect(await Promise.all([urgent, second, first].map(ahead))).toEqual([0, 1, 2])
  })

  test('INT-9: who asked first waits first, however long the decision about them took', async () => {
    const asked = async (days: number) => {
      const { id } = await askForHelp(db, { pack: 'ua-kharkiv', service: 'nadannia-prytulku' })
      db.clock.advance(days * 86_400_000)
      return id
    }
    const [first, second] = [await asked(1), await asked(1)]
    const ahead: (number | undefined)[] = []
    for (const id of [second, first]) {
      done(await act(db, worker, takeRequest, { request: id }))
      for (const { id: document } of await asWorker((tx) => documentsOf(tx, id)))
        done(await act(db, worker, settleDocument, { document, as: 'seen' }))
      done(await act(db, worker, decideRequest, { request: id, outcome: 'accepted' }))
      db.clock.advance(86_400_000)
    }
    for (const id of [first, second]) {
      const waiting = await asWorker((tx) => waitingOf(tx, id))
      ahead.push(await asWorker((tx) => countAhead(tx, waiting?.id ?? '')))
    }
    expect((ahead[1] ?? 0) - (ahead[0] ?? 0)).toBe(1)
  })

  test('INT-9: leaving has a reason; a place that was found leads on, everything else ends', async () => {
    const one = await waits()
    const other = await waits()
    expect((await act(db, worker, leaveWaiting, { request: one.id } as never)).is).toBe('invalid')
    const alone = await act(db, null, leaveWaiting, { token: one.token, reason: 'place-found' })
    expect(alone).toMatchObject({ is: 'invalid', errors: [{ path: 'reason' }] })
    done(await act(db, worker, leaveWaiting, { request: one.id, reason: 'place-found' }))
    const steps = await asWorker((tx) => followUpsOf(tx, one.id))
    expect(steps.map(({ kind, begunAt, doneAt }) => [kind, !!begunAt, !!doneAt])).toEqual([
      ['waiting-list', true, true],
      ['case', true, false],
    ])
    done(await act(db, null, leaveWaiting, { token: other.token, reason: 'no-longer-wanted' }))
    expect((await asWorker((tx) => followUpsOf(tx, other.id))).every(({ doneAt }) => doneAt)).toBe(true)
    expect((await act(db, null, leaveWaiting, { token: other.token, reason: 'moved-away' })).is).toBe('late')
    await expect(
      db.ownerPool.query('update intake.waiting set left_at = now() where request_id = $1 and left_at is null', [
        (await waits()).id,
      ]),
    ).rejects.toThrow('check constraint')
  })
})

describe('INT-3: the duty list', () => {
  const turn = (hours: [number, number], account: string) => ({
    organisation: office,
    account,
    from: new Date(db.clock.now.getTime() + hours[0] * 3_600_000).toISOString(),
    until: new Date(db.clock.now.getTime() + hours[1] * 3_600_000).toISOString(),
  })

  test('INT-3: team leads write it, nobody else; nobody stands on it twice', async () => {
    expect((await act(db, worker, addDuty, turn([0, 8], officer.account))).is).toBe('forbidden')
    expect((await act(db, stranger, addDuty, turn([0, 8], officer.account))).is).toBe('forbidden')
    expect((await act(db, lead, addDuty, turn([8, 0], officer.account))).is).toBe('invalid')
    expect((await act(db, lead, addDuty, turn([0, 8], stranger.account))).is).toBe('invalid')
    done(await act(db, lead, addDuty, turn([100, 108], officer.account)))
    expect((await act(db, lead, addDuty, turn([104, 112], officer.account))).is).toBe('conflict')
    const span = { from: db.clock.now, until: new Date(db.clock.now.getTime() + 200 * 3_600_000) }
    const [stored] = await asWorker((tx) => turnsOf(tx, [office], span))
    expect((await act(db, worker, removeDuty, { turn: stored?.id ?? '' })).is).toBe('forbidden')
    expect((await act(db, stranger, removeDuty, { turn: stored?.id ?? '' })).is).toBe('notFound')
    done(await act(db, lead, removeDuty, { turn: stored?.id ?? '' }))
  })

  test('INT-3: an emergency on a Friday night calls who is on duty at once, the lead after a quarter of an hour, and stands on top', async () => {
    const now = db.clock.now
    db.clock.now = new Date('2026-11-27T21:30:00Z')
    done(await act(db, lead, addDuty, turn([-1, 10], officer.account)))
    const { id } = await askForHelp(db, {
      pack: 'ua-kharkiv',
      service: 'kryzove-ta-ekstrene-vtruchannia',
      situation: { dangers: ['life'] },
    })
    const before = (await letters('intake.alert')).length
    const call = (escalate = false) =>
      asIntake((tx) => alertDuty(tx, 'https://linden.example', { request: id, escalate }))
    expect([await call(), await call()]).toEqual([1, 0])
    expect(await asWorker((tx) => openAlerts(tx))).toEqual([expect.objectContaining({ request: id, reason: 'duty' })])
    expect(await call(true)).toBe(1)
    const sent = await letters('intake.alert')
    expect(sent.length - before).toBe(2)
    expect(JSON.stringify(sent)).not.toMatch(/Гриценко|life|violence/)
    done(await act(db, officer, acknowledgeAlert, { request: id }))
    expect(await asWorker((tx) => openAlerts(tx))).toEqual([])
    expect((await asWorker((tx) => alertsOf(tx, id))).every(({ acknowledgedAt }) => acknowledgedAt)).toBe(true)
    expect(await call(true)).toBe(0)
    expect((await act(db, officer, acknowledgeAlert, { request: id })).is).toBe('late')
    db.clock.now = now
  })

  test('INT-3: where nobody is on duty, the team leads are called at once', async () => {
    const { id } = await askForHelp(db, {
      pack: 'ua-kharkiv',
      service: 'nadannia-prytulku',
      situation: { dangers: ['child'] },
    })
    expect(await asIntake((tx) => alertDuty(tx, 'https://linden.example', { request: id, escalate: false }))).toBe(1)
    expect(await asWorker((tx) => alertsOf(tx, id))).toEqual([
      expect.objectContaining({ account: lead.account, reason: 'lead' }),
    ])
  })
})

describe('INT-3: clocks are watched', () => {
  const watch = () => asIntake((tx) => watchClocks(tx, 'https://linden.example'))

  test('INT-3: a clock warns whoever has the request before it ends, and goes to the team lead after, each once', async () => {
    const now = db.clock.now
    await watch()
    const { id } = await askForHelp(db, { pack: 'de-stuttgart', service: 'gesamtplan-eingliederungshilfe' })
    expect(await seen(db, id, worker)).toBeUndefined()
    const clerk = await addActor(db, 'Jana Weiß', [{ organisation: 'sozialamt', role: 'case_worker' }])
    const head = await addActor(db, 'Uwe Lang', [{ organisation: 'sozialamt', role: 'team_lead' }])
    done(await act(db, clerk, takeRequest, { request: id }))
    done(await act(db, clerk, noteAssessment, { request: id }))
    const { rows } = await db.ownerPool.query(
      `select warn_at, due_at from intake.clock where request_id = $1 and kind = 'decision'`,
      [id],
    )
    db.clock.now = rows[0].warn_at
    await watch()
    await watch()
    const soon = (await letters('intake.soon')).filter(({ to }) => to === clerk.email)
    expect(soon.length).toBe(1)
    expect((await letters('intake.late')).filter(({ to }) => to === head.email)).toEqual([])
    db.clock.now = rows[0].due_at
    await watch()
    await watch()
    expect((await letters('intake.late')).filter(({ to }) => to === head.email).length).toBe(1)
    expect((await letters('intake.soon')).filter(({ to }) => to === clerk.email).length).toBe(1)
    db.clock.now = now
  })

  test('INT-5: when the time of grace is over, the request is taken up again by itself', async () => {
    const now = db.clock.now
    const { id } = await askForHelp(db, { pack: 'ua-kharkiv', service: 'vlashtuvannia-do-simeinykh-form-vykhovannia' })
    done(await act(db, worker, takeRequest, { request: id }))
    const open = (await asWorker((tx) => documentsOf(tx, id))).filter(({ from }) => from === 'person')
    const asked = done(
      await act(db, worker, askForDocuments, { request: id, documents: open.map(({ id: document }) => document) }),
    )
    db.clock.now = new Date(new Date(asked.until).getTime() - 60_000)
    await watch()
    expect((await seen(db, id, worker))?.state).toBe('waiting')
    db.clock.now = new Date(asked.until)
    await watch()
    expect((await seen(db, id, worker))?.state).toBe('in-review')
    db.clock.now = now
  })
})

test('INT-1: a draft that nobody touched for a month is forgotten, what was sent stays', async () => {
  const before = await db.ownerPool.query(`select count(*)::int as n from intake.request where state <> 'draft'`)
  const token = newToken()
  const { id } = done(await act(db, null, startRequest, { token, pack: 'ua-kharkiv' }))
  const run = (now: Date) =>
    forgetDraftsJob.run(
      { transact: asIntake, now: () => now, log: { info() {} } } as never as Parameters<typeof forgetDraftsJob.run>[0],
      {},
    )
  const there = async () => (await db.ownerPool.query('select from intake.request where id = $1', [id])).rowCount
  await run(new Date(db.clock.now.getTime() + 29 * 86_400_000))
  expect(await there()).toBe(1)
  // whoever writes on, slowly, loses nothing
  db.clock.advance(20 * 86_400_000)
  done(await act(db, null, saveDraft, { token, version: 1, situation: { words: 'Ще думаю.' } }))
  await run(new Date(db.clock.now.getTime() + 29 * 86_400_000))
  expect(await there()).toBe(1)
  await run(new Date(db.clock.now.getTime() + 31 * 86_400_000))
  expect(await there()).toBe(0)
  const after = await db.ownerPool.query(`select count(*)::int as n from intake.request where state <> 'draft'`)
  expect(after.rows).toEqual(before.rows)
})
