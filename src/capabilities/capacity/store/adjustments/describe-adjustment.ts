import type { Tx } from '../../../../platform/db/database.ts'
import { titleWords } from '../../letters/adjustment-words.ts'
import { adjustmentById } from './read-adjustment.ts'

/** Address and title of an adjustment for the thread; undefined for a plan that nobody was told of. */
export async function describeAdjustment(tx: Tx, id: string): Promise<{ href: string; label: string } | undefined> {
  const adjustment = await adjustmentById(tx, id)
  return adjustment?.publishedAt && { href: `/adjustments/${id}`, label: titleWords(adjustment) }
}
