import { m } from '../../../platform/i18n/speech.ts'
import { type Locale, locales, type Text } from '../../../platform/i18n/text.ts'
import type { Location, Organisation, ServiceCard } from '../types.ts'

/** One row of the spreadsheet: a card with what it needs of its organisation and locations. */
export interface CardSheet {
  card: ServiceCard
  organisation: Pick<Organisation, 'slug' | 'names' | 'description' | 'kind' | 'area' | 'website' | 'email' | 'example'>
  locations: readonly Pick<Location, 'slug' | 'names' | 'kind' | 'area' | 'address' | 'point'>[]
  status: string
}

/**
 * A column. `text` and `texts` stand once per language, `name (uk)`; lists hold one entry a line, and lists of one thing
 * (documents, when they are needed, who brings them) keep the same order.
 */
export type Column = { id: ColumnId } & (
  | { kind: 'text'; get(sheet: CardSheet): Text | undefined }
  | { kind: 'texts'; get(sheet: CardSheet): readonly (Text | undefined)[] }
  | { kind: 'plain'; get(sheet: CardSheet): string | number | undefined }
  | { kind: 'list'; get(sheet: CardSheet): readonly (string | undefined)[] }
)

const headers = {
  slug: m.exchange_column_slug,
  name: m.exchange_column_name,
  alternate_names: m.exchange_column_alternate_names,
  summary: m.exchange_column_summary,
  activities: m.exchange_column_activities,
  kind: m.exchange_column_kind,
  target_groups: m.exchange_column_target_groups,
  situations: m.exchange_column_situations,
  forms: m.exchange_column_forms,
  term: m.exchange_column_term,
  areas: m.exchange_column_areas,
  eligibility: m.exchange_column_eligibility,
  minimum_age: m.exchange_column_minimum_age,
  maximum_age: m.exchange_column_maximum_age,
  cost: m.exchange_column_cost,
  cost_amount: m.exchange_column_cost_amount,
  cost_currency: m.exchange_column_cost_currency,
  cost_description: m.exchange_column_cost_description,
  documents: m.exchange_column_documents,
  documents_needed: m.exchange_column_documents_needed,
  documents_from: m.exchange_column_documents_from,
  documents_how: m.exchange_column_documents_how,
  legal_bases: m.exchange_column_legal_bases,
  legal_notes: m.exchange_column_legal_notes,
  refusal_codes: m.exchange_column_refusal_codes,
  refusal_grounds: m.exchange_column_refusal_grounds,
  refusal_holds: m.exchange_column_refusal_holds,
  channels: m.exchange_column_channels,
  languages: m.exchange_column_languages,
  accessibility: m.exchange_column_accessibility,
  phones: m.exchange_column_phones,
  phone_labels: m.exchange_column_phone_labels,
  phone_sources: m.exchange_column_phone_sources,
  email: m.exchange_column_email,
  website: m.exchange_column_website,
  schedule: m.exchange_column_schedule,
  schedule_notes: m.exchange_column_schedule_notes,
  crisis: m.exchange_column_crisis,
  example: m.exchange_column_example,
  status: m.exchange_column_status,
  source: m.exchange_column_source,
  editor_note: m.exchange_column_editor_note,
  written_in: m.exchange_column_written_in,
  unchecked: m.exchange_column_unchecked,
  organisation: m.exchange_column_organisation,
  organisation_name: m.exchange_column_organisation_name,
  organisation_description: m.exchange_column_organisation_description,
  organisation_kind: m.exchange_column_organisation_kind,
  organisation_area: m.exchange_column_organisation_area,
  organisation_website: m.exchange_column_organisation_website,
  organisation_email: m.exchange_column_organisation_email,
  organisation_example: m.exchange_column_organisation_example,
  locations: m.exchange_column_locations,
  location_names: m.exchange_column_location_names,
  location_kinds: m.exchange_column_location_kinds,
  location_areas: m.exchange_column_location_areas,
  location_addresses: m.exchange_column_location_addresses,
  location_points: m.exchange_column_location_points,
} as const
export type ColumnId = keyof typeof headers

const yes = (value: boolean) => (value ? 'yes' : 'no')
const piped = (...parts: readonly (string | undefined)[]) =>
  parts
    .map((part) => part ?? '')
    .join(' | ')
    .replace(/( \| )+$/, '')
    .trimEnd()

