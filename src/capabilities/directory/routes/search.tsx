import { everyone } from '../../../platform/access/permission.ts'
import { type Answer, page } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import { asset } from '../../../platform/ui/assets.ts'
import { sinks } from '../rules/freshness.ts'
import { areaCounts, facetCounts } from '../rules/search-facets.ts'
import { type FacetName, facetKind, facetNames, ListQuery, listAddress } from '../rules/search-request.ts'
import type { FoundServices } from '../store/find-services.ts'
import { BadCursor } from '../store/search-cursor.ts'
import { type AreaName, areaNames, type TermName, termNames } from '../store/search-names.ts'
import { Accessibility, ServiceCard, ServiceForm } from '../types.ts'
import { accessWords, costWords, formWords, spokenLanguage } from '../views/card-words.ts'
import type { FacetView, PlaceOption } from '../views/filters.tsx'
import { ServicesList } from '../views/services-list.tsx'
import { searchApi } from './search-api.ts'
import { findWithCorrection, searchOf, termFacets, unknownChoice } from './search-asked.ts'
import { boundaryRoutes } from './search-boundaries.ts'

const open = { permission: everyone, audit: { none: 'public; nothing about the person is kept' } } as const
const pageSize = 20
/** On a map more is seen at once than in a list. */
const mapPageSize = 100

/** The list of all services with search, choices and map; the same over JSON (DIR-5). */
export function searchRoutes(door: Door): void {
  door.page('/services', { ...open, query: ListQuery, keepSeconds: 5 }, showList)
  boundaryRoutes(door)
  searchApi(door)
}

type ListVisit = Visit<unknown, ListQuery>

async function showList(visit: ListVisit): Promise<Answer> {
  const { query } = visit
  return visit.read(async (tx) => {
    const region = query.area === 'everywhere' ? undefined : visit.region
    const [terms, areas] = await Promise.all([termNames(tx), areaNames(tx, visit.region?.id, query.area)])
    const strange = unknownChoice(query, terms, areas)
    if (strange) return { is: 'bad', path: strange.path, message: m.search_unknown({ value: strange.value }) }
    const search = searchOf(query, { areas, region, regions: visit.regions, now: tx.now, locale: visit.locale })
    try {
      const { found, corrected } = await findWithCorrection(
        tx,
        { ...search, limit: query.view === 'map' ? mapPageSize : pageSize },
        query.exact === undefined,
      )
      return show(visit, found, corrected, terms, areas)
    } catch (problem) {
      if (problem instanceof BadCursor) return { is: 'bad', path: 'after', message: m.search_bad_cursor() }
      throw problem
    }
  })
}

function show(
  visit: ListVisit,
  found: FoundServices,
  corrected: string | undefined,
  terms: readonly TermName[],
  areas: readonly AreaName[],
): Answer {
  const { query, region, locale } = visit
  const say = (names: AreaName['names']) => speak(names, locale, region?.languages)
  const inRegion = areas.filter((area) => region && area.pack === region.id && area.path.includes(region.area))
  const top = inRegion.find((area) => area.code === region?.area)
  const counted = !found.more || query.area === undefined || query.area === 'everywhere'
  const counts = areaCounts(found.areas, inRegion)
  const option = (area: AreaName, value: string): PlaceOption => ({
    value,
    words: say(area.names),
    depth: Math.max(0, area.path.length - (top?.path.length ?? 0) - 1),
  })
  const below = inTreeOrder(inRegion.filter((area) => area !== top))
  const helpline = region?.helpline
  const title = query.q ? m.search_results_for({ words: corrected ?? query.q }) : m.directory_nav_all()
  const regionName =
    region && query.area !== 'everywhere' ? speak(region.short, locale, region.languages).words : undefined
  const onMap = query.view === 'map'
  return page(
    title,
    <ServicesList
      query={query}
      found={found}
      corrected={corrected}
      sinking={new Set(found.hits.filter((hit) => sinks(hit, visit.now)).map((hit) => hit.id))}
      facets={facetNames
        .map((name) => facetView(name, query, found, terms))
        .filter((facet) => narrows(facet, found.total))}
      areas={below.map((area) => ({
        ...option(area, area.code),
        count: counted ? (counts.get(area.code) ?? 0) : undefined,
      }))}
      points={below.flatMap((area) => (area.point ? [option(area, area.point.join(','))] : []))}
      region={regionName}
      areaName={(code) => {
        const area = areas.find((known) => known.code === code)
        return area ? say(area.names) : undefined
      }}
      address={visit.address}
      helpline={
        helpline
          ? {
              label: say(helpline.label),
              number: helpline.number,
              hours: helpline.hours ? say(helpline.hours) : undefined,
              example: helpline.example,
            }
          : undefined
      }
      map={
        onMap
          ? { boundaries: region ? `/areas/${region.id}.geojson` : undefined, attribution: region?.boundariesBy }
          : undefined
      }
    />,
    {
      description: m.directory_front_all_text(),
      head: (
        <>
          <link rel="canonical" href={visit.origin + listAddress({ ...query, after: query.after })} />
          {onMap ? <link rel="stylesheet" href={asset('map.css')} /> : null}
        </>
      ),
    },
  )
}

