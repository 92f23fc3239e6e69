import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import { type SearchTerms, searchTerms } from '../../../platform/search/words.ts'
import { facetLetters, shelfMark, shelves } from '../rules/search-marks.ts'
import { allOf, type Condition, namedCondition } from '../rules/search-request.ts'
import { nextCursor, type Position, positionOf } from './search-cursor.ts'
import { farPage } from './search-far-page.ts'
import { details, type HitRow, hitOf, type ServiceHit } from './search-hits.ts'
import {
  metresOf,
  mostCounted,
  nameColumns,
  openFilter,
  type Plan,
  placeOf,
  planOf,
  type ServiceSearch,
} from './search-plan.ts'

export interface FoundServices {
  hits: ServiceHit[]
  /** cursor of the next page */
  next: string | undefined
  /** how many fit; at most `mostCounted` */
  total: number
  /** more fit than were counted */
  more: boolean
  /** how many fit with each mark (rules/search-marks.ts); of a facet in which something is chosen, as `situation:t=…` without that choice, unless more fit than are counted */
  marks: ReadonlyMap<string, number>
  /** areas that are served together, with the number of services; without the choice of an area; none where an area is chosen and more fit than are counted */
  areas: readonly { served: readonly string[]; count: number }[]
  terms: SearchTerms
}

/**
 * DIR-5: the services that have all words and fit all choices, a page of them, how many they are, and how many have each mark.
 * Words are read in four languages at once. Order: relevance (exact names first; records not assured sink, crisis services never;
 * then by where the words stand), name, or distance. One statement; a second one where more than 500 fit and the order is by
 * name or distance.
 * @throws BadCursor for a cursor that no search made
 */
export async function findServices(tx: Tx, search: ServiceSearch): Promise<FoundServices> {
  const position = positionOf(search.after, tx.now)
  const terms = searchTerms(search.words ?? '')
  const plan = planOf(search, terms)
  // both leave in one packet
  const [, row] = await Promise.all([tx.all(onePlan), tx.one(findStatement(search, plan, position))])
  if (!row) throw new Error('the database counted and answered nothing')
  const more = row.total > mostCounted
  const far = more && search.sort !== 'relevance'
  const rows = far ? await farPage(tx, search, plan, position) : (row.rows ?? [])
  const shown = rows.slice(0, search.limit)
  return {
    hits: shown.map(hitOf),
    next: nextCursor(
      position,
      shown.at(-1),
      rows.length > shown.length,
      far ? undefined : (row.window_end ?? undefined),
    ),
    total: Math.min(row.total, mostCounted),
    more,
    marks: new Map(Object.entries(row.marks ?? {})),
    areas: row.areas ?? [],
    terms,
  }
}

/**
 * One plan for every search of a shape, made once. Left alone the planner makes a new one for each search, which takes as long as the
 * search, and for some words reads a whole index that this statement was written to spare.
 */
export const onePlan = sql`select set_config('plan_cache_mode', 'force_generic_plan', true)`

/** What one statement answers: one row. */
export interface FindRow {
  total: number
  marks: Record<string, number> | null
  areas: { served: string[]; count: number }[] | null
  window_end: { walk: number; id: string } | null
  rows: HitRow[] | null
}

/** The whole search as one statement; its text depends on which choices are made, not on what is chosen. */
export function findStatement(search: ServiceSearch, plan: Plan, position: Position): RawBuilder<FindRow> {
  const chosen = plan.conditions.map(({ facet }) => facet).filter((facet) => facet !== 'open' && facet !== 'region')
  const { window, row } = position
  const name = sql.ref(nameColumns[search.locale])
  return sql<FindRow>`
    with counted as materialized (${walk(plan, undefined, undefined, name)})
    ${window ? sql`, windowed as materialized (${walk(plan, undefined, window, name)})` : sql``}
    ${each(chosen, (facet) => sql`, ${without(facet)} as materialized (${walk(plan, facet, undefined, name)})`)}
    , candidate as (
      select *, ${distanceFrom(search)} as distance
      from (select * from ${window ? sql`windowed` : sql`counted`} limit ${sql.lit(mostCounted)}) walked
    ),
    ranked as (select id, name, distance, ${rank(search, plan, position)} from candidate),
    page as (
      select * from ranked
      ${row ? sql`where (step, -score, name, id) > (${row.step}::int, ${-row.score}::float8, ${row.name}::text, ${row.id}::uuid)` : sql``}
      order by step, score desc, name, id limit ${search.limit + 1}::int
    )
    select (select count(*)::int from counted) as total,
      (select json_object_agg(mark, n) from (
        select mark, count(*)::int as n from (select facets from counted limit ${sql.lit(mostCounted)}) first, unnest(facets) mark group by mark
        ${each(
          chosen.filter((facet) => facet !== 'area'),
          (facet) => sql`union all select ${sql.lit(`${facet}:`)} || mark, count(*)::int
            from (select facets from ${without(facet)} limit ${sql.lit(mostCounted)}) first, unnest(facets) mark group by mark`,
        )}
      ) numbers) as marks,
      (select json_agg(json_build_object('served', areas_served, 'count', n)) from (
        select areas_served, count(*)::int as n
        from (select areas_served from ${chosen.includes('area') ? without('area') : sql`counted`} limit ${sql.lit(mostCounted)}) first
        group by areas_served
      ) numbers) as areas,
      (select json_build_object('walk', walk, 'id', id) from ${window ? sql`windowed` : sql`counted`}
        offset ${sql.lit(mostCounted - 1)} limit 1) as window_end,
      (select json_agg(shown order by step, score desc, name, id) from (${details(sql`page`)}) shown) as rows`
}

