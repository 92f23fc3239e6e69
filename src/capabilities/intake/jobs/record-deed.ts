import type { AuditName, AuditNote } from '../../../platform/access/command.ts'
import { recordEvent } from '../../../platform/audit/record.ts'
import type { Tx } from '../../../platform/db/database.ts'

/** Records what a job changed in a request, as every command does of itself. */
export function recordDeed(tx: Tx, act: AuditName, request: string, detail: NonNullable<AuditNote['detail']>): void {
  recordEvent(tx, {
    act,
    actor: null,
    origin: 'job',
    outcome: 'done',
    about: { kind: 'intake.request', id: request, detail },
  })
}
