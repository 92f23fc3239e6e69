import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import type { UnmetReason } from '../../types/supply.ts'

/** Keeps a need that no offer met. @returns its id; undefined where this source reported it before */
export async function addUnmetNeed(
  tx: Tx,
  need: { municipality: string; group: string; reason: UnmetReason; on: string; source: string | undefined },
): Promise<string | undefined> {
  const row = await tx.one(
    query
      .insertInto('capacity.unmet_need')
      .values({
        municipality_id: need.municipality,
        target_group: need.group,
        reason: need.reason,
        needed_on: need.on,
        source_key: need.source ?? null,
        reported_at: tx.now,
      })
      .onConflict((clash) => clash.doNothing())
      .returning('id'),
  )
  return row?.id
}

/** Keeps how a municipality rates supply for a target group in a year; the last word counts. */
export async function saveRating(
  tx: Tx,
  made: { municipality: string; group: string; year: number; rating: number; words: string | undefined },
): Promise<void> {
  const said = { rating: made.rating, words: made.words ?? null, rated_at: tx.now }
  await tx.all(
    query
      .insertInto('capacity.rating')
      .values({ municipality_id: made.municipality, target_group: made.group, year: made.year, ...said })
      .onConflict((clash) =>
        clash
          .columns(['municipality_id', 'target_group', 'year'])
          .doUpdateSet({ ...said, version: sql`capacity.rating.version + 1` }),
      ),
  )
}

/** Counts all years anew. Needs the purpose `capacity`. @param today the first day that is not counted @returns rows made */
export async function refreshYears(tx: Tx, today: string): Promise<number> {
  const row = await tx.one(sql<{ made: number }>`select capacity.refresh_years(${today}) as made`)
  return row?.made ?? 0
}
