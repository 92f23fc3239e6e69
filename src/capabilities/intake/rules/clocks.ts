import { type DeadlineRule, dueAt, type Pause, type Place, warnAt } from '../../../platform/calendar/deadline.ts'

/** A clock of a request (INT-3). */
export interface Clock {
  rule: DeadlineRule
  startedAt: Date
  /** times that do not count, each over */
  pauses: readonly Pause[]
  /** since when it stands; undefined while it runs */
  pausedAt: Date | undefined
  dueAt: Date
  warnAt: Date
}

/** Begins to run. @param pauses times since then that do not count, where it takes the place of another */
export function startClock(rule: DeadlineRule, at: Date, place: Place, pauses: readonly Pause[] = []): Clock {
  return turned({ rule, startedAt: at, pauses, pausedAt: undefined }, place)
}

/** Waiting for the person stops it; what stands already goes on standing. */
export function pauseClock(clock: Clock, at: Date): Clock {
  return clock.pausedAt ? clock : { ...clock, pausedAt: at }
}

/** Goes on with what was left. */
export function resumeClock(clock: Clock, at: Date, place: Place): Clock {
  if (!clock.pausedAt) return clock
  const { rule, startedAt, pauses, pausedAt } = clock
  return turned({ rule, startedAt, pauses: [...pauses, { from: pausedAt, until: at }], pausedAt: undefined }, place)
}

function turned(clock: Omit<Clock, 'dueAt' | 'warnAt'>, place: Place): Clock {
  const due = dueAt(clock.rule, clock.startedAt, place, clock.pauses)
  return { ...clock, dueAt: due, warnAt: warnAt(clock.rule, clock.startedAt, due, place) }
}
