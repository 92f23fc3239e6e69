import { query, type Tx } from '../../../platform/db/database.ts'

/** Stores what somebody says is wrong with a card. Nobody reads it back in this transaction: the sender may not. */
export function addRemark(tx: Tx, remark: { service: string; text: string; fromProvider?: boolean }): void {
  tx.later(
    query.insertInto('directory.remark').values({
      service_id: remark.service,
      text: remark.text,
      from_provider: remark.fromProvider ?? false,
      at: tx.now,
    }),
  )
}

/** The service that a remark is about, as far as the reader may see the remark. */
export async function remarkById(
  tx: Tx,
  id: string,
): Promise<{ id: string; service: string; settled: boolean } | undefined> {
  const row = await tx.one(
    query.selectFrom('directory.remark').select(['id', 'service_id', 'settled_at']).where('id', '=', id),
  )
  return row ? { id: row.id, service: row.service_id, settled: row.settled_at !== null } : undefined
}

/** Settles a remark, or opens it again. @returns whether it was in the other state */
export async function settleRemark(tx: Tx, id: string, settled: boolean, by: string | null): Promise<boolean> {
  const row = await tx.one(
    query
      .updateTable('directory.remark')
      .set(settled ? { settled_at: tx.now, settled_by: by } : { settled_at: null, settled_by: null })
      .where('id', '=', id)
      .where('settled_at', settled ? 'is' : 'is not', null)
      .returning('id'),
  )
  return row !== undefined
}
