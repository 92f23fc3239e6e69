import { facetMark } from './search-marks.ts'
import { type FacetName, facetKind } from './search-request.ts'

/** A value of a facet, and how many services have it. */
export interface FacetCount {
  value: string
  /** undefined where it was not counted */
  count: number | undefined
  chosen: boolean
}

/**
 * The values of a facet that are worth offering, most frequent first; what is chosen stays even where nothing has it. Where more fit
 * than are counted, the values beside a chosen one are offered without a number.
 * @param marks as `findServices` counts them
 * @param values all values that the facet knows
 */
export function facetCounts(
  facet: FacetName,
  found: { marks: ReadonlyMap<string, number>; more: boolean },
  values: readonly string[],
  chosen: readonly string[],
): FacetCount[] {
  const prefix = chosen.length > 0 && !found.more ? `${facet}:` : ''
  const uncounted = chosen.length > 0 && found.more
  return [...new Set([...values, ...chosen])]
    .map((value) => {
      const isChosen = chosen.includes(value)
      const count = found.marks.get(prefix + facetMark(facetKind[facet], value)) ?? 0
      return { value, count: uncounted && !isChosen ? undefined : count, chosen: isChosen }
    })
    .filter((each) => each.count !== 0 || each.chosen)
    .sort((one, two) => (two.count ?? 0) - (one.count ?? 0) || (one.value < two.value ? -1 : 1))
}

/**
 * How many services fit each area: those that serve it, an area above it, or one within it.
 * @param groups services by the areas that they serve
 */
export function areaCounts(
  groups: readonly { served: readonly string[]; count: number }[],
  areas: readonly { code: string; path: readonly string[] }[],
): ReadonlyMap<string, number> {
  const pathOf = new Map(areas.map(({ code, path }) => [code, path]))
  const counts = new Map<string, number>()
  for (const { served, count } of groups) {
    const within = new Set(served.flatMap((code) => pathOf.get(code) ?? [code]))
    for (const { code, path } of areas) {
      if (within.has(code) || path.some((above) => served.includes(above)))
        counts.set(code, (counts.get(code) ?? 0) + count)
    }
  }
  return counts
}
