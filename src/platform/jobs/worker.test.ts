import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { testDatabase } from '../../../test/database.ts'
import type { Log } from '../log/log.ts'
import { blame } from './blame.ts'
import { type Job, JobFailed } from './job.ts'
import { jobQueue } from './queue.ts'
import { queueState } from './state.ts'
import { type JobWorker, startWorker } from './worker.ts'

const db = await testDatabase()
const owner = db.ownerPool
const lines: string[] = []
const write = (facts: object, words: string) =>
  lines.push(JSON.stringify({ ...facts, words: `${words} ${'words' in facts ? facts.words : ''}` }))
const log: Log = { info: write, warn: write, error: write }
const means = { database: db, config: db.config, log, now: () => db.clock.now }

let worker: JobWorker | undefined
const start = async (...jobs: Job[]) => {
  worker = await startWorker(means, jobs, { rounds: 200 })
  return worker
}

beforeAll(async () => {
  await owner.query(`create schema trial; create table trial.ran (id bigint generated always as identity, job text, attempt integer, purpose text default access.purpose());
    grant usage on schema trial to linden_program; grant select, insert on trial.ran to linden_program`)
})
beforeEach(async () => {
  lines.length = 0
  await owner.query('truncate trial.ran; delete from graphile_worker._private_jobs')
})
afterEach(async () => {
  await worker?.stop()
  worker = undefined
})

const ran = async () =>
  (
    await owner.query<{ job: string; attempt: number; purpose: string }>(
      'select job, attempt, purpose from trial.ran order by id',
    )
  ).rows
const inQueue = async () => (await owner.query('select from graphile_worker.jobs')).rowCount
const queue = (task: string, payload: object = {}, options = {}) =>
  db.transact({ actor: null }, async (tx) => jobQueue(tx).add(task, payload, options))

/** A job that notes that it ran, and what to wait for. */
function noting(more: (attempt: number) => void = () => {}): {
  job: Job<object>
  once: Promise<void>
  again: Promise<void>
} {
  const first = Promise.withResolvers<void>()
  const second = Promise.withResolvers<void>()
  const job: Job<object> = {
    task: 'trial.note',
    payload: z.object({}),
    purpose: 'trial',
    async run({ transact, job }) {
      await transact((tx) => tx.all(sql`insert into trial.ran (job, attempt) values (${job.id}, ${job.attempt})`))
      if (job.attempt > 1) second.resolve()
      first.resolve()
      more(job.attempt)
    },
  }
  return { job, once: first.promise, again: second.promise }
}

test('jobs: a job is queued with the transaction, and never when that is undone', async () => {
  const { job, once: done } = noting()
  await expect(
    db.transact({ actor: null }, async (tx) => {
      jobQueue(tx).add('trial.note', {})
      throw new Error('changed my mind')
    }),
  ).rejects.toThrow('changed my mind')
  await expect(
    db.transact({ actor: null }, async (tx) => {
      jobQueue(tx).add('trial.note', {})
      tx.later(sql`select 1 / 0`)
    }),
  ).rejects.toThrow('division by zero')
  expect(await inQueue()).toBe(0)
  await queue('trial.note')
  const running = await start(job)
  await done
  await running.stop()
  expect(await ran()).toEqual([{ job: expect.any(String), attempt: 1, purpose: 'trial' }])
})

test('jobs: the last job is gone from the queue when stop has ended', async () => {
  for (let round = 0; round < 5; round++) {
    const { job, once: begun } = noting()
    await queue('trial.note')
    const running = await start(job)
    await begun
    await running.stop()
    expect(await inQueue()).toBe(0)
    expect((await owner.query('select from jobs.worker')).rowCount).toBe(0)
  }
})

test('jobs: the role of the program cannot read or change the queue', async () => {
  await queue('trial.note', { to: 'somebody' })
  for (const statement of [
    'select * from graphile_worker._private_jobs',
    'select * from graphile_worker.jobs',
    'delete from graphile_worker._private_jobs',
    `select graphile_worker.add_job('trial.note')`,
    'select * from jobs.worker',
    'select jobs.release_lost()',
  ])
    await expect(db.pool.query(statement), statement).rejects.toMatchObject({ code: '42501' })
})

