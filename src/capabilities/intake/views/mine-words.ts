import { formatDay } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { Moment, Step as PathStep } from '../../../platform/ui/lists.tsx'
import { isDecided } from '../rules/states.ts'
import type { FollowUpStep } from '../store/decisions.ts'
import type { StoredRequest } from '../store/requests.ts'
import type { Step } from '../store/steps.ts'
import type { FollowUp, RequestState } from '../types.ts'

const states = {
  draft: m.intake_ask_state_draft,
  submitted: m.intake_ask_state_submitted,
  'in-review': m.intake_ask_state_in_review,
  waiting: m.intake_ask_state_waiting,
  accepted: m.intake_ask_state_accepted,
  refused: m.intake_ask_state_refused,
  redirected: m.intake_ask_state_redirected,
  withdrawn: m.intake_ask_state_withdrawn,
} as const
/** Where a request stands, as a sentence to whoever asked. */
export const stateWords = (state: RequestState): string => states[state]()

const follows = {
  'waiting-list': m.intake_ask_follow_waiting_list,
  'formal-decision': m.intake_ask_follow_formal_decision,
  contract: m.intake_ask_follow_contract,
  case: m.intake_ask_follow_case,
  'recorded-help': m.intake_ask_follow_recorded_help,
  group: m.intake_ask_follow_group,
} as const
export const followWords = (kind: FollowUp): string => follows[kind]()

const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10)

/** INT-2: the way of a request as a path: sent, looked at, decided, and what follows acceptance. */
export function pathOf(
  request: Pick<StoredRequest, 'state' | 'submittedAt' | 'decidedAt'>,
  followUps: readonly FollowUpStep[],
): PathStep[] {
  const { state, submittedAt, decidedAt } = request
  const sent: PathStep = {
    label: m.intake_ask_path_sent(),
    state: 'done',
    ...(submittedAt ? { note: formatDay(dayOf(submittedAt)) } : {}),
  }
  if (state === 'withdrawn') return [sent, { label: stateWords('withdrawn'), state: 'now' }]
  const decided = isDecided(state)
  return [
    sent,
    {
      label: m.intake_ask_path_review(),
      state: decided ? 'done' : 'now',
      ...(decided ? {} : { note: stateWords(state) }),
    },
    {
      label: m.intake_ask_path_decision(),
      state: !decided ? 'next' : state === 'accepted' && followUps.length > 0 ? 'done' : 'now',
      ...(decidedAt ? { note: `${stateWords(state)} ${formatDay(dayOf(decidedAt))}` } : {}),
    },
    ...followUps.map(
      ({ kind, begunAt, doneAt }): PathStep => ({
        label: followWords(kind),
        state: doneAt ? 'done' : begunAt ? 'now' : 'next',
        ...(doneAt ? { note: formatDay(dayOf(doneAt)) } : {}),
      }),
    ),
  ]
}

/** What happened, for the person: oldest first (INT-2). Only deeds that concern them; what somebody wrote stands below. */
export function momentsOf(steps: readonly Step[]): Moment[] {
  return steps.flatMap((step): Moment[] => {
    const words = deedWords(step)
    if (!words) return []
    const kind = step.to && isDecided(step.to) ? 'decision' : 'record'
    return [{ kind, facts: formatDay(dayOf(step.at)), content: step.note ? `${words} ${step.note}` : words }]
  })
}

function deedWords({ deed, to, detail }: Step): string | undefined {
  switch (deed) {
    case 'state':
      return to ? stateWords(to) : undefined
    case 'reminded':
      return m.intake_ask_deed_reminded()
    case 'document':
      return detail.state === 'given' ? m.intake_ask_deed_paper_given() : m.intake_ask_deed_paper_settled()
    case 'service':
      return m.intake_ask_deed_service()
    case 'letter':
      return m.intake_ask_deed_letter()
    case 'contract':
      return m.intake_ask_deed_contract()
    case 'waiting':
      return m.intake_ask_deed_waiting()
    case 'follow-up':
      return m.intake_ask_deed_follow_up()
    case 'assessed':
      return m.intake_ask_deed_assessed()
    case 'entered':
    case 'assigned':
    case 'alert':
      return undefined
  }
}
