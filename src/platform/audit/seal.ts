import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { z } from 'zod'
import type { Job } from '../jobs/job.ts'
import { largestSeal, type Seal, sealOver, spanText } from './entry.ts'
import { entryColumns, entryOf, sealColumns, sealOf } from './trail.ts'

/** Key of the lock that one sealer holds at a time. */
const sealing = 47_112_025

/** How long sealing waits for writers before it leaves the rest to the next time, in milliseconds. */
const patience = 20_000

/**
 * Seals every committed event that no seal holds yet, in batches of at most 1000. Several at once seal one after the other.
 * @param owner pool of the owner
 * @returns how many seals were written
 */
export async function sealTrail(owner: pg.Pool, now: () => Date): Promise<number> {
  const bound = await settledBound(owner)
  if (bound === undefined) return 0
  let seals = 0
  while (await sealNext(owner, bound, now())) seals++
  return seals
}

/**
 * The highest id below which no event can appear any more.
 *
 * Ids are given out when an event is written, and transactions end in another order: 7 may be visible while 5 is not yet.
 * A seal over 7 would make 5 look inserted. So: read the last id given out; then find everybody who holds the lock of a writer on
 * the table, and wait until these very transactions have ended. PostgreSQL takes that lock before it gives out the id and keeps it until
 * the transaction has ended and is visible. Whoever got an id up to the bound therefore either stands in this list or has ended already.
 * Those who come later get higher ids; nobody waits for the sealer. (Locking the table instead would stop all writers behind the
 * slowest, and cancel the vacuum of the table.)
 */
async function settledBound(owner: pg.Pool): Promise<number | undefined> {
  const last = await owner.query<{ bound: string }>(
    'select (case when is_called then last_value else 0 end)::text as bound from audit.event_id_seq',
  )
  let writers = await writersAmong(owner)
  for (const deadline = performance.now() + patience; writers.length > 0; ) {
    if (performance.now() > deadline) return undefined
    await pause(20)
    writers = await writersAmong(owner, writers)
  }
  return Number(last.rows[0]?.bound)
}

async function writersAmong(owner: pg.Pool, some?: readonly string[]): Promise<string[]> {
  const { rows } = await owner.query<{ writer: string }>(
    `select virtualtransaction as writer from pg_locks
     where locktype = 'relation' and relation = 'audit.event'::regclass and mode = 'RowExclusiveLock' and granted
       and database = (select oid from pg_database where datname = current_database())
       and ($1::text[] is null or virtualtransaction = any($1))`,
    [some ?? null],
  )
  return rows.map(({ writer }) => writer)
}

async function sealNext(owner: pg.Pool, bound: number, now: Date): Promise<Seal | undefined> {
  const client = await owner.connect()
  let failure: unknown
  try {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock($1)', [sealing])
    const last = (
      await client.query(`select ${sealColumns} from audit.seal order by seal.number desc limit 1`)
    ).rows.map(sealOf)[0]
    const { rows } = await client.query(
      `select ${entryColumns} from audit.event where event.id > $1 and event.id <= $2 order by event.id limit $3`,
      [last?.events.at(-1)?.to ?? 0, bound, largestSeal],
    )
    const seal = rows.length > 0 ? sealOver(rows.map(entryOf), last, now) : undefined
    if (seal) await insert(client, seal)
    await client.query('commit')
    return seal
  } catch (error) {
    failure = error
    throw error
  } finally {
    // A connection whose transaction may be open is not lent again.
    client.release(failure !== undefined)
  }
}

async function insert(client: pg.ClientBase, seal: Seal): Promise<void> {
  const bytes = (hex: string) => Buffer.from(hex, 'hex')
  await client.query(
    `insert into audit.seal (number, sealed_at, events, count, leaves, root, previous, hash) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      seal.number,
      seal.sealedAt,
      spanText(seal.events),
      seal.count,
      bytes(seal.leaves.join('')),
      bytes(seal.root),
      bytes(seal.previous),
      bytes(seal.hash),
    ],
  )
}

/** Closes the trail every minute; who wants it sooner queues `audit.seal`. */
export const sealJob: Job<object> = {
  task: 'audit.seal',
  payload: z.object({}),
  purpose: 'sealing',
  cron: '* * * * *',
  async run({ database, now }) {
    await sealTrail(database.ownerPool, now)
  },
}
