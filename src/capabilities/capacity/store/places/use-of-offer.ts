import { sql } from 'kysely'
import type { Tx } from '../../../../platform/db/database.ts'
import type { Text } from '../../../../platform/i18n/text.ts'
import { addDays, firstOfMonth } from '../../rules/places/days.ts'
import { tellsUsers } from '../../rules/places/telling.ts'
import type { StoredOffer } from './read-offer.ts'
import { totalsOf } from './read-totals.ts'

/** A municipality, or another authority that refers, which an offer concerns, and why. Never how many people (CAP-2, CAP-3). */
export interface OfferUser {
  /** id of the organisation */
  id: string
  slug: string
  names: Text
  /** people of theirs live there in that time */
  residents: boolean
  waiting: boolean
  /** referred in that time, or in the months before it that the pack says */
  referred: boolean
}

/**
 * Who is affected by an offer between two days: people of theirs live there, wait, or were referred in the last months before. The operator is none
 * of them. Asked by the database past the policies of stays: nobody may see the rows, everybody may be told the names.
 * @param offer id @param from first day @param until first day that no longer counts
 */
export async function usersOf(tx: Tx, offer: string, from: string, until: string): Promise<OfferUser[]> {
  return tx.all(
    sql<OfferUser>`select o.id, o.slug, o.names, u.residents, u.waiting, u.referred
      from capacity.users_of(${offer}, ${from}::date, ${until}::date) u join access.organisation o on o.id = u.municipality_id order by o.slug`,
  )
}

/** Whose people live in an offer, as everybody is told. */
export interface ToldUsers {
  /** the day of which it is told */
  day: string
  /** undefined where the names would tell how many people each has */
  users: OfferUser[] | undefined
}

/**
 * CAP-2: whose people live there, as everybody is told: as of the first day of the month, so that nobody reads from one day to the next that
 * somebody moved in or left.
 */
export async function usersTold(
  tx: Tx,
  offer: Pick<StoredOffer, 'id' | 'threshold'>,
  today: string,
): Promise<ToldUsers> {
  const day = firstOfMonth(today)
  const [users, standing] = await Promise.all([
    usersOf(tx, offer.id, day, addDays(day, 1)),
    totalsOf(tx, offer.id, day, addDays(day, 1)),
  ])
  const residents = users.filter((user) => user.residents)
  return {
    day,
    users: tellsUsers(standing[0]?.occupied ?? 0, residents.length, offer.threshold) ? residents : undefined,
  }
}

/** Places of an offer as they are approved and open on a day; none where nothing is known. */
export async function placesOn(tx: Tx, offer: string, day: string): Promise<{ approved: number; open: number }> {
  const row = await tx.one(
    sql<{
      approved: number
      open: number
    }>`select approved, open from capacity.places where offer_id = ${offer} and during @> ${day}::date`,
  )
  return row ?? { approved: 0, open: 0 }
}

/** Approved places of an offer (by id) on a day. */
export const approvedPlaces = async (tx: Tx, offer: string, day: string): Promise<number> =>
  (await placesOn(tx, offer, day)).approved

/** CAP-2: is the offer (by id) in scope of the framework agreement on that day? */
export async function isInScope(tx: Tx, offer: string, day: string): Promise<boolean> {
  const row = await tx.one(sql<{ in_scope: boolean }>`select capacity.is_in_scope(${offer}, ${day}::date) as in_scope`)
  return row?.in_scope ?? false
}

/** CAP-3: is a change of places of an offer (by id) from that day on one in scope? The annex of that day decides; without one, use then or today. */
export async function isChangeInScope(tx: Tx, offer: string, day: string, today: string): Promise<boolean> {
  const row = await tx.one(
    sql<{ in_scope: boolean }>`select capacity.change_in_scope(${offer}, ${day}::date, ${today}::date) as in_scope`,
  )
  return row?.in_scope ?? false
}

/** How an offer stands to the framework agreement (CAP-2). */
export interface Scope {
  inScope: boolean
  /** stays of others propose it for the annex */
  proposed: boolean
  /** an annex is in force and decides; else the proposal stands in for it */
  annex: boolean
}

/** Whether an offer (by id) is in scope on a day, and why. */
export async function scopeOf(tx: Tx, offer: string, day: string): Promise<Scope> {
  const row = await tx.one(
    sql<{
      names: boolean | null
      used: boolean
    }>`select capacity.annex_names(${offer}, ${day}::date) as names, capacity.used_by_others(${offer}, ${day}::date) as used`,
  )
  const { names = null, used = false } = row ?? {}
  return { inScope: names ?? used, proposed: used, annex: names !== null }
}
