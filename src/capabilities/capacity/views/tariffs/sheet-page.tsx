import { formatDay, formatMoney, formatNumber } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { ButtonLink } from '../../../../platform/ui/buttons.tsx'
import { LineChart } from '../../../../platform/ui/charts/line-chart.tsx'
import { SummaryList } from '../../../../platform/ui/lists.tsx'
import { Note } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { Status } from '../../../../platform/ui/status.tsx'
import { againstIndex } from '../../rules/tariffs/compare.ts'
import type { StoredOffer } from '../../store/places/read-offer.ts'
import type { GivenConsent } from '../../store/tariffs/consents.ts'
import type { YearResult } from '../../store/tariffs/earlier-years.ts'
import type { Sheet, SheetHead } from '../../store/tariffs/read-sheets.ts'
import type { TariffRule } from '../../types/tariffs.ts'
import { Calculation, Items, Supplements } from './calculation.tsx'
import { ConsentWords } from './consents.tsx'
import { money, nameOf, tariffWords } from './tariff-words.tsx'

export interface SheetPageProps {
  offer: StoredOffer
  sheet: Sheet
  /** the sheets that hold, all years of the offer */
  history: readonly SheetHead[]
  /** all published sheets of this year, newest first */
  editions: readonly SheetHead[]
  results: readonly YearResult[]
  rule: TariffRule | undefined
  /** what a body consented to, where the sheet needs it */
  consent: GivenConsent | undefined
  /** where an economist goes on from here */
  desk: string | undefined
}

/** One tariff sheet as everybody reads it: the sum, the sources, what came before (CAP-5). */
export function SheetPage(props: SheetPageProps) {
  const { offer, sheet, rule } = props
  const own = `/offers/${offer.slug}/tariffs`
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead
        back={{ href: `/offers/${offer.slug}`, label: nameOf(offer.names) }}
        title={m.capacity_tariff_of({ offer: nameOf(offer.names), year: String(sheet.year) })}
        lead={tariffWords(sheet)}
        facts={[offer.paragraph.short, nameOf(offer.operator.names)].join(' · ')}
        action={
          props.desk ? (
            <ButtonLink href={props.desk} variant="secondary">
              {m.capacity_tariff_edit()}
            </ButtonLink>
          ) : undefined
        }
      >
        {offer.example ? (
          <Status mark="eye" color="neutral">
            {m.capacity_tariff_example()}
          </Status>
        ) : null}
        {sheet.superseded ? (
          <Note color="warning" heading={m.capacity_tariff_superseded()} mark="late">
            <p>
              <a class="ln-link" href={`${own}?year=${sheet.year}`}>
                {m.capacity_tariff_superseded_link()}
              </a>
            </p>
          </Note>
        ) : null}
        {sheet.reason ? <p>{m.capacity_tariff_replaces({ reason: sheet.reason })}</p> : null}
      </PageHead>
      <Section id="sum" heading={m.capacity_tariff_how()}>
        <Calculation sheet={sheet} />
        <Items sheet={sheet} />
        {props.consent ? (
          <p>
            <ConsentWords consent={props.consent} />
          </p>
        ) : null}
        {rule ? <Rules rule={rule} short={rule.short.paragraphs.includes(offer.paragraph.code)} /> : null}
      </Section>
      {sheet.scheme === 'days' ? (
        <Section id="supplements" heading={m.capacity_tariff_supplements()}>
          <Supplements sheet={sheet} />
        </Section>
      ) : null}
      <History {...props} />
      <Section id="files" heading={m.capacity_tariff_take()}>
        <ul class="ln-stack" data-gap="2">
          <li>
            <a class="ln-link" href={`${own}/${sheet.year}/pdf?edition=${sheet.edition}`}>
              {m.capacity_tariff_pdf()}
            </a>
          </li>
          <li>
            <a class="ln-link" href={`${own}/${sheet.year}/xlsx?edition=${sheet.edition}`}>
              {m.capacity_tariff_xlsx()}
            </a>
          </li>
        </ul>
        <Editions {...props} own={own} />
      </Section>
    </div>
  )
}

