import { sql } from 'kysely'
import type { Tx } from '../../../../platform/db/database.ts'
import type { Text } from '../../../../platform/i18n/text.ts'
import type { WaitingEnd } from '../../types/places.ts'

/** Somebody waits for a place, as the operator and the municipality that refers see it. */
export interface WaitingPerson {
  id: string
  person: string
  since: string
  /** the first day on which they no longer waited */
  until: string | undefined
  ended: WaitingEnd | undefined
  municipality: { id: string; slug: string; names: Text }
  offer: { id: string; slug: string; operator: string }
}

interface Row {
  id: string
  person: string
  since: string
  until: string | null
  ended: WaitingEnd | null
  municipality: string
  municipality_slug: string
  municipality_names: Text
  offer: string
  offer_slug: string
  operator: string
}

const columns = sql`w.id, w.person_key as person, lower(w.during) as since, upper(w.during) as until, w.ended, m.id as municipality, m.slug as municipality_slug,
  m.names as municipality_names, o.id as offer, o.slug as offer_slug, o.organisation_id as operator
  from capacity.waiting w join access.organisation m on m.id = w.municipality_id join capacity.offer o on o.id = w.offer_id`

const person = (row: Row): WaitingPerson => ({
  id: row.id,
  person: row.person,
  since: row.since,
  until: row.until ?? undefined,
  ended: row.ended ?? undefined,
  municipality: { id: row.municipality, slug: row.municipality_slug, names: row.municipality_names },
  offer: { id: row.offer, slug: row.offer_slug, operator: row.operator },
})

/** Who waits for an offer on a day, longest first, as far as the actor may know. */
export async function waitingFor(tx: Tx, offer: string, day: string): Promise<WaitingPerson[]> {
  const rows = await tx.all(
    sql<Row>`select ${columns} where w.offer_id = ${offer} and w.during @> ${day}::date order by lower(w.during), w.id`,
  )
  return rows.map(person)
}

/** One entry of a waiting list that the actor may see. */
export async function waitingById(tx: Tx, id: string): Promise<WaitingPerson | undefined> {
  const row = await tx.one(sql<Row>`select ${columns} where w.id = ${id}`)
  return row && person(row)
}

/** Puts somebody on the list. @returns undefined where the same person waits for this offer in that time already */
export async function insertWaiting(
  tx: Tx,
  entry: { offer: string; municipality: string; person: string; since: string },
): Promise<{ id: string } | undefined> {
  return tx.one(
    sql<{ id: string }>`insert into capacity.waiting (offer_id, municipality_id, person_key, during, reported_at)
      values (${entry.offer}, ${entry.municipality}, ${entry.person}, daterange(${entry.since}::date, null), ${tx.now})
      on conflict do nothing returning id`,
  )
}

/** Ends the waiting. @returns false where it has ended already, or would end before it began */
export async function endWaitingRow(tx: Tx, id: string, until: string, ended: WaitingEnd): Promise<boolean> {
  const row = await tx.one(
    sql`update capacity.waiting set during = daterange(lower(during), ${until}::date), ended = ${ended}, reported_at = ${tx.now}
      where id = ${id} and upper_inf(during) and lower(during) < ${until}::date returning id`,
  )
  return row !== undefined
}

/** Notes that a municipality asked for a place, without for whom. */
export async function insertReferral(
  tx: Tx,
  referral: { offer: string; municipality: string; on: string },
): Promise<{ id: string } | undefined> {
  return tx.one(
    sql<{ id: string }>`insert into capacity.referral (offer_id, municipality_id, referred_on)
      values (${referral.offer}, ${referral.municipality}, ${referral.on}::date) returning id`,
  )
}

/** The organisation of this slug that may refer and pay; undefined for all others. */
export async function payingOrganisation(tx: Tx, slug: string): Promise<{ id: string; names: Text } | undefined> {
  return tx.one(
    sql<{
      id: string
      names: Text
    }>`select id, names from access.organisation where slug = ${slug} and kind = 'public'`,
  )
}

/** Many referrals, and who waits since then, in two statements. */
export async function insertManyWaiting(
  tx: Tx,
  entries: readonly {
    offer: string
    municipality: string
    referredOn: string
    waiting: readonly { person: string; since: string }[]
  }[],
): Promise<void> {
  const named = sql`jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as n (offer text, municipality text, "referredOn" date, waiting jsonb)
    join capacity.offer o on o.slug = n.offer join access.organisation m on m.slug = n.municipality`
  await tx.all(
    sql`insert into capacity.referral (offer_id, municipality_id, referred_on) select o.id, m.id, n."referredOn" from ${named}`,
  )
  await tx.all(
    sql`insert into capacity.waiting (offer_id, municipality_id, person_key, during, reported_at)
      select o.id, m.id, w.person, daterange(w.since, null), ${tx.now} from ${named} cross join jsonb_to_recordset(n.waiting) as w (person text, since date)`,
  )
}
