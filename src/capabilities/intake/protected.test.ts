import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testDatabase } from '../../../test/database.ts'
import { act, askForHelp, done, loadIntakePacks, seen } from '../../../test/intake-house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { acknowledgeAlert } from './commands/acknowledge-alert.ts'
import { askForDocuments } from './commands/ask-for-documents.ts'
import { decideRequest } from './commands/decide-request.ts'
import { mergePeople } from './commands/merge-people.ts'
import { liftRestriction, restrictPerson } from './commands/restrict-person.ts'
import { takeRequest } from './commands/take-request.ts'
import { undoMerge } from './commands/undo-merge.ts'
import { withdrawRequest } from './commands/withdraw-request.ts'
import { alertDuty } from './jobs/alert-duty.ts'
import { openAlerts } from './store/alerts.ts'
import { deskCounts, deskLines, findRequests, linesByIds, toDo } from './store/desk.ts'
import { readPerson, type StoredPerson } from './store/people.ts'

const db = await testDatabase()
const shelter = { pack: 'ua-kharkiv', service: 'nadannia-prytulku' } as const
let office: string
let worker: Actor
let lead: Actor
let named: Actor

beforeAll(async () => {
  await loadIntakePacks(db, ['ua-kharkiv', 'dk-midtjylland'])
  office = (await db.ownerPool.query(`select id from access.organisation where slug = 'dovira'`)).rows[0].id
  worker = await addActor(db, 'Олена Коваль', [{ organisation: 'dovira', role: 'case_worker' }])
  named = await addActor(db, 'Марія Довірена', [{ organisation: 'dovira', role: 'case_worker' }])
  lead = await addActor(db, 'Ірина Мельник', [{ organisation: 'dovira', role: 'team_lead' }])
})

const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => db.transact({ actor: actor.account }, work)
async function recordOf(request: string): Promise<StoredPerson> {
  const { rows } = await db.ownerPool.query('select person_id from intake.request where id = $1', [request])
  const person = await as(lead, (tx) => readPerson(tx, rows[0].person_id))
  if (!person) throw new Error('the lead sees the record')
  return person
}
/** Somebody asks, and a team lead protects them. */
async function protectedRequest(more: object = {}) {
  const asked = await askForHelp(db, { ...shelter, ...more })
  const { id: person, version } = await recordOf(asked.id)
  done(
    await act(db, lead, restrictPerson, {
      person,
      version,
      reason: 'The address must stay unknown',
      colleagues: [named.account],
    }),
  )
  return { ...asked, person }
}
/** In which tables of intake somebody sees rows of a request, whatever SQL they write. */
async function tablesThatShow(who: Actor, request: string): Promise<string[]> {
  const tables = ['step', 'document', 'reminder', 'clock', 'decision', 'follow_up', 'contract', 'letter', 'alert']
  return as(who, async (tx) => {
    const found = (await tx.one(sql`select draft from intake.request where id = ${request}::uuid`)) ? ['request'] : []
    for (const table of tables)
      if (await tx.one(sql`select from intake.${sql.raw(table)} where request_id = ${request}::uuid limit 1`))
        found.push(table)
    return found
  })
}

