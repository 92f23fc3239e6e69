import { type SqlBool, sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import { Text } from '../../../../platform/i18n/text.ts'
import { searchTerms, toTsquery } from '../../../../platform/search/words.ts'
import { type Question, QuestionKind, type Ruling } from '../../types/questions.ts'
import { Body } from '../../types.ts'

function questions() {
  return query
    .selectFrom('governance.question as q')
    .innerJoin('governance.body as b', 'b.id', 'q.body_id')
    .innerJoin('packs.pack as p', 'p.id', 'q.pack')
    .innerJoin('access.organisation as o', 'o.id', 'q.organisation_id')
    .select([
      'q.id',
      'q.pack',
      'q.year',
      'q.number',
      'q.kind',
      'q.title',
      'q.words',
      'q.asked_at',
      'q.answered_at',
      'q.withdrawn_at',
      'q.withdrawn_why',
      'b.id as body_id',
      'b.profile',
      'b.organisation_id as body_organisation',
      'o.id as organisation_id',
      'o.slug as organisation_slug',
      'o.names as organisation_names',
      sql<string | null>`p.manifest->>'timeZone'`.as('time_zone'),
    ])
}

type Row = NonNullable<Awaited<ReturnType<typeof rowOf>>>
const rowOf = (tx: Tx) => tx.one(questions())

function question(row: Row): Question {
  const { slug, names } = Body.parse(row.profile)
  return {
    id: row.id,
    pack: row.pack,
    reference: `${row.year}-${row.number}`,
    kind: QuestionKind.parse(row.kind),
    title: Text.parse(row.title),
    words: Text.parse(row.words),
    body: { id: row.body_id, slug, names, organisation: row.body_organisation, timeZone: row.time_zone ?? 'UTC' },
    organisation: {
      id: row.organisation_id,
      slug: row.organisation_slug,
      names: Text.parse(row.organisation_names),
    },
    askedAt: row.asked_at,
    answered: row.answered_at !== null,
    withdrawn: row.withdrawn_at && row.withdrawn_why ? { at: row.withdrawn_at, why: row.withdrawn_why } : undefined,
  }
}

/** The question with this id, as far as the reader may see it: everybody an answered one, authorities an open one too (GOV-16). */
export async function questionById(tx: Tx, id: string): Promise<Question | undefined> {
  const row = await tx.one(questions().where('q.id', '=', id))
  return row && question(row)
}

/** Where the next page of a list begins: the moment and the id of the last question shown. */
export type QuestionAfter = readonly [string, string]

export interface QuestionChoice {
  pack?: string | undefined
  kind?: QuestionKind | undefined
  /** searched for in all four languages */
  words?: string | undefined
}

/** Questions that the reader may see and nobody took away, newest first, searched with the words of all four languages. */
export async function listQuestions(
  tx: Tx,
  { pack, kind, words }: QuestionChoice,
  { after, limit }: { after: QuestionAfter | undefined; limit: number },
): Promise<{ questions: Question[]; next: QuestionAfter | undefined }> {
  let found = questions().where('q.withdrawn_at', 'is', null)
  if (pack !== undefined) found = found.where('q.pack', '=', pack)
  if (kind !== undefined) found = found.where('q.kind', '=', kind)
  const asked = words === undefined ? undefined : toTsquery(searchTerms(words))
  if (asked !== undefined) found = found.where(sql<SqlBool>`q.lexemes @@ ${asked}::tsquery`)
  if (after) found = found.where(sql<SqlBool>`(q.asked_at, q.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  const rows = await tx.all(
    found
      .orderBy('q.asked_at', 'desc')
      .orderBy('q.id', 'desc')
      .limit(limit + 1),
  )
  const shown = rows.slice(0, limit).map(question)
  const last = shown.at(-1)
  return { questions: shown, next: rows.length > limit && last ? [last.askedAt.toISOString(), last.id] : undefined }
}

/**
 * Earlier questions that may be the same one: at least half of the words are met, those first that meet most (GOV-16).
 * @param words of the question that somebody is about to ask
 */
export async function similarQuestions(tx: Tx, pack: string, words: string, limit = 5): Promise<Question[]> {
  const parts = searchTerms(words).alternatives.flatMap((any) => toTsquery({ alternatives: [any] }) ?? [])
  if (parts.length === 0) return []
  const any = parts.join(' | ')
  const met = sql<number>`(${sql.join(
    parts.map((part) => sql`(q.lexemes @@ ${part}::tsquery)::int`),
    sql` + `,
  )})`
  const rows = await tx.all(
    questions()
      .where('q.pack', '=', pack)
      .where('q.withdrawn_at', 'is', null)
      .where(sql<SqlBool>`q.lexemes @@ ${any}::tsquery`)
      .where(sql<SqlBool>`${met} * 2 >= ${parts.length}`)
      .orderBy(met, 'desc')
      .orderBy(sql`ts_rank(q.lexemes, ${any}::tsquery)`, 'desc')
      .orderBy('q.id', 'desc')
      .limit(limit),
  )
  return rows.map(question)
}

/** Questions to groups whose secretariat lies with these organisations, open ones first, newest first. */
export async function questionsFor(tx: Tx, organisations: readonly string[], limit = 100): Promise<Question[]> {
  if (organisations.length === 0) return []
  const rows = await tx.all(
    questions()
      .where('b.organisation_id', 'in', [...organisations])
      .where('q.withdrawn_at', 'is', null)
      .orderBy(sql`q.answered_at is not null`)
      .orderBy('q.asked_at', 'desc')
      .orderBy('q.id', 'desc')
      .limit(limit),
  )
  return rows.map(question)
}

/** What the group answered, the newest answer first. */
export async function rulingsOf(tx: Tx, question: string): Promise<Ruling[]> {
  const rows = await tx.all(
    query
      .selectFrom('governance.ruling as r')
      .leftJoin('governance.ruling as later', 'later.supersedes', 'r.id')
      .leftJoin('governance.decision as d', 'd.id', 'r.decision_id')
      .select([
        'r.id',
        'r.words',
        'r.refers_to',
        'r.answered_on',
        'r.decision_id',
        'd.number',
        'r.supersedes',
        'r.why',
        'later.id as later',
      ])
      .where('r.question_id', '=', question)
      .orderBy('r.recorded_at', 'desc')
      .orderBy('r.id', 'desc'),
  )
  return rows.map((row) => ({
    id: row.id,
    words: Text.parse(row.words),
    refersTo: row.refers_to,
    answeredOn: row.answered_on,
    decision: row.decision_id && row.number ? { id: row.decision_id, number: row.number } : undefined,
    supersedes: row.supersedes ?? undefined,
    why: row.why ?? undefined,
    superseded: row.later !== null,
  }))
}

/** An organisation that may ask: its region, and whether it is an authority. */
export async function asker(
  tx: Tx,
  slug: string,
): Promise<{ id: string; pack: string | undefined; authority: boolean } | undefined> {
  const row = await tx.one(
    query.selectFrom('access.organisation').select(['id', 'pack', 'kind']).where('slug', '=', slug),
  )
  return row && { id: row.id, pack: row.pack ?? undefined, authority: row.kind === 'public' && row.pack !== null }
}

/** The authorities among these organisations. */
export async function authoritiesAmong(
  tx: Tx,
  organisations: readonly string[],
): Promise<{ id: string; slug: string; names: Text; pack: string }[]> {
  if (organisations.length === 0) return []
  const rows = await tx.all(
    query
      .selectFrom('access.organisation')
      .select(['id', 'slug', 'names', 'pack'])
      .where('id', 'in', [...organisations])
      .where('kind', '=', 'public')
      .orderBy('slug'),
  )
  return rows.flatMap(({ id, slug, names, pack }) => (pack ? [{ id, slug, names: Text.parse(names), pack }] : []))
}
