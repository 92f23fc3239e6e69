import type { Child } from 'hono/jsx'
import { formatNumber, sortedBy } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { Spoken } from '../../../platform/i18n/text.ts'
import { Choices, Filters } from '../../../platform/ui/browse.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import type { FacetCount } from '../rules/search-facets.ts'
import { type FacetName, type ListQuery, listAddress } from '../rules/search-request.ts'

/** One facet as the list offers it. */
export interface FacetView {
  name: FacetName
  legend: string
  /** most frequent first */
  values: readonly (FacetCount & { words: Spoken })[]
}

/** A place that can be chosen from a list; `depth` below the top of its region. */
export interface PlaceOption {
  value: string
  words: Spoken
  depth: number
  count?: number | undefined
}

export interface ServiceFiltersProps {
  query: ListQuery
  facets: readonly FacetView[]
  areas: readonly PlaceOption[]
  /** points from which distance can be counted: longitude, latitude as value */
  points: readonly PlaceOption[]
  region: string | undefined
}

/** So many values stand open; the rest of a facet is folded. */
const firstShown = 6

/** Everything that narrows and orders the list: one GET form, the same without script (DIR-5). */
export function ServiceFilters({ query, facets, areas, points, region }: ServiceFiltersProps) {
  const start = listAddress({ q: query.q, view: query.view, region: query.region })
  const here = listAddress({ ...query, sort: undefined })
  return (
    <Filters
      action="/services"
      keep={{ q: query.q, exact: query.exact, view: query.view === 'map' ? 'map' : undefined, region: query.region }}
      clear={here === start ? undefined : start}
      fields={(prefix) => (
        <>
          {areas.length > 1 ? (
            <Select
              id={`${prefix}area`}
              name="area"
              label={m.directory_area()}
              chosen={query.area}
              options={[
                { value: '', label: region ? m.search_area_all({ region }) : m.search_everywhere() },
                ...areas.map((area) => ({ value: area.value, label: placeLabel(area) })),
                ...(region ? [{ value: 'everywhere', label: m.search_everywhere() }] : []),
              ]}
            />
          ) : null}
          {facets.map((facet) => (
            <Facet prefix={prefix} facet={facet} />
          ))}
          <Choices
            prefix={prefix}
            name="open"
            legend={m.search_open()}
            options={[{ value: 'now', label: m.search_open_now() }]}
            chosen={query.open ? ['now'] : []}
          />
          {points.length > 0 || query.near ? (
            <Select
              id={`${prefix}near`}
              name="near"
              label={m.search_near()}
              hint={m.search_near_hint()}
              chosen={query.near ? String(query.near) : ''}
              options={[
                { value: '', label: m.search_near_none() },
                ...points.map((point) => ({ value: point.value, label: placeLabel(point) })),
                ...(query.near && !points.some((point) => point.value === String(query.near))
                  ? [{ value: String(query.near), label: m.search_near_point() }]
                  : []),
              ]}
            />
          ) : null}
          <Select
            id={`${prefix}sort`}
            name="sort"
            label={m.search_sort()}
            chosen={query.sort ?? ''}
            options={[
              { value: '', label: m.search_sort_auto() },
              { value: 'relevance', label: m.search_sort_relevance() },
              { value: 'name', label: m.search_sort_name() },
              { value: 'distance', label: m.search_sort_distance() },
            ]}
          />
        </>
      )}
    />
  )
}

const noBreak = '\u00a0'
const indent = noBreak.repeat(2)
function placeLabel({ words, depth, count }: PlaceOption): string {
  return `${indent.repeat(depth)}${words.words}${count === undefined ? '' : ` (${formatNumber(count)})`}`
}

function Facet({ prefix, facet }: { prefix: string; facet: FacetView }) {
  if (facet.values.length === 0) return null
  const chosen = facet.values.filter((value) => value.chosen).map(({ value }) => value)
  const open = facet.values.filter((value, at) => at < firstShown || value.chosen)
  const folded = sortedBy(
    facet.values.filter((value) => !open.includes(value)),
    ({ words }) => words.words,
  )
  const options = (values: typeof open) =>
    values.map(({ value, words, count }) => ({ value, label: <Counted words={words} count={count} /> }))
  return (
    <div class="ln-stack" data-gap="2">
      <Choices prefix={prefix} name={facet.name} legend={facet.legend} options={options(open)} chosen={chosen} />
      {folded.length > 0 ? (
        <details class="ln-more-choices">
          <summary>{m.search_more_choices({ choice: facet.legend })}</summary>
          <Choices
            prefix={`${prefix}more-`}
            name={facet.name}
            legend={<span class="ds-sr-only">{m.search_more_choices({ choice: facet.legend })}</span>}
            options={options(folded)}
            chosen={chosen}
          />
        </details>
      ) : null}
    </div>
  )
}

function Counted({ words, count }: { words: Spoken; count: number | undefined }) {
  if (count === undefined) return <Words of={words} plain />
  return (
    <>
      <Words of={words} plain />
      {noBreak}
      <span class="ln-quiet ln-num">{formatNumber(count)}</span>
    </>
  )
}

function Select({
  id,
  name,
  label,
  hint,
  options,
  chosen,
}: {
  id: string
  name: string
  label: Child
  hint?: string
  options: readonly { value: string; label: string }[]
  chosen: string | undefined
}) {
  return (
    <div class="ds-field">
      <label class="ds-label" for={id}>
        {label}
      </label>
      {hint ? (
        <span data-field="description" id={`${id}-hint`}>
          {hint}
        </span>
      ) : null}
      <select class="ds-input" id={id} name={name} aria-describedby={hint ? `${id}-hint` : undefined}>
        {options.map((option) => (
          <option value={option.value} selected={option.value === (chosen ?? '')}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}
