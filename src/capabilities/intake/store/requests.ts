import { sql } from 'kysely'
import { json, query, type Tx } from '../../../platform/db/database.ts'
import type { Locale } from '../../../platform/i18n/text.ts'
import { Draft, type EnteredBy, type FollowUp, type RequestKind, type RequestState, type Urgency } from '../types.ts'

/** A request as it is stored. */
export interface StoredRequest {
  id: string
  reference: string
  kind: RequestKind
  state: RequestState
  pack: string
  service: string | undefined
  serviceVersion: number | undefined
  /** organisation that answers */
  handler: string | undefined
  person: string | undefined
  account: string | undefined
  enteredBy: EnteredBy | undefined
  enteredByAccount: string | undefined
  helperReads: boolean
  urgency: Urgency
  draft: Draft
  locale: Locale
  assignedTo: string | undefined
  redirectedFrom: string | undefined
  needsBody: readonly string[]
  follows: readonly FollowUp[]
  dueAt: Date | undefined
  version: number
  createdAt: Date
  submittedAt: Date | undefined
  decidedAt: Date | undefined
}

/** The next id, made by the database so that it sorts by time. */
export async function newId(tx: Tx): Promise<string> {
  const row = await tx.one(query.selectNoFrom(sql<string>`uuidv7()`.as('id')))
  if (!row) throw new Error('The database gave no id.')
  return row.id
}

/** Begins a request. No row comes back: who came by a link may read it only once the link stands beside it. */
export async function addDraft(
  tx: Tx,
  request: Pick<StoredRequest, 'id' | 'reference' | 'kind' | 'pack' | 'service' | 'draft' | 'locale'> &
    Partial<
      Pick<StoredRequest, 'account' | 'enteredByAccount' | 'enteredBy' | 'redirectedFrom' | 'person' | 'urgency'>
    >,
): Promise<void> {
  await tx.all(
    query.insertInto('intake.request').values({
      id: request.id,
      reference: request.reference,
      kind: request.kind,
      pack: request.pack,
      service_id: request.service ?? null,
      draft: json(request.draft),
      locale: request.locale,
      account_id: request.account ?? null,
      entered_by_account: request.enteredByAccount ?? null,
      entered_by: request.enteredBy ? json(request.enteredBy) : null,
      redirected_from: request.redirectedFrom ?? null,
      person_id: request.person ?? null,
      urgency: request.urgency ?? 'ordinary',
      created_at: tx.now,
      changed_at: tx.now,
    }),
  )
}

/** Keeps what was typed so far. @returns false where somebody changed the draft meanwhile, or it was sent */
export async function keepDraft(
  tx: Tx,
  request: { id: string; version: number },
  kept: { draft: Draft; kind: RequestKind; service: string | undefined; urgency: Urgency },
): Promise<boolean> {
  const row = await tx.one(
    query
      .updateTable('intake.request')
      .set({
        draft: json(kept.draft),
        kind: kept.kind,
        entered_by: kept.draft.enteredBy ? json(kept.draft.enteredBy) : null,
        service_id: kept.service ?? null,
        urgency: kept.urgency,
        changed_at: tx.now,
        version: sql`version + 1`,
      })
      .where('id', '=', request.id)
      .where('version', '=', request.version)
      .where('state', '=', 'draft')
      .returning('id'),
  )
  return row !== undefined
}

/** What may change along with a step. */
export interface Moved {
  handler?: string
  person?: string | undefined
  service?: string
  serviceVersion?: number
  assignedTo?: string | null
  needsBody?: readonly string[]
  follows?: readonly FollowUp[]
  account?: string | null
  enteredByAccount?: string | null
  submittedAt?: Date
  decidedAt?: Date
}

/** INT-2: one step, checked and done in one statement. @returns false where the request no longer stands at `from` */
export async function moveRequest(
  tx: Tx,
  id: string,
  from: RequestState | readonly RequestState[],
  to: RequestState,
  changes: Moved = {},
): Promise<boolean> {
  const row = await tx.one(
    query
      .updateTable('intake.request')
      .set({
        state: to,
        changed_at: tx.now,
        version: sql`version + 1`,
        ...(changes.handler === undefined ? {} : { handler_id: changes.handler }),
        ...(changes.person === undefined ? {} : { person_id: changes.person }),
        ...(changes.service === undefined ? {} : { service_id: changes.service }),
        ...(changes.serviceVersion === undefined ? {} : { service_version: changes.serviceVersion }),
        ...(changes.assignedTo === undefined ? {} : { assigned_to: changes.assignedTo }),
        ...(changes.needsBody === undefined ? {} : { needs_body: [...changes.needsBody] }),
        ...(changes.follows === undefined ? {} : { follows: [...changes.follows] }),
        ...(changes.account === undefined ? {} : { account_id: changes.account }),
        ...(changes.enteredByAccount === undefined ? {} : { entered_by_account: changes.enteredByAccount }),
        ...(changes.submittedAt === undefined ? {} : { submitted_at: changes.submittedAt }),
        ...(changes.decidedAt === undefined ? {} : { decided_at: changes.decidedAt }),
      })
      .where('id', '=', id)
      .where('state', 'in', typeof from === 'string' ? [from] : [...from])
      .returning('id'),
  )
  return row !== undefined
}