describe('INT-8: what a protected person told is read by whoever was named, and by nobody else', () => {
  test('whoever was not named sees that time runs, and nothing of the request, whatever SQL they write', async () => {
    const { id, token } = await protectedRequest()
    expect(await tablesThatShow(worker, id)).toEqual(['clock'])
    for (const who of [lead, named])
      expect(await tablesThatShow(who, id)).toEqual(['request', 'step', 'document', 'clock'])
    expect((await seen(db, id, { token }))?.draft.situation.words).toContain('Ми втекли')
    const change = await as(worker, (tx) =>
      tx.all(sql`update intake.request set urgency = 'urgent' where id = ${id}::uuid returning id`),
    )
    expect(change).toEqual([])
  })

  test('commands of whoever was not named find no request', async () => {
    const { id } = await protectedRequest()
    const documents = ['00000000-0000-4000-8000-000000000000']
    for (const outcome of [
      await act(db, worker, takeRequest, { request: id }),
      await act(db, worker, askForDocuments, { request: id, documents }),
      await act(db, worker, withdrawRequest, { request: id, reason: 'They called' }),
      await act(db, worker, acknowledgeAlert, { request: id }),
    ])
      expect(outcome.is).toBe('notFound')
    done(await act(db, named, takeRequest, { request: id }))
  })

  test('the desk lists it, without a name: new, by reference, as an alarm, and as what is to be done', async () => {
    const { id, reference } = await protectedRequest({ situation: { dangers: ['violence'] } })
    await db.transact({ actor: null, purpose: 'intake' }, (tx) =>
      alertDuty(tx, 'http://own.example', { request: id, escalate: false }),
    )
    const choice = { offices: [office], account: worker.account }
    const page = { after: undefined, limit: 50 }
    const [desk, counts, byReference, byId, alarms, next] = await as(
      worker,
      async (tx) =>
        [
          (await deskLines(tx, { ...choice, tab: 'new' }, page)).lines.filter((line) => line.id === id),
          await deskCounts(tx, choice, ['new']),
          await findRequests(tx, [office], reference, 10),
          await linesByIds(tx, [id]),
          await openAlerts(tx),
          await toDo(tx, choice, []),
        ] as const,
    )
    for (const lines of [desk, byReference, byId])
      expect(lines).toMatchObject([{ id, reference, person: 'hidden', enteredBy: undefined, clock: { request: id } }])
    const all = await as(lead, (tx) => deskCounts(tx, choice, ['new']))
    expect(counts.get('new')).toBe(all.get('new'))
    expect(alarms.map(({ request }) => request)).toContain(id)
    expect(next.map((one) => one.id)).toContain(id)
  })

  test('lifting the protection opens its requests again; another request of the same person is protected from the start', async () => {
    const resident = await addActor(db, 'Наталя Гриценко')
    const { id, person } = await protectedRequest({ actor: resident })
    const later = await askForHelp(db, { ...shelter, actor: resident })
    expect((await recordOf(later.id)).id).toBe(person)
    expect(await tablesThatShow(worker, later.id)).toEqual(['clock'])
    expect((await seen(db, later.id, resident))?.id).toBe(later.id)
    const { version } = await recordOf(id)
    done(await act(db, lead, liftRestriction, { person, version }))
    for (const request of [id, later.id]) expect(await tablesThatShow(worker, request)).toContain('request')
  })

  test('what is joined to a protected record is protected with it, and free again when they are parted', async () => {
    const plain = await askForHelp(db, { ...shelter, particulars: { name: 'Тиха Ганна', birthDate: '1970-02-03' } })
    const hidden = await protectedRequest({ particulars: { name: 'Тиха Ганна', birthDate: '1970-02-03' } })
    const [keep, join] = [await recordOf(hidden.id), await recordOf(plain.id)]
    const versions = { keepVersion: keep.version, joinVersion: join.version }
    const { merge } = done(await act(db, lead, mergePeople, { keep: keep.id, join: join.id, ...versions }))
    expect(await tablesThatShow(worker, plain.id)).toEqual(['clock'])
    done(await act(db, lead, undoMerge, { merge }))
    expect(await tablesThatShow(worker, plain.id)).toContain('request')
    expect(await tablesThatShow(worker, hidden.id)).toEqual(['clock'])
  })
})

describe('INT-8, DIR-2: a protected person is sent to no office where nobody could open their request', () => {
  test('the redirection is refused with words, until the protection is lifted', async () => {
    const { rows } = await db.ownerPool.query<{ service: string; slug: string; office: string; organisation: string }>(
      `select distinct on (o.id) s.id as service, s.slug, o.id as office, o.slug as organisation
       from directory.service s join access.organisation o on o.id = s.organisation_id
       where s.pack = 'dk-midtjylland' and s.status = 'active' and s.card -> 'documents' = '[]' order by o.id, s.slug limit 2`,
    )
    const [first, second] = rows
    if (!first || !second) throw new Error('the region has no two offices')
    const theirs = await addActor(db, 'Mette Friis', [{ organisation: first.organisation, role: 'team_lead' }])
    const { id } = await askForHelp(db, { pack: 'dk-midtjylland', service: first.slug })
    done(await act(db, theirs, takeRequest, { request: id }))
    const record = (await db.ownerPool.query('select person_id from intake.request where id = $1', [id])).rows[0]
    const version = async () => (await as(theirs, (tx) => readPerson(tx, record.person_id)))?.version ?? 0
    const person = { person: record.person_id }
    done(await act(db, theirs, restrictPerson, { ...person, version: await version(), reason: 'A hidden address' }))
    const send = () =>
      act(db, theirs, decideRequest, {
        request: id,
        outcome: 'redirected',
        redirect: second.service,
        agreed: 'By telephone on 23 November',
      })
    expect(await send()).toMatchObject({ is: 'invalid', errors: [{ path: 'redirect' }] })
    done(await act(db, theirs, liftRestriction, { ...person, version: await version() }))
    done(await send())
  })
})
