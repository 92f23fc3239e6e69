import { sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'
import type { Text } from '../../../platform/i18n/text.ts'
import { Body } from '../types.ts'

/** A body as it is stored, with whose staff keep its secretariat. */
export interface StoredBody {
  id: string
  profile: Body
  pack: string
  /** IANA name: what *today* is for this body */
  timeZone: string
  organisation: { id: string; slug: string; names: Text }
  areaNames: Text
}

function bodies() {
  return query
    .selectFrom('governance.body')
    .innerJoin('access.organisation', 'access.organisation.id', 'governance.body.organisation_id')
    .innerJoin('access.area', 'access.area.code', 'governance.body.area')
    .innerJoin('packs.pack', 'packs.pack.id', 'governance.body.pack')
    .select([
      'governance.body.id',
      'governance.body.profile',
      'governance.body.pack',
      'access.organisation.id as organisation_id',
      'access.organisation.slug as organisation_slug',
      'access.organisation.names as organisation_names',
      'access.area.names as area_names',
      sql<string | null>`packs.pack.manifest->>'timeZone'`.as('time_zone'),
    ])
}

type Row = Awaited<ReturnType<typeof rowOf>>
const rowOf = (tx: Tx) => tx.all(bodies()).then(([row]) => row as NonNullable<typeof row>)

function stored(row: Row): StoredBody {
  return {
    id: row.id,
    profile: Body.parse(row.profile),
    pack: row.pack,
    timeZone: row.time_zone ?? 'UTC',
    organisation: {
      id: row.organisation_id,
      slug: row.organisation_slug,
      names: row.organisation_names as Text,
    },
    areaNames: row.area_names as Text,
  }
}

/** The body at this address; undefined when there is none. */
export async function bodyBySlug(tx: Tx, slug: string): Promise<StoredBody | undefined> {
  const row = await tx.one(bodies().where('governance.body.slug', '=', slug))
  return row && stored(row)
}

/** The body with this id; undefined when there is none. */
export async function bodyById(tx: Tx, id: string): Promise<StoredBody | undefined> {
  const row = await tx.one(bodies().where('governance.body.id', '=', id))
  return row && stored(row)
}

/** All bodies of a pack, of every pack where none is named, in the order of their slugs. */
export async function listBodies(tx: Tx, pack: string | undefined): Promise<StoredBody[]> {
  const all = bodies().orderBy('governance.body.slug')
  const rows = await tx.all(pack === undefined ? all : all.where('governance.body.pack', '=', pack))
  return rows.map(stored)
}

/** Bodies whose secretariat lies with one of these organisations. */
export async function bodiesOf(tx: Tx, organisations: readonly string[]): Promise<StoredBody[]> {
  if (organisations.length === 0) return []
  const rows = await tx.all(
    bodies()
      .where('governance.body.organisation_id', 'in', [...organisations])
      .orderBy('governance.body.slug'),
  )
  return rows.map(stored)
}
