import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../../platform/db/database.ts'
import type { KnownStay, OfferState } from '../../rules/places/judge-stays.ts'

/** Offers by slug as reports need them, as far as the reader runs them; others are not told from those that do not exist. */
export interface ReportedOffer extends OfferState {
  id: string
  slug: string
  timeZone: string
  operator: string
}

const held = (which: RawBuilder<unknown>) =>
  sql<HeldRow>`select o.id, o.slug, o.organisation_id as operator, (select manifest ->> 'timeZone' from packs.pack p where p.id = o.pack) as time_zone
    from capacity.offer o where ${which} order by o.id for no key update`

interface HeldRow {
  id: string
  slug: string
  operator: string
  time_zone: string | null
}

/**
 * Offers of these slugs with their places and stays, held until the end of the transaction: whoever reports for one of them at the same moment waits.
 * Only offers that the actor may change are found.
 */
export async function holdOffers(tx: Tx, slugs: readonly string[]): Promise<ReadonlyMap<string, ReportedOffer>> {
  return withStays(tx, await tx.all(held(sql`o.slug = any (${[...new Set(slugs)]}::text[])`)))
}

/** The same for every offer whose operator the actor works for. */
export async function holdOwnOffers(tx: Tx): Promise<ReadonlyMap<string, ReportedOffer>> {
  return withStays(tx, await tx.all(held(sql`o.id in (select capacity.own_offers())`)))
}

async function withStays(tx: Tx, offers: readonly HeldRow[]): Promise<ReadonlyMap<string, ReportedOffer>> {
  const ids = offers.map(({ id }) => id)
  const [periods, places, stays] = await Promise.all([
    tx.all(
      sql<{
        offer_id: string
        from: string
        until: string | null
        approved: number
      }>`select offer_id, lower(during) as from, upper(during) as until, approved
        from capacity.places where offer_id = any (${ids}::uuid[])`,
    ),
    tx.all(
      sql<{
        offer_id: string
        label: string
      }>`select offer_id, label from capacity.place where offer_id = any (${ids}::uuid[]) order by offer_id, position`,
    ),
    tx.all(
      sql<{
        offer_id: string
        id: string
        place: string
        municipality: string
        person: string
        from: string
        until: string | null
      }>`
        select s.offer_id, s.id, p.label as place, m.slug as municipality, s.person_key as person, lower(s.during) as from, upper(s.during) as until
        from capacity.stay s join capacity.place p on p.id = s.place_id join access.organisation m on m.id = s.municipality_id
        where s.offer_id = any (${ids}::uuid[])`,
    ),
  ])
  const by = <Row extends { offer_id: string }>(rows: readonly Row[]) => Map.groupBy(rows, ({ offer_id }) => offer_id)
  const [periodsBy, placesBy, staysBy] = [by(periods), by(places), by(stays)]
  return new Map(
    offers.map(({ id, slug, operator, time_zone }) => [
      slug,
      {
        id,
        slug,
        operator,
        timeZone: time_zone ?? 'UTC',
        periods: (periodsBy.get(id) ?? []).map(({ from, until, approved }) => ({
          from,
          until: until ?? undefined,
          approved,
        })),
        places: (placesBy.get(id) ?? []).map(({ label }) => label),
        stays: (staysBy.get(id) ?? []).map(({ until, ...stay }) => ({ ...stay, until: until ?? undefined })),
      },
    ]),
  )
}

/** Slugs of public organisations among these: those that may refer and pay. */
export async function payingAmong(tx: Tx, slugs: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.all(
    sql<{
      slug: string
    }>`select slug from access.organisation where kind = 'public' and slug = any (${[...new Set(slugs)]}::text[])`,
  )
  return new Set(rows.map(({ slug }) => slug))
}

export interface NewStay {
  offerId: string
  place: string
  /** slug */
  municipality: string
  person: string
  from: string
  until: string | undefined
  reason: string | undefined
}

/** Single places beyond those that are there, in their order. */
export async function insertPlaces(tx: Tx, places: readonly { offerId: string; label: string }[]): Promise<void> {
  if (places.length === 0) return
  await tx.all(
    sql`insert into capacity.place (offer_id, label, position)
      select n."offerId", n.label, coalesce((select max(p.position) from capacity.place p where p.offer_id = n."offerId"), 0)
        + row_number() over (partition by n."offerId" order by n.label::int)
      from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as n ("offerId" uuid, label text)`,
  )
}

