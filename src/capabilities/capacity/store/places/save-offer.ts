import { sql } from 'kysely'
import type { Tx } from '../../../../platform/db/database.ts'
import type { Text } from '../../../../platform/i18n/text.ts'

/** An offer as it is stored: slugs of others are resolved already. */
export interface NewOffer {
  slug: string
  pack: string
  names: Text
  description: Text | undefined
  operatorId: string
  serviceId: string | undefined
  paragraph: string
  /** with the terms above them */
  targetGroups: readonly string[]
  area: string
  placeName: string | undefined
  point: readonly [number, number] | undefined
  opened: string
  languages: readonly string[]
  example: boolean
}

/** Stores offers; those whose address is taken are left as they are. @returns ids of the new ones by slug */
export async function insertOffers(tx: Tx, offers: readonly NewOffer[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.all(
    sql<{ id: string; slug: string }>`insert into capacity.offer
        (slug, pack, names, description, organisation_id, service_id, paragraph, target_groups, area, place_name, longitude, latitude, opened, languages, example)
      select o.slug, o.pack, o.names, o.description, o."operatorId", o."serviceId", o.paragraph, o."targetGroups", o.area, o."placeName",
        (o.point ->> 0)::double precision, (o.point ->> 1)::double precision, o.opened, o.languages, o.example
      from jsonb_to_recordset(${JSON.stringify(offers)}::jsonb) as o (slug text, pack text, names jsonb, description jsonb, "operatorId" uuid,
        "serviceId" uuid, paragraph text, "targetGroups" text[], area text, "placeName" text, point jsonb, opened date, languages text[], example boolean)
      on conflict (slug) do nothing returning id, slug`,
  )
  return new Map(rows.map(({ id, slug }) => [slug, id]))
}

/** Ids of organisations by slug; those that are not there are left out. */
export async function idsForMany(tx: Tx, slugs: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.all(
    sql<{
      id: string
      slug: string
    }>`select id, slug from access.organisation where slug = any (${[...new Set(slugs)]}::text[])`,
  )
  return new Map(rows.map(({ id, slug }) => [slug, id]))
}

/** Codes of areas and of paragraphs, by pack. */
export async function areasAndParagraphs(tx: Tx, packs: readonly string[]) {
  const rows = await tx.all(
    sql<{ pack: string; areas: string[]; paragraphs: string[] }>`select pack,
        array(select a.code from access.area a where a.pack = s.pack) as areas,
        array(select p ->> 'code' from jsonb_array_elements(s.paragraphs) p) as paragraphs
      from capacity.setting s where pack = any (${[...packs]}::text[])`,
  )
  const by = (of: (row: (typeof rows)[number]) => readonly string[]): ReadonlyMap<string, ReadonlySet<string>> =>
    new Map(rows.map((row) => [row.pack, new Set(of(row))]))
  return { areas: by(({ areas }) => areas), paragraphs: by(({ paragraphs }) => paragraphs) }
}

/** People at work at new offers from their first day on. */
export async function saveManyStaffings(
  tx: Tx,
  staffings: readonly { offer: string; from: string; posts: number }[],
): Promise<void> {
  await tx.all(
    sql`insert into capacity.staffing (offer_id, during, posts) select n.offer, daterange(n."from", null), n.posts
      from jsonb_to_recordset(${JSON.stringify(staffings)}::jsonb) as n (offer uuid, "from" date, posts numeric)`,
  )
}

/** People at work from a day on, in full-time posts, until the next number that is known already. */
export async function saveStaffing(tx: Tx, offer: string, from: string, posts: number): Promise<void> {
  await tx.all(
    sql`update capacity.staffing set during = daterange(lower(during), ${from}::date)
      where offer_id = ${offer} and during @> ${from}::date and lower(during) < ${from}::date`,
  )
  await tx.all(
    sql`with same as (update capacity.staffing set posts = ${posts} where offer_id = ${offer} and lower(during) = ${from}::date returning id)
      insert into capacity.staffing (offer_id, during, posts)
      select ${offer}, daterange(${from}::date, (select min(lower(s.during)) from capacity.staffing s where s.offer_id = ${offer} and lower(s.during) > ${from}::date)), ${posts}
      where not exists (select from same)`,
  )
}

/** Changes what an offer says of itself. @returns false where its version is another one meanwhile */
export async function updateOffer(
  tx: Tx,
  id: string,
  version: number,
  to: Pick<
    NewOffer,
    'names' | 'description' | 'serviceId' | 'paragraph' | 'targetGroups' | 'area' | 'placeName' | 'point' | 'languages'
  >,
): Promise<boolean> {
  const row = await tx.one(
    sql`update capacity.offer set names = ${JSON.stringify(to.names)}::jsonb,
        description = ${to.description ? JSON.stringify(to.description) : null}::jsonb, service_id = ${to.serviceId ?? null},
        paragraph = ${to.paragraph}, target_groups = ${[...to.targetGroups]}::text[], area = ${to.area}, place_name = ${to.placeName ?? null},
        longitude = ${to.point?.[0] ?? null}, latitude = ${to.point?.[1] ?? null},
        languages = ${[...to.languages]}::text[], version = version + 1
      where id = ${id} and version = ${version} returning id`,
  )
  return row !== undefined
}

/** Somebody has said how these offers stand. */
export async function markReported(tx: Tx, offers: readonly string[]): Promise<void> {
  if (offers.length === 0) return
  await tx.all(
    sql`update capacity.offer set reported_at = ${tx.now} where id = any (${[...offers]}::uuid[]) and (reported_at is null or reported_at < ${tx.now})`,
  )
}
