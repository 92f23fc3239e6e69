import type { WorkingCalendar } from '../../../../platform/calendar/working-days.ts'
import type { Milestone } from '../../types/wheel.ts'
import { occurrencesIn } from './occurrences.ts'

/** How often a milestone of a secretariat comes. */
export const often = ['once', 'every-year', 'every-second-year'] as const
export type Often = (typeof often)[number]

const rules = {
  once: 'FREQ=YEARLY;COUNT=1',
  'every-year': 'FREQ=YEARLY',
  'every-second-year': 'FREQ=YEARLY;INTERVAL=2',
} as const satisfies Record<Often, string>

/** The rule behind a day and how often it comes again; undefined for 29 February, which most years do not have. */
export function ruleOf(day: string, comes: Often): { from: string; rule: string } | undefined {
  return comes !== 'once' && day.endsWith('-02-29') ? undefined : { from: day, rule: rules[comes] }
}

/** Does this milestone fall on that day by its rule, so that it can be moved from there (GOV-7)? */
export function fallsOn(
  milestones: readonly Milestone[],
  calendar: WorkingCalendar,
  { milestone, byRule }: { milestone: string; byRule: string },
): boolean {
  // without moves, since they change no day that a rule gives
  return occurrencesIn(milestones, calendar, { from: byRule, until: byRule }).some(
    ({ milestone: { slug } }) => slug === milestone,
  )
}
