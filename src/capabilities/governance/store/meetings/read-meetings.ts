import { type SqlBool, sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import { Locale, type Text } from '../../../../platform/i18n/text.ts'
import { MeetingForm, MeetingState } from '../../types/meetings.ts'
import { Body } from '../../types.ts'

/** A meeting as its readers see it. */
export interface Meeting {
  id: string
  form: MeetingForm
  title: string | undefined
  /** the language in which it is held */
  locale: Locale
  startsAt: Date
  endsAt: Date | undefined
  place: string | undefined
  state: MeetingState
  agendaPublishedAt: Date | undefined
  invitedAt: Date | undefined
  approvedAt: Date | undefined
  cancelledWhy: string | undefined
  /** the version of the minutes that is being written, or was approved last */
  writing: number
  opening: string | undefined
  createdAt: Date
  changedAt: Date
  version: number
  body: {
    id: string
    slug: string
    names: Text
    pack: string
    public: boolean
    example: boolean
    /** id */
    organisation: string
    organisationNames: Text
    timeZone: string
    profile: Body
  }
}

/** Where the next page of a list begins: moment and id of the last meeting shown. */
export type AfterMeeting = readonly [string, string]

function meetings() {
  return query
    .selectFrom('governance.meeting as m')
    .innerJoin('governance.body as b', 'b.id', 'm.body_id')
    .innerJoin('access.organisation as o', 'o.id', 'b.organisation_id')
    .innerJoin('packs.pack as p', 'p.id', 'b.pack')
    .selectAll('m')
    .select([
      'b.slug',
      'b.profile',
      'b.pack',
      'b.organisation_id',
      'o.names as organisation_names',
      sql<string | null>`p.manifest->>'timeZone'`.as('time_zone'),
    ])
}

type Row = NonNullable<Awaited<ReturnType<typeof rowOf>>>
const rowOf = (tx: Tx) => tx.one(meetings())

function meeting(row: Row): Meeting {
  const profile = Body.parse(row.profile)
  return {
    id: row.id,
    form: MeetingForm.parse(row.form),
    title: row.title ?? undefined,
    locale: Locale.parse(row.locale),
    startsAt: row.starts_at,
    endsAt: row.ends_at ?? undefined,
    place: row.place ?? undefined,
    state: MeetingState.parse(row.state),
    agendaPublishedAt: row.agenda_published_at ?? undefined,
    invitedAt: row.invited_at ?? undefined,
    approvedAt: row.approved_at ?? undefined,
    cancelledWhy: row.cancelled_why ?? undefined,
    writing: row.writing,
    opening: row.opening ?? undefined,
    createdAt: row.created_at,
    changedAt: row.changed_at,
    version: row.version,
    body: {
      id: row.body_id,
      slug: row.slug,
      names: profile.names,
      pack: row.pack,
      public: profile.public === true,
      example: profile.example,
      organisation: row.organisation_id,
      organisationNames: row.organisation_names as Text,
      timeZone: row.time_zone ?? 'UTC',
      profile,
    },
  }
}

/** The meeting with this id, as far as the reader may see it. */
export async function meetingById(tx: Tx, id: string): Promise<Meeting | undefined> {
  const row = await tx.one(meetings().where('m.id', '=', id))
  return row && meeting(row)
}

/** Narrows a list of meetings. */
export interface MeetingChoice {
  /** ids of bodies; none: no list */
  bodies?: readonly string[] | undefined
  pack?: string | undefined
  year?: number | undefined
  /** ids of meetings, such as those whose minutes hold some words */
  among?: readonly string[] | undefined
  /** organisations whose secretariat they are */
  organisations?: readonly string[] | undefined
  /** of public bodies alone, whoever asks: so that no public list looks different to anybody */
  publicOnly?: boolean | undefined
  since?: Date | undefined
  before?: Date | undefined
}

/** Meetings by their beginning. @param page.rising coming ones begin with the next; past ones with the last */
export async function listMeetings(
  tx: Tx,
  choice: MeetingChoice,
  page: { after?: AfterMeeting | undefined; limit: number; rising?: boolean },
): Promise<{ meetings: Meeting[]; next: AfterMeeting | undefined }> {
  let found = meetings()
  if (choice.publicOnly) found = found.where(sql<SqlBool>`b.profile->'public' = 'true'::jsonb`)
  if (choice.bodies) found = found.where(sql<SqlBool>`b.id = any (${[...choice.bodies]}::uuid[])`)
  if (choice.organisations)
    found = found.where(sql<SqlBool>`b.organisation_id = any (${[...choice.organisations]}::uuid[])`)
  if (choice.pack !== undefined) found = found.where('b.pack', '=', choice.pack)
  if (choice.among) found = found.where(sql<SqlBool>`m.id = any (${[...choice.among]}::uuid[])`)
  if (choice.year !== undefined)
    found = found
      .where('m.starts_at', '>=', new Date(Date.UTC(choice.year, 0, 1)))
      .where('m.starts_at', '<', new Date(Date.UTC(choice.year + 1, 0, 1)))
  if (choice.since) found = found.where('m.starts_at', '>=', choice.since)
  if (choice.before) found = found.where('m.starts_at', '<', choice.before)
  const { after, rising = false, limit } = page
  if (after)
    found = found.where(
      rising
        ? sql<SqlBool>`(m.starts_at, m.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`
        : sql<SqlBool>`(m.starts_at, m.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
    )
  const order = rising ? 'asc' : 'desc'
  const rows = await tx.all(
    found
      .orderBy('m.starts_at', order)
      .orderBy('m.id', order)
      .limit(limit + 1),
  )
  const shown = rows.slice(0, limit).map(meeting)
  const last = shown.at(-1)
  return { meetings: shown, next: rows.length > limit && last ? [last.startsAt.toISOString(), last.id] : undefined }
}

/** Years in which public bodies of a region met or will meet, newest first. */
export async function yearsWithMeetings(tx: Tx, pack: string | undefined): Promise<number[]> {
  const rows = await tx.all(
    sql<{ year: number }>`select distinct extract(year from m.starts_at at time zone 'UTC')::integer as year
      from governance.meeting m join governance.body b on b.id = m.body_id
      where b.profile->'public' = 'true'::jsonb and (${pack ?? null}::text is null or b.pack = ${pack ?? null}) order by year desc`,
  )
  return rows.map(({ year }) => year)
}
