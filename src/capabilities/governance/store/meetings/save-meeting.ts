import { type SqlBool, sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import type { Locale } from '../../../../platform/i18n/text.ts'
import type { MeetingForm, MeetingState, MinutesContent, QuorumIs, Side } from '../../types/meetings.ts'

export interface NewMeeting {
  /** id of the body */
  body: string
  form: MeetingForm
  title: string | undefined
  locale: Locale
  startsAt: Date
  endsAt: Date | undefined
  place: string | undefined
  /** account */
  by: string
}

/** Stores a meeting that is planned. @returns its id */
export async function saveMeeting(tx: Tx, made: NewMeeting): Promise<string> {
  const row = await tx.one(
    query
      .insertInto('governance.meeting')
      .values({
        body_id: made.body,
        form: made.form,
        title: made.title ?? null,
        locale: made.locale,
        starts_at: made.startsAt,
        ends_at: made.endsAt ?? null,
        place: made.place ?? null,
        created_by: made.by,
        created_at: tx.now,
        changed_at: tx.now,
      })
      .returning('id'),
  )
  if (!row) throw new Error('a meeting was not stored')
  return row.id
}

/** Changes time and place of a meeting that has not been held. @returns false where somebody changed it meanwhile, or it is too late */
export async function saveMeetingChange(
  tx: Tx,
  id: string,
  version: number | undefined,
  change: Pick<NewMeeting, 'title' | 'startsAt' | 'endsAt' | 'place'>,
): Promise<boolean> {
  let update = query
    .updateTable('governance.meeting')
    .set({
      title: change.title ?? null,
      starts_at: change.startsAt,
      ends_at: change.endsAt ?? null,
      place: change.place ?? null,
      changed_at: tx.now,
    })
    .where('id', '=', id)
    .where('state', 'in', ['planned', 'invited'])
  if (version !== undefined) update = update.where(sql<SqlBool>`version = ${version}`)
  return (await tx.one(update.returning('id'))) !== undefined
}

/** Takes a meeting from one state to the next. @returns false where it stands otherwise by now */
export async function saveMeetingState(
  tx: Tx,
  id: string,
  from: readonly MeetingState[],
  to: MeetingState,
  more: { cancelledWhy?: string; quorum?: { is: QuorumIs; version: string } | undefined } = {},
): Promise<boolean> {
  const moment = {
    invited: { invited_at: tx.now },
    held: {
      held_at: tx.now,
      ...(more.quorum ? { quorum_is: more.quorum.is, quorum_version_id: more.quorum.version } : {}),
    },
    approved: { approved_at: tx.now },
    cancelled: { cancelled_why: more.cancelledWhy ?? '' },
    planned: {},
  }[to]
  const row = await tx.one(
    query
      .updateTable('governance.meeting')
      .set({ state: to, changed_at: tx.now, ...moment })
      .where('id', '=', id)
      .where('state', 'in', [...from])
      .returning('id'),
  )
  return row !== undefined
}

/** From here on everybody reads the agenda of a public body. @returns false where the meeting is over or off */
export async function publishAgendaOf(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.one(
    query
      .updateTable('governance.meeting')
      .set({ agenda_published_at: sql`coalesce(agenda_published_at, ${tx.now}::timestamptz)`, changed_at: tx.now })
      .where('id', '=', id)
      .where('state', 'not in', ['approved', 'cancelled'])
      .returning('id'),
  )
  return row !== undefined
}

/** Opens the next version of approved minutes. @returns false where they are open already */
export async function openCorrection(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.one(
    query
      .updateTable('governance.meeting')
      .set({ state: 'held', writing: sql`writing + 1`, changed_at: tx.now })
      .where('id', '=', id)
      .where('state', '=', 'approved')
      .returning('id'),
  )
  return row !== undefined
}

/** Keeps to whom a letter about the meeting went. @returns the addresses that had none before */
export async function saveInvitations(tx: Tx, meeting: string, emails: readonly string[]): Promise<string[]> {
  const rows = await tx.all(
    sql<{ email: string }>`insert into governance.invitation (meeting_id, email, sent_at)
      select ${meeting}::uuid, given.email, ${tx.now}::timestamptz
      from unnest(${[...emails]}::text[]) given (email) on conflict do nothing returning email`,
  )
  return rows.map(({ email }) => email)
}

/**
 * Puts everybody on the list of a meeting who holds a seat of the body on its day; whoever stands there already stays as they are.
 * Organisations that sit there without a name stand under their own, in the language of the meeting.
 */
export async function listMembers(tx: Tx, meeting: string, body: string, day: string, locale: Locale): Promise<void> {
  await tx.all(
    sql`insert into governance.attendance (meeting_id, seat_id, mandate_id, name)
      select ${meeting}::uuid, s.id, m.id, left(coalesce(m.name, o.names->>${locale}, o.names->>'en', o.slug), 200)
      from governance.seat s
      join governance.mandate m on m.seat_id = s.id and m.during @> ${day}::date
      left join access.organisation o on o.id = m.organisation_id
      where s.body_id = ${body} and not s.withdrawn
      on conflict do nothing`,
  )
}

/** Puts a guest, or somebody of one side of a dialogue, on the list. */
export async function addAttendant(tx: Tx, meeting: string, name: string, side: Side | undefined): Promise<boolean> {
  const row = await tx.one(
    query
      .insertInto('governance.attendance')
      .values({ meeting_id: meeting, name, side: side ?? null })
      .onConflict((clash) => clash.doNothing())
      .returning('id'),
  )
  return row !== undefined
}

export interface NewMinutes {
  meeting: string
  version: number
  content: MinutesContent
  closed: MinutesContent['items']
  approvedBy: 'chair' | 'meeting'
  approvedIn: string | undefined
  correction: string | undefined
  /** lexemes under which they are found */
  foundBy: readonly string[]
  by: string
}

/** Stores approved minutes: what everybody reads, and apart what those who were invited read. */
export async function saveMinutes(tx: Tx, made: NewMinutes): Promise<boolean> {
  const row = await tx.one(
    sql<{ version: number }>`insert into governance.minutes
        (meeting_id, version, content, approved_by, approved_in, correction, entered_by, approved_at, found_by)
      values (${made.meeting}, ${made.version}, ${JSON.stringify(made.content)}::jsonb, ${made.approvedBy}, ${made.approvedIn ?? null}::uuid,
        ${made.correction ?? null}, ${made.by}, ${tx.now}::timestamptz, array_to_tsvector(${[...made.foundBy]}::text[]))
      on conflict do nothing returning version`,
  )
  if (!row) return false
  if (made.closed.length > 0)
    tx.later(
      query.insertInto('governance.minutes_closed').values({
        meeting_id: made.meeting,
        version: made.version,
        content: JSON.stringify({ items: made.closed }),
      }),
    )
  return true
}
