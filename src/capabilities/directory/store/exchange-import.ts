import { type Compilable, type RawBuilder, sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'
import type { Text } from '../../../platform/i18n/text.ts'
import { PackManifest } from '../../../platform/packs/types.ts'
import type { Location, Organisation, ServiceCard } from '../types.ts'
import type { Projection } from './projection.ts'
import type { Deed, ServiceStatus } from './save-service.ts'

/** A statement that the query builder has no words for. */
const statement = <O>(raw: RawBuilder<O>): Compilable<O> => ({ compile: () => raw.compile(query) }) as Compilable<O>

/** What the loaded packs say about their regions, by id. */
export async function readManifests(tx: Tx): Promise<Map<string, PackManifest>> {
  const rows = await tx.all(query.selectFrom('packs.pack').select(['id', 'manifest']).where('manifest', 'is not', null))
  return new Map(rows.map((row) => [row.id, PackManifest.parse(row.manifest)]))
}

/** An organisation or location as it stands here. */
export interface StoredPart {
  id: string
  slug: string
  names: Text
  area: string
  dataset: string | null
  datasetId: string | null
}

/** Organisations of a data set by their ids there, and any that hold one of these slugs. */
export async function storedOrganisations(
  tx: Tx,
  dataset: string,
  keys: readonly string[],
  slugs: readonly string[],
): Promise<StoredPart[]> {
  return tx.all(
    statement<StoredPart>(sql`
      select a.id, a.slug, a.names, a.area, o.dataset, o.dataset_id as "datasetId"
      from access.organisation a left join directory.organisation o using (id)
      where (o.dataset = ${dataset} and o.dataset_id = any(${[...keys]}::text[])) or a.slug = any(${[...slugs]}::text[])`),
  )
}

/** Locations of a data set by their ids there, and any that hold one of these slugs. */
export async function storedLocations(
  tx: Tx,
  dataset: string,
  keys: readonly string[],
  slugs: readonly string[],
): Promise<StoredPart[]> {
  return tx.all(
    statement<StoredPart>(sql`
      select id, slug, details -> 'names' as names, area, dataset, dataset_id as "datasetId"
      from directory.location
      where (dataset = ${dataset} and dataset_id = any(${[...keys]}::text[])) or slug = any(${[...slugs]}::text[])`),
  )
}

export interface StoredService {
  id: string
  slug: string
  status: ServiceStatus
  version: number
  card: ServiceCard
  dataset: string | null
  datasetId: string | null
}

/** Services of a data set by their ids there, and any that hold one of these slugs. */
export async function storedServices(
  tx: Tx,
  dataset: string,
  keys: readonly string[],
  slugs: readonly string[],
): Promise<StoredService[]> {
  return tx.all(
    statement<StoredService>(sql`
      select id, slug, status, version, card, dataset, dataset_id as "datasetId" from directory.service
      where (dataset = ${dataset} and dataset_id = any(${[...keys]}::text[])) or slug = any(${[...slugs]}::text[])`),
  )
}

/** The last state that an import gave to services which something else has changed since. */
export async function lastImported(
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, { card: ServiceCard; status: ServiceStatus } | undefined>> {
  const rows = await tx.all(
    statement<{ id: string; card: ServiceCard | null; status: ServiceStatus }>(sql`
      select s.id, i.card, i.status
      from directory.service s
      join directory.service_version v on v.service_id = s.id and v.version = s.version
      left join lateral (
        select card, status from directory.service_version w
        where w.service_id = s.id and w.deed like 'import %' order by w.version desc limit 1) i on true
      where s.id = any(${[...ids]}::uuid[]) and v.deed not like 'import %' and v.deed not like 'pack %'`),
  )
  return new Map(rows.map((row) => [row.id, row.card ? { card: row.card, status: row.status } : undefined]))
}

export interface OrganisationRow {
  id: string
  key: string
  profile: Omit<Organisation, 'locations'>
}

/** Adds or changes organisations; those that are the same already stay untouched. */
export async function saveOrganisations(
  tx: Tx,
  rows: readonly OrganisationRow[],
  dataset: string,
  pack: (area: string) => string | null,
  deed: Deed,
): Promise<void> {
  if (rows.length === 0) return
  const told = JSON.stringify(
    rows.map(({ id, key, profile }) => ({
      id,
      dataset_id: key,
      slug: profile.slug,
      names: profile.names,
      kind: profile.kind,
      area: profile.area,
      example: profile.example,
      pack: pack(profile.area),
      profile,
    })),
  )
  const columns = sql`jsonb_to_recordset(${told}::jsonb) as r(id uuid, dataset_id text, slug text, names jsonb, kind text, area text, example boolean, pack text, profile jsonb)`
  // sent one behind the other; what follows may count on both
  await Promise.all([
    tx.all(
      statement(sql`
      insert into access.organisation as o (id, slug, names, kind, area, example, pack)
      select id, slug, names, kind, area, example, pack from ${columns}
      on conflict (id) do update set names = excluded.names, kind = excluded.kind, area = excluded.area, example = excluded.example
      where (o.names, o.kind, o.area, o.example) is distinct from (excluded.names, excluded.kind, excluded.area, excluded.example)`),
    ),
    tx.all(
      statement(sql`
      with stored as (
        insert into directory.organisation as o (id, profile, dataset, dataset_id)
        select id, profile, ${dataset}, dataset_id from ${columns}
        on conflict (id) do update set profile = excluded.profile, version = o.version + 1, last_modified = now()
        where o.profile is distinct from excluded.profile
        returning o.id, o.version, o.profile)
      insert into directory.organisation_version (organisation_id, version, profile, account_id, origin, deed)
      select id, version, profile, ${deed.account}::uuid, ${deed.origin}, ${deed.deed} from stored`),
    ),
  ])
}

export interface LocationRow {
  id: string
  key: string
  organisation: string
  location: Location
}

/** Adds or changes locations; those that are the same already stay untouched. */
export async function saveLocations(tx: Tx, rows: readonly LocationRow[], dataset: string, deed: Deed): Promise<void> {
  if (rows.length === 0) return
  const told = JSON.stringify(
    rows.map(({ id, key, organisation, location }) => ({
      id,
      dataset_id: key,
      organisation_id: organisation,
      slug: location.slug,
      area: location.area,
      details: location,
      longitude: location.point?.[0],
      latitude: location.point?.[1],
    })),
  )
  await tx.all(
    statement(sql`
      with stored as (
      insert into directory.location as l (id, slug, organisation_id, area, details, longitude, latitude, dataset, dataset_id)
      select id, slug, organisation_id, area, details, longitude, latitude, ${dataset}, dataset_id
      from jsonb_to_recordset(${told}::jsonb) as r(id uuid, dataset_id text, organisation_id uuid, slug text, area text, details jsonb, longitude float8, latitude float8)
      on conflict (id) do update set organisation_id = excluded.organisation_id, area = excluded.area, details = excluded.details,
        longitude = excluded.longitude, latitude = excluded.latitude, version = l.version + 1, last_modified = now()
      where l.details is distinct from excluded.details or l.organisation_id <> excluded.organisation_id
      returning l.id, l.version, l.details)
      insert into directory.location_version (location_id, version, details, account_id, origin, deed)
      select id, version, details, ${deed.account}::uuid, ${deed.origin}, ${deed.deed} from stored`),
  )
}

export interface ServiceRow {
  id: string
  key: string
  card: ServiceCard
  status: ServiceStatus
  organisation: string
  pack: string | null
  locations: readonly string[]
  projection: Projection
  assuredAt: Date | undefined
  due: Date
  /** the version that is stored; undefined for a new service */
  version: number | undefined
}

/** Types of the columns that the projection fills; a new column there does not compile before it stands here. */
const projected: Readonly<Record<keyof Omit<Projection, 'vocabulary'>, string>> = {
  areas: 'text[]',
  areas_served: 'text[]',
  terms: 'text[]',
  forms: 'text[]',
  languages: 'text[]',
  accessibility: 'text[]',
  cost: 'text',
  crisis: 'boolean',
  example: 'boolean',
  lexemes: 'text',
  facets: 'text[]',
  name_keys: 'text[]',
  shelf: 'integer',
  open_minutes: 'text',
  longitude: 'float8',
  latitude: 'float8',
}
const casts: Readonly<Record<string, string>> = { lexemes: '::tsvector', open_minutes: '::int4multirange' }
const names = Object.keys(projected)
const recordColumns = sql.raw(
  Object.entries(projected)
    .map(([name, type]) => `${name} ${type}`)
    .join(', '),
)
const insertColumns = sql.raw(names.join(', '))
const selectColumns = sql.raw(names.map((name) => `r.${name}${casts[name] ?? ''}`).join(', '))
const setColumns = sql.raw(names.map((name) => `${name} = r.${name}${casts[name] ?? ''}`).join(', '))

/** Adds new services and changes stored ones, each with its version (DIR-7), its places and its words. */
export async function saveServices(tx: Tx, rows: readonly ServiceRow[], dataset: string, deed: Deed): Promise<void> {
  if (rows.length === 0) return
  const told = JSON.stringify(
    rows.map((row) => {
      const { vocabulary: _words, ...projection } = row.projection
      return {
        ...projection,
        id: row.id,
        dataset_id: row.key,
        slug: row.card.slug,
        organisation_id: row.organisation,
        pack: row.pack,
        card: row.card,
        status: row.status,
        assured_at: row.assuredAt ?? null,
        assurance_due: row.due,
        version: row.version ?? 1,
        added: row.version === undefined,
      }
    }),
  )
  const columns = sql`jsonb_to_recordset(${told}::jsonb) as r(id uuid, dataset_id text, slug text, organisation_id uuid, pack text, card jsonb,
    status text, ${recordColumns}, assured_at timestamptz, assurance_due timestamptz, version integer, added boolean)`
  const account = sql`${deed.account}::uuid, ${deed.origin}::text, ${deed.deed}::text`
  const added = rows.filter((row) => row.version === undefined).length
  // the texts travel and are parsed once for the service and its version
  if (added > 0)
    await tx.all(
      statement(sql`
        with r as materialized (select * from ${columns} where added), stored as (
          insert into directory.service (id, slug, organisation_id, pack, card, status, ${insertColumns}, assured_at, assured_by, assurance_due, dataset, dataset_id)
          select r.id, r.slug, r.organisation_id, r.pack, r.card, r.status, ${selectColumns}, r.assured_at,
            case when r.assured_at is not null then ${dataset} end, r.assurance_due, ${dataset}, r.dataset_id
          from r)
        insert into directory.service_version (service_id, version, card, status, account_id, origin, deed)
        select r.id, 1, r.card, r.status, ${account} from r`),
    )
  if (added < rows.length) {
    const done = await tx.all(
      statement<{ id: string }>(sql`
        with r as materialized (select * from ${columns} where not added), stored as (
          update directory.service s set organisation_id = r.organisation_id, card = r.card, status = r.status, ${setColumns},
            assured_at = coalesce(r.assured_at, s.assured_at), assured_by = case when r.assured_at is null then s.assured_by else ${dataset} end,
            assurance_due = case when r.assured_at is null then s.assurance_due else r.assurance_due end,
            version = s.version + 1, last_modified = now()
          from r where s.id = r.id and s.version = r.version returning s.id)
        insert into directory.service_version (service_id, version, card, status, account_id, origin, deed)
        select r.id, r.version + 1, r.card, r.status, ${account} from r join stored using (id) returning service_id as id`),
    )
    if (done.length !== rows.length - added) throw new Error('somebody changed a card while it was imported')
    await tx.all(
      query
        .deleteFrom('directory.service_location')
        .where(sql<boolean>`service_id = any(${done.map((row) => row.id)}::uuid[])`),
    )
  }
  const placings = rows.flatMap((row) => [...new Set(row.locations)].map((location) => [row.id, location] as const))
  if (placings.length > 0)
    await tx.all(
      statement(sql`
        insert into directory.service_location (service_id, location_id)
        select * from unnest(${placings.map(([service]) => service)}::uuid[], ${placings.map(([, location]) => location)}::uuid[])
        on conflict do nothing`),
    )
}

/** Before many cards are written: the search index gathers their words. */
export async function gatherSearchEntries(tx: Tx): Promise<void> {
  await tx.all(query.selectNoFrom(sql`directory.gather_search_entries(true)`.as('done')))
}

/** After they are written: the words are sorted in, and single cards are indexed at once again. */
export async function sortSearchEntries(tx: Tx): Promise<void> {
  await tx.all(query.selectNoFrom(sql`directory.gather_search_entries(false)`.as('done')))
}

/** Remembers the words of cards for the correction of typos. */
export async function saveWords(tx: Tx, words: readonly { word: string; locale: string }[]): Promise<void> {
  if (words.length === 0) return
  await tx.all(
    statement(sql`
      insert into directory.word (word, locale)
      select * from unnest(${words.map((each) => each.word)}::text[], ${words.map((each) => each.locale)}::text[])
      on conflict do nothing`),
  )
}

/** Services of a data set that run and were not in the file. */
export async function missingServices(tx: Tx, dataset: string, seen: ReadonlySet<string>): Promise<string[]> {
  const rows = await tx.all(
    query
      .selectFrom('directory.service')
      .select(['id', 'dataset_id'])
      .where('dataset', '=', dataset)
      .where('status', '!=', 'defunct'),
  )
  return rows.filter((row) => !seen.has(row.dataset_id ?? '')).map((row) => row.id)
}

/** Marks services as ended, each with a version; nothing is deleted. */
export async function endServices(tx: Tx, ids: readonly string[], deed: Deed): Promise<void> {
  if (ids.length === 0) return
  await tx.all(
    statement(sql`
      with ended as (
        update directory.service set status = 'defunct', version = version + 1, last_modified = now()
        where id = any(${[...ids]}::uuid[]) returning id, version, card)
      insert into directory.service_version (service_id, version, card, status, account_id, origin, deed)
      select id, version, card, 'defunct', ${deed.account}::uuid, ${deed.origin}, ${deed.deed} from ended`),
  )
}

/** Writes down that a data set was imported, with its report. */
export function recordImport(
  tx: Tx,
  imported: { format: string; dataset: string; sha256: string; report: object },
): void {
  tx.later(query.insertInto('directory.import').values({ ...imported, report: JSON.stringify(imported.report) }))
}
