import { m } from '../../../platform/i18n/speech.ts'
import { Locale } from '../../../platform/i18n/text.ts'
import { uuidPattern } from './uuid5.ts'

/** How a parameter of the HSDS API is read; `says` describes it in the OpenAPI document. */
export interface Parameter {
  name: string
  type: 'text' | 'count' | 'flag' | 'id' | 'moment' | 'metres' | 'format' | 'language'
  says: string
}

/** Every parameter of HSDS 3.2 and `lang`, which is ours. */
export const parameters = {
  search: { name: 'search', type: 'text', says: 'Words to search for, in any of the languages.' },
  page: { name: 'page', type: 'count', says: 'Number of the page, from 1.' },
  per_page: { name: 'per_page', type: 'count', says: 'Records on a page, at most 1000; 50 when left out.' },
  format: { name: 'format', type: 'format', says: 'json, or ndjson for a stream of all records without pages.' },
  taxonomy_term_id: { name: 'taxonomy_term_id', type: 'id', says: 'Records with this term or one below it.' },
  taxonomy_id: { name: 'taxonomy_id', type: 'id', says: 'Records with any term of this taxonomy.' },
  organization_id: { name: 'organization_id', type: 'id', says: 'Records of this organization.' },
  modified_after: {
    name: 'modified_after',
    type: 'moment',
    says: 'Records modified at or after this moment, those that are defunct now among them.',
  },
  minimal: { name: 'minimal', type: 'flag', says: 'Only what tells which services there are and when they changed.' },
  full: { name: 'full', type: 'flag', says: 'Fully nested records.' },
  full_service: { name: 'full_service', type: 'flag', says: 'Organizations with their services fully nested.' },
  top_only: { name: 'top_only', type: 'flag', says: 'Only terms without a parent.' },
  parent_id: { name: 'parent_id', type: 'id', says: 'Only terms directly below this one.' },
  postcode: { name: 'postcode', type: 'text', says: 'Postcode of a place that the service must cover.' },
  proximity: { name: 'proximity', type: 'metres', says: 'Metres from the centre of the postcode.' },
  lang: {
    name: 'lang',
    type: 'language',
    says: 'Language of the texts: en, uk, da or de; else Accept-Language decides.',
  },
} as const satisfies Record<string, Parameter>
export type ParameterName = keyof typeof parameters

/** What was asked for. Ids are lower-case UUIDs, `proximity` is metres. */
export interface Asked {
  search: string | undefined
  page: number
  perPage: number | undefined
  format: 'json' | 'ndjson'
  taxonomyTerm: string | undefined
  taxonomy: string | undefined
  organisation: string | undefined
  modifiedAfter: Date | undefined
  minimal: boolean
  full: boolean
  fullService: boolean
  topOnly: boolean
  parent: string | undefined
  postcode: string | undefined
  proximity: number | undefined
  locale: Locale | undefined
}

/** The parameter that is wrong, and what to write instead. */
export interface WrongParameter {
  path: string
  message: string
}

export const mostPerPage = 1000

/**
 * Reads the parameters that an endpoint knows; others are ignored, empty ones count as not given.
 * @returns what was asked, or everything that is wrong with it in the reader's language
 */
export function readParameters(
  given: URLSearchParams,
  known: readonly ParameterName[],
): Asked | { wrong: WrongParameter[] } {
  const wrong: WrongParameter[] = []
  const value = (name: ParameterName) => (known.includes(name) ? given.get(name)?.trim() || undefined : undefined)
  const read = <T>(
    name: ParameterName,
    parse: (text: string) => T | undefined,
    message: () => string,
  ): T | undefined => {
    const text = value(name)
    if (text === undefined) return undefined
    const parsed = parse(text)
    if (parsed === undefined) wrong.push({ path: name, message: message() })
    return parsed
  }
  const flag = (name: ParameterName) => read(name, asFlag, m.exchange_parameter_flag) ?? false
  const id = (name: ParameterName) =>
    read(name, (text) => (uuidPattern.test(text) ? text.toLowerCase() : undefined), m.exchange_parameter_id)
  const asked: Asked = {
    search: read('search', (text) => (text.length <= 200 ? text : undefined), m.exchange_parameter_search),
    page: read('page', asCount(1_000_000), m.exchange_parameter_page) ?? 1,
    perPage: read('per_page', asCount(mostPerPage), () => m.exchange_parameter_per_page({ most: mostPerPage })),
    format: read('format', asFormat, m.exchange_parameter_format) ?? 'json',
    taxonomyTerm: id('taxonomy_term_id'),
    taxonomy: id('taxonomy_id'),
    organisation: id('organization_id'),
    modifiedAfter: read('modified_after', asMoment, m.exchange_parameter_moment),
    minimal: flag('minimal'),
    full: flag('full'),
    fullService: flag('full_service'),
    topOnly: flag('top_only'),
    parent: id('parent_id'),
    postcode: read('postcode', (text) => (text.length <= 20 ? text : undefined), m.exchange_parameter_postcode),
    proximity: read('proximity', asMetres, m.exchange_parameter_metres),
    locale: read('lang', (text) => Locale.safeParse(text).data, m.exchange_parameter_language),
  }
  if (asked.proximity !== undefined && asked.postcode === undefined && !wrong.some(({ path }) => path === 'postcode'))
    wrong.push({ path: 'proximity', message: m.exchange_parameter_needs_postcode() })
  return wrong.length > 0 ? { wrong } : asked
}

const asFlag = (text: string) =>
  ['true', '1'].includes(text.toLowerCase()) ? true : ['false', '0'].includes(text.toLowerCase()) ? false : undefined

const asCount = (most: number) => (text: string) => {
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0
  return count >= 1 && count <= most ? count : undefined
}

const asFormat = (text: string): Asked['format'] | undefined =>
  text === 'json' || text === 'ndjson' ? text : undefined

const momentPattern = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/i

/** A day, or a moment; without an offset it is meant in UTC. A `+` in an address arrives as a space. */
function asMoment(text: string): Date | undefined {
  const mended = text.replace(/ (\d{2}:?\d{2})$/, (tail, offset: string) => (/T/i.test(text) ? `+${offset}` : tail))
  if (!momentPattern.test(mended)) return undefined
  const zoned = /T| \d/i.test(mended) && !/(?:Z|[+-]\d{2}:?\d{2})$/i.test(mended.slice(10)) ? `${mended}Z` : mended
  const moment = new Date(zoned.replace(/^(\d{4}-\d{2}-\d{2}) /, '$1T'))
  const day = mended.slice(0, 10)
  const exists = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(moment.getTime()) || Number.isNaN(exists.getTime())) return undefined
  return exists.toISOString().startsWith(day) ? moment : undefined
}

function asMetres(text: string): number | undefined {
  const metres = /^\d{1,8}(?:\.\d{1,3})?$/.test(text) ? Number(text) : 0
  return metres > 0 && metres <= 20_000_000 ? metres : undefined
}

/** One page of a list, as the specification wraps it. */
export interface Envelope<Item> {
  total_items: number
  total_pages: number
  page_number: number
  size: number
  first_page: boolean
  last_page: boolean
  empty: boolean
  contents: Item[]
}

/** Wraps the records of a page. A page behind the last one is empty and says so; no records are zero pages. */
export function envelope<Item>(contents: Item[], total: number, page: number, perPage: number): Envelope<Item> {
  const pages = Math.ceil(total / perPage)
  return {
    total_items: total,
    total_pages: pages,
    page_number: page,
    size: contents.length,
    first_page: page === 1,
    last_page: page >= pages,
    empty: contents.length === 0,
    contents,
  }
}
