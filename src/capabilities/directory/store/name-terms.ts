import { query, type Tx } from '../../../platform/db/database.ts'
import type { Text } from '../../../platform/i18n/text.ts'

/** A target group of the taxonomy. */
export interface TargetGroup {
  code: string
  names: Text
  /** codes from the top of the tree down to this term */
  path: readonly string[]
}

/** All target groups, each after those above it. */
export async function targetGroups(tx: Tx): Promise<TargetGroup[]> {
  const rows = await tx.all(
    query
      .selectFrom('directory.term')
      .select(['code', 'names', 'path'])
      .where('facet', '=', 'target-group')
      .orderBy('path'),
  )
  return rows.map((row) => ({ code: row.code, names: row.names as Text, path: row.path }))
}
