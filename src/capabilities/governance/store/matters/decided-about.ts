import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import type { SourceThing } from '../../types/matters.ts'
import { type Decision, decisionById } from '../read-decisions.ts'
import { matterById, type StoredMatter } from './read-matters.ts'

/** Was this decided on a matter of exactly that thing? A decision that took the place of the one that did counts as it did (GOV-4). */
export async function decidesAbout(tx: Tx, decision: string, thing: SourceThing): Promise<boolean> {
  const row = await tx.one(
    sql<{ about: boolean }>`select governance.decides_about(${decision}, ${thing.kind}, ${thing.id}) as about`,
  )
  return row?.about === true
}

/** Decisions that were made on matters of a thing and agree, as they stand today, newest first. */
export async function standingDecisionsOn(tx: Tx, thing: SourceThing): Promise<Decision[]> {
  const rows = await tx.all(
    sql<{ id: string }>`select distinct governance.standing_decision(s.decision_id) as id from governance.matter_step s
      join governance.matter m on m.id = s.matter_id
      where s.deed = 'decided' and m.source_kind = ${thing.kind} and m.source_id = ${thing.id}`,
  )
  const found = await Promise.all(rows.map(({ id }) => decisionById(tx, id)))
  return found
    .filter((decision) => decision?.outcome === 'agreed' && !decision.superseded)
    .filter((decision) => decision !== undefined)
    .sort((a, b) => b.decidedOn.localeCompare(a.decidedOn))
}

/** Matters of a thing on which nothing is decided yet, as far as the reader may see them. */
export async function openMattersOf(tx: Tx, thing: SourceThing): Promise<StoredMatter[]> {
  const rows = await tx.all(
    query
      .selectFrom('governance.matter')
      .select('id')
      .where('source_kind', '=', thing.kind)
      .where('source_id', '=', thing.id)
      .where('state', 'in', ['idea', 'prepared', 'on-agenda', 'postponed'])
      .orderBy('raised_at'),
  )
  const found = await Promise.all(rows.map(({ id }) => matterById(tx, id)))
  return found.filter((matter) => matter !== undefined)
}

/** Does this decision decide a matter already? */
export async function decidesSomething(tx: Tx, decision: string): Promise<boolean> {
  const row = await tx.one(query.selectFrom('governance.matter_step').select('id').where('decision_id', '=', decision))
  return row !== undefined
}
