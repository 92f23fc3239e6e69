import { sql } from 'kysely'
import type { Tx } from '../../../../platform/db/database.ts'
import type { Text } from '../../../../platform/i18n/text.ts'

/** An offer as its operator reported it. */
export interface ReportedOffer {
  slug: string
  names: Text
  operator: Text
  operatorSlug: string
  paragraph: string
  targetGroups: readonly string[]
  upload: string
  file: string
  places: string
  days: number
  occupancy: string
  actual: string | null
  direct: string
  indirect: string
  capital: string
  carried: string
  tariff: string
}
export interface ReportedSupplement {
  slug: string
  names: Text
  operatorSlug: string
  name: string
  amount: string
  reason: string
}
export interface ReportedSpending {
  organisation: string
  names: Text
  paragraph: string
  spent: string
  planned: string
}
/** All workbooks of a collection as one: the last accepted one of each organisation. */
export interface CollectionReport {
  offers: ReportedOffer[]
  supplements: ReportedSupplement[]
  spending: ReportedSpending[]
}

/** CAP-10: merges the workbooks that hold, as far as the reader may see them. */
export async function reportOf(tx: Tx, collection: string): Promise<CollectionReport> {
  const holding = sql`(select distinct on (p.id) u.id, u.name, o.slug, o.names from capacity.collection_part p
    join access.organisation o on o.id = p.organisation_id join capacity.collection_upload u on u.part_id = p.id and u.accepted
    where p.collection_id = ${collection}::uuid order by p.id, u.sent_at desc, u.id desc)`
  const [offers, supplements, spending] = await Promise.all([
    tx.all(sql<ReportedOffer>`with held as ${holding}
      select f.slug, f.names, held.names as operator, held.slug as "operatorSlug", f.paragraph, f.target_groups as "targetGroups", held.id as upload,
        held.name as file, c.places::text, c.days, c.occupancy::text, c.actual::text, c.direct::text, c.indirect::text, c.capital::text, c.carried::text,
        c.tariff::text
      from held join capacity.collection_offer c on c.upload_id = held.id join capacity.offer f on f.id = c.offer_id order by held.slug, f.slug`),
    tx.all(sql<ReportedSupplement>`with held as ${holding}
      select f.slug, f.names, held.slug as "operatorSlug", s.name, s.amount::text, s.reason
      from held join capacity.collection_supplement s on s.upload_id = held.id join capacity.offer f on f.id = s.offer_id order by f.slug, s.position`),
    tx.all(sql<ReportedSpending>`with held as ${holding}
      select held.slug as organisation, held.names, s.paragraph, s.spent::text, s.planned::text
      from held join capacity.collection_spending s on s.upload_id = held.id order by held.slug, s.paragraph`),
  ])
  return { offers, supplements, spending }
}

/** What a municipality said it spent in the year before, to begin the next workbook with: as planned then. */
export async function plannedBefore(tx: Tx, pack: string, year: number): Promise<Map<string, string>> {
  const rows = await tx.all(sql<{ key: string; planned: string }>`
    select distinct on (p.organisation_id, s.paragraph) p.organisation_id || ' ' || s.paragraph as key, s.planned::text
    from capacity.collection c join capacity.collection_part p on p.collection_id = c.id join capacity.collection_upload u on u.part_id = p.id and u.accepted
    join capacity.collection_spending s on s.upload_id = u.id where c.pack = ${pack} and c.year = ${year}
    order by p.organisation_id, s.paragraph, u.sent_at desc`)
  return new Map(rows.map(({ key, planned }) => [key, planned]))
}

/** The figures of the year before, sheet by sheet, by id of the offer; and supplements. */
export async function figuresBefore(tx: Tx, pack: string, year: number) {
  const [figures, supplements, actual] = await Promise.all([
    tx.all(sql<{
      offer: string
      places: string
      days: number
      occupancy: string
      direct: string
      indirect: string
      capital: string
      tariff: string
    }>`select s.offer_id as offer, s.places::text, s.days, s.occupancy::text, s.direct::text, s.indirect::text, s.capital::text, s.tariff::text
      from capacity.tariff_sheet s join capacity.offer o on o.id = s.offer_id where o.pack = ${pack} and s.year = ${year} and s.state = 'published'
        and s.tariff is not null and not exists (select from capacity.tariff_sheet l where l.supersedes = s.id and l.state = 'published')`),
    tx.all(sql<{
      offer: string
      name: string
      amount: string
      reason: string
    }>`select s.offer_id as offer, x.name, x.amount::text, x.reason
      from capacity.tariff_sheet s join capacity.offer o on o.id = s.offer_id join capacity.tariff_supplement x on x.sheet_id = s.id
      where o.pack = ${pack} and s.year = ${year} and s.state = 'published' and x.per = 'day'
        and not exists (select from capacity.tariff_sheet l where l.supersedes = s.id and l.state = 'published') order by s.offer_id, x.position`),
    tx.all(sql<{
      offer: string
      actual: string | null
    }>`select d.offer_id as offer, round(100.0 * d.occupied_days / nullif(d.approved_days, 0), 2)::text as actual
      from capacity.year_demand d join capacity.offer o on o.id = d.offer_id where o.pack = ${pack} and d.year = ${year}`),
  ])
  return { figures, supplements, actual: new Map(actual.map((row) => [row.offer, row.actual])) }
}
