import { formatDay, formatNumber, formatShare } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../../platform/i18n/text.ts'
import { ButtonLink } from '../../../../platform/ui/buttons.tsx'
import { LineChart } from '../../../../platform/ui/charts/line-chart.tsx'
import { SummaryList, Tags } from '../../../../platform/ui/lists.tsx'
import { Note } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { Status } from '../../../../platform/ui/status.tsx'
import { DataTable } from '../../../../platform/ui/table.tsx'
import { Words } from '../../../../platform/ui/words.tsx'
import { type OccupancyPoint, occupancyShare } from '../../rules/places/occupancy.ts'
import { isPaused } from '../../rules/places/pausing.ts'
import type { OfferStanding } from '../../store/places/find-offers.ts'
import type { StoredOffer } from '../../store/places/read-offer.ts'
import type { PlacesPeriod } from '../../store/places/read-totals.ts'
import type { Scope, ToldUsers } from '../../store/places/use-of-offer.ts'
import type { SheetHead } from '../../store/tariffs/read-sheets.ts'
import { languagesInWords } from '../supply/supply-words.ts'
import { tariffWords } from '../tariffs/tariff-words.tsx'
import { FreePlaces, nameOf, Reported, takenWords, waitingWords } from './offer-words.tsx'

export const spans = ['quarter', 'year', 'all'] as const
export type Span = (typeof spans)[number]

export interface OfferPageProps {
  offer: StoredOffer
  today: string
  now: Date
  standing: OfferStanding
  /** the first day from today on which a place is free */
  freeFrom: string | undefined
  /** free places ahead, as far as ends of stays are known: on each of these days the number changes */
  coming: readonly { day: string; free: number }[]
  posts: number | undefined
  told: ToldUsers
  scope: Scope
  history: readonly PlacesPeriod[]
  occupancy: { span: Span; points: readonly OccupancyPoint[] }
  groups: readonly { code: string; names: Text }[]
  service: { slug: string; names: Text } | undefined
  /** the latest tariff sheet that holds */
  sheet: SheetHead | undefined
  /** the reader may report for it */
  reports: boolean
  /** the reader may put people on its waiting list */
  refers: boolean
}

/** One offer: what it is, its places, who uses it, and how it was taken day by day (CAP-1, CAP-2). */
export function OfferPage(props: OfferPageProps) {
  const { offer, today, standing, freeFrom, reports } = props
  const closed = offer.closed !== undefined && offer.closed <= today
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead
        back={{ href: '/offers', label: m.capacity_offers_title() }}
        title={<Words of={speak(offer.names, currentLocale())} plain />}
        lead={offer.description ? <Words of={speak(offer.description, currentLocale())} /> : undefined}
        facts={[nameOf(offer.operator.names), offer.paragraph.short, nameOf(offer.areaNames)].join(' · ')}
        action={
          reports ? <ButtonLink href={`/places/${offer.slug}`}>{m.capacity_report_action()}</ButtonLink> : undefined
        }
      >
        {offer.example ? (
          <Status mark="eye" color="neutral">
            {m.capacity_example()}
          </Status>
        ) : null}
        {closed ? (
          <Status mark="stop">{m.capacity_closed_since({ day: formatDay(offer.closed ?? today) })}</Status>
        ) : null}
      </PageHead>
      <Pause history={props.history} today={today} />
      <Section id="now" heading={m.capacity_today()}>
        <SummaryList
          items={[
            { label: m.capacity_free(), value: <FreePlaces free={standing.free} from={freeFrom} today={today} /> },
            {
              label: m.capacity_places(),
              value: m.capacity_places_words({ count: standing.approved, open: formatNumber(standing.open) }),
            },
            {
              label: m.capacity_taken(),
              value: (
                <>
                  {takenWords(standing)}
                  {standing.over > 0 ? (
                    <span class="ln-block ln-small">
                      <Status mark="late">{m.capacity_over({ count: standing.over })}</Status>
                    </span>
                  ) : null}
                </>
              ),
            },
            { label: m.capacity_waiting(), value: waitingWords(standing.waiting, offer.threshold) },
            { label: m.capacity_posts(), value: props.posts === undefined ? undefined : formatNumber(props.posts, 1) },
            {
              label: m.capacity_last_report(),
              value: (
                <Reported
                  reportedAt={offer.reportedAt}
                  staleDays={offer.staleDays}
                  now={props.now}
                  timeZone={offer.timeZone}
                />
              ),
            },
          ]}
        />
        {props.coming.length > 0 ? <Coming coming={props.coming} /> : null}
        {props.refers ? (
          <p>
            <ButtonLink variant="secondary" href={`/offers/${offer.slug}/wait`} icon="plus">
              {m.capacity_wait_action()}
            </ButtonLink>
          </p>
        ) : null}
      </Section>
      <Section id="what" heading={m.capacity_about()}>
        <SummaryList
          items={[
            {
              label: m.capacity_paragraph(),
              value: (
                <>
                  {offer.paragraph.short}: <Words of={speak(offer.paragraph.names, currentLocale())} />
                </>
              ),
            },
            {
              label: m.capacity_groups(),
              value: <Tags items={props.groups.map(({ names }) => ({ label: nameOf(names) }))} />,
            },
            {
              label: m.capacity_where(),
              value: [offer.placeName, nameOf(offer.areaNames)].filter(Boolean).join(', '),
            },
            {
              label: m.capacity_languages(),
              value: offer.languages.length > 0 ? languagesInWords(offer.languages) : undefined,
            },
            ...(props.sheet
              ? [
                  {
                    label: m.capacity_tariff_title(),
                    value: (
                      <a class="ln-link" href={`/offers/${offer.slug}/tariffs?year=${props.sheet.year}`}>
                        {props.sheet.year}: {tariffWords(props.sheet)}
                      </a>
                    ),
                  },
                ]
              : []),
            { label: m.capacity_opened(), value: formatDay(offer.opened) },
            {
              label: m.capacity_card(),
              value: props.service ? (
                <a class="ln-link" href={`/services/${props.service.slug}`}>
                  {nameOf(props.service.names)}
                </a>
              ) : undefined,
            },
          ]}
        />
      </Section>
      <Users {...props} />
      <Occupancy {...props} />
      <History history={props.history} today={today} />
    </div>
  )
}

