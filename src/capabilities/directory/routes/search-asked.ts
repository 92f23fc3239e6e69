import { Temporal } from 'temporal-polyfill'
import type { Tx } from '../../../platform/db/database.ts'
import type { Region } from '../../../platform/packs/regions.ts'
import { type FacetName, type SearchQuery, sortOf } from '../rules/search-request.ts'
import { type FoundServices, findServices } from '../store/find-services.ts'
import { correctedWords } from '../store/search-corrections.ts'
import type { AreaName, TermName } from '../store/search-names.ts'
import type { LocalMinute, ServiceSearch } from '../store/search-plan.ts'
import type { TermFacet } from '../types.ts'

/** A code in the address that nobody knows: 400 names the field. */
export function unknownChoice(
  query: SearchQuery,
  terms: readonly TermName[],
  areas: readonly AreaName[],
): { path: string; value: string } | undefined {
  for (const [path, facet] of Object.entries(termFacets)) {
    const known = new Set(terms.filter((term) => term.facet === facet).map((term) => term.code))
    const value = query[path as keyof typeof termFacets].find((code) => !known.has(code))
    if (value !== undefined) return { path, value }
  }
  if (query.area !== undefined && query.area !== 'everywhere' && !areas.some((area) => area.code === query.area))
    return { path: 'area', value: query.area }
  return undefined
}

/** The facet of the taxonomy that each name in the address stands for. */
export const termFacets = { situation: 'situation', group: 'target-group', kind: 'kind' } as const satisfies Partial<
  Record<FacetName, TermFacet>
>

interface Surroundings {
  areas: readonly AreaName[]
  /** undefined: everywhere */
  region: Region | undefined
  regions: readonly Region[]
  now: Date
  locale: ServiceSearch['locale']
}

/** What the database is asked. */
export function searchOf(
  query: SearchQuery,
  { areas, region, regions, now, locale }: Surroundings,
): Omit<ServiceSearch, 'limit'> {
  const path = (code: string | undefined) => areas.find((area) => area.code === code)?.path
  const area = query.area === 'everywhere' ? undefined : path(query.area)
  return {
    words: query.q,
    facets: query,
    areaPath: area,
    // an area of another region is an answer to *where*, too
    regionPath: area && region && !area.includes(region.area) ? undefined : path(region?.area),
    openAt: query.open ? localMinutes(now, regions, region) : undefined,
    sort: sortOf(query),
    near: query.near,
    locale,
    after: query.after,
  }
}

/** What the clocks of the regions show; services of no pack go by the clock of the region looked at. */
function localMinutes(now: Date, regions: readonly Region[], here: Region | undefined): LocalMinute[] {
  const zones = Map.groupBy(regions, (region) => region.timeZone)
  const home = (here ?? regions[0])?.timeZone
  return [...zones].map(([timeZone, inZone]) => {
    const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone)
    return {
      packs: inZone.map((region) => region.id),
      others: timeZone === home,
      minute: ((local.dayOfWeek - 1) * 24 + local.hour) * 60 + local.minute,
    }
  })
}

/** The words as typed; if nothing has them, what was probably meant. */
export async function findWithCorrection(
  tx: Tx,
  search: ServiceSearch,
  correct: boolean,
): Promise<{ found: FoundServices; corrected: string | undefined }> {
  const found = await findServices(tx, search)
  if (found.total > 0 || !search.words || !correct) return { found, corrected: undefined }
  const words = await correctedWords(tx, search.words)
  if (words === undefined) return { found, corrected: undefined }
  const second = await findServices(tx, { ...search, words })
  return second.total > 0 ? { found: second, corrected: words } : { found, corrected: undefined }
}
