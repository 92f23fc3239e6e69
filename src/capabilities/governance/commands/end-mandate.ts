import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { invalid, late, ok } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { maySeat } from '../permissions.ts'
import { bodyById } from '../store/read-body.ts'
import { mandateById } from '../store/read-seats.ts'
import { saveEnd } from '../store/save-mandate.ts'
import { Day, mandateKind } from '../types.ts'

/** Sets the last day of a mandate (GOV-1). It stays known who held the seat. */
export const endMandate = command({
  audit: 'governance.mandate.end',
  input: z.object({ id: z.uuid(), until: Day }),
  async subject(tx, input) {
    const found = await mandateById(tx, input.id)
    const body = found && (await bodyById(tx, found.body))
    return found && body && { ...found, body, organisation: body.organisation.id }
  },
  permission: maySeat,
  async run(work, input, { mandate, seat, body }) {
    if (input.until < mandate.since) return invalid({ path: 'until', message: m.governance_ends_before() })
    if (!(await saveEnd(work.tx, mandate.id, input.until))) return late(m.governance_ended_already())
    work.about({ kind: mandateKind, id: mandate.id, detail: { body: body.profile.slug, seat } })
    return ok({ id: mandate.id, body: body.profile.slug })
  },
})
