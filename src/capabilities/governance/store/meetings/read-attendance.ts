import { sql } from 'kysely'
import type { Tx } from '../../../../platform/db/database.ts'
import { Locale, type Text } from '../../../../platform/i18n/text.ts'
import { Presence, QuorumIs, type QuorumRule, Side, Vote } from '../../types/meetings.ts'

/** Somebody who belongs to a meeting, or came to it. */
export interface Attendant {
  id: string
  name: string
  /** key of the seat; a guest has none */
  seat: string | undefined
  side: Side | undefined
  organisation: Text | undefined
  presence: Presence
  proxy: string | undefined
  votes: boolean
}

/** Who belongs to a meeting, in the order of the seats; nobody where the reader may not know. */
export async function attendanceOf(tx: Tx, meeting: string): Promise<Attendant[]> {
  const rows = await tx.all(
    sql<{
      id: string
      name: string
      key: string | null
      side: string | null
      names: Text | null
      presence: string
      proxy: string | null
      votes: boolean
    }>`select a.id, a.name, s.key, a.side, o.names, a.presence, a.proxy, a.votes
      from governance.attendance a
      left join governance.seat s on s.id = a.seat_id
      left join governance.mandate m on m.id = a.mandate_id
      left join access.organisation o on o.id = coalesce(m.organisation_id, s.organisation_id)
      where a.meeting_id = ${meeting} order by a.votes desc, s.key nulls last, a.side, a.name, a.id`,
  )
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    seat: row.key ?? undefined,
    side: row.side === null ? undefined : Side.parse(row.side),
    organisation: row.names ?? undefined,
    presence: Presence.parse(row.presence),
    proxy: row.proxy ?? undefined,
    votes: row.votes,
  }))
}

/** How many votes there are, how many of them are here, and whether that is enough; undefined: nobody knows. */
export async function quorumOf(
  tx: Tx,
  meeting: string,
): Promise<{ here: number; seats: number; quorum: boolean | undefined; rule: QuorumRule | undefined }> {
  const row = await tx.one(
    sql<{ here: number; seats: number; quorum: boolean | null; is: string | null; source: string | null }>`
      select n.here, n.seats, governance.has_quorum(${meeting}) as quorum, coalesce(b.profile->>'quorumIs', m.quorum_is) as is,
        case when b.profile ? 'quorumIs' then null else v.content->'source'->>'title' end as source
      from governance.votes_here(${meeting}) n left join governance.meeting m on m.id = ${meeting} left join governance.body b on b.id = m.body_id
      left join governance.rule_version v on v.id = m.quorum_version_id`,
  )
  const is = QuorumIs.safeParse(row?.is).data
  return {
    here: row?.here ?? 0,
    seats: row?.seats ?? 0,
    quorum: row?.quorum ?? undefined,
    rule: is && { is, source: row?.source ?? null },
  }
}

/** Who has a conflict of interest, by item. */
export async function conflictsOf(
  tx: Tx,
  meeting: string,
): Promise<Map<string, { attendant: string; name: string; ground: string }[]>> {
  const rows = await tx.all(
    sql<{ item: string; attendant: string; name: string; ground: string }>`
      select c.item_id as item, c.attendance_id as attendant, a.name, c.ground
      from governance.conflict c join governance.attendance a on a.id = c.attendance_id
      where a.meeting_id = ${meeting} order by a.name`,
  )
  return Map.groupBy(rows, ({ item }) => item)
}

/** How everybody voted on an item, by id of the attendant. */
export async function votesOf(tx: Tx, item: string): Promise<Map<string, Vote>> {
  const rows = await tx.all(
    sql<{
      attendant: string
      vote: string
    }>`select attendance_id as attendant, vote from governance.vote where item_id = ${item}`,
  )
  return new Map(rows.map(({ attendant, vote }) => [attendant, Vote.parse(vote)]))
}

/** Tasks that a meeting gave. */
export interface Task {
  id: string
  item: string | undefined
  title: string
  owner: string
  due: string
  doneOn: string | undefined
}

