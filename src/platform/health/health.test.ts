import { afterAll, expect, test } from 'vitest'
import { openTestDatabase, testDatabase } from '../../../test/database.ts'
import { openDatabase } from '../db/database.ts'
import { Door } from '../http/door.ts'
import type { Visit } from '../http/visit.ts'
import { startWorker } from '../jobs/worker.ts'
import { createLog } from '../log/log.ts'
import { healthRoutes } from './health.ts'

const db = await testDatabase()
const log = createLog('silent')

/** Asks a probe as the web server does, once it has found the route. */
async function ask(database: typeof db | Awaited<ReturnType<typeof openDatabase>>, address: string) {
  const door = new Door()
  healthRoutes(door, { database, log })
  const route = door.routes.find((each) => each.address === address)
  if (route?.kind !== 'raw') throw new Error(`no route ${address}`)
  expect(route.guard.permission.may(null, {})).toBe(true)
  const response = await route.answer({} as Visit)
  return { status: response.status, body: await response.json() }
}

test('health: a program that runs is live', async () => {
  expect(await ask(db, '/health/live')).toEqual({ status: 200, body: { status: 'live' } })
})

test('health: ready when the database answers, has all tables, and somebody takes jobs', async () => {
  expect(await ask(db, '/health/ready')).toEqual({
    status: 503,
    body: { status: 'not ready', checks: { database: 'ok', migrations: 'ok', jobs: 'nobody takes jobs' } },
  })
  const worker = await startWorker({ database: db, config: db.config, log, now: () => new Date() }, [])
  const ready = { status: 200, body: { status: 'ready', checks: { database: 'ok', migrations: 'ok', jobs: 'ok' } } }
  await expect.poll(() => ask(db, '/health/ready'), { timeout: 20_000 }).toEqual(ready)
  await worker.stop()
  expect((await ask(db, '/health/ready')).body.checks.jobs).toBe('nobody takes jobs')
})

test('health: a database without the latest tables is not ready', async () => {
  const { database, drop } = await openTestDatabase()
  afterAll(drop)
  await database.ownerPool.query(`delete from db.migration where part = 'jobs'`)
  expect((await ask(database, '/health/ready')).body.checks.migrations).toBe('1 not applied')
})

test('health: a database that does not answer is named, and no address or password with it', async () => {
  const closed = await openDatabase(db.config, { migrate: false })
  await closed.close()
  const { status, body } = await ask(closed, '/health/ready')
  expect(status).toBe(503)
  expect(body).toEqual({
    status: 'not ready',
    checks: { database: 'does not answer', migrations: 'does not answer', jobs: 'does not answer' },
  })
})
