import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { capacity } from '../../src/capabilities/capacity/capability.ts'
import { addOffer, asOwner } from '../../src/capabilities/capacity/places.fixture.ts'
import { decideRequest } from '../../src/capabilities/intake/commands/decide-request.ts'
import { leaveWaiting } from '../../src/capabilities/intake/commands/leave-waiting.ts'
import { settleDocument } from '../../src/capabilities/intake/commands/settle-document.ts'
import { takeRequest } from '../../src/capabilities/intake/commands/take-request.ts'
import { documentsOf } from '../../src/capabilities/intake/store/documents.ts'
import type { Actor } from '../../src/platform/access/actor.ts'
import { startWorker } from '../../src/platform/jobs/worker.ts'
import { createLog } from '../../src/platform/log/log.ts'
import { addActor } from '../actors.ts'
import { testDatabase } from '../database.ts'
import { act, askForHelp, done, loadIntakePacks, serviceId } from '../intake-house.ts'

const db = await testDatabase()
let worker: Actor

beforeAll(async () => {
  await loadIntakePacks(db, ['ua-kharkiv'])
  worker = await addActor(db, 'Олена Коваль', [{ organisation: 'dovira', role: 'case_worker' }])
  const offer = await addOffer(db, { slug: 'prytulok', pack: 'ua-kharkiv', operator: 'dovira', paragraph: 'prytulok' })
  const service = await serviceId(db, 'nadannia-prytulku')
  await asOwner(db, (tx) => tx.all(sql`update capacity.offer set service_id = ${service} where id = ${offer}`))
})

const lists = async () =>
  (
    await db.ownerPool.query(
      `select person_key, upper_inf(during) as goes_on, ended, upper(during) - lower(during) as days from capacity.waiting order by reported_at`,
    )
  ).rows

/** Does what was queued for capacity, as a worker of the instance does. */
async function worked(): Promise<void> {
  const running = await startWorker(
    { database: db, config: db.config, log: createLog('silent'), now: () => db.clock.now },
    capacity.jobs.filter(({ task }) => task === 'capacity.note-waiting'),
  )
  await expect
    .poll(
      async () =>
        (
          await db.ownerPool.query(
            `select 1 from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'capacity.note-waiting'`,
          )
        ).rowCount,
      { timeout: 60_000 },
    )
    .toBe(0)
  await running.stop()
}

test('INT-9: who waits for a service stands on the list of its offer, under a sign and without a name, until they leave', async () => {
  const { id, reference } = await askForHelp(db, { pack: 'ua-kharkiv', service: 'nadannia-prytulku' })
  done(await act(db, worker, takeRequest, { request: id }))
  for (const { id: document } of await db.transact({ actor: worker.account }, (tx) => documentsOf(tx, id)))
    done(await act(db, worker, settleDocument, { document, as: 'seen' }))
  done(await act(db, worker, decideRequest, { request: id, outcome: 'accepted' }))
  expect(await lists()).toEqual([])
  await worked()
  const [waits, ...others] = await lists()
  expect(others).toEqual([])
  expect(waits).toMatchObject({ goes_on: true, ended: null })
  expect(waits.person_key).toMatch(/^1-[a-p]{32}$/)
  expect(waits.person_key).not.toContain(reference)
  done(await act(db, worker, leaveWaiting, { request: id, reason: 'place-found' }))
  await worked()
  expect(await lists()).toMatchObject([{ goes_on: false, ended: 'moved-in', days: 1 }])
  const { rows } = await db.ownerPool.query(
    `select act from audit.event where act like 'capacity.waiting.%' order by id`,
  )
  expect(rows).toEqual([{ act: 'capacity.waiting.start' }, { act: 'capacity.waiting.end' }])
})
