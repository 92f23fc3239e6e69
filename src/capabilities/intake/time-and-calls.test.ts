import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testDatabase } from '../../../test/database.ts'
import { act, askForHelp, done, loadIntakePacks, seen, serviceId } from '../../../test/intake-house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { acknowledgeAlert } from './commands/acknowledge-alert.ts'
import { askForDocuments } from './commands/ask-for-documents.ts'
import { decideRequest } from './commands/decide-request.ts'
import { settleDocument } from './commands/settle-document.ts'
import { takeRequest } from './commands/take-request.ts'
import { withdrawRequest } from './commands/withdraw-request.ts'
import { alertDuty, leadsAfterMinutes } from './jobs/alert-duty.ts'
import { watchClocks } from './jobs/watch-clocks.ts'
import { alertsOf, openAlerts } from './store/alerts.ts'
import { clocksOf } from './store/clocks.ts'
import { documentsOf } from './store/documents.ts'
import { requestRedirectedFrom } from './store/requests.ts'

const db = await testDatabase()
const shelter = { pack: 'ua-kharkiv', service: 'nadannia-prytulku' } as const
const family = { pack: 'ua-kharkiv', service: 'vlashtuvannia-do-simeinykh-form-vykhovannia' } as const
const inDanger = { ...shelter, situation: { dangers: ['violence' as const] } }
let worker: Actor
let lead: Actor

beforeAll(async () => {
  await loadIntakePacks(db, ['ua-kharkiv'])
  worker = await addActor(db, 'Олена Коваль', [{ organisation: 'dovira', role: 'case_worker' }])
  lead = await addActor(db, 'Ірина Савченко', [{ organisation: 'dovira', role: 'team_lead' }])
})

const asWorker = <T>(work: (tx: Tx) => Promise<T>) => db.transact({ actor: worker.account }, work)
const asIntake = <T>(work: (tx: Tx) => Promise<T>) => db.transact({ actor: null, purpose: 'intake' }, work)
const watch = () => asIntake((tx) => watchClocks(tx, 'http://own.example'))
const call = (request: string) => asIntake((tx) => alertDuty(tx, 'http://own.example', { request, escalate: false }))
const clocks = (id: string) => asWorker((tx) => clocksOf(tx, id))
/** Jobs that wait to call somebody about a request. */
const calls = async (request: string) =>
  (
    await db.ownerPool.query<{ escalate: string | null; at: Date }>(
      `select j.payload ->> 'escalate' as escalate, j.run_at as at from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where t.identifier = 'intake.alert' and j.payload ->> 'request' = $1 order by j.run_at`,
      [request],
    )
  ).rows
/** To whom letters with this template, about this request, are on their way. */
const written = async (template: string, request: string): Promise<string[]> =>
  (
    await db.ownerPool.query<{ to: string }>(
      `select j.payload ->> 'to' as to from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where t.identifier = 'mail.send' and j.payload ->> 'template' = $1 and j.payload::text like $2 order by 1`,
      [template, `%${request}%`],
    )
  ).rows.map(({ to }) => to)

