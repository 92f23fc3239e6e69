import { publishCount, roundCount, smallest } from '../../../../platform/disclosure/disclosure.ts'

/**
 * How many wait, as it is told to everybody (INS-5): nobody, or a number rounded to the threshold; undefined for few. Whoever subtracts the numbers of
 * offers and groups from each other, or of one day from the next, finds no single person.
 */
export function publishedWaiting(waiting: number, threshold = smallest): number | undefined {
  const told = publishCount(waiting, threshold)
  return told === undefined ? undefined : roundCount(told, threshold)
}

/**
 * May it be told which municipalities use an offer (CAP-2)? Everybody reads how many live there: where that leaves each of the municipalities fewer than
 * the threshold, the names would say how many people of each.
 * @param occupied people who live there today @param users municipalities besides the operator
 */
export const tellsUsers = (occupied: number, users: number, threshold: number): boolean =>
  occupied === 0 || occupied - Math.max(users, 1) + 1 >= threshold

/** Days in a row that are alike to everybody: where a row begins because somebody came to the waiting list or left it, nobody is told (INS-5). */
export function withoutWaiting<Days extends { from: string; until: string | undefined; waiting: number }>(
  known: readonly Days[],
): Omit<Days, 'waiting'>[] {
  const told: Omit<Days, 'waiting'>[] = []
  for (const { waiting: _few, ...days } of known) {
    const before = told.at(-1)
    if (before && before.until === days.from && alike(before, days))
      told[told.length - 1] = { ...before, until: days.until }
    else told.push(days)
  }
  return told
}

const alike = (one: object, other: object): boolean => figures(one) === figures(other)
const figures = (days: object): string =>
  JSON.stringify(Object.entries(days).filter(([name]) => name !== 'from' && name !== 'until'))
