import { formatDay } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import { Timeline } from '../../../platform/ui/lists.tsx'
import { Status, type StatusMark } from '../../../platform/ui/status.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import type { Decision } from '../store/read-decisions.ts'
import type { DecidesBy, DecisionOutcome, Level } from '../types.ts'

const outcomes = {
  agreed: m.governance_outcome_agreed,
  declined: m.governance_outcome_declined,
  postponed: m.governance_outcome_postponed,
} as const
export const outcomeWords = (outcome: DecisionOutcome) => outcomes[outcome]()

const marks = { agreed: 'done', declined: 'dot', postponed: 'wait' } as const satisfies Record<
  DecisionOutcome,
  StatusMark
>

const levels = {
  quarter: m.governance_level_quarter,
  municipality: m.governance_level_municipality,
  region: m.governance_level_region,
  country: m.governance_level_country,
} as const
export const levelWords = (level: Level) => levels[level]()

const ways = {
  consensus: m.governance_decides_by_consensus,
  majority: m.governance_decides_by_majority,
  unanimity: m.governance_decides_by_unanimity,
} as const
export const wayWords = (way: DecidesBy) => ways[way]()

/** How it was decided, whether it still holds, and at the desk whether it is kept from the public. */
export function Standing({ of, desk }: { of: Decision; desk: boolean }) {
  return (
    <span class="ln-row" data-tight>
      <Status mark={marks[of.outcome]}>{outcomeWords(of.outcome)}</Status>
      {of.superseded ? <Status mark="late">{m.governance_superseded()}</Status> : null}
      {desk && of.aboutPerson ? <Status mark="shield">{m.governance_confidential()}</Status> : null}
    </span>
  )
}

/** Number and day, as every list names a decision. */
export function Facts({ of, body = false }: { of: Decision; body?: boolean }) {
  return (
    <>
      {`${m.governance_number({ number: of.number })} · ${formatDay(of.decidedOn)}`}
      {body ? (
        <>
          {' · '}
          <Words of={speak(of.body.names, currentLocale())} plain />
        </>
      ) : null}
    </>
  )
}

/** Decisions one after another. @param href address of one @param desk with body, and whether everybody can read it */
export function DecisionList({
  decisions,
  href,
  desk = false,
}: {
  decisions: readonly Decision[]
  href: (decision: Decision) => string
  desk?: boolean
}) {
  return (
    <Timeline
      label={m.governance_decisions()}
      items={decisions.map((decision) => ({
        kind: 'decision' as const,
        facts: <Facts of={decision} body={desk} />,
        content: (
          <>
            <a class="ln-link" href={href(decision)}>
              <Words of={speak(decision.title, currentLocale())} plain />
            </a>
            <br />
            <Standing of={decision} desk={desk} />
          </>
        ),
      }))}
    />
  )
}
