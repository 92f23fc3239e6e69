import { Side } from '../../types/meetings.ts'

/** GOV-14: state, providers and people have the same number of seats, at least one each. */
export function seatsAreEqual(sides: readonly Side[]): boolean {
  const counts = Side.options.map((side) => sides.filter((one) => one === side).length)
  return counts[0] !== 0 && new Set(counts).size === 1
}
