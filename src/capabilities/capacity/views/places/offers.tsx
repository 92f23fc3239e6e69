import { formatNumber, sortedBy } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import type { Text } from '../../../../platform/i18n/text.ts'
import { Filters, Pager } from '../../../../platform/ui/browse.tsx'
import { Empty } from '../../../../platform/ui/notices.tsx'
import { PageHead } from '../../../../platform/ui/page-head.tsx'
import { Script } from '../../../../platform/ui/script.tsx'
import { Status } from '../../../../platform/ui/status.tsx'
import { DataTable } from '../../../../platform/ui/table.tsx'
import { isStale } from '../../rules/places/occupancy.ts'
import type { ListedOffer, ParagraphStanding } from '../../store/places/find-offers.ts'
import type { Paragraph } from '../../types.ts'
import { FreePlaces, nameOf, takenWords } from './offer-words.tsx'

/** What the address of the list says. */
export interface OffersQuery {
  q?: string | undefined
  area?: string | undefined
  group?: string | undefined
  paragraph?: string | undefined
  free?: 'now' | 'coming' | undefined
  view?: 'map' | undefined
  after?: string | undefined
}

export interface OffersPageProps {
  query: OffersQuery
  offers: readonly ListedOffer[]
  /** address of the next page */
  next: string | undefined
  standing: readonly ParagraphStanding[]
  paragraphs: readonly Paragraph[]
  areas: readonly { code: string; names: Text }[]
  groups: readonly { code: string; names: Text; depth: number }[]
  region: string | undefined
  /** outlines of areas for the map, and whose they are */
  boundaries: { address: string; by: string | undefined } | undefined
  staleDays: number
  today: string
  now: Date
}

/** Address of the list with these choices. */
export function offersAddress(query: OffersQuery): string {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === '' ? [] : [[name, value]],
  )
  const asked = new URLSearchParams(given).toString()
  return `/offers${asked ? `?${asked}` : ''}`
}

/** Which offers there are, and where a place is free: choices, sums by paragraph, the list, a map when asked for (CAP-1). */
export function OffersPage(props: OffersPageProps) {
  const { query, offers, standing, next, region } = props
  const sums = standing.reduce(
    (sum, one) => ({
      offers: sum.offers + one.offers,
      free: sum.free + one.free,
      approved: sum.approved + one.approved,
    }),
    { offers: 0, free: 0, approved: 0 },
  )
  const counted = [
    m.capacity_offers_count({ count: sums.offers }),
    m.capacity_places_count({ count: sums.approved }),
    m.capacity_free_count({ count: sums.free }),
  ].join(' · ')
  return (
    <>
      <PageHead
        title={m.capacity_offers_title()}
        lead={m.capacity_offers_lead()}
        facts={region ? `${region}: ${counted}` : counted}
      />
      <div class="ln-grid" data-cols="aside-main">
        <aside aria-label={m.ui_filters()}>
          <OfferFilters {...props} />
        </aside>
        <div class="ln-stack" data-gap="6">
          {offers.length > 0 ? (
            <>
              <p>
                <a
                  class="ln-link"
                  href={offersAddress({ ...query, after: undefined, view: query.view ? undefined : 'map' })}
                >
                  {query.view ? m.capacity_view_list() : m.capacity_view_map()}
                </a>
              </p>
              {query.view === 'map' ? <OffersMap {...props} /> : null}
              <OffersTable {...props} />
              <Pager previous={query.after ? offersAddress({ ...query, after: undefined }) : undefined} next={next} />
              <ParagraphTable {...props} />
            </>
          ) : (
            <Empty>{m.capacity_offers_none()}</Empty>
          )}
        </div>
      </div>
    </>
  )
}

function OfferFilters({ query, areas, groups, paragraphs, standing }: OffersPageProps) {
  const used = new Set(standing.map(({ paragraph }) => paragraph))
  return (
    <Filters
      action="/offers"
      keep={{ view: query.view }}
      clear={
        offersAddress({ ...query, after: undefined, view: undefined }) === '/offers'
          ? undefined
          : offersAddress({ view: query.view })
      }
      fields={(prefix) => (
        <>
          <div class="ds-field">
            <label class="ds-label" for={`${prefix}q`}>
              {m.capacity_filter_name()}
            </label>
            <input class="ds-input" type="search" id={`${prefix}q`} name="q" value={query.q} maxlength={100} />
          </div>
          <Select
            id={`${prefix}free`}
            name="free"
            label={m.capacity_filter_free()}
            chosen={query.free}
            options={[
              { value: 'now', label: m.capacity_filter_now() },
              { value: 'coming', label: m.capacity_filter_coming() },
            ]}
          />
          <Select
            id={`${prefix}area`}
            name="area"
            label={m.capacity_filter_area()}
            chosen={query.area}
            options={sortedBy(areas, ({ names }) => nameOf(names)).map(({ code, names }) => ({
              value: code,
              label: nameOf(names),
            }))}
          />
          <Select
            id={`${prefix}paragraph`}
            name="paragraph"
            label={m.capacity_filter_paragraph()}
            chosen={query.paragraph}
            options={paragraphs
              .filter(({ code }) => used.has(code) || code === query.paragraph || used.size === 0)
              .map(({ code, short, names }) => ({ value: code, label: `${short}: ${nameOf(names)}` }))}
          />
          <Select
            id={`${prefix}group`}
            name="group"
            label={m.capacity_filter_group()}
            chosen={query.group}
            options={groups.map(({ code, names, depth }) => ({
              value: code,
              label: `${'\u00a0\u00a0'.repeat(depth)}${nameOf(names)}`,
            }))}
          />
        </>
      )}
    />
  )
}

