import { query, type Tx } from '../../../platform/db/database.ts'
import { Location, OrganisationProfile } from '../types.ts'
import type { Deed } from './save-service.ts'

/** An organisation or a place as it stood after one change (DIR-7). */
export interface RecordVersion<Stored> {
  version: number
  stored: Stored
  at: Date
  /** undefined when nobody signed in did it, or the reader may not know who it was */
  by: string | undefined
  origin: string
  deed: string
}

/** Keeps what an organisation has become, with the change that made it so. */
export function addOrganisationVersion(
  tx: Tx,
  organisation: string,
  version: number,
  profile: OrganisationProfile,
  deed: Deed,
): void {
  tx.later(
    query.insertInto('directory.organisation_version').values({
      organisation_id: organisation,
      version,
      profile: JSON.stringify(profile),
      account_id: deed.account,
      origin: deed.origin,
      deed: deed.deed,
    }),
  )
}

/** Keeps what a place has become. */
export function addLocationVersion(tx: Tx, location: string, version: number, details: Location, deed: Deed): void {
  tx.later(
    query.insertInto('directory.location_version').values({
      location_id: location,
      version,
      details: JSON.stringify(details),
      account_id: deed.account,
      origin: deed.origin,
      deed: deed.deed,
    }),
  )
}

interface Row {
  version: number
  stored: unknown
  at: Date
  origin: string
  deed: string
  name: string | null
}

function versionOf<Stored>(row: Row, read: (stored: unknown) => Stored): RecordVersion<Stored> {
  const { name, stored, ...told } = row
  return { ...told, stored: read(stored), by: name ?? undefined }
}

const profileOf = (stored: unknown) => OrganisationProfile.parse(stored)
const placeOf = (stored: unknown) => Location.parse(stored)

function organisationVersions(organisation: string) {
  return query
    .selectFrom('directory.organisation_version as v')
    .leftJoin('access.account', 'access.account.id', 'v.account_id')
    .leftJoin('access.person', 'access.person.id', 'access.account.person_id')
    .select(['v.version', 'v.profile as stored', 'v.at', 'v.origin', 'v.deed', 'access.person.name'])
    .where('v.organisation_id', '=', organisation)
}

function locationVersions(location: string) {
  return query
    .selectFrom('directory.location_version as v')
    .leftJoin('access.account', 'access.account.id', 'v.account_id')
    .leftJoin('access.person', 'access.person.id', 'access.account.person_id')
    .select(['v.version', 'v.details as stored', 'v.at', 'v.origin', 'v.deed', 'access.person.name'])
    .where('v.location_id', '=', location)
}

/** Versions of an organisation below `before`, the newest first. */
export async function listOrganisationVersions(
  tx: Tx,
  organisation: string,
  before: number | undefined,
  limit: number,
): Promise<RecordVersion<OrganisationProfile>[]> {
  const rows = await tx.all(
    organisationVersions(organisation)
      .$if(before !== undefined, (some) => some.where('v.version', '<', before ?? 0))
      .orderBy('v.version', 'desc')
      .limit(limit),
  )
  return rows.map((row) => versionOf(row, profileOf))
}

/** One version of an organisation; undefined when there is none, or the reader may not see it. */
export async function oneOrganisationVersion(
  tx: Tx,
  organisation: string,
  version: number,
): Promise<RecordVersion<OrganisationProfile> | undefined> {
  const row = await tx.one(organisationVersions(organisation).where('v.version', '=', version))
  return row && versionOf(row, profileOf)
}

/** Versions of a place below `before`, the newest first. */
export async function listLocationVersions(
  tx: Tx,
  location: string,
  before: number | undefined,
  limit: number,
): Promise<RecordVersion<Location>[]> {
  const rows = await tx.all(
    locationVersions(location)
      .$if(before !== undefined, (some) => some.where('v.version', '<', before ?? 0))
      .orderBy('v.version', 'desc')
      .limit(limit),
  )
  return rows.map((row) => versionOf(row, placeOf))
}

/** One version of a place; undefined when there is none, or the reader may not see it. */
export async function oneLocationVersion(
  tx: Tx,
  location: string,
  version: number,
): Promise<RecordVersion<Location> | undefined> {
  const row = await tx.one(locationVersions(location).where('v.version', '=', version))
  return row && versionOf(row, placeOf)
}
