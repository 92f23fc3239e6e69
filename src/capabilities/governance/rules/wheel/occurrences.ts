import * as library from 'rrule'
import { Temporal } from 'temporal-polyfill'
import {
  dayAfter,
  nextWorkingDay,
  previousWorkingDay,
  type WorkingCalendar,
} from '../../../../platform/calendar/working-days.ts'
import type { Milestone, Recurrence, Relative } from '../../types/wheel.ts'
import { inOrder } from './order.ts'

// The file of the library that Node loads where the program is not bundled tells its names at run time alone: there they hang on the default.
const { RRule } = 'default' in library ? (library.default as typeof library) : library

/** One occurrence of a milestone. Days as `2026-11-29`. */
export interface Occurrence<One> {
  milestone: One
  /** the day that its rule gives: by it one occurrence is told from another */
  byRule: string
  /** the day on which it is */
  day: string
  moved: Move | undefined
}

/** One occurrence put on another day. */
export interface Move {
  /** name of the milestone */
  milestone: string
  byRule: string
  day: string
  reason: string
}

type Timed = Pick<Milestone, 'slug' | 'recurs' | 'relative' | 'dayOff'>

/**
 * All that happens from one day to another, both included, the earliest first (GOV-7). What hangs on another milestone follows it when it is moved;
 * a milestone that is moved itself stays where it was put.
 * @throws RangeError where milestones hang on each other in a circle, or holidays matter and are not known for the years
 */
export function occurrencesIn<One extends Timed>(
  milestones: readonly One[],
  calendar: WorkingCalendar,
  { from, until }: { from: string; until: string },
  moves: readonly Move[] = [],
): Occurrence<One>[] {
  const sorted = inOrder(milestones)
  if ('circle' in sorted) throw new RangeError(`${sorted.circle.join(', ')} hang on each other`)
  const moved = new Map(moves.map((move) => [`${move.milestone} ${move.byRule}`, move]))
  const wide = { from: dayAfter(from, -margin(milestones, moves)), until: dayAfter(until, margin(milestones, moves)) }
  const all = new Map<string, Occurrence<One>[]>()
  for (const milestone of sorted.order) {
    const { slug, recurs, relative, dayOff } = milestone
    const by = (day: string) => offDay(calendar, day, dayOff)
    const days = recurs
      ? recurring(recurs, wide).map((day) => ({ byRule: by(day), follows: by(day) }))
      : relative
        ? (all.get(relative.to) ?? []).map((anchor) => ({
            byRule: by(shifted(calendar, anchor.byRule, relative)),
            follows: by(shifted(calendar, anchor.day, relative)),
          }))
        : []
    all.set(
      slug,
      days.map(({ byRule, follows }) => {
        const move = moved.get(`${slug} ${byRule}`)
        return { milestone, byRule, day: move?.day ?? follows, moved: move }
      }),
    )
  }
  return [...all.values()]
    .flat()
    .filter(({ day }) => from <= day && day <= until)
    .toSorted(
      (one, other) => one.day.localeCompare(other.day) || one.milestone.slug.localeCompare(other.milestone.slug),
    )
}

/** Days on which it comes by itself. All is counted in days of UTC, so that no clock change touches it. */
function recurring({ from: first, rule }: Recurrence, { from, until }: { from: string; until: string }): string[] {
  const set = new RRule({ ...RRule.parseString(rule), dtstart: midnight(first) })
  return set.between(midnight(from), midnight(until), true).map((date) => date.toISOString().slice(0, 10))
}

const midnight = (day: string) => new Date(`${day}T00:00:00Z`)

function offDay(calendar: WorkingCalendar, day: string, dayOff: Milestone['dayOff']): string {
  switch (dayOff) {
    case 'stays':
      return day
    case 'next':
      return nextWorkingDay(calendar, day)
    case 'previous':
      return previousWorkingDay(calendar, day)
  }
}

/** The day so long before or after another. A month before the 31st is the last day of a shorter month. */
export function shifted(calendar: WorkingCalendar, day: string, { side, amount, unit }: Omit<Relative, 'to'>): string {
  const way = side === 'after' ? 1 : -1
  if (unit !== 'working-days')
    return Temporal.PlainDate.from(day)
      .add({ [unit]: way * amount })
      .toString()
  let at = day
  for (let left = amount; left > 0; left--)
    at = way > 0 ? nextWorkingDay(calendar, dayAfter(at)) : previousWorkingDay(calendar, dayAfter(at, -1))
  return at
}

const mostDays = { days: 1, 'working-days': 2, weeks: 7, months: 31 } as const

/** How far beyond the days that are asked for one must look: as far as all shifts together, and the farthest move. */
function margin(milestones: readonly Timed[], moves: readonly Move[]): number {
  const shifts = milestones.reduce(
    (sum, { relative }) => sum + (relative ? relative.amount * mostDays[relative.unit] + 20 : 20),
    0,
  )
  const farthest = Math.max(0, ...moves.map(({ byRule, day }) => Math.abs(daysBetween(byRule, day))))
  return Math.min(shifts, 1500) + farthest
}

const daysBetween = (from: string, until: string) => (midnight(until).getTime() - midnight(from).getTime()) / 86_400_000
