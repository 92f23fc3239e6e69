import { sql } from 'kysely'
import type { Place } from '../../../../platform/calendar/deadline.ts'
import { WorkingCalendar } from '../../../../platform/calendar/working-days.ts'
import { json, query, type Tx } from '../../../../platform/db/database.ts'
import type { StoredBody } from '../read-body.ts'

/** Keeps how a region counts working days. */
export async function saveWorkingDays(tx: Tx, pack: string, calendar: WorkingCalendar): Promise<void> {
  await tx.all(
    query
      .insertInto('governance.working_days')
      .values({ pack, calendar: json(calendar) })
      .onConflict((clash) => clash.column('pack').doUpdateSet({ calendar: json(calendar) })),
  )
}

/** Where the days of a body are counted: its time zone, and the working days of its region or, unknown, of its country. */
export async function placeOf(tx: Tx, body: Pick<StoredBody, 'pack' | 'timeZone'>): Promise<Place> {
  const row = await tx.one(
    query
      .selectFrom('packs.pack as k')
      .leftJoin('governance.working_days as w', 'w.pack', 'k.id')
      .select(['w.calendar', sql<string | null>`k.manifest ->> 'country'`.as('country')])
      .where('k.id', '=', body.pack),
  )
  return { timeZone: body.timeZone, calendar: WorkingCalendar.parse(row?.calendar ?? { country: row?.country }) }
}
