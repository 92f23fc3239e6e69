import { json, query, type Tx } from '../../../../platform/db/database.ts'
import type { CapacitySetting } from '../../types.ts'

/** Stores what a pack says about offers; again at every load. */
export async function saveSetting(tx: Tx, pack: string, setting: CapacitySetting): Promise<void> {
  const columns = {
    referred_months: setting.referredMonths,
    stale_days: setting.staleDays,
    threshold: setting.threshold,
    adjustment_matter: setting.adjustmentMatter ?? null,
    paragraphs: json(setting.paragraphs),
  }
  await tx.all(
    query
      .insertInto('capacity.setting')
      .values({ pack, ...columns })
      .onConflict((clash) => clash.column('pack').doUpdateSet(columns)),
  )
}
