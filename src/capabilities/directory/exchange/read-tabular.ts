import type { Locale } from '../../../platform/i18n/text.ts'
import { readCsv } from '../../../platform/tabular/read-csv.ts'
import type { ImportItem, Reason } from './import-types.ts'
import type { Loose } from './loose-values.ts'
import { itemsOf } from './read-hsds.ts'

type Row = Record<string, string> & { line?: string }
type Tables = ReadonlyMap<string, () => AsyncIterable<Uint8Array>>

/** Files of a tabular package under all the names that HSDS 1.1 to 3.2 gave them. */
const files = {
  organizations: ['organizations', 'organization'],
  services: ['services', 'service'],
  locations: ['locations', 'location'],
  placings: ['services_at_location', 'service_at_location', 'services_at_locations', 'service_at_locations'],
  addresses: ['addresses', 'physical_addresses', 'address'],
  phones: ['phones', 'phone'],
  schedules: ['schedules', 'schedule', 'regular_schedules', 'regular_schedule'],
  languages: ['languages', 'language'],
  accessibility: ['accessibility', 'accessibility_for_disabilities'],
  eligibility: ['eligibility', 'eligibilities'],
  costs: ['cost_options', 'cost_option'],
  fees: ['fees', 'fee'],
  documents: ['required_documents', 'required_document'],
  attributes: [
    'attributes',
    'attribute',
    'service_attributes',
    'other_attributes',
    'services_taxonomy',
    'service_taxonomy',
  ],
  terms: ['taxonomy_terms', 'taxonomy_term', 'taxonomy'],
} as const
type TableName = keyof typeof files

/** Children by the id of their parent. */
type Index = Map<string, Row[]>

/**
 * Reads a tabular package of HSDS 1.1 to 3.2: joins the tables to nested records and reads those. The line is that of the
 * service in its table. Links that lead nowhere, and rows that cannot be read, are reported and not fatal.
 */
export async function* readTabular(tables: Tables, locale: Locale): AsyncGenerator<ImportItem> {
  const problems: ImportItem[] = []
  const rows = (name: TableName) => rowsOf(tables, name, problems)
  const index = async (name: TableName, ...columns: readonly string[]): Promise<Index> => {
    const found: Index = new Map()
    for await (const row of rows(name)) {
      const parent = columns.map((column) => row[column]).find(Boolean)
      if (parent) found.set(parent, [...(found.get(parent) ?? []), row])
    }
    return found
  }
  const one = async (name: TableName): Promise<Map<string, Row>> => {
    const found = new Map<string, Row>()
    for await (const row of rows(name)) if (row.id) found.set(row.id, row)
    return found
  }
  const organisations = await one('organizations')
  const locations = await one('locations')
  const terms = await one('terms')
  const parts: Parts = {
    terms,
    addresses: await index('addresses', 'location_id'),
    placings: await index('placings', 'service_id'),
    phones: await index('phones', 'service_id', 'service_at_location_id', 'location_id', 'organization_id'),
    schedules: await index('schedules', 'service_id', 'service_at_location_id', 'location_id'),
    languages: await index('languages', 'service_id'),
    accessibility: await index('accessibility', 'location_id'),
    eligibility: await index('eligibility', 'service_id'),
    costs: await index('costs', 'service_id'),
    fees: await index('fees', 'service_id'),
    documents: await index('documents', 'service_id'),
    attributes: await index('attributes', 'link_id', 'service_id'),
  }
  yield* problems.splice(0)
  const ids = new Set<string>()
  for await (const row of rows('services')) {
    yield* problems.splice(0)
    if (row.id) ids.add(row.id)
    yield* serviceOf(row, organisations, locations, parts, locale)
  }
  yield* problems.splice(0)
  yield* loneRows(parts, ids)
}

type Parts = Record<Exclude<TableName, 'organizations' | 'locations' | 'services' | 'terms'>, Index> & {
  terms: Map<string, Row>
}

/** What may be read although it is no UUID: within one table ids are unique. */
const scoped = (table: string, id: string | undefined) => (id ? `${table}:${id}` : undefined)

