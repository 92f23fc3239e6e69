import { sql } from 'kysely'
import type { Tx } from '../../../../platform/db/database.ts'
import type { WaitingEnd } from '../../types/places.ts'

/** The offer on whose list stands who waits for a service: the first that has not closed. Undefined where there is none, or who refers is no public body. */
export async function awaitedOffer(
  tx: Tx,
  service: string,
  organisation: string,
): Promise<{ id: string; slug: string; timeZone: string } | undefined> {
  return tx.one(
    sql<{ id: string; slug: string; timeZone: string }>`
      select o.id, o.slug, coalesce(p.manifest->>'timeZone', 'UTC') as "timeZone"
      from capacity.offer o join packs.pack p on p.id = o.pack
      where o.service_id = ${service} and (o.closed is null or o.closed > ${tx.now}::date)
        and exists (select from access.organisation m where m.id = ${organisation} and m.kind = 'public')
      order by o.slug limit 1`,
  )
}

interface Entry {
  offer: string
  municipality: string
  /** a sign, never a name */
  person: string
  since: string
}

/** Puts somebody on the list of an offer. @returns undefined where they stand there already, or did */
export async function noteWaitingOf(tx: Tx, entry: Entry): Promise<string | undefined> {
  const row = await tx.one(
    sql<{ id: string }>`insert into capacity.waiting (offer_id, municipality_id, person_key, during, reported_at)
      select ${entry.offer}, ${entry.municipality}, ${entry.person}, daterange(${entry.since}::date, null), ${tx.now}
      where not exists (select from capacity.waiting w where w.offer_id = ${entry.offer} and w.person_key = ${entry.person})
      on conflict do nothing returning id`,
  )
  return row?.id
}

/** Ends their time on the list; who left on the day they came has waited one day. Jobs may come in another order than they were queued. */
export async function endWaitingOf(
  tx: Tx,
  entry: Entry & { on: string; how: WaitingEnd },
): Promise<string | undefined> {
  await noteWaitingOf(tx, entry)
  const row = await tx.one(
    sql<{ id: string }>`update capacity.waiting w
      set during = daterange(lower(w.during), greatest(${entry.on}::date, lower(w.during) + 1)), ended = ${entry.how}, reported_at = ${tx.now}
      where w.offer_id = ${entry.offer} and w.person_key = ${entry.person} and w.ended is null returning w.id`,
  )
  return row?.id
}
