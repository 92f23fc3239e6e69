import { EventEmitter } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { type CronItem, Logger, parseCronItems, run, type Task, type WorkerEvents } from 'graphile-worker'
import type pg from 'pg'
import type { Log } from '../log/log.ts'
import { blame } from './blame.ts'
import { type Job, type JobContext, JobFailed, type JobMeans } from './job.ts'

export interface WorkerOptions {
  /** jobs done at the same time; each needs connections of the pool */
  concurrency?: number
  /** how often jobs of dead workers are looked for, in milliseconds */
  rounds?: number
}

/** A running worker. */
export interface JobWorker {
  /**
   * Takes no more jobs and waits until those in hand are done and gone from the queue. Connections may be ended after this, not before.
   * Long jobs hear of it by their signal after five seconds.
   */
  stop(): Promise<void>
  /** rejected when the worker ends by itself, which it does only after errors of the database that it cannot get over */
  readonly ended: Promise<void>
}

/**
 * Takes jobs from the queue and runs them, and puts those with a cron line into it. Any number of workers may run beside each other.
 * @throws Error where two jobs have one name, or a cron line is none
 */
export async function startWorker(
  means: JobMeans,
  jobs: readonly Job[],
  options: WorkerOptions = {},
): Promise<JobWorker> {
  const { concurrency = 3, rounds = 15_000 } = options
  const owner = means.database.ownerPool
  const events: WorkerEvents = new EventEmitter()
  const presence = announce(events, owner, means.log)
  await releaseLost(owner, means.log)
  const runner = await run({
    pgPool: owner,
    taskList: tasksOf(jobs, means),
    parsedCronItems: parseCronItems(jobs.flatMap(cronItemOf)),
    concurrency,
    noHandleSignals: true,
    pollInterval: 1000,
    logger: quietly(means.log),
    events,
  })
  const ended = runner.promise
  // Whoever does not wait for it must not be ended by it.
  ended.catch((error: unknown) => means.log.error({ ...blame(error) }, 'the worker has ended'))
  const timer = setInterval(() => void presence.again().then(() => releaseLost(owner, means.log)), rounds)
  timer.unref()
  let stopping: Promise<void> | undefined
  const stop = async () => {
    clearInterval(timer)
    await runner.stop()
    await ended.catch(() => {})
    await presence.leave()
  }
  return {
    ended,
    stop() {
      stopping ??= stop()
      return stopping
    },
  }
}

const day = 86_400_000

/** A tick that comes while the one before still waits replaces it: a queue that stood still is not flooded. */
function cronItemOf({ task, cron }: Job): CronItem[] {
  if (!cron) return []
  // What happens on certain hours is made up for when nobody was there; what happens all the time comes again anyway.
  const backfillPeriod = cron.trim().split(/\s+/)[1] === '*' ? 0 : day
  return [{ task, match: cron, identifier: task, options: { jobKey: task, maxAttempts: 8, backfillPeriod } }]
}

function tasksOf(jobs: readonly Job[], means: JobMeans): Record<string, Task> {
  const tasks: Record<string, Task> = {}
  for (const job of jobs) {
    if (tasks[job.task]) throw new Error(`Two jobs are called ${job.task}. Rename one of them.`)
    tasks[job.task] = taskOf(job, means)
  }
  return tasks
}

function taskOf(job: Job, means: JobMeans): Task {
  return async (given, { job: row, abortSignal }) => {
    const facts = { job: String(row.id), task: job.task, attempt: row.attempts, of: row.max_attempts }
    try {
      const payload = job.payload.safeParse(given)
      if (!payload.success)
        throw new JobFailed(
          `its payload is not as declared: ${payload.error.issues.map(({ path, code }) => `${path.join('.')} ${code}`).join(', ')}`,
        )
      const context: JobContext = {
        ...means,
        job: {
          id: `${row.id}-${new Date(row.created_at).getTime().toString(36)}`,
          attempt: row.attempts,
          lastAttempt: row.attempts >= row.max_attempts,
        },
        transact: (work) => means.database.transact({ actor: null, purpose: job.purpose }, work),
        signal: abortSignal,
      }
      await job.run(context, payload.data)
    } catch (error) {
      const { words, stack } = blame(error)
      means.log.error(
        { ...facts, words, stack },
        row.attempts >= row.max_attempts ? 'a job has failed for good' : 'a job has failed and is tried again',
      )
      // The queue keeps the message: only words that hold no personal data get there.
      throw new JobFailed(words)
    }
  }
}

/** Keeps `jobs.worker` true: which connection this worker listens on, so that others see when it has died. */
function announce(events: WorkerEvents, owner: pg.Pool, log: Log) {
  const backends = new Map<string, number>()
  let told: Promise<void> = Promise.resolve()
  const tell = async () => {
    try {
      await owner.query(
        `insert into jobs.worker (id, backend, backend_start)
         select w.id, pid, backend_start from unnest($1::text[], $2::integer[]) w (id, backend) join pg_stat_activity on pid = w.backend
         on conflict (id) do update set backend = excluded.backend, backend_start = excluded.backend_start`,
        [[...backends.keys()], [...backends.values()]],
      )
    } catch (error) {
      log.warn({ ...blame(error) }, 'the worker could not announce itself')
    }
  }
  events.on('pool:listen:success', ({ workerPool, client }) => {
    backends.set(workerPool.id, (client as unknown as { processID: number }).processID)
    told = told.then(tell)
  })
  return {
    /** Says it again, in case nobody heard: a worker that is not known counts as dead after a minute. */
    again(): Promise<void> {
      told = told.then(tell)
      return told
    },
    /** Waits until the queue holds no job in the name of this worker: the last deletion arrives after the worker has stopped. */
    async leave(): Promise<void> {
      await told
      const ids = [...backends.keys()]
      for (let tries = 0; tries < 250; tries++) {
        const { rows } = await owner.query<{ held: boolean }>(
          'select exists (select from graphile_worker.jobs where locked_by = any($1)) as held',
          [ids],
        )
        if (!rows[0]?.held) break
        await pause(20)
      }
      await owner.query('select graphile_worker.force_unlock_workers($1)', [ids])
      await owner.query('delete from jobs.worker where id = any($1)', [ids])
    },
  }
}

async function releaseLost(owner: pg.Pool, log: Log): Promise<void> {
  try {
    const { rows } = await owner.query<{ lost: number }>('select jobs.release_lost() as lost')
    const lost = Number(rows[0]?.lost)
    if (lost > 0) log.warn({ lost }, 'workers had ended in the middle; their jobs are taken up again')
  } catch (error) {
    log.warn({ ...blame(error) }, 'jobs of lost workers could not be looked for')
  }
}

/** The queue's own words may repeat what a job was given: of warnings and errors only the fact gets into the log. */
function quietly(log: Log): Logger {
  return new Logger((scope) => (level, message, meta) => {
    if (level !== 'error' && level !== 'warning') return
    const error = meta?.error
    // A failing task was told by the task itself.
    if (error instanceof JobFailed || /^Failed task/.test(message)) return
    log.warn({ ...scope, ...(error === undefined ? {} : blame(error)) }, 'the job queue reports a problem')
  })
}
