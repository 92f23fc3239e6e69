import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayKeepWheel } from '../../permissions/wheel.ts'
import { fallsOn } from '../../rules/wheel/judge-milestone.ts'
import { wheelBySlug } from '../../store/wheel/read-wheel.ts'
import { saveMove } from '../../store/wheel/save-wheel.ts'
import { milestoneKind } from '../../types/wheel.ts'
import { Day, Slug } from '../../types.ts'

/** Puts one occurrence of a milestone on another day, with the reason (GOV-7). What hangs on it follows. */
export const moveMilestone = command({
  audit: 'governance.milestone.move',
  input: z.object({
    wheel: Slug,
    /** slug of a milestone, or id of an own one */
    milestone: Slug,
    /** the day that its rule gives */
    byRule: Day,
    day: Day,
    reason: z.string().trim().min(3).max(500),
  }),
  async subject(tx, input) {
    const wheel = await wheelBySlug(tx, input.wheel)
    return wheel && { wheel, organisation: wheel.organisation }
  },
  permission: mayKeepWheel,
  async run(work, input, { wheel }) {
    if (!fallsOn(wheel.milestones, wheel.calendar, input))
      return invalid({ path: 'byRule', message: m.governance_wheel_no_occurrence() })
    if (Math.abs(Number(input.day.slice(0, 4)) - Number(input.byRule.slice(0, 4))) > 2)
      return invalid({ path: 'day', message: m.governance_wheel_too_far() })
    await saveMove(work.tx, { ...input, wheel: wheel.id, by: work.actor?.account ?? '' })
    work.about({
      kind: milestoneKind,
      id: wheel.id,
      detail: { milestone: input.milestone, from: input.byRule, to: input.day },
    })
    return ok({ wheel: wheel.profile.slug, milestone: input.milestone, day: input.day })
  },
})
