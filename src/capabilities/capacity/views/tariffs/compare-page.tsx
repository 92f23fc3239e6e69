import { formatMoney, formatNumber } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import type { Text } from '../../../../platform/i18n/text.ts'
import { Pager } from '../../../../platform/ui/browse.tsx'
import { LineChart } from '../../../../platform/ui/charts/line-chart.tsx'
import { Tags } from '../../../../platform/ui/lists.tsx'
import { Empty } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { DataTable } from '../../../../platform/ui/table.tsx'
import { againstIndex, change } from '../../rules/tariffs/compare.ts'
import type { ComparedBy, ComparedLine, ComparedYear } from '../../store/tariffs/compare-tariffs.ts'
import type { Choosable } from '../../store/tariffs/list-tariffs.ts'
import type { TariffRule } from '../../types/tariffs.ts'
import { changeWords, money, nameOf } from './tariff-words.tsx'
import { TariffFilters, type TariffsQuery, tariffsAddress } from './tariffs-page.tsx'

export interface ComparePageProps {
  region: string | undefined
  query: TariffsQuery & { by?: ComparedBy | undefined }
  by: ComparedBy
  lines: readonly ComparedLine[]
  years: readonly ComparedYear[]
  rule: TariffRule | undefined
  choosable: Choosable
  groups: readonly { code: string; names: Text }[]
  first: string | undefined
  next: string | undefined
}

/** Beyond so many lines, a drawing says nothing any more. */
const mostLines = 5

/** CAP-6: how tariffs develop, by offer, paragraph and operator, against the index, and occupancy as assumed and as it was. */
export function ComparePage(props: ComparePageProps) {
  const { years, rule, query } = props
  if (!rule || years.length === 0)
    return (
      <div class="ln-stack" data-gap="6">
        <PageHead
          back={{ href: '/tariffs', label: m.capacity_tariff_title() }}
          title={m.capacity_tariff_compare()}
          facts={props.region}
        />
        {query.paragraph || query.operator || query.group ? (
          <Empty action={<a href="/tariffs/compare">{m.capacity_tariff_compare()}</a>}>
            {m.capacity_tariff_none_fit()}
          </Empty>
        ) : (
          <Empty>{m.capacity_tariff_compare_none()}</Empty>
        )}
      </div>
    )
  const currency = rule.currency
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead
        back={{ href: '/tariffs', label: m.capacity_tariff_title() }}
        title={m.capacity_tariff_compare()}
        lead={m.capacity_tariff_compare_lead()}
        facts={props.region}
      />
      <div class="ln-grid" data-cols="aside-main">
        <TariffFilters
          action="/tariffs/compare"
          query={query}
          year={undefined}
          choosable={props.choosable}
          groups={props.groups}
        />
        <div class="ln-stack" data-gap="10">
          <Against years={years} rule={rule} />
          <Occupancy years={years} />
        </div>
      </div>
      <Section id="lines" heading={m.capacity_tariff_side_by_side()}>
        <By {...props} />
        <Lines {...props} currency={currency} />
        <Pager previous={props.first} next={props.next} />
        <p>
          <a
            class="ln-link"
            href={tariffsAddress('/tariffs/compare/xlsx', { ...query, by: undefined, after: undefined })}
          >
            {m.capacity_tariff_compare_xlsx()}
          </a>
        </p>
      </Section>
    </div>
  )
}

function By({ query, by }: ComparePageProps) {
  const words = {
    offer: m.capacity_tariff_by_offer(),
    paragraph: m.capacity_tariff_by_paragraph(),
    operator: m.capacity_tariff_by_operator(),
  }
  return (
    <Tags
      label={m.capacity_tariff_put_together()}
      items={(['paragraph', 'operator', 'offer'] as const).map((one) => ({
        label: one === by ? <strong aria-current="true">{words[one]}</strong> : words[one],
        href: tariffsAddress('/tariffs/compare', { ...query, by: one, after: undefined }),
      }))}
    />
  )
}

