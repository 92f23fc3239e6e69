import { addDays } from './days.ts'

/** In scope, all days on which an offer is closed for a time are together at most so many of any 365 (CAP-3). The database says the same. */
export const mostPausedDays = 90

/** Numbers of places in a row of days. */
export interface Numbers {
  from: string
  /** the first day that is no longer in it; undefined where it goes on */
  until: string | undefined
  approved: number
  open: number
}

/** Fewer than half of the approved places open: that is closing for a time, by whatever name. */
export const isPaused = ({ approved, open }: Pick<Numbers, 'approved' | 'open'>): boolean => open * 2 < approved

/**
 * The most days in any 365 on which an offer would be closed for a time, of closings that end after the first day of a change that closes it.
 * @param known numbers so far @param change closes for a time; without `until` it lasts to the next change that is known
 * @returns undefined where a closing would have no last day
 */
export function pausedDays(
  known: readonly Numbers[],
  change: { from: string; until: string | undefined },
): number | undefined {
  const current = known.find(({ from, until }) => from <= change.from && (until === undefined || change.from < until))
  const until = change.until ?? current?.until
  const others = known.filter(isPaused).flatMap((period) => {
    if (period !== current) return [period]
    const before = { from: period.from, until: change.from }
    return until === undefined ? [before] : [before, { from: until, until: period.until }]
  })
  const closings = [...others, { from: change.from, until }].filter((closing) => closing.from !== closing.until)
  if (closings.some((closing) => closing.until === undefined)) return undefined
  const ends = closings.flatMap((closing) => (closing.until ? [{ from: closing.from, until: closing.until }] : []))
  return Math.max(
    0,
    ...ends
      .filter((closing) => closing.until > change.from)
      .map((closing) => daysWithin(ends, addDays(closing.until, -365), closing.until)),
  )
}

const daysWithin = (closings: readonly { from: string; until: string }[], from: string, until: string): number =>
  closings.reduce((sum, closing) => {
    const first = closing.from > from ? closing.from : from
    const last = closing.until < until ? closing.until : until
    return sum + Math.max(0, (Date.parse(last) - Date.parse(first)) / 86_400_000)
  }, 0)
