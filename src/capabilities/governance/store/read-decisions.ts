import { type SqlBool, sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'
import { Text } from '../../../platform/i18n/text.ts'
import { Body, DecisionOutcome, type Entered } from '../types.ts'

/** A decision as its readers see it. */
export interface Decision {
  id: string
  number: string
  /** a day, `2026-11-23` */
  decidedOn: string
  matter: { slug: string; names: Text }
  outcome: DecisionOutcome
  title: Text
  words: Text | undefined
  aboutPerson: boolean
  subject: { kind: string; id: string } | undefined
  entered: Entered
  recordedAt: Date
  /** id of the wrong decision that this one stands in for */
  supersedes: string | undefined
  /** has a later decision taken its place */
  superseded: boolean
  /** id of that later one, as far as the reader may see it */
  supersededBy: string | undefined
  body: { id: string; slug: string; names: Text; pack: string; example: boolean; organisation: string }
}

/** Where the next page of a list begins: the day and the id of the last decision shown. */
export type After = readonly [string, string]

function decisions() {
  return query
    .selectFrom('governance.decision')
    .innerJoin('governance.body', 'governance.body.id', 'governance.decision.body_id')
    .leftJoin('governance.decision as later', 'later.supersedes', 'governance.decision.id')
    .select([
      'governance.decision.id',
      'governance.decision.number',
      'governance.decision.decided_on',
      'governance.decision.matter',
      'governance.decision.outcome',
      'governance.decision.title',
      'governance.decision.words',
      'governance.decision.about_person',
      'governance.decision.subject_kind',
      'governance.decision.subject_id',
      'governance.decision.entered',
      'governance.decision.recorded_at',
      'governance.decision.supersedes',
      'later.id as superseded_by',
      sql<boolean>`governance.superseded(governance.decision.id)`.as('superseded'),
      'governance.body.id as body_id',
      'governance.body.profile',
      'governance.body.pack',
      'governance.body.organisation_id',
    ])
}

type Row = NonNullable<Awaited<ReturnType<typeof rowOf>>>
const rowOf = (tx: Tx) => tx.one(decisions())

function decision(row: Row): Decision {
  const body = Body.parse(row.profile)
  const matter = body.decidesOn.find(({ slug }) => slug === row.matter)
  return {
    id: row.id,
    number: row.number,
    decidedOn: row.decided_on,
    // a pack may have dropped the matter since: then its slug is all that is left
    matter: matter ?? { slug: row.matter, names: { en: row.matter } },
    outcome: DecisionOutcome.parse(row.outcome),
    title: Text.parse(row.title),
    words: row.words === null ? undefined : Text.parse(row.words),
    aboutPerson: row.about_person,
    subject: row.subject_kind && row.subject_id ? { kind: row.subject_kind, id: row.subject_id } : undefined,
    entered: row.entered as Entered,
    recordedAt: row.recorded_at,
    supersedes: row.supersedes ?? undefined,
    superseded: row.superseded,
    supersededBy: row.superseded_by ?? undefined,
    body: {
      id: row.body_id,
      slug: body.slug,
      names: body.names,
      pack: row.pack,
      example: body.example,
      organisation: row.organisation_id,
    },
  }
}

/** The decision with this id, as far as the reader may see it: one about a person needs a grant (GOV-13). */
export async function decisionById(tx: Tx, id: string): Promise<Decision | undefined> {
  const row = await tx.one(decisions().where('governance.decision.id', '=', id))
  return row && decision(row)
}

/** What the reader may see of what was decided about a thing, newest first. @param kind such as `intake.request` */
export async function decisionsAbout(tx: Tx, kind: string, id: string): Promise<Decision[]> {
  const rows = await tx.all(
    decisions()
      .where('governance.decision.subject_kind', '=', kind)
      .where('governance.decision.subject_id', '=', id)
      .orderBy('governance.decision.decided_on', 'desc')
      .orderBy('governance.decision.id', 'desc'),
  )
  return rows.map(decision)
}

/** Narrows a public list. */
export interface PublicChoice {
  /** id of a body */
  body?: string | undefined
  /** id of a pack */
  pack?: string | undefined
  /** every one of these words stands in the title, the text or the number */
  words?: string | undefined
}

/**
 * Public decisions, newest first. Those about people are left out whoever asks (GOV-13): also for readers who hold a grant,
 * so that no public list ever looks different to them.
 */
export async function publicDecisions(
  tx: Tx,
  choice: PublicChoice,
  page: { after: After | undefined; limit: number },
): Promise<{ decisions: Decision[]; next: After | undefined }> {
  let found = decisions().where('governance.decision.about_person', '=', false)
  if (choice.body !== undefined) found = found.where('governance.decision.body_id', '=', choice.body)
  if (choice.pack !== undefined) found = found.where('governance.body.pack', '=', choice.pack)
  for (const word of (choice.words ?? '').split(/\s+/).filter(Boolean).slice(0, 8)) found = found.where(holds(word))
  return pageOf(tx, found, page)
}

/** One word, in any language of the decision. */
function holds(word: string) {
  const pattern = `%${word.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  return sql<SqlBool>`(governance.decision.number ilike ${pattern} or exists (
    select from jsonb_each_text((governance.decision.title - 'draft') || '{}'::jsonb) told where told.value ilike ${pattern}) or exists (
    select from jsonb_each_text(coalesce(governance.decision.words, '{}'::jsonb) - 'draft') told where told.value ilike ${pattern}))`
}

/** Decisions of bodies whose secretariat lies with these organisations, as far as the reader may see them, newest first. */
export async function decisionsOf(
  tx: Tx,
  organisations: readonly string[],
  page: { after: After | undefined; limit: number },
): Promise<{ decisions: Decision[]; next: After | undefined }> {
  if (organisations.length === 0) return { decisions: [], next: undefined }
  return pageOf(tx, decisions().where('governance.body.organisation_id', 'in', [...organisations]), page)
}

async function pageOf(
  tx: Tx,
  found: ReturnType<typeof decisions>,
  { after, limit }: { after: After | undefined; limit: number },
): Promise<{ decisions: Decision[]; next: After | undefined }> {
  const from = after
    ? found.where(
        sql<SqlBool>`(governance.decision.decided_on, governance.decision.id) < (${after[0]}::date, ${after[1]}::uuid)`,
      )
    : found
  const rows = await tx.all(
    from
      .orderBy('governance.decision.decided_on', 'desc')
      .orderBy('governance.decision.id', 'desc')
      .limit(limit + 1),
  )
  const shown = rows.slice(0, limit).map(decision)
  const last = shown.at(-1)
  return { decisions: shown, next: rows.length > limit && last ? [last.decidedOn, last.id] : undefined }
}
