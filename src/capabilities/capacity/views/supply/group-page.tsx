import { formatDay, formatNumber } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { LineChart } from '../../../../platform/ui/charts/line-chart.tsx'
import { SummaryList } from '../../../../platform/ui/lists.tsx'
import { Empty } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { Script } from '../../../../platform/ui/script.tsx'
import { DataTable } from '../../../../platform/ui/table.tsx'
import { type Forecast, leastYears } from '../../rules/supply/forecast.ts'
import type { WaitingQuantile, WaitingTime } from '../../rules/supply/waiting-time.ts'
import type { Standing, StoredRating } from '../../store/supply/read-supply.ts'
import type { UnmetReason, YearOfDemand } from '../../types/supply.ts'
import { HowCounted, unmetInWords } from './overview.tsx'
import { boundsInWords, peopleInWords, placesInWords, ratingInWords, reasonInWords } from './supply-words.ts'

/** Places of one area, and where it lies. */
export interface AreaLine extends Standing {
  name: string
  /** longitude and latitude */
  point: readonly [number, number] | undefined
}

export interface GroupPageProps {
  name: string
  /** all places for the group together */
  standing: Standing
  day: string
  areas: readonly AreaLine[]
  boundaries: { address: string; source: string | undefined } | undefined
  demand: readonly YearOfDemand[]
  forecast: readonly Forecast[] | undefined
  /** the first day of the lists that were looked at */
  since: string
  wait: WaitingTime | undefined
  ratings: { year: number; said: readonly StoredRating[] }
  unmet: { total: number | null; reasons: readonly { reason: UnmetReason; needs: number | null }[] }
}

/** CAP-7: supply and demand for one target group. */
export function GroupPage(props: GroupPageProps) {
  const { name, standing, day, areas, ratings } = props
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead
        back={{ href: '/supply', label: m.capacity_supply_back() }}
        title={name}
        lead={placesInWords(standing)}
        facts={`${m.capacity_supply_waiting()}: ${peopleInWords(standing.waiting)}. ${m.capacity_supply_as_of({ day: formatDay(day) })}`}
        action={
          <a class="ds-button" data-variant="secondary" href={`/matching?group=${standing.code}`}>
            {m.capacity_supply_to_match()}
          </a>
        }
      />
      <Section id="demand" heading={m.capacity_supply_demand()}>
        <Demand demand={props.demand} forecast={props.forecast} />
      </Section>
      <Section id="wait" heading={m.capacity_supply_wait_title()}>
        <Wait wait={props.wait} since={props.since} />
      </Section>
      <Section id="areas" heading={m.capacity_supply_by_area()}>
        <Areas group={standing.code} areas={areas} boundaries={props.boundaries} />
      </Section>
      <Section id="ratings" heading={m.capacity_supply_ratings_title({ year: String(ratings.year) })}>
        <Ratings {...ratings} />
      </Section>
      <Section id="unmet" heading={m.capacity_supply_unmet_title()}>
        <Unmet {...props.unmet} />
      </Section>
      <HowCounted />
    </div>
  )
}

function Demand({ demand, forecast }: Pick<GroupPageProps, 'demand' | 'forecast'>) {
  const first = demand[0]
  const last = demand.at(-1)
  if (!first || !last) return <Empty>{m.capacity_supply_demand_none()}</Empty>
  const ahead = forecast ?? []
  const nothing = (count: number) => Array.from({ length: count }, () => null)
  return (
    <div class="ln-stack" data-gap="3">
      <LineChart
        id="demand-chart"
        title={m.capacity_supply_demand_chart()}
        description={m.capacity_supply_demand_text({ from: String(first.year), to: String(last.year) })}
        labels={[...demand, ...ahead].map(({ year }) => String(year))}
        labelsHead={m.capacity_supply_year()}
        series={[
          {
            name: m.capacity_supply_demand_known(),
            values: [...demand.map(({ places }) => places), ...nothing(ahead.length)],
          },
          ...(ahead.length > 0
            ? [
                {
                  name: m.capacity_supply_demand_forecast(),
                  values: [...nothing(demand.length), ...ahead.map(({ places }) => places)],
                  range: [
                    ...nothing(demand.length),
                    ...ahead.map(({ low, high }): readonly [number, number] => [low, high]),
                  ],
                },
              ]
            : []),
        ]}
        format={(value) => formatNumber(value, 1)}
      />
      <p class="ln-small ln-quiet">
        {forecast ? m.capacity_supply_forecast_note() : m.capacity_supply_forecast_short({ years: leastYears })}
      </p>
    </div>
  )
}

