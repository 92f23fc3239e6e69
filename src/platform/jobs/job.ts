import type { z } from 'zod'
import type { Config } from '../config/config.ts'
import type { Database, Tx } from '../db/database.ts'
import type { Log } from '../log/log.ts'

/** What a worker gives to every job. */
export interface JobMeans {
  readonly database: Database
  readonly config: Config
  readonly log: Log
  now(): Date
}

/** All that a job has in its hands. */
export interface JobContext extends JobMeans {
  readonly job: {
    /** the same at every attempt, and never given to another job, not even after a restore */
    readonly id: string
    /** 1 at the first */
    readonly attempt: number
    readonly lastAttempt: boolean
  }
  /** a transaction in which the job acts as the system: no actor, and the purpose that it declares */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** set off when the program is about to stop: long work ends at the next safe place, and is done again later */
  readonly signal: AbortSignal
}

/**
 * Background work, registered by parts of the platform and by capabilities.
 * A job is done at least once: a worker that dies in the middle leaves it to the next. So it must bear being done twice.
 */
export interface Job<Payload = unknown> {
  /** `mail.send`: the part and a verb */
  task: string
  payload: z.ZodType<Payload>
  /** on which errand it sees rows: policies ask `access.purpose()` */
  purpose: string
  run(context: JobContext, payload: Payload): Promise<void>
  /** minute, hour, day, month, weekday, in UTC; the payload is then an empty object */
  cron?: string
}

/** Why a job failed, in words without personal data: they stand in the log, in the queue and in what `linden doctor` prints. */
export class JobFailed extends Error {
  constructor(words: string, options?: ErrorOptions) {
    super(words, options)
    this.name = 'JobFailed'
  }
}
