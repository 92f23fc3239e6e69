import { query, type Tx } from '../../../platform/db/database.ts'
import type { Text } from '../../../platform/i18n/text.ts'
import { ServiceCard } from '../types.ts'

/** What generated services of a region are made like: its own cards, and the areas that they may serve. */
export interface Templates {
  pack: string
  cards: ServiceCard[]
  areas: { code: string; names: Text }[]
}

/** Cards and areas of every pack, in a steady order, without what was imported. */
export async function demoTemplates(tx: Tx): Promise<Templates[]> {
  const [cards, areas] = await Promise.all([
    tx.all(
      query
        .selectFrom('directory.service')
        .select(['pack', 'card'])
        .where('pack', 'is not', null)
        .where('dataset', 'is', null)
        .orderBy('slug'),
    ),
    tx.all(
      query
        .selectFrom('access.area')
        .select(['pack', 'code', 'names'])
        .where('level', 'in', ['municipality', 'city', 'district'])
        .orderBy('code'),
    ),
  ])
  return [...new Set(cards.map(({ pack }) => pack ?? ''))].map((pack) => ({
    pack,
    cards: cards.filter((row) => row.pack === pack).map(({ card }) => ServiceCard.parse(card)),
    areas: areas.filter((row) => row.pack === pack).map(({ code, names }) => ({ code, names: names as Text })),
  }))
}

/** How many services are stored. */
export async function countServices(tx: Tx): Promise<number> {
  const row = await tx.one(
    query.selectFrom('directory.service').select((expression) => expression.fn.countAll<number>().as('count')),
  )
  return row?.count ?? 0
}
