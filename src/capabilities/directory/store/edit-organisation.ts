import { sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'
import type { Text } from '../../../platform/i18n/text.ts'
import { Act, Location, OrganisationProfile, ServiceCard, type TermFacet } from '../types.ts'
import { project } from './projection.ts'
import { addLocationVersion, addOrganisationVersion } from './record-versions.ts'
import type { Deed } from './save-service.ts'
import { readRegister, sourcesFor } from './sources.ts'

export interface TendedOrganisation {
  id: string
  slug: string
  version: number
  profile: OrganisationProfile
  areaPath: readonly string[]
  /** pack of its area: whose acts and area tree its cards refer to */
  pack: string
  locations: { id: string; version: number; location: Location }[]
}

function organisations() {
  return query
    .selectFrom('directory.organisation')
    .innerJoin('access.organisation', 'access.organisation.id', 'directory.organisation.id')
    .innerJoin('access.area', 'access.area.code', 'access.organisation.area')
    .select([
      'directory.organisation.id',
      'access.organisation.slug',
      'directory.organisation.version',
      'directory.organisation.profile',
      'access.area.path',
      'access.area.pack',
    ])
}

/** An organisation with its places, for those who tend it. */
export async function organisationBySlug(tx: Tx, slug: string): Promise<TendedOrganisation | undefined> {
  const row = await tx.one(organisations().where('access.organisation.slug', '=', slug))
  if (!row) return undefined
  const locations = await tx.all(
    query
      .selectFrom('directory.location')
      .select(['id', 'version', 'details'])
      .where('organisation_id', '=', row.id)
      .orderBy('slug'),
  )
  return {
    id: row.id,
    slug: row.slug,
    version: row.version,
    profile: OrganisationProfile.parse(row.profile),
    areaPath: row.path,
    pack: row.pack,
    locations: locations.map((one) => ({ id: one.id, version: one.version, location: Location.parse(one.details) })),
  }
}

/** Organisations that somebody tends, by their names; at most `limit`. */
export async function listOrganisations(
  tx: Tx,
  reach: { organisations: readonly string[]; areas: readonly string[] },
  words: string | undefined,
  limit: number,
): Promise<{ id: string; slug: string; names: Text }[]> {
  const like = words ? `%${words.replaceAll(/[\\%_]/g, '\\$&')}%` : undefined
  const rows = await tx.all(
    query
      .selectFrom('access.organisation')
      .innerJoin('access.area', 'access.area.code', 'access.organisation.area')
      .innerJoin('directory.organisation', 'directory.organisation.id', 'access.organisation.id')
      .select(['access.organisation.id', 'access.organisation.slug', 'access.organisation.names'])
      .where(
        sql<boolean>`(access.organisation.id = any(${[...reach.organisations]}::uuid[]) or access.area.path && ${[...reach.areas]}::text[])`,
      )
      .$if(like !== undefined, (some) =>
        some.where(
          sql<boolean>`(access.organisation.names::text ilike ${like} or access.organisation.slug ilike ${like})`,
        ),
      )
      .orderBy('access.organisation.slug')
      .limit(limit),
  )
  return rows.map((row) => ({ ...row, names: row.names as Text }))
}

/** Changes an organisation that still has `version`. @returns the new version; undefined when somebody was faster */
export async function changeOrganisationRow(
  tx: Tx,
  id: string,
  version: number,
  profile: OrganisationProfile,
  deed: Deed,
): Promise<number | undefined> {
  const row = await tx.one(
    query
      .updateTable('directory.organisation')
      .set({ profile: JSON.stringify(profile), version: sql<number>`version + 1`, last_modified: tx.now })
      .where('id', '=', id)
      .where('version', '=', version)
      .returning('version'),
  )
  if (!row) return undefined
  await tx.all(
    query
      .updateTable('access.organisation')
      .set({ names: JSON.stringify(profile.names), kind: profile.kind, area: profile.area, example: profile.example })
      .where('id', '=', id),
  )
  addOrganisationVersion(tx, id, row.version, profile, deed)
  return row.version
}

/** Changes a place that still has `version`. @returns the new version; undefined when somebody was faster */
export async function changeLocationRow(
  tx: Tx,
  id: string,
  version: number,
  location: Location,
  deed: Deed,
): Promise<number | undefined> {
  const row = await tx.one(
    query
      .updateTable('directory.location')
      .set({
        area: location.area,
        details: JSON.stringify(location),
        longitude: location.point?.[0] ?? null,
        latitude: location.point?.[1] ?? null,
        version: sql<number>`version + 1`,
        last_modified: tx.now,
      })
      .where('id', '=', id)
      .where('version', '=', version)
      .returning('version'),
  )
  if (row) addLocationVersion(tx, id, row.version, location, deed)
  return row?.version
}

/** Adds a place to an organisation. @returns its id; undefined when somebody has a place of this name */
export async function addLocationRow(
  tx: Tx,
  organisation: string,
  location: Location,
  deed: Deed,
): Promise<string | undefined> {
  const row = await tx.one(
    query
      .insertInto('directory.location')
      .values({
        slug: location.slug,
        organisation_id: organisation,
        area: location.area,
        details: JSON.stringify(location),
        longitude: location.point?.[0] ?? null,
        latitude: location.point?.[1] ?? null,
        last_modified: tx.now,
      })
      .onConflict((clash) => clash.column('slug').doNothing())
      .returning('id'),
  )
  if (row) addLocationVersion(tx, row.id, 1, location, deed)
  return row?.id
}

/** Is this name of a place, or of a service, free? */
export async function slugIsFree(
  tx: Tx,
  table: 'directory.location' | 'directory.service',
  slug: string,
): Promise<boolean> {
  return (await tx.one(query.selectFrom(table).select('id').where('slug', '=', slug))) === undefined
}

/** Makes the search columns of an organisation's cards again: they hold its name and the points of its places. */
export async function reprojectServices(tx: Tx, organisation: string): Promise<void> {
  const rows = await tx.all(
    query.selectFrom('directory.service').select(['id', 'card']).where('organisation_id', '=', organisation),
  )
  for (const row of rows) {
    const card = ServiceCard.parse(row.card)
    const { lexemes, longitude, latitude } = project(card, sourcesFor(card, await readRegister(tx, card)))
    tx.later(
      query
        .updateTable('directory.service')
        .set({ lexemes: sql<string>`${lexemes}::tsvector`, longitude, latitude })
        .where('id', '=', row.id),
    )
  }
}

/** What a card's form offers to choose from. */
export interface CardChoices {
  kinds: { code: string; names: Text }[]
  targetGroups: { code: string; names: Text }[]
  situations: { code: string; names: Text }[]
  areas: { code: string; names: Text; depth: number }[]
  acts: Act[]
  locations: { slug: string; names: Text }[]
}

/** Terms, areas and acts of the pack, and the organisation's places. */
export async function cardChoices(tx: Tx, pack: string, organisation: string): Promise<CardChoices> {
  const [terms, areas, acts, locations] = await Promise.all([
    tx.all(query.selectFrom('directory.term').select(['code', 'facet', 'names'])),
    tx.all(
      query
        .selectFrom('access.area')
        .select(['code', 'names', 'path'])
        .where('pack', '=', pack)
        .orderBy('path')
        .limit(2000),
    ),
    tx.all(query.selectFrom('directory.act').select('details').where('pack', '=', pack).orderBy('id')),
    tx.all(
      query
        .selectFrom('directory.location')
        .select(['slug', 'details'])
        .where('organisation_id', '=', organisation)
        .orderBy('slug'),
    ),
  ])
  const facet = (of: TermFacet) =>
    terms.filter((term) => term.facet === of).map((term) => ({ code: term.code, names: term.names as Text }))
  return {
    kinds: facet('kind'),
    targetGroups: facet('target-group'),
    situations: facet('situation'),
    areas: areas.map((area) => ({ code: area.code, names: area.names as Text, depth: area.path.length })),
    acts: acts.map((act) => Act.parse(act.details)),
    locations: locations.map((row) => ({ slug: row.slug, names: Location.parse(row.details).names })),
  }
}

/** Name of an organisation in the language of its region; what the public page says about who confirmed a record. */
export async function organisationName(tx: Tx, id: string): Promise<string> {
  const row = await tx.one(
    query
      .selectFrom('access.organisation')
      .innerJoin('access.area', 'access.area.code', 'access.organisation.area')
      .leftJoin('packs.pack', 'packs.pack.id', 'access.area.pack')
      .select(
        sql<string>`coalesce(access.organisation.names ->> (packs.pack.manifest #>> '{languages,0}'), access.organisation.names ->> 'en',
        access.organisation.names ->> 'uk', access.organisation.names ->> 'da', access.organisation.names ->> 'de')`.as(
          'name',
        ),
      )
      .where('access.organisation.id', '=', id),
  )
  return row?.name ?? ''
}
