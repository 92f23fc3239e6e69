import { query, type Tx } from '../../../../platform/db/database.ts'
import { currentLocale } from '../../../../platform/i18n/speech.ts'
import { speak, Text } from '../../../../platform/i18n/text.ts'

/** Address and name of a rule for the thread; undefined when there is none. */
export async function describeTable(tx: Tx, id: string): Promise<{ href: string; label: string } | undefined> {
  const row = await tx.one(
    query.selectFrom('governance.rule_table').select(['pack', 'slug', 'names']).where('id', '=', id),
  )
  return row && { href: `/rules/${row.pack}/${row.slug}`, label: speak(Text.parse(row.names), currentLocale()).words }
}

/** Address and name of the rule of a version for the thread; undefined when there is none. */
export async function describeRule(tx: Tx, id: string): Promise<{ href: string; label: string } | undefined> {
  const row = await tx.one(
    query
      .selectFrom('governance.rule_version as v')
      .innerJoin('governance.rule_table as t', 't.id', 'v.table_id')
      .select(['t.pack', 't.slug', 't.names'])
      .where('v.id', '=', id),
  )
  return row && { href: `/rules/${row.pack}/${row.slug}`, label: speak(Text.parse(row.names), currentLocale()).words }
}
