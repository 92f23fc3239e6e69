import type { MeetingState } from '../../types/meetings.ts'

const ways: Readonly<Record<MeetingState, readonly MeetingState[]>> = {
  planned: ['invited', 'held', 'cancelled'],
  invited: ['held', 'cancelled'],
  held: ['approved'],
  // a correction opens the next version of the minutes
  approved: ['held'],
  cancelled: [],
}

/** May a meeting that stands so become that (GOV-3)? */
export const mayBecome = (from: MeetingState, to: MeetingState) => ways[from].includes(to)

/** A task that is not done and whose day is over. Days as `2026-11-29`. */
export const isOverdue = (task: { due: string; doneOn: string | undefined }, today: string) =>
  task.doneOn === undefined && task.due < today
