import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayDelegate } from '../../permissions/meetings.ts'
import { matterOf } from '../../rules/judge-decision.ts'
import { canDelegate } from '../../rules/meetings/delegation.ts'
import { saveDelegation } from '../../store/meetings/delegations.ts'
import { bodyBySlug } from '../../store/read-body.ts'
import { decisionById } from '../../store/read-decisions.ts'
import { Amount, Currency } from '../../types/meetings.ts'
import { Day, decisionKind, Slug } from '../../types.ts'

/** Enters what another body may decide by itself, and up to which sum, because this decision says so (GOV-14). */
export const delegateLimit = command({
  audit: 'governance.limit.delegate',
  input: z.object({
    /** the decision by which it was delegated */
    id: z.uuid(),
    /** the body that gets the limit */
    to: Slug,
    kind: Slug,
    most: Amount,
    currency: Currency,
    since: Day,
    until: Day.optional(),
  }),
  async subject(tx, input) {
    const decision = await decisionById(tx, input.id)
    return decision && { decision, organisation: decision.body.organisation }
  },
  permission: mayDelegate,
  async run(work, input, { decision }) {
    const to = await bodyBySlug(work.tx, input.to)
    if (!to || to.id === decision.body.id) return invalid({ path: 'to', message: m.governance_no_such_body() })
    if (!canDelegate(decision)) return invalid({ path: 'id', message: m.governance_delegation_no_decision() })
    const kind = matterOf(to.profile, input.kind)
    if (!kind || kind.aboutPeople) return invalid({ path: 'kind', message: m.governance_not_entitled() })
    if (input.until !== undefined && input.until < input.since)
      return invalid({ path: 'until', message: m.governance_ends_before() })
    const id = await saveDelegation(work.tx, {
      body: to.id,
      kind: input.kind,
      most: input.most,
      currency: input.currency,
      decision: decision.id,
      since: input.since,
      until: input.until,
      by: work.actor?.account ?? '',
    })
    if (id === undefined) return invalid({ path: 'since', message: m.governance_delegated_already() })
    work.about({ kind: decisionKind, id: decision.id, detail: { to: to.profile.slug, kind: input.kind } })
    return ok({ id, body: to.profile.slug })
  },
})
