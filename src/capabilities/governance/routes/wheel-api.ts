import { z } from 'zod'
import { everyone } from '../../../platform/access/permission.ts'
import { dayAfter } from '../../../platform/calendar/working-days.ts'
import type { Door } from '../../../platform/http/door.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { Text } from '../../../platform/i18n/text.ts'
import { addMilestone } from '../commands/wheel/add-milestone.ts'
import { moveMilestone } from '../commands/wheel/move-milestone.ts'
import { withdrawMilestone } from '../commands/wheel/withdraw-milestone.ts'
import { listWheels } from '../store/wheel/read-wheel.ts'
import { Certainty } from '../types/wheel.ts'
import { Day } from '../types.ts'
import { occurrencesOf } from './wheel.tsx'

const tag = 'Governance'
const writing = { tag, scope: 'governance:write' } as const

const MilestoneItem = z.object({
  wheel: z.string(),
  milestone: z.string(),
  names: Text,
  about: Text.nullable(),
  /** slug of the body, or of the group of bodies, that is responsible */
  body: z.string(),
  day: z.string(),
  /** the day that its rule gives */
  byRule: z.string(),
  movedBecause: z.string().nullable(),
  certainty: Certainty,
})

/** Milestones over JSON: what comes when, and the same commands as the desk (GOV-7). */
export function wheelApi(door: Door): void {
  door.resource(
    '/api/v1/milestones',
    {
      permission: everyone,
      audit: { none: 'public; the same as the pages' },
      tag,
      summary:
        'Milestones of the year wheels, in the order of their days; a year from today where no days are given, ten years at most',
      query: z.object({ pack: z.string().max(40).optional(), from: Day.optional(), until: Day.optional() }),
      response: z.object({ items: z.array(MilestoneItem), next: z.null() }),
    },
    async ({ read, query, now }) => {
      const from = query.from ?? dayIn(now, 'UTC')
      const until = query.until ?? dayAfter(from, 365)
      if (from < '2010-01-01' || from > '2039-12-31')
        return { is: 'bad', path: 'from', message: m.governance_wheel_too_far() }
      if (until < from || until > dayAfter(from, 3660) || until > '2040-12-31')
        return { is: 'bad', path: 'until', message: m.governance_wheel_too_far() }
      const wheels = await read((tx) => listWheels(tx, query.pack))
      const items = wheels.flatMap((wheel) =>
        occurrencesOf(wheel, { from, until }).map(({ milestone, day, byRule, moved }) => ({
          wheel: wheel.profile.slug,
          milestone: milestone.slug,
          names: milestone.names,
          about: milestone.about ?? null,
          body: milestone.body,
          day,
          byRule,
          movedBecause: moved?.reason ?? null,
          certainty: milestone.certainty,
        })),
      )
      return {
        is: 'ok',
        value: { items: items.toSorted((one, other) => one.day.localeCompare(other.day)), next: null },
      }
    },
  )
  door.command('/api/v1/milestones', {
    ...writing,
    method: 'post',
    summary: 'Add a milestone to a year wheel',
    command: addMilestone,
    response: z.object({ id: z.uuid(), wheel: z.string() }),
    status: 201,
  })
  door.command('/api/v1/milestones/move', {
    ...writing,
    method: 'post',
    summary: 'Put one occurrence of a milestone on another day',
    command: moveMilestone,
    response: z.object({ wheel: z.string(), milestone: z.string(), day: z.string() }),
  })
  door.command('/api/v1/milestones/{id}/withdraw', {
    ...writing,
    method: 'post',
    summary: 'Take a milestone that a secretariat added out of its wheel',
    command: withdrawMilestone,
    params: z.object({ id: z.uuid() }),
    response: z.object({ id: z.uuid(), wheel: z.string() }),
  })
}
