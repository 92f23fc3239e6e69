import { z } from 'zod'
import { type DeadlineRule, type Place, type Remaining, remaining } from '../../../platform/calendar/deadline.ts'

/** What the desk sorts requests by. */
export const DeskTab = z.enum(['new', 'due', 'waiting', 'overdue', 'decided', 'mine'])
export type DeskTab = z.infer<typeof DeskTab>

/** Why something is to be done now, the most urgent first. */
export type Phase = 'alarm' | 'overdue' | 'new' | 'due'

/** A request that waits for somebody to do something. */
export interface ToDo {
  id: string
  phase: Phase
}

/**
 * The request to open after this one. Behind one that is in review already come those that nobody has taken up: whoever takes a new one is
 * not led past the others. After the last it begins again.
 * @param list the most urgent first, each once @param current the request that is open; undefined at the desk
 */
export function nextToDo(list: readonly ToDo[], current: string | undefined): ToDo | undefined {
  const at = list.findIndex(({ id }) => id === current)
  if (at < 0) return list[0]
  const urgent = list[at]?.phase === 'due' ? list.find(({ phase }) => phase === 'alarm' || phase === 'new') : undefined
  const next = urgent ?? list[at + 1] ?? list[0]
  return next?.id === current ? undefined : next
}

/** A clock as the desk tells of it (INT-3). */
export interface Telling {
  rule: DeadlineRule
  dueAt: Date
  warnAt: Date
  pausedAt: Date | undefined
  stoppedAt: Date | undefined
}

/** How a clock stands: over, standing still, late, to be warned of, or running. */
export type ClockStand =
  | { is: 'stopped' }
  | { is: 'paused' }
  | { is: 'late' | 'soon' | 'running'; remaining: Remaining }

/** INT-3: what is left of a clock, and whether it is time to say so louder. */
export function standOf(clock: Telling, now: Date, place: Place): ClockStand {
  if (clock.stoppedAt) return { is: 'stopped' }
  if (clock.pausedAt) return { is: 'paused' }
  const left = remaining(clock.rule, clock.dueAt, now, place)
  return { is: left.late ? 'late' : now >= clock.warnAt ? 'soon' : 'running', remaining: left }
}
