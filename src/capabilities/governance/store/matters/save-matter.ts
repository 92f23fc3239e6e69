import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import type { Text } from '../../../../platform/i18n/text.ts'
import type { Deed, MatterSource, MatterState, SourceThing } from '../../types/matters.ts'

export interface NewMatter {
  /** id of the body */
  body: string
  kind: string
  title: Text
  words: Text | undefined
  source: MatterSource
  thing: SourceThing | undefined
  sourceName: string | undefined
  state: 'idea' | 'prepared'
  /** account of who raises it */
  by: string
}

/** Stores a matter with the first step of its path. @returns its id */
export async function saveMatter(tx: Tx, made: NewMatter): Promise<string> {
  const row = await tx.one(
    query
      .insertInto('governance.matter')
      .values({
        body_id: made.body,
        kind: made.kind,
        title: JSON.stringify(made.title),
        words: made.words ? JSON.stringify(made.words) : null,
        source: made.source,
        source_kind: made.thing?.kind ?? null,
        source_id: made.thing?.id ?? null,
        source_name: made.sourceName ?? null,
        state: made.state,
        raised_by: made.by,
        raised_at: tx.now,
        changed_at: tx.now,
      })
      .returning('id'),
  )
  if (!row) throw new Error('a matter was not stored')
  // at once: in the same transaction further steps may follow it
  await tx.all(
    query
      .insertInto('governance.matter_step')
      .values({ matter_id: row.id, deed: 'raised', body_id: made.body, made_by: made.by, made_at: tx.now }),
  )
  return row.id
}

export interface NewStep {
  matter: string
  /** how it stands as far as the doer knows */
  from: MatterState
  deed: Exclude<Deed, 'raised'>
  /** id of the body that does it */
  body: string
  to?: { body: string; kind: string } | undefined
  meeting?: string | undefined
  decision?: string | undefined
  words?: string | undefined
  by: string
}

/** Takes a matter one step on; the database moves it. @returns false where it stands otherwise by now, or is with another body */
export async function saveStep(tx: Tx, step: NewStep): Promise<boolean> {
  const row = await tx.one(
    sql<{ id: string }>`insert into governance.matter_step
        (matter_id, deed, from_state, body_id, to_body_id, to_kind, meeting_id, decision_id, words, made_by, made_at)
      select m.id, ${step.deed}, m.state, m.body_id, ${step.to?.body ?? null}::uuid, ${step.to?.kind ?? null},
        ${step.meeting ?? null}::uuid, ${step.decision ?? null}::uuid, ${step.words ?? null}, ${step.by}::uuid, ${tx.now}::timestamptz
      from governance.matter m where m.id = ${step.matter} and m.state = ${step.from} and m.body_id = ${step.body}
      returning id`,
  )
  return row !== undefined
}
