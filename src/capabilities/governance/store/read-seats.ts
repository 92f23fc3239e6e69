import { sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'
import type { Text } from '../../../platform/i18n/text.ts'
import { type Seat, type Standing, seatsOf, standingOn, type Term } from '../rules/seats.ts'
import type { StoredBody } from './read-body.ts'

/** Who holds a seat: a name, an organisation, or both. */
export interface Mandate extends Term {
  id: string
  name: string | undefined
  organisation: { slug: string; names: Text } | undefined
}

/** A seat as it stands on a day. Where the reader may not know who sits in the body, it has no standing. */
export interface StandingSeat extends Seat {
  organisationNames: Text | undefined
  standing: Standing<Mandate> | undefined
}

/** The seats of these bodies on a day, in the order of their rules (GOV-1). @param day `2026-11-29` @returns by id of the body */
export async function seatsOn(
  tx: Tx,
  bodies: readonly StoredBody[],
  day: string,
): Promise<Map<string, StandingSeat[]>> {
  if (bodies.length === 0) return new Map()
  const ids = bodies.map(({ id }) => id)
  const known = await tx.all(sql<{ id: string }>`select b.id from governance.body b
    where b.id = any (${ids}::uuid[]) and governance.knows_members(b.id)`)
  const seats = await tx.all(
    query
      .selectFrom('governance.seat')
      .leftJoin('access.organisation', 'access.organisation.id', 'governance.seat.organisation_id')
      .select(['governance.seat.id', 'body_id', 'key', 'access.organisation.names'])
      .where('body_id', 'in', ids)
      .where('withdrawn', '=', false),
  )
  const mandates = Map.groupBy(await mandatesOf(tx, ids), ({ seat }) => seat)
  return new Map(
    bodies.map(({ id, profile }) => {
      const readable = known.some((one) => one.id === id)
      const own = new Map(seats.filter((seat) => seat.body_id === id).map((seat) => [seat.key, seat]))
      return [
        id,
        seatsOf(profile).map((seat) => {
          const stored = own.get(seat.key)
          return {
            ...seat,
            organisationNames: (stored?.names ?? undefined) as Text | undefined,
            standing: readable
              ? standingOn(
                  { optional: seat.rule.optional || seat.open, shared: seat.rule.shared || seat.open },
                  mandates.get(stored?.id ?? '') ?? [],
                  day,
                )
              : undefined,
          }
        }),
      ]
    }),
  )
}

function mandates() {
  return query
    .selectFrom('governance.mandate')
    .innerJoin('governance.seat', 'governance.seat.id', 'governance.mandate.seat_id')
    .leftJoin('access.organisation', 'access.organisation.id', 'governance.mandate.organisation_id')
    .select([
      'governance.mandate.id',
      'governance.seat.id as seat',
      'governance.seat.key',
      'governance.seat.body_id',
      'governance.mandate.name',
      'access.organisation.slug',
      'access.organisation.names',
      'governance.mandate.since',
      'governance.mandate.until',
    ])
    .orderBy('governance.mandate.since')
    .orderBy('governance.mandate.id')
}

type Row = Awaited<ReturnType<typeof rowsOf>>[number]
const rowsOf = (tx: Tx) => tx.all(mandates())

const mandate = (row: Row): Mandate => ({
  id: row.id,
  name: row.name ?? undefined,
  organisation: row.slug === null ? undefined : { slug: row.slug, names: row.names as Text },
  since: row.since,
  until: row.until ?? undefined,
})

async function mandatesOf(tx: Tx, bodies: readonly string[]): Promise<(Mandate & { seat: string })[]> {
  const rows = await tx.all(mandates().where('governance.seat.body_id', 'in', [...bodies]))
  return rows.map((row) => ({ ...mandate(row), seat: row.seat }))
}

/** One mandate with its seat and the id of its body; undefined when there is none, or the reader may not know it. */
export async function mandateById(
  tx: Tx,
  id: string,
): Promise<{ mandate: Mandate; seat: string; body: string } | undefined> {
  const row = await tx.one(mandates().where('governance.mandate.id', '=', id))
  return row && { mandate: mandate(row), seat: row.key, body: row.body_id }
}

/** Organisations that somebody in a body of this pack may come from, by slug. */
export async function organisationsIn(tx: Tx, pack: string): Promise<{ slug: string; names: Text }[]> {
  const rows = await tx.all(
    query.selectFrom('access.organisation').select(['slug', 'names']).where('pack', '=', pack).orderBy('slug'),
  )
  return rows.map(({ slug, names }) => ({ slug, names: names as Text }))
}
