import { sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'

/** Why somebody was called: they are on duty; nobody on duty answered; the clock ran out. */
export type AlertReason = 'duty' | 'lead' | 'late'

/** Notes that somebody is called about a request. @returns false where they were called for this reason before */
export async function addAlert(
  tx: Tx,
  alert: { request: string; account: string; reason: AlertReason },
): Promise<boolean> {
  const row = await tx.one(
    query
      .insertInto('intake.alert')
      .values({ request_id: alert.request, account_id: alert.account, at: tx.now, reason: alert.reason })
      .onConflict((clash) => clash.doNothing())
      .returning('id'),
  )
  return row !== undefined
}

/** A call that was made. */
export interface StoredAlert {
  account: string
  reason: AlertReason
  at: Date
  acknowledgedAt: Date | undefined
}

/** Calls about a request, the first first. */
export async function alertsOf(tx: Tx, request: string): Promise<StoredAlert[]> {
  const rows = await tx.all(
    query
      .selectFrom('intake.alert')
      .select(['account_id', 'reason', 'at', 'acknowledged_at'])
      .where('request_id', '=', request)
      .orderBy('at')
      .orderBy('id'),
  )
  return rows.map((row) => ({
    account: row.account_id,
    reason: row.reason as AlertReason,
    at: row.at,
    acknowledgedAt: row.acknowledged_at ?? undefined,
  }))
}

/** Somebody has it: every call about the request is answered. @returns false where it was answered before, or nobody was called */
export async function acknowledgeAlerts(tx: Tx, request: string): Promise<boolean> {
  const rows = await tx.all(
    query
      .updateTable('intake.alert')
      .set({ acknowledged_at: tx.now })
      .where('request_id', '=', request)
      .where('acknowledged_at', 'is', null)
      .returning('id'),
  )
  return rows.length > 0
}

/** An emergency that nobody has answered yet. */
export interface OpenAlert {
  request: string
  reference: string
  at: Date
  reason: AlertReason
}

/**
 * Emergencies at the actor's offices that nobody has answered, the oldest first: they stand on top of the desk. Calls are sought from the
 * emergencies that are open: of calls that nobody ever answered there are more every year.
 */
export async function openAlerts(tx: Tx): Promise<OpenAlert[]> {
  return tx.all(sql<OpenAlert>`select r.id as request, r.reference, a.at, a.reason
    from (select id, reference, state, urgency, handler_id from intake.request
      union all select id, reference, state, urgency, handler_id from intake.hidden_requests()) r
    cross join lateral (select min(at) as at, min(reason) as reason from intake.alert where request_id = r.id and acknowledged_at is null) a
    where r.handler_id = any ((select intake.offices())::uuid[]) and r.state in ('submitted', 'in-review', 'waiting') and r.urgency = 'emergency'
      and a.at is not null
    order by a.at, r.id limit 50`)
}
