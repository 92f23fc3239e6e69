import type { Tx } from '../../../../platform/db/database.ts'
import type { StoredTable } from '../../types/rules.ts'
import type { StoredBody } from '../read-body.ts'
import { type Decision, publicDecisions } from '../read-decisions.ts'

/** How many decisions of each body a form offers: the newest. */
const offered = 50

/** Decisions of these bodies on which a new version of the table may rest, newest first (GOV-12). */
export async function groundsFor(tx: Tx, table: StoredTable, bodies: readonly StoredBody[]): Promise<Decision[]> {
  const found = await Promise.all(
    bodies.map(({ id }) => publicDecisions(tx, { body: id }, { after: undefined, limit: offered })),
  )
  return found
    .flatMap(({ decisions }) => decisions)
    .filter(
      ({ outcome, superseded, matter }) =>
        outcome === 'agreed' && !superseded && matter.slug === table.changedBy?.matter,
    )
    .sort((a, b) => b.decidedOn.localeCompare(a.decidedOn))
}
