import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'

/** Id of the question with this Danish title, for the demo that asked it; in the purpose `governance`. */
export async function questionByTitle(tx: Tx, title: string): Promise<string | undefined> {
  const row = await tx.one(
    query.selectFrom('governance.question').select('id').where(sql<string>`title->>'da'`, '=', title),
  )
  return row?.id
}

/** Id of the central request with this Danish title, for the demo that opened it. */
export async function requestByTitle(tx: Tx, title: string): Promise<string | undefined> {
  const row = await tx.one(
    query.selectFrom('governance.central_request').select('id').where(sql<string>`title->>'da'`, '=', title),
  )
  return row?.id
}
