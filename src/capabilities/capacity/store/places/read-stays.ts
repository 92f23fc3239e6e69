import { sql } from 'kysely'
import type { Tx } from '../../../../platform/db/database.ts'
import type { Text } from '../../../../platform/i18n/text.ts'

/** A single place on a day, and who is in it as far as the actor may know. */
export interface PlaceToday {
  place: string
  stay:
    | {
        id: string
        person: string
        from: string
        until: string | undefined
        municipality: { slug: string; names: Text }
      }
    | undefined
}

/** The single places of an offer on a day, in their order. Only its operator's people see who is in them. */
export async function placesToday(tx: Tx, offer: string, day: string): Promise<PlaceToday[]> {
  const rows = await tx.all(
    sql<{
      place: string
      id: string | null
      person: string
      from: string
      until: string | null
      municipality: string
      names: Text
    }>`select p.label as place, s.id, s.person_key as person, lower(s.during) as from, upper(s.during) as until, m.slug as municipality, m.names
      from capacity.place p left join capacity.stay s on s.place_id = p.id and s.during @> ${day}::date
        left join access.organisation m on m.id = s.municipality_id
      where p.offer_id = ${offer} order by p.position`,
  )
  return rows.map((row) => ({
    place: row.place,
    stay:
      row.id === null
        ? undefined
        : {
            id: row.id,
            person: row.person,
            from: row.from,
            until: row.until ?? undefined,
            municipality: { slug: row.municipality, names: row.names },
          },
  }))
}

/** A stay or a waiting that the actor's own municipality pays for or asked for. */
export interface FollowedStay {
  id: string
  kind: 'stay' | 'waiting'
  person: string
  from: string
  until: string | undefined
  offer: { slug: string; names: Text; operator: Text }
  municipality: Text
}

/** The last one of a page of those whom a municipality follows. */
export type AfterFollowed = Pick<FollowedStay, 'kind' | 'from' | 'id'>

/** Where people of these municipalities (by id) live or wait today, as far as the actor may know: who waits first, then longest first. */
export async function followedStays(
  tx: Tx,
  municipalities: readonly string[],
  day: string,
  { after, limit }: { after: AfterFollowed | undefined; limit: number },
): Promise<{ stays: FollowedStay[]; next: AfterFollowed | undefined }> {
  const rows = await tx.all(
    sql<{
      id: string
      kind: 'stay' | 'waiting'
      person: string
      from: string
      until: string | null
      slug: string
      names: Text
      operator: Text
      municipality: Text
    }>`select known.id, known.kind, known.person, lower(known.during) as from, upper(known.during) as until, o.slug, o.names, w.names as operator, m.names as municipality
      from (
        select s.id, 'stay' as kind, s.person_key as person, s.during, s.offer_id, s.municipality_id from capacity.stay s
          where s.municipality_id = any (${[...municipalities]}::uuid[]) and s.during @> ${day}::date
        union all
        select t.id, 'waiting', t.person_key, t.during, t.offer_id, t.municipality_id from capacity.waiting t
          where t.municipality_id = any (${[...municipalities]}::uuid[]) and t.during @> ${day}::date) known
      join capacity.offer o on o.id = known.offer_id join access.organisation w on w.id = o.organisation_id join access.organisation m on m.id = known.municipality_id
      where ${after === undefined} or known.kind < ${after?.kind ?? ''} or (known.kind = ${after?.kind ?? ''} and (lower(known.during), known.id) > (${after?.from ?? null}::date, ${after?.id ?? null}::uuid))
      order by known.kind desc, lower(known.during), known.id limit ${limit + 1}`,
  )
  const stays = rows.slice(0, limit).map((row) => ({
    id: row.id,
    kind: row.kind,
    person: row.person,
    from: row.from,
    until: row.until ?? undefined,
    offer: { slug: row.slug, names: row.names, operator: row.operator },
    municipality: row.municipality,
  }))
  return { stays, next: rows.length > limit ? stays.at(-1) : undefined }
}
