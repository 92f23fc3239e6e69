import type { Child } from 'hono/jsx'
import { formatDistance, formatNumber } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { type Spoken, speak } from '../../../platform/i18n/text.ts'
import { highlight } from '../../../platform/search/highlight.ts'
import type { SearchTerms } from '../../../platform/search/words.ts'
import { Pager } from '../../../platform/ui/browse.tsx'
import { Button } from '../../../platform/ui/buttons.tsx'
import type { Frame } from '../../../platform/ui/frame.ts'
import { Icon } from '../../../platform/ui/icons.tsx'
import { Note } from '../../../platform/ui/notices.tsx'
import { PageHead } from '../../../platform/ui/page-head.tsx'
import { Script } from '../../../platform/ui/script.tsx'
import { Status } from '../../../platform/ui/status.tsx'
import { Marks } from '../../../platform/ui/words.tsx'
import { facetNames, type ListQuery, listAddress } from '../rules/search-request.ts'
import type { FoundServices } from '../store/find-services.ts'
import type { ServiceHit } from '../store/search-hits.ts'
import { ServiceFilters, type ServiceFiltersProps } from './filters.tsx'
import { Telephone } from './telephone.tsx'

export interface ServicesListProps extends ServiceFiltersProps {
  found: FoundServices
  /** the words of which the results are, when they are not those typed */
  corrected: string | undefined
  sinking: ReadonlySet<string>
  areaName: (code: string) => Spoken | undefined
  /** address of this page, to come back to */
  address: string
  helpline: Frame['helpline']
  map: MapView | undefined
}

/** What the map needs besides the list. */
export interface MapView {
  /** address of the boundaries */
  boundaries: string | undefined
  /** whose boundaries they are */
  attribution: string | undefined
}

/** The list of services: search box, choices, hits; as a map when asked for (DIR-5). */
export function ServicesList(props: ServicesListProps) {
  const { query, found, corrected, address, helpline, map } = props
  const words = query.q
  const count = found.more
    ? m.search_count_over({ count: formatNumber(found.total) })
    : m.search_count({ count: found.total })
  return (
    <>
      <PageHead
        title={words ? m.search_results_for({ words: corrected ?? words }) : m.directory_nav_all()}
        facts={props.region ? `${count} · ${props.region}` : count}
      >
        <search>
          <SearchForm query={query} />
        </search>
      </PageHead>
      <div class="ln-grid" data-cols="aside-main">
        <aside aria-label={m.ui_filters()}>
          <ServiceFilters {...props} />
        </aside>
        <div class="ln-stack" data-gap="6">
          {corrected && words ? <Corrected corrected={corrected} words={words} query={query} /> : null}
          {query.sort === 'distance' && !query.near ? <Note>{m.search_sort_no_place()}</Note> : null}
          {found.more ? (
            <p class="ln-small ln-quiet">{m.search_counts_first({ count: formatNumber(found.total) })}</p>
          ) : null}
          <p>
            <a class="ln-link" href={listAddress(query, { view: map ? 'list' : 'map' })}>
              {map ? m.search_view_list() : m.search_view_map()}
            </a>
          </p>
          {map ? <MapPlace map={map} /> : null}
          {found.hits.length > 0 ? (
            <ol class="ln-results" id="services">
              {found.hits.map((hit) => (
                <Hit
                  hit={hit}
                  terms={found.terms}
                  back={address}
                  sinks={props.sinking.has(hit.id)}
                  areaName={props.areaName}
                  onMap={map !== undefined}
                />
              ))}
            </ol>
          ) : (
            <Nothing helpline={helpline} />
          )}
          <Pager
            previous={query.after ? listAddress(query) : undefined}
            next={found.next ? listAddress(query, { after: found.next }) : undefined}
          />
        </div>
      </div>
    </>
  )
}

