import { sql } from 'kysely'
import { json, query, type Tx } from '../../../../platform/db/database.ts'
import { type Locale, locales } from '../../../../platform/i18n/text.ts'
import { TariffRule } from '../../types/tariffs.ts'

/** Stores how tariffs are made in a region; again at every load of its pack. @throws Error where nobody has the name of the collector */
export async function saveTariffRule(tx: Tx, pack: string, rule: TariffRule): Promise<void> {
  const collector = await tx.one(
    query.selectFrom('access.organisation').select('id').where('slug', '=', rule.collectedBy),
  )
  if (!collector) throw new Error(`${rule.collectedBy}, which collects tariffs in ${pack}, is no organisation`)
  const columns = {
    until_year: rule.until ?? null,
    scheme: rule.scheme,
    currency: rule.currency,
    digits: rule.digits,
    occupancy_least: String(rule.occupancy.least),
    occupancy_most: String(rule.occupancy.most),
    short_least: String(rule.short.least),
    short_most: String(rule.short.most),
    short_paragraphs: rule.short.paragraphs,
    band: String(rule.band),
    carried_after: rule.carriedAfter,
    collected_by: collector.id,
    profile: json(rule),
  }
  await tx.all(
    query
      .insertInto('capacity.tariff_rule')
      .values({ pack, from_year: rule.from, ...columns })
      .onConflict((clash) => clash.columns(['pack', 'from_year']).doUpdateSet(columns)),
  )
}

/** How tariffs are made in a region, and whose secretariat collects them (id). No rules: the region has no tariffs. */
export async function tariffRulesOf(
  tx: Tx,
  pack: string,
): Promise<{ rules: TariffRule[]; collector: string | undefined }> {
  const rows = await tx.all(
    query
      .selectFrom('capacity.tariff_rule')
      .select(['profile', 'collected_by'])
      .where('pack', '=', pack)
      .orderBy('from_year', 'desc'),
  )
  return { rules: rows.map(({ profile }) => TariffRule.parse(profile)), collector: rows[0]?.collected_by }
}

/** Regions whose tariffs these organisations (ids) collect. */
export async function packsCollectedBy(tx: Tx, organisations: readonly string[]): Promise<string[]> {
  if (organisations.length === 0) return []
  const rows = await tx.all(
    query
      .selectFrom('capacity.tariff_rule')
      .select('pack')
      .distinct()
      .where('collected_by', 'in', [...organisations])
      .orderBy('pack'),
  )
  return rows.map(({ pack }) => pack)
}

/** The language in which a region writes, and so its workbooks. */
export async function languageOfPack(tx: Tx, pack: string): Promise<Locale> {
  const row = await tx.one(
    query
      .selectFrom('packs.pack')
      .select(sql<string | null>`manifest->'languages'->>0`.as('language'))
      .where('id', '=', pack),
  )
  return locales.find((locale) => locale === row?.language) ?? 'en'
}
