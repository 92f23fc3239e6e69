import { json, query, type Tx } from '../../../platform/db/database.ts'
import type { RequestState } from '../types.ts'

/** What happened to a request: for the person and the desk alike. */
export type Deed =
  | 'state'
  | 'entered'
  | 'assigned'
  | 'service'
  | 'reminded'
  | 'document'
  | 'assessed'
  | 'letter'
  | 'contract'
  | 'waiting'
  | 'alert'
  | 'follow-up'

export interface Step {
  id: string
  at: Date
  deed: Deed
  from: RequestState | undefined
  to: RequestState | undefined
  account: string | undefined
  note: string | undefined
  detail: Record<string, unknown>
}

/** Notes a step, at once: after the next one its author may no longer be let in. */
export async function addStep(
  tx: Tx,
  request: string,
  step: {
    deed: Deed
    from?: RequestState
    to?: RequestState
    account: string | null
    note?: string | undefined
    detail?: Record<string, string | number | boolean | null | readonly string[]>
  },
): Promise<void> {
  await tx.all(
    query.insertInto('intake.step').values({
      request_id: request,
      at: tx.now,
      deed: step.deed,
      from_state: step.from ?? null,
      to_state: step.to ?? null,
      account_id: step.account,
      note: step.note ?? null,
      detail: json(step.detail ?? {}),
    }),
  )
}

/** All steps of a request, the oldest first. */
export async function stepsOf(tx: Tx, request: string): Promise<Step[]> {
  const rows = await tx.all(
    query
      .selectFrom('intake.step')
      .selectAll()
      .where('request_id', '=', request)
      .orderBy('at')
      .orderBy('id')
      .limit(500),
  )
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    deed: row.deed as Deed,
    from: (row.from_state as RequestState | null) ?? undefined,
    to: (row.to_state as RequestState | null) ?? undefined,
    account: row.account_id ?? undefined,
    note: row.note ?? undefined,
    detail: row.detail as Record<string, unknown>,
  }))
}
