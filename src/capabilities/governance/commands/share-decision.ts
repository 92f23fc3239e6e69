import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { invalid, ok } from '../../../platform/access/outcome.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { mayShare } from '../permissions.ts'
import { bodyBySlug } from '../store/read-body.ts'
import { decisionById } from '../store/read-decisions.ts'
import { colleagueByEmail, saveGrant } from '../store/save-decision.ts'
import { Day, decisionKind } from '../types.ts'

/** Opens a decision about a person to one colleague, by name, with the reason and, if wanted, a last day (GOV-13). */
export const shareDecision = command({
  audit: 'governance.decision.share',
  input: z.object({
    id: z.uuid(),
    email: z.email().max(320),
    /** why this colleague needs to read it */
    basis: z.string().trim().min(3).max(500),
    until: Day.optional(),
  }),
  async subject(tx, input) {
    const decision = await decisionById(tx, input.id)
    const body = decision && (await bodyBySlug(tx, decision.body.slug))
    return decision && body && { decision, body, organisation: body.organisation.id, aboutPerson: decision.aboutPerson }
  },
  permission: mayShare,
  async run(work, input, { decision, body }) {
    if (input.until !== undefined && input.until < dayIn(work.now, body.timeZone))
      return invalid({ path: 'until', message: m.governance_until_past() })
    const account = await colleagueByEmail(work.tx, input.email, body.organisation.id)
    if (account === undefined) return invalid({ path: 'email', message: m.governance_no_colleague() })
    await saveGrant(work.tx, {
      decision: decision.id,
      account,
      by: work.actor?.account ?? '',
      basis: input.basis,
      until: input.until === undefined ? undefined : { day: input.until, timeZone: body.timeZone },
    })
    work.about({ kind: decisionKind, id: decision.id })
    return ok({ id: decision.id })
  },
})
