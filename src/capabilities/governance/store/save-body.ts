import { sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'
import { seatsOf } from '../rules/seats.ts'
import type { Body } from '../types.ts'

/** Adds a body of a pack with its seats, or brings it to this state, by its slug. Bodies that a pack no longer has stay: what they decided stands. */
export async function saveBody(tx: Tx, body: Body, pack: string): Promise<void> {
  const organisation = await tx.one(
    query.selectFrom('access.organisation').select('id').where('slug', '=', body.organisation),
  )
  if (!organisation)
    throw new Error(`bodies.json: ${body.slug} names the organisation ${body.organisation}, which nobody has loaded`)
  const columns = {
    profile: sql<unknown>`${JSON.stringify(body)}::jsonb`,
    organisation_id: organisation.id,
    area: body.area,
    pack,
  }
  const stored = await tx.one(
    query
      .insertInto('governance.body')
      .values({ slug: body.slug, ...columns })
      .onConflict((clash) => clash.column('slug').doUpdateSet(columns))
      .returning('id'),
  )
  if (!stored) throw new Error(`${body.slug} was not stored`)
  await saveSeats(tx, body, stored.id)
}

/** Brings the seats of a body to what its rules make. One that no rule makes any longer is withdrawn: who held it stays known. */
async function saveSeats(tx: Tx, body: Body, id: string): Promise<void> {
  const seats = seatsOf(body)
  const made = seats.map(({ key, organisation, rule, open }) => ({ key, organisation, shared: rule.shared || open }))
  await tx.all(
    sql`insert into governance.seat (body_id, key, organisation_id, shared, withdrawn)
        select ${id}::uuid, made.key, o.id, made.shared, false
        from jsonb_to_recordset(${JSON.stringify(made)}::jsonb) as made (key text, organisation text, shared boolean)
        left join access.organisation o on o.slug = made.organisation
        on conflict (body_id, key) do update
          set organisation_id = excluded.organisation_id, shared = excluded.shared, withdrawn = false`,
  )
  const keys = seats.map(({ key }) => key)
  await tx.all(
    sql`update governance.seat set withdrawn = true where body_id = ${id} and not withdrawn and key <> all (${keys}::text[])`,
  )
}
