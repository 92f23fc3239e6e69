import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'

/** Notes that everybody was told on this occasion. Needs the purpose of the job. @returns false where they had been told */
export async function noteTold(tx: Tx, adjustment: string, occasion: string, letters: number): Promise<boolean> {
  const row = await tx.one(
    query
      .insertInto('capacity.adjustment_notice')
      .values({ adjustment_id: adjustment, occasion, letters, told_at: tx.now })
      .onConflict((clash) => clash.doNothing())
      .returning('letters'),
  )
  return row !== undefined
}

/** Adjustments that are cleared and whose day has come, and those whose approval has been decided. Needs the purpose of the job. */
export async function dueAdjustments(tx: Tx): Promise<{ toEffect: string[]; toJudge: string[] }> {
  const rows = await tx.all(
    sql<{ id: string; state: string }>`select id, state from capacity.adjustment
      where (state = 'cleared' and effect_on <= capacity.day_in(pack, ${tx.now}::timestamptz) and cleared_on <= effect_on)
        or (state = 'approval-open' and (matter_id is not null or consultation_id is not null))
      order by effect_on, id`,
  )
  return {
    toEffect: rows.filter(({ state }) => state === 'cleared').map(({ id }) => id),
    toJudge: rows.filter(({ state }) => state === 'approval-open').map(({ id }) => id),
  }
}

/** The adjustment that a consultation is about. Needs the purpose of the job. */
export async function adjustmentOfConsultation(tx: Tx, consultation: string): Promise<string | undefined> {
  const row = await tx.one(
    query.selectFrom('capacity.adjustment').select('id').where('consultation_id', '=', consultation),
  )
  return row?.id
}
