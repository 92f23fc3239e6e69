import { sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'
import type { Location, Organisation } from '../types.ts'

/** Adds an organisation, or brings it to this state, by its slug. @returns its id */
export async function saveOrganisation(
  tx: Tx,
  organisation: Organisation,
  from: { pack: string | null; dataset?: string; datasetId?: string },
): Promise<string> {
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
  await tx.all(
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
      ),
  )
  for (const location of locations) await saveLocation(tx, location, row.id, from)
  return row.id
}

/** Adds a location of an organisation, or brings it to this state, by its slug. @returns its id */
export async function saveLocation(
  tx: Tx,
  location: Location,
  organisation: string,
  from: { dataset?: string; datasetId?: string } = {},
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
      .onConflict((clash) => clash.column('slug').doUpdateSet(columns))
      .returning('id'),
  )
  if (!row) throw new Error('the database stored a location and did not name it')
  return row.id
}
