import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import { Text } from '../../../../platform/i18n/text.ts'
import type { ContactAnswer } from '../../types/adjustments.ts'

/** A letter about an adjustment, as the municipality sees it to which it went. */
export interface OwnLetter {
  /** id of the contact */
  id: string
  adjustment: string
  revision: number
  municipality: { id: string; names: Text }
  contactedAt: Date
  /** where it went */
  email: string
  /** how often somebody answered in the name of the municipality, and whether it said that the last one was not its own */
  answers: number
  disputed: boolean
}

interface Row {
  id: string
  adjustment: string
  revision: number
  municipality: string
  names: unknown
  contacted_at: Date
  email: string
  answers: number
  disputed: boolean
}

const letters = (which: ReturnType<typeof sql>) =>
  sql<Row>`select c.id, c.adjustment_id as adjustment, c.revision, o.id as municipality, o.names, c.contacted_at, l.email,
      (select count(*)::int from capacity.adjustment_answer a where a.contact_id = c.id) as answers, capacity.contact_disputed(c.id) as disputed
    from capacity.adjustment_contact c join capacity.adjustment_letter l on l.contact_id = c.id join access.organisation o on o.id = c.municipality_id
    where capacity.speaks_for(c.municipality_id) and ${which}`

const letter = (row: Row): OwnLetter => ({
  id: row.id,
  adjustment: row.adjustment,
  revision: row.revision,
  municipality: { id: row.municipality, names: Text.parse(row.names) },
  contactedAt: row.contacted_at,
  email: row.email,
  answers: row.answers,
  disputed: row.disputed,
})

/** Letters to municipalities for which the actor speaks, newest first. @param after where the page before ended */
export async function ownLetters(
  tx: Tx,
  page: { after: readonly [string, string] | undefined; limit: number },
): Promise<OwnLetter[]> {
  const which = page.after
    ? sql`(c.contacted_at, c.id) < (${page.after[0]}::timestamptz, ${page.after[1]}::uuid)`
    : sql`true`
  const rows = await tx.all(sql<Row>`${letters(which)} order by c.contacted_at desc, c.id desc limit ${page.limit}`)
  return rows.map(letter)
}

/** One of them; undefined where the actor speaks for another municipality, or for none. @param id of the contact */
export async function ownLetter(tx: Tx, id: string): Promise<OwnLetter | undefined> {
  const row = await tx.one(letters(sql`c.id = ${id}`))
  return row && letter(row)
}

/** What somebody answered in the name of a municipality. */
export interface OwnAnswer {
  id: string
  answer: ContactAnswer
  words: string | undefined
  at: Date
  author: { name: string; function: string }
  /** by the link of the letter; else somebody had signed in */
  byLink: boolean
  disputed: { at: Date; words: string | undefined } | undefined
}

/** All answers to a letter, newest first, for its municipality. */
export async function answersTo(tx: Tx, contact: string): Promise<OwnAnswer[]> {
  const rows = await tx.all(
    query
      .selectFrom('capacity.adjustment_answer as a')
      .innerJoin('capacity.adjustment_answer_author as w', 'w.answer_id', 'a.id')
      .leftJoin('capacity.adjustment_dispute as d', 'd.answer_id', 'a.id')
      .select(['a.id', 'a.answer', 'a.words', 'a.answered_at', 'w.name', 'w.function', 'w.account_id'])
      .select(['d.disputed_at', 'd.words as dispute'])
      .where('a.contact_id', '=', contact)
      .orderBy('a.answered_at', 'desc')
      .orderBy('a.id', 'desc'),
  )
  return rows.map((row) => ({
    id: row.id,
    answer: row.answer as ContactAnswer,
    words: row.words ?? undefined,
    at: row.answered_at,
    author: { name: row.name, function: row.function },
    byLink: row.account_id === null,
    disputed: row.disputed_at ? { at: row.disputed_at, words: row.dispute ?? undefined } : undefined,
  }))
}

/** An answer in the name of a municipality for which the actor speaks. */
export async function ownAnswer(
  tx: Tx,
  id: string,
): Promise<{ contact: string; adjustment: string; municipality: string } | undefined> {
  return tx.one(
    query
      .selectFrom('capacity.adjustment_answer as a')
      .innerJoin('capacity.adjustment_contact as c', 'c.id', 'a.contact_id')
      .select(['c.id as contact', 'c.adjustment_id as adjustment', 'c.municipality_id as municipality'])
      .where('a.id', '=', id),
  )
}

/** Keeps that an answer is not the municipality's own. @returns false where that was said before */
export async function addDispute(
  tx: Tx,
  dispute: { answer: string; words: string | undefined; by: string },
): Promise<boolean> {
  const row = await tx.one(
    query
      .insertInto('capacity.adjustment_dispute')
      .values({
        answer_id: dispute.answer,
        words: dispute.words ?? null,
        disputed_by: dispute.by,
        disputed_at: tx.now,
      })
      .onConflict((clash) => clash.doNothing())
      .returning('answer_id'),
  )
  return row !== undefined
}
