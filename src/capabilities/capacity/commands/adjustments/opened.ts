import type { Tx } from '../../../../platform/db/database.ts'
import type { Adjusted } from '../../permissions/adjustments.ts'
import { adjustmentById, holdAdjustment, type StoredAdjustment } from '../../store/adjustments/read-adjustment.ts'
import { offerBySlug } from '../../store/places/read-offer.ts'

/** An adjustment that somebody is about to do something with. */
export interface OpenedAdjustment extends Adjusted {
  adjustment: StoredAdjustment
}

const opened = (adjustment: StoredAdjustment | undefined): OpenedAdjustment | undefined =>
  adjustment && { adjustment, operator: adjustment.operator.id, secretariats: adjustment.secretariats }

/** The adjustment of a command; whoever may change it holds it until the end. Undefined where there is none for them. */
export const heldAdjustment = async (tx: Tx, { id }: { id: string }): Promise<OpenedAdjustment | undefined> =>
  opened((await holdAdjustment(tx, id)) ?? (await adjustmentById(tx, id)))

/** The offer of a plan. */
export async function plannedOffer(tx: Tx, { offer }: { offer: string }) {
  const found = await offerBySlug(tx, offer)
  return found && { offer: found, operator: found.operator.id }
}
