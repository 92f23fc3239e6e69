import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, late, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { maySetUpGroup } from '../../permissions/forums.ts'
import { restingDecisions, saveStep } from '../../store/forums/groups.ts'
import { bodyKind } from '../../types/forums.ts'
import { Day, decisionKind, Slug } from '../../types.ts'
import { shortText } from '../short-text.ts'
import { groupBySlug } from './group-subject.ts'

/** Enters the terms of reference of a group, and the recorded decision that approved them (GOV-8). */
export const approveTerms = command({
  audit: 'governance.group.approve',
  input: z.object({
    group: Slug,
    /** id of the decision */
    decision: z.uuid(),
    purpose: shortText(2000),
    members: shortText(2000),
    product: shortText(2000),
    /** the last day of its work */
    horizon: Day,
  }),
  subject: (tx, input) => groupBySlug(tx, input.group),
  permission: maySetUpGroup,
  async run(work, input, { group, adHoc, founder }) {
    if (adHoc.terms) return late(m.governance_group_approved_already())
    const decision = (await restingDecisions(work.tx, founder)).find(({ id }) => id === input.decision)
    if (!decision) return invalid({ path: 'decision', message: m.governance_group_no_decision() })
    if (input.horizon < adHoc.begins || input.horizon < decision.decidedOn)
      return invalid({ path: 'horizon', message: m.governance_group_horizon_early() })
    const { purpose, members, product, horizon } = input
    await saveStep(work.tx, {
      body: group.id,
      deed: 'approve',
      decision: decision.id,
      terms: {
        purpose,
        members,
        product,
        horizon,
        approvedBy: decision.body,
        approvedOn: decision.decidedOn,
        decision: decision.id,
      },
      by: work.actor?.account ?? '',
    })
    work.thread.link({ kind: decisionKind, id: decision.id }, 'approves', { kind: bodyKind, id: group.id })
    work.about({ kind: bodyKind, id: group.id, detail: { decision: decision.id } })
    return ok({ slug: group.profile.slug })
  },
})
