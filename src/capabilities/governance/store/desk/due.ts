import { sql } from 'kysely'
import type { Tx } from '../../../../platform/db/database.ts'
import { Text } from '../../../../platform/i18n/text.ts'

/** GOV-11: one thing that waits for a secretariat. */
export interface Due {
  id: string
  /** what it is called; undefined: as its body is */
  title: Text | string | undefined
  /** the body that it concerns */
  body: { slug: string; names: Text }
  /** when it is due, or how long it waits; a day or a moment */
  at: Date | string | undefined
  /** further facts, by kind */
  detail: string | undefined
}

interface Row {
  id: string
  title: unknown
  slug: string
  names: Text
  at: Date | string | null
  detail: string | null
}

const due = ({ id, title, slug, names, at, detail }: Row): Due => ({
  id,
  title: typeof title === 'string' ? title : title === null ? undefined : Text.parse(title),
  body: { slug, names },
  at: at ?? undefined,
  detail: detail ?? undefined,
})

/** At most so many lines of one kind: more would be no list of what to do. */
const most = 50

type Organisations = readonly string[]
const body = sql`b.slug, b.profile->'names' as names`
const own = (organisations: Organisations) => sql`b.organisation_id = any (${organisations}::uuid[])`

/** Meetings to be prepared, the next first. @param detail whether their agenda is published */
export async function meetingsToPrepare(tx: Tx, organisations: Organisations, until: Date): Promise<Due[]> {
  const rows = await tx.all(sql<Row>`
    select m.id, to_jsonb(m.title) as title, ${body}, m.starts_at as at,
      case when m.agenda_published_at is null then 'no-agenda' when m.state = 'planned' then 'not-invited' end as detail
    from governance.meeting m join governance.body b on b.id = m.body_id
    where ${own(organisations)} and m.state in ('planned', 'invited') and m.starts_at < ${until} order by m.starts_at, m.id limit ${most}`)
  return rows.map(due)
}

/** Meetings that were held and whose minutes nobody has approved, the oldest first. */
export async function minutesToApprove(tx: Tx, organisations: Organisations): Promise<Due[]> {
  const rows = await tx.all(sql<Row>`
    select m.id, to_jsonb(m.title) as title, ${body}, m.starts_at as at, null as detail
    from governance.meeting m join governance.body b on b.id = m.body_id
    where ${own(organisations)} and m.state = 'held' order by m.starts_at, m.id limit ${most}`)
  return rows.map(due)
}

/** Consultations that run, that wait to be confirmed or published, and drafts. @param detail their state */
export async function consultationsOnTheirWay(tx: Tx, organisations: Organisations): Promise<Due[]> {
  const rows = await tx.all(sql<Row>`
    select c.id, c.title, ${body}, c.closes_at as at, c.state as detail
    from governance.consultation c join governance.body b on b.id = c.body_id
    where ${own(organisations)} and c.state in ('draft', 'open', 'closed', 'confirmed') order by c.closes_at nulls last, c.id limit ${most}`)
  return rows.map(due)
}

/** Conferences that nobody has announced. */
export async function conferenceDrafts(tx: Tx, organisations: Organisations): Promise<Due[]> {
  const rows = await tx.all(sql<Row>`
    select c.id, c.title, ${body}, c.starts_at as at, null as detail
    from governance.conference c join governance.body b on b.id = c.body_id
    where ${own(organisations)} and c.state = 'draft' order by c.starts_at, c.id limit ${most}`)
  return rows.map(due)
}

/** Mandates that end in these days, where nobody holds the seat afterwards. @param from the first of the days, `2026-11-29` */
export async function mandatesThatEnd(
  tx: Tx,
  organisations: Organisations,
  from: string,
  until: string,
): Promise<Due[]> {
  const rows = await tx.all(sql<Row>`
    select v.id, to_jsonb(v.name) as title, ${body}, v.until::text as at, s.key as detail
    from governance.mandate v join governance.seat s on s.id = v.seat_id join governance.body b on b.id = s.body_id
    where ${own(organisations)} and v.until between ${from}::date and ${until}::date and not s.withdrawn
      and not exists (select from governance.mandate n where n.seat_id = s.id and n.since > v.until)
    order by v.until, v.id limit ${most}`)
  return rows.map(due)
}

/** Questions of authorities without an answer, the oldest first. */
export async function openQuestions(tx: Tx, organisations: Organisations): Promise<Due[]> {
  const rows = await tx.all(sql<Row>`
    select q.id, q.title, ${body}, q.asked_at as at, null as detail
    from governance.question q join governance.body b on b.id = q.body_id
    where ${own(organisations)} and q.answered_at is null and q.withdrawn_at is null order by q.asked_at, q.id limit ${most}`)
  return rows.map(due)
}

/** Central requests whose joint answer was not sent, the most urgent first. */
export async function openRequests(tx: Tx, organisations: Organisations): Promise<Due[]> {
  const rows = await tx.all(sql<Row>`
    select r.id, r.title, ${body}, r.reply_due::text as at, null as detail
    from governance.central_request r join governance.body b on b.id = r.body_id
    where ${own(organisations)} and not exists (select from governance.central_reply a where a.request_id = r.id and a.sent_at is not null)
    order by r.reply_due, r.id limit ${most}`)
  return rows.map(due)
}

/** Recommendations to bodies of these secretariats that nobody has answered, the oldest first. */
export async function unansweredRecommendations(tx: Tx, organisations: Organisations): Promise<Due[]> {
  const rows = await tx.all(sql<Row>`
    select r.id, r.title, ${body}, r.recommended_on::text as at, null as detail
    from governance.recommendation_to t join governance.recommendation r on r.id = t.recommendation_id join governance.body b on b.id = t.body_id
    where ${own(organisations)} and not exists (
      select from governance.recommendation_answer a where a.recommendation_id = r.id and a.body_id = b.id)
    order by r.recommended_on, r.id limit ${most}`)
  return rows.map(due)
}

/**
 * Agreements that some party has not ratified, for whoever keeps them and for the parties themselves.
 * @returns the id is the address of the agreement, the detail how many are missing, the body one of them
 */
export async function missingRatifications(tx: Tx, organisations: Organisations): Promise<Due[]> {
  const rows = await tx.all(sql<Row>`
    select a.slug as id, a.title, (array_agg(b.slug order by b.slug))[1] as slug, (array_agg(b.profile->'names' order by b.slug))[1] as names,
      a.ratify_by::text as at, count(*)::text as detail
    from governance.framework_agreement a
    cross join lateral governance.framework_bodies(a, 'ratifiedBy') party
    join governance.body b on b.id = party.body_id
    where a.state = 'ratification' and (${own(organisations)} or a.organisation_id = any (${organisations}::uuid[]))
      and governance.framework_ratified(a.id, b.id, a.round) is null
    group by a.id order by a.ratify_by, a.slug limit ${most}`)
  return rows.map(due)
}
