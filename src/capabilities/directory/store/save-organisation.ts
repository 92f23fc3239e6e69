import { sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'
import type { Location, Organisation } from '../types.ts'
import { addLocationVersion, addOrganisationVersion } from './record-versions.ts'
import type { Deed } from './save-service.ts'

/** Adds an organisation, or brings it to this state, by its slug; what a pack or a test brings is nobody's own deed. @returns its id */
export async function saveOrganisation(
  tx: Tx,
  organisation: Organisation,
  from: { pack: string | null; dataset?: string; datasetId?: string },
): Promise<string> {
  const deed = deedOfPack(from.pack)
  const { locations, ...profile } = organisation
  const columns = {
    names: JSON.stringify(profile.names),
    kind: profile.kind,
    area: profile.area,
    example: profile.example,
    pack: from.pack,
  }
  const row = await tx.one(
    query
      .insertInto('access.organisation')
      .values({ slug: profile.slug, ...columns })
      .onConflict((clash) => clash.column('slug').doUpdateSet(columns))
      .returning('id'),
  )
  if (!row) throw new Error('the database stored an organisation and did not name it')
  const stored = await tx.one(
    query
      .insertInto('directory.organisation')
      .values({
        id: row.id,
        profile: JSON.stringify(profile),
        dataset: from.dataset ?? null,
        dataset_id: from.datasetId ?? null,
      })
      .onConflict((clash) =>
        clash
          .column('id')
          .doUpdateSet({
            profile: JSON.stringify(profile),
            version: sql<number>`directory.organisation.version + 1`,
            last_modified: sql<Date>`now()`,
          })
          // an import that brings nothing new changes nothing
          .whereRef('directory.organisation.profile', 'is distinct from', sql`excluded.profile`),
      )
      .returning('version'),
  )
  if (stored) addOrganisationVersion(tx, row.id, stored.version, profile, deed)
  for (const location of locations) await saveLocation(tx, location, row.id, from)
  return row.id
}

/** Adds a location of an organisation, or brings it to this state, by its slug. @returns its id */
export async function saveLocation(
  tx: Tx,
  location: Location,
  organisation: string,
  from: { pack?: string | null; dataset?: string; datasetId?: string } = {},
): Promise<string> {
  const columns = {
    organisation_id: organisation,
    area: location.area,
    details: JSON.stringify(location),
    longitude: location.point?.[0] ?? null,
    latitude: location.point?.[1] ?? null,
    last_modified: sql<Date>`now()`,
  }
  const row = await tx.one(
    query
      .insertInto('directory.location')
      .values({ slug: location.slug, ...columns, dataset: from.dataset ?? null, dataset_id: from.datasetId ?? null })
      .onConflict((clash) =>
        clash
          .column('slug')
          .doUpdateSet({ ...columns, version: sql<number>`directory.location.version + 1` })
          .where(
            sql<boolean>`(directory.location.details, directory.location.organisation_id) is distinct from (excluded.details, excluded.organisation_id)`,
          ),
      )
      .returning(['id', 'version']),
  )
  if (row) {
    addLocationVersion(tx, row.id, row.version, location, deedOfPack(from.pack ?? null))
    return row.id
  }
  const same = await tx.one(query.selectFrom('directory.location').select('id').where('slug', '=', location.slug))
  if (!same) throw new Error('the database stored a location and did not name it')
  return same.id
}

function deedOfPack(pack: string | null): Deed {
  return { account: null, origin: 'command-line', deed: pack === null ? 'add' : `pack ${pack}` }
}
