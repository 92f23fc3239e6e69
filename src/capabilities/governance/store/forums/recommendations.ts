import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import { currentLocale } from '../../../../platform/i18n/speech.ts'
import { speak, Text } from '../../../../platform/i18n/text.ts'
import { RecommendationAnswer } from '../../types/forums.ts'
import type { After } from '../read-decisions.ts'

interface Named {
  id: string
  slug: string
  names: Text
  /** id of the organisation whose staff keep its secretariat */
  organisation: string
}

/** What one body answered, or that it did not yet. */
export interface Addressee extends Named {
  answer: { is: RecommendationAnswer; why: Text; on: string; decision: string | undefined } | undefined
  /** how often it answered before */
  earlier: number
  /** id of the matter that it became there, as far as the reader may see it */
  matter: string | undefined
}

/** GOV-9: a recommendation, and what became of it. */
export interface Recommendation {
  id: string
  from: Named
  pack: string
  timeZone: string
  recommendedOn: string
  title: Text
  words: Text
  to: Addressee[]
}

interface Row {
  id: string
  body: Named
  pack: string
  time_zone: string | null
  recommended_on: string
  title: unknown
  words: unknown
  addressees: (Named & {
    answer: { answer: string; why: Text; answered_on: string; decision_id: string | null; count: number } | null
    matter: string | null
  })[]
}

const named = (alias: 'b' | 't') =>
  sql`jsonb_build_object('id', ${sql.ref(`${alias}.id`)}, 'slug', ${sql.ref(`${alias}.slug`)}, 'names', ${sql.ref(`${alias}.profile`)}->'names', 'organisation', ${sql.ref(`${alias}.organisation_id`)})`

const all = sql`
  select r.id, ${named('b')} as body, b.pack, p.manifest->>'timeZone' as time_zone, r.recommended_on::text, r.title, r.words,
    (select coalesce(jsonb_agg(${named('t')} || jsonb_build_object(
        'answer', (select to_jsonb(a) || jsonb_build_object('count', count(*) over ()) from governance.recommendation_answer a
                   where a.recommendation_id = r.id and a.body_id = t.id order by a.id desc limit 1),
        'matter', (select m.id from governance.matter m join governance.matter_step s on s.matter_id = m.id and s.deed = 'raised'
                   where m.source_kind = 'governance.recommendation' and m.source_id = r.id and s.body_id = t.id order by m.id limit 1)
      ) order by t.slug), '[]')
     from governance.recommendation_to a join governance.body t on t.id = a.body_id where a.recommendation_id = r.id) as addressees
  from governance.recommendation r join governance.body b on b.id = r.body_id join packs.pack p on p.id = b.pack`

function recommendation(row: Row): Recommendation {
  return {
    id: row.id,
    from: row.body,
    pack: row.pack,
    timeZone: row.time_zone ?? 'UTC',
    recommendedOn: row.recommended_on,
    title: Text.parse(row.title),
    words: Text.parse(row.words),
    to: row.addressees.map(({ answer, matter, ...body }) => ({
      ...body,
      answer: answer
        ? {
            is: RecommendationAnswer.parse(answer.answer),
            why: Text.parse(answer.why),
            on: answer.answered_on,
            decision: answer.decision_id ?? undefined,
          }
        : undefined,
      earlier: answer ? answer.count - 1 : 0,
      matter: matter ?? undefined,
    })),
  }
}

/** Narrows a list of recommendations. */
export interface RecommendationChoice {
  pack?: string | undefined
  /** given or received by bodies whose secretariat lies with these organisations */
  organisations?: readonly string[] | undefined
  /** only what somebody has not answered */
  waiting?: boolean | undefined
}

