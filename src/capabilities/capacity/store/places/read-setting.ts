import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import type { Text } from '../../../../platform/i18n/text.ts'
import type { CapacitySetting, Paragraph } from '../../types.ts'

/** What a pack says about offers; undefined where it says nothing. */
export async function settingOf(tx: Tx, pack: string): Promise<CapacitySetting | undefined> {
  const row = await tx.one(query.selectFrom('capacity.setting').selectAll().where('pack', '=', pack))
  return (
    row && {
      referredMonths: row.referred_months,
      staleDays: row.stale_days,
      threshold: row.threshold,
      adjustmentMatter: row.adjustment_matter ?? undefined,
      paragraphs: row.paragraphs as unknown as Paragraph[],
    }
  )
}

/** Areas of a pack in which offers lie: municipalities and what is below them, by name of the code. */
export async function areasOf(tx: Tx, pack: string): Promise<{ code: string; names: Text }[]> {
  return tx.all(
    sql<{ code: string; names: Text }>`select code, names from access.area
      where pack = ${pack} and level in ('municipality', 'city', 'district') order by cardinality(path), code`,
  )
}

/** Public organisations of a pack: those that may refer and pay. */
export async function payingOrganisations(tx: Tx, pack: string): Promise<{ slug: string; names: Text }[]> {
  return tx.all(
    sql<{
      slug: string
      names: Text
    }>`select slug, names from access.organisation where pack = ${pack} and kind = 'public' order by slug`,
  )
}

/** Organisations by id, as choices of a form. */
export async function organisationsById(tx: Tx, ids: readonly string[]): Promise<{ slug: string; names: Text }[]> {
  return tx.all(
    sql<{
      slug: string
      names: Text
    }>`select slug, names from access.organisation where id = any (${[...ids]}::uuid[]) order by slug`,
  )
}

/** A point inside each area of a pack: longitude, latitude. */
export async function areaPoints(tx: Tx, pack: string): Promise<ReadonlyMap<string, readonly [number, number]>> {
  const rows = await tx.all(
    sql<{
      code: string
      longitude: number
      latitude: number
    }>`select code, longitude, latitude from access.area where pack = ${pack} and longitude is not null and latitude is not null`,
  )
  return new Map(rows.map(({ code, longitude, latitude }) => [code, [longitude, latitude]]))
}