/** INT-3: notes the nearest deadline that runs, so that the desk sorts by it. */
export async function noteDue(tx: Tx, id: string): Promise<void> {
  await tx.all(
    query
      .updateTable('intake.request')
      .set({
        due_at: sql<Date>`(select min(c.due_at) from intake.clock c where c.request_id = request.id and c.stopped_at is null
          and c.paused_at is null and c.kind not in ('appeal', 'grace'))`,
      })
      .where('id', '=', id),
  )
}

/** The request with this id, as far as row level security opens it. */
export async function readRequest(tx: Tx, id: string): Promise<StoredRequest | undefined> {
  return stored(await tx.one(requests().where('id', '=', id)))
}

/** The same, held: nobody else changes it until this transaction ends. It is as it stands then, not as it stood when somebody else began. */
export async function heldRequest(tx: Tx, id: string): Promise<StoredRequest | undefined> {
  return stored(await tx.one(requests().where('id', '=', id).forUpdate()))
}

/** Does the link of this transaction lead to the request, whoever has signed in besides? */
export async function isLinked(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.one(query.selectNoFrom(sql<boolean>`${id}::uuid = any (intake.linked())`.as('linked')))
  return row?.linked ?? false
}

/** The request that followed where this one was redirected. */
export async function requestRedirectedFrom(tx: Tx, id: string): Promise<StoredRequest | undefined> {
  return stored(await tx.one(requests().where('redirected_from', '=', id)))
}

/** Requests that the actor made themselves or entered for others with their consent, the newest first. */
export async function requestsOf(tx: Tx, account: string, limit = 100): Promise<StoredRequest[]> {
  const rows = await tx.all(
    requests()
      .where((where) => where.or([where('account_id', '=', account), where('entered_by_account', '=', account)]))
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit),
  )
  return rows.flatMap((row) => stored(row) ?? [])
}

/** Throws a draft away. @returns false where there was none to throw away */
export async function forgetDraft(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.one(
    query.deleteFrom('intake.request').where('id', '=', id).where('state', '=', 'draft').returning('id'),
  )
  return row !== undefined
}

export function requests() {
  return query
    .selectFrom('intake.request')
    .select([
      'id',
      'reference',
      'kind',
      'state',
      'pack',
      'service_id',
      'service_version',
      'handler_id',
      'person_id',
      'account_id',
      'entered_by',
      'entered_by_account',
      'helper_reads',
      'urgency',
      'draft',
      'locale',
      'assigned_to',
      'redirected_from',
      'needs_body',
      'follows',
      'due_at',
      'version',
      'created_at',
      'submitted_at',
      'decided_at',
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof requests>['execute']>>[number]

export function stored(row: Row | undefined): StoredRequest | undefined {
  if (!row) return undefined
  return {
    id: row.id,
    reference: row.reference,
    kind: row.kind as RequestKind,
    state: row.state as RequestState,
    pack: row.pack,
    service: row.service_id ?? undefined,
    serviceVersion: row.service_version ?? undefined,
    handler: row.handler_id ?? undefined,
    person: row.person_id ?? undefined,
    account: row.account_id ?? undefined,
    enteredBy: (row.entered_by as EnteredBy | null) ?? undefined,
    enteredByAccount: row.entered_by_account ?? undefined,
    helperReads: row.helper_reads,
    urgency: row.urgency as Urgency,
    draft: Draft.parse(row.draft),
    locale: row.locale as Locale,
    assignedTo: row.assigned_to ?? undefined,
    redirectedFrom: row.redirected_from ?? undefined,
    needsBody: row.needs_body,
    follows: row.follows as FollowUp[],
    dueAt: row.due_at ?? undefined,
    version: row.version,
    createdAt: row.created_at,
    submittedAt: row.submitted_at ?? undefined,
    decidedAt: row.decided_at ?? undefined,
  }
}

/** Forgets drafts that nobody has touched since a moment. Needs the purpose `intake`. @returns their ids */
export async function forgetDraftsBefore(tx: Tx, before: Date): Promise<string[]> {
  const rows = await tx.all(
    query.deleteFrom('intake.request').where('state', '=', 'draft').where('changed_at', '<', before).returning('id'),
  )
  return rows.map(({ id }) => id)
}
