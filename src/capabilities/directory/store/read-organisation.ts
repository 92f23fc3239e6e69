import { query, type Tx } from '../../../platform/db/database.ts'
import type { Text } from '../../../platform/i18n/text.ts'
import { Location, Organisation, ServiceCard } from '../types.ts'

const Profile = Organisation.omit({ locations: true })

/** An organisation with its places and its services in force. */
export interface OrganisationDetails {
  id: string
  profile: Omit<Organisation, 'locations'>
  version: number
  areaNames: Text
  locations: { id: string; location: Location }[]
  services: { slug: string; card: ServiceCard }[]
}

/** The organisation at this address; undefined when there is none. At most 200 of its services. */
export async function organisationBySlug(tx: Tx, slug: string): Promise<OrganisationDetails | undefined> {
  const row = await tx.one(
    query
      .selectFrom('access.organisation')
      .innerJoin('directory.organisation', 'directory.organisation.id', 'access.organisation.id')
      .innerJoin('access.area', 'access.area.code', 'access.organisation.area')
      .select([
        'access.organisation.id',
        'directory.organisation.profile',
        'directory.organisation.version',
        'access.area.names',
      ])
      .where('access.organisation.slug', '=', slug),
  )
  if (!row) return undefined
  const [locations, services] = await Promise.all([
    tx.all(
      query
        .selectFrom('directory.location')
        .select(['id', 'details'])
        .where('organisation_id', '=', row.id)
        .orderBy('slug'),
    ),
    tx.all(
      query
        .selectFrom('directory.service')
        .select(['slug', 'card'])
        .where('organisation_id', '=', row.id)
        .where('status', '=', 'active')
        .orderBy('slug')
        .limit(200),
    ),
  ])
  return {
    id: row.id,
    profile: Profile.parse(row.profile),
    version: row.version,
    areaNames: row.names as Text,
    locations: locations.map((location) => ({ id: location.id, location: Location.parse(location.details) })),
    services: services.map((service) => ({ slug: service.slug, card: ServiceCard.parse(service.card) })),
  }
}
