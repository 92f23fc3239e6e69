import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import type { AnswerKind } from '../../types/consultations.ts'

/** What a party said last. */
export interface Answer {
  party: string
  answer: AnswerKind
  remarks: string | undefined
  answeredAt: Date
  /** 1 at the first; every change makes a new one */
  version: number
  /** who wrote it: only the secretariat and the party itself are told */
  author: { name: string; function: string } | undefined
}

/** The last answer of each party, as far as the reader may see it, by id of the party. */
export async function answersOf(tx: Tx, consultation: string): Promise<Map<string, Answer>> {
  const rows = await tx.all(answers().where('a.consultation_id', '=', consultation))
  return new Map(rows.map((row) => [row.party_id, answerOf(row)]))
}

/** What this party said, every version, last first. */
export async function answersOfParty(tx: Tx, party: string): Promise<Answer[]> {
  const rows = await tx.all(answers().where('a.party_id', '=', party).orderBy('a.version', 'desc'))
  return rows.map(answerOf)
}

function answers() {
  return query
    .selectFrom('governance.consultation_answer as a')
    .leftJoin('governance.consultation_author as u', 'u.answer_id', 'a.id')
    .select(['a.party_id', 'a.answer', 'a.remarks', 'a.answered_at', 'a.version', 'u.name', 'u.function'])
    .orderBy('a.version')
}

const answerOf = (row: {
  party_id: string
  answer: string
  remarks: string | null
  answered_at: Date
  version: number
  name: string | null
  function: string | null
}): Answer => ({
  party: row.party_id,
  answer: row.answer as AnswerKind,
  remarks: row.remarks ?? undefined,
  answeredAt: row.answered_at,
  version: row.version,
  author: row.name !== null && row.function !== null ? { name: row.name, function: row.function } : undefined,
})

/** A consultation in which this party may be answered for, held until the end of the transaction; undefined for anybody else. */
export async function holdForAnswer(
  tx: Tx,
  party: string,
): Promise<{ consultation: string; state: string; closesAt: Date } | undefined> {
  const row = await tx.one(
    sql<{
      consultation: string
      state: string
      closes_at: Date
    }>`select * from governance.hold_for_answer(${party}::uuid)`,
  )
  return row && { consultation: row.consultation, state: row.state, closesAt: row.closes_at }
}

export interface NewAnswer {
  party: string
  consultation: string
  answer: AnswerKind
  remarks: string | undefined
  name: string
  function: string
  account: string | undefined
  way: 'link' | 'account'
}

/** Stores a further version of what a party says, and who wrote it. @returns the version */
export async function saveAnswer(tx: Tx, given: NewAnswer): Promise<number> {
  const row = await tx.one(
    query
      .insertInto('governance.consultation_answer')
      .values({
        party_id: given.party,
        consultation_id: given.consultation,
        answer: given.answer,
        remarks: given.remarks ?? null,
        answered_at: tx.now,
      })
      .returning(['id', 'version']),
  )
  if (!row) throw new Error('the answer was not stored')
  await tx.all(
    query.insertInto('governance.consultation_author').values({
      answer_id: row.id,
      party_id: given.party,
      name: given.name,
      function: given.function,
      account_id: given.account ?? null,
      way: given.way,
    }),
  )
  return row.version
}
