import { sql } from 'kysely'
import { query, type Tx } from '../db/database.ts'

export interface JobOptions {
  /** not before this moment */
  runAt?: Date
  /** a second job with the same key replaces the first while that one waits */
  key?: string
  /** how often it is tried in all, with growing pauses: 8 times take half an hour, 16 times two days */
  attempts?: number
}

/** Jobs are queued in the transaction that causes them: either both happen or neither. */
export interface JobQueue {
  add(task: string, payload: object, options?: JobOptions): void
}

/** The queue of a transaction. */
export function jobQueue(tx: Tx): JobQueue {
  return {
    add(task, payload, { runAt, key, attempts } = {}) {
      const job = sql`jobs.add(${task}, ${JSON.stringify(payload)}::json, ${runAt ?? null}::timestamptz, ${key ?? null}, ${attempts ?? 8}::integer)`
      tx.later(query.selectNoFrom(job.as('queued')))
    },
  }
}
