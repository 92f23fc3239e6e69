import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayKeepWheel } from '../../permissions/wheel.ts'
import { means } from '../../rules/relations.ts'
import { often, ruleOf } from '../../rules/wheel/judge-milestone.ts'
import { listBodies } from '../../store/read-body.ts'
import { wheelBySlug } from '../../store/wheel/read-wheel.ts'
import { saveMilestone } from '../../store/wheel/save-wheel.ts'
import { DayOff, milestoneKind } from '../../types/wheel.ts'
import { Day, Slug } from '../../types.ts'
import { shortText } from '../short-text.ts'

/** Adds a milestone of the secretariat to a wheel: once, or every year or every second year (GOV-7). */
export const addMilestone = command({
  audit: 'governance.milestone.add',
  input: z.object({
    wheel: Slug,
    names: shortText(200),
    about: shortText(1000).optional(),
    /** slug of the body, or of the group of bodies, that is responsible */
    body: Slug,
    day: Day,
    comes: z.enum(often),
    dayOff: DayOff.default('stays'),
    remindDays: z.coerce.number().int().min(0).max(120).default(14),
  }),
  async subject(tx, input) {
    const wheel = await wheelBySlug(tx, input.wheel)
    return wheel && { wheel, organisation: wheel.organisation }
  },
  permission: mayKeepWheel,
  async run(work, input, { wheel }) {
    const bodies = await listBodies(work.tx, wheel.pack)
    if (!bodies.some(({ profile }) => means(profile, input.body)))
      return invalid({ path: 'body', message: m.governance_wheel_no_body() })
    const recurs = ruleOf(input.day, input.comes)
    if (!recurs) return invalid({ path: 'day', message: m.governance_wheel_leap_day() })
    const { names, about, body, dayOff, remindDays } = input
    const milestone = { names, about, body, dayOff, remindDays, recurs, certainty: 'own' as const }
    const id = await saveMilestone(work.tx, wheel.id, milestone, work.actor?.account ?? '')
    work.about({ kind: milestoneKind, id, detail: { wheel: wheel.profile.slug, body } })
    return ok({ id, wheel: wheel.profile.slug })
  },
})
