import { sql } from 'kysely'
import type { Tx } from '../../../../platform/db/database.ts'
import { Locale } from '../../../../platform/i18n/text.ts'

/** Approved places of all offers of a municipality or region (id) on a day, and the language in which its region writes. */
export interface PlacesOfOperator {
  organisation: string
  language: Locale
  day: string
  places: number
}

/** Municipalities and regions that run offers, with their approved places on a day. */
export async function placesByOperator(tx: Tx, day: string): Promise<PlacesOfOperator[]> {
  const rows = await tx.all(sql<{ organisation: string; language: string | null; places: number }>`
    select o.organisation_id as organisation, p.manifest->'languages'->>0 as language, sum(n.approved)::integer as places
    from capacity.offer o join access.organisation own on own.id = o.organisation_id join capacity.places n on n.offer_id = o.id join packs.pack p on p.id = o.pack
    where own.kind = 'public' and n.during @> ${day}::date group by 1, 2 order by 1`)
  return rows.map(({ language, ...row }) => ({ ...row, day, language: Locale.safeParse(language).data ?? 'en' }))
}
