import { sql } from 'kysely'
import type { Database, Identity, Tx } from '../../../../platform/db/database.ts'
import type { Text } from '../../../../platform/i18n/text.ts'
import type { TariffChoice } from './list-tariffs.ts'

/** What tariffs are put together by. */
export type ComparedBy = 'offer' | 'paragraph' | 'operator'

/** Tariffs of one offer, paragraph or operator through the years. */
export interface ComparedLine {
  key: string
  /** of an offer or operator; a paragraph is named by its pack */
  names: Text | undefined
  /** the middle tariff of each year */
  tariffs: ReadonlyMap<number, string>
  /** offers among them */
  offers: number
}

const chosen = (choice: Omit<TariffChoice, 'year' | 'words'>) => sql`o.pack = ${choice.pack}
  and (${choice.paragraph ?? null}::text is null or o.paragraph = ${choice.paragraph ?? null})
  and (${choice.operator ?? null}::text is null or g.slug = ${choice.operator ?? null})
  and (${choice.group ?? null}::text is null or o.target_groups @> array[${choice.group ?? null}]::text[])`

const holding = sql`s.state = 'published' and s.tariff is not null
  and not exists (select from capacity.tariff_sheet later where later.supersedes = s.id and later.state = 'published')`

const keyOf = { offer: sql`o.slug`, paragraph: sql`o.paragraph`, operator: sql`g.slug` } as const
const namesOf = { offer: sql`o.names`, paragraph: sql`null::jsonb`, operator: sql`g.names` } as const

/** CAP-6: the middle tariff of each year, put together by offer, paragraph or operator; with a cursor. */
export async function compareTariffs(
  tx: Tx,
  choice: Omit<TariffChoice, 'year' | 'words'>,
  by: ComparedBy,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<{ lines: ComparedLine[]; next: string | undefined }> {
  const key = keyOf[by]
  const rows = await tx.all(sql<{ key: string; names: Text | null; tariffs: Record<string, string>; offers: number }>`
    with chosen as (
      select ${key} as key, ${namesOf[by]} as names, s.year, s.tariff, s.offer_id
      from capacity.offer o join access.organisation g on g.id = o.organisation_id join capacity.tariff_sheet s on s.offer_id = o.id
      where ${chosen(choice)} and ${holding} and (${after ?? null}::text is null or ${key} > ${after ?? null})),
    keys as (select key, (array_agg(names))[1] as names, count(distinct offer_id)::integer as offers from chosen group by key order by key limit ${limit + 1}),
    middle as (select c.key, c.year, percentile_disc(0.5) within group (order by c.tariff) as tariff from chosen c join keys using (key) group by c.key, c.year)
    select k.key, k.names, k.offers, jsonb_object_agg(m.year, m.tariff::text) as tariffs
    from keys k join middle m using (key) group by k.key, k.names, k.offers order by k.key`)
  const lines = rows.slice(0, limit).map((row) => ({
    key: row.key,
    names: row.names ?? undefined,
    tariffs: new Map(Object.entries(row.tariffs).map(([year, tariff]) => [Number(year), tariff])),
    offers: row.offers,
  }))
  return { lines, next: rows.length > limit ? lines.at(-1)?.key : undefined }
}

/** All tariffs of a choice in one year: the middle one, how many, and occupancy as it was assumed and as it was. */
export interface ComparedYear {
  year: number
  tariff: string
  offers: number
  /** in per cent, in the middle of all places */
  assumed: number | undefined
  /** days on which places were taken, of all days of approved places; undefined where nothing was reported */
  actual: number | undefined
}

export async function compareYears(tx: Tx, choice: Omit<TariffChoice, 'year' | 'words'>): Promise<ComparedYear[]> {
  const rows = await tx.all(sql<{
    year: number
    tariff: string
    offers: number
    assumed: string | null
    actual: string | null
  }>`
    select s.year, percentile_disc(0.5) within group (order by s.tariff)::text as tariff, count(*)::integer as offers,
      round(sum(s.occupancy * s.places) / nullif(sum(s.places), 0), 1)::text as assumed,
      round(100.0 * sum(d.occupied_days) / nullif(sum(d.approved_days), 0), 1)::text as actual
    from capacity.offer o join access.organisation g on g.id = o.organisation_id join capacity.tariff_sheet s on s.offer_id = o.id
    left join capacity.year_demand d on d.offer_id = o.id and d.year = s.year
    where ${chosen(choice)} and ${holding} group by s.year order by s.year`)
  return rows.map(({ year, tariff, offers, assumed, actual }) => ({
    year,
    tariff,
    offers,
    assumed: assumed === null ? undefined : Number(assumed),
    actual: actual === null ? undefined : Number(actual),
  }))
}

/** One sheet with its figures, for exports. */
export interface ComparedSheet {
  slug: string
  names: Text
  operator: Text
  paragraph: string
  year: number
  currency: string
  places: string
  days: number
  occupancy: string
  direct: string
  indirect: string
  capital: string
  carried: string
  tariff: string
  actual: string | null
}

/** Every sheet of a choice, as a stream from the database: nothing holds all of them. */
export const everySheet = (
  database: Database,
  identity: Identity,
  choice: Omit<TariffChoice, 'year' | 'words'>,
): AsyncIterable<ComparedSheet> =>
  database.stream(
    identity,
    sql<ComparedSheet>`
      select o.slug, o.names, g.names as operator, o.paragraph, s.year, s.currency, s.places::text, s.days, s.occupancy::text, s.direct::text,
        s.indirect::text, s.capital::text, s.carried::text, s.tariff::text,
        round(100.0 * d.occupied_days / nullif(d.approved_days, 0), 2)::text as actual
      from capacity.offer o join access.organisation g on g.id = o.organisation_id join capacity.tariff_sheet s on s.offer_id = o.id
      left join capacity.year_demand d on d.offer_id = o.id and d.year = s.year
      where ${chosen(choice)} and ${holding} order by o.slug, s.year`,
  )
