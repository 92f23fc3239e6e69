import type { Tx } from '../../../platform/db/database.ts'
import { linkHash, tokenIn } from '../link.ts'
import { linkLeads } from '../store/links.ts'

/** Does the link of a mail still open something? Where contact has become unsafe meanwhile, the mail must not leave (INT-11). */
export async function opens(tx: Tx, link: string): Promise<boolean> {
  const token = tokenIn(link)
  return token === undefined || linkLeads(tx, linkHash(token))
}
