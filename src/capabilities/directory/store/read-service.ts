import { sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'
import type { Text } from '../../../platform/i18n/text.ts'
import { Act, Location, type Organisation, ServiceCard } from '../types.ts'
import type { ServiceStatus } from './save-service.ts'

/** A service with everything that its page shows. */
export interface ServiceDetails {
  id: string
  slug: string
  version: number
  status: ServiceStatus
  pack: string | undefined
  card: ServiceCard
  organisation: {
    id: string
    slug: string
    names: Text
    kind: Organisation['kind']
    example: boolean
    areaPath: readonly string[]
  }
  locations: { id: string; linkId: string; location: Location }[]
  acts: ReadonlyMap<string, Act>
  /** names of kind, target groups, situations and areas that the card mentions, by code */
  names: ReadonlyMap<string, Text>
  assuredAt: Date | undefined
  assuredBy: string | undefined
  due: Date
  lastModified: Date
}

/** The service at this address, whatever its status: for those who tend it. Undefined when there is none. */
export async function serviceBySlug(tx: Tx, slug: string): Promise<ServiceDetails | undefined> {
  return details(tx, await tx.one(services().where('directory.service.slug', '=', slug)))
}

/** The same for the public: a card that no editor has accepted yet is to them as if it did not exist (DIR-7). */
export async function publicServiceBySlug(tx: Tx, slug: string): Promise<ServiceDetails | undefined> {
  const service = await serviceBySlug(tx, slug)
  return service?.status === 'inactive' ? undefined : service
}

/** The service with this id; undefined when there is none. */
export async function serviceById(tx: Tx, id: string): Promise<ServiceDetails | undefined> {
  return details(tx, await tx.one(services().where('directory.service.id', '=', id)))
}

function services() {
  return query
    .selectFrom('directory.service')
    .innerJoin('access.organisation', 'access.organisation.id', 'directory.service.organisation_id')
    .innerJoin('access.area', 'access.area.code', 'access.organisation.area')
    .select([
      'directory.service.id',
      'directory.service.slug',
      'directory.service.version',
      'directory.service.status',
      'directory.service.pack',
      'directory.service.card',
      'directory.service.assured_at',
      'directory.service.assured_by',
      'directory.service.assurance_due',
      'directory.service.last_modified',
      'access.organisation.id as organisation_id',
      'access.organisation.slug as organisation_slug',
      'access.organisation.names as organisation_names',
      'access.organisation.kind as organisation_kind',
      'access.organisation.example as organisation_example',
      'access.area.path as organisation_area_path',
    ])
}

type ServiceRow = ReturnType<typeof services> extends { execute(): Promise<(infer Row)[]> } ? Row : never

async function details(tx: Tx, row: ServiceRow | undefined): Promise<ServiceDetails | undefined> {
  if (!row) return undefined
  const card = ServiceCard.parse(row.card)
  const codes = [card.kind, ...card.targetGroups, ...card.situations]
  const [locations, acts, terms, areas] = await Promise.all([
    tx.all(
      query
        .selectFrom('directory.service_location')
        .innerJoin('directory.location', 'directory.location.id', 'directory.service_location.location_id')
        .select(['directory.location.id', 'directory.service_location.id as link_id', 'directory.location.details'])
        .where('directory.service_location.service_id', '=', row.id)
        .orderBy('directory.location.slug'),
    ),
    tx.all(
      query
        .selectFrom('directory.act')
        .select(['id', 'details'])
        .where('pack', '=', row.pack ?? ''),
    ),
    tx.all(query.selectFrom('directory.term').select(['code', 'names']).where('code', 'in', codes)),
    tx.all(query.selectFrom('access.area').select(['code', 'names']).where('code', 'in', card.areas)),
  ])
  return {
    id: row.id,
    slug: row.slug,
    version: row.version,
    status: row.status as ServiceStatus,
    pack: row.pack ?? undefined,
    card,
    organisation: {
      id: row.organisation_id,
      slug: row.organisation_slug,
      names: row.organisation_names as Text,
      kind: row.organisation_kind as Organisation['kind'],
      example: row.organisation_example,
      areaPath: row.organisation_area_path,
    },
    locations: locations.map((location) => ({
      id: location.id,
      linkId: location.link_id,
      location: Location.parse(location.details),
    })),
    acts: new Map(acts.map((act) => [act.id, Act.parse(act.details)])),
    names: new Map([...terms, ...areas].map((named) => [named.code, named.names as Text])),
    assuredAt: row.assured_at ?? undefined,
    assuredBy: row.assured_by ?? undefined,
    due: row.assurance_due,
    lastModified: row.last_modified,
  }
}

/** Slug of the public service whose id ends in these ten digits; undefined when there is none. */
export async function serviceByShortCode(tx: Tx, code: string): Promise<string | undefined> {
  const row = await tx.one(
    query
      .selectFrom('directory.service')
      .select('slug')
      .where(sql`right(id::text, 10)`, '=', code)
      .where('status', '!=', 'inactive'),
  )
  return row?.slug
}
