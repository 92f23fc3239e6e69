import { sql } from 'kysely'
import type { Tx } from '../../../../platform/db/database.ts'
import type { Text } from '../../../../platform/i18n/text.ts'

/** An offer with what matching asks of it. */
export interface MatchableOffer {
  slug: string
  names: Text
  terms: string[]
  languages: string[]
  point: readonly [number, number] | undefined
  area: string
  /** the first day from the day asked for on which a place is free */
  freeFrom: string | undefined
  waiting: number
}

interface Row extends Omit<MatchableOffer, 'point' | 'freeFrom'> {
  longitude: number | null
  latitude: number | null
  free_from: string | null
}

/** Offers of a region for a target group, and those that somebody wishes for whatever they are for. @param from the day from which a place is needed */
export async function offersToMatch(
  tx: Tx,
  asked: { pack: string; group: string; wishes: readonly string[]; from: string; today: string },
): Promise<MatchableOffer[]> {
  const rows = await tx.all(
    sql<Row>`select o.slug, o.names, o.target_groups as terms, o.languages, o.longitude, o.latitude, o.area,
        (select greatest(t.from_day, ${asked.from})::text from capacity.day_total t
          where t.offer_id = o.id and t.until_day > ${asked.from} and t.free > 0 order by t.from_day limit 1) as free_from,
        capacity.waiting_told(array[o.id], ${asked.today}::date) as waiting
      from capacity.offer o
      where o.pack = ${asked.pack} and (o.closed is null or o.closed > ${asked.from})
        and (o.target_groups @> array[${asked.group}] or o.slug = any (${[...asked.wishes]}))
      order by o.slug`,
  )
  return rows.map(({ longitude, latitude, free_from, ...row }) => ({
    ...row,
    point: longitude === null || latitude === null ? undefined : [longitude, latitude],
    freeFrom: free_from ?? undefined,
  }))
}

/** Slugs of offers whose name holds these words, or that have this slug: the few that somebody may mean. */
export async function offersNamed(tx: Tx, pack: string, words: string): Promise<string[]> {
  const pattern = `%${words.replaceAll(/[\\%_]/g, '\\$&')}%`
  const rows = await tx.all(
    sql<{ slug: string }>`select o.slug from capacity.offer o
      where o.pack = ${pack} and (o.slug = ${words} or exists (select from jsonb_each_text(o.names) name
        where name.key in ('en', 'uk', 'da', 'de') and name.value ilike ${pattern}))
      order by o.slug limit 3`,
  )
  return rows.map(({ slug }) => slug)
}

/** Languages that staff of some offer of the region speak. */
export async function languagesOfOffers(tx: Tx, pack: string): Promise<string[]> {
  const rows = await tx.all(
    sql<{
      language: string
    }>`select distinct unnest(o.languages) as language from capacity.offer o where o.pack = ${pack} order by 1`,
  )
  return rows.map(({ language }) => language)
}

/** Target groups for which the region has offers. */
export async function groupsOfOffers(tx: Tx, pack: string): Promise<string[]> {
  const rows = await tx.all(
    sql<{
      code: string
    }>`select distinct unnest(o.target_groups) as code from capacity.offer o where o.pack = ${pack} order by 1`,
  )
  return rows.map(({ code }) => code)
}
