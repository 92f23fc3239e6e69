import { z } from 'zod'
import { Accessibility, ServiceCard, ServiceForm, Slug, SpokenLanguage } from '../types.ts'
import { areaAlternatives, facetMark, hourMark, nameMark } from './search-marks.ts'

/** Longer queries are read up to here; what follows changes nothing. */
export const longestWords = 200

const list = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(item).max(60))

export const Sort = z.enum(['relevance', 'name', 'distance'])
export type Sort = z.infer<typeof Sort>
const Cost = ServiceCard.shape.cost.shape.kind

/** Longitude, latitude in degrees, WGS 84: `36.2304,49.9935`. */
const Near = z
  .string()
  .regex(/^-?\d{1,3}(\.\d{1,8})?,-?\d{1,2}(\.\d{1,8})?$/)
  .transform((text) => text.split(',').map(Number) as [number, number])
  .refine(([longitude, latitude]) => Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)

/** What narrows and orders the list, as it stands in its address (DIR-5): every state of the list is an address. */
export const searchQuery = {
  q: z
    .preprocess((value) => (Array.isArray(value) ? value.join(' ') : value), z.string().optional())
    .transform((words) => words?.slice(0, longestWords).toWellFormed().trim()),
  /** search for the words as typed, without correction */
  exact: z.literal('yes').optional(),
  situation: list(Slug),
  group: list(Slug),
  kind: list(Slug),
  area: z.string().max(60).optional(),
  form: list(ServiceForm),
  cost: list(Cost),
  language: list(SpokenLanguage),
  access: list(Accessibility),
  open: z.literal('now').optional(),
  sort: Sort.optional(),
  near: Near.optional(),
  after: z.string().max(1500).optional(),
} as const
export const SearchQuery = z.object(searchQuery)
export const ListQuery = z.object({
  ...searchQuery,
  view: z.enum(['list', 'map']).optional(),
  region: z.string().max(60).optional(),
})
export type SearchQuery = z.output<typeof SearchQuery>
export type ListQuery = z.output<typeof ListQuery>

/** Names in the address whose values are taken together: any of them is enough. */
export const facetNames = ['situation', 'group', 'kind', 'form', 'cost', 'language', 'access'] as const
export type FacetName = (typeof facetNames)[number]

/** The kind of mark that a facet's values have. */
export const facetKind = {
  situation: 'term',
  group: 'term',
  kind: 'term',
  form: 'form',
  cost: 'cost',
  language: 'language',
  access: 'access',
} as const satisfies Record<FacetName, Parameters<typeof facetMark>[0]>

/** How the list is ordered when its address does not say: nearest first once a place is chosen. Without a place nothing is near. */
export function sortOf(query: Pick<SearchQuery, 'sort' | 'near'>): Sort {
  if (query.sort === 'distance' && !query.near) return 'relevance'
  return query.sort ?? (query.near ? 'distance' : 'relevance')
}

/** What is chosen, apart from words and hours. */
export interface Choices {
  facets: Readonly<Record<FacetName, readonly string[]>>
  /** area codes from the top of the tree down to the area chosen */
  areaPath: readonly string[] | undefined
  /** the same for the region that the list is of; it holds whatever is chosen */
  regionPath?: readonly string[] | undefined
}

/** One condition of a search, as text of a `tsquery`; all must hold. `facet` names the choice that it comes from. */
export interface Condition {
  facet: FacetName | 'area' | 'region' | 'open'
  tsquery: string
}

const quote = (lexeme: string): string => `'${lexeme.replaceAll('\\', '').replaceAll("'", "''")}'`
const any = (lexemes: readonly string[]): string => `(${lexemes.map(quote).join(' | ')})`

/** The conditions that choices make. Within one facet any value is enough, all facets must hold. */
export function conditionsOf(choices: Choices): Condition[] {
  const conditions: Condition[] = []
  for (const facet of facetNames) {
    const values = choices.facets[facet]
    if (values.length > 0)
      conditions.push({ facet, tsquery: any(values.map((value) => facetMark(facetKind[facet], value))) })
  }
  if (choices.regionPath && choices.regionPath.length > 0)
    conditions.push({ facet: 'region', tsquery: any(areaAlternatives(choices.regionPath)) })
  if (choices.areaPath && choices.areaPath.length > 0)
    conditions.push({ facet: 'area', tsquery: any(areaAlternatives(choices.areaPath)) })
  return conditions
}

/** Open at some time within one of these hours of the local week; the minute is judged by `open_minutes`. */
export function openCondition(hours: readonly number[]): Condition {
  return { facet: 'open', tsquery: any([...new Set(hours)].map(hourMark)) }
}

/** Services whose full name this is. */
export const namedCondition = (key: string): string => any([nameMark(key)])

/** Puts conditions together; undefined when there is none. */
export function allOf(tsqueries: readonly (string | undefined)[]): string | undefined {
  const given = tsqueries.filter((tsquery) => tsquery !== undefined)
  return given.length > 0 ? given.join(' & ') : undefined
}

/** The address of the list with some of its choices changed; what is empty is left out, and a changed list begins at its start. */
export function listAddress(query: Partial<ListQuery>, change: Partial<ListQuery> = {}, path = '/services'): string {
  const wanted = { ...query, after: undefined, ...change }
  const address = new URLSearchParams()
  const order = ['q', 'exact', ...facetNames, 'area', 'open', 'near', 'sort', 'view', 'region', 'after'] as const
  for (const name of order) {
    const value = wanted[name]
    if (value === undefined || value === '' || (name === 'view' && value === 'list')) continue
    if (name === 'near') address.set(name, String(value))
    else if (Array.isArray(value)) for (const one of value) address.append(name, String(one))
    else address.set(name, String(value))
  }
  return `${path}${address.size > 0 ? `?${address}` : ''}`
}
