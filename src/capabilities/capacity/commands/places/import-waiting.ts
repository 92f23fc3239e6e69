import type { Tx } from '../../../../platform/db/database.ts'
import { insertManyWaiting } from '../../store/places/waiting.ts'

/** Waiting lists of a whole region at once, with the referrals that they began with. @param tx on the errand of the administration */
export async function importWaiting(tx: Tx, entries: Parameters<typeof insertManyWaiting>[1]): Promise<void> {
  await insertManyWaiting(tx, entries)
}
