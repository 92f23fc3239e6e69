import { query, type Tx } from '../../../platform/db/database.ts'

export interface NewMandate {
  /** id of the body */
  body: string
  /** key of the seat */
  seat: string
  name: string | undefined
  /** slug */
  organisation: string | undefined
  since: string
  until: string | undefined
  /** account of who gives it */
  by: string
}

/** Stores who holds a seat. @returns undefined where somebody holds it in that time, 'no-seat' and 'no-organisation' where there is none of that name */
export async function saveMandate(
  tx: Tx,
  made: NewMandate,
): Promise<{ id: string } | 'no-seat' | 'no-organisation' | undefined> {
  const seat = await tx.one(
    query
      .selectFrom('governance.seat')
      .select(['id', 'shared'])
      .where('body_id', '=', made.body)
      .where('key', '=', made.seat)
      .where('withdrawn', '=', false),
  )
  if (!seat) return 'no-seat'
  const organisation =
    made.organisation === undefined
      ? undefined
      : await tx.one(query.selectFrom('access.organisation').select('id').where('slug', '=', made.organisation))
  if (made.organisation !== undefined && !organisation) return 'no-organisation'
  return tx.one(
    query
      .insertInto('governance.mandate')
      .values({
        seat_id: seat.id,
        name: made.name ?? null,
        organisation_id: organisation?.id ?? null,
        since: made.since,
        until: made.until ?? null,
        shared: seat.shared,
        given_by: made.by,
        given_at: tx.now,
      })
      .onConflict((clash) => clash.doNothing())
      .returning('id'),
  )
}

/** Sets the last day of a mandate that has none, or a later one. @returns false where it ends sooner already */
export async function saveEnd(tx: Tx, id: string, until: string): Promise<boolean> {
  const row = await tx.one(
    query
      .updateTable('governance.mandate')
      .set({ until })
      .where('id', '=', id)
      .where((is) => is.or([is('until', 'is', null), is('until', '>', until)]))
      .returning('id'),
  )
  return row !== undefined
}
