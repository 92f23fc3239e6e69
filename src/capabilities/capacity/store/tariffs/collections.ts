import { sql } from 'kysely'
import { json, query, type Tx } from '../../../../platform/db/database.ts'
import type { Text } from '../../../../platform/i18n/text.ts'
import { type Collected, Deviation, Prefilled } from '../../types/collection.ts'

/** A yearly collection. */
export interface Collection {
  id: string
  pack: string
  year: number
  due: string
  /** the day on which it was opened, there */
  opened: string
  timeZone: string
  state: 'open' | 'closed'
  closedAt: Date | undefined
}

/** What one organisation gives, and how far that is. */
export interface CollectionPart {
  id: string
  collection: Collection
  organisation: { id: string; slug: string; names: Text }
  prefilled: Prefilled
  made: number
}

/** That a part was reminded of its workbook. */
export interface Reminder {
  day: string
  /** how many letters went; undefined while they are being written, none where there is nobody to write to */
  letters: number | undefined
}

/** How a part stands, without what it holds: everybody may know. */
export interface PartState {
  id: string
  organisation: { id: string; slug: string; names: Text }
  /** the days on which it was reminded, first to last */
  reminders: readonly Reminder[]
  /** when the workbook came that holds */
  answeredAt: Date | undefined
  /** uploads as far as the reader may see them; undefined where nothing came, or where they may not */
  newest: { id: string; name: string; accepted: boolean; deviations: readonly Deviation[]; sentAt: Date } | undefined
  /** the upload that holds */
  holds: string | undefined
  offers: number
}

const zone = sql<string>`coalesce((select k.manifest ->> 'timeZone' from packs.pack k where k.id = c.pack), 'UTC')`
/** The day on which a collection was opened, in its region. */
const openedThere = sql<string>`(c.opened_at at time zone ${zone})::date`

const collections = () =>
  query
    .selectFrom('capacity.collection as c')
    .select([
      'c.id',
      'c.pack',
      'c.year',
      'c.due',
      'c.state',
      'c.closed_at',
      openedThere.as('opened'),
      zone.as('time_zone'),
    ])
type Row = Awaited<ReturnType<ReturnType<typeof collections>['execute']>>[number]
const collection = (row: Row): Collection => ({
  id: row.id,
  pack: row.pack,
  year: row.year,
  due: row.due,
  opened: row.opened,
  timeZone: row.time_zone,
  state: row.state as Collection['state'],
  closedAt: row.closed_at ?? undefined,
})

/** Collections of a region, newest first. */
export async function collectionsOf(tx: Tx, packs: readonly string[]): Promise<Collection[]> {
  if (packs.length === 0) return []
  const rows = await tx.all(
    collections()
      .where('c.pack', 'in', [...packs])
      .orderBy('c.year', 'desc'),
  )
  return rows.map(collection)
}

export async function collectionById(tx: Tx, id: string): Promise<Collection | undefined> {
  const row = await tx.one(collections().where('c.id', '=', id))
  return row && collection(row)
}

/** Opens a collection. @returns undefined where one of that year is there already */
export async function saveCollection(
  tx: Tx,
  given: { pack: string; year: number; due: string; by: string },
): Promise<string | undefined> {
  const row = await tx.one(
    query
      .insertInto('capacity.collection')
      .values({ pack: given.pack, year: given.year, due: given.due, opened_by: given.by })
      .onConflict((clash) => clash.columns(['pack', 'year']).doNothing())
      .returning('id'),
  )
  return row?.id
}

export async function saveParts(
  tx: Tx,
  collectionId: string,
  parts: readonly { organisation: string; prefilled: Prefilled }[],
): Promise<void> {
  await tx.all(
    sql`insert into capacity.collection_part (collection_id, organisation_id, prefilled)
      select ${collectionId}::uuid, p.organisation, p.prefilled
      from jsonb_to_recordset(${JSON.stringify(parts)}::jsonb) as p (organisation uuid, prefilled jsonb)`,
  )
}

/** Municipalities and the region of a pack: whom a collection asks. */
export async function collectedFrom(tx: Tx, pack: string): Promise<{ id: string; slug: string; names: Text }[]> {
  const rows = await tx.all(
    query
      .selectFrom('access.organisation as o')
      .select(['o.id', 'o.slug', 'o.names'])
      .where('o.pack', '=', pack)
      .where('o.kind', '=', 'public')
      .orderBy('o.slug'),
  )
  return rows.map((row) => ({ ...row, names: row.names as Text }))
}

const parts = () =>
  query
    .selectFrom('capacity.collection_part as p')
    .innerJoin('capacity.collection as c', 'c.id', 'p.collection_id')
    .innerJoin('access.organisation as o', 'o.id', 'p.organisation_id')
    .select([
      'p.id as part',
      'p.prefilled',
      'p.made',
      'o.id as organisation',
      'o.slug',
      'o.names',
      'c.id',
      'c.pack',
      'c.year',
      'c.due',
      'c.state',
      'c.closed_at',
      openedThere.as('opened'),
      zone.as('time_zone'),
    ])

/** The part with this id; undefined when there is none. */
export async function partById(tx: Tx, id: string): Promise<CollectionPart | undefined> {
  const row = await tx.one(parts().where('p.id', '=', id))
  return row && part(row)
}

