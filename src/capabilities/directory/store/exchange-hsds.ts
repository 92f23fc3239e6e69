import { type SelectQueryBuilder, sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'
import type { DB } from '../../../platform/db/generated.ts'
import type { Text } from '../../../platform/i18n/text.ts'
import { searchTerms, toTsquery } from '../../../platform/search/words.ts'
import type { Asked } from '../exchange/hsds-parameters.ts'
import type { LocationEntry, OrganisationEntry, Vocabulary } from '../exchange/hsds-parts.ts'
import type { ServiceEntry } from '../exchange/hsds-service.ts'
import { Act, type Location, type ServiceCard, TaxonomyTerm } from '../types.ts'
import type { ServiceStatus } from './save-service.ts'

/** Taxonomy and areas with their names and ids. */
export async function readVocabulary(tx: Tx): Promise<Vocabulary> {
  const [terms, taxonomies, areas] = await Promise.all([
    tx.all(query.selectFrom('directory.term').select(['id', 'code', 'facet', 'parent', 'details']).orderBy('code')),
    tx.all(query.selectFrom('directory.taxonomy').select(['facet', 'id', 'names']).orderBy('facet')),
    tx.all(query.selectFrom('access.area').select(['code', 'names', 'level', 'path', 'pack'])),
  ])
  return {
    terms: new Map(
      terms.map((row) => [
        row.code,
        {
          id: row.id,
          code: row.code,
          facet: row.facet,
          parent: row.parent ?? undefined,
          details: TaxonomyTerm.parse(row.details),
        },
      ]),
    ),
    taxonomies: new Map(taxonomies.map((row) => [row.facet, { id: row.id, names: row.names as Text }])),
    areas: new Map(
      areas.map((row) => [row.code, { names: row.names as Text, level: row.level, path: row.path, pack: row.pack }]),
    ),
  }
}

/** What narrows a list of services; `Asked` holds it all. */
export type ServiceFilter = Pick<Asked, 'search' | 'taxonomyTerm' | 'taxonomy' | 'organisation' | 'modifiedAfter'>

/** `after`: for streams, the id behind which to go on; else `page` and `perPage`. */
export type Slice = { after: string; limit: number } | { page: number; perPage: number }

type ServiceQuery<O> = SelectQueryBuilder<DB, 'directory.service', O>

/**
 * Defunct services stand only in what has changed: the specification has no other way to say that one is gone.
 * Inactive ones are cards that no editor has accepted yet; they stand nowhere.
 */
function narrowed(filter: ServiceFilter): ServiceQuery<object> {
  let rows: ServiceQuery<object> = query.selectFrom('directory.service')
  if (filter.modifiedAfter) rows = rows.where('directory.service.last_modified', '>=', filter.modifiedAfter)
  rows = rows.where('directory.service.status', 'not in', filter.modifiedAfter ? ['inactive'] : ['inactive', 'defunct'])
  if (filter.organisation) rows = rows.where('directory.service.organisation_id', '=', filter.organisation)
  const { taxonomy, taxonomyTerm } = filter
  if (taxonomyTerm)
    rows = rows.where(
      sql<boolean>`directory.service.terms && array(select code from directory.term where id = ${taxonomyTerm}::uuid)`,
    )
  if (taxonomy)
    rows = rows.where(
      sql<boolean>`directory.service.terms && array(select t.code from directory.term t join directory.taxonomy x using (facet) where x.id = ${taxonomy}::uuid)`,
    )
  const found = filter.search ? toTsquery(searchTerms(filter.search)) : undefined
  if (filter.search && !found) rows = rows.where(sql<boolean>`false`)
  if (found) rows = rows.where(sql<boolean>`directory.service.lexemes @@ ${found}::tsquery`)
  return rows
}

/** Ids of the services on a page, best first where words were searched for; and how many there are on all pages. */
export async function findServiceIds(
  tx: Tx,
  filter: ServiceFilter,
  slice: Slice,
): Promise<{ ids: string[]; total: number }> {
  const found = filter.search ? toTsquery(searchTerms(filter.search)) : undefined
  const rows = narrowed(filter).select('directory.service.id')
  if ('after' in slice) {
    const page = await tx.all(
      rows.where('directory.service.id', '>', slice.after).orderBy('directory.service.id').limit(slice.limit),
    )
    return { ids: page.map((row) => row.id), total: page.length }
  }
  const [page, total] = await Promise.all([
    tx.all(
      rows
        .$if(found !== undefined, (some) =>
          some.orderBy(sql`ts_rank(directory.service.lexemes, ${found}::tsquery)`, 'desc'),
        )
        .orderBy('directory.service.id')
        .limit(slice.perPage)
        .offset((slice.page - 1) * slice.perPage),
    ),
    tx.one(narrowed(filter).select(sql<number>`count(*)`.as('total'))),
  ])
  return { ids: page.map((row) => row.id), total: total?.total ?? 0 }
}

/** The services with these ids, in their order. Without `nested` they come without locations and acts. */
export async function readServiceEntries(tx: Tx, ids: readonly string[], nested: boolean): Promise<ServiceEntry[]> {
  if (ids.length === 0) return []
  const [rows, locations] = await Promise.all([
    tx.all(
      query
        .selectFrom('directory.service')
        .innerJoin('directory.organisation', 'directory.organisation.id', 'directory.service.organisation_id')
        .select([
          'directory.service.id',
          'directory.service.slug',
          'directory.service.status',
          'directory.service.pack',
          'directory.service.card',
          'directory.service.assured_at',
          'directory.service.last_modified',
          'directory.organisation.id as organisation_id',
          'directory.organisation.profile',
          'directory.organisation.last_modified as organisation_modified',
        ])
        .where(sql<boolean>`directory.service.id = any(${[...ids]}::uuid[])`)
        .where('directory.service.status', '!=', 'inactive'),
    ),
    nested ? locationsOfServices(tx, ids) : [],
  ])
  const acts = nested ? await actsOf(tx, rows) : new Map<string, Map<string, Act>>()
  const entries = new Map<string, ServiceEntry>()
  for (const row of rows)
    entries.set(row.id, {
      id: row.id,
      slug: row.slug,
      status: row.status as ServiceStatus,
      card: row.card as ServiceCard,
      organisation: {
        id: row.organisation_id,
        profile: row.profile as OrganisationEntry['profile'],
        lastModified: row.organisation_modified,
      },
      assuredAt: row.assured_at ?? undefined,
      lastModified: row.last_modified,
      locations: locations.filter((location) => location.serviceId === row.id),
      acts: acts.get(row.pack ?? '') ?? new Map(),
    })
  return ids.flatMap((id) => entries.get(id) ?? [])
}

async function locationsOfServices(
  tx: Tx,
  services: readonly string[],
): Promise<(LocationEntry & { linkId: string; serviceId: string })[]> {
  const rows = await tx.all(
    query
      .selectFrom('directory.service_location')
      .innerJoin('directory.location', 'directory.location.id', 'directory.service_location.location_id')
      .select([
        'directory.service_location.id as link_id',
        'directory.service_location.service_id',
        'directory.location.id',
        'directory.location.organisation_id',
        'directory.location.details',
      ])
      .where(sql<boolean>`directory.service_location.service_id = any(${[...services]}::uuid[])`)
      .orderBy('directory.location.slug'),
  )
  return rows.map((row) => ({
    id: row.id,
    linkId: row.link_id,
    serviceId: row.service_id,
    organisation: row.organisation_id,
    location: row.details as Location,
  }))
}

async function actsOf(tx: Tx, rows: readonly { pack: string | null }[]): Promise<Map<string, Map<string, Act>>> {
  const packs = [...new Set(rows.flatMap((row) => row.pack ?? []))]
  const acts = new Map(packs.map((pack) => [pack, new Map<string, Act>()]))
  if (packs.length === 0) return acts
  const found = await tx.all(
    query.selectFrom('directory.act').select(['pack', 'id', 'details']).where('pack', 'in', packs),
  )
  for (const row of found) acts.get(row.pack)?.set(row.id, Act.parse(row.details))
  return acts
}

/** Organisations, each with services only when asked for by term or taxonomy. */
export async function findOrganisations(
  tx: Tx,
  filter: Pick<Asked, 'search' | 'taxonomyTerm' | 'taxonomy'>,
  slice: Slice,
): Promise<{ organisations: OrganisationEntry[]; total: number }> {
  const byService = filter.taxonomyTerm || filter.taxonomy
  const services = narrowed({ ...filter, search: undefined, organisation: undefined, modifiedAfter: undefined }).select(
    'directory.service.organisation_id',
  )
  const words = (filter.search ?? '').split(/\s+/).filter(Boolean).slice(0, 12)
  const patterns = words.map((word) => `%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`)
  const rows = query
    .selectFrom('directory.organisation')
    .$if(!!byService, (some) => some.where('directory.organisation.id', 'in', services))
    .$if(patterns.length > 0, (some) =>
      some.where(
        sql<boolean>`(profile ->> 'names') || ' ' || (profile ->> 'alternateNames') || ' ' || (profile ->> 'description') ilike all(${patterns}::text[])`,
      ),
    )
  const columns = rows.select(['id', 'profile', 'last_modified'])
  const sliced =
    'after' in slice
      ? columns.where('id', '>', slice.after).orderBy('id').limit(slice.limit)
      : columns
          .orderBy('id')
          .limit(slice.perPage)
          .offset((slice.page - 1) * slice.perPage)
  const [page, total] = await Promise.all([
    tx.all(sliced),
    'after' in slice ? undefined : tx.one(rows.select(sql<number>`count(*)`.as('total'))),
  ])
  return { organisations: page.map(organisationEntry), total: total?.total ?? page.length }
}

/** One organisation; undefined when there is none. */
export async function readOrganisationEntry(tx: Tx, id: string): Promise<OrganisationEntry | undefined> {
  const row = await tx.one(
    query.selectFrom('directory.organisation').select(['id', 'profile', 'last_modified']).where('id', '=', id),
  )
  return row ? organisationEntry(row) : undefined
}

const organisationEntry = (row: { id: string; profile: unknown; last_modified: Date }): OrganisationEntry => ({
  id: row.id,
  profile: row.profile as OrganisationEntry['profile'],
  lastModified: row.last_modified,
})

/** Locations and services of organisations. */
export async function readOrganisationParts(
  tx: Tx,
  organisations: readonly string[],
): Promise<{ locations: LocationEntry[]; serviceIds: string[] }> {
  if (organisations.length === 0) return { locations: [], serviceIds: [] }
  const [locations, services] = await Promise.all([
    tx.all(
      query
        .selectFrom('directory.location')
        .select(['id', 'organisation_id', 'details'])
        .where(sql<boolean>`organisation_id = any(${[...organisations]}::uuid[])`)
        .orderBy('slug'),
    ),
    tx.all(
      query
        .selectFrom('directory.service')
        .select('id')
        .where(sql<boolean>`organisation_id = any(${[...organisations]}::uuid[])`)
        .where('status', 'not in', ['inactive', 'defunct'])
        .orderBy('id'),
    ),
  ])
  return {
    locations: locations.map((row) => ({
      id: row.id,
      organisation: row.organisation_id,
      location: row.details as Location,
    })),
    serviceIds: services.map((row) => row.id),
  }
}

/** A service at a location, by the id of the pair. */
export interface Placing {
  linkId: string
  serviceId: string
  location: LocationEntry
}

/** Centre of a postcode: the mean of the places that we know in it. */
async function centreOf(tx: Tx, postcode: string): Promise<{ longitude: number; latitude: number } | undefined> {
  const row = await tx.one(
    query
      .selectFrom('directory.location')
      .select([sql<number | null>`avg(longitude)`.as('longitude'), sql<number | null>`avg(latitude)`.as('latitude')])
      .where(sql<boolean>`details -> 'address' ->> 'postalCode' = ${postcode}`),
  )
  return row && row.longitude !== null && row.latitude !== null
    ? { longitude: row.longitude, latitude: row.latitude }
    : undefined
}

/** Services at locations. With `postcode` alone: those that serve its area; with `proximity`: those near its centre. */
export async function findPlacings(
  tx: Tx,
  filter: ServiceFilter & Pick<Asked, 'postcode' | 'proximity'>,
  slice: Slice,
): Promise<{ placings: Placing[]; total: number }> {
  let rows = narrowed(filter)
    .innerJoin('directory.service_location', 'directory.service_location.service_id', 'directory.service.id')
    .innerJoin('directory.location', 'directory.location.id', 'directory.service_location.location_id')
  if (filter.postcode !== undefined && filter.proximity !== undefined) {
    const centre = await centreOf(tx, filter.postcode)
    rows = centre
      ? rows.where(
          // haversine on a sphere of the Earth's mean radius
          sql<boolean>`2 * 6371008.8 * asin(least(1, sqrt(power(sin(radians(directory.location.latitude - ${centre.latitude}::float8) / 2), 2)
            + cos(radians(${centre.latitude}::float8)) * cos(radians(directory.location.latitude))
            * power(sin(radians(directory.location.longitude - ${centre.longitude}::float8) / 2), 2)))) <= ${filter.proximity}::float8`,
        )
      : rows.where(sql<boolean>`false`)
  } else if (filter.postcode !== undefined) {
    rows = rows.where(
      sql<boolean>`directory.service.areas_served && array(select unnest(a.path) from access.area a
        where a.code in (select l.area from directory.location l where l.details -> 'address' ->> 'postalCode' = ${filter.postcode}))`,
    )
  }
  const columns = rows.select([
    'directory.service_location.id as link_id',
    'directory.service_location.service_id',
    'directory.location.id',
    'directory.location.organisation_id',
    'directory.location.details',
  ])
  const sliced =
    'after' in slice
      ? columns
          .where('directory.service_location.id', '>', slice.after)
          .orderBy('directory.service_location.id')
          .limit(slice.limit)
      : columns
          .orderBy('directory.service_location.id')
          .limit(slice.perPage)
          .offset((slice.page - 1) * slice.perPage)
  const [page, total] = await Promise.all([
    tx.all(sliced),
    'after' in slice ? undefined : tx.one(rows.select(sql<number>`count(*)`.as('total'))),
  ])
  return {
    placings: page.map((row) => ({
      linkId: row.link_id,
      serviceId: row.service_id,
      location: { id: row.id, organisation: row.organisation_id, location: row.details as Location },
    })),
    total: total?.total ?? page.length,
  }
}

/** One service at one location; undefined when there is none. */
export async function readPlacing(tx: Tx, id: string): Promise<Placing | undefined> {
  const row = await tx.one(
    query
      .selectFrom('directory.service_location')
      .innerJoin('directory.location', 'directory.location.id', 'directory.service_location.location_id')
      .select([
        'directory.service_location.id as link_id',
        'directory.service_location.service_id',
        'directory.location.id',
        'directory.location.organisation_id',
        'directory.location.details',
      ])
      .where('directory.service_location.id', '=', id),
  )
  if (!row) return undefined
  return {
    linkId: row.link_id,
    serviceId: row.service_id,
    location: { id: row.id, organisation: row.organisation_id, location: row.details as Location },
  }
}
