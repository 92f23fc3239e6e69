import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import type { Milestone, YearWheel } from '../../types/wheel.ts'

/** Brings the wheels of a pack to what it says; one that it no longer has is withdrawn, with what was added to it. */
export async function saveWheels(tx: Tx, wheels: readonly YearWheel[], pack: string): Promise<void> {
  for (const wheel of wheels) {
    const organisation = await tx.one(
      query.selectFrom('access.organisation').select('id').where('slug', '=', wheel.organisation),
    )
    if (!organisation)
      throw new Error(
        `year-wheel.json: ${wheel.slug} names the organisation ${wheel.organisation}, which nobody has loaded`,
      )
    const columns = {
      pack,
      organisation_id: organisation.id,
      profile: sql<unknown>`${JSON.stringify(wheel)}::jsonb`,
      withdrawn: false,
    }
    await tx.all(
      query
        .insertInto('governance.year_wheel')
        .values({ slug: wheel.slug, ...columns })
        .onConflict((clash) => clash.column('slug').doUpdateSet(columns)),
    )
  }
  const slugs = wheels.map(({ slug }) => slug)
  await tx.all(
    sql`update governance.year_wheel set withdrawn = true where pack = ${pack} and not withdrawn and slug <> all (${slugs}::text[])`,
  )
}

/** Adds a milestone of the secretariat. @returns its id, which is its name in the wheel */
export async function saveMilestone(
  tx: Tx,
  wheel: string,
  milestone: Omit<Milestone, 'slug'>,
  by: string,
): Promise<string> {
  const row = await tx.one(
    query
      .insertInto('governance.own_milestone')
      .values({ wheel_id: wheel, profile: JSON.stringify(milestone), added_by: by, added_at: tx.now })
      .returning('id'),
  )
  if (!row) throw new Error('a milestone was not stored')
  return row.id
}

/** @returns false where somebody was faster */
export async function saveWithdrawal(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.one(
    query
      .updateTable('governance.own_milestone')
      .set({ withdrawn_at: tx.now })
      .where('id', '=', id)
      .where('withdrawn_at', 'is', null)
      .returning('id'),
  )
  return row !== undefined
}

export interface NewMove {
  wheel: string
  milestone: string
  byRule: string
  day: string
  reason: string
  by: string
}

/** Puts one occurrence on another day; what was said before stays on record. */
export async function saveMove(tx: Tx, { wheel, milestone, byRule, day, reason, by }: NewMove): Promise<void> {
  await tx.all(
    query
      .insertInto('governance.milestone_move')
      .values({ wheel_id: wheel, milestone, by_rule: byRule, day, reason, moved_by: by, moved_at: tx.now }),
  )
}

/** Notes that somebody is reminded of an occurrence. @returns false where they were before */
export async function noteReminder(tx: Tx, wheel: string, milestone: string, day: string): Promise<boolean> {
  const row = await tx.one(
    query
      .insertInto('governance.milestone_reminder')
      .values({ wheel_id: wheel, milestone, day, reminded_at: tx.now })
      .onConflict((clash) => clash.doNothing())
      .returning('wheel_id'),
  )
  return row !== undefined
}