function Wait({ wait, since }: { wait: WaitingTime | undefined; since: string }) {
  if (!wait) return <Empty>{m.capacity_supply_wait_unknown()}</Empty>
  return (
    <>
      <p class="ln-quiet">
        {m.capacity_supply_wait_of({ day: formatDay(since) })}
        {': '}
        {peopleInWords(wait.spells)}
      </p>
      <SummaryList
        items={[
          { label: m.capacity_supply_wait_median(), value: <Quantile of={wait.median} /> },
          { label: m.capacity_supply_wait_ninetieth(), value: <Quantile of={wait.ninetieth} /> },
        ]}
      />
    </>
  )
}

function Quantile({ of }: { of: WaitingQuantile }) {
  const bounds = boundsInWords(of)
  return (
    <>
      {of.days === undefined
        ? m.capacity_supply_wait_not_yet()
        : m.capacity_supply_wait_got({ days: m.capacity_supply_days({ count: of.days }) })}
      {bounds ? <span class="ln-small ln-quiet"> ({bounds})</span> : null}
    </>
  )
}

function Areas({ group, areas, boundaries }: Pick<GroupPageProps, 'areas' | 'boundaries'> & { group: string }) {
  return (
    <div class="ln-stack" data-gap="4">
      {boundaries ? (
        <div class="ln-stack" data-gap="2">
          <div
            class="ln-map-place"
            data-list="area-list"
            data-boundaries={boundaries.address}
            data-label={m.capacity_supply_map_label()}
          >
            <p class="ln-note">{m.capacity_supply_map_needs_script()}</p>
          </div>
          {boundaries.source ? (
            <p class="ln-small ln-quiet">{m.capacity_supply_map_boundaries({ source: boundaries.source })}</p>
          ) : null}
          <Script name="map.js" />
        </div>
      ) : null}
      <ul id="area-list" class="ln-stack" data-gap="1">
        {areas.map((area) => (
          <li data-points={area.point ? area.point.join(' ') : undefined}>
            <a class="ln-link" href={`/offers?area=${area.code}&group=${group}`}>
              {area.name}
            </a>
            <p class="ln-small ln-quiet">{placesInWords(area)}</p>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Ratings({ year, said }: GroupPageProps['ratings']) {
  if (said.length === 0) return <Empty>{m.capacity_supply_ratings_none({ year: String(year) })}</Empty>
  return (
    <DataTable
      caption={m.capacity_supply_ratings_table()}
      rows={said}
      columns={[
        {
          id: 'municipality',
          label: m.capacity_supply_municipality(),
          head: true,
          cell: ({ municipality }) => speak(municipality.names, currentLocale()).words,
        },
        { id: 'rating', label: m.capacity_supply_rating(), cell: ({ rating }) => ratingInWords(rating) },
        { id: 'words', label: m.capacity_supply_words(), span: true, cell: ({ words }) => words ?? '' },
      ]}
    />
  )
}

function Unmet({ total, reasons }: GroupPageProps['unmet']) {
  if (total === 0) return <Empty>{m.capacity_supply_unmet_none()}</Empty>
  const rows = [
    ...reasons.map(({ reason, needs }) => ({ name: reasonInWords(reason), needs })),
    { name: m.capacity_supply_sum(), needs: total },
  ]
  return (
    <DataTable
      caption={m.capacity_supply_unmet_table()}
      rows={rows}
      compare
      columns={[
        { id: 'reason', label: m.capacity_supply_reason(), head: true, cell: ({ name }) => name },
        { id: 'needs', label: m.capacity_supply_needs(), figures: true, cell: ({ needs }) => unmetInWords(needs) },
      ]}
    />
  )
}
