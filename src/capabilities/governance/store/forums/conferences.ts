import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import { currentLocale } from '../../../../platform/i18n/speech.ts'
import { speak, Text } from '../../../../platform/i18n/text.ts'
import { ConferenceState, InvitationRule, ProgrammePoint } from '../../types/forums.ts'
import { bodyById, type StoredBody } from '../read-body.ts'

/** GOV-10: a conference or a dialogue forum. */
export interface Conference {
  id: string
  body: StoredBody
  title: Text
  about: Text
  place: string
  startsAt: Date
  endsAt: Date
  /** the last day on which somebody can answer */
  answerBy: string
  invites: InvitationRule[]
  programme: ProgrammePoint[]
  notes: Text | undefined
  state: ConferenceState
  /** why it was called off */
  cancelledWhy: string | undefined
  version: number
}

const columns = [
  'id',
  'body_id',
  'title',
  'about',
  'place',
  'starts_at',
  'ends_at',
  'answer_by',
  'invites',
  'programme',
  'notes',
  'state',
  'cancelled_why',
  'version',
] as const

type Row = NonNullable<Awaited<ReturnType<typeof rowOf>>>
const rowOf = (tx: Tx) => tx.one(query.selectFrom('governance.conference').select(columns))

const conference = (row: Row, body: StoredBody): Conference => ({
  id: row.id,
  body,
  title: Text.parse(row.title),
  about: Text.parse(row.about),
  place: row.place,
  startsAt: row.starts_at,
  endsAt: row.ends_at,
  answerBy: row.answer_by,
  invites: InvitationRule.array().parse(row.invites),
  programme: ProgrammePoint.array().parse(row.programme),
  notes: row.notes === null ? undefined : Text.parse(row.notes),
  state: ConferenceState.parse(row.state),
  cancelledWhy: row.cancelled_why ?? undefined,
  version: row.version,
})

/** The conference with this id, as far as the reader may see it: a draft is its secretariat's alone. */
export async function conferenceById(tx: Tx, id: string): Promise<Conference | undefined> {
  const row = await tx.one(query.selectFrom('governance.conference').select(columns).where('id', '=', id))
  const body = row && (await bodyById(tx, row.body_id))
  return row && body && conference(row, body)
}

/** Conferences of these bodies, the newest first, a hundred at most. */
export async function conferencesOf(tx: Tx, bodies: readonly StoredBody[]): Promise<Conference[]> {
  if (bodies.length === 0) return []
  const known = new Map(bodies.map((body) => [body.id, body]))
  const rows = await tx.all(
    query
      .selectFrom('governance.conference')
      .select(columns)
      .where('body_id', 'in', [...known.keys()])
      .orderBy('starts_at', 'desc')
      .orderBy('id', 'desc')
      .limit(100),
  )
  return rows.flatMap((row) => {
    const body = known.get(row.body_id)
    return body ? conference(row, body) : []
  })
}

/** Address and title of a conference for the thread; undefined for a draft that the reader may not see. */
export async function describeConference(tx: Tx, id: string): Promise<{ href: string; label: string } | undefined> {
  const row = await tx.one(query.selectFrom('governance.conference').select('title').where('id', '=', id))
  return row && { href: `/conferences/${id}`, label: speak(Text.parse(row.title), currentLocale()).words }
}

export interface NewConference {
  body: string
  title: Text
  about: Text
  place: string
  startsAt: Date
  endsAt: Date
  answerBy: string
  invites: readonly InvitationRule[]
  programme: readonly ProgrammePoint[]
  by: string
}

/** Stores a draft. */
export async function saveConference(tx: Tx, made: NewConference): Promise<string> {
  const row = await tx.one(
    query
      .insertInto('governance.conference')
      .values({
        body_id: made.body,
        title: JSON.stringify(made.title),
        about: JSON.stringify(made.about),
        place: made.place,
        starts_at: made.startsAt,
        ends_at: made.endsAt,
        answer_by: made.answerBy,
        invites: JSON.stringify(made.invites),
        programme: JSON.stringify(made.programme),
        made_by: made.by,
        made_at: tx.now,
        changed_at: tx.now,
      })
      .returning('id'),
  )
  if (!row) throw new Error('a conference was not stored')
  return row.id
}

/** Announces a draft. Announced already it stays so. @returns false where it was called off */
export async function saveAnnouncement(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.one(
    query
      .updateTable('governance.conference')
      .set({ state: 'announced', changed_at: tx.now })
      .where('id', '=', id)
      .where('state', '!=', 'cancelled')
      .returning('id'),
  )
  return row !== undefined
}

/** Calls an announced conference off. @returns false where it is not announced, or over */
export async function saveCancellation(tx: Tx, id: string, why: string): Promise<boolean> {
  const row = await tx.one(
    query
      .updateTable('governance.conference')
      .set({ state: 'cancelled', cancelled_why: why, changed_at: tx.now })
      .where('id', '=', id)
      .where('state', '=', 'announced')
      .where('ends_at', '>', tx.now)
      .returning('id'),
  )
  return row !== undefined
}

