/** A scale from nothing, or from below nothing where values are negative, up to a round number above the largest value. */
export interface Scale {
  /** the values that get a line across, rising; the first and the last are the ends of the scale */
  ticks: readonly number[]
  /** share of the height or width at which a value stands, 0 … 1 */
  at(value: number): number
}

/** Steps that people count in. */
const steps = [1, 2, 2.5, 5, 10]

/**
 * Chooses round ticks that hold all values and nothing.
 * @param most ticks above nothing, at most
 */
export function scaleOf(values: readonly number[], most = 4): Scale {
  const finite = values.filter(Number.isFinite)
  const top = Math.max(0, ...finite)
  const bottom = Math.min(0, ...finite)
  // values next to nothing would make steps that no number holds
  const span = Math.max(top - bottom || 1, 1e-9)
  const power = 10 ** Math.floor(Math.log10(span / most))
  const step = (steps.find((one) => one * power * most >= span) ?? 10) * power
  const from = Math.floor(bottom / step)
  const to = Math.max(from + 1, Math.ceil(top / step))
  // counted in steps: sums of fractions would drift
  const ticks = Array.from({ length: to - from + 1 }, (_, at) => Number(((from + at) * step).toPrecision(12)))
  return { ticks, at: (value) => (value / step - from) / (to - from) }
}

/** Which of so many labels are written, so that they do not run into each other on a phone: the last one, and every n-th before it. */
export function writtenLabels(count: number, most = 5): ReadonlySet<number> {
  const every = Math.max(1, Math.ceil(count / most))
  return new Set(Array.from({ length: count }, (_, at) => at).filter((at) => (count - 1 - at) % every === 0))
}
