import { query, type Tx } from '../../../platform/db/database.ts'
import type { Text } from '../../../platform/i18n/text.ts'

/** A place where somebody may live or stay. */
export interface Place {
  code: string
  names: Text
  /** steps below the top of the region */
  depth: number
}

/** The areas of a region, each below the one that it belongs to. */
export async function areasOf(tx: Tx, pack: string): Promise<Place[]> {
  const rows = await tx.all(
    query
      .selectFrom('access.area')
      .select(['code', 'names', 'path'])
      .where('pack', '=', pack)
      .where('level', '!=', 'country')
      .orderBy('path'),
  )
  const top = Math.min(...rows.map(({ path }) => path.length))
  return rows.map(({ code, names, path }) => ({ code, names: names as Text, depth: path.length - top }))
}

/** Is there an area with this code? */
export async function isArea(tx: Tx, code: string): Promise<boolean> {
  return (await tx.one(query.selectFrom('access.area').select('code').where('code', '=', code))) !== undefined
}
