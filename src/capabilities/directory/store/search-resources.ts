import { sql } from 'kysely'
import { z } from 'zod'
import { query, type Tx } from '../../../platform/db/database.ts'
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.ts'
import { Location, Organisation } from '../types.ts'
import { BadCursor } from './search-cursor.ts'

export interface PageOf<Item> {
  items: Item[]
  next: string | null
}

interface Asked {
  /** in this area or one within it */
  area?: string | undefined
  after?: string | undefined
  size: number
}

const StoredOrganisation = Organisation.omit({ locations: true })

/** @throws BadCursor */
function afterSlug(after: string | undefined): string {
  if (after === undefined) return ''
  const slug = z.tuple([z.string().regex(/^[a-z0-9-]{1,160}$/)]).safeParse(decodeCursor(after, 1))
  if (!slug.success) throw new BadCursor('no list made this cursor')
  return slug.data[0]
}

function paged<Row extends { slug: string }, Item>(
  rows: readonly Row[],
  size: number,
  read: (row: Row) => Item,
): PageOf<Item> {
  const shown = rows.slice(0, size)
  const last = shown.at(-1)
  return { items: shown.map(read), next: rows.length > size && last ? encodeCursor([last.slug]) : null }
}

const within = (area: string) =>
  sql<boolean>`access.organisation.area in (select code from access.area where path @> ${[area]}::text[])`

/** Organisations by slug. @throws BadCursor */
export async function listOrganisations(
  tx: Tx,
  asked: Asked,
): Promise<PageOf<z.infer<typeof StoredOrganisation> & { id: string }>> {
  const rows = await tx.all(
    query
      .selectFrom('access.organisation')
      .innerJoin('directory.organisation', 'directory.organisation.id', 'access.organisation.id')
      .select(['access.organisation.id', 'access.organisation.slug', 'directory.organisation.profile'])
      .where('access.organisation.slug', '>', afterSlug(asked.after))
      .$if(asked.area !== undefined, (some) => some.where(within(asked.area ?? '')))
      .orderBy('access.organisation.slug')
      .limit(asked.size + 1),
  )
  return paged(rows, asked.size, (row) => ({ id: row.id, ...StoredOrganisation.parse(row.profile) }))
}

/** Places where services are given, by slug. @throws BadCursor */
export async function listLocations(
  tx: Tx,
  asked: Asked,
): Promise<PageOf<z.infer<typeof Location> & { id: string; organisation: string }>> {
  const rows = await tx.all(
    query
      .selectFrom('directory.location')
      .innerJoin('access.organisation', 'access.organisation.id', 'directory.location.organisation_id')
      .select([
        'directory.location.id',
        'directory.location.slug',
        'directory.location.details',
        'access.organisation.slug as organisation',
      ])
      .where('directory.location.slug', '>', afterSlug(asked.after))
      .$if(asked.area !== undefined, (some) =>
        some.where(
          sql<boolean>`directory.location.area in (select code from access.area where path @> ${[asked.area]}::text[])`,
        ),
      )
      .orderBy('directory.location.slug')
      .limit(asked.size + 1),
  )
  return paged(rows, asked.size, (row) => ({
    id: row.id,
    organisation: row.organisation,
    ...Location.parse(row.details),
  }))
}
