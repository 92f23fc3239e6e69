import { sql } from 'kysely'
import type { Tx } from '../../../../platform/db/database.ts'
import type { OfferStanding } from './find-offers.ts'

/** Days in a row on which an offer stands alike. */
export interface StandingDays extends OfferStanding {
  from: string
  /** the first day that is no longer in it; undefined where it goes on */
  until: string | undefined
}

/**
 * How an offer stood, and will stand as far as it is known, between two days: from maintained totals. Days that are left out have nothing. How many wait
 * is told of the first day alone.
 */
export async function totalsOf(tx: Tx, offer: string, from: string, until: string): Promise<StandingDays[]> {
  const rows = await tx.all(
    sql<
      OfferStanding & { from: string; until: string }
    >`select from_day as from, until_day as until, approved, open, occupied, free, over,
        case when from_day <= ${from}::date then capacity.waiting_told(array[offer_id], ${from}::date) else 0 end as waiting
      from capacity.day_total where offer_id = ${offer} and from_day < ${until}::date and until_day > ${from}::date order by from_day`,
  )
  return rows.map((row) => ({ ...row, until: row.until === 'infinity' ? undefined : row.until }))
}

/** A change of the number of places, for the history of an offer. */
export interface PlacesPeriod {
  from: string
  until: string | undefined
  approved: number
  open: number
  reason: string
  adjustment: string | undefined
}

/** Every number of places an offer had, has, or will have; newest first. */
export async function placesHistory(tx: Tx, offer: string): Promise<PlacesPeriod[]> {
  const rows = await tx.all(
    sql<{
      from: string
      until: string | null
      approved: number
      open: number
      reason: string
      adjustment: string | null
    }>`
      select lower(during) as from, upper(during) as until, approved, open, reason, adjustment_id as adjustment
      from capacity.places where offer_id = ${offer} order by lower(during) desc`,
  )
  return rows.map((row) => ({ ...row, until: row.until ?? undefined, adjustment: row.adjustment ?? undefined }))
}

/** Full-time posts of an offer on a day; undefined where nobody has said. */
export async function postsOn(tx: Tx, offer: string, day: string): Promise<number | undefined> {
  const row = await tx.one(
    sql<{ posts: string }>`select posts from capacity.staffing where offer_id = ${offer} and during @> ${day}::date`,
  )
  return row === undefined ? undefined : Number(row.posts)
}
