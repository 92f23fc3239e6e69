import { sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'
import type { Text } from '../../../platform/i18n/text.ts'
import { FinderQuestion, ServiceCard } from '../types.ts'

/** The finder's questions, in their order. */
export async function finderQuestions(tx: Tx): Promise<FinderQuestion[]> {
  const rows = await tx.all(query.selectFrom('directory.question').select('details').orderBy('position'))
  return rows.map((row) => FinderQuestion.parse(row.details))
}

export interface AreaNode {
  code: string
  parent: string | undefined
  level: string
  names: Text
  path: readonly string[]
}

/** The area tree of a pack below its top, by level from the top. */
export async function areasOf(tx: Tx, pack: string): Promise<AreaNode[]> {
  const rows = await tx.all(
    query
      .selectFrom('access.area')
      .select(['code', 'parent', 'level', 'names', 'path'])
      .where('pack', '=', pack)
      .orderBy(sql`cardinality(path)`)
      .orderBy('code'),
  )
  return rows.map((row) => ({ ...row, parent: row.parent ?? undefined, names: row.names as Text }))
}

/** One area; undefined for a code that nobody knows. */
export async function areaByCode(tx: Tx, code: string): Promise<AreaNode | undefined> {
  const row = await tx.one(
    query.selectFrom('access.area').select(['code', 'parent', 'level', 'names', 'path']).where('code', '=', code),
  )
  return row ? { ...row, parent: row.parent ?? undefined, names: row.names as Text } : undefined
}

export interface FinderCandidate {
  id: string
  slug: string
  card: ServiceCard
  terms: readonly string[]
  /** card or places say when it is open */
  hoursKnown: boolean
  assuredAt: Date | undefined
  due: Date
  crisis: boolean
  organisation: Text
  names: ReadonlyMap<string, Text>
}

/**
 * Services that could fit, at most `limit`: those of the area (or of areas above it) that share a term with `terms`,
 * those that share most first. The rule `match` decides and says why.
 */
export async function finderCandidates(
  tx: Tx,
  wanted: { terms: readonly string[]; areaPath: readonly string[] },
  limit: number,
): Promise<FinderCandidate[]> {
  const rows = await tx.all(
    query
      .selectFrom('directory.service')
      .innerJoin('access.organisation', 'access.organisation.id', 'directory.service.organisation_id')
      .select([
        'directory.service.id',
        'directory.service.slug',
        'directory.service.card',
        'directory.service.terms',
        'directory.service.assured_at',
        'directory.service.assurance_due',
        'directory.service.crisis',
        sql<boolean>`directory.service.open_minutes is not null`.as('hours_known'),
        'access.organisation.names',
      ])
      .where('directory.service.status', '=', 'active')
      .where(sql<boolean>`directory.service.areas_served && ${[...wanted.areaPath]}::text[]`)
      .$if(wanted.terms.length > 0, (some) =>
        some.where(sql<boolean>`directory.service.terms && ${[...wanted.terms]}::text[]`),
      )
      .orderBy(
        sql`cardinality(array(select unnest(directory.service.terms) intersect select unnest(${[...wanted.terms]}::text[])))`,
        'desc',
      )
      .orderBy('directory.service.id')
      .limit(limit),
  )
  const terms = await tx.all(query.selectFrom('directory.term').select(['code', 'names']))
  const areas = await tx.all(
    query
      .selectFrom('access.area')
      .select(['code', 'names'])
      .where('code', 'in', wanted.areaPath.length ? wanted.areaPath : ['']),
  )
  const names = new Map([...terms, ...areas].map((named) => [named.code, named.names as Text]))
  return rows.map((row) => ({
    id: row.id,
    slug: row.slug,
    card: ServiceCard.parse(row.card),
    terms: row.terms,
    hoursKnown: row.hours_known,
    assuredAt: row.assured_at ?? undefined,
    due: row.assurance_due,
    crisis: row.crisis,
    organisation: row.names as Text,
    names,
  }))
}

/** Counts one search that found nothing: kind, area, day; nothing about the person (DIR-4). */
export function countUnmetSearch(tx: Tx, search: { kind: string; area: string; day: string }): void {
  tx.later(
    query
      .insertInto('directory.unmet_search')
      .values({ kind: search.kind, area: search.area, day: search.day })
      .onConflict((clash) =>
        clash.columns(['day', 'area', 'kind']).doUpdateSet({ count: sql<number>`directory.unmet_search.count + 1` }),
      ),
  )
}
