import { sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'
import type { LeavingReason, Urgency } from '../types.ts'

/** A place in a waiting list. */
export interface StoredWaiting {
  id: string
  request: string
  service: string
  handler: string
  urgency: Urgency
  since: Date
  leftAt: Date | undefined
  leftReason: LeavingReason | undefined
}

/** Puts a request on the list of its service (INT-9). @returns the id of its place */
export async function joinWaiting(
  tx: Tx,
  waiting: { request: string; service: string; handler: string; urgency: Urgency; since: Date },
): Promise<string> {
  const row = await tx.one(
    query
      .insertInto('intake.waiting')
      .values({
        request_id: waiting.request,
        service_id: waiting.service,
        handler_id: waiting.handler,
        urgency: waiting.urgency,
        since: waiting.since,
      })
      .returning('id'),
  )
  if (!row) throw new Error('the database gave no place on the list')
  return row.id
}

/** Where a request waits now; undefined where it waits nowhere. */
export async function waitingOf(tx: Tx, request: string): Promise<StoredWaiting | undefined> {
  return stored(await tx.one(rows().where('request_id', '=', request).where('left_at', 'is', null)))
}

/** A place in a list, by its id. */
export async function waitingById(tx: Tx, id: string): Promise<StoredWaiting | undefined> {
  return stored(await tx.one(rows().where('id', '=', id)))
}

/** How many wait before this one. It is counted by the database, since the person may see nobody else's place. */
export async function countAhead(tx: Tx, waiting: string): Promise<number> {
  const row = await tx.one(query.selectNoFrom(sql<number | null>`intake.ahead_of(${waiting})`.as('ahead')))
  return row?.ahead ?? 0
}

/** Leaves a list with a reason (INT-9). @returns false where it was left already */
export async function leaveWaiting(
  tx: Tx,
  id: string,
  left: { reason: LeavingReason; note: string | undefined; account: string | null },
): Promise<boolean> {
  const row = await tx.one(
    query
      .updateTable('intake.waiting')
      .set({ left_at: tx.now, left_reason: left.reason, left_note: left.note ?? null, account_id: left.account })
      .where('id', '=', id)
      .where('left_at', 'is', null)
      .returning('id'),
  )
  return row !== undefined
}

/** Another urgency, another rank; how long somebody has waited stays. @returns false where nobody waits there any more */
export async function setUrgency(tx: Tx, id: string, urgency: Urgency): Promise<boolean> {
  const row = await tx.one(
    query
      .updateTable('intake.waiting')
      .set({ urgency })
      .where('id', '=', id)
      .where('left_at', 'is', null)
      .returning('id'),
  )
  return row !== undefined
}

/** A line of a waiting list as the desk sees it. */
export interface WaitingLine extends StoredWaiting {
  reference: string
  person: string | undefined
}

/** Said beside the policy, so that the list of every other office need not be read. */
const ofOffices = sql<boolean>`w.handler_id = any ((select intake.offices())::uuid[])`

/** Those whose person may not be seen have a place like all others. */
const hiddenRequests = sql<{
  id: string
  reference: string
}>`(select id, reference from intake.hidden_requests())`.as<'h'>(sql.ref('h'))

/** A list of the actor's offices in the order of its rank. @param after where the page before ended */
export async function waitingList(
  tx: Tx,
  service: string,
  page: { after: readonly [number, string, string] | undefined; limit: number },
): Promise<{ lines: WaitingLine[]; next: [number, string, string] | undefined }> {
  const { after, limit } = page
  const places = query
    .selectFrom('intake.waiting as w')
    .selectAll('w')
    .where(ofOffices)
    .where('w.service_id', '=', service)
    .where('w.left_at', 'is', null)
    .$if(after !== undefined, (rows) =>
      rows.where(
        sql<boolean>`(w.urgency_rank, w.since, w.id) > (${after?.[0]}::smallint, ${after?.[1]}::timestamptz, ${after?.[2]}::uuid)`,
      ),
    )
    .orderBy('w.urgency_rank')
    .orderBy('w.since')
    .orderBy('w.id')
    .limit(limit + 1)
  const found = await tx.all(
    query
      .selectFrom(places.as('w'))
      .leftJoin('intake.request as r', 'r.id', 'w.request_id')
      .leftJoin(hiddenRequests, (join) => join.onRef('h.id', '=', 'w.request_id'))
      .leftJoin('intake.person as p', 'p.id', 'r.person_id')
      .select([
        'w.id',
        'w.request_id',
        'w.service_id',
        'w.handler_id',
        'w.urgency',
        'w.urgency_rank',
        'w.since',
        'w.left_at',
        'w.left_reason',
        sql<string>`coalesce(r.reference, h.reference)`.as('reference'),
        'p.name',
        sql<string>`w.since::text`.as('since_text'),
      ])
      .orderBy('w.urgency_rank')
      .orderBy('w.since')
      .orderBy('w.id'),
  )
  const last = found.length > limit ? found[limit - 1] : undefined
  return {
    lines: found.slice(0, limit).flatMap((row) => {
      const waiting = stored(row)
      return waiting ? [{ ...waiting, reference: row.reference, person: row.name ?? undefined }] : []
    }),
    next: last && [last.urgency_rank ?? 0, last.since_text, last.id],
  }
}

/** A service that somebody waits for. */
export interface AwaitedService {
  service: string
  count: number
  longestSince: Date
}

/** Services that somebody waits for at the actor's offices, the longest lists first. */
export async function awaitedServices(tx: Tx): Promise<AwaitedService[]> {
  const found = await tx.all(
    query
      .selectFrom('intake.waiting as w')
      .select(['w.service_id', sql<number>`count(*)::int`.as('count'), sql<Date>`min(w.since)`.as('longest_since')])
      .where(ofOffices)
      .where('w.left_at', 'is', null)
      .groupBy('w.service_id')
      .orderBy('count', 'desc')
      .orderBy('w.service_id')
      .limit(200),
  )
  return found.map((row) => ({ service: row.service_id, count: row.count, longestSince: row.longest_since }))
}

const rows = () =>
  query
    .selectFrom('intake.waiting')
    .select(['id', 'request_id', 'service_id', 'handler_id', 'urgency', 'since', 'left_at', 'left_reason'])

function stored(
  row:
    | {
        id: string
        request_id: string
        service_id: string
        handler_id: string
        urgency: string
        since: Date
        left_at: Date | null
        left_reason: string | null
      }
    | undefined,
): StoredWaiting | undefined {
  return (
    row && {
      id: row.id,
      request: row.request_id,
      service: row.service_id,
      handler: row.handler_id,
      urgency: row.urgency as Urgency,
      since: row.since,
      leftAt: row.left_at ?? undefined,
      leftReason: (row.left_reason as LeavingReason | null) ?? undefined,
    }
  )
}