/** Every area under the one that holds it. */
function inTreeOrder(areas: readonly AreaName[]): AreaName[] {
  const under = Map.groupBy(areas, (area) => area.path.at(-2) ?? '')
  const codes = new Set(areas.map((area) => area.code))
  const visit = (area: AreaName): AreaName[] => [area, ...(under.get(area.code) ?? []).flatMap(visit)]
  return areas.filter((area) => !codes.has(area.path.at(-2) ?? '')).flatMap(visit)
}

/** A facet with one value that every service has is no choice. */
function narrows({ values }: FacetView, total: number): boolean {
  return values.length > 1 || values.some(({ chosen, count }) => chosen || (count ?? 0) < total)
}

function facetView(name: FacetName, query: ListQuery, found: FoundServices, terms: readonly TermName[]): FacetView {
  const names = new Map(terms.map((term) => [term.code, term.names]))
  const values = valuesOf(name, found, terms)
  return {
    name,
    legend: legends[name](),
    values: facetCounts(name, found, values, query[name]).map((counted) => {
      const text = names.get(counted.value)
      const words =
        facetKind[name] === 'term' && text
          ? speak(text, currentLocale())
          : { words: valueWords(name, counted.value), locale: currentLocale(), draft: false }
      return { ...counted, words }
    }),
  }
}

const legends: Readonly<Record<FacetName, () => string>> = {
  situation: m.directory_situations,
  group: m.directory_for_whom,
  kind: m.directory_kind,
  form: m.directory_form,
  cost: m.directory_cost,
  language: m.directory_languages,
  access: m.directory_accessibility,
}

function valuesOf(name: FacetName, found: FoundServices, terms: readonly TermName[]): string[] {
  switch (name) {
    case 'form':
      return [...ServiceForm.options]
    case 'cost':
      return [...ServiceCard.shape.cost.shape.kind.options]
    case 'access':
      return [...Accessibility.options]
    case 'language':
      return [...found.marks.keys()].flatMap((mark) => /^(?:language:)?l=(.+)$/.exec(mark)?.[1] ?? [])
    default:
      return terms.filter((term) => term.facet === termFacets[name]).map((term) => term.code)
  }
}

function valueWords(name: FacetName, value: string): string {
  const form = ServiceForm.safeParse(value)
  if (name === 'form' && form.success) return formWords(form.data)
  const cost = ServiceCard.shape.cost.shape.kind.safeParse(value)
  if (name === 'cost' && cost.success) return costWords(cost.data)
  const access = Accessibility.safeParse(value)
  if (name === 'access' && access.success) return accessWords(access.data)
  return name === 'language' ? spokenLanguage(value) : value
}
