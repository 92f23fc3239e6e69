import { sql } from 'kysely'
import { json, query, type Tx } from '../../../platform/db/database.ts'
import type { Text } from '../../../platform/i18n/text.ts'
import type { Earlier, Listed, Paper } from '../rules/documents.ts'
import type { DocumentNeed, DocumentState } from '../types.ts'

/** A paper of a request, with what was handed in. */
export interface StoredDocument extends Paper {
  request: string
  position: number
  reason: string | undefined
  reusedFrom: string | undefined
  goodUntil: string | undefined
  at: Date | undefined
  files: { id: string; name: string }[]
}

/** The checklist of the card (INT-4), with what an earlier request already gave. */
export async function addDocuments(
  tx: Tx,
  request: string,
  papers: readonly (Listed & { reused?: Earlier | undefined })[],
  first = 0,
): Promise<void> {
  if (papers.length === 0) return
  await tx.all(
    query.insertInto('intake.document').values(
      papers.map(({ names, needed, from, reused }, at) => ({
        request_id: request,
        position: first + at,
        names: json(names),
        needed,
        from_whom: from,
        ...(reused
          ? { state: reused.state, reused_from: reused.id, good_until: reused.goodUntil ?? null, at: tx.now }
          : {}),
      })),
    ),
  )
}

/** Another service, another list: what nobody has given yet goes; what was given stays. */
export async function replaceOpenDocuments(tx: Tx, request: string, papers: readonly Listed[]): Promise<void> {
  await tx.all(query.deleteFrom('intake.document').where('request_id', '=', request).where('state', '=', 'open'))
  const row = await tx.one(
    query
      .selectFrom('intake.document')
      .select(sql<number>`coalesce(max(position) + 1, 0)`.as('next'))
      .where('request_id', '=', request),
  )
  await addDocuments(tx, request, papers, row?.next ?? 0)
}

/** The papers of a request, in the order of its card. */
export async function documentsOf(tx: Tx, request: string): Promise<StoredDocument[]> {
  const rows = await tx.all(documents().where('d.request_id', '=', request).orderBy('d.position'))
  return rows.map(stored)
}

/** One paper, as far as its request may be opened. */
export async function documentById(tx: Tx, id: string): Promise<StoredDocument | undefined> {
  const row = await tx.one(documents().where('d.id', '=', id))
  return row && stored(row)
}

/** What the person's earlier requests hold that may still be good, the newest first (INT-4). */
export async function earlierDocuments(tx: Tx, person: string, request: string): Promise<Earlier[]> {
  const rows = await tx.all(
    query
      .selectFrom('intake.document as d')
      .innerJoin('intake.request as r', 'r.id', 'd.request_id')
      .select(['d.id', 'd.names', 'd.state', 'd.good_until'])
      .where('r.person_id', '=', person)
      .where('r.id', '!=', request)
      .where('d.state', 'in', ['given', 'seen'])
      .orderBy('d.at', 'desc')
      .limit(200),
  )
  return rows.map((row) => ({
    id: row.id,
    names: row.names as Text,
    state: row.state as DocumentState,
    goodUntil: row.good_until ?? undefined,
  }))
}

/** Settles a paper. @returns false where it stood otherwise meanwhile */
export async function settleDocument(
  tx: Tx,
  id: string,
  from: DocumentState,
  to: {
    state: DocumentState
    reason?: string | undefined
    goodUntil?: string | undefined
    account: string | null
  },
): Promise<boolean> {
  const row = await tx.one(
    query
      .updateTable('intake.document')
      .set({
        state: to.state,
        reason: to.reason ?? null,
        good_until: to.goodUntil ?? null,
        at: tx.now,
        account_id: to.account,
      })
      .where('id', '=', id)
      .where('state', '=', from)
      .returning('id'),
  )
  return row !== undefined
}

/** Lays a file to a paper. */
export async function addDocumentFile(tx: Tx, document: string, file: { id: string; name: string }): Promise<void> {
  await tx.all(
    query
      .insertInto('intake.document_file')
      .values({ document_id: document, file_id: file.id, name: file.name, at: tx.now }),
  )
}

/** How many files lie to the papers of a request. */
export async function countFiles(tx: Tx, request: string): Promise<number> {
  const row = await tx.one(
    query
      .selectFrom('intake.document_file as f')
      .innerJoin('intake.document as d', 'd.id', 'f.document_id')
      .select(sql<number>`count(*)::int`.as('count'))
      .where('d.request_id', '=', request),
  )
  return row?.count ?? 0
}

/** The paper that a file belongs to, as far as its request may be opened. */
export async function documentOfFile(tx: Tx, file: string): Promise<{ document: string; request: string } | undefined> {
  const row = await tx.one(
    query
      .selectFrom('intake.document_file as f')
      .innerJoin('intake.document as d', 'd.id', 'f.document_id')
      .select(['d.id', 'd.request_id'])
      .where('f.file_id', '=', file),
  )
  return row && { document: row.id, request: row.request_id }
}

/** Notes that the person was asked for papers, and until when they have time (INT-5). */
export function addReminder(
  tx: Tx,
  request: string,
  reminder: { documents: readonly string[]; note: string | undefined; graceUntil: Date },
): void {
  tx.later(
    query.insertInto('intake.reminder').values({
      request_id: request,
      at: tx.now,
      documents: [...reminder.documents],
      note: reminder.note ?? null,
      grace_until: reminder.graceUntil,
    }),
  )
}

export interface Reminder {
  at: Date
  documents: readonly string[]
  note: string | undefined
  graceUntil: Date
}

/** Reminders of a request, the newest first. */
export async function remindersOf(tx: Tx, request: string): Promise<Reminder[]> {
  const rows = await tx.all(
    query.selectFrom('intake.reminder').selectAll().where('request_id', '=', request).orderBy('at', 'desc'),
  )
  return rows.map((row) => ({
    at: row.at,
    documents: row.documents,
    note: row.note ?? undefined,
    graceUntil: row.grace_until,
  }))
}

function documents() {
  return query
    .selectFrom('intake.document as d')
    .selectAll('d')
    .select(
      sql<
        { id: string; name: string }[]
      >`coalesce((select jsonb_agg(jsonb_build_object('id', f.file_id, 'name', f.name) order by f.at)
        from intake.document_file f where f.document_id = d.id), '[]')`.as('files'),
    )
}

type Row = Awaited<ReturnType<ReturnType<typeof documents>['execute']>>[number]

function stored(row: Row): StoredDocument {
  return {
    id: row.id,
    request: row.request_id,
    position: row.position,
    names: row.names as Text,
    needed: row.needed as DocumentNeed,
    from: row.from_whom as 'person' | 'office',
    state: row.state as DocumentState,
    reason: row.reason ?? undefined,
    reusedFrom: row.reused_from ?? undefined,
    goodUntil: row.good_until ?? undefined,
    at: row.at ?? undefined,
    files: row.files,
  }
}
