import type { AuditName, AuditNote, Origin } from '../access/command.ts'
import { json, query, type Tx } from '../db/database.ts'

export interface AuditEvent {
  act: AuditName
  actor: string | null
  origin: Origin
  outcome: 'done' | 'read' | 'refused'
  about: AuditNote | undefined
}

/** Writes an event into the trail; it travels with the commit, so that neither stands without the other. */
export function recordEvent(tx: Tx, event: AuditEvent): void {
  tx.later(
    query.insertInto('audit.event').values({
      act: event.act,
      outcome: event.outcome,
      origin: event.origin,
      actor: event.actor,
      about_kind: event.about?.kind ?? null,
      about_id: event.about?.id ?? null,
      detail: json(event.about?.detail ?? {}),
    }),
  )
}
