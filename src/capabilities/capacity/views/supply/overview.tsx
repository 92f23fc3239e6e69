import { smallest } from '../../../../platform/disclosure/disclosure.ts'
import { formatDay, formatNumber, sortedBy } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { Empty } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { DataTable } from '../../../../platform/ui/table.tsx'
import type { WaitingTime } from '../../rules/supply/waiting-time.ts'
import type { Standing } from '../../store/supply/read-supply.ts'
import { peopleInWords, placesInWords } from './supply-words.ts'

/** One target group in the overview. */
export interface GroupLine {
  name: string
  standing: Standing
  /** undefined where too few have waited to tell */
  wait: WaitingTime | undefined
  /** needs that were not met; null where they are too few to tell */
  unmet: number | null
  /** municipalities that rated it, and those of them that say too little */
  rated: { all: number; few: number }
}

/** CAP-7: supply and demand of a region, group by group. */
export function SupplyOverview({ lines, day }: { lines: readonly GroupLine[]; day: string }) {
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead
        title={m.capacity_supply_title()}
        lead={m.capacity_supply_lead()}
        facts={m.capacity_supply_as_of({ day: formatDay(day) })}
        action={
          <a class="ds-button" data-variant="secondary" href="/matching">
            {m.capacity_supply_to_match()}
          </a>
        }
      />
      {lines.length === 0 ? (
        <Empty>{m.capacity_supply_none()}</Empty>
      ) : (
        <>
          <DataTable
            caption={m.capacity_supply_table()}
            rows={sortedBy(lines, ({ name }) => name)}
            columns={[
              {
                id: 'group',
                label: m.capacity_supply_group(),
                head: true,
                cell: ({ name, standing }) => <a href={`/supply/${standing.code}`}>{name}</a>,
              },
              { id: 'places', label: m.capacity_supply_places(), cell: ({ standing }) => placesInWords(standing) },
              { id: 'waiting', label: m.capacity_supply_waiting(), cell: (line) => <Waiting {...line} /> },
              {
                id: 'unmet',
                label: m.capacity_supply_unmet(),
                figures: true,
                cell: ({ unmet }) => unmetInWords(unmet),
              },
              { id: 'rating', label: m.capacity_supply_rating(), cell: ({ rated }) => ratedInWords(rated) },
            ]}
          />
          <HowCounted />
        </>
      )}
    </div>
  )
}

function Waiting({ standing, wait }: GroupLine) {
  return (
    <>
      {peopleInWords(standing.waiting)}
      {wait || standing.waiting > 0 ? (
        <>
          <br />
          <span class="ln-small ln-quiet">{halfInWords(wait)}</span>
        </>
      ) : null}
    </>
  )
}

function halfInWords(wait: WaitingTime | undefined): string {
  if (!wait) return m.capacity_supply_wait_unknown()
  const { days } = wait.median
  return days === undefined
    ? m.capacity_supply_wait_half_not_yet()
    : m.capacity_supply_wait_half({ days: m.capacity_supply_days({ count: days }) })
}

/** Needs, where their number speaks of nobody in particular. */
export const unmetInWords = (needs: number | null): string =>
  needs === null ? m.capacity_supply_few({ threshold: smallest }) : formatNumber(needs)

const ratedInWords = ({ all, few }: GroupLine['rated']): string =>
  all === 0 ? m.capacity_supply_not_rated() : m.capacity_supply_rating_cell({ all, few })

/** What the figures mean and what they do not. */
export function HowCounted() {
  return (
    <Section id="how" heading={m.capacity_supply_how_title()} size="sm">
      <ul class="ln-read ln-small">
        <li>{m.capacity_supply_how_places()}</li>
        <li>{m.capacity_supply_how_waiting()}</li>
        <li>{m.capacity_supply_how_few({ threshold: smallest })}</li>
        <li>{m.capacity_supply_how_rounded({ step: smallest })}</li>
      </ul>
    </Section>
  )
}
