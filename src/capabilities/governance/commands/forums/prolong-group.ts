import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { type FieldError, invalid, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { maySetUpGroup } from '../../permissions/forums.ts'
import { judgeProlonging, type ProlongMistake } from '../../rules/forums/groups.ts'
import { restingDecisions, saveStep } from '../../store/forums/groups.ts'
import { bodyKind } from '../../types/forums.ts'
import { Day, decisionKind, Slug } from '../../types.ts'
import { groupBySlug } from './group-subject.ts'

/** A decision lets a group go on beyond its last day (GOV-8). Without one it ends. */
export const prolongGroup = command({
  audit: 'governance.group.prolong',
  input: z.object({ group: Slug, decision: z.uuid(), until: Day }),
  subject: (tx, input) => groupBySlug(tx, input.group),
  permission: maySetUpGroup,
  async run(work, input, { group, adHoc, founder }) {
    const decision = (await restingDecisions(work.tx, founder)).find(({ id }) => id === input.decision)
    if (!decision) return invalid({ path: 'decision', message: m.governance_group_no_decision() })
    const mistake = judgeProlonging(adHoc, { decidedOn: decision.decidedOn, until: input.until })
    if (mistake) return invalid(inWords(mistake))
    await saveStep(work.tx, {
      body: group.id,
      deed: 'prolong',
      decision: decision.id,
      until: input.until,
      by: work.actor?.account ?? '',
    })
    work.thread.link({ kind: decisionKind, id: decision.id }, 'prolongs', { kind: bodyKind, id: group.id })
    work.about({ kind: bodyKind, id: group.id, detail: { decision: decision.id, until: input.until } })
    return ok({ slug: group.profile.slug })
  },
})

function inWords(mistake: ProlongMistake): FieldError {
  switch (mistake) {
    case 'no-terms':
      return { path: 'decision', message: m.governance_group_no_terms() }
    case 'ended':
      return { path: 'decision', message: m.governance_group_ended_before() }
    case 'not-later':
      return { path: 'until', message: m.governance_group_not_later() }
  }
}
