import type pg from 'pg'

/** What waits in the queue, for `linden doctor`. Holds no payload. */
export interface QueueState {
  /** does any worker take jobs */
  alive: boolean
  waiting: number
  /** due for more than five minutes and not begun */
  overdue: number
  running: number
  /** failed at least once and tried again, or given up */
  failing: readonly FailingJob[]
}

export interface FailingJob {
  id: string
  task: string
  attempts: number
  of: number
  /** tried again at this moment; undefined: given up */
  again: Date | undefined
  /** words without personal data */
  reason: string
}

/** Looks at the queue. @param owner pool of the owner: the program may not read the queue */
export async function queueState(owner: pg.Pool): Promise<QueueState> {
  const counts = await owner.query<{ alive: boolean; waiting: number; overdue: number; running: number }>(
    `select jobs.alive() as alive,
       count(*) filter (where locked_at is null and attempts < max_attempts)::int as waiting,
       count(*) filter (where locked_at is null and attempts < max_attempts and run_at < now() - interval '5 minutes')::int as overdue,
       count(*) filter (where locked_at is not null)::int as running
     from graphile_worker.jobs`,
  )
  const failing = await owner.query<{
    id: string
    task: string
    attempts: number
    of: number
    run_at: Date
    last_error: string | null
  }>(
    `select id::text, task_identifier as task, attempts::int, max_attempts::int as of, run_at, last_error
     from graphile_worker.jobs where last_error is not null order by attempts desc, id limit 100`,
  )
  return {
    ...(counts.rows[0] ?? { alive: false, waiting: 0, overdue: 0, running: 0 }),
    failing: failing.rows.map(({ id, task, attempts, of, run_at, last_error }) => ({
      id,
      task,
      attempts,
      of,
      again: attempts < of ? run_at : undefined,
      reason: last_error ?? '',
    })),
  }
}
