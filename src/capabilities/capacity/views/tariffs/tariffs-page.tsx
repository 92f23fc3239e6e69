import { formatNumber, sortedBy } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import type { Text } from '../../../../platform/i18n/text.ts'
import { Filters, Pager } from '../../../../platform/ui/browse.tsx'
import { Empty } from '../../../../platform/ui/notices.tsx'
import { PageHead } from '../../../../platform/ui/page-head.tsx'
import { DataTable } from '../../../../platform/ui/table.tsx'
import { change } from '../../rules/tariffs/compare.ts'
import type { Choosable, ListedTariff } from '../../store/tariffs/list-tariffs.ts'
import { changeWords, nameOf, perCent, tariffWords } from './tariff-words.tsx'

/** What the address of the list says. */
export interface TariffsQuery {
  year?: number | undefined
  paragraph?: string | undefined
  operator?: string | undefined
  group?: string | undefined
  q?: string | undefined
  after?: string | undefined
}

export interface TariffsPageProps {
  region: string | undefined
  query: TariffsQuery
  /** whose tariffs are shown */
  year: number
  tariffs: readonly ListedTariff[]
  choosable: Choosable
  groups: readonly { code: string; names: Text }[]
  first: string | undefined
  next: string | undefined
}

/** Address of a page of tariffs in this state. */
export function tariffsAddress(path: string, query: object): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  const asked = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString()
  return asked ? `${path}?${asked}` : path
}

/** What a day costs, offer by offer (CAP-5). */
export function TariffsPage(props: TariffsPageProps) {
  const { query, year, tariffs, choosable } = props
  const { after: _after, ...asked } = query
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead title={m.capacity_tariff_title()} lead={m.capacity_tariff_lead()} facts={props.region}>
        {choosable.years.length > 0 ? (
          <p>
            <a class="ln-link" href={tariffsAddress('/tariffs/compare', { ...asked, year: undefined, q: undefined })}>
              {m.capacity_tariff_to_compare()}
            </a>
            {' · '}
            <a class="ln-link" href="/tariffs/collections">
              {m.capacity_tariff_collections()}
            </a>
          </p>
        ) : null}
      </PageHead>
      {choosable.years.length === 0 ? (
        <Empty>{m.capacity_tariff_none_yet()}</Empty>
      ) : (
        <div class="ln-grid" data-cols="aside-main">
          <TariffFilters
            action="/tariffs"
            query={query}
            year={year}
            choosable={choosable}
            groups={props.groups}
            words
          />
          <div class="ln-stack" data-gap="6">
            {tariffs.length > 0 ? (
              <TariffsTable tariffs={tariffs} choosable={choosable} year={year} />
            ) : (
              <Empty>{m.capacity_tariff_none_fit()}</Empty>
            )}
            <Pager previous={props.first} next={props.next} />
          </div>
        </div>
      )}
    </div>
  )
}

function TariffsTable({
  tariffs,
  choosable,
  year,
}: {
  tariffs: readonly ListedTariff[]
  choosable: Choosable
  year: number
}) {
  const paragraph = (code: string) => choosable.paragraphs.find((one) => one.code === code)?.short ?? code
  return (
    <DataTable
      caption={m.capacity_tariff_caption({ year: String(year) })}
      rows={tariffs}
      columns={[
        {
          id: 'offer',
          label: m.capacity_tariff_offer(),
          head: true,
          cell: (row) => (
            <>
              <a class="ln-link" href={`/offers/${row.slug}/tariffs?year=${row.year}`}>
                {nameOf(row.names)}
              </a>
              <span class="ln-block ln-small ln-quiet">
                {[paragraph(row.paragraph), nameOf(row.operator.names)].join(' · ')}
              </span>
            </>
          ),
        },
        {
          id: 'tariff',
          label: m.capacity_tariff_per_day_head(),
          figures: true,
          cell: (row) => tariffWords(row, 'short'),
        },
        {
          id: 'change',
          label: m.capacity_tariff_change(),
          figures: true,
          cell: (row) => changeWords(change(row.before, row.tariff)),
        },
        {
          id: 'places',
          label: m.capacity_tariff_part_places(),
          figures: true,
          cell: (row) => (row.places === undefined ? m.ui_no_information() : formatNumber(Number(row.places), 2)),
        },
        {
          id: 'occupancy',
          label: m.capacity_tariff_occupancy_head(),
          figures: true,
          cell: (row) => (row.occupancy === undefined ? m.ui_no_information() : perCent(row.occupancy)),
        },
      ]}
    />
  )
}

/** Choices that narrow lists and comparisons of tariffs. */
export function TariffFilters({
  action,
  query,
  year,
  choosable,
  groups,
  words = false,
}: {
  action: string
  query: TariffsQuery
  /** undefined where all years are shown */
  year: number | undefined
  choosable: Choosable
  groups: readonly { code: string; names: Text }[]
  words?: boolean
}) {
  const chosen = [query.paragraph, query.operator, query.group, query.q].some(Boolean)
  return (
    <Filters
      action={action}
      clear={chosen ? action : undefined}
      fields={(prefix) => (
        <>
          {words ? (
            <div class="ds-field">
              <label class="ds-label" for={`${prefix}q`}>
                {m.capacity_tariff_name()}
              </label>
              <input class="ds-input" type="search" id={`${prefix}q`} name="q" value={query.q ?? ''} maxlength={100} />
            </div>
          ) : null}
          {year === undefined ? null : (
            <Choice
              id={`${prefix}year`}
              name="year"
              label={m.capacity_tariff_year()}
              value={String(year)}
              options={choosable.years.map((one) => ({ value: String(one), label: String(one) }))}
            />
          )}
          <Choice
            id={`${prefix}paragraph`}
            name="paragraph"
            label={m.capacity_tariff_paragraph()}
            value={query.paragraph}
            any={m.capacity_tariff_any()}
            options={choosable.paragraphs.map(({ code, short, names }) => ({
              value: code,
              label: `${short}: ${nameOf(names)}`,
            }))}
          />
          <Choice
            id={`${prefix}operator`}
            name="operator"
            label={m.capacity_tariff_operator()}
            value={query.operator}
            any={m.capacity_tariff_any()}
            options={sortedBy(choosable.operators, ({ names }) => nameOf(names)).map(({ slug, names }) => ({
              value: slug,
              label: nameOf(names),
            }))}
          />
          <Choice
            id={`${prefix}group`}
            name="group"
            label={m.capacity_tariff_group()}
            value={query.group}
            any={m.capacity_tariff_any()}
            options={sortedBy(groups, ({ names }) => nameOf(names)).map(({ code, names }) => ({
              value: code,
              label: nameOf(names),
            }))}
          />
        </>
      )}
    />
  )
}

function Choice(props: {
  id: string
  name: string
  label: string
  value: string | undefined
  any?: string
  options: readonly { value: string; label: string }[]
}) {
  return (
    <div class="ds-field">
      <label class="ds-label" for={props.id}>
        {props.label}
      </label>
      <select class="ds-input" id={props.id} name={props.name}>
        {props.any === undefined ? null : <option value="">{props.any}</option>}
        {props.options.map(({ value, label }) => (
          <option value={value} selected={value === props.value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  )
}
