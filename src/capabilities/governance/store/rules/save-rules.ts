import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import type { DecisionTable, TableVersion } from '../../../../platform/decision-tables/types.ts'

/**
 * Brings the tables of a pack to this state (GOV-12). A version that the pack has no longer is withdrawn, and what was judged by it
 * stays known. One that a body decided stays as it is, and goes before one of the pack that begins on the same day.
 */
export async function saveTables(tx: Tx, pack: string, tables: readonly DecisionTable[]): Promise<void> {
  for (const table of tables) await saveTable(tx, pack, table)
  await withdraw(tx, pack, tables)
}

async function saveTable(tx: Tx, pack: string, table: DecisionTable): Promise<void> {
  const columns = {
    names: JSON.stringify(table.names),
    purpose: JSON.stringify(table.purpose),
    changed_by: table.changedBy ? [...table.changedBy.bodies] : null,
    matter: table.changedBy?.matter ?? null,
  }
  const stored = await tx.one(
    query
      .insertInto('governance.rule_table')
      .values({ pack, slug: table.id, ...columns })
      .onConflict((clash) => clash.columns(['pack', 'slug']).doUpdateSet(columns))
      .returning('id'),
  )
  if (!stored) throw new Error(`the table ${table.id} was not stored`)
  for (const version of table.versions)
    await tx.all(
      sql`insert into governance.rule_version (table_id, starts, ends, content, origin)
          values (${stored.id}, ${version.from ?? null}::date, ${version.until ?? null}::date, ${JSON.stringify(version)}::jsonb, 'pack')
          on conflict (table_id, starts) where not withdrawn do update set ends = excluded.ends, content = excluded.content
          where rule_version.origin = 'pack'`,
    )
}

async function withdraw(tx: Tx, pack: string, tables: readonly DecisionTable[]): Promise<void> {
  const kept = tables.flatMap(({ id, versions }) => versions.map(({ from }) => ({ slug: id, starts: from ?? null })))
  await tx.all(
    sql`update governance.rule_version v set withdrawn = true from governance.rule_table t
        where t.id = v.table_id and t.pack = ${pack} and v.origin = 'pack' and not v.withdrawn
          and not exists (select from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as kept (slug text, starts date)
            where kept.slug = t.slug and kept.starts is not distinct from v.starts)`,
  )
}

/**
 * Puts a version in force that rests on a decision (GOV-12).
 * @returns its id; undefined where a version begins on that day already
 */
export async function saveVersion(
  tx: Tx,
  version: { table: string; content: TableVersion; decision: string; by: string },
): Promise<string | undefined> {
  const row = await tx.one(
    sql<{
      id: string
    }>`insert into governance.rule_version (table_id, starts, content, origin, decision_id, added_by, added_at)
        values (${version.table}, ${version.content.from ?? null}::date, ${JSON.stringify(version.content)}::jsonb, 'decision',
          ${version.decision}, ${version.by}, ${tx.now})
        on conflict (table_id, starts) where not withdrawn do nothing returning id`,
  )
  return row?.id
}
