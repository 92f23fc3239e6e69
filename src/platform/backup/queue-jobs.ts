import type pg from 'pg'
import { copyIn } from '../db/copy.ts'

const columns = 'id, task, payload, priority, run_at, attempts, max_attempts, last_error, created_at, key'

/** Jobs that wait, without who holds them now: after a restore they are taken up from the beginning. */
export const copyJobs = `copy (
  select j.id, t.identifier as task, j.payload, j.priority, j.run_at, j.attempts, j.max_attempts, j.last_error, j.created_at, j.key
  from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id order by j.id
) to stdout`

/** Empties the queue. */
export async function removeJobs(client: pg.ClientBase): Promise<void> {
  await client.query('delete from graphile_worker._private_jobs')
  await client.query('delete from graphile_worker._private_job_queues')
}

/**
 * Puts jobs back with their numbers and their age, by which letters know whether they were sent already.
 * @param source what `copyJobs` gave
 */
export async function loadJobs(client: pg.ClientBase, source: AsyncIterable<Buffer>): Promise<void> {
  await client.query(
    `create temporary table restored_job (id bigint, task text, payload json, priority smallint, run_at timestamptz, attempts smallint,
       max_attempts smallint, last_error text, created_at timestamptz, key text) on commit drop`,
  )
  await copyIn(client, `copy restored_job (${columns}) from stdin`, source)
  await client.query(
    `insert into graphile_worker._private_tasks (identifier) select distinct task from restored_job on conflict do nothing`,
  )
  await client.query(
    `insert into graphile_worker._private_jobs (id, task_id, payload, priority, run_at, attempts, max_attempts, last_error, created_at, key)
     overriding system value
     select r.id, t.id, r.payload, r.priority, r.run_at, r.attempts, r.max_attempts, r.last_error, r.created_at, r.key
     from restored_job r join graphile_worker._private_tasks t on t.identifier = r.task`,
  )
  const sequence = `pg_get_serial_sequence('graphile_worker._private_jobs', 'id')`
  await client.query(
    `select setval(${sequence}, greatest(max(id), (select coalesce(last_value, 1) from pg_sequences
       where format('%I.%I', schemaname, sequencename) = ${sequence}))) from restored_job having max(id) is not null`,
  )
}
