import type { Place } from '../../../platform/calendar/deadline.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { formatDay, formatMoment } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import { Pager } from '../../../platform/ui/browse.tsx'
import { Button } from '../../../platform/ui/buttons.tsx'
import { keyField } from '../../../platform/ui/form.tsx'
import { Empty } from '../../../platform/ui/notices.tsx'
import { PageHead } from '../../../platform/ui/page-head.tsx'
import { Status } from '../../../platform/ui/status.tsx'
import { type Column, DataTable } from '../../../platform/ui/table.tsx'
import type { NamedService } from '../../directory/contract.ts'
import { DeskTab } from '../rules/desk.ts'
import type { OpenAlert } from '../store/alerts.ts'
import { type DeskLine, mostCounted } from '../store/desk.ts'
import { NextLink, requestHref, ServiceName, stateName, TimeLeft, whoWords } from './desk-words.tsx'

export interface DeskQuery {
  tab: DeskTab
  q?: string | undefined
  service?: string | undefined
  worker?: string | undefined
}

export interface DeskProps {
  query: DeskQuery
  now: Date
  /** emergencies that nobody has answered, each with its line */
  alarms: readonly { alert: OpenAlert; line: DeskLine | undefined }[]
  counts: ReadonlyMap<DeskTab, number>
  lines: readonly DeskLine[]
  services: ReadonlyMap<string, NamedService>
  /** services to choose among */
  offered: readonly NamedService[]
  colleagues: ReadonlyMap<string, string>
  /** where the clocks of a pack run */
  places: ReadonlyMap<string, Place>
  next: string | undefined
}

/** What waits for an answer: emergencies first, then what was chosen. */
export function Desk(props: DeskProps) {
  const { query, lines, next } = props
  const searched = query.q !== undefined
  const heading = searched ? m.intake_desk_found() : tabWords[query.tab]()
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead title={m.intake_desk_title()} facts={m.intake_desk_facts()}>
        <NextLink />
      </PageHead>
      <Alarms {...props} />
      <Tabs {...props} />
      <Narrowing {...props} />
      {lines.length === 0 ? (
        <Empty action={isNarrowed(query) ? <a href="/requests">{m.intake_desk_all()}</a> : undefined}>
          {isNarrowed(query) ? m.intake_desk_nothing_found() : emptyWords[query.tab]()}
        </Empty>
      ) : (
        <Lines {...props} caption={heading} />
      )}
      <Pager next={next} />
    </div>
  )
}

const isNarrowed = ({ q, service, worker }: DeskQuery) =>
  q !== undefined || service !== undefined || worker !== undefined

/** An address of the desk. What it stands at first is left out. */
export function deskAddress(query: DeskQuery, other: Partial<DeskQuery> & { after?: string } = {}): string {
  const all = { ...query, ...other }
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(all))
    if (value !== undefined && value !== '' && !(name === 'tab' && value === 'new')) parameters.set(name, value)
  const text = parameters.toString()
  return text ? `/requests?${text}` : '/requests'
}

const tabWords: Readonly<Record<DeskTab, () => string>> = {
  new: m.intake_desk_tab_new,
  due: m.intake_desk_tab_due,
  waiting: m.intake_desk_tab_waiting,
  overdue: m.intake_desk_tab_overdue,
  decided: m.intake_desk_tab_decided,
  mine: m.intake_desk_tab_mine,
}
const emptyWords: Readonly<Record<DeskTab, () => string>> = {
  new: m.intake_desk_empty_new,
  due: m.intake_desk_empty_due,
  waiting: m.intake_desk_empty_waiting,
  overdue: m.intake_desk_empty_overdue,
  decided: m.intake_desk_empty_decided,
  mine: m.intake_desk_empty_mine,
}

