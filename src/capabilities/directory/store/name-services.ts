import { sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'
import type { Locale, Text } from '../../../platform/i18n/text.ts'
import { searchTerms, toTsquery } from '../../../platform/search/words.ts'
import { facetMark } from '../rules/search-marks.ts'
import type { ServiceCard } from '../types.ts'

/** A service by its name, and who offers it. */
export interface NamedService {
  id: string
  slug: string
  names: Text
  /** language of the card itself */
  writtenIn: Locale
  organisation: Text
}

/** Services by their ids, whatever their status. */
export async function servicesByIds(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, NamedService>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.all(named().where('directory.service.id', 'in', [...new Set(ids)]))
  return new Map(rows.map((row) => [row.id, service(row)]))
}

/** Services of a pack that whoever asks can get an answer from, by name. @param search.words all of them stand in the card; none: the first ones */
export async function activeServices(
  tx: Tx,
  search: { pack: string; words: string | undefined; locale: Locale; limit: number },
): Promise<NamedService[]> {
  const asked = toTsquery(searchTerms(search.words ?? ''))
  const found = ofPack(search.pack)
  const rows = await tx.all(
    (asked === undefined ? found : found.where(sql<boolean>`directory.service.lexemes @@ ${asked}::tsquery`))
      .orderBy(`directory.service.name_${search.locale}`)
      .orderBy('directory.service.id')
      .limit(search.limit),
  )
  return rows.map(service)
}

/** Other services of the same pack for the same situations, those of the same kind first. */
export async function similarServices(
  tx: Tx,
  like: { id: string; pack: string; card: Pick<ServiceCard, 'kind' | 'situations'> },
  limit: number,
): Promise<NamedService[]> {
  const marks = [like.card.kind, ...like.card.situations].map((code) => `'${facetMark('term', code)}'`)
  const kind = `'${facetMark('term', like.card.kind)}'`
  const rows = await tx.all(
    ofPack(like.pack)
      .where('directory.service.id', '!=', like.id)
      .where(sql<boolean>`directory.service.lexemes @@ ${marks.join(' | ')}::tsquery`)
      .orderBy(sql`directory.service.lexemes @@ ${kind}::tsquery`, 'desc')
      .orderBy('directory.service.name_en')
      .orderBy('directory.service.id')
      .limit(limit),
  )
  return rows.map(service)
}

const ofPack = (pack: string) =>
  named().where('directory.service.status', '=', 'active').where('directory.service.pack', '=', pack)

const named = () =>
  query
    .selectFrom('directory.service')
    .innerJoin('access.organisation', 'access.organisation.id', 'directory.service.organisation_id')
    .select([
      'directory.service.id',
      'directory.service.slug',
      sql<Text>`directory.service.card -> 'names'`.as('names'),
      sql<Locale>`directory.service.card ->> 'writtenIn'`.as('written_in'),
      'access.organisation.names as organisation',
    ])

type Row = Awaited<ReturnType<ReturnType<typeof named>['execute']>>[number]

const service = (row: Row): NamedService => ({
  id: row.id,
  slug: row.slug,
  names: row.names,
  writtenIn: row.written_in,
  organisation: row.organisation as Text,
})
