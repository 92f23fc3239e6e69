import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { late, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayKeepWheel } from '../../permissions/wheel.ts'
import { wheelOfMilestone } from '../../store/wheel/read-wheel.ts'
import { saveWithdrawal } from '../../store/wheel/save-wheel.ts'
import { milestoneKind } from '../../types/wheel.ts'

/** Takes a milestone of the secretariat out of the wheel (GOV-7). Those of the pack stay. */
export const withdrawMilestone = command({
  audit: 'governance.milestone.withdraw',
  input: z.object({ id: z.uuid() }),
  async subject(tx, input) {
    const wheel = await wheelOfMilestone(tx, input.id)
    return wheel && { wheel, organisation: wheel.organisation }
  },
  permission: mayKeepWheel,
  async run(work, input, { wheel }) {
    if (!(await saveWithdrawal(work.tx, input.id))) return late(m.governance_wheel_gone())
    work.about({ kind: milestoneKind, id: input.id, detail: { wheel: wheel.profile.slug } })
    return ok({ id: input.id, wheel: wheel.profile.slug })
  },
})
