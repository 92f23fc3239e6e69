import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import { Locale, type Text } from '../../../../platform/i18n/text.ts'
import type { PartyName } from '../../types/consultations.ts'

/** Where the secretariat reaches a party. */
export interface PartyAddress extends PartyName {
  id: string
  names: Text
  email: string
  locale: Locale
}

/** What these organisations have written down of where parties are reached, by the names of the parties. */
export async function addressesOf(tx: Tx, keepers: readonly string[]): Promise<PartyAddress[]> {
  if (keepers.length === 0) return []
  const rows = await tx.all(
    query
      .selectFrom('governance.party_address as a')
      .leftJoin('access.organisation as o', 'o.id', 'a.organisation_id')
      .leftJoin('governance.body as b', 'b.id', 'a.body_id')
      .select([
        'a.id',
        'a.email',
        'a.locale',
        'o.slug as organisation',
        'b.slug as body',
        sql<Text>`coalesce(o.names, b.profile -> 'names')`.as('names'),
      ])
      .where('a.keeper_id', 'in', [...keepers])
      .where('a.removed_at', 'is', null)
      .orderBy(sql`coalesce(o.slug, b.slug)`)
      .orderBy('a.email'),
  )
  return rows.map((row) => ({
    id: row.id,
    kind: row.organisation === null ? 'body' : 'organisation',
    slug: row.organisation ?? row.body ?? '',
    names: row.names,
    email: row.email,
    locale: Locale.parse(row.locale),
  }))
}

/** Writes an address down. @returns undefined where it stands there already, 'no-party' where there is none of that name */
export async function addAddress(
  tx: Tx,
  given: { keeper: string; party: PartyName; email: string; locale: Locale; by: string },
): Promise<{ id: string } | 'no-party' | undefined> {
  const { kind, slug } = given.party
  const party =
    kind === 'organisation'
      ? await tx.one(query.selectFrom('access.organisation').select('id').where('slug', '=', slug))
      : await tx.one(query.selectFrom('governance.body').select('id').where('slug', '=', slug))
  if (!party) return 'no-party'
  return tx.one(
    query
      .insertInto('governance.party_address')
      .values({
        keeper_id: given.keeper,
        organisation_id: kind === 'organisation' ? party.id : null,
        body_id: kind === 'body' ? party.id : null,
        email: given.email,
        locale: given.locale,
        recorded_by: given.by,
        recorded_at: tx.now,
      })
      .onConflict((clash) => clash.doNothing())
      .returning('id'),
  )
}

/** The organisation whose staff keep addresses, by its slug. */
export async function keeperBySlug(tx: Tx, slug: string): Promise<{ organisation: string } | undefined> {
  const row = await tx.one(query.selectFrom('access.organisation').select('id').where('slug', '=', slug))
  return row && { organisation: row.id }
}

/** An address with the organisation that keeps it. */
export async function addressById(tx: Tx, id: string): Promise<{ keeper: string } | undefined> {
  const row = await tx.one(query.selectFrom('governance.party_address').select('keeper_id').where('id', '=', id))
  return row && { keeper: row.keeper_id }
}

/** Takes an address out of use. @returns false where somebody was faster */
export async function removeAddress(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.one(
    query
      .updateTable('governance.party_address')
      .set({ removed_at: tx.now })
      .where('id', '=', id)
      .where('removed_at', 'is', null)
      .returning('id'),
  )
  return row !== undefined
}

/** Somebody to whom a letter about a consultation goes. */
export interface Reached {
  party: string
  email: string
  locale: Locale
}

/**
 * Everybody who is told of a consultation, by party: the addresses that the secretariat wrote down, and whoever sits for a party and has an account.
 * The same address of one party comes once. Needs the errand of the job, or the secretariat. @param day on which mandates are held
 */
export async function reachedBy(tx: Tx, consultation: string, day: string): Promise<Reached[]> {
  const rows = await tx.all(
    sql<Reached>`select distinct on (party, lower(email)) party, email, locale from (
        select p.id as party, a.email, a.locale, 1 as rank from governance.consultation_party p
          join governance.consultation c on c.id = p.consultation_id join governance.body b on b.id = c.body_id
          join governance.party_address a on a.keeper_id = b.organisation_id and a.removed_at is null
            and (a.organisation_id = p.organisation_id or a.body_id = p.body_id)
          where c.id = ${consultation}::uuid
        union all
        select p.id, t.email, t.locale, 2 from governance.consultation_party p
          join governance.consultation c on c.id = p.consultation_id
          join governance.seat s on s.body_id = coalesce(p.body_id, c.body_id)
          join governance.mandate m on m.seat_id = s.id and m.during @> ${day}::date
          join governance.mandate_account t on t.mandate_id = m.id and t.untied_at is null
          join governance.body b on b.id = s.body_id
          cross join lateral jsonb_array_elements(b.profile -> 'seats') rule
          where c.id = ${consultation}::uuid and rule ->> 'slug' = split_part(s.key, '/', 1) and rule ->> 'role' <> 'attendant'
            and (p.body_id is not null or p.organisation_id in (m.organisation_id, s.organisation_id))
      ) reached (party, email, locale, rank)
      order by party, lower(email), rank`,
  )
  return rows
}
