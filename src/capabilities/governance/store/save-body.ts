import { sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'
import type { Body } from '../types.ts'

/** Adds a body of a pack, or brings it to this state, by its slug. Bodies that a pack no longer has stay: what they decided stands. */
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
  await tx.all(
    query
      .insertInto('governance.body')
      .values({ slug: body.slug, ...columns })
      .onConflict((clash) => clash.column('slug').doUpdateSet(columns)),
  )
}
