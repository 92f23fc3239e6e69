import type { Tx } from '../../../../platform/db/database.ts'
import { answerHash } from '../../answer-link.ts'
import { addAnswerLink, partyByLink } from '../../store/consultations/links.ts'

/** Gives a party a link by which it answers without signing in (GOV-5). Only the hash of its token is kept; given twice it is given once. */
export async function giveAnswerLink(tx: Tx, token: string, party: string): Promise<void> {
  const hash = answerHash(token)
  if ((await partyByLink(tx, hash)) === undefined) await addAnswerLink(tx, hash, party)
}
