import { sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'
import type { Text } from '../../../platform/i18n/text.ts'
import { type Location, type OpeningHours, type ServiceCard, TaxonomyTerm } from '../types.ts'
import type { ProjectionSources } from './projection.ts'

type TermRow = Pick<TaxonomyTerm, 'code' | 'names' | 'words'>

/** Area tree, taxonomy and places, read once for any number of cards. */
export interface Register {
  areaPaths: ReadonlyMap<string, readonly string[]>
  termPaths: ReadonlyMap<string, readonly TermRow[]>
  locations: ReadonlyMap<
    string,
    { id: string; point: readonly [number, number] | undefined; schedule: readonly OpeningHours[] }
  >
  organisations: ReadonlyMap<string, { id: string; names: Text }>
}

/**
 * Reads the register that cards refer to; `only` limits it to what one card names, so that saving one card reads no whole tables.
 */
export async function readRegister(tx: Tx, only?: ServiceCard): Promise<Register> {
  const some = only ? { locations: only.locations, organisations: [only.organisation], areas: only.areas } : undefined
  const [areas, terms, locations, organisations] = await Promise.all([
    tx.all(
      query
        .selectFrom('access.area')
        .select(['code', 'path'])
        .$if(!!some, (rows) => rows.where('code', 'in', some?.areas ?? [])),
    ),
    tx.all(query.selectFrom('directory.term').select(['code', 'path', 'details'])),
    tx.all(
      query
        .selectFrom('directory.location')
        .select([
          'slug',
          'id',
          'longitude',
          'latitude',
          sql<Location['schedule'] | null>`details->'schedule'`.as('schedule'),
        ])
        .$if(!!some, (rows) => rows.where('slug', 'in', some?.locations.length ? some.locations : [''])),
    ),
    tx.all(
      query
        .selectFrom('access.organisation')
        .select(['slug', 'id', 'names'])
        .$if(!!some, (rows) => rows.where('slug', 'in', some?.organisations ?? [])),
    ),
  ])
  const byCode = new Map(terms.map((row) => [row.code, TaxonomyTerm.parse(row.details)]))
  return {
    areaPaths: new Map(areas.map((row) => [row.code, row.path])),
    termPaths: new Map(terms.map((row) => [row.code, row.path.flatMap((code) => byCode.get(code) ?? [])])),
    locations: new Map(
      locations.map((row) => [
        row.slug,
        {
          id: row.id,
          point: row.longitude === null || row.latitude === null ? undefined : [row.longitude, row.latitude],
          schedule: row.schedule ?? [],
        },
      ]),
    ),
    organisations: new Map(organisations.map((row) => [row.slug, { id: row.id, names: row.names as Text }])),
  }
}

/** What a card refers to and the register does not hold, as dotted paths of the card. */
export function danglingReferences(card: ServiceCard, register: Register): { path: string; value: string }[] {
  const missing: { path: string; value: string }[] = []
  const look = (path: string, value: string, known: boolean) => {
    if (!known) missing.push({ path, value })
  }
  look('organisation', card.organisation, register.organisations.has(card.organisation))
  look('kind', card.kind, register.termPaths.has(card.kind))
  card.areas.forEach((code, at) => look(`areas.${at}`, code, register.areaPaths.has(code)))
  card.locations.forEach((slug, at) => look(`locations.${at}`, slug, register.locations.has(slug)))
  card.targetGroups.forEach((code, at) => look(`targetGroups.${at}`, code, register.termPaths.has(code)))
  card.situations.forEach((code, at) => look(`situations.${at}`, code, register.termPaths.has(code)))
  return missing
}

/** The sources of one card's projection. */
export function sourcesFor(card: ServiceCard, register: Register): ProjectionSources {
  return {
    areaPath: (code) => register.areaPaths.get(code) ?? [code],
    termPath: (code) => register.termPaths.get(code) ?? [],
    points: card.locations.flatMap((slug) => {
      const point = register.locations.get(slug)?.point
      return point ? [point] : []
    }),
    schedules: card.locations.map((slug) => register.locations.get(slug)?.schedule ?? []),
    organisationNames: register.organisations.get(card.organisation)?.names ?? {},
  }
}
