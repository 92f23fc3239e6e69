import { query, type Tx } from '../../../platform/db/database.ts'
import { ServiceCard } from '../types.ts'
import type { ServiceStatus } from './save-service.ts'

export interface Proposal {
  id: string
  service: string
  baseVersion: number
  card: ServiceCard
  status: ServiceStatus
  /** account of who proposed it */
  account: string | undefined
  at: Date
  state: 'waiting' | 'accepted' | 'declined' | 'withdrawn'
  reason: string | undefined
}

function proposals() {
  return query
    .selectFrom('directory.proposal')
    .select(['id', 'service_id', 'base_version', 'card', 'status', 'account_id', 'at', 'state', 'reason'])
}

function proposal(row: {
  id: string
  service_id: string
  base_version: number
  card: unknown
  status: string
  account_id: string | null
  at: Date
  state: string
  reason: string | null
}): Proposal {
  return {
    id: row.id,
    service: row.service_id,
    baseVersion: row.base_version,
    card: ServiceCard.parse(row.card),
    status: row.status as ServiceStatus,
    account: row.account_id ?? undefined,
    at: row.at,
    state: row.state as Proposal['state'],
    reason: row.reason ?? undefined,
  }
}

/** The proposal with this id, as far as the reader may see it. */
export async function proposalById(tx: Tx, id: string): Promise<Proposal | undefined> {
  const row = await tx.one(proposals().where('id', '=', id))
  return row ? proposal(row) : undefined
}

/** The proposal that waits for this service; there is at most one. */
export async function waitingProposal(tx: Tx, service: string): Promise<Proposal | undefined> {
  const row = await tx.one(proposals().where('service_id', '=', service).where('state', '=', 'waiting'))
  return row ? proposal(row) : undefined
}

/** Stores a proposal in place of one that waits: a provider who goes on writing does not queue up behind themselves. @returns its id */
export async function saveProposal(
  tx: Tx,
  proposed: { service: string; baseVersion: number; card: ServiceCard; status: ServiceStatus; account: string },
): Promise<string> {
  // Of two who propose at once the second waits here, and then takes the place of the first.
  await tx.all(query.selectFrom('directory.service').select('id').where('id', '=', proposed.service).forUpdate())
  await tx.all(
    query
      .updateTable('directory.proposal')
      .set({ state: 'withdrawn', decided_at: tx.now, decided_by: proposed.account })
      .where('service_id', '=', proposed.service)
      .where('state', '=', 'waiting'),
  )
  const row = await tx.one(
    query
      .insertInto('directory.proposal')
      .values({
        service_id: proposed.service,
        base_version: proposed.baseVersion,
        card: JSON.stringify(proposed.card),
        status: proposed.status,
        account_id: proposed.account,
        at: tx.now,
      })
      .returning('id'),
  )
  if (!row) throw new Error('the database stored a proposal and did not name it')
  return row.id
}

/** Ends a proposal that still waits. @returns whether it did; false when somebody was faster */
export async function endProposal(
  tx: Tx,
  id: string,
  end: { state: 'accepted' | 'declined' | 'withdrawn'; by: string | null; reason?: string | undefined },
): Promise<boolean> {
  const row = await tx.one(
    query
      .updateTable('directory.proposal')
      .set({ state: end.state, decided_by: end.by, decided_at: tx.now, reason: end.reason ?? null })
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .returning('id'),
  )
  return row !== undefined
}

/** Do changes of this organisation wait for an editor (DIR-7)? */
export async function needsApproval(tx: Tx, organisation: string): Promise<boolean> {
  return (
    (await tx.one(
      query.selectFrom('directory.approval_rule').select('since').where('organisation_id', '=', organisation),
    )) !== undefined
  )
}

/** Sets or lifts the rule that changes of this organisation wait for an editor. */
export function setApproval(tx: Tx, organisation: string, required: boolean): void {
  tx.later(
    required
      ? query
          .insertInto('directory.approval_rule')
          .values({ organisation_id: organisation })
          .onConflict((clash) => clash.doNothing())
      : query.deleteFrom('directory.approval_rule').where('organisation_id', '=', organisation),
  )
}
