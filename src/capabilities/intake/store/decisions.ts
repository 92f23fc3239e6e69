import { json, query, type Tx } from '../../../platform/db/database.ts'
import type { Text } from '../../../platform/i18n/text.ts'
import type { DecisionOutcome, FollowUp } from '../types.ts'

/** What was decided, and on what it rests. */
export interface StoredDecision {
  id: string
  request: string
  outcome: DecisionOutcome
  service: string
  groundCode: string | undefined
  groundText: Text | undefined
  facts: string | undefined
  words: string | undefined
  alternatives: readonly string[]
  human: string | undefined
  /** to whom, how, until when: as the pack said on that day */
  appeal: { to: Text; how: Text; until?: string; unverified: boolean } | undefined
  bodyDecision: string | undefined
  redirectService: string | undefined
  agreed: string | undefined
  decidedBy: string | undefined
  decidedAt: Date
}

/** Stores a decision. The database judges it once more over the card as it stands, and refuses what may not be (INT-4, INT-5, INT-6). */
export async function addDecision(tx: Tx, decision: Omit<StoredDecision, 'decidedAt'>): Promise<void> {
  await tx.all(
    query.insertInto('intake.decision').values({
      id: decision.id,
      request_id: decision.request,
      outcome: decision.outcome,
      service_id: decision.service,
      ground_code: decision.groundCode ?? null,
      ground_text: decision.groundText ? json(decision.groundText) : null,
      facts: decision.facts ?? null,
      words: decision.words ?? null,
      alternatives: [...decision.alternatives],
      human: decision.human ?? null,
      appeal: decision.appeal ? json(decision.appeal) : null,
      body_decision_id: decision.bodyDecision ?? null,
      redirect_service_id: decision.redirectService ?? null,
      agreed: decision.agreed ?? null,
      decided_by: decision.decidedBy ?? null,
      decided_at: tx.now,
    }),
  )
}

/** The decision of a request, once there is one. */
export async function decisionOf(tx: Tx, request: string): Promise<StoredDecision | undefined> {
  const row = await tx.one(query.selectFrom('intake.decision').selectAll().where('request_id', '=', request))
  if (!row) return undefined
  return {
    id: row.id,
    request: row.request_id,
    outcome: row.outcome as DecisionOutcome,
    service: row.service_id,
    groundCode: row.ground_code ?? undefined,
    groundText: (row.ground_text as Text | null) ?? undefined,
    facts: row.facts ?? undefined,
    words: row.words ?? undefined,
    alternatives: row.alternatives,
    human: row.human ?? undefined,
    appeal: (row.appeal as StoredDecision['appeal'] | null) ?? undefined,
    bodyDecision: row.body_decision_id ?? undefined,
    redirectService: row.redirect_service_id ?? undefined,
    agreed: row.agreed ?? undefined,
    decidedBy: row.decided_by ?? undefined,
    decidedAt: row.decided_at,
  }
}

/** A step that follows acceptance. */
export interface FollowUpStep {
  position: number
  kind: FollowUp
  begunAt: Date | undefined
  doneAt: Date | undefined
  note: string | undefined
}

/** INT-2: what follows acceptance, in order; the first begins at once. */
export function addFollowUps(tx: Tx, request: string, kinds: readonly FollowUp[]): void {
  if (kinds.length === 0) return
  tx.later(
    query.insertInto('intake.follow_up').values(
      kinds.map((kind, position) => ({
        request_id: request,
        position,
        kind,
        begun_at: position === 0 ? tx.now : null,
      })),
    ),
  )
}

/** What follows acceptance, in order. */
export async function followUpsOf(tx: Tx, request: string): Promise<FollowUpStep[]> {
  const rows = await tx.all(
    query.selectFrom('intake.follow_up').selectAll().where('request_id', '=', request).orderBy('position'),
  )
  return rows.map((row) => ({
    position: row.position,
    kind: row.kind as FollowUp,
    begunAt: row.begun_at ?? undefined,
    doneAt: row.done_at ?? undefined,
    note: row.note ?? undefined,
  }))
}

/** Ends the follow-up of this kind that has begun, and begins the next. @returns the next one; undefined where it is not its turn */
export async function finishFollowUp(
  tx: Tx,
  request: string,
  kind: FollowUp,
  by: { account: string | null; note?: string | undefined },
): Promise<{ next: FollowUp | undefined } | undefined> {
  const done = await tx.one(
    query
      .updateTable('intake.follow_up')
      .set({ done_at: tx.now, account_id: by.account, note: by.note ?? null })
      .where('request_id', '=', request)
      .where('kind', '=', kind)
      .where('begun_at', 'is not', null)
      .where('done_at', 'is', null)
      .returning('position'),
  )
  if (!done) return undefined
  const next = await tx.one(
    query
      .updateTable('intake.follow_up')
      .set({ begun_at: tx.now })
      .where('request_id', '=', request)
      .where('position', '=', done.position + 1)
      .returning('kind'),
  )
  return { next: (next?.kind as FollowUp | undefined) ?? undefined }
}

/** Nothing more follows: what is open ends here, with the reason. */
export async function endFollowUps(
  tx: Tx,
  request: string,
  by: { account: string | null; note: string },
): Promise<void> {
  await tx.all(
    query
      .updateTable('intake.follow_up')
      .set({ done_at: tx.now, account_id: by.account, note: by.note })
      .where('request_id', '=', request)
      .where('done_at', 'is', null),
  )
}