describe('INT-3: an emergency is called until somebody has it', () => {
  test('INT-3: sending it calls at once; the team leads are called after a quarter of an hour, by itself', async () => {
    const { id } = await askForHelp(db, inDanger)
    expect(await calls(id)).toMatchObject([{ escalate: null }])
    await call(id)
    const later = (await calls(id)).find(({ escalate }) => escalate === 'true')
    expect(later?.at).toEqual(new Date(db.clock.now.getTime() + leadsAfterMinutes * 60_000))
  })

  test('INT-3: what was taken back calls nobody', async () => {
    const { id, token } = await askForHelp(db, inDanger)
    done(await act(db, null, withdrawRequest, { token }))
    expect(await call(id)).toBe(0)
    expect(await asWorker((tx) => alertsOf(tx, id))).toEqual([])
  })

  test('INT-3: whoever had it and let it run out is called again, with the team leads, and it stands on top again', async () => {
    const now = db.clock.now
    const { id } = await askForHelp(db, inDanger)
    await call(id)
    done(await act(db, worker, acknowledgeAlert, { request: id }))
    const onTop = async () => (await asWorker((tx) => openAlerts(tx))).filter(({ request }) => request === id)
    expect(await onTop()).toEqual([])
    db.clock.now = (await clocks(id)).find(({ kind }) => kind === 'emergency')?.dueAt ?? now
    await watch()
    expect(await onTop()).toMatchObject([{ reason: 'late' }])
    expect(await written('intake.late', id)).toContain(lead.email)
    db.clock.now = now
  })

  test('INT-3: redirected, it is an emergency there too: its clock runs, and somebody is called', async () => {
    const { id, token } = await askForHelp(db, { ...inDanger, service: 'konsultuvannia' })
    done(await act(db, worker, takeRequest, { request: id }))
    const redirect = await serviceId(db, shelter.service)
    const agreed = 'Телефоном 23 листопада.'
    done(await act(db, worker, decideRequest, { request: id, outcome: 'redirected', redirect, agreed }))
    const next = await asWorker((tx) => requestRedirectedFrom(tx, id))
    expect(next).toMatchObject({ urgency: 'emergency', state: 'submitted' })
    expect((await clocks(next?.id ?? '')).map(({ kind }) => kind)).toContain('emergency')
    expect(await calls(next?.id ?? '')).toHaveLength(1)
    expect(await seen(db, next?.id ?? '', { token })).toBeDefined()
  })
})

describe('INT-3: clocks run for those whom they concern', () => {
  test('INT-3: nothing runs, and nobody is warned, for what was taken back', async () => {
    const now = db.clock.now
    const { id, token } = await askForHelp(db, shelter)
    done(await act(db, worker, takeRequest, { request: id }))
    done(await act(db, null, withdrawRequest, { token }))
    expect((await clocks(id)).filter(({ stoppedAt }) => !stoppedAt)).toEqual([])
    db.clock.advance(60 * 86_400_000)
    await watch()
    expect([await written('intake.soon', id), await written('intake.late', id)]).toEqual([[], []])
    db.clock.now = now
  })

  test('INT-3: what nobody has taken up is warned of to everybody who answers there', async () => {
    const now = db.clock.now
    const { id } = await askForHelp(db, shelter)
    db.clock.now = (await clocks(id)).find(({ kind }) => kind === 'decision')?.warnAt ?? now
    await watch()
    expect(new Set(await written('intake.soon', id))).toEqual(new Set([worker.email, lead.email]))
    db.clock.now = now
  })

  test('INT-3: a clock that stood still, and ends later than it was warned of, is warned of again', async () => {
    const now = db.clock.now
    const { id } = await askForHelp(db, family)
    done(await act(db, worker, takeRequest, { request: id }))
    const decision = async () => {
      const found = (await clocks(id)).find(({ kind }) => kind === 'decision')
      if (!found) throw new Error('a decision has a deadline')
      return found
    }
    db.clock.now = (await decision()).warnAt
    await watch()
    expect((await decision()).warnedAt).toBeDefined()
    const papers = (await asWorker((tx) => documentsOf(tx, id))).filter(
      ({ from, state }) => from === 'person' && state === 'open',
    )
    done(await act(db, worker, askForDocuments, { request: id, documents: papers.map((paper) => paper.id) }))
    db.clock.advance(3 * 86_400_000)
    for (const { id: document } of papers) done(await act(db, worker, settleDocument, { document, as: 'seen' }))
    expect((await decision()).warnedAt).toBeUndefined()
    db.clock.now = (await decision()).warnAt
    await watch()
    expect((await decision()).warnedAt).toEqual(db.clock.now)
    db.clock.now = now
  })
})
