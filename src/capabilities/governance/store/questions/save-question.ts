import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import type { Text } from '../../../../platform/i18n/text.ts'
import type { QuestionKind } from '../../types/questions.ts'
import { vectorOf } from './lexemes.ts'

export interface NewQuestion {
  pack: string
  year: number
  kind: QuestionKind
  body: string
  /** id of the version of the rule that says who answers */
  rule: string
  title: Text
  words: Text
  organisation: string
  by: string
}

/** Stores a question; it gets the next number of its year. */
export async function saveQuestion(tx: Tx, made: NewQuestion): Promise<{ id: string; reference: string }> {
  const row = await tx.one(
    query
      .insertInto('governance.question')
      .values({
        pack: made.pack,
        year: made.year,
        kind: made.kind,
        body_id: made.body,
        rule_version_id: made.rule,
        title: JSON.stringify(made.title),
        words: JSON.stringify(made.words),
        organisation_id: made.organisation,
        asked_by: made.by,
        asked_at: tx.now,
        lexemes: sql<string>`${vectorOf([made.title, made.words])}::tsvector`,
      })
      .returning(['id', 'year', 'number']),
  )
  if (!row) throw new Error('the question was not stored')
  return { id: row.id, reference: `${row.year}-${row.number}` }
}

export interface NewRuling {
  question: string
  words: Text
  refersTo: readonly string[]
  answeredOn: string
  decision: string | undefined
  supersedes: string | undefined
  why: string | undefined
  by: string
}

/**
 * Stores an answer and makes its words findable.
 * @returns undefined where somebody answered meanwhile: the line of answers has one end
 */
export async function saveRuling(
  tx: Tx,
  made: NewRuling,
  about: { title: Text; words: Text },
): Promise<string | undefined> {
  const row = await tx.one(
    query
      .insertInto('governance.ruling')
      .values({
        question_id: made.question,
        words: JSON.stringify(made.words),
        refers_to: [...made.refersTo],
        answered_on: made.answeredOn,
        decision_id: made.decision ?? null,
        supersedes: made.supersedes ?? null,
        why: made.why ?? null,
        recorded_by: made.by,
        recorded_at: tx.now,
      })
      .onConflict((clash) => clash.doNothing())
      .returning('id'),
  )
  if (!row) return undefined
  await tx.all(
    query
      .updateTable('governance.question')
      .set({ lexemes: sql<string>`${vectorOf([about.title, about.words, made.words])}::tsvector` })
      .where('id', '=', made.question),
  )
  return row.id
}

/** Takes a question away, with the reason. @returns false where somebody did meanwhile */
export async function saveWithdrawal(tx: Tx, question: string, why: string): Promise<boolean> {
  const rows = await tx.all(
    query
      .updateTable('governance.question')
      .set({ withdrawn_at: tx.now, withdrawn_why: why })
      .where('id', '=', question)
      .where('withdrawn_at', 'is', null)
      .returning('id'),
  )
  return rows.length > 0
}

/** Where the letter to whoever asked goes; undefined when the account is closed. Needs the purpose `governance`. */
export async function askerOf(tx: Tx, question: string): Promise<{ email: string; locale: string | null } | undefined> {
  return tx.one(
    sql<{ email: string; locale: string | null }>`select email, locale from governance.asker_of(${question})`,
  )
}
