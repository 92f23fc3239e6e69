import { formatDay, formatList } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { Note } from '../../../../platform/ui/notices.tsx'
import { Status } from '../../../../platform/ui/status.tsx'
import { DataTable } from '../../../../platform/ui/table.tsx'
import { daysUntil } from '../../rules/agreements/period.ts'
import type { Agreement } from '../../store/agreements/read-agreement.ts'
import type { PartyStanding, Progress } from '../../store/agreements/read-progress.ts'
import { countWords } from './agreement-list.tsx'
import { inWords, told } from './agreement-words.tsx'

/** Who has ratified and who has not, for everybody to see: a drawing, a sentence, a table (GOV-6). */
export function Ratifications({
  agreement,
  progress,
  today,
}: {
  agreement: Agreement
  progress: Progress
  today: string
}) {
  const { parties } = progress
  const missing = parties.filter(({ ratified }) => !ratified)
  const declined = parties.filter((party) => party.declined)
  const waits = agreement.state === 'ratification'
  return (
    <>
      <Leaves parties={parties} />
      <p>
        <strong>{countWords(progress)}.</strong>{' '}
        {missing.length > 0 && waits
          ? m.governance_framework_missing({ bodies: formatList(missing.map(({ body }) => inWords(body.names))) })
          : null}
      </p>
      {waits && missing.length > 0 ? <p>{deadlineWords(agreement, today)}</p> : null}
      {declined.length > 0 && waits ? (
        <Note color="warning" heading={m.governance_framework_declined_heading()} mark="late">
          <p>
            {m.governance_framework_declined_next({
              bodies: formatList(declined.map(({ body }) => inWords(body.names))),
            })}
          </p>
        </Note>
      ) : null}
      <DataTable
        caption={m.governance_framework_parties()}
        columns={[
          {
            id: 'party',
            label: m.governance_framework_party(),
            head: true,
            cell: ({ body }) => <a href={`/bodies/${body.slug}`}>{told(body.names)}</a>,
          },
          { id: 'state', label: m.governance_framework_ratification(), cell: (party) => <Standing {...party} /> },
          {
            id: 'day',
            label: m.governance_framework_day(),
            cell: ({ ratified, declined }) => {
              const made = ratified ?? declined
              return made ? formatDay(made.decidedOn, 'short') : undefined
            },
          },
          {
            id: 'number',
            label: m.governance_number_field(),
            cell: ({ ratified, declined }) => {
              const made = ratified ?? declined
              return made ? (
                <a href={`/decisions/${made.decision}`}>{m.governance_number({ number: made.number })}</a>
              ) : undefined
            },
          },
          {
            id: 'document',
            label: m.governance_framework_document(),
            cell: ({ body, ratified }) =>
              ratified?.file ? (
                <a href={`/framework-agreements/${agreement.slug}/documents/${body.slug}`}>
                  {m.governance_framework_document_open()}
                  <span class="ds-sr-only">: {inWords(body.names)}</span>
                </a>
              ) : undefined,
          },
        ]}
        rows={parties}
      />
    </>
  )
}

function Standing({ ratified, declined }: PartyStanding) {
  if (ratified)
    return (
      <>
        <Status mark="done">{m.governance_framework_has_ratified()}</Status>
        {ratified.entered === 'from-minutes' ? (
          <span class="ln-small ln-quiet ln-block">{m.governance_framework_from_minutes()}</span>
        ) : null}
      </>
    )
  if (declined) return <Status mark="stop">{m.governance_framework_has_declined()}</Status>
  return <Status mark="wait">{m.governance_framework_not_yet()}</Status>
}

/** How many days are left, or how late it is. */
export function deadlineWords({ ratifyBy }: Pick<Agreement, 'ratifyBy'>, today: string): string {
  const count = daysUntil(ratifyBy, today)
  const day = formatDay(ratifyBy)
  if (count === 0) return m.governance_framework_deadline_today({ day })
  return count > 0
    ? m.governance_framework_days_left({ day, count })
    : m.governance_framework_days_late({ day, count: -count })
}

const leaf =
  'M15.3 9.1C13 5.3 6.9 4.9 4 9c-3.1 4.5-.7 11.1 3.6 15.1 2.8 2.6 6.3 3.5 8.6 6.9 1.7-3.1 4.6-4.4 7.3-7.2 4.3-4.4 6.7-10.6 3.9-14.7C24.7 5.3 18.2 5.2 15.3 9.1Z'

/** A leaf for each party: full where it has ratified, an outline where it has not. The table says the same. */
function Leaves({ parties }: { parties: readonly PartyStanding[] }) {
  const columns = 10
  const rows = Math.ceil(parties.length / columns)
  return (
    <svg class="ln-leaves" viewBox={`0 0 ${columns * 36} ${rows * 40}`} aria-hidden="true" focusable="false">
      {parties.map(({ ratified, declined }, at) => (
        <path
          d={leaf}
          transform={`translate(${(at % columns) * 36 + 2} ${Math.floor(at / columns) * 40 + 3})`}
          data-state={ratified ? 'done' : declined ? 'declined' : 'missing'}
        />
      ))}
    </svg>
  )
}