function Select({
  id,
  name,
  label,
  options,
  chosen,
}: {
  id: string
  name: string
  label: string
  options: readonly { value: string; label: string }[]
  chosen: string | undefined
}) {
  return (
    <div class="ds-field">
      <label class="ds-label" for={id}>
        {label}
      </label>
      <select class="ds-input" id={id} name={name}>
        <option value="">{m.capacity_filter_all()}</option>
        {options.map((option) => (
          <option value={option.value} selected={option.value === chosen}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}

/** The map reads its points from the list below it, so that both show the same. */
function OffersMap({ boundaries }: OffersPageProps) {
  return (
    <div class="ln-stack" data-gap="2">
      <div
        class="ln-map-place"
        data-list="offers"
        data-boundaries={boundaries?.address}
        data-label={m.capacity_map_label()}
      >
        <p class="ln-note">{m.capacity_map_needs_script()}</p>
      </div>
      {boundaries?.by ? <p class="ln-small ln-quiet">{m.capacity_map_boundaries({ source: boundaries.by })}</p> : null}
      <Script name="map.js" />
    </div>
  )
}

function OffersTable({ offers, paragraphs, today, staleDays, now }: OffersPageProps) {
  const shorts = new Map(paragraphs.map(({ code, short }) => [code, short]))
  return (
    <div id="offers">
      <DataTable
        caption={m.capacity_offers_caption()}
        rows={offers}
        columns={[
          {
            id: 'offer',
            label: m.capacity_offer(),
            head: true,
            cell: (offer) => (
              <div data-points={offer.point ? offer.point.join(' ') : undefined}>
                <a class="ln-link" href={`/offers/${offer.slug}`}>
                  {nameOf(offer.names)}
                </a>
                {nameOf(offer.operator.names) === nameOf(offer.areaNames) ? null : (
                  <span class="ln-block ln-small ln-quiet">{nameOf(offer.operator.names)}</span>
                )}
              </div>
            ),
          },
          {
            id: 'paragraph',
            label: m.capacity_paragraph(),
            cell: ({ paragraph }) => shorts.get(paragraph) ?? paragraph,
          },
          { id: 'area', label: m.capacity_area(), cell: ({ areaNames }) => nameOf(areaNames) },
          { id: 'taken', label: m.capacity_taken(), cell: (offer) => takenWords(offer) },
          {
            id: 'free',
            label: m.capacity_free(),
            cell: (offer) => (
              <>
                <FreePlaces free={offer.free} from={offer.freeFrom} today={today} />
                {isStale(offer.reportedAt, staleDays, now) ? (
                  <span class="ln-block ln-small">
                    <Status mark="late">{m.capacity_stale_short()}</Status>
                  </span>
                ) : null}
              </>
            ),
          },
        ]}
      />
    </div>
  )
}

function ParagraphTable({ standing, paragraphs, query }: OffersPageProps) {
  const known = new Map(paragraphs.map((paragraph) => [paragraph.code, paragraph]))
  return (
    <DataTable
      caption={m.capacity_by_paragraph()}
      compare
      rows={standing}
      columns={[
        {
          id: 'paragraph',
          label: m.capacity_paragraph(),
          head: true,
          cell: ({ paragraph }) => (
            <a class="ln-link" href={offersAddress({ ...query, after: undefined, paragraph })}>
              {known.get(paragraph)?.short ?? paragraph}
            </a>
          ),
        },
        { id: 'offers', label: m.capacity_offers(), figures: true, cell: ({ offers }) => formatNumber(offers) },
        { id: 'approved', label: m.capacity_approved(), figures: true, cell: ({ approved }) => formatNumber(approved) },
        { id: 'occupied', label: m.capacity_taken(), figures: true, cell: ({ occupied }) => formatNumber(occupied) },
        { id: 'free', label: m.capacity_free(), figures: true, cell: ({ free }) => formatNumber(free) },
      ]}
    />
  )
}
