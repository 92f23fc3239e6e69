import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { late } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { mayRecord } from '../permissions.ts'
import { delegationsTo } from '../store/meetings/delegations.ts'
import { bodyBySlug } from '../store/read-body.ts'
import { decisionById } from '../store/read-decisions.ts'
import { passGrantsOn } from '../store/save-decision.ts'
import { decisionKind } from '../types.ts'
import { DecisionFields, enterDecision } from './record-decision.ts'

/** Puts a right decision in the place of a wrong one, which stays as it was written and says that it no longer holds (GOV-4). */
export const supersedeDecision = command({
  audit: 'governance.decision.supersede',
  input: DecisionFields.extend({ id: z.uuid() }),
  async subject(tx, input) {
    const decision = await decisionById(tx, input.id)
    const body = decision && (await bodyBySlug(tx, decision.body.slug))
    return decision && body && { decision, body, organisation: body.organisation.id, aboutPerson: decision.aboutPerson }
  },
  permission: mayRecord,
  async run(work, input, { decision, body }) {
    if (decision.superseded) return late(m.governance_superseded_already())
    if ((await delegationsTo(work.tx, body.id)).length > 0) return late(m.governance_decide_at_meeting())
    const outcome = await enterDecision(
      work,
      body,
      // the right decision is about the same thing, unless it says otherwise
      { ...input, subject: input.subject ?? decision.subject },
      decision,
    )
    if (outcome.is !== 'ok') return outcome
    const made = outcome.value
    if (made.aboutPerson) await passGrantsOn(work.tx, decision.id, made.id, work.actor?.account ?? '')
    else work.thread.link({ kind: decisionKind, id: made.id }, 'supersedes', { kind: decisionKind, id: decision.id })
    return outcome
  },
})
