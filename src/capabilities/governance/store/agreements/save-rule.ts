import { json, query, type Tx } from '../../../../platform/db/database.ts'
import type { FrameworkRule } from '../../types/agreements.ts'

/** Keeps how a region makes its framework agreements (GOV-6). Those that are on their way keep the rule under which they were begun. */
export async function saveFrameworkRule(tx: Tx, rule: FrameworkRule, pack: string): Promise<void> {
  const profile = json(rule)
  await tx.all(
    query
      .insertInto('governance.framework_rule')
      .values({ pack, profile })
      .onConflict((clash) => clash.column('pack').doUpdateSet({ profile })),
  )
}
