import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import { Draft, type RequestKind, type RequestState, type Urgency } from '../types.ts'
import type { StoredRequest } from './requests.ts'

interface Row {
  id: string
  reference: string
  kind: string
  state: string
  urgency: string
  pack: string
  service_id: string | null
  handler_id: string
  assigned_to: string | null
  due_at: Date | null
  submitted_at: Date
  decided_at: Date | null
  version: number
}

/**
 * INT-8: a request of the actor's offices whose person they may not see: how it stands, what it is about, and nothing that was told.
 * @returns undefined where there is none, and where the request may be read like any other
 */
export async function hiddenRequest(tx: Tx, id: string): Promise<StoredRequest | undefined> {
  const row = await tx.one(sql<Row>`select * from intake.hidden_requests() where id = ${id}::uuid`)
  if (!row) return undefined
  const kind = row.kind as RequestKind
  return {
    id: row.id,
    reference: row.reference,
    kind,
    state: row.state as RequestState,
    pack: row.pack,
    service: row.service_id ?? undefined,
    serviceVersion: undefined,
    handler: row.handler_id,
    person: undefined,
    account: undefined,
    enteredBy: undefined,
    enteredByAccount: undefined,
    helperReads: false,
    urgency: row.urgency as Urgency,
    draft: Draft.parse({ kind }),
    locale: 'en',
    assignedTo: row.assigned_to ?? undefined,
    redirectedFrom: undefined,
    needsBody: [],
    follows: [],
    dueAt: row.due_at ?? undefined,
    version: row.version,
    createdAt: row.submitted_at,
    submittedAt: row.submitted_at,
    decidedAt: row.decided_at ?? undefined,
  }
}
