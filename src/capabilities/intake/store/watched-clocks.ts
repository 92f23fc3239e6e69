import { query, type Tx } from '../../../platform/db/database.ts'
import { type StoredClock, storedClock } from './clocks.ts'

/** A running clock of a request, with who answers. */
export interface WatchedClock extends StoredClock {
  reference: string
  handler: string
  assignedTo: string | undefined
}

const most = 500

/** Clocks that run and are due to be warned of. Needs the purpose `intake`. */
export const clocksToWarn = (tx: Tx): Promise<WatchedClock[]> => watched(tx, 'warn_at', 'warned_at')

/** Clocks that have run out and that nobody was told of. Needs the purpose `intake`. */
export const clocksRunOut = (tx: Tx): Promise<WatchedClock[]> => watched(tx, 'due_at', 'escalated_at')

async function watched(tx: Tx, at: 'warn_at' | 'due_at', noted: 'warned_at' | 'escalated_at'): Promise<WatchedClock[]> {
  const rows = await tx.all(
    query
      .selectFrom('intake.clock as c')
      .innerJoin('intake.request as r', 'r.id', 'c.request_id')
      .selectAll('c')
      .select(['r.reference', 'r.handler_id', 'r.assigned_to'])
      .where(`c.${at}`, '<=', tx.now)
      .where(`c.${noted}`, 'is', null)
      .where('c.stopped_at', 'is', null)
      .where('c.paused_at', 'is', null)
      .orderBy(`c.${at}`)
      .limit(most),
  )
  return rows.flatMap((row) =>
    row.handler_id === null
      ? []
      : [
          {
            ...storedClock(row),
            reference: row.reference,
            handler: row.handler_id,
            assignedTo: row.assigned_to ?? undefined,
          },
        ],
  )
}

/** Notes that somebody was told. @returns false where another worker was faster */
export async function noteTold(tx: Tx, clock: string, what: 'warned_at' | 'escalated_at'): Promise<boolean> {
  const row = await tx.one(
    query
      .updateTable('intake.clock')
      .set({ [what]: tx.now })
      .where('id', '=', clock)
      .where(what, 'is', null)
      .returning('id'),
  )
  return row !== undefined
}
