/** Days to wait after the first, second … letter that stayed without an answer; after the last, always the last. */
const waits = [14, 30, 60, 90]
const day = 86_400_000

/**
 * DIR-6: may a provider be written to again? A provider who does not answer is reminded ever more seldom, never more than once in two weeks.
 * @param sent moments of the letters since the last answer, in any order
 */
export function mayRemind(sent: readonly Date[], now: Date): boolean {
  if (sent.length === 0) return true
  const wait = waits[Math.min(sent.length, waits.length) - 1] ?? 90
  const last = Math.max(...sent.map((moment) => moment.getTime()))
  return now.getTime() - last >= wait * day
}

/** How long a link stays open: until the second reminder has come and a little longer. */
export const linkDays = 60