function Tabs({ query, counts }: DeskProps) {
  return (
    <nav aria-label={m.intake_desk_tabs()}>
      <ul class="ln-answers">
        {DeskTab.options.map((tab) => {
          const count = counts.get(tab)
          return (
            <li>
              <a
                href={deskAddress({ tab, service: query.service, worker: query.worker })}
                aria-current={query.tab === tab && query.q === undefined ? 'page' : undefined}
              >
                {tabWords[tab]()}
                {count ? <span class="ln-num"> {count > mostCounted ? `${mostCounted}+` : count}</span> : null}
              </a>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

const alarmWords = {
  duty: m.intake_desk_alarm_duty,
  lead: m.intake_desk_alarm_lead,
  late: m.intake_desk_alarm_late,
} as const

function Alarms({ alarms, services, places }: DeskProps) {
  if (alarms.length === 0) return null
  return (
    <div class="ln-note ln-stack" data-gap="3" data-color="danger">
      <h2 class="ds-heading" data-size="sm">
        <Status mark="stop" big>
          {m.intake_desk_alarms()}
        </Status>
      </h2>
      <ul class="ln-plain ln-stack" data-gap="4">
        {alarms.map(({ alert, line }) => {
          const zone = (line && places.get(line.pack)?.timeZone) ?? 'UTC'
          return (
            <li class="ln-row ln-between">
              <div>
                <a class="ln-link" href={requestHref(alert.request)}>
                  {whoWords(line?.person)}
                </a>
                , <ServiceName of={services.get(line?.service ?? '')} />, <span class="ln-num">{alert.reference}</span>
                <br />
                <span class="ln-small">{alarmWords[alert.reason]({ when: formatMoment(alert.at, zone) })}</span>
              </div>
              {line?.person === 'hidden' ? null : <HaveIt request={alert.request} reference={alert.reference} />}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** "I have it": whoever presses it answers the emergency (INT-3). */
export function HaveIt({ request, reference }: { request: string; reference: string }) {
  return (
    <form action={`/requests/${request}/alert`} method="post">
      <input type="hidden" name={keyField} value={crypto.randomUUID()} />
      <Button color="danger">
        {m.intake_desk_have_it()}
        <span class="ds-sr-only">: {reference}</span>
      </Button>
    </form>
  )
}

function Narrowing({ query, offered, colleagues }: DeskProps) {
  return (
    <search class="ln-stack" data-gap="3">
      <form action="/requests" method="get" class="ln-row ln-small" data-fields>
        <div class="ds-field">
          <label class="ds-label" for="desk-q">
            {m.intake_desk_search()}
          </label>
          <input class="ds-input" type="search" id="desk-q" name="q" value={query.q} maxlength={200} />
        </div>
        <Button variant="secondary">{m.intake_desk_search_go()}</Button>
      </form>
      <details class="ds-details ln-fold" open={query.service !== undefined || query.worker !== undefined}>
        <summary>{m.ui_filters()}</summary>
        <form action="/requests" method="get" class="ln-stack ln-small" data-gap="3">
          <input type="hidden" name="tab" value={query.tab} />
          <Choice
            name="service"
            label={m.intake_desk_filter_service()}
            chosen={query.service}
            options={offered.map((one) => {
              const { words, locale } = speak(one.names, currentLocale(), [one.writtenIn])
              return { value: one.id, words, lang: locale === currentLocale() ? undefined : locale }
            })}
          />
          <Choice
            name="worker"
            label={m.intake_desk_filter_worker()}
            chosen={query.worker}
            options={[...colleagues].map(([value, words]) => ({ value, words, lang: undefined }))}
          />
          <Button variant="secondary">{m.ui_filters_apply()}</Button>
        </form>
      </details>
    </search>
  )
}

function Choice({
  name,
  label,
  chosen,
  options,
}: {
  name: 'service' | 'worker'
  label: string
  chosen: string | undefined
  options: readonly { value: string; words: string; lang: string | undefined }[]
}) {
  return (
    <div class="ds-field">
      <label class="ds-label" for={`desk-${name}`}>
        {label}
      </label>
      <select class="ds-input" id={`desk-${name}`} name={name}>
        <option value="">{m.intake_desk_filter_any()}</option>
        {options.map(({ value, words, lang }) => (
          <option value={value} lang={lang} selected={value === chosen}>
            {words}
          </option>
        ))}
      </select>
    </div>
  )
}

/** Under each heading what is worth knowing there: since when it is here, who has it, or where it stands. */
function lastColumn({ query, places, colleagues }: DeskProps): Column<DeskLine> {
  if (query.q === undefined && query.tab === 'new')
    return {
      id: 'sent',
      label: m.intake_desk_column_sent(),
      cell: ({ submittedAt, pack }) => formatDay(dayIn(submittedAt, places.get(pack)?.timeZone ?? 'UTC'), 'short'),
    }
  if (query.q === undefined && (query.tab === 'due' || query.tab === 'waiting'))
    return {
      id: 'worker',
      label: m.intake_desk_filter_worker(),
      cell: ({ assignedTo }) => colleagues.get(assignedTo ?? '') ?? '–',
    }
  return { id: 'state', label: m.intake_desk_column_state(), cell: ({ state }) => stateName(state) }
}

function Lines(props: DeskProps & { caption: string }) {
  const { lines, services, places, now, caption } = props
  return (
    <DataTable
      caption={caption}
      rows={lines}
      columns={[
        {
          id: 'who',
          label: m.intake_desk_column_who(),
          head: true,
          cell: (line) => (
            <>
              {line.urgency === 'emergency' ? (
                <>
                  <Status mark="stop" tag>
                    {m.intake_desk_emergency()}
                  </Status>{' '}
                </>
              ) : null}
              <a class="ln-link" href={requestHref(line.id)}>
                {whoWords(line.person)}
              </a>
              <br />
              <span class="ln-small ln-quiet ln-num">{line.reference}</span>
            </>
          ),
        },
        {
          id: 'service',
          label: m.intake_desk_column_service(),
          cell: (line) => <ServiceName of={services.get(line.service ?? '')} />,
        },
        {
          id: 'left',
          label: m.intake_desk_column_left(),
          cell: (line) => <TimeLeft line={line} place={places.get(line.pack)} now={now} />,
        },
        {
          id: 'entered',
          label: m.intake_desk_column_entered(),
          cell: (line) => line.enteredBy ?? m.intake_desk_themselves(),
        },
        lastColumn(props),
      ]}
    />
  )
}
