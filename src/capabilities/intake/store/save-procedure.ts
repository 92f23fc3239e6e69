import { sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'
import type { IntakeProcedure } from '../types.ts'

/** Stores how asking goes in a region, or brings it to this state. Clocks that run keep the deadline with which they began. */
export async function saveProcedure(tx: Tx, pack: string, procedure: IntakeProcedure): Promise<void> {
  const details = sql<unknown>`${JSON.stringify(procedure)}::jsonb`
  await tx.all(
    query
      .insertInto('intake.procedure')
      .values({ pack, details })
      .onConflict((clash) => clash.column('pack').doUpdateSet({ details })),
  )
}
