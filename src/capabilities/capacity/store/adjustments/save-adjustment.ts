import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import type { Text } from '../../../../platform/i18n/text.ts'
import type { PathOutcome } from '../../rules/adjustments/path.ts'
import type { AdjustmentKind, AdjustmentState } from '../../types/adjustments.ts'

/** What a plan says, ready to be stored. */
export interface PlanRow {
  kind: AdjustmentKind
  change: number
  effectOn: string
  reason: Text
  tariffEffect: Text
  peopleEffect: Text
  alternatives: Text
}

const values = (plan: PlanRow) => ({
  kind: plan.kind,
  change: plan.change,
  effect_on: plan.effectOn,
  reason: JSON.stringify(plan.reason),
  tariff_effect: JSON.stringify(plan.tariffEffect),
  people_effect: JSON.stringify(plan.peopleEffect),
  alternatives: JSON.stringify(plan.alternatives),
})

/** Stores a plan. Number, region, operator and places follow in the database. @param offer id @returns id and number */
export async function insertAdjustment(
  tx: Tx,
  plan: PlanRow & { offer: string; by: string },
): Promise<{ id: string; number: string }> {
  const row = await tx.one(
    sql<{
      id: string
      number: string
    }>`insert into capacity.adjustment (offer_id, kind, change, effect_on, reason, tariff_effect, people_effect,
        alternatives, state, planned_by, changed_at)
      values (${plan.offer}, ${plan.kind}, ${plan.change}, ${plan.effectOn}::date, ${JSON.stringify(plan.reason)}, ${JSON.stringify(plan.tariffEffect)},
        ${JSON.stringify(plan.peopleEffect)}, ${JSON.stringify(plan.alternatives)}, 'planned', ${plan.by}, ${tx.now})
      returning id, number || '/' || year as number`,
  )
  if (!row) throw new Error('an adjustment was not stored')
  return row
}

/** Changes what is planned. @param anew contact and approval start again @returns false where somebody changed it meanwhile */
export async function saveAmendment(
  tx: Tx,
  adjustment: { id: string; version: number; state: AdjustmentState; revision: number; contacted: boolean },
  plan: PlanRow,
  anew: boolean,
): Promise<boolean> {
  const again = anew || !adjustment.contacted
  return changed(
    await tx.one(
      query
        .updateTable('capacity.adjustment')
        .set({
          ...(again
            ? {
                ...values(plan),
                state: 'planned',
                revision: adjustment.contacted ? adjustment.revision + 1 : adjustment.revision,
              }
            : { effect_on: plan.effectOn }),
          changed_at: tx.now,
        })
        .where('id', '=', adjustment.id)
        .where('version', '=', adjustment.version)
        .returning('id'),
    ),
  )
}

/** Notes that all affected municipalities were contacted, and the path that follows. */
export async function saveContacted(
  tx: Tx,
  adjustment: { id: string; version: number },
  state: AdjustmentState,
  path: PathOutcome | undefined,
): Promise<boolean> {
  return changed(
    await tx.one(
      query
        .updateTable('capacity.adjustment')
        .set({ state, ...pathColumns(path), contacted_at: tx.now, changed_at: tx.now })
        .where('id', '=', adjustment.id)
        .where('version', '=', adjustment.version)
        .returning('id'),
    ),
  )
}

const pathColumns = (path: PathOutcome | undefined) => ({
  path: path?.path ?? null,
  bodies: path?.bodies ?? [],
  ways: path?.ways ?? [],
  hearing_days: path?.hearingDays ?? null,
})

/** Notes the path that the secretariat chose where no rule is known. */
export async function saveChosenPath(
  tx: Tx,
  adjustment: { id: string; version: number },
  chosen: { state: AdjustmentState; path: PathOutcome; by: string; reason: string },
): Promise<boolean> {
  return changed(
    await tx.one(
      query
        .updateTable('capacity.adjustment')
        .set({
          state: chosen.state,
          ...pathColumns(chosen.path),
          path_chosen_by: chosen.by,
          path_reason: chosen.reason,
          changed_at: tx.now,
        })
        .where('id', '=', adjustment.id)
        .where('version', '=', adjustment.version)
        .returning('id'),
    ),
  )
}

/** Notes how the approval is asked for: at a meeting, or by mail. */
export async function saveAsked(
  tx: Tx,
  adjustment: { id: string; version: number },
  asked: { way: 'meeting'; matter: string } | { way: 'mail'; consultation: string },
): Promise<boolean> {
  return changed(
    await tx.one(
      query
        .updateTable('capacity.adjustment')
        .set({
          way: asked.way,
          ...(asked.way === 'meeting' ? { matter_id: asked.matter } : { consultation_id: asked.consultation }),
          changed_at: tx.now,
        })
        .where('id', '=', adjustment.id)
        .where('version', '=', adjustment.version)
        .returning('id'),
    ),
  )
}

/** What was decided about an adjustment and has not been taken over yet. */
export interface Verdict {
  outcome: 'agreed' | 'declined'
  /** id of the decision; of a hearing there is none */
  decision: string | undefined
}

export async function verdictOf(tx: Tx, id: string): Promise<Verdict | undefined> {
  const row = await tx.one(
    sql<{ outcome: Verdict['outcome']; decision_id: string | null }>`select * from capacity.verdict_of(${id}::uuid)`,
  )
  return row && { outcome: row.outcome, decision: row.decision_id ?? undefined }
}

/** Takes a verdict over. @returns false where it was taken over already */
export async function saveVerdict(tx: Tx, id: string, { outcome, decision }: Verdict): Promise<boolean> {
  return changed(
    await tx.one(
      query
        .updateTable('capacity.adjustment')
        .set({
          state: outcome === 'agreed' ? 'cleared' : 'declined',
          decision_id: decision ?? null,
          changed_at: tx.now,
        })
        .where('id', '=', id)
        .where('state', '=', 'approval-open')
        .returning('id'),
    ),
  )
}

/** Withdraws an adjustment that still runs. */
export async function saveWithdrawal(
  tx: Tx,
  adjustment: { id: string; version: number },
  reason: string,
): Promise<boolean> {
  return changed(
    await tx.one(
      query
        .updateTable('capacity.adjustment')
        .set({ state: 'withdrawn', ended_reason: reason, changed_at: tx.now })
        .where('id', '=', adjustment.id)
        .where('version', '=', adjustment.version)
        .returning('id'),
    ),
  )
}

/** Puts an adjustment in force: its places change with it. Needs the purpose of the job. @returns false where it is in force already */
export async function putInForce(tx: Tx, id: string): Promise<boolean> {
  return changed(
    await tx.one(
      query
        .updateTable('capacity.adjustment')
        .set({ state: 'in-force', changed_at: tx.now })
        .where('id', '=', id)
        .where('state', '=', 'cleared')
        .returning('id'),
    ),
  )
}

/** Notes that the tariff was calculated for the new number of places. */
export async function saveTariffDone(tx: Tx, id: string): Promise<boolean> {
  return changed(
    await tx.one(
      query
        .updateTable('capacity.adjustment')
        .set({ tariff_due: false, changed_at: tx.now })
        .where('id', '=', id)
        .where('tariff_due', '=', true)
        .returning('id'),
    ),
  )
}

const changed = (row: unknown): boolean => row !== undefined
