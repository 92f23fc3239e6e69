import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../../platform/db/database.ts'
import type { Text } from '../../../../platform/i18n/text.ts'
import { Body } from '../../types.ts'

/** What narrows a list of OParl: one thing, or a slice by when things were made and changed. */
export interface Slice {
  pack?: string | undefined
  id?: string | undefined
  createdSince?: Date | undefined
  createdUntil?: Date | undefined
  modifiedSince?: Date | undefined
  modifiedUntil?: Date | undefined
  /** id of the last thing of the page before */
  after?: string | undefined
  limit: number
}

/** When something was made and changed, of which pack it is, and whether it is gone. */
export interface Timed {
  id: string
  pack: string
  created: Date
  modified: Date
  deleted: boolean
}

/**
 * Rows of public bodies alone, whoever asks (GOV-3); nothing about people (GOV-13). What is gone is told where somebody asks what changed,
 * or for the thing itself.
 */
async function rowsOf<Row extends Timed>(tx: Tx, from: RawBuilder<Row>, slice: Slice): Promise<Row[]> {
  const { pack, id, createdSince, createdUntil, modifiedSince, modifiedUntil, after, limit } = slice
  const gone = id !== undefined || modifiedSince !== undefined
  return tx.all(
    sql<Row>`select * from (${from}) things
      where (${pack ?? null}::text is null or pack = ${pack ?? null})
        and (${id ?? null}::uuid is null or id = ${id ?? null}::uuid)
        and (${createdSince ?? null}::timestamptz is null or created >= ${createdSince ?? null}::timestamptz)
        and (${createdUntil ?? null}::timestamptz is null or created <= ${createdUntil ?? null}::timestamptz)
        and (${modifiedSince ?? null}::timestamptz is null or modified >= ${modifiedSince ?? null}::timestamptz)
        and (${modifiedUntil ?? null}::timestamptz is null or modified <= ${modifiedUntil ?? null}::timestamptz)
        and (${after ?? null}::uuid is null or id > ${after ?? null}::uuid)
        and (${gone} or not deleted)
      order by id limit ${limit}`,
  )
}

const isPublic = sql`b.profile->'public' = 'true'::jsonb`

export interface OrganizationRow extends Timed {
  profile: Body
}

/** Public bodies. */
export async function organizations(tx: Tx, slice: Slice): Promise<OrganizationRow[]> {
  const rows = await rowsOf<Timed & { profile: unknown }>(
    tx,
    sql`select b.id, b.pack, p.loaded_at as created, p.loaded_at as modified, false as deleted, b.profile
      from governance.body b join packs.pack p on p.id = b.pack where ${isPublic}`,
    slice,
  )
  return rows.map((row) => ({ ...row, profile: Body.parse(row.profile) }))
}

export interface TermRow extends Timed {
  /** of whom: one body, or bodies of one sort that are elected together */
  names: Text
  starts: string
  until: string
}

/** Election periods of public bodies; those of bodies that are elected together are one. */
export const terms = (tx: Tx, slice: Slice): Promise<TermRow[]> =>
  rowsOf<TermRow>(
    tx,
    sql`select distinct on (b.pack, g.slug, t.starts) md5(concat_ws('|', b.pack, g.slug, t.starts))::uuid as id, b.pack, p.loaded_at as created,
        p.loaded_at as modified, false as deleted, coalesce(b.profile->'together'->'names', b.profile->'names') as names, t.starts, t.until
      from governance.body b join packs.pack p on p.id = b.pack
      cross join lateral (select coalesce(b.profile->'together'->>'slug', b.slug) as slug) g
      cross join lateral jsonb_to_recordset(coalesce(b.profile->'terms', '[]')) t (starts text, until text)
      where ${isPublic} order by b.pack, g.slug, t.starts, b.slug`,
    slice,
  )

export interface MembershipRow extends Timed {
  name: string | null
  organisation: Text | null
  seat: string
  profile: Body
  since: string
  until: string | null
}

/** Who holds a seat of a public body: public by office, by name and organisation. */
export async function memberships(tx: Tx, slice: Slice): Promise<MembershipRow[]> {
  const rows = await rowsOf<Timed & Omit<MembershipRow, 'profile'> & { profile: unknown }>(
    tx,
    sql`select m.id, b.pack, m.given_at as created, m.given_at as modified, false as deleted, m.name, o.names as organisation, s.key as seat,
        b.profile, m.since, m.until
      from governance.mandate m join governance.seat s on s.id = m.seat_id join governance.body b on b.id = s.body_id
      left join access.organisation o on o.id = m.organisation_id where ${isPublic}`,
    slice,
  )
  return rows.map((row) => ({ ...row, profile: Body.parse(row.profile) }))
}

export interface MeetingRow extends Timed {
  body: string
  names: Text
  title: string | null
  locale: string
  starts_at: Date
  ends_at: Date | null
  place: string | null
  state: string
  agenda_published_at: Date | null
  invited_at: Date | null
  cancelled_why: string | null
  /** the newest approved version of its minutes */
  version: number | null
  approved_at: Date | null
}

