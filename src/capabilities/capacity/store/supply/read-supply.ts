import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import type { Text } from '../../../../platform/i18n/text.ts'
import type { UnmetReason, WaitingSpell, YearOfDemand } from '../../types/supply.ts'

/** How offers stand on a day, added up: by target group, or by area. */
export interface Standing {
  /** a term of the taxonomy, or the code of an area */
  code: string
  offers: number
  approved: number
  open: number
  occupied: number
  free: number
  /** people; few of them are told by no number */
  waiting: number
}

/** Places of a region on a day by target group. An offer counts for each of its groups, and for those above them. */
export async function standingByGroup(tx: Tx, pack: string, day: string): Promise<Standing[]> {
  return standing(tx, sql`term.code`, sql`cross join lateral unnest(o.target_groups) as term (code)`, pack, day)
}

/** Places for one target group on a day by area. */
export async function standingByArea(tx: Tx, pack: string, group: string, day: string): Promise<Standing[]> {
  return standing(tx, sql`o.area`, sql``, pack, day, sql`and o.target_groups @> array[${group}]`)
}

async function standing(
  tx: Tx,
  code: ReturnType<typeof sql>,
  join: ReturnType<typeof sql>,
  pack: string,
  day: string,
  only = sql``,
): Promise<Standing[]> {
  return tx.all(
    sql<Standing>`select ${code} as code, count(*)::integer as offers, sum(t.approved)::integer as approved, sum(t.open)::integer as open,
        sum(t.occupied)::integer as occupied, sum(t.free)::integer as free,
        capacity.waiting_told(array_agg(o.id), ${day}::date) as waiting
      from capacity.day_total t join capacity.offer o on o.id = t.offer_id ${join}
      where o.pack = ${pack} and t.from_day <= ${day} and t.until_day > ${day} ${only}
      group by 1 order by 1`,
  )
}

/**
 * Demand of years that are counted to their end, in whole places on an average day: by target group, the earliest first. Occupancy is public, so that
 * demand of few offers would tell how long one person waited: a year is told where at least the threshold of offers are in it (INS-5).
 */
export async function demandByGroup(tx: Tx, pack: string): Promise<ReadonlyMap<string, YearOfDemand[]>> {
  const rows = await tx.all(
    sql<{ code: string; year: number; places: number }>`select target_group as code, year, places
      from capacity.demand_told(${pack}) order by target_group, year`,
  )
  return grouped(
    rows,
    ({ code }) => code,
    ({ year, places }) => ({ year, places }),
  )
}

/** Spells of waiting that began since that day, by target group. */
export async function waitingSpells(
  tx: Tx,
  pack: string,
  since: string,
  today: string,
): Promise<ReadonlyMap<string, WaitingSpell[]>> {
  const rows = await tx.all(
    sql<{ target_group: string; days: number; ended: WaitingSpell['ended'] }>`
      select target_group, days, ended from capacity.waiting_spells(${pack}, ${since}, ${today})`,
  )
  return grouped(
    rows,
    (row) => row.target_group,
    ({ days, ended }) => ({ days, ended }),
  )
}

/** Needs that were not met since that day, counted. Publish them by the threshold alone. */
export async function unmetCounts(
  tx: Tx,
  pack: string,
  since: string,
  today: string,
): Promise<{ group: string; reason: UnmetReason; needs: number }[]> {
  return tx.all(
    sql<{ group: string; reason: UnmetReason; needs: number }>`
      select target_group as "group", reason, needs from capacity.unmet_counts(${pack}, ${since}, ${today}) order by 1, 2`,
  )
}

/** How a municipality finds that supply fits demand. */
export interface StoredRating {
  municipality: { slug: string; names: Text }
  group: string
  year: number
  rating: number
  words: string | undefined
  version: number
}

/** Ratings of a region in a year, of one target group or one municipality where it is named. */
export async function ratingsOf(
  tx: Tx,
  choice: { pack: string; year: number; group?: string | undefined; municipality?: string | undefined },
): Promise<StoredRating[]> {
  let found = query
    .selectFrom('capacity.rating')
    .innerJoin('access.organisation', 'access.organisation.id', 'capacity.rating.municipality_id')
    .select(['slug', 'names', 'target_group', 'year', 'rating', 'words', 'version'])
    .where('access.organisation.pack', '=', choice.pack)
    .where('year', '=', choice.year)
  if (choice.group !== undefined) found = found.where('target_group', '=', choice.group)
  if (choice.municipality !== undefined) found = found.where('slug', '=', choice.municipality)
  const rows = await tx.all(found.orderBy('target_group').orderBy('slug'))
  return rows.map(({ slug, names, target_group, words, ...row }) => ({
    ...row,
    municipality: { slug, names: names as Text },
    group: target_group,
    words: words ?? undefined,
  }))
}

/** An authority that rates and reports, as it is stored. */
export interface Municipality {
  id: string
  slug: string
  names: Text
  pack: string
  /** IANA name: what *today* is there */
  timeZone: string
}

/** The public organisation at this name; undefined when there is none. */
export async function municipalityBySlug(tx: Tx, slug: string): Promise<Municipality | undefined> {
  return (await municipalities(tx, 'slug', [slug]))[0]
}

/** Those of these organisations that are public authorities. @param ids of organisations */
export function municipalitiesById(tx: Tx, ids: readonly string[]): Promise<Municipality[]> {
  return municipalities(tx, 'id', ids)
}

async function municipalities(tx: Tx, by: 'id' | 'slug', values: readonly string[]): Promise<Municipality[]> {
  if (values.length === 0) return []
  const rows = await tx.all(
    query
      .selectFrom('access.organisation as own')
      .innerJoin('packs.pack', 'packs.pack.id', 'own.pack')
      .select(['own.id', 'own.slug', 'own.names', 'packs.pack.id as pack'])
      .select(sql<string | null>`packs.pack.manifest->>'timeZone'`.as('time_zone'))
      .where('own.kind', '=', 'public')
      .where(`own.${by}`, 'in', [...values])
      .orderBy('own.slug'),
  )
  return rows.map(({ names, time_zone, ...row }) => ({ ...row, names: names as Text, timeZone: time_zone ?? 'UTC' }))
}

/** Does this region have offers at all? */
export async function hasOffers(tx: Tx, pack: string): Promise<boolean> {
  return (await tx.one(query.selectFrom('capacity.offer').select('id').where('pack', '=', pack).limit(1))) !== undefined
}

function grouped<Row, Value>(
  rows: readonly Row[],
  key: (row: Row) => string,
  value: (row: Row) => Value,
): Map<string, Value[]> {
  const groups = new Map<string, Value[]>()
  for (const row of rows) {
    const known = groups.get(key(row))
    if (known) known.push(value(row))
    else groups.set(key(row), [value(row)])
  }
  return groups
}
