/** An adjustment of an offer, as the question of splitting sees it. */
export interface Sized {
  id: string
  change: number
  effectOn: string
}

/** Adjustments that need no approval each, and would need one together (CAP-4). */
export interface Splitting {
  /** the others, by day of effect */
  with: Sized[]
  sum: number
}

/** The same day of the next year, for comparing; 29 February is followed by a day that sorts where 1 March begins. */
const yearAfter = (day: string): string => `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`

/**
 * CAP-4: do adjustments of one offer within twelve months exceed together what each of them stays below? Those in the same direction are added up, in
 * the twelve months in which they weigh most. A warning, and no refusal: no rule forbids it.
 * @param others of the same offer, neither withdrawn nor declined, none of which a body approves
 * @param needsApproval what the rule of the day says of so many places
 */
export function possibleSplitting(
  own: Omit<Sized, 'id'>,
  others: readonly Sized[],
  needsApproval: (change: number) => boolean,
): Splitting | undefined {
  if (needsApproval(own.change)) return undefined
  const same = others.filter(({ change }) => Math.sign(change) === Math.sign(own.change))
  const windows = [own, ...same]
    .map(({ effectOn }) => effectOn)
    .filter((start) => start <= own.effectOn && own.effectOn < yearAfter(start))
    .map((start) => same.filter(({ effectOn }) => start <= effectOn && effectOn < yearAfter(start)))
  const heaviest = windows
    .map((within) => ({ with: within, sum: within.reduce((sum, { change }) => sum + change, own.change) }))
    .sort((a, b) => Math.abs(b.sum) - Math.abs(a.sum))[0]
  if (!heaviest || heaviest.with.length === 0 || !needsApproval(heaviest.sum)) return undefined
  return { ...heaviest, with: [...heaviest.with].sort((a, b) => (a.effectOn < b.effectOn ? -1 : 1)) }
}
