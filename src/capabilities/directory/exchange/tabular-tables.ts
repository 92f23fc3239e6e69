import type { HsdsObject } from './hsds-parts.ts'

/** Tables of the tabular form of HSDS 3.2 that we fill, with their columns. */
export const hsdsTables = {
  organizations: ['id', 'name', 'alternate_name', 'description', 'email', 'website', 'uri'],
  services: [
    'id',
    'organization_id',
    'name',
    'alternate_name',
    'description',
    'url',
    'email',
    'status',
    'application_process',
    'fees_description',
    'eligibility_description',
    'minimum_age',
    'maximum_age',
    'assured_date',
    'alert',
    'last_modified',
  ],
  locations: ['id', 'location_type', 'organization_id', 'name', 'latitude', 'longitude'],
  service_at_locations: ['id', 'service_id', 'location_id'],
  addresses: ['id', 'location_id', 'address_1', 'city', 'state_province', 'postal_code', 'country', 'address_type'],
  phones: ['id', 'location_id', 'service_id', 'organization_id', 'number', 'type', 'description'],
  schedules: [
    'id',
    'service_id',
    'location_id',
    'freq',
    'interval',
    'wkst',
    'byday',
    'opens_at',
    'closes_at',
    'description',
  ],
  service_areas: ['id', 'service_id', 'name', 'extent', 'extent_type'],
  languages: ['id', 'service_id', 'name', 'code'],
  accessibility: ['id', 'location_id', 'description', 'details'],
  cost_options: ['id', 'service_id', 'option', 'currency', 'amount', 'amount_description'],
  required_documents: ['id', 'service_id', 'document'],
  urls: ['id', 'label', 'url', 'service_id'],
  attributes: ['id', 'link_id', 'taxonomy_term_id', 'link_type', 'link_entity', 'value'],
  taxonomies: ['id', 'name', 'description', 'uri', 'version'],
  taxonomy_terms: ['id', 'code', 'name', 'description', 'parent_id', 'taxonomy', 'language', 'taxonomy_id', 'term_uri'],
} as const
export type TableName = keyof typeof hsdsTables

/** Which table a nested list belongs into. */
const nested: Readonly<Record<string, TableName>> = {
  phones: 'phones',
  schedules: 'schedules',
  service_areas: 'service_areas',
  languages: 'languages',
  accessibility: 'accessibility',
  cost_options: 'cost_options',
  required_documents: 'required_documents',
  additional_urls: 'urls',
  attributes: 'attributes',
  addresses: 'addresses',
  locations: 'locations',
  service_at_locations: 'service_at_locations',
}

/** Takes a nested record apart: one row for it, and rows for all that hangs on it. What other records repeat (organisation, location of a pair) is left to them. */
export function* rowsOf(
  table: TableName,
  record: HsdsObject,
): Generator<{ table: TableName; cells: (string | number | undefined)[] }> {
  yield { table, cells: hsdsTables[table].map((column) => cell(record[column])) }
  for (const [field, value] of Object.entries(record)) {
    const below = nested[field]
    // `accessibility` of a service is a list of codes of our profile, not of records
    if (below && Array.isArray(value))
      for (const each of value) if (typeof each === 'object' && each !== null) yield* rowsOf(below, each as HsdsObject)
  }
}

const cell = (value: unknown): string | number | undefined =>
  typeof value === 'string' || typeof value === 'number' ? value : undefined

const numbers = new Set(['latitude', 'longitude', 'minimum_age', 'maximum_age', 'interval', 'amount'])

/** The description of the package (Frictionless Data Package) that HSDS asks for. */
export function datapackage(origin: string, made: Date): object {
  return {
    profile: 'tabular-data-package',
    name: 'linden-services',
    title: 'Services in the tabular form of HSDS 3.2',
    homepage: `${origin}/open`,
    created: made.toISOString(),
    resources: Object.entries(hsdsTables).map(([name, columns]) => ({
      profile: 'tabular-data-resource',
      name,
      path: `${name}.csv`,
      encoding: 'utf-8',
      schema: {
        primaryKey: 'id',
        fields: columns.map((column) => ({
          name: column,
          type: numbers.has(column) ? 'number' : 'string',
          ...(column === 'id' || column.endsWith('_id') ? { format: 'uuid' } : {}),
        })),
      },
    })),
  }
}