function Coming({ coming }: { coming: OfferPageProps['coming'] }) {
  return (
    <DataTable
      caption={m.capacity_coming()}
      rows={coming}
      columns={[
        { id: 'day', label: m.capacity_day(), head: true, cell: ({ day }) => formatDay(day) },
        { id: 'free', label: m.capacity_free(), figures: true, cell: ({ free }) => formatNumber(free) },
      ]}
    />
  )
}

function Users({ told: { day, users }, offer, scope }: OfferPageProps) {
  const words = !offer.operator.public
    ? m.capacity_scope_private()
    : scope.annex
      ? scope.inScope
        ? m.capacity_scope_in()
        : m.capacity_scope_out()
      : scope.proposed
        ? m.capacity_scope_proposed()
        : m.capacity_scope_not_proposed()
  return (
    <Section id="users" heading={m.capacity_users()}>
      {users === undefined ? (
        <p>{m.capacity_users_few()}</p>
      ) : users.length > 0 ? (
        <>
          <p>{m.capacity_users_lead({ day: formatDay(day) })}</p>
          <Tags items={users.map(({ names }) => ({ label: nameOf(names) }))} label={m.capacity_users()} />
        </>
      ) : (
        <p>{m.capacity_users_none({ day: formatDay(day) })}</p>
      )}
      <Note heading={m.capacity_scope()}>{words}</Note>
    </Section>
  )
}

const spanWords: Readonly<Record<Span, () => string>> = {
  quarter: m.capacity_span_quarter,
  year: m.capacity_span_year,
  all: m.capacity_span_all,
}

/** A day as it stands below a chart: short, since many stand beside each other. */
function pointWords(day: string, span: Span): string {
  return span === 'all' ? formatDay(day, 'monthFigures') : formatDay(day, 'figures')
}

function Occupancy({ occupancy: { span, points }, offer }: OfferPageProps) {
  const share = occupancyShare(points)
  return (
    <Section id="occupancy" heading={m.capacity_occupancy()}>
      <p>
        {spans.map((one, at) => (
          <>
            {at > 0 ? ' · ' : ''}
            {one === span ? (
              <strong aria-current="true">{spanWords[one]()}</strong>
            ) : (
              <a class="ln-link" href={`/offers/${offer.slug}?span=${one}#occupancy`}>
                {spanWords[one]()}
              </a>
            )}
          </>
        ))}
      </p>
      <p>
        {share === undefined ? m.capacity_occupancy_none() : m.capacity_occupancy_share({ share: formatShare(share) })}
      </p>
      <LineChart
        id="days"
        title={span === 'quarter' ? m.capacity_chart_days() : m.capacity_chart_average()}
        description={m.capacity_chart_description()}
        labels={points.map(({ day }) => pointWords(day, span))}
        labelsHead={span === 'quarter' ? m.capacity_day() : m.capacity_period_from()}
        series={[
          { name: m.capacity_taken(), values: points.map(({ occupied }) => occupied) },
          { name: m.capacity_open(), values: points.map(({ open }) => open) },
          { name: m.capacity_approved(), values: points.map(({ approved }) => approved) },
        ]}
        format={(value) => formatNumber(value, 1)}
      />
    </Section>
  )
}

/** Said to everybody: most places are closed for a time, until when, and why. */
function Pause({ history, today }: { history: readonly PlacesPeriod[]; today: string }) {
  const pause = history.findLast(({ until, ...period }) => isPaused(period) && (until === undefined || until > today))
  if (!pause) return null
  const { from, until, reason } = pause
  const words =
    until === undefined
      ? m.capacity_pause_open({ day: formatDay(from) })
      : m.capacity_pause_words({ from: formatDay(from), until: formatDay(until) })
  return (
    <Note color="warning" mark="stop" heading={m.capacity_pause_title()}>
      <p>{words}</p>
      <p>{reason}</p>
    </Note>
  )
}

function History({ history, today }: { history: readonly PlacesPeriod[]; today: string }) {
  return (
    <Section id="history" heading={m.capacity_history()}>
      <DataTable
        caption={m.capacity_history_caption()}
        rows={history}
        columns={[
          {
            id: 'from',
            label: m.capacity_from(),
            head: true,
            cell: ({ from }) => (
              <>
                {formatDay(from, 'short')}
                {from > today ? (
                  <span class="ln-block ln-small">
                    <Status mark="wait">{m.capacity_planned()}</Status>
                  </span>
                ) : null}
              </>
            ),
          },
          {
            id: 'approved',
            label: m.capacity_approved(),
            figures: true,
            cell: ({ approved }) => formatNumber(approved),
          },
          { id: 'open', label: m.capacity_open(), figures: true, cell: ({ open }) => formatNumber(open) },
          {
            id: 'reason',
            label: m.capacity_reason(),
            span: true,
            cell: ({ reason, adjustment }) => (
              <>
                {reason}
                {adjustment ? (
                  <span class="ln-block ln-small">
                    <a class="ln-link" href={`/adjustments/${adjustment}`}>
                      {m.capacity_adjustment_link()}
                    </a>
                  </span>
                ) : null}
              </>
            ),
          },
        ]}
      />
    </Section>
  )
}
