import { sql } from 'kysely'
import type { Place } from '../../../platform/calendar/deadline.ts'
import { query, type Tx } from '../../../platform/db/database.ts'
import type { Text } from '../../../platform/i18n/text.ts'
import { IntakeProcedure } from '../types.ts'

/** How asking goes in a region, and where its clocks run. */
export interface Course {
  pack: string
  procedure: IntakeProcedure
  place: Place
}

/** The procedure of a pack; undefined where the pack says nothing of asking. */
export async function courseOf(tx: Tx, pack: string): Promise<Course | undefined> {
  const row = await tx.one(
    query
      .selectFrom('intake.procedure as p')
      .innerJoin('packs.pack as k', 'k.id', 'p.pack')
      .select(['p.details', sql<string>`k.manifest ->> 'timeZone'`.as('zone')])
      .where('p.pack', '=', pack),
  )
  if (!row) return undefined
  const procedure = IntakeProcedure.parse(row.details)
  return { pack, procedure, place: { timeZone: row.zone, calendar: procedure.calendar } }
}

/** Codes from the top of the area tree down to this area; empty for one that nobody knows. */
export async function areaPathOf(tx: Tx, area: string | undefined): Promise<readonly string[]> {
  if (!area) return []
  const row = await tx.one(query.selectFrom('access.area').select('path').where('code', '=', area))
  return row?.path ?? []
}

/** An office that answers requests. */
export interface Office {
  id: string
  slug: string
  names: Text
}

/** The organisation with this address. */
export async function officeBySlug(tx: Tx, slug: string): Promise<Office | undefined> {
  return office(await tx.one(offices().where('slug', '=', slug)))
}

/** The organisation with this id. */
export async function officeById(tx: Tx, id: string): Promise<Office | undefined> {
  return office(await tx.one(offices().where('id', '=', id)))
}

const offices = () => query.selectFrom('access.organisation').select(['id', 'slug', 'names'])
const office = (row: { id: string; slug: string; names: unknown } | undefined): Office | undefined =>
  row && { id: row.id, slug: row.slug, names: row.names as Text }