test('jobs: a job that fails is tried again, and the doctor sees why without personal data', async () => {
  const { job, again } = noting((attempt) => {
    if (attempt === 1) throw new Error('cannot write to anna@example.org')
  })
  const running = await start(job)
  await queue('trial.note', { to: 'anna@example.org' })
  await expect
    .poll(async () => (await queueState(owner)).failing, { timeout: 60_000 })
    .toMatchObject([{ task: 'trial.note', attempts: 1, of: 8, reason: 'Error', again: expect.any(Date) }])
  expect(lines.join()).toContain('a job has failed and is tried again')
  expect(lines.join()).not.toContain('anna')
  await owner.query(`update graphile_worker._private_jobs set run_at = now()`)
  await again
  await running.stop()
  expect((await ran()).map(({ attempt }) => attempt)).toEqual([1, 2])
  expect(await queueState(owner)).toMatchObject({ failing: [], waiting: 0, running: 0, alive: false })
})

test('jobs: a job that fails every time is given up, and stays visible', async () => {
  const { job } = noting(() => {
    throw new JobFailed('the other side is closed')
  })
  await queue('trial.note', {}, { attempts: 1 })
  await start(job)
  await expect
    .poll(async () => (await queueState(owner)).failing, { timeout: 60_000 })
    .toMatchObject([{ attempts: 1, of: 1, reason: 'the other side is closed', again: undefined }])
  expect(lines.join()).toContain('a job has failed for good')
})

test('jobs: a payload that is not as declared fails with the field, not its value', async () => {
  const job: Job<{ to: string }> = {
    task: 'trial.strict',
    payload: z.object({ to: z.uuid() }),
    purpose: 'trial',
    run: async () => {},
  }
  await queue('trial.strict', { to: 'anna@example.org' })
  await start(job)
  await expect
    .poll(async () => (await queueState(owner)).failing[0]?.reason, { timeout: 60_000 })
    .toMatch(/^its payload is not as declared: to /)
  expect(lines.join()).not.toContain('anna')
})

test('jobs: a worker that is killed in the middle leaves its job to the next one, at once', {
  timeout: 60_000,
}, async () => {
  await queue('trial.note')
  const child = spawn(process.execPath, [fileURLToPath(new URL('worker-to-kill.ts', import.meta.url))], {
    env: {
      DATABASE_URL: db.config.databaseUrl,
      LINDEN_SECRET: db.config.secret,
      LINDEN_DATA: db.config.data,
      PATH: process.env.PATH,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  expect(String((await once(child.stdout, 'data'))[0])).toBe('in the middle\n')
  await expect.poll(() => queueState(owner), { timeout: 60_000 }).toMatchObject({ alive: true, running: 1 })
  child.kill('SIGKILL')
  await exited
  const { job, again } = noting()
  const running = await start(job)
  await again
  await running.stop()
  const [first, second] = await ran()
  expect(second).toEqual({ ...first, attempt: 2 })
})

test('jobs: a worker that died before it could announce itself is known by its locks', async () => {
  await queue('trial.note')
  const lock = (age: string) =>
    owner.query(
      `update graphile_worker._private_jobs set locked_by = 'nobody knows it', locked_at = now() - $1::interval`,
      [age],
    )
  const release = async () => (await owner.query<{ lost: number }>('select jobs.release_lost() as lost')).rows[0]?.lost
  await lock('10 seconds')
  expect(await release()).toBe(0)
  await lock('2 minutes')
  expect(await release()).toBe(1)
  const { job, once: done } = noting()
  await start(job)
  await done
})

test('jobs: a cron line puts the job into the queue, once for all the days on which nobody was there', async () => {
  const { job, once: done } = noting()
  await owner.query(`insert into graphile_worker._private_known_crontabs (identifier, known_since, last_execution)
    values ('trial.note', now() - interval '9 days', now() - interval '3 days')`)
  const running = await start({ ...job, cron: '0 3 * * *' })
  await done
  await running.stop()
  expect(await ran()).toHaveLength(1)
})

test('jobs: two jobs of one name, and a cron line that is none, stop the start', async () => {
  const { job } = noting()
  await expect(startWorker(means, [job, job])).rejects.toThrow('Two jobs are called trial.note')
  await expect(startWorker(means, [{ ...job, cron: 'whenever' }])).rejects.toThrow()
})

test('jobs: what is told of an error holds no message, but its kind and where', () => {
  const error = Object.assign(new TypeError('Anna Petrenko, born 1990'), {
    code: '23505',
    constraint: 'letter_pkey',
    detail: 'Key (to)=(anna)',
  })
  expect(blame(error).words).toBe('TypeError 23505 letter_pkey')
  expect(blame(error).stack.join()).not.toContain('Anna')
  expect(blame('anna').words).toBe('thrown: string')
  expect(blame(new JobFailed('no answer', { cause: error })).words).toBe(
    'no answer, caused by TypeError 23505 letter_pkey',
  )
})
