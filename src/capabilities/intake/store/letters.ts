import { z } from 'zod'
import { json, query, type Tx } from '../../../platform/db/database.ts'
import type { Locale } from '../../../platform/i18n/text.ts'
import type { Held, Way } from '../rules/contact.ts'
import { type Filled, Paragraph } from '../rules/letters.ts'
import type { LetterKind } from '../types.ts'

/** What page and PDF show around the words. */
const LetterData = z.object({
  reference: z.string(),
  /** of the person; unknown where they told none */
  name: z.string().optional(),
  /** where post is the way */
  address: z.string().optional(),
  office: z.string().optional(),
  draft: z.boolean().default(false),
})
export type LetterData = z.infer<typeof LetterData>

/** A letter as it is stored (INT-10). */
export interface StoredLetter {
  id: string
  request: string
  kind: LetterKind
  locale: Locale
  subject: string
  paragraphs: readonly Paragraph[]
  data: LetterData
  at: Date
  way: Way
  held: Held | undefined
  handedAt: Date | undefined
}

/** Stores a letter, once for each cause. @returns its id; undefined where it was written already */
export async function addLetter(
  tx: Tx,
  letter: Filled & {
    request: string
    kind: LetterKind
    cause: string
    locale: Locale
    data: Omit<LetterData, 'draft'>
    way: Way
    held: Held | undefined
  },
): Promise<string | undefined> {
  const row = await tx.one(
    query
      .insertInto('intake.letter')
      .values({
        request_id: letter.request,
        kind: letter.kind,
        cause: letter.cause,
        locale: letter.locale,
        subject: letter.subject,
        paragraphs: json(letter.paragraphs),
        data: json({ ...letter.data, draft: letter.draft }),
        at: tx.now,
        sent: letter.way,
        held: letter.held ?? null,
      })
      .onConflict((conflict) => conflict.columns(['request_id', 'kind', 'cause']).doNothing())
      .returning('id'),
  )
  return row?.id
}

/** The letters of a request, the newest first, as far as row level security opens them. */
export async function lettersOf(tx: Tx, request: string): Promise<StoredLetter[]> {
  const rows = await tx.all(
    letters().where('request_id', '=', request).orderBy('at', 'desc').orderBy('id', 'desc').limit(200),
  )
  return rows.map(stored)
}

/** One letter of a request. */
export async function letterOf(tx: Tx, request: string, id: string): Promise<StoredLetter | undefined> {
  const row = await tx.one(letters().where('request_id', '=', request).where('id', '=', id))
  return row && stored(row)
}

/** Notes that a letter was handed over or put in the post. @returns false where that was noted before, or it went by mail */
export async function noteHanded(tx: Tx, id: string, account: string | null): Promise<boolean> {
  const row = await tx.one(
    query
      .updateTable('intake.letter')
      .set({ handed_at: tx.now, handed_by: account })
      .where('id', '=', id)
      .where('sent', '!=', 'mail')
      .where('handed_at', 'is', null)
      .returning('id'),
  )
  return row !== undefined
}

const letters = () =>
  query
    .selectFrom('intake.letter')
    .select(['id', 'request_id', 'kind', 'locale', 'subject', 'paragraphs', 'data', 'at', 'sent', 'held', 'handed_at'])

type Row = Awaited<ReturnType<ReturnType<typeof letters>['execute']>>[number]

const stored = (row: Row): StoredLetter => ({
  id: row.id,
  request: row.request_id,
  kind: row.kind as LetterKind,
  locale: row.locale as Locale,
  subject: row.subject,
  paragraphs: z.array(Paragraph).parse(row.paragraphs),
  data: LetterData.parse(row.data),
  at: row.at,
  way: row.sent as Way,
  held: (row.held as Held | null) ?? undefined,
  handedAt: row.handed_at ?? undefined,
})
