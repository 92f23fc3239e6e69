import { query, type Tx } from '../../../platform/db/database.ts'
import type { Text } from '../../../platform/i18n/text.ts'

export interface Boundary {
  code: string
  names: Text
  geometry: unknown
}

/** The boundaries of a pack's areas; empty where it has none. */
export async function boundariesOf(tx: Tx, pack: string): Promise<Boundary[]> {
  const rows = await tx.all(
    query
      .selectFrom('access.area')
      .select(['code', 'names', 'geometry'])
      .where('pack', '=', pack)
      .where('geometry', 'is not', null)
      .orderBy('code'),
  )
  return rows.map((row) => ({ code: row.code, names: row.names as Text, geometry: row.geometry }))
}
