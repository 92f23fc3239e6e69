import { type SqlBool, sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import type { Text } from '../../../../platform/i18n/text.ts'
import { offersOf, type StoredOffer } from '../places/read-offer.ts'

/** An offer of a region, with the years whose tariffs are published. */
export interface PricedOffer {
  slug: string
  stored: StoredOffer
  priced: ReadonlySet<number>
}

/** All offers of a region, in the order of their slugs. */
export async function offersIn(tx: Tx, pack: string): Promise<PricedOffer[]> {
  const operators = await tx.all(
    query.selectFrom('capacity.offer').select('organisation_id').distinct().where('pack', '=', pack),
  )
  const [offers, years] = await Promise.all([
    offersOf(
      tx,
      operators.map(({ organisation_id }) => organisation_id),
    ),
    tx.all(
      query
        .selectFrom('capacity.tariff_sheet as s')
        .innerJoin('capacity.offer as o', 'o.id', 's.offer_id')
        .select(['s.offer_id', sql<number[]>`array_agg(distinct s.year)`.as('years')])
        .where('o.pack', '=', pack)
        .where('s.state', '=', 'published')
        .groupBy('s.offer_id'),
    ),
  ])
  const priced = new Map(years.map((row) => [row.offer_id, new Set(row.years)]))
  return offers
    .filter((offer) => offer.pack === pack)
    .map((stored) => ({ slug: stored.slug, stored, priced: priced.get(stored.id) ?? new Set() }))
}

/** A tariff in a list. */
export interface ListedTariff {
  id: string
  slug: string
  names: Text
  operator: { slug: string; names: Text }
  paragraph: string
  area: string
  areaNames: Text
  year: number
  scheme: 'days' | 'points'
  currency: string
  /** a day; undefined in the scheme of points */
  tariff: string | undefined
  pointValue: string | undefined
  places: string | undefined
  /** assumed, in per cent */
  occupancy: string | undefined
  /** the tariff of the year before */
  before: string | undefined
  example: boolean
}

/** Narrows a list of tariffs. */
export interface TariffChoice {
  pack: string
  year: number
  /** code */
  paragraph?: string | undefined
  /** slug of the operator */
  operator?: string | undefined
  /** a term of the taxonomy, or one above those of an offer */
  group?: string | undefined
  /** words of its name, in any language */
  words?: string | undefined
}

/** Tariffs of a year that hold, in the order of the slugs of their offers. @param after slug of the last offer shown */
export async function listTariffs(
  tx: Tx,
  choice: TariffChoice,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<{ tariffs: ListedTariff[]; next: string | undefined }> {
  let found = query
    .selectFrom('capacity.tariff_sheet as s')
    .innerJoin('capacity.offer as o', 'o.id', 's.offer_id')
    .innerJoin('access.organisation as g', 'g.id', 'o.organisation_id')
    .innerJoin('access.area as a', 'a.code', 'o.area')
    .leftJoin('capacity.tariff_sheet as b', (join) =>
      join
        .onRef('b.offer_id', '=', 's.offer_id')
        .on('b.state', '=', 'published')
        .on(sql<SqlBool>`b.year = s.year - 1`)
        .on(holds('b')),
    )
    .select([
      's.id',
      'o.slug',
      'o.names',
      'o.paragraph',
      'o.area',
      'o.example',
      'g.slug as operator_slug',
      'g.names as operator_names',
      'a.names as area_names',
      's.year',
      's.scheme',
      's.currency',
      's.tariff',
      's.point_value',
      's.places',
      's.occupancy',
      'b.tariff as before',
    ])
    .where('o.pack', '=', choice.pack)
    .where('s.year', '=', choice.year)
    .where('s.state', '=', 'published')
    .where(holds('s'))
  if (choice.paragraph) found = found.where('o.paragraph', '=', choice.paragraph)
  if (choice.operator) found = found.where('g.slug', '=', choice.operator)
  if (choice.group) found = found.where(sql<SqlBool>`o.target_groups @> array[${choice.group}]::text[]`)
  for (const word of (choice.words ?? '').split(/\s+/).filter(Boolean).slice(0, 8)) {
    const pattern = `%${word.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
    found = found.where(
      sql<SqlBool>`exists (select from jsonb_each_text(o.names - 'draft') told where told.value ilike ${pattern})`,
    )
  }
  if (after) found = found.where('o.slug', '>', after)
  const rows = await tx.all(found.orderBy('o.slug').limit(limit + 1))
  const tariffs = rows.slice(0, limit).map((row) => ({
    id: row.id,
    slug: row.slug,
    names: row.names as Text,
    operator: { slug: row.operator_slug, names: row.operator_names as Text },
    paragraph: row.paragraph,
    area: row.area,
    areaNames: row.area_names as Text,
    year: row.year,
    scheme: row.scheme as ListedTariff['scheme'],
    currency: row.currency,
    tariff: row.tariff ?? undefined,
    pointValue: row.point_value ?? undefined,
    places: row.places ?? undefined,
    occupancy: row.occupancy ?? undefined,
    before: row.before ?? undefined,
    example: row.example,
  }))
  return { tariffs, next: rows.length > limit ? tariffs.at(-1)?.slug : undefined }
}

const holds = (alias: 's' | 'b') =>
  sql<SqlBool>`not exists (select from capacity.tariff_sheet later where later.supersedes = ${sql.ref(`${alias}.id`)} and later.state = 'published')`

/** What a list can be narrowed by: years that have tariffs, paragraphs, operators and groups of the offers of a region. */
export interface Choosable {
  years: number[]
  paragraphs: { code: string; short: string; names: Text }[]
  operators: { slug: string; names: Text }[]
  /** codes of the taxonomy */
  groups: string[]
}

export async function choosable(tx: Tx, pack: string): Promise<Choosable> {
  const [years, paragraphs, operators, groups] = await Promise.all([
    tx.all(sql<{
      year: number
    }>`select distinct s.year from capacity.tariff_sheet s join capacity.offer o on o.id = s.offer_id
      where o.pack = ${pack} and s.state = 'published' order by s.year desc`),
    tx.one(query.selectFrom('capacity.setting').select('paragraphs').where('pack', '=', pack)),
    tx.all(sql<{ slug: string; names: Text }>`select distinct on (g.slug) g.slug, g.names from capacity.offer o
      join access.organisation g on g.id = o.organisation_id where o.pack = ${pack} order by g.slug`),
    tx.all(sql<{
      code: string
    }>`select distinct term.code from capacity.offer o cross join lateral unnest(o.target_groups) term (code)
      where o.pack = ${pack} order by term.code`),
  ])
  return {
    years: years.map(({ year }) => year),
    paragraphs: (paragraphs?.paragraphs ?? []) as Choosable['paragraphs'],
    operators,
    groups: groups.map(({ code }) => code),
  }
}
