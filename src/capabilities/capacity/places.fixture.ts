import { sql } from 'kysely'
import type { TestDatabase } from '../../../test/database.ts'
import { query, type Tx } from '../../platform/db/database.ts'

/** An offer as tests need one; what is not said is as usual. */
export interface TestOffer {
  slug: string
  pack?: string
  operator?: string
  paragraph?: string
  places?: number
  opened?: string
}

const asAdministration = { actor: null, purpose: 'administration' }

/** Adds an offer with its places, past the commands. @returns its id */
export async function addOffer(db: TestDatabase, offer: TestOffer): Promise<string> {
  const { slug, pack = 'dk-midtjylland', operator = 'viborg-kommune', paragraph = 'sel-107', places = 3 } = offer
  const opened = offer.opened ?? '2020-01-01'
  return db.transact(asAdministration, async (tx) => {
    const made = await tx.one(
      sql<{
        id: string
      }>`insert into capacity.offer (slug, pack, names, organisation_id, paragraph, target_groups, area, opened)
        select ${slug}, ${pack}, ${JSON.stringify({ da: slug })}::jsonb, o.id, ${paragraph}, '{}', o.area, ${opened}::date
        from access.organisation o where o.slug = ${operator} returning id`,
    )
    if (!made) throw new Error(`${slug} could not be added`)
    await tx.all(sql`select capacity.change_places(${made.id}, ${opened}::date, ${places}, ${places}, 'opened')`)
    return made.id
  })
}

/** Id of an organisation. */
export async function organisation(db: TestDatabase, slug: string): Promise<string> {
  const row = await db.transact({ actor: null }, (tx) =>
    tx.one(query.selectFrom('access.organisation').select('id').where('slug', '=', slug)),
  )
  if (!row) throw new Error(`${slug} is no organisation`)
  return row.id
}

/** Does something as the administration of the instance, past permissions. */
export const asOwner = <T>(db: TestDatabase, work: (tx: Tx) => Promise<T>) => db.transact(asAdministration, work)

/** An agreement of a region in force between two days, whose annex names these offers (by slug), past the meetings that lead to one. @param by account */
export async function annexInForce(
  db: TestDatabase,
  by: string,
  annex: { pack: string; since: string; until: string; offers: readonly string[] },
): Promise<void> {
  const client = await db.ownerPool.connect()
  try {
    await client.query(`begin; set local session_replication_role = replica`)
    await client.query(
      `with agreement as (insert into governance.framework_agreement (slug, pack, title, since, until, rule, way, organisation_id, state, ratify_by, consultation_id, in_force_on, begun_by)
         select 'test-agreement', $3, '{"en": "Test"}', $4::date, $5::date, '{"parts": [{"slug": "scope", "kind": "offers"}]}', 'full', o.id, 'in-force', $4::date, gen_random_uuid(), $4::date, $2
         from access.organisation o where o.pack = $3 order by o.slug limit 1 returning id),
       version as (insert into governance.framework_version (agreement_id, part, number, round, words, offers, body_id, written_by)
         select a.id, 'scope', 1, 1, '', $1::jsonb, b.id, $2 from agreement a, (select id from governance.body limit 1) b returning id, agreement_id)
       insert into governance.framework_text (agreement_id, round, purpose, versions, hash, fixed_at)
         select agreement_id, 1, 'agreement', jsonb_build_array(jsonb_build_object('part', 'scope', 'number', 1, 'id', id)), repeat('0', 64), now() from version`,
      [JSON.stringify(annex.offers.map((offer) => ({ offer }))), by, annex.pack, annex.since, annex.until],
    )
    await client.query('commit')
  } finally {
    client.release()
  }
}