/** Every column, in the order of the spreadsheet. */
export const columns: readonly Column[] = [
  { id: 'slug', kind: 'plain', get: ({ card }) => card.slug },
  { id: 'name', kind: 'text', get: ({ card }) => card.names },
  { id: 'alternate_names', kind: 'texts', get: ({ card }) => card.alternateNames },
  { id: 'summary', kind: 'text', get: ({ card }) => card.summary },
  { id: 'activities', kind: 'texts', get: ({ card }) => card.activities },
  { id: 'kind', kind: 'plain', get: ({ card }) => card.kind },
  { id: 'target_groups', kind: 'list', get: ({ card }) => card.targetGroups },
  { id: 'situations', kind: 'list', get: ({ card }) => card.situations },
  { id: 'forms', kind: 'list', get: ({ card }) => card.forms },
  { id: 'term', kind: 'plain', get: ({ card }) => termCell(card.term) },
  { id: 'areas', kind: 'list', get: ({ card }) => card.areas },
  { id: 'eligibility', kind: 'text', get: ({ card }) => card.eligibility.description },
  { id: 'minimum_age', kind: 'plain', get: ({ card }) => card.eligibility.minimumAge },
  { id: 'maximum_age', kind: 'plain', get: ({ card }) => card.eligibility.maximumAge },
  { id: 'cost', kind: 'plain', get: ({ card }) => card.cost.kind },
  { id: 'cost_amount', kind: 'plain', get: ({ card }) => card.cost.amount },
  { id: 'cost_currency', kind: 'plain', get: ({ card }) => card.cost.currency },
  { id: 'cost_description', kind: 'text', get: ({ card }) => card.cost.description },
  { id: 'documents', kind: 'texts', get: ({ card }) => card.documents.map((document) => document.name) },
  { id: 'documents_needed', kind: 'list', get: ({ card }) => card.documents.map((document) => document.needed) },
  { id: 'documents_from', kind: 'list', get: ({ card }) => card.documents.map((document) => document.from) },
  { id: 'documents_how', kind: 'texts', get: ({ card }) => card.documents.map((document) => document.howToObtain) },
  {
    id: 'legal_bases',
    kind: 'list',
    get: ({ card }) => card.legalBases.map((basis) => piped(basis.act, basis.article)),
  },
  { id: 'legal_notes', kind: 'texts', get: ({ card }) => card.legalBases.map((basis) => basis.note) },
  { id: 'refusal_codes', kind: 'list', get: ({ card }) => card.refusalGrounds.map((ground) => ground.code) },
  { id: 'refusal_grounds', kind: 'texts', get: ({ card }) => card.refusalGrounds.map((ground) => ground.text) },
  { id: 'refusal_holds', kind: 'list', get: ({ card }) => card.refusalGrounds.map((ground) => ground.holds) },
  { id: 'channels', kind: 'list', get: ({ card }) => card.channels },
  { id: 'languages', kind: 'list', get: ({ card }) => card.languages },
  { id: 'accessibility', kind: 'list', get: ({ card }) => card.accessibility },
  { id: 'phones', kind: 'list', get: ({ card }) => card.phones.map((phone) => phone.number) },
  { id: 'phone_labels', kind: 'texts', get: ({ card }) => card.phones.map((phone) => phone.label) },
  { id: 'phone_sources', kind: 'list', get: ({ card }) => card.phones.map((phone) => sourceCell(phone.source)) },
  { id: 'email', kind: 'plain', get: ({ card }) => card.email },
  { id: 'website', kind: 'plain', get: ({ card }) => card.website },
  {
    id: 'schedule',
    kind: 'list',
    get: ({ card }) => card.schedule.map((hours) => `${hours.days.join(' ')} ${hours.opens}-${hours.closes}`),
  },
  { id: 'schedule_notes', kind: 'texts', get: ({ card }) => card.schedule.map((hours) => hours.note) },
  { id: 'crisis', kind: 'plain', get: ({ card }) => yes(card.crisis) },
  { id: 'example', kind: 'plain', get: ({ card }) => yes(card.example) },
  { id: 'status', kind: 'plain', get: ({ status }) => status },
  { id: 'source', kind: 'plain', get: ({ card }) => sourceCell(card.source) },
  { id: 'editor_note', kind: 'text', get: ({ card }) => card.editorNote },
  { id: 'written_in', kind: 'plain', get: ({ card }) => card.writtenIn },
  { id: 'unchecked', kind: 'list', get: uncheckedCell },
  { id: 'organisation', kind: 'plain', get: ({ organisation }) => organisation.slug },
  { id: 'organisation_name', kind: 'text', get: ({ organisation }) => organisation.names },
  { id: 'organisation_description', kind: 'text', get: ({ organisation }) => organisation.description },
  { id: 'organisation_kind', kind: 'plain', get: ({ organisation }) => organisation.kind },
  { id: 'organisation_area', kind: 'plain', get: ({ organisation }) => organisation.area },
  { id: 'organisation_website', kind: 'plain', get: ({ organisation }) => organisation.website },
  { id: 'organisation_email', kind: 'plain', get: ({ organisation }) => organisation.email },
  { id: 'organisation_example', kind: 'plain', get: ({ organisation }) => yes(organisation.example) },
  { id: 'locations', kind: 'list', get: ({ locations }) => locations.map((location) => location.slug) },
  { id: 'location_names', kind: 'texts', get: ({ locations }) => locations.map((location) => location.names) },
  { id: 'location_kinds', kind: 'list', get: ({ locations }) => locations.map((location) => location.kind) },
  { id: 'location_areas', kind: 'list', get: ({ locations }) => locations.map((location) => location.area) },
  {
    id: 'location_addresses',
    kind: 'list',
    get: ({ locations }) =>
      locations.map(
        ({ address }) => address && piped(address.country, address.city, address.postalCode, address.street),
      ),
  },
  {
    id: 'location_points',
    kind: 'list',
    get: ({ locations }) => locations.map(({ point }) => point && `${point[1]} ${point[0]}`),
  },
]

