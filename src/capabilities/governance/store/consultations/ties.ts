import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import type { Locale, Text } from '../../../../platform/i18n/text.ts'
import { SeatRole } from '../../types.ts'

/** Ties a mandate to an account by its address (GOV-1). @returns undefined where it is tied already */
export async function addTie(
  tx: Tx,
  given: { mandate: string; email: string; locale: Locale; by: string },
): Promise<{ id: string } | undefined> {
  return tx.one(
    query
      .insertInto('governance.mandate_account')
      .values({
        mandate_id: given.mandate,
        email: given.email,
        locale: given.locale,
        tied_by: given.by,
        tied_at: tx.now,
      })
      .onConflict((clash) => clash.doNothing())
      .returning('id'),
  )
}

/** Ends the tie of a mandate. @returns undefined where there was none */
export async function endTie(tx: Tx, mandate: string): Promise<{ id: string } | undefined> {
  return tx.one(
    query
      .updateTable('governance.mandate_account')
      .set({ untied_at: tx.now })
      .where('mandate_id', '=', mandate)
      .where('untied_at', 'is', null)
      .returning('id'),
  )
}

/** A tie as its letter tells it. Needs the errand of the job. */
export async function tieById(
  tx: Tx,
  id: string,
): Promise<{ email: string; locale: Locale; key: string; body: string } | undefined> {
  const row = await tx.one(
    query
      .selectFrom('governance.mandate_account as t')
      .innerJoin('governance.mandate as m', 'm.id', 't.mandate_id')
      .innerJoin('governance.seat as s', 's.id', 'm.seat_id')
      .select(['t.email', 't.locale', 's.key', 's.body_id'])
      .where('t.id', '=', id),
  )
  return row && { email: row.email, locale: row.locale as Locale, key: row.key, body: row.body_id }
}

/** The addresses by which holders of seats of a body sign in, by id of the mandate. Told to its secretariat alone. */
export async function tiesOf(tx: Tx, body: string): Promise<Map<string, string>> {
  const rows = await tx.all(
    query
      .selectFrom('governance.mandate_account as t')
      .innerJoin('governance.mandate as m', 'm.id', 't.mandate_id')
      .innerJoin('governance.seat as s', 's.id', 'm.seat_id')
      .select(['t.mandate_id', 't.email'])
      .where('s.body_id', '=', body)
      .where('t.untied_at', 'is', null),
  )
  return new Map(rows.map(({ mandate_id, email }) => [mandate_id, email]))
}

/** A seat that the reader holds today. */
export interface OwnSeat {
  body: { id: string; slug: string; names: Text }
  key: string
  seatNames: Text
  role: SeatRole
  since: string
  until: string | undefined
}

/** The seats that the actor holds today, by a mandate that is tied to their account. */
export async function ownSeats(tx: Tx): Promise<OwnSeat[]> {
  const rows = await tx.all(
    sql<{
      id: string
      slug: string
      names: Text
      key: string
      seat_names: Text
      role: string
      since: string
      until: string | null
    }>`
      select b.id, b.slug, b.profile -> 'names' as names, s.key, rule -> 'names' as seat_names, rule ->> 'role' as role, m.since, m.until
      from governance.mandate m join governance.seat s on s.id = m.seat_id join governance.body b on b.id = s.body_id
      cross join lateral jsonb_array_elements(b.profile -> 'seats') rule
      where m.id = any ((select governance.own_mandates())::uuid[]) and rule ->> 'slug' = split_part(s.key, '/', 1)
      order by b.slug, s.key`,
  )
  return rows.map((row) => ({
    body: { id: row.id, slug: row.slug, names: row.names },
    key: row.key,
    seatNames: row.seat_names,
    role: SeatRole.parse(row.role),
    since: row.since,
    until: row.until ?? undefined,
  }))
}

/** Does the actor hold the chair of this body today? */
export async function isChair(tx: Tx, body: string): Promise<boolean> {
  const row = await tx.one(sql<{ is: boolean }>`select governance.sits_in(${body}::uuid, '{chair}') as "is"`)
  return row?.is ?? false
}
