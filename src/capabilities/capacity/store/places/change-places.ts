import { sql } from 'kysely'
import type { Tx } from '../../../../platform/db/database.ts'

export interface NewPlaces {
  /** id */
  offer: string
  /** the first day on which the numbers hold, until the next change that is known already */
  from: string
  /** the first day from which all is as before; undefined: until the next change that is known already */
  until?: string | undefined
  approved: number
  open: number
  reason: string
  /** id of the adjustment that carries the number; undefined where none is needed */
  adjustment?: string | undefined
}

/**
 * The one way to another number of places; single places are made as they are needed. Ask the rules first: what they refuse is an error here.
 * @throws the refusal of the database: not the operator; in scope and no adjustment, or closed for too long; an adjustment that does not carry this number
 */
export async function changePlaces(tx: Tx, to: NewPlaces): Promise<void> {
  await tx.all(
    sql`select capacity.change_places(${to.offer}, ${to.from}::date, ${to.approved}, ${to.open}, ${to.reason}, ${to.adjustment ?? null}, ${to.until ?? null}::date)`,
  )
}

/** The same for many, one after the other in the order given, in one statement. */
export async function changeManyPlaces(
  tx: Tx,
  changes: readonly Omit<NewPlaces, 'adjustment' | 'until'>[],
): Promise<void> {
  await tx.all(
    sql`select capacity.change_places(n.offer, n."from", n.approved, n.open, n.reason)
      from jsonb_array_elements(${JSON.stringify(changes)}::jsonb) with ordinality as given (change, at),
        jsonb_to_record(given.change) as n (offer uuid, "from" date, approved int, open int, reason text) order by given.at`,
  )
}

/** The end of an offer from a day on, by the same rules. @throws the refusal of the database, as `changePlaces` does */
export async function closeOffer(
  tx: Tx,
  closure: { offer: string; from: string; reason: string; adjustment?: string | undefined },
): Promise<void> {
  await tx.all(
    sql`select capacity.close_offer(${closure.offer}, ${closure.from}::date, ${closure.reason}, ${closure.adjustment ?? null})`,
  )
}