function termCell(term: ServiceCard['term']): string {
  const parts = [
    ...(term.asNeeded ? ['as-needed'] : []),
    ...(term.minimumMonths ? [`min ${term.minimumMonths}`] : []),
    ...(term.maximumMonths ? [`max ${term.maximumMonths}`] : []),
    ...(term.extendedToMonths ? [`extended ${term.extendedToMonths}`] : []),
  ]
  return parts.join('; ') || 'limited'
}

const sourceCell = (source: ServiceCard['source']) => source && piped(source.title, source.date, source.url)

/** Every text of a row with the column in which it stands. */
export function textsOf(sheet: CardSheet): { name: string; text: Text }[] {
  return columns.flatMap((column) => {
    if (column.kind === 'text') {
      const text = column.get(sheet)
      return text ? [{ name: column.id, text }] : []
    }
    if (column.kind !== 'texts') return []
    return column.get(sheet).flatMap((text, at) => (text ? [{ name: `${column.id} ${at + 1}`, text }] : []))
  })
}

/** Which translations nobody has checked: `*` for most texts, then those that differ. */
function uncheckedCell(sheet: CardSheet): string[] {
  const told = textsOf(sheet).map(({ name, text }) => ({ name, draft: (text.draft ?? []).join(' ') }))
  const counts = new Map<string, number>()
  for (const { draft } of told) counts.set(draft, (counts.get(draft) ?? 0) + 1)
  const [most = ''] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? []
  const differing = told.filter(({ draft }) => draft !== most).map(({ name, draft }) => `${name}: ${draft}`.trim())
  return most === '' && differing.length === 0 ? [] : [`*: ${most}`.trim(), ...differing]
}

/** Header of a column in one language. Columns of texts name their language. */
export const headerOf = (id: ColumnId, interfaceLocale: Locale, textLocale?: Locale): string =>
  headers[id]({}, { locale: interfaceLocale }) + (textLocale ? ` (${textLocale})` : '')

/** What a header means, in whichever of the four languages it is written. */
export function readHeader(header: string): { id: ColumnId; locale: Locale | undefined } | undefined {
  const match = /^(.*?)\s*(?:\(\s*([a-z]{2})\s*\))?$/.exec(header.trim().toLowerCase())
  const locale = locales.find((each) => each === match?.[2])
  const id = known().get((match?.[1] ?? '').replace(/\s+/g, ' '))
  return id ? { id, locale } : undefined
}

let knownHeaders: Map<string, ColumnId> | undefined
function known(): Map<string, ColumnId> {
  knownHeaders ??= new Map(
    columns.flatMap(({ id }) => [
      [id, id] as const,
      ...locales.map((locale) => [headerOf(id, locale).toLowerCase(), id] as const),
    ]),
  )
  return knownHeaders
}

/** One entry a line; a line break inside an entry is written as \n. */
export const listCell = (entries: readonly (string | undefined)[]): string =>
  entries
    .map((entry) => (entry ?? '').replaceAll('\\', '\\\\').replaceAll('\n', '\\n'))
    .join('\n')
    .replace(/\n+$/, '')

/** The entries of a cell; lines may be empty where a list of the same thing has an entry there. */
export const readList = (cell: string): string[] =>
  cell.replace(/\s+$/, '') === ''
    ? []
    : cell
        .replace(/\s+$/, '')
        .split('\n')
        .map((line) => line.trim().replace(/\\(n|\\)/g, (_, sign) => (sign === 'n' ? '\n' : '\\')))
