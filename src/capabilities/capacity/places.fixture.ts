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
