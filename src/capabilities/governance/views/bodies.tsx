import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import { Empty } from '../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import { Status } from '../../../platform/ui/status.tsx'
import { DataTable } from '../../../platform/ui/table.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import type { StoredBody } from '../store/read-body.ts'
import type { StandingSeat } from '../store/read-seats.ts'
import { BodiesChart, BodiesList, inOrder } from './chart.tsx'
import { levelWords } from './decision-words.tsx'
import { kindWords, seatsInShort } from './seat-words.tsx'

export interface BodiesPageProps {
  bodies: readonly StoredBody[]
  /** by id of the body */
  seats: ReadonlyMap<string, readonly StandingSeat[]>
  /** short name of the region; without one there is no chart, for bodies of several regions stand in no order */
  region: string | undefined
}

/** Who decides in a region: as a drawing, as a list, and as a table (GOV-1). */
export function BodiesPage({ bodies, seats, region }: BodiesPageProps) {
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead title={m.governance_nav()} lead={m.governance_bodies_lead()} facts={region} />
      {bodies.length === 0 ? <Empty>{m.governance_bodies_none()}</Empty> : null}
      {region !== undefined && bodies.length > 0 ? (
        <Section id="chart" heading={m.governance_chart_title()}>
          <div class="ln-grid" data-cols="main-aside">
            <BodiesChart bodies={bodies} />
            <aside class="ln-stack" data-gap="3" aria-labelledby="list">
              <h3 class="ds-heading" data-size="xs" id="list">
                {m.governance_list_heading()}
              </h3>
              <BodiesList bodies={bodies} />
            </aside>
          </div>
        </Section>
      ) : null}
      {bodies.length > 0 ? <BodiesTable bodies={bodies} seats={seats} /> : null}
      <ul class="ln-plain ln-row">
        <li>
          <a href="/rules">{m.governance_rules_title()}</a>
        </li>
        <li>
          <a href="/rulings">{m.governance_questions_nav()}</a>
        </li>
        <li>
          <a href="/central-requests">{m.governance_central_title()}</a>
        </li>
      </ul>
    </div>
  )
}

/** Bodies of one sort share a row, which leads to each of them. */
function rowsOf(bodies: readonly StoredBody[]): StoredBody[][] {
  return [
    ...Map.groupBy(
      inOrder(bodies),
      ({ pack, profile }) => `${pack} ${profile.together?.slug ?? profile.slug}`,
    ).values(),
  ]
}

function BodiesTable({ bodies, seats }: Omit<BodiesPageProps, 'region'>) {
  return (
    <DataTable
      caption={m.governance_table_caption()}
      rows={rowsOf(bodies)}
      columns={[
        { id: 'body', label: m.governance_body(), head: true, cell: (row) => <Names of={row} /> },
        {
          id: 'purpose',
          label: m.governance_purpose(),
          span: true,
          cell: ([body]) => (body ? <Words of={speak(body.profile.purpose, currentLocale())} /> : null),
        },
        {
          id: 'level',
          label: m.governance_level(),
          cell: ([body]) =>
            body
              ? [levelWords(body.profile.level), body.profile.kind && kindWords(body.profile.kind)]
                  .filter(Boolean)
                  .join(', ')
              : null,
        },
        {
          id: 'meets',
          label: m.governance_meets(),
          cell: ([body]) =>
            body?.profile.meets ? (
              <Words of={speak(body.profile.meets, currentLocale())} plain />
            ) : (
              m.ui_no_information()
            ),
        },
        {
          id: 'seats',
          label: m.governance_seats(),
          cell: (row) => seatsInShort(row.flatMap(({ id }) => seats.get(id) ?? [])) ?? m.ui_no_information(),
        },
      ]}
    />
  )
}

function Names({ of: row }: { of: readonly StoredBody[] }) {
  const links = row.map(({ profile }) => (
    <a class="ln-link" href={`/bodies/${profile.slug}`}>
      <Words of={speak(profile.names, currentLocale())} plain />
    </a>
  ))
  const first = row[0]?.profile
  if (first?.together)
    return (
      <details class="ds-details">
        <summary>{speak(first.together.names, currentLocale()).words}</summary>
        <div>
          <ul class="ln-plain ln-stack" data-gap="2">
            {links.map((link) => (
              <li>{link}</li>
            ))}
          </ul>
        </div>
      </details>
    )
  return (
    <>
      {links}
      {first?.example ? (
        <span class="ln-block ln-small">
          <Status mark="eye" color="neutral">
            {m.governance_example_short()}
          </Status>
        </span>
      ) : null}
    </>
  )
}