/** Recommendations, the newest first. Everybody reads them. */
export async function listRecommendations(
  tx: Tx,
  { pack, organisations, waiting = false }: RecommendationChoice,
  { after, limit }: { after: After | undefined; limit: number },
): Promise<{ recommendations: Recommendation[]; next: After | undefined }> {
  const rows = await tx.all(sql<Row>`${all}
    where (${pack ?? null}::text is null or b.pack = ${pack ?? null})
      and (${organisations ?? null}::uuid[] is null or b.organisation_id = any (${organisations ?? null}::uuid[]) or exists (
        select from governance.recommendation_to a join governance.body t on t.id = a.body_id
        where a.recommendation_id = r.id and t.organisation_id = any (${organisations ?? null}::uuid[])))
      and (not ${waiting} or exists (select from governance.recommendation_to a where a.recommendation_id = r.id and not exists (
        select from governance.recommendation_answer w where w.recommendation_id = r.id and w.body_id = a.body_id)))
      and (${after?.[0] ?? null}::date is null or (r.recommended_on, r.id) < (${after?.[0] ?? null}::date, ${after?.[1] ?? null}::uuid))
    order by r.recommended_on desc, r.id desc limit ${limit + 1}`)
  const shown = rows.slice(0, limit).map(recommendation)
  const last = shown.at(-1)
  return { recommendations: shown, next: rows.length > limit && last ? [last.recommendedOn, last.id] : undefined }
}

/** The recommendation with this id; undefined when there is none. */
export async function recommendationById(tx: Tx, id: string): Promise<Recommendation | undefined> {
  const row = await tx.one(sql<Row>`${all} where r.id = ${id}`)
  return row && recommendation(row)
}

/** Address and title of a recommendation for the thread. */
export async function describeRecommendation(tx: Tx, id: string): Promise<{ href: string; label: string } | undefined> {
  const row = await tx.one(query.selectFrom('governance.recommendation').select('title').where('id', '=', id))
  return row && { href: `/recommendations/${id}`, label: speak(Text.parse(row.title), currentLocale()).words }
}

export interface NewRecommendation {
  body: string
  recommendedOn: string
  title: Text
  words: Text
  /** ids of the bodies that get it */
  to: readonly string[]
  by: string
}

/** Stores a recommendation with all who get it. */
export async function saveRecommendation(tx: Tx, made: NewRecommendation): Promise<string> {
  const row = await tx.one(
    query
      .insertInto('governance.recommendation')
      .values({
        body_id: made.body,
        recommended_on: made.recommendedOn,
        title: JSON.stringify(made.title),
        words: JSON.stringify(made.words),
        recorded_by: made.by,
        recorded_at: tx.now,
      })
      .returning('id'),
  )
  if (!row) throw new Error('a recommendation was not stored')
  await tx.all(
    query
      .insertInto('governance.recommendation_to')
      .values(made.to.map((body) => ({ recommendation_id: row.id, body_id: body }))),
  )
  return row.id
}

export interface NewAnswer {
  recommendation: string
  body: string
  answer: RecommendationAnswer
  why: Text
  answeredOn: string
  decision: string | undefined
  by: string
}

/** Stores an answer; an earlier one stays and no longer counts. */
export async function saveRecommendationAnswer(tx: Tx, made: NewAnswer): Promise<string> {
  const row = await tx.one(
    query
      .insertInto('governance.recommendation_answer')
      .values({
        recommendation_id: made.recommendation,
        body_id: made.body,
        answer: made.answer,
        why: JSON.stringify(made.why),
        answered_on: made.answeredOn,
        decision_id: made.decision ?? null,
        recorded_by: made.by,
        recorded_at: tx.now,
      })
      .returning('id'),
  )
  if (!row) throw new Error('an answer was not stored')
  return row.id
}

/** Public decisions of a body that still stand, the newest first, a hundred at most. */
export async function standingDecisions(
  tx: Tx,
  body: string,
): Promise<{ id: string; number: string; decidedOn: string; title: Text }[]> {
  const rows = await tx.all(
    query
      .selectFrom('governance.decision')
      .select(['id', 'number', 'decided_on', 'title'])
      .where('body_id', '=', body)
      .where('about_person', '=', false)
      .where(sql<boolean>`not governance.superseded(id)`)
      .orderBy('decided_on', 'desc')
      .orderBy('id', 'desc')
      .limit(100),
  )
  return rows.map(({ decided_on, title, ...row }) => ({ ...row, decidedOn: decided_on, title: Text.parse(title) }))
}
