import { type RawBuilder, sql } from 'kysely'
import type { Locale } from '../../../platform/i18n/text.ts'
import { type SearchTerms, toTsquery } from '../../../platform/search/words.ts'
import { nameKey } from '../rules/search-marks.ts'
import { type Choices, type Condition, conditionsOf, openCondition, type Sort } from '../rules/search-request.ts'

/**
 * So many hits are looked at for numbers and for rank. Where more fit, the number is "more than 500", facets are counted over the
 * first 500, and hits are ranked 500 by 500: the work of a search does not grow with the directory.
 */
export const mostCounted = 500

/** The minute of the local week (0 = Monday 0:00) in a time zone, and the packs whose clocks show it. */
export interface LocalMinute {
  packs: readonly string[]
  /** services that belong to no pack go by this clock too */
  others: boolean
  minute: number
}

export interface ServiceSearch extends Choices {
  words: string | undefined
  /** undefined: open or not */
  openAt: readonly LocalMinute[] | undefined
  sort: Sort
  /** longitude, latitude */
  near: readonly [number, number] | undefined
  /** names are sorted as this language does */
  locale: Locale
  limit: number
  after: string | undefined
}

/** What a search asks of the database. */
export interface Plan {
  words: string | undefined
  /** the words one by one */
  each: readonly string[]
  /** the words without their beginnings (`wohnung:*`); undefined where `words` has none */
  stems: string | undefined
  /** the words as a full name */
  key: string | undefined
  conditions: readonly Condition[]
  open: readonly LocalMinute[] | undefined
}

/** Reads the words and puts them beside the choices. */
export function planOf(search: ServiceSearch, terms: SearchTerms): Plan {
  const words = toTsquery(terms)
  const conditions = conditionsOf(search)
  if (search.openAt) conditions.push(openCondition(search.openAt.map(({ minute }) => Math.floor(minute / 60))))
  const stems = terms.alternatives.map((any) => any.filter((lexeme) => !lexeme.endsWith(':*')))
  const shorter =
    stems.every((any) => any.length > 0) && stems.some((any, at) => any.length < (terms.alternatives[at]?.length ?? 0))
  const each = terms.alternatives.map((any) => toTsquery({ alternatives: [any] }) ?? '')
  return {
    words,
    each,
    stems: shorter ? toTsquery({ alternatives: stems }) : undefined,
    key: words === undefined ? undefined : nameKey(search.words ?? ''),
    conditions,
    open: search.openAt,
  }
}

/** The column that holds a service's name in a language, sorted as that language sorts. */
export const nameColumns = { en: 'name_en', uk: 'name_uk', da: 'name_da', de: 'name_de' } as const

/** Within the hours that the marks allow: the very minute. */
export function openFilter(open: readonly LocalMinute[] | undefined): RawBuilder<unknown> {
  if (!open) return sql``
  const clocks = open.map(
    ({ packs, others, minute }) =>
      sql`((pack = any(${[...packs]}::text[]) ${others ? sql`or pack is null` : sql``}) and open_minutes @> ${minute}::int)`,
  )
  return sql`and (${clocks.length > 0 ? sql.join(clocks, sql` or `) : sql`false`})`
}

const earthRadius = 6_371_008.8
/** A point as the database compares points. */
export const placeOf = (near: readonly [number, number]): RawBuilder<unknown> =>
  sql`directory.place(${near[0]}::float8, ${near[1]}::float8)`
/** Metres on the ground from a chord through a ball of radius 1. */
export const metresOf = (chord: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(${sql.lit(2 * earthRadius)}::float8 * asin(case when ${chord} > 2 then 1 else ${chord} / 2 end))`
