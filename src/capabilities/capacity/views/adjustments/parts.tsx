import { formatDay } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../../platform/i18n/text.ts'
import { Note } from '../../../../platform/ui/notices.tsx'
import { Status, type StatusMark } from '../../../../platform/ui/status.tsx'
import { type Column, DataTable } from '../../../../platform/ui/table.tsx'
import { Words } from '../../../../platform/ui/words.tsx'
import { changeWords, stateWords } from '../../letters/adjustment-words.ts'
import type { Splitting } from '../../rules/adjustments/splitting.ts'
import type { StoredAdjustment } from '../../store/adjustments/read-adjustment.ts'
import type { AdjustmentState, RuleSeen } from '../../types/adjustments.ts'

const marks = {
  planned: 'draft',
  'path-open': 'ask',
  'approval-open': 'wait',
  cleared: 'wait',
  'in-force': 'done',
  declined: 'stop',
  withdrawn: 'dot',
} as const satisfies Record<AdjustmentState, StatusMark>

/** How an adjustment stands. */
export function Standing({ state, tag = false }: { state: AdjustmentState; tag?: boolean }) {
  return (
    <Status mark={marks[state]} tag={tag}>
      {stateWords(state)}
    </Status>
  )
}

/** A text of the reader's language, or of another one that is named. */
export const Spoken = ({ of }: { of: Text }) => <Words of={speak(of, currentLocale())} plain />

/** Adjustments as a table that becomes a list on a phone. @param root where they stand: `/adjustments` or the desk */
export function AdjustmentTable({
  caption,
  adjustments,
  root,
}: {
  caption: string
  adjustments: readonly StoredAdjustment[]
  root: '/adjustments' | '/capacity/adjustments'
}) {
  const columns: Column<StoredAdjustment>[] = [
    {
      id: 'offer',
      label: m.capacity_adjust_col_offer(),
      head: true,
      cell: ({ id, offer }) => (
        <a class="ln-link" href={`${root}/${id}`}>
          <Spoken of={offer.names} />
        </a>
      ),
    },
    { id: 'change', label: m.capacity_adjust_col_change(), cell: (row) => changeWords(row) },
    { id: 'effect', label: m.capacity_adjust_col_effect(), cell: ({ effectOn }) => formatDay(effectOn, 'short') },
    { id: 'operator', label: m.capacity_adjust_operator(), cell: ({ operator }) => <Spoken of={operator.names} /> },
    { id: 'state', label: m.capacity_adjust_col_state(), cell: ({ state }) => <Standing state={state} /> },
  ]
  return <DataTable caption={caption} captionHeard columns={columns} rows={adjustments} />
}

/** Where the rule stands from which the path follows. */
export function RuleWords({ rule }: { rule: RuleSeen | undefined }) {
  if (!rule) return <>{m.capacity_adjust_rule_none()}</>
  const { title, date, url } = rule.source
  const from = rule.from === null ? '' : `${m.capacity_adjust_rule_since({ day: formatDay(rule.from) })} · `
  const words = date === undefined ? title : `${title}, ${formatDay(date)}`
  return (
    <>
      {from}
      {url === undefined ? words : <a href={url}>{words}</a>}
    </>
  )
}

/** CAP-4: what this one looks split with. A warning, which refuses nothing. */
export function SplittingNote({ splitting }: { splitting: Splitting }) {
  return (
    <Note color="warning" mark="late" heading={m.capacity_adjust_splitting_title()}>
      <p>
        {m.capacity_adjust_splitting({
          count: splitting.with.length,
          sum: Math.abs(splitting.sum),
        })}
      </p>
      <ul class="ds-list">
        {splitting.with.map(({ id, change, effectOn }) => (
          <li>
            <a href={`/capacity/adjustments/${id}`}>
              {`${changeWords({ kind: 'change', change })}, ${formatDay(effectOn)}`}
            </a>
          </li>
        ))}
      </ul>
    </Note>
  )
}
