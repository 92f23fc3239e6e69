import { query, type Tx } from '../../../../platform/db/database.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../../platform/i18n/text.ts'

/** Address and title of a published tariff sheet for the thread; undefined when there is none. */
export async function describeSheet(tx: Tx, id: string): Promise<{ href: string; label: string } | undefined> {
  const row = await tx.one(
    query
      .selectFrom('capacity.tariff_sheet as s')
      .innerJoin('capacity.offer as o', 'o.id', 's.offer_id')
      .select(['o.slug', 'o.names', 's.year', 's.edition'])
      .where('s.id', '=', id)
      .where('s.state', '=', 'published'),
  )
  if (!row) return undefined
  return {
    href: `/offers/${row.slug}/tariffs?year=${row.year}&edition=${row.edition}`,
    label: m.capacity_tariff_of({ offer: speak(row.names as Text, currentLocale()).words, year: String(row.year) }),
  }
}