/** The tasks of a meeting by their day. */
export async function tasksOf(tx: Tx, meeting: string): Promise<Task[]> {
  const rows = await tx.all(
    sql<{ id: string; item_id: string | null; title: string; owner: string; due: string; done_on: string | null }>`
      select id, item_id, title, owner, due, done_on from governance.task where meeting_id = ${meeting} order by due, id`,
  )
  return rows.map((row) => ({
    id: row.id,
    item: row.item_id ?? undefined,
    title: row.title,
    owner: row.owner,
    due: row.due,
    doneOn: row.done_on ?? undefined,
  }))
}

/** Tasks that are not done, of all meetings of these organisations' bodies, the most urgent first. */
export async function openTasksOf(
  tx: Tx,
  organisations: readonly string[],
): Promise<(Task & { meeting: string; body: Text })[]> {
  const rows = await tx.all(
    sql<{
      id: string
      meeting_id: string
      item_id: string | null
      title: string
      owner: string
      due: string
      names: Text
    }>`
      select t.id, t.meeting_id, t.item_id, t.title, t.owner, t.due, b.profile->'names' as names
      from governance.task t join governance.meeting m on m.id = t.meeting_id join governance.body b on b.id = m.body_id
      where t.done_on is null and b.organisation_id = any (${[...organisations]}::uuid[]) order by t.due, t.id limit 200`,
  )
  return rows.map((row) => ({
    id: row.id,
    item: row.item_id ?? undefined,
    title: row.title,
    owner: row.owner,
    due: row.due,
    doneOn: undefined,
    meeting: row.meeting_id,
    body: row.names,
  }))
}

/** Addresses to which letters about this meeting went, or those of the last meeting of the same body. */
export async function invitedTo(tx: Tx, meeting: string): Promise<string[]> {
  const rows = await tx.all(
    sql<{ email: string }>`select email from governance.invitation where meeting_id = ${meeting} order by email`,
  )
  return rows.map(({ email }) => email)
}

/**
 * Addresses that the secretariat has entered for who sits in the body on a day, each with the language of its letters; as far as the reader keeps
 * the body (GOV-1, GOV-3).
 */
export async function addressesOfMembers(
  tx: Tx,
  body: string,
  day: string,
): Promise<{ email: string; locale: Locale | undefined }[]> {
  const rows = await tx.all(
    sql<{ email: string; locale: string }>`select distinct on (lower(t.email)) lower(t.email) as email, t.locale
      from governance.mandate_account t join governance.mandate m on m.id = t.mandate_id join governance.seat s on s.id = m.seat_id
      where s.body_id = ${body} and not s.withdrawn and m.during @> ${day}::date and t.untied_at is null
      order by lower(t.email), t.tied_at desc`,
  )
  return rows.map(({ email, locale }) => ({ email, locale: Locale.safeParse(locale).data }))
}

/** To whom letters went about the last meeting of the body before this one. */
export async function invitedBefore(tx: Tx, body: string, before: Date): Promise<string[]> {
  const rows = await tx.all(
    sql<{ email: string }>`select i.email from governance.invitation i where i.meeting_id = (
        select m.id from governance.meeting m where m.body_id = ${body} and m.starts_at < ${before}::timestamptz
          and exists (select from governance.invitation e where e.meeting_id = m.id)
        order by m.starts_at desc limit 1) order by i.email`,
  )
  return rows.map(({ email }) => email)
}

/** Ids of those who have voted at a meeting: they were there. */
export async function votersOf(tx: Tx, meeting: string): Promise<Set<string>> {
  const rows = await tx.all(
    sql<{ id: string }>`select distinct v.attendance_id as id from governance.vote v
      join governance.attendance a on a.id = v.attendance_id where a.meeting_id = ${meeting}`,
  )
  return new Set(rows.map(({ id }) => id))
}

/** Has this item been decided? */
export async function isDecided(tx: Tx, item: string): Promise<boolean> {
  return (
    (await tx.one(
      sql<{ item: string }>`select item_id as item from governance.item_decision where item_id = ${item}`,
    )) !== undefined
  )
}
