import { sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'
import type { Text } from '../../../platform/i18n/text.ts'
import type { TermFacet } from '../types.ts'

/** What the list's choices are called. */
export interface TermName {
  code: string
  facet: TermFacet
  names: Text
}

export interface AreaName {
  code: string
  names: Text
  path: readonly string[]
  pack: string
  /** longitude, latitude of a point inside */
  point: readonly [number, number] | undefined
}

/** All terms of the taxonomy. */
export async function termNames(tx: Tx): Promise<TermName[]> {
  const rows = await tx.all(query.selectFrom('directory.term').select(['code', 'facet', 'names']).orderBy('code'))
  return rows.map((row) => ({ code: row.code, facet: row.facet as TermFacet, names: row.names as Text }))
}

/** The areas of a pack, from the top of its tree down; and the area `also`, wherever it lies. */
export async function areaNames(tx: Tx, pack: string | undefined, also: string | undefined): Promise<AreaName[]> {
  const rows = await tx.all(
    query
      .selectFrom('access.area')
      .select(['code', 'names', 'path', 'pack', 'longitude', 'latitude'])
      .where((its) => its.or([its('pack', '=', pack ?? ''), its('code', '=', also ?? '')]))
      .orderBy(sql`cardinality(path)`)
      .orderBy('code'),
  )
  return rows.map((row) => ({
    code: row.code,
    names: row.names as Text,
    path: row.path,
    pack: row.pack,
    point: row.longitude === null || row.latitude === null ? undefined : [row.longitude, row.latitude],
  }))
}
