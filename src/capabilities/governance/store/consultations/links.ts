import { query, type Tx } from '../../../../platform/db/database.ts'

/** Keeps the hash of a link. Whoever holds the token answers for this party from now on. Needs the errand of the job. */
export async function addAnswerLink(tx: Tx, tokenHash: Buffer, party: string): Promise<void> {
  await tx.all(
    query
      .insertInto('governance.consultation_link')
      .values({ token_hash: tokenHash, party_id: party, made_at: tx.now }),
  )
}

/** The party of this link, whether or not its time is over. Needs the errand of the link itself. */
export async function partyByLink(tx: Tx, tokenHash: Buffer): Promise<string | undefined> {
  const row = await tx.one(
    query.selectFrom('governance.consultation_link').select('party_id').where('token_hash', '=', tokenHash),
  )
  return row?.party_id
}
