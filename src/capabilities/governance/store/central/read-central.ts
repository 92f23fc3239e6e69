import { sql } from 'kysely'
import { z } from 'zod'
import { query, type Tx } from '../../../../platform/db/database.ts'
import { Text } from '../../../../platform/i18n/text.ts'
import {
  type CentralAnswer,
  CentralAnswers,
  CentralField,
  type CentralReply,
  type CentralRequest,
  Prefilled,
  type Progress,
} from '../../types/central.ts'
import { Body } from '../../types.ts'

function requests() {
  return query
    .selectFrom('governance.central_request as r')
    .innerJoin('governance.body as b', 'b.id', 'r.body_id')
    .innerJoin('packs.pack as p', 'p.id', 'r.pack')
    .select([
      'r.id',
      'r.pack',
      'r.asked_by',
      'r.reply_to',
      'r.asked_on',
      'r.title',
      'r.words',
      'r.fields',
      'r.answers_due',
      'r.reply_due',
      'b.id as body_id',
      'b.profile',
      'b.organisation_id',
      sql<string | null>`p.manifest->>'timeZone'`.as('time_zone'),
    ])
}

type Row = NonNullable<Awaited<ReturnType<typeof rowOf>>>
const rowOf = (tx: Tx) => tx.one(requests())

function request(row: Row): CentralRequest {
  const { slug, names } = Body.parse(row.profile)
  return {
    id: row.id,
    pack: row.pack,
    body: { id: row.body_id, slug, names, organisation: row.organisation_id, timeZone: row.time_zone ?? 'UTC' },
    askedBy: row.asked_by,
    replyTo: row.reply_to,
    askedOn: row.asked_on,
    title: Text.parse(row.title),
    words: row.words === null ? undefined : Text.parse(row.words),
    fields: z.array(CentralField).parse(row.fields),
    answersDue: row.answers_due,
    replyDue: row.reply_due,
  }
}

/** The request with this id; undefined when there is none. */
export async function centralRequestById(tx: Tx, id: string): Promise<CentralRequest | undefined> {
  const row = await tx.one(requests().where('r.id', '=', id))
  return row && request(row)
}

/** Requests of a region, of every region where none is named, newest first. They are few: one or two a year. */
export async function listCentralRequests(tx: Tx, pack: string | undefined): Promise<CentralRequest[]> {
  const all = requests().orderBy('r.asked_on', 'desc').orderBy('r.id', 'desc').limit(200)
  return (await tx.all(pack === undefined ? all : all.where('r.pack', '=', pack))).map(request)
}

/** Requests whose joint answer is not approved yet. Needs the purpose `governance`. */
export async function openCentralRequests(tx: Tx): Promise<CentralRequest[]> {
  const rows = await tx.all(requests().where(sql<boolean>`not governance.is_approved(r.id)`))
  return rows.map(request)
}

/** How far each municipality is, in the order of their slugs. */
export async function progressOf(tx: Tx, id: string): Promise<Progress[]> {
  const rows = await tx.all(
    sql<{ slug: string; names: unknown; begun: boolean; sent_at: Date | null }>`
      select o.slug, o.names, p.begun, p.sent_at from governance.central_progress(${id}) p
      join access.organisation o on o.id = p.organisation_id order by o.slug`,
  )
  return rows.map(({ slug, names, begun, sent_at: sentAt }) => ({
    organisation: { slug, names: Text.parse(names) },
    begun,
    sentAt: sentAt ?? undefined,
  }))
}

function answers() {
  return query
    .selectFrom('governance.central_answer as a')
    .innerJoin('access.organisation as o', 'o.id', 'a.organisation_id')
    .select([
      'a.request_id',
      'a.answers',
      'a.prefilled',
      'a.saved_at',
      'a.sent_at',
      'a.on_behalf',
      'a.version',
      'o.id',
      'o.slug',
      'o.names',
    ])
}

type AnswerRow = NonNullable<Awaited<ReturnType<typeof answerRowOf>>>
const answerRowOf = (tx: Tx) => tx.one(answers())

const answer = (row: AnswerRow): CentralAnswer => ({
  request: row.request_id,
  organisation: { id: row.id, slug: row.slug, names: Text.parse(row.names) },
  answers: CentralAnswers.parse(row.answers),
  prefilled: Prefilled.parse(row.prefilled),
  savedAt: row.saved_at ?? undefined,
  sentAt: row.sent_at ?? undefined,
  onBehalf: row.on_behalf,
  version: row.version,
})

/** What municipalities answer, as far as the reader may see it: their own people, and the secretariat all of them. */
export async function answersTo(tx: Tx, id: string): Promise<CentralAnswer[]> {
  return (await tx.all(answers().where('a.request_id', '=', id).orderBy('o.slug'))).map(answer)
}

/** The answer of one municipality; undefined where it was not asked, or the reader may not see it. */
export async function answerOf(tx: Tx, id: string, organisation: string): Promise<CentralAnswer | undefined> {
  const row = await tx.one(answers().where('a.request_id', '=', id).where('o.slug', '=', organisation))
  return row && answer(row)
}

/** Ids of requests that were put to these organisations. */
export async function askedOf(tx: Tx, organisations: readonly string[]): Promise<{ request: string; slug: string }[]> {
  if (organisations.length === 0) return []
  return tx.all(
    query
      .selectFrom('governance.central_answer as a')
      .innerJoin('access.organisation as o', 'o.id', 'a.organisation_id')
      .select(['a.request_id as request', 'o.slug'])
      .where('a.organisation_id', 'in', [...organisations]),
  )
}

/** The joint answer, as far as the reader may see it: everybody once it is approved. */
export async function replyTo(tx: Tx, id: string): Promise<CentralReply | undefined> {
  const row = await tx.one(
    query
      .selectFrom('governance.central_reply as r')
      .leftJoin('governance.decision as d', 'd.id', 'r.decision_id')
      .select([
        'r.words',
        'r.written_at',
        'r.missing',
        'r.decision_id',
        'r.approved_at',
        'r.sent_at',
        'd.number',
        'd.decided_on',
      ])
      .where('r.request_id', '=', id),
  )
  return (
    row && {
      words: Text.parse(row.words),
      writtenAt: row.written_at,
      missing: row.missing,
      decision:
        row.decision_id && row.number && row.decided_on
          ? { id: row.decision_id, number: row.number, decidedOn: row.decided_on }
          : undefined,
      approvedAt: row.approved_at ?? undefined,
      sentAt: row.sent_at ?? undefined,
    }
  )
}
