import type { Tx } from '../../../../platform/db/database.ts'
import type { Splitting } from '../../rules/adjustments/splitting.ts'
import type { StoredAdjustment } from '../../store/adjustments/read-adjustment.ts'
import { offerById } from '../../store/places/read-offer.ts'
import { judgeAdjustment } from './judge.ts'

/** CAP-4: what an adjustment looks split with, by the rule of today. */
export async function splittingOf(tx: Tx, adjustment: StoredAdjustment): Promise<Splitting | undefined> {
  const offer = adjustment.kind === 'closure' ? undefined : await offerById(tx, adjustment.offer.id)
  return offer && (await judgeAdjustment(tx, offer, adjustment, adjustment.id)).splitting
}