function SearchForm({ query }: { query: ListQuery }) {
  const kept: [string, string][] = [
    ...facetNames.flatMap((name) => query[name].map((value): [string, string] => [name, value])),
    ...(['area', 'open', 'near', 'sort', 'view', 'region'] as const).flatMap((name): [string, string][] =>
      query[name] === undefined ? [] : [[name, String(query[name])]],
    ),
  ]
  return (
    <form action="/services" method="get" class="ln-read">
      {kept.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <div class="ds-field">
        <label class="ds-label" for="q">
          {m.search_label()}
        </label>
        <div class="ln-search">
          <input class="ds-input" type="search" id="q" name="q" value={query.q} maxlength={200} autocomplete="off" />
          <Button>{m.directory_search_go()}</Button>
        </div>
      </div>
    </form>
  )
}

function Corrected({ corrected, words, query }: { corrected: string; words: string; query: ListQuery }) {
  return (
    <Note mark="ask">
      <p>{m.search_corrected({ words: corrected })}</p>
      <p>
        <a class="ln-link" href={listAddress(query, { exact: 'yes' })}>
          {m.search_instead({ words })}
        </a>
      </p>
    </Note>
  )
}

function Nothing({ helpline }: { helpline: Frame['helpline'] }) {
  return (
    <section class="ln-stack" data-gap="3" aria-labelledby="nothing">
      <h2 class="ds-heading" data-size="sm" id="nothing">
        {m.search_empty_title()}
      </h2>
      <p>{m.search_empty_text()}</p>
      <p>{helpline ? <Telephone phone={helpline} /> : m.directory_find_no_helpline()}</p>
      <p>
        <a class="ln-link" href="/find">
          {m.directory_find_title()}
        </a>
      </p>
    </section>
  )
}

interface HitProps {
  hit: ServiceHit
  terms: SearchTerms
  back: string
  sinks: boolean
  areaName: ServicesListProps['areaName']
  onMap: boolean
}

function Hit({ hit, terms, back, sinks, areaName, onMap }: HitProps) {
  const say = (text: ServiceHit['names']) => speak(text, currentLocale(), [hit.writtenIn])
  const [name, summary, organisation] = [say(hit.names), say(hit.summary), say(hit.organisation)]
  const hidden = hit.places.length > 0 && hit.places.every((place) => place.point === undefined)
  const points = hit.places.flatMap((place) => place.point ?? [])
  const place = hit.metres === undefined ? placeWords(hit, areaName) : formatDistance(hit.metres)
  // a municipality that gives help itself is named once
  const where = place === organisation.words ? undefined : place
  return (
    <li class="ln-stack" data-gap="3" data-points={onMap && points.length > 0 ? points.join(' ') : undefined}>
      <div class="ln-stack" data-gap="1">
        <h2 class="ds-heading" data-size="md">
          <a class="ln-link" href={`/services/${hit.slug}?back=${encodeURIComponent(back)}`}>
            <Found of={name} terms={terms} />
          </a>
        </h2>
        <p class="ln-small ln-quiet">
          <Found of={organisation} terms={terms} />
          {where ? <> · {where}</> : null}
          {onMap && hidden ? <> · {m.search_place_hidden()}</> : null}
        </p>
      </div>
      <Tags hit={hit} sinks={sinks} />
      <p>
        <Found of={summary} terms={terms} />
        <Marks of={[name, summary]} />
      </p>
    </li>
  )
}

/** The area of its place, or the first area served and how many more. */
function placeWords(hit: ServiceHit, areaName: ServicesListProps['areaName']): string | undefined {
  const areas = [...new Set(hit.places.map((place) => place.area))]
  const codes = areas.length === 1 ? areas : hit.areasServed
  const first = areaName(codes[0] ?? '')
  if (!first) return undefined
  return codes.length > 1 ? `${first.words} +${formatNumber(codes.length - 1)}` : first.words
}

/** At most two tags, as in the finder: no grounds for refusal (DIR-2), then what to be careful about. */
function Tags({ hit, sinks }: { hit: ServiceHit; sinks: boolean }) {
  if (!hit.noGrounds && !sinks && !hit.example) return null
  return (
    <div class="ln-row" data-tight>
      {hit.noGrounds ? (
        <Status mark="shield" tag>
          {m.directory_no_grounds_tag()}
        </Status>
      ) : null}
      {sinks ? (
        <Status mark="late" tag>
          {m.directory_stale_tag()}
        </Status>
      ) : hit.example ? (
        <Status mark="eye" tag>
          {m.directory_example_tag()}
        </Status>
      ) : null}
    </div>
  )
}

/** A text with the words that were searched for marked. */
function Found({ of, terms }: { of: Spoken; terms: SearchTerms }) {
  const parts: Child[] = highlight(of.words, terms, of.locale).map((part) =>
    part.found ? <mark>{part.text}</mark> : part.text,
  )
  return <span lang={of.locale === currentLocale() ? undefined : of.locale}>{parts}</span>
}

/** The map reads its points from the list beside it, so that both show the same hits. */
function MapPlace({ map }: { map: MapView }) {
  return (
    <div class="ln-stack" data-gap="2">
      <div class="ln-map-place" data-list="services" data-boundaries={map.boundaries} data-label={m.search_map_label()}>
        <p class="ln-note">{m.search_map_needs_script()}</p>
      </div>
      <p class="ln-small ln-quiet">
        <Icon name="pin" /> {m.search_map_text()}{' '}
        {map.attribution ? m.search_map_boundaries({ source: map.attribution }) : null}
      </p>
      <Script name="map.js" />
    </div>
  )
}