/** Who was invited by letter and has not said that they cannot come, with the language of their letters. */
export async function expectedAt(tx: Tx, id: string): Promise<{ email: string; locale: string | undefined }[]> {
  const rows = await tx.all(
    sql<{ email: string; locale: string | null }>`select distinct on (lower(i.email)) i.email, t.locale
      from governance.conference_invitation i
      left join governance.mandate_account t on t.mandate_id = i.mandate_id and t.untied_at is null
      where i.conference_id = ${id} and i.email is not null and i.answer is distinct from 'cannot' order by lower(i.email)`,
  )
  return rows.map(({ email, locale }) => ({ email, locale: locale ?? undefined }))
}

/** Programme and notes, where nobody changed them meanwhile. @returns false where somebody did */
export async function saveProgramme(
  tx: Tx,
  {
    id,
    version,
    programme,
    notes,
  }: { id: string; version: number; programme: readonly ProgrammePoint[]; notes: Text | undefined },
): Promise<boolean> {
  const row = await tx.one(
    query
      .updateTable('governance.conference')
      .set({
        programme: JSON.stringify(programme),
        notes: notes ? JSON.stringify(notes) : null,
        version: version + 1,
        changed_at: tx.now,
      })
      .where('id', '=', id)
      .where('version', '=', version)
      .returning('id'),
  )
  return row !== undefined
}

/** Somebody who is to be invited. */
export interface Guest {
  mandate: string
  name: string
  /** where they can be reached, where their mandate has an account */
  email: string | undefined
  locale: string | undefined
}

/** Who sits today where the rules say, and was not invited yet. @param day for the body, `2026-11-29` */
export async function guestsOf(tx: Tx, { id, invites, body }: Conference, day: string): Promise<Guest[]> {
  const rows = await tx.all(sql<{
    mandate: string
    name: string | null
    names: Text | null
    email: string | null
    locale: string | null
  }>`
    select distinct on (v.id) v.id as mandate, v.name, o.names, t.email, t.locale
    from jsonb_to_recordset(${JSON.stringify(invites)}::jsonb) as invited (body text, roles jsonb)
    join governance.body b on b.pack = ${body.pack} and invited.body in (b.slug, b.profile#>>'{together,slug}')
    cross join lateral jsonb_array_elements(b.profile->'seats') rule
    join governance.seat s on s.body_id = b.id and split_part(s.key, '/', 1) = rule->>'slug' and not s.withdrawn
    join governance.mandate v on v.seat_id = s.id and v.during @> ${day}::date
    left join access.organisation o on o.id = v.organisation_id
    left join governance.mandate_account t on t.mandate_id = v.id and t.untied_at is null
    where invited.roles ? (rule->>'role')
      and not exists (select from governance.conference_invitation i where i.conference_id = ${id} and i.mandate_id = v.id)
    order by v.id`)
  return rows.map(({ mandate, name, names, email, locale }) => ({
    mandate,
    name: name ?? (names ? speak(names, currentLocale()).words : ''),
    email: email ?? undefined,
    locale: locale ?? undefined,
  }))
}

/** Stores an invitation. @returns false where this mandate was invited meanwhile */
export async function saveInvitation(
  tx: Tx,
  conferenceId: string,
  guest: Guest,
  tokenHash: Buffer | undefined,
): Promise<boolean> {
  const row = await tx.one(
    query
      .insertInto('governance.conference_invitation')
      .values({
        conference_id: conferenceId,
        mandate_id: guest.mandate,
        name: guest.name,
        email: guest.email ?? null,
        token_hash: tokenHash ?? null,
        invited_at: tx.now,
      })
      .onConflict((clash) => clash.doNothing())
      .returning('id'),
  )
  return row !== undefined
}

export interface Invitation {
  id: string
  name: string
  email: string | undefined
  answer: string | undefined
  needs: string | undefined
  conference: string
}

const invitation = ['id', 'name', 'email', 'answer', 'needs', 'conference_id'] as const

/** Invitations to a conference, by name; its secretariat alone reads them. */
export async function invitationsTo(tx: Tx, id: string): Promise<Invitation[]> {
  const rows = await tx.all(
    query
      .selectFrom('governance.conference_invitation')
      .select(invitation)
      .where('conference_id', '=', id)
      .orderBy('name')
      .orderBy('id'),
  )
  return rows.map(toInvitation)
}

/** The invitation of a link, on the errand of that link. */
export async function invitationByHash(tx: Tx, hash: Buffer): Promise<Invitation | undefined> {
  const row = await tx.one(
    query.selectFrom('governance.conference_invitation').select(invitation).where('token_hash', '=', hash),
  )
  return row && toInvitation(row)
}

const toInvitation = (row: {
  id: string
  name: string
  email: string | null
  answer: string | null
  needs: string | null
  conference_id: string
}): Invitation => ({
  id: row.id,
  name: row.name,
  email: row.email ?? undefined,
  answer: row.answer ?? undefined,
  needs: row.needs ?? undefined,
  conference: row.conference_id,
})

/** What somebody answers; a later answer takes the place of an earlier one. */
export async function saveInvitationAnswer(
  tx: Tx,
  id: string,
  answer: string,
  needs: string | undefined,
): Promise<void> {
  await tx.all(
    query
      .updateTable('governance.conference_invitation')
      // a later answer comes later, also within one tick of the clock
      .set({
        answer,
        needs: needs ?? null,
        answered_at: sql`greatest(${tx.now}::timestamptz, answered_at + interval '1 microsecond')`,
      })
      .where('id', '=', id),
  )
}
