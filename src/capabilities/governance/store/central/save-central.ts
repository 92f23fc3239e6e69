import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import { Text } from '../../../../platform/i18n/text.ts'
import type { Known } from '../../rules/central/judge-answers.ts'
import { CentralAnswers, type CentralField, type KnownFigure, type Prefilled } from '../../types/central.ts'

export interface NewCentralRequest {
  pack: string
  body: string
  askedBy: string
  replyTo: string
  askedOn: string
  title: Text
  words: Text | undefined
  fields: readonly CentralField[]
  answersDue: string
  replyDue: string
  by: string
}

/** Stores a request. */
export async function saveCentralRequest(tx: Tx, made: NewCentralRequest): Promise<string> {
  const row = await tx.one(
    query
      .insertInto('governance.central_request')
      .values({
        pack: made.pack,
        body_id: made.body,
        asked_by: made.askedBy,
        reply_to: made.replyTo,
        asked_on: made.askedOn,
        title: JSON.stringify(made.title),
        words: made.words ? JSON.stringify(made.words) : null,
        fields: JSON.stringify(made.fields),
        answers_due: made.answersDue,
        reply_due: made.replyDue,
        opened_by: made.by,
        opened_at: tx.now,
      })
      .returning('id'),
  )
  if (!row) throw new Error('the central request was not stored')
  return row.id
}

/** Puts the request to municipalities, each with what is known of it. */
export async function saveQuestionnaires(
  tx: Tx,
  request: string,
  asked: readonly { organisation: string; prefilled: Prefilled }[],
): Promise<void> {
  await tx.all(
    query.insertInto('governance.central_answer').values(
      asked.map(({ organisation, prefilled }) => ({
        request_id: request,
        organisation_id: organisation,
        answers: JSON.stringify(Object.fromEntries(Object.entries(prefilled).map(([id, { value }]) => [id, value]))),
        prefilled: JSON.stringify(prefilled),
      })),
    ),
  )
}

/** Municipalities and regions of a pack: organisations that have a council. Where slugs are given, these alone. */
export async function councilOrganisations(
  tx: Tx,
  pack: string,
  slugs: readonly string[] | undefined,
): Promise<{ id: string; slug: string }[]> {
  const councils = query
    .selectFrom('access.organisation as o')
    .select(['o.id', 'o.slug'])
    .where('o.pack', '=', pack)
    .orderBy('o.slug')
  return tx.all(
    slugs
      ? councils.where('o.slug', 'in', [...slugs])
      : councils.where(
          sql<boolean>`exists (select from governance.body b where b.organisation_id = o.id and b.profile->>'kind' = 'council')`,
        ),
  )
}

/** What each organisation sent last, in an earlier request of the pack, as far as the reader may see it. */
export async function lastAnswers(tx: Tx, pack: string): Promise<Map<string, Known>> {
  const rows = await tx.all(
    sql<{ organisation_id: string; answers: unknown; title: unknown; sent_on: string }>`
      select distinct on (a.organisation_id) a.organisation_id, a.answers, r.title, a.sent_at::date::text as sent_on
      from governance.central_answer a join governance.central_request r on r.id = a.request_id
      where r.pack = ${pack} and a.sent_at is not null order by a.organisation_id, a.sent_at desc`,
  )
  return new Map(
    rows.map(({ organisation_id: organisation, answers, title, sent_on: sentOn }) => {
      const text = Text.parse(title)
      const words = text.da ?? text.de ?? text.uk ?? text.en ?? ''
      return [organisation, { answers: CentralAnswers.parse(answers), from: `${words}, ${sentOn}` }]
    }),
  )
}

/** The newest figures that are known of these organisations, by organisation and name. */
export async function figuresOf(
  tx: Tx,
  organisations: readonly string[],
): Promise<Map<string, Map<string, { value: string; source: string }>>> {
  const rows = await tx.all(
    sql<{ organisation_id: string; name: string; value: string; source: string; on_day: string }>`
      select distinct on (organisation_id, name) organisation_id, name, value, source, on_day::text
      from governance.known_figure where organisation_id = any(${[...organisations]}::uuid[])
      order by organisation_id, name, on_day desc`,
  )
  const found = new Map<string, Map<string, { value: string; source: string }>>()
  for (const { organisation_id: organisation, name, value, source, on_day: day } of rows) {
    const own = found.get(organisation) ?? new Map()
    found.set(organisation, own.set(name, { value, source: `${source}, ${day}` }))
  }
  return found
}