/** The middle tariff of the choice, against the index of the region. */
function Against({ years, rule }: { years: readonly ComparedYear[]; rule: TariffRule }) {
  const labels = years.map(({ year }) => year)
  const index = new Map((rule.index?.figures ?? []).map(({ year, value }) => [year, value]))
  const compared = againstIndex(labels, new Map(years.map(({ year, tariff }) => [year, tariff])), index)
  return (
    <Section id="against" heading={rule.index ? m.capacity_tariff_against_index() : m.capacity_tariff_middle()}>
      {rule.index ? (
        <LineChart
          id="middle-index"
          title={m.capacity_tariff_middle_index()}
          description={m.capacity_tariff_index_text()}
          labels={labels.map(String)}
          labelsHead={m.capacity_tariff_year()}
          series={[
            { name: m.capacity_tariff_middle(), values: compared.values },
            { name: nameOf(rule.index.names), values: compared.index },
          ]}
          format={(value) => formatNumber(value, 1)}
        />
      ) : null}
      <DataTable
        caption={m.capacity_tariff_middle_table()}
        compare
        rows={years}
        columns={[
          { id: 'year', label: m.capacity_tariff_year(), head: true, cell: ({ year }) => String(year) },
          {
            id: 'tariff',
            label: m.capacity_tariff_middle(),
            figures: true,
            cell: ({ tariff }) => money(tariff, rule.currency),
          },
          {
            id: 'change',
            label: m.capacity_tariff_change(),
            figures: true,
            cell: ({ year, tariff }) => changeWords(change(years.find((one) => one.year === year - 1)?.tariff, tariff)),
          },
          {
            id: 'offers',
            label: m.capacity_tariff_offers(),
            figures: true,
            cell: ({ offers }) => formatNumber(offers),
          },
        ]}
      />
    </Section>
  )
}

function Occupancy({ years }: { years: readonly ComparedYear[] }) {
  return (
    <Section id="occupancy" heading={m.capacity_tariff_occupancy_both()}>
      <LineChart
        id="occupancy-chart"
        title={m.capacity_tariff_occupancy_chart()}
        description={m.capacity_tariff_occupancy_text()}
        labels={years.map(({ year }) => String(year))}
        labelsHead={m.capacity_tariff_year()}
        series={[
          { name: m.capacity_tariff_occupancy_head(), values: years.map(({ assumed }) => assumed ?? null) },
          { name: m.capacity_tariff_actual(), values: years.map(({ actual }) => actual ?? null) },
        ]}
        format={(value) => `${formatNumber(value, 1)} %`}
      />
    </Section>
  )
}

function Lines({ lines, years, by, choosable, currency }: ComparePageProps & { currency: string }) {
  const shown = years.map(({ year }) => year)
  const name = ({ key, names }: ComparedLine) =>
    names ? nameOf(names) : (choosable.paragraphs.find(({ code }) => code === key)?.short ?? key)
  const drawn = [...lines].sort((a, b) => b.offers - a.offers).slice(0, mostLines)
  const last = shown.at(-1) ?? 0
  return (
    <>
      <LineChart
        id="lines-chart"
        title={m.capacity_tariff_lines_title()}
        description={m.capacity_tariff_lines_text({ count: drawn.length })}
        labels={shown.map(String)}
        labelsHead={m.capacity_tariff_year()}
        series={drawn.map((line) => ({
          name: name(line),
          values: shown.map((year) => (line.tariffs.has(year) ? Number(line.tariffs.get(year)) : null)),
        }))}
        format={(value) => money(String(value), currency)}
        axis={(value) => formatMoney(value, currency)}
        table="elsewhere"
      />
      <DataTable
        caption={m.capacity_tariff_lines_table()}
        compare
        rows={lines}
        columns={[
          {
            id: 'name',
            label:
              by === 'offer'
                ? m.capacity_tariff_offer()
                : by === 'paragraph'
                  ? m.capacity_tariff_paragraph()
                  : m.capacity_tariff_operator(),
            head: true,
            cell: (line) =>
              by === 'offer' ? (
                <a class="ln-link" href={`/offers/${line.key}/tariffs`}>
                  {name(line)}
                </a>
              ) : (
                name(line)
              ),
          },
          ...shown.map((year) => ({
            id: String(year),
            label: String(year),
            figures: true,
            cell: ({ tariffs }: ComparedLine) => {
              const tariff = tariffs.get(year)
              return tariff === undefined ? m.ui_no_information() : money(tariff, currency)
            },
          })),
          {
            id: 'change',
            label: m.capacity_tariff_change_all({ first: String(shown[0]), last: String(last) }),
            figures: true,
            cell: ({ tariffs }) => changeWords(change(tariffs.get(shown[0] ?? 0), tariffs.get(last))),
          },
        ]}
      />
    </>
  )
}