/** Parts of open collections that these organisations (ids) fill in. */
export async function openPartsOf(tx: Tx, organisations: readonly string[]): Promise<CollectionPart[]> {
  if (organisations.length === 0) return []
  const rows = await tx.all(
    parts()
      .where('p.organisation_id', 'in', [...organisations])
      .where('c.state', '=', 'open')
      .orderBy('c.due'),
  )
  return rows.map(part)
}

const part = (row: Awaited<ReturnType<ReturnType<typeof parts>['execute']>>[number]): CollectionPart => ({
  id: row.part,
  collection: collection(row),
  organisation: { id: row.organisation, slug: row.slug, names: row.names as Text },
  prefilled: Prefilled.parse(row.prefilled),
  made: row.made,
})

/** All parts of a collection, and how each stands. */
export async function partStates(tx: Tx, collectionId: string): Promise<PartState[]> {
  const rows = await tx.all(sql<{
    id: string
    organisation: string
    slug: string
    names: Text
    reminders: Reminder[]
    offers: number
    holds: string | null
    answered_at: Date | null
    upload: string | null
    name: string | null
    accepted: boolean | null
    deviations: unknown
    sent_at: Date | null
  }>`select p.id, o.id as organisation, o.slug, o.names, jsonb_array_length(p.prefilled->'offers') as offers, good.id as holds,
      capacity.answered_at(p.id) as answered_at,
      (select coalesce(jsonb_agg(jsonb_build_object('day', r.day, 'letters', r.letters) order by r.day), '[]') from capacity.collection_reminder r
        where r.part_id = p.id) as reminders,
      newest.id as upload, newest.name, newest.accepted, newest.deviations, newest.sent_at
    from capacity.collection_part p join access.organisation o on o.id = p.organisation_id
    left join lateral (select u.id, u.name, u.accepted, u.deviations, u.sent_at from capacity.collection_upload u
      where u.part_id = p.id order by u.sent_at desc, u.id desc limit 1) newest on true
    left join lateral (select u.id from capacity.collection_upload u
      where u.part_id = p.id and u.accepted order by u.sent_at desc, u.id desc limit 1) good on true
    where p.collection_id = ${collectionId}::uuid order by o.slug`)
  return rows.map((row) => ({
    id: row.id,
    organisation: { id: row.organisation, slug: row.slug, names: row.names },
    reminders: row.reminders.map(({ day, letters }) => ({ day, letters: letters ?? undefined })),
    offers: row.offers,
    answeredAt: row.answered_at ?? undefined,
    holds: row.holds ?? undefined,
    newest:
      row.upload === null || row.sent_at === null
        ? undefined
        : {
            id: row.upload,
            name: row.name ?? '',
            accepted: row.accepted ?? false,
            deviations: Deviation.array().parse(row.deviations),
            sentAt: row.sent_at,
          },
  }))
}

/** Stores a workbook that came, with what was read of it. @returns undefined where this very file came before */
export async function saveUpload(
  tx: Tx,
  upload: {
    part: string
    name: string
    sha256: Buffer
    file: string | undefined
    deviations: readonly Deviation[]
    collected: Collected | undefined
    by: string
  },
): Promise<string | undefined> {
  const { collected } = upload
  const row = await tx.one(
    query
      .insertInto('capacity.collection_upload')
      .values({
        part_id: upload.part,
        name: upload.name,
        sha256: upload.sha256,
        file_id: upload.file ?? null,
        accepted: collected !== undefined,
        deviations: json(upload.deviations),
        sent_by: upload.by,
      })
      .onConflict((clash) => clash.columns(['part_id', 'sha256']).doNothing())
      .returning('id'),
  )
  if (!row || !collected) return row?.id
  await tx.all(
    sql`insert into capacity.collection_offer (upload_id, offer_id, places, days, occupancy, actual, direct, indirect, capital, carried, tariff)
      select ${row.id}::uuid, o.id, l.places, l.days, l.occupancy, l.actual, l.direct, l.indirect, l.capital, l.carried, l.tariff
      from jsonb_to_recordset(${JSON.stringify(collected.offers)}::jsonb) as l (slug text, places numeric, days smallint, occupancy numeric, actual numeric,
        direct numeric, indirect numeric, capital numeric, carried numeric, tariff numeric) join capacity.offer o on o.slug = l.slug`,
  )
  await tx.all(
    sql`insert into capacity.collection_supplement (upload_id, position, offer_id, name, amount, reason)
      select ${row.id}::uuid, l.position, o.id, l.name, l.amount, l.reason
      from jsonb_to_recordset(${JSON.stringify(collected.supplements.map((one, at) => ({ ...one, position: at + 1 })))}::jsonb)
        as l (position smallint, offer text, name text, amount numeric, reason text) join capacity.offer o on o.slug = l.offer`,
  )
  await tx.all(
    sql`insert into capacity.collection_spending (upload_id, paragraph, spent, planned)
      select ${row.id}::uuid, l.paragraph, l.spent, l.planned
      from jsonb_to_recordset(${JSON.stringify(collected.spending)}::jsonb) as l (paragraph text, spent numeric, planned numeric)`,
  )
  return row.id
}

/** Closes a collection that is open. @returns whether it was */
export async function closeCollectionRow(tx: Tx, id: string, at: Date): Promise<boolean> {
  const row = await tx.one(
    query
      .updateTable('capacity.collection')
      .set({ state: 'closed', closed_at: at })
      .where('id', '=', id)
      .where('state', '=', 'open')
      .returning('id'),
  )
  return row !== undefined
}