/** Meetings of public bodies. */
export const meetings = (tx: Tx, slice: Slice, body?: string, placed = false): Promise<MeetingRow[]> =>
  rowsOf<MeetingRow>(
    tx,
    sql`select m.id, b.pack, m.created_at as created, m.changed_at as modified, false as deleted, b.slug as body, b.profile->'names' as names,
        m.title, m.locale, m.starts_at, m.ends_at, m.place, m.state, m.agenda_published_at, m.invited_at, m.cancelled_why, n.version, n.approved_at
      from governance.meeting m join governance.body b on b.id = m.body_id
      left join lateral (select version, approved_at from governance.minutes n where n.meeting_id = m.id order by version desc limit 1) n on true
      where ${isPublic} and (${body ?? null}::text is null or b.slug = ${body ?? null})
        and (not ${placed} or m.place is not null)`,
    slice,
  )

export interface ItemRow extends Timed {
  meeting: string
  body: string
  place: number
  title: string
  locale: string
  secret: boolean
  matter: string | null
  outcome: string | null
  decision: Text | null
}

/** Items of published agendas; never about people, and of confidential ones the headline alone. */
export const agendaItems = (tx: Tx, slice: Slice, meeting?: string, withMatter = false): Promise<ItemRow[]> =>
  rowsOf<ItemRow>(
    tx,
    sql`select i.id, b.pack, i.created_at as created, i.changed_at as modified, i.withdrawn_at is not null as deleted, m.id as meeting,
        b.slug as body, i.position as place, i.title, m.locale, i.secret_ground is not null as secret,
        case when t.published_at is not null then t.id end as matter,
        case when m.state = 'approved' then d.outcome end as outcome, case when m.state = 'approved' then d.title end as decision
      from governance.agenda_item i join governance.meeting m on m.id = i.meeting_id join governance.body b on b.id = m.body_id
      left join governance.matter t on t.id = i.matter_id
      left join governance.item_decision n on n.item_id = i.id left join governance.decision d on d.id = n.decision_id and not d.about_person
      where ${isPublic} and not i.about_person and m.agenda_published_at is not null and (${meeting ?? null}::uuid is null or m.id = ${meeting ?? null}::uuid)
        and (not ${withMatter} or t.published_at is not null)`,
    slice,
  )

export interface PaperRow extends Timed {
  title: Text
  kind: Text | null
  body: string
  body_public: boolean
  raised: string
  items: { item: string; meeting: string; body: string; decides: boolean }[]
}

/** Published matters, with the public agendas on which they stood. */
export const papers = (tx: Tx, slice: Slice): Promise<PaperRow[]> =>
  rowsOf<PaperRow>(
    tx,
    sql`select t.id, b.pack, t.raised_at as created, t.changed_at as modified, false as deleted, t.title,
        (select k->'names' from jsonb_array_elements(b.profile->'decidesOn') k where k->>'slug' = t.kind) as kind,
        b.slug as body, coalesce(${isPublic}, false) as body_public, (t.raised_at at time zone 'UTC')::date::text as raised,
        coalesce((select json_agg(json_build_object('item', i.id, 'meeting', m.id, 'body', g.slug, 'decides', i.kind is not null) order by i.id)
          from governance.agenda_item i join governance.meeting m on m.id = i.meeting_id join governance.body g on g.id = m.body_id
          where i.matter_id = t.id and not i.about_person and i.withdrawn_at is null and m.agenda_published_at is not null
            and g.profile->'public' = 'true'::jsonb), '[]') as items
      from governance.matter t join governance.body b on b.id = t.body_id where t.published_at is not null`,
    slice,
  )

export interface FileRow extends Timed {
  name: string
  type: string
  size: number
  item: string
  meeting: string
}

/** Papers of open items that are not confidential. */
export const files = (tx: Tx, slice: Slice, meeting?: string): Promise<FileRow[]> =>
  rowsOf<FileRow>(
    tx,
    sql`select f.id, b.pack, f.added_at as created, coalesce(f.withdrawn_at, f.added_at) as modified, f.withdrawn_at is not null as deleted,
        f.name, f.type, f.size, i.id as item, m.id as meeting
      from governance.agenda_paper f join governance.agenda_item i on i.id = f.item_id
      join governance.meeting m on m.id = i.meeting_id join governance.body b on b.id = m.body_id
      where ${isPublic} and not f.confidential and not i.about_person and i.secret_ground is null and m.agenda_published_at is not null
        and (${meeting ?? null}::uuid is null or m.id = ${meeting ?? null}::uuid)`,
    slice,
  )

/** The public body at this address, by its id. */
export async function organizationId(tx: Tx, slug: string): Promise<string | undefined> {
  const row = await tx.one(
    sql<{ id: string }>`select b.id from governance.body b where b.slug = ${slug} and ${isPublic}`,
  )
  return row?.id
}