/** Which figures are known of organisations of these packs, each with the words in which it was told last, as far as the reader may see them. */
export async function figuresKnownIn(tx: Tx, packs: readonly string[]): Promise<{ name: string; source: string }[]> {
  return tx.all(
    sql<{ name: string; source: string }>`select distinct on (f.name) f.name, f.source
      from governance.known_figure f join access.organisation o on o.id = f.organisation_id
      where o.pack = any(${[...packs]}) order by f.name, f.on_day desc`,
  )
}

/**
 * Tells figures that are known of organisations, so that questionnaires begin with them (GOV-15). Told again for the same day, the
 * later one holds. Needs the purpose `governance` or `administration`.
 */
export async function saveKnownFigures(tx: Tx, figures: readonly KnownFigure[]): Promise<void> {
  if (figures.length === 0) return
  await tx.all(
    sql`insert into governance.known_figure (organisation_id, name, on_day, value, source)
        select organisation, name, day, value, source from jsonb_to_recordset(${JSON.stringify(figures)}::jsonb)
          as told (organisation uuid, name text, day date, value text, source text)
        on conflict (organisation_id, name, on_day) do update set value = excluded.value, source = excluded.source`,
  )
}

/** Stores what a municipality answers. @returns false where somebody saved meanwhile */
export async function saveAnswer(
  tx: Tx,
  made: {
    request: string
    organisation: string
    answers: CentralAnswers
    send: boolean
    onBehalf: boolean
    by: string
    version: number
  },
): Promise<boolean> {
  const rows = await tx.all(
    query
      .updateTable('governance.central_answer')
      .set({
        answers: JSON.stringify(made.answers),
        saved_at: tx.now,
        saved_by: made.by,
        on_behalf: made.onBehalf,
        ...(made.send ? { sent_at: tx.now } : {}),
      })
      .where('request_id', '=', made.request)
      .where('organisation_id', '=', made.organisation)
      .where('version', '=', made.version)
      .returning('version'),
  )
  return rows.length > 0
}

/** Writes the joint answer, or writes it anew. @returns false where it is approved already */
export async function saveReply(
  tx: Tx,
  made: { request: string; words: Text; missing: number; by: string },
): Promise<boolean> {
  const columns = {
    words: JSON.stringify(made.words),
    written_by: made.by,
    written_at: tx.now,
    missing: made.missing,
  }
  const rows = await tx.all(
    query
      .insertInto('governance.central_reply')
      .values({ request_id: made.request, ...columns })
      .onConflict((clash) =>
        clash.column('request_id').doUpdateSet(columns).where('governance.central_reply.decision_id', 'is', null),
      )
      .returning('request_id'),
  )
  return rows.length > 0
}

/** Ties the joint answer to the decision that approves it. @returns false where it was approved meanwhile */
export async function saveApproval(tx: Tx, request: string, decision: string): Promise<boolean> {
  const rows = await tx.all(
    query
      .updateTable('governance.central_reply')
      .set({ decision_id: decision, approved_at: tx.now })
      .where('request_id', '=', request)
      .where('decision_id', 'is', null)
      .returning('request_id'),
  )
  return rows.length > 0
}

/** Does this decision approve a joint answer already? */
export async function approvesReply(tx: Tx, decision: string): Promise<boolean> {
  const row = await tx.one(
    query.selectFrom('governance.central_reply').select('request_id').where('decision_id', '=', decision),
  )
  return row !== undefined
}

/** Notes that the joint answer was sent. @returns false where it was sent meanwhile */
export async function saveSending(tx: Tx, request: string): Promise<boolean> {
  const rows = await tx.all(
    query
      .updateTable('governance.central_reply')
      .set({ sent_at: tx.now })
      .where('request_id', '=', request)
      .where('sent_at', 'is', null)
      .where('decision_id', 'is not', null)
      .returning('request_id'),
  )
  return rows.length > 0
}

/**
 * Who has not answered and was not reminded today, with who is written to; noted as reminded in the same statement.
 * Needs the purpose `governance`.
 */
export async function remindable(
  tx: Tx,
  request: string,
  today: string,
): Promise<{ slug: string; email: string; locale: string | null }[]> {
  return tx.all(
    sql<{ slug: string; email: string; locale: string | null }>`
      with reminded as (
        update governance.central_answer set reminded_on = ${today}::date
        where request_id = ${request} and sent_at is null and reminded_on is distinct from ${today}::date
        returning organisation_id)
      select o.slug, w.email, w.locale from reminded join access.organisation o on o.id = reminded.organisation_id
      cross join lateral governance.writes_for(reminded.organisation_id) w order by o.slug, w.email`,
  )
}