const without = (facet: string) => sql.ref(`without_${facet}`)
const each = <T>(items: readonly T[], write: (item: T) => RawBuilder<unknown>): RawBuilder<unknown> =>
  items.length > 0 ? sql.join(items.map(write), sql` `) : sql``

const anyShelf = (of: readonly number[]): string => `(${of.map((shelf) => `'${shelfMark(shelf)}'`).join(' | ')})`
/** The number of the first look for longer words. */
const longerAt = shelves.length

/**
 * Which shelves are looked at together. One word alone may be common: half a shelf too many costs more than a further look. Several
 * words are rarer together, and so is what stands in one area, or is counted beside a choice: fewer looks. Beginnings are dear at
 * every look.
 */
const looks = {
  alone: {
    stems: [[0], [1], [2], [3], [4], [5], [6], [7]],
    longer: [
      [0, 1, 2, 3],
      [4, 5],
      [6, 7],
    ],
  },
  narrow: { stems: [[0, 1, 2], [3, 4], [5], [6], [7]], longer: [[0, 1, 2, 3, 4, 5, 6, 7]] },
} as const

/**
 * At most `mostCounted` + 1 services that fit: those with exactly this name; then those that have the words in one of their forms,
 * shelf by shelf; then those that have longer words which begin so. A shelf is looked at only when those before it held too few.
 * Beginnings come last because they are dear: the index gathers all words that begin so, each time it is asked.
 * @param leftOut a facet whose choice does not count here
 */
function walk(
  plan: Plan,
  leftOut: Condition['facet'] | undefined,
  from: { walk: number; id: string } | undefined,
  name: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const conditions = plan.conditions.filter(({ facet }) => facet !== leftOut).map(({ tsquery }) => tsquery)
  const named = plan.key === undefined ? undefined : namedCondition(plan.key)
  // judged once, before the index is asked
  const worthCounting =
    leftOut === undefined ? sql`` : sql`and (select count(*) from counted) <= ${sql.lit(mostCounted)}`
  // sorted by the text of the id: the planner must not walk the index of ids for a word that hardly any service has
  const branch = (at: number, tsquery: string | undefined) => sql`(
    select id, ${sql.lit(at)}::int as walk, name_lexemes, facets, areas_served, assured_at, assurance_due, crisis, ${name} as name
    from directory.service
    where status = 'active' and lexemes @@ ${tsquery}::tsquery ${openFilter(plan.open)} ${worthCounting}
      ${from?.walk === at ? sql`and id > ${from.id}::uuid` : sql``}
    order by id::text collate "C" limit ${sql.lit(mostCounted + 1)})`
  const { words, stems } = plan
  const withChoices = (tsquery: string | undefined, where: readonly number[]) =>
    allOf([tsquery, named && `!${named}`, ...conditions, anyShelf(where)])
  const narrow = leftOut !== undefined || plan.each.length > 1 || plan.conditions.some(({ facet }) => facet === 'area')
  const look = looks[narrow ? 'narrow' : 'alone']
  const steps = [
    ...(named ? [{ at: -1, tsquery: allOf([named, ...conditions]) }] : []),
    ...look.stems.map((of, at) => ({ at, tsquery: withChoices(stems ?? words, of) })),
    ...(stems === undefined
      ? []
      : look.longer.map((of, at) => ({ at: longerAt + at, tsquery: withChoices(`${words} & !(${stems})`, of) }))),
  ]
  const branches = steps
    .filter(({ at }) => from === undefined || at >= from.walk)
    .map(({ at, tsquery }) => branch(at, tsquery))
  return sql`select * from (${sql.join(branches, sql` union all `)}) walked limit ${sql.lit(mostCounted + 1)}`
}

/** Metres to the nearest place of a service; null when it has none. */
function distanceFrom(search: ServiceSearch): RawBuilder<unknown> {
  if (!search.near) return sql`null::float8`
  return sql`(select ${metresOf(sql`min(location.place <-> ${placeOf(search.near)})`)} from directory.service_location link
    join directory.location on location.id = link.location_id where link.service_id = walked.id)`
}

/** The order within a window: `step` rising, then `score` falling, then name. */
function rank(search: ServiceSearch, plan: Plan, position: Position): RawBuilder<unknown> {
  if (search.sort === 'name') return sql`0 as step, 0::float8 as score`
  if (search.sort === 'distance') return sql`(distance is null)::int as step, -coalesce(distance, 0) as score`
  // as `sinks` in rules/freshness.ts
  const sinks = sql`(not crisis and (assured_at is null or assurance_due <= ${new Date(position.now)}::timestamptz))`
  const score =
    plan.each.length === 0 ? sql`crisis::int::float8` : sql`(${sql.join(plan.each.map(wordScore), sql` + `)})::float8`
  return sql`case when walk < 0 then 0 when ${sinks} then 2 else 1 end as step, ${score} as score`
}

/**
 * What one word is worth: 1 in a name, 0.4 in the words of its kind, groups or situations, 0.1 anywhere else; a little less where only
 * a longer word begins so. Reads the row alone, not the lexemes of the whole card, which lie elsewhere.
 */
function wordScore(word: string): RawBuilder<unknown> {
  const terms = sql`(select array(select ${sql.lit(`${facetLetters.term}=`)} || code from directory.term where lexemes @@ ${word}::tsquery))`
  return sql`(case when name_lexemes @@ ${word}::tsquery then 1 when facets && ${terms} then 0.4 else 0.1 end - case when walk >= ${sql.lit(longerAt)} then 0.05 else 0 end)`
}
