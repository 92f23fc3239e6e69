import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../../platform/db/database.ts'
import type { Text } from '../../../../platform/i18n/text.ts'

/** What narrows the list of offers. */
export interface OfferChoice {
  pack: string
  /** code of an area: offers that lie in it */
  area?: string | undefined
  /** term of the taxonomy: it, and all below it */
  targetGroup?: string | undefined
  /** code of a paragraph */
  paragraph?: string | undefined
  /** slug of the organisation that runs them */
  operator?: string | undefined
  /** words of the name */
  words?: string | undefined
  /** at least one place is free today, or will be until a day */
  free?: 'now' | 'coming' | undefined
}

/** How an offer stands on a day. */
export interface OfferStanding {
  approved: number
  open: number
  occupied: number
  free: number
  over: number
  /** people, as everybody is told: 1 in place of any number below the threshold, else a multiple of it (INS-5) */
  waiting: number
}

/** An offer in a list. */
export interface ListedOffer extends OfferStanding {
  id: string
  slug: string
  names: Text
  sortName: string
  operator: { slug: string; names: Text }
  paragraph: string
  areaNames: Text
  point: readonly [number, number] | undefined
  example: boolean
  /** the first day from today on which a place is free, as far as ends of stays are known */
  freeFrom: string | undefined
  reportedAt: Date | undefined
}

/** So many days ahead a place counts as coming free. */
export const comingDays = 90

/** Where the next page of a list begins: the name and the id of the last offer shown. */
export type AfterOffer = readonly [string, string]

/** Offers that fit, with how they stand today. All that has not ended is few rows, however long history is. */
function standing(choice: OfferChoice, today: string): RawBuilder<unknown> {
  const conditions = [
    sql`o.pack = ${choice.pack}`,
    sql`(o.closed is null or o.closed > ${today}::date)`,
    ...(choice.area === undefined ? [] : [sql`a.path @> array[${choice.area}]`]),
    ...(choice.targetGroup === undefined ? [] : [sql`o.target_groups @> array[${choice.targetGroup}]`]),
    ...(choice.paragraph === undefined ? [] : [sql`o.paragraph = ${choice.paragraph}`]),
    ...(choice.operator === undefined ? [] : [sql`w.slug = ${choice.operator}`]),
    ...(choice.words === undefined ? [] : [sql`position(lower(${choice.words}) in lower(o.names::text)) > 0`]),
    ...(choice.free === 'now' ? [sql`t.free > 0`] : []),
    ...(choice.free === 'coming'
      ? [sql`coalesce(t.free, 0) = 0 and t.free_from <= ${today}::date + ${comingDays}::int`]
      : []),
  ]
  return sql`with ahead as materialized (
      select t.offer_id, max(t.approved) filter (where t.from_day <= ${today}::date) as approved, max(t.open) filter (where t.from_day <= ${today}::date) as open,
        max(t.occupied) filter (where t.from_day <= ${today}::date) as occupied, max(t.free) filter (where t.from_day <= ${today}::date) as free,
        max(t.over) filter (where t.from_day <= ${today}::date) as over,
        min(greatest(t.from_day, ${today}::date)) filter (where t.free > 0) as free_from
      from capacity.day_total t where t.until_day > ${today}::date group by t.offer_id),
    found as (
      select o.*, a.names as area_names, w.slug as operator_slug, w.names as operator_names, coalesce(t.approved, 0) as approved, coalesce(t.open, 0) as open,
        coalesce(t.occupied, 0) as occupied, coalesce(t.free, 0) as free, coalesce(t.over, 0) as over, t.free_from
      from capacity.offer o join access.area a on a.code = o.area join access.organisation w on w.id = o.organisation_id left join ahead t on t.offer_id = o.id
      where ${sql.join(conditions, sql` and `)})`
}

interface Row extends OfferStanding {
  id: string
  slug: string
  names: Text
  sort_name: string
  operator_slug: string
  operator_names: Text
  paragraph: string
  area_names: Text
  longitude: number | null
  latitude: number | null
  example: boolean
  free_from: string | null
  reported_at: Date | null
}

/** Offers that fit, by name, one page of them. @param today the day it is in the region */
export async function findOffers(
  tx: Tx,
  choice: OfferChoice,
  today: string,
  page: { after: AfterOffer | undefined; limit: number },
): Promise<{ offers: ListedOffer[]; next: AfterOffer | undefined }> {
  const after =
    page.after === undefined
      ? sql``
      : sql`where (sort_name, id) > (${page.after[0]} collate "und-x-icu", ${page.after[1]}::uuid)`
  const rows = await tx.all(
    sql<Row>`${standing(choice, today)} select id, slug, names, sort_name, operator_slug, operator_names, paragraph, area_names, longitude, latitude, example,
        reported_at, approved, open, occupied, free, over, capacity.waiting_told(array[id], ${today}::date) as waiting, free_from from found ${after} order by sort_name, id limit ${page.limit + 1}`,
  )
  const offers = rows.slice(0, page.limit).map(listed)
  const last = offers.at(-1)
  return { offers, next: rows.length > page.limit && last ? [last.sortName, last.id] : undefined }
}

const listed = (row: Row): ListedOffer => ({
  id: row.id,
  slug: row.slug,
  names: row.names,
  sortName: row.sort_name,
  operator: { slug: row.operator_slug, names: row.operator_names },
  paragraph: row.paragraph,
  areaNames: row.area_names,
  point: row.longitude === null || row.latitude === null ? undefined : [row.longitude, row.latitude],
  example: row.example,
  reportedAt: row.reported_at ?? undefined,
  freeFrom: row.free_from ?? undefined,
  approved: row.approved,
  open: row.open,
  occupied: row.occupied,
  free: row.free,
  over: row.over,
  waiting: row.waiting,
})

/** Offers of one paragraph together, as they stand today. */
export interface ParagraphStanding extends OfferStanding {
  paragraph: string
  offers: number
}

/** All offers that fit, added up by paragraph. */
export async function standingByParagraph(tx: Tx, choice: OfferChoice, today: string): Promise<ParagraphStanding[]> {
  return tx.all(
    sql<ParagraphStanding>`${standing(choice, today)} select paragraph, count(*)::int as offers, sum(approved)::int as approved, sum(open)::int as open,
        sum(occupied)::int as occupied, sum(free)::int as free, sum(over)::int as over,
        capacity.waiting_told(array_agg(id), ${today}::date) as waiting
      from found group by paragraph order by paragraph`,
  )
}