/** What the region's rule says, and how sure that is. */
function Rules({ rule, short }: { rule: TariffRule; short: boolean }) {
  const { least, most } = short ? rule.short : rule.occupancy
  const source = (name: string) => {
    const found = rule.sources[name]
    return found ? (
      <span class="ln-block ln-small ln-quiet">
        {found.title}
        {found.unverified ? ` (${m.capacity_tariff_unverified()})` : ''}
      </span>
    ) : null
  }
  const days = rule.scheme === 'days'
  return (
    <details class="ds-details">
      <summary>{m.capacity_tariff_rules()}</summary>
      <div>
        <SummaryList
          items={[
            {
              label: m.capacity_tariff_rule_formula(),
              value: (
                <>
                  {days ? m.capacity_tariff_rule_formula_days() : m.capacity_tariff_rule_formula_points()}
                  {source('formula')}
                </>
              ),
            },
            ...(days
              ? [
                  {
                    label: m.capacity_tariff_part_occupancy(),
                    value: (
                      <>
                        {m.capacity_tariff_rule_bounds({ least: formatNumber(least, 2), most: formatNumber(most, 2) })}
                        {source('occupancy')}
                      </>
                    ),
                  },
                  {
                    label: m.capacity_tariff_part_carried(),
                    value: (
                      <>
                        {m.capacity_tariff_rule_band({
                          band: formatNumber(rule.band, 2),
                          years: formatNumber(rule.carriedAfter),
                        })}
                        {source('band')}
                        {source('carried')}
                      </>
                    ),
                  },
                ]
              : []),
            {
              label: m.capacity_tariff_rule_rounding(),
              value: (
                <>
                  {m.capacity_tariff_rule_rounded()}
                  {source('rounding')}
                </>
              ),
            },
          ]}
        />
      </div>
    </details>
  )
}

/** The tariff over the years, against the index of the region. */
function History({ offer, history, results, rule }: SheetPageProps) {
  const priced = history.filter((sheet) => sheet.tariff !== undefined)
  const first = priced[0]
  if (!first || priced.length < 2) return null
  const years = priced.map(({ year }) => year)
  const figures = (rule?.index?.figures ?? []).map(({ year, value }): [number, number] => [year, value])
  const tariffs = new Map(priced.map(({ year, tariff = '' }) => [year, tariff]))
  const compared = againstIndex(years, tariffs, new Map(figures))
  return (
    <Section id="years" heading={m.capacity_tariff_over_years()}>
      <LineChart
        id="history"
        title={m.capacity_tariff_per_day_head()}
        description={m.capacity_tariff_history_text({ offer: nameOf(offer.names) })}
        labels={years.map(String)}
        labelsHead={m.capacity_tariff_year()}
        series={[{ name: nameOf(offer.names), values: priced.map(({ tariff }) => Number(tariff)) }]}
        format={(value) => money(String(value), first.currency)}
        axis={(value) => formatMoney(value, first.currency)}
      />
      {figures.length > 0 ? (
        <LineChart
          id="index"
          title={m.capacity_tariff_against_index()}
          description={m.capacity_tariff_index_text()}
          labels={years.map(String)}
          labelsHead={m.capacity_tariff_year()}
          series={[
            { name: nameOf(offer.names), values: compared.values },
            ...(rule?.index ? [{ name: nameOf(rule.index.names), values: compared.index }] : []),
          ]}
          format={(value) => formatNumber(value, 1)}
        />
      ) : null}
      {results.length > 0 ? (
        <SummaryList
          items={results.map(({ year, result, beyond, source }) => ({
            label: m.capacity_tariff_result_of({ year: String(year) }),
            value: (
              <>
                {m.capacity_tariff_result_words({
                  result: money(result, first.currency),
                  beyond: money(beyond, first.currency),
                })}
                <span class="ln-block ln-small ln-quiet">{source}</span>
              </>
            ),
          }))}
        />
      ) : null}
    </Section>
  )
}

function Editions({ sheet, history, editions, own }: SheetPageProps & { own: string }) {
  const others = history.filter(({ year }) => year !== sheet.year)
  return (
    <>
      {editions.length > 1 ? (
        <>
          <p>{m.capacity_tariff_editions()}</p>
          <ul>
            {editions.map(({ edition, publishedAt, tariff, pointValue, currency }) => (
              <li>
                <a class="ln-link" href={`${own}?year=${sheet.year}&edition=${edition}`}>
                  {m.capacity_tariff_edition({
                    number: String(edition),
                    day: publishedAt ? formatDay(publishedAt.toISOString()) : '',
                  })}
                </a>
                : {tariffWords({ tariff, pointValue, currency }, 'short')}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {others.length > 0 ? (
        <p>
          {m.capacity_tariff_other_years()}{' '}
          {others.map(({ year }, at) => (
            <>
              {at > 0 ? ', ' : ''}
              <a class="ln-link" href={`${own}?year=${year}`}>
                {String(year)}
              </a>
            </>
          ))}
        </p>
      ) : null}
    </>
  )
}