/** Stores new stays. The database counts the days anew and refuses what the rules refuse. */
export async function insertStays(tx: Tx, stays: readonly NewStay[]): Promise<void> {
  if (stays.length === 0) return
  await tx.all(
    sql`insert into capacity.stay (offer_id, place_id, municipality_id, person_key, during, over_reason, reported_at)
      select n."offerId", p.id, m.id, n.person, daterange(n."from", n.until), n.reason, ${tx.now}
      from jsonb_to_recordset(${JSON.stringify(stays)}::jsonb)
        as n ("offerId" uuid, place text, municipality text, person text, "from" date, until date, reason text)
      join capacity.place p on p.offer_id = n."offerId" and p.label = n.place join access.organisation m on m.slug = n.municipality`,
  )
}

/** Gives known stays another last day. @returns ids of those that were changed */
export async function changeStays(
  tx: Tx,
  stays: readonly { id: string; until: string | undefined; reason?: string | undefined }[],
): Promise<string[]> {
  if (stays.length === 0) return []
  const rows = await tx.all(
    sql<{
      id: string
    }>`update capacity.stay s set during = daterange(lower(s.during), n.until), over_reason = coalesce(n.reason, s.over_reason), reported_at = ${tx.now}
      from jsonb_to_recordset(${JSON.stringify(stays)}::jsonb) as n (id uuid, until date, reason text) where s.id = n.id returning s.id`,
  )
  return rows.map(({ id }) => id)
}

/** Sets the last day of a stay; what it was before stays in the record, with the reason. @returns false where it ends sooner already */
export async function shortenStay(tx: Tx, id: string, until: string, reason: string | undefined): Promise<boolean> {
  const row = await tx.one(
    sql`update capacity.stay set during = daterange(lower(during), ${until}::date), change_reason = ${reason ?? null}, reported_at = ${tx.now}
      where id = ${id} and lower(during) < ${until}::date and (upper_inf(during) or upper(during) >= ${until}::date) returning id`,
  )
  return row !== undefined
}

/** May a stay still be taken back as a mistake? Soon after it was entered, and while no closed year holds it. */
export async function isWithdrawable(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.one(
    sql<{ may: boolean }>`select capacity.may_withdraw(s) as may from capacity.stay s where s.id = ${id}`,
  )
  return row?.may ?? false
}

/** A stay that never was. @returns the offer, undefined where the actor may not withdraw it @throws where it is too late for that */
export async function deleteStay(tx: Tx, id: string): Promise<{ offerId: string } | undefined> {
  return tx.one(sql<{ offerId: string }>`delete from capacity.stay where id = ${id} returning offer_id as "offerId"`)
}

/** A stay as its operator, or who pays for it, sees it. */
export interface SeenStay extends KnownStay {
  offer: { id: string; slug: string; operator: string; timeZone: string }
  reason: string | undefined
}

/** A stay that the actor may see. */
export async function stayById(tx: Tx, id: string): Promise<SeenStay | undefined> {
  const row = await tx.one(
    sql<{
      id: string
      place: string
      municipality: string
      person: string
      from: string
      until: string | null
      reason: string | null
      offer_id: string
      slug: string
      operator: string
      time_zone: string | null
    }>`
      select s.id, p.label as place, m.slug as municipality, s.person_key as person, lower(s.during) as from, upper(s.during) as until, s.over_reason as reason,
        o.id as offer_id, o.slug, o.organisation_id as operator, (select k.manifest ->> 'timeZone' from packs.pack k where k.id = o.pack) as time_zone
      from capacity.stay s join capacity.place p on p.id = s.place_id join access.organisation m on m.id = s.municipality_id join capacity.offer o on o.id = s.offer_id
      where s.id = ${id}`,
  )
  if (!row) return undefined
  const { offer_id, slug, operator, time_zone, until, reason, ...stay } = row
  return {
    ...stay,
    until: until ?? undefined,
    reason: reason ?? undefined,
    offer: { id: offer_id, slug, operator, timeZone: time_zone ?? 'UTC' },
  }
}
