import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import { evaluateVersion } from '../../../../platform/decision-tables/evaluate.ts'
import { TableVersion } from '../../../../platform/decision-tables/types.ts'
import { holdsUntil, versionOn } from '../../../../platform/decision-tables/versions.ts'
import { Text } from '../../../../platform/i18n/text.ts'
import type { RuleInForce, StoredTable, StoredVersion } from '../../types/rules.ts'

function tables() {
  return query
    .selectFrom('governance.rule_table as t')
    .innerJoin('governance.rule_version as v', 'v.table_id', 't.id')
    .leftJoin('governance.decision as d', 'd.id', 'v.decision_id')
    .leftJoin('governance.body as b', 'b.id', 'd.body_id')
    .select([
      't.id as table',
      't.pack',
      't.slug',
      't.names',
      't.purpose',
      't.changed_by',
      't.matter',
      'v.id',
      'v.starts',
      'v.ends',
      'v.content',
      'v.decision_id',
      'd.number',
      'd.decided_on',
      'b.slug as body',
      sql<boolean>`v.decision_id is not null and governance.superseded(v.decision_id)`.as('superseded'),
    ])
    .where('v.withdrawn', '=', false)
    .orderBy('t.pack')
    .orderBy('t.slug')
    .orderBy('v.starts', (order) => order.asc().nullsFirst())
}

type Row = NonNullable<Awaited<ReturnType<typeof rowOf>>>
const rowOf = (tx: Tx) => tx.one(tables())

function stored(rows: readonly Row[]): StoredTable[] {
  return [...Map.groupBy(rows, ({ table }) => table).values()].flatMap((own) => {
    const [row] = own
    if (!row) return []
    const versions = own.map(versionOf)
    return {
      id: row.table,
      pack: row.pack,
      slug: row.slug,
      names: Text.parse(row.names),
      purpose: Text.parse(row.purpose),
      changedBy: row.changed_by && row.matter ? { bodies: row.changed_by, matter: row.matter } : undefined,
      versions: versions.map((version) => ({ ...version, until: holdsUntil(versions, version) })),
    }
  })
}

function versionOf(row: Row): StoredVersion {
  return {
    id: row.id,
    from: row.starts ?? undefined,
    until: row.ends ?? undefined,
    content: TableVersion.parse(row.content),
    decision:
      row.decision_id && row.number && row.decided_on && row.body
        ? {
            id: row.decision_id,
            number: row.number,
            decidedOn: row.decided_on,
            body: row.body,
            superseded: row.superseded,
          }
        : undefined,
  }
}

/** All tables of a pack, of every pack where none is named. */
export async function listTables(tx: Tx, pack: string | undefined): Promise<StoredTable[]> {
  const all = tables()
  return stored(await tx.all(pack === undefined ? all : all.where('t.pack', '=', pack)))
}

/** The table of a pack with this id; undefined when there is none. */
export async function tableBySlug(tx: Tx, pack: string, slug: string): Promise<StoredTable | undefined> {
  const [table] = stored(await tx.all(tables().where('t.pack', '=', pack).where('t.slug', '=', slug)))
  return table
}

/**
 * The rule of a pack as it was in force on a day: that of the matter, not that of the asker (GOV-12).
 * @param day `YYYY-MM-DD` where the body is
 * @returns undefined where the pack has no such table, or no version held on that day
 */
export async function ruleOn(tx: Tx, pack: string, id: string, day: string): Promise<RuleInForce | undefined> {
  const table = await tableBySlug(tx, pack, id)
  return table && inForce(table, day)
}

/** The rule of a table that is in force on a day. */
export function inForce(table: StoredTable, day: string): RuleInForce | undefined {
  const version = versionOn(table.versions, day)
  return (
    version && {
      table: table.slug,
      pack: table.pack,
      version: {
        id: version.id,
        from: version.from,
        until: version.until,
        source: version.content.source,
        example: version.content.example,
        decision: version.decision?.id,
      },
      evaluate: (facts) => evaluateVersion(version.content, facts, { table: table.slug, version: version.from }),
    }
  )
}
