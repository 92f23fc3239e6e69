import { facetMark } from './search-marks.ts'
import { type FacetName, facetKind } from './search-request.ts'

/** A value of a facet, and how many services have it. */
export interface FacetCount {
  value: string
  count: number
  chosen: boolean
}

/**
 * The values of a facet that are worth offering, most frequent first; what is chosen stays even where nothing has it.
 * @param marks as `findServices` counts them
 * @param values all values that the facet knows
 */
export function facetCounts(
  facet: FacetName,
  marks: ReadonlyMap<string, number>,
  values: readonly string[],
  chosen: readonly string[],
): FacetCount[] {
  const prefix = chosen.length > 0 ? `${facet}:` : ''
  return [...new Set([...values, ...chosen])]
    .map((value) => ({
      value,
      count: marks.get(prefix + facetMark(facetKind[facet], value)) ?? 0,
      chosen: chosen.includes(value),
    }))
    .filter(({ count, chosen }) => count > 0 || chosen)
    .sort((one, two) => two.count - one.count || (one.value < two.value ? -1 : 1))
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
