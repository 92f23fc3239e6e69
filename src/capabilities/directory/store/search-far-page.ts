import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import { allOf } from '../rules/search-request.ts'
import type { Position } from './search-cursor.ts'
import { details, type HitRow } from './search-hits.ts'
import { metresOf, nameColumns, openFilter, type Plan, placeOf, type ServiceSearch } from './search-plan.ts'

/**
 * A page by name or distance where more services fit than are counted: the database walks its index of names or places from where
 * the page before ended, and stops when the page is full.
 */
export async function farPage(tx: Tx, search: ServiceSearch, plan: Plan, position: Position): Promise<HitRow[]> {
  if (search.sort === 'name' || !search.near) return byName(tx, search, plan, position)
  const placed = position.row && position.row.step > 0 ? [] : await byDistance(tx, search, search.near, plan, position)
  if (placed.length > search.limit) return placed
  return [...placed, ...(await withoutPlace(tx, search, plan, position, search.limit + 1 - placed.length))]
}

function matches(plan: Plan) {
  const tsquery = allOf([plan.words, ...plan.conditions.map((condition) => condition.tsquery)])
  return sql`service.status = 'active' ${tsquery === undefined ? sql`` : sql`and lexemes @@ ${tsquery}::tsquery`} ${openFilter(plan.open)}`
}

async function byName(tx: Tx, search: ServiceSearch, plan: Plan, { row }: Position): Promise<HitRow[]> {
  const name = sql.ref(nameColumns[search.locale])
  const page = sql`(select id, 0 as step, 0::float8 as score, ${name} as name, ${nearest(search)} as distance
    from directory.service
    where ${matches(plan)} ${row ? sql`and (${name}, id) > (${row.name}::text, ${row.id}::uuid)` : sql``}
    order by ${name}, id limit ${search.limit + 1}::int)`
  return tx.all(sql<HitRow>`${details(page)} order by page.name, page.id`)
}

function nearest(search: ServiceSearch) {
  if (!search.near) return sql`null::float8`
  return sql`(select ${metresOf(sql`min(location.place <-> ${placeOf(search.near)})`)} from directory.service_location link
    join directory.location on location.id = link.location_id where link.service_id = service.id)`
}

/** From place to place, the nearest first; a service with several stands where its nearest is. */
async function byDistance(
  tx: Tx,
  search: ServiceSearch,
  near: readonly [number, number],
  plan: Plan,
  { row }: Position,
): Promise<HitRow[]> {
  const name = sql.ref(nameColumns[search.locale])
  const here = placeOf(near)
  const metres = metresOf(sql`(location.place <-> ${here})`)
  const page = sql`(select * from (
      select service.id, 0 as step, -${metres} as score, ${name} as name, ${metres} as distance
      from directory.location
      join directory.service_location link on link.location_id = location.id
      join directory.service on service.id = link.service_id
      where location.place is not null and ${matches(plan)}
        ${row ? sql`and (${metres}, ${name}, service.id) > (${-row.score}::float8, ${row.name}::text, ${row.id}::uuid)` : sql``}
        and not exists (select from directory.service_location other join directory.location nearer on nearer.id = other.location_id
          where other.service_id = service.id and (nearer.place <-> ${here}, nearer.id) < (location.place <-> ${here}, location.id))
      order by location.place <-> ${here} fetch first ${search.limit + 1} rows with ties
    ) nearest order by score desc, name, id limit ${search.limit + 1}::int)`
  return tx.all(sql<HitRow>`${details(page)} order by page.score desc, page.name, page.id`)
}

/** Services without a place of which anybody knows where it is stand last, by name. */
async function withoutPlace(
  tx: Tx,
  search: ServiceSearch,
  plan: Plan,
  { row }: Position,
  limit: number,
): Promise<HitRow[]> {
  const name = sql.ref(nameColumns[search.locale])
  const page = sql`(select id, 1 as step, 0::float8 as score, ${name} as name, null::float8 as distance
    from directory.service
    where ${matches(plan)} ${row && row.step > 0 ? sql`and (${name}, id) > (${row.name}::text, ${row.id}::uuid)` : sql``}
      and not exists (select from directory.service_location link join directory.location on location.id = link.location_id
        where link.service_id = service.id and location.place is not null)
    order by ${name}, id limit ${limit}::int)`
  return tx.all(sql<HitRow>`${details(page)} order by page.name, page.id`)
}
