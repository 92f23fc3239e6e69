import { query, type Tx } from '../../../../platform/db/database.ts'
import { ruleKind, type StoredTable } from '../../types/rules.ts'
import { standingDecisionsOn } from '../matters/decided-about.ts'
import type { Decision } from '../read-decisions.ts'

/** Decisions made on matters of this table on which a new version may rest, newest first; each founds one version (GOV-12). */
export async function groundsFor(tx: Tx, table: StoredTable): Promise<Decision[]> {
  const found = await standingDecisionsOn(tx, { kind: ruleKind, id: table.id })
  const taken = new Set(table.versions.flatMap(({ decision }) => (decision ? [decision.id] : [])))
  return found.filter(
    ({ id, body, matter }) =>
      !taken.has(id) && table.changedBy?.bodies.includes(body.slug) && matter.slug === table.changedBy.matter,
  )
}

/** Does this decision found a version already? */
export async function foundsVersion(tx: Tx, decision: string): Promise<boolean> {
  const row = await tx.one(query.selectFrom('governance.rule_version').select('id').where('decision_id', '=', decision))
  return row !== undefined
}
