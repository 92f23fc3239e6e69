import { dayAfter } from '../../../../platform/calendar/working-days.ts'

/** A date on which whoever is missing in a collection is reminded: so many days before it is due (below nothing: after). */
export interface Stage {
  stage: number
  day: string
}

/** The dates of a collection, first to last, as its rule says (CAP-10). A date on which it was not open yet is none. @param from the day on which it was opened */
export function stagesOf(collection: { from: string; due: string }, remind: readonly number[]): Stage[] {
  return [...new Set(remind)]
    .map((stage) => ({ stage, day: dayAfter(collection.due, -stage) }))
    .filter(({ day }) => day > collection.from)
    .sort((one, other) => (one.day < other.day ? -1 : 1))
}

/** The last date that has come by a day: one letter makes up for all that went by. */
export const stageOn = (stages: readonly Stage[], day: string): Stage | undefined =>
  stages.findLast((stage) => stage.day <= day)