function* serviceOf(
  row: Row,
  organisations: Map<string, Row>,
  locations: Map<string, Row>,
  parts: Parts,
  locale: Locale,
): Generator<ImportItem> {
  const line = Number(row.line)
  const id = row.id ?? ''
  const notes: Reason[] = []
  const organisation = organisations.get(row.organization_id ?? '')
  if (!organisation) {
    const missing: Reason = row.organization_id
      ? { code: 'dangling', field: 'organization_id', value: row.organization_id }
      : { code: 'missing', field: 'organization_id' }
    yield {
      type: 'reject',
      line,
      name: row.name,
      key: scoped('service', row.id),
      reasons: row.name ? [missing] : [missing, { code: 'missing', field: 'name' }],
    }
    return
  }
  const placed = (parts.placings.get(id) ?? []).flatMap((placing) => {
    const location = locations.get(placing.location_id ?? '')
    if (!location) notes.push({ code: 'dangling', field: 'location_id', value: placing.location_id ?? '' })
    return location ? [{ location: locationOf(location, parts) }] : []
  })
  const attributes = (parts.attributes.get(id) ?? []).map((attribute) => {
    const termId = attribute.taxonomy_term_id ?? attribute.taxonomy_id
    const term = parts.terms.get(termId ?? '')
    if (termId && !term) notes.push({ code: 'dangling', field: 'taxonomy_term_id', value: termId })
    return {
      value: attribute.value ?? attribute.taxonomy_detail,
      taxonomy_term: { code: term?.code ?? termId, name: term?.name },
    }
  })
  const record: Loose = {
    ...row,
    // tables of before 3.0 know no status
    status: row.status || 'active',
    organization: { ...organisation, phones: parts.phones.get(organisation.id ?? '') },
    service_at_locations: placed,
    attributes,
    phones: parts.phones.get(id),
    schedules: parts.schedules.get(id),
    languages: (parts.languages.get(id) ?? []).map((language) => ({
      ...language,
      name: language.name ?? language.language,
    })),
    eligibility: parts.eligibility.get(id),
    cost_options: parts.costs.get(id),
    fees: row.fees || parts.fees.get(id),
    required_documents: parts.documents.get(id),
  }
  for (const item of itemsOf(record, line, locale)) {
    if (item.type === 'reject') yield { ...item, key: scoped('service', row.id) }
    else {
      const made = new Set(['id-made'])
      const service = { ...item.service, key: scoped('service', row.id) ?? item.service.key }
      service.organisation = {
        ...service.organisation,
        key: scoped('organization', organisation.id) ?? service.organisation.key,
      }
      yield { ...item, service, notes: [...item.notes.filter(({ code }) => !made.has(code)), ...notes] }
    }
  }
}

function locationOf(location: Row, parts: Parts): Loose {
  const id = location.id ?? ''
  return {
    ...location,
    addresses: parts.addresses.get(id),
    phones: parts.phones.get(id),
    schedules: parts.schedules.get(id),
    accessibility: parts.accessibility
      .get(id)
      ?.map((each) => ({ ...each, details: each.details ?? each.accessibility })),
  }
}

/** Rows that belong to no service: eligibility, fees or documents that nobody would ever see. */
function* loneRows(parts: Parts, services: ReadonlySet<string>): Generator<ImportItem> {
  for (const name of ['eligibility', 'fees', 'costs', 'documents', 'placings'] as const)
    for (const [parent, rows] of parts[name])
      if (!services.has(parent))
        for (const row of rows)
          yield {
            type: 'reject',
            line: Number(row.line),
            name: files[name][0],
            reasons: [{ code: 'dangling', field: `${files[name][0]}.service_id`, value: parent }],
          }
}

async function* rowsOf(tables: Tables, name: TableName, problems: ImportItem[]): AsyncGenerator<Row> {
  for (const file of files[name]) {
    const open = tables.get(file)
    if (!open) continue
    for await (const item of readCsv(open())) {
      if (item.type === 'problem')
        problems.push({
          type: 'reject',
          line: item.problem.line ?? 1,
          name: file,
          reasons: [
            { code: 'unreadable', field: item.problem.column ?? `${file}.csv`, value: item.problem.message.code },
          ],
        })
      else if (item.type === 'row') {
        const row: Row = { line: String(item.line) }
        for (const [column, cell] of Object.entries(item.cells))
          if (cell.trim() !== '') row[column.trim().toLowerCase()] = cell.trim()
        yield row
      }
    }
  }
}
