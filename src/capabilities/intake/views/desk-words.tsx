import type { Place } from '../../../platform/calendar/deadline.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { formatDay } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import { Script } from '../../../platform/ui/script.tsx'
import { Status, type StatusMark } from '../../../platform/ui/status.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import type { NamedService } from '../../directory/contract.ts'
import { standOf } from '../rules/desk.ts'
import type { DeskLine } from '../store/desk.ts'
import type { FollowUp, RequestKind, RequestState } from '../types.ts'
import { remainingWords } from './clock-words.tsx'

const states: Readonly<Record<RequestState, () => string>> = {
  draft: m.intake_desk_state_submitted,
  submitted: m.intake_desk_state_submitted,
  'in-review': m.intake_desk_state_review,
  waiting: m.intake_desk_state_waiting,
  accepted: m.intake_desk_state_accepted,
  refused: m.intake_desk_state_refused,
  redirected: m.intake_desk_state_redirected,
  withdrawn: m.intake_desk_state_withdrawn,
}
/** Where a request stands, as the office says it. */
export const stateName = (state: RequestState): string => states[state]()

/** The same at the beginning of a line. */
export function stateTitle(state: RequestState): string {
  const [first = '', ...rest] = stateName(state)
  return first.toLocaleUpperCase(currentLocale()) + rest.join('')
}

const kinds: Readonly<Record<RequestKind, () => string>> = {
  application: m.intake_desk_kind_application,
  referral: m.intake_desk_kind_referral,
  notice: m.intake_desk_kind_notice,
}
export const kindName = (kind: RequestKind): string => kinds[kind]()

const follows: Readonly<Record<FollowUp, () => string>> = {
  'waiting-list': m.intake_request_follow_waiting_list,
  'formal-decision': m.intake_request_follow_formal_decision,
  contract: m.intake_request_follow_contract,
  case: m.intake_request_follow_case,
  'recorded-help': m.intake_request_follow_recorded_help,
  group: m.intake_request_follow_group,
}
/** What follows acceptance, as what the office does. */
export const followName = (kind: FollowUp): string => follows[kind]()

/** Whose request it is, as far as the reader may know. */
export function whoWords(person: DeskLine['person']): string {
  if (person === 'hidden') return m.intake_desk_hidden()
  return person?.name ?? m.intake_desk_no_name()
}

/** A service by its name, in the reader's language or its own. */
export function ServiceName({ of }: { of: Pick<NamedService, 'names' | 'writtenIn'> | undefined }) {
  if (!of) return <span class="ln-quiet">{m.intake_desk_no_service()}</span>
  return <Words of={speak(of.names, currentLocale(), [of.writtenIn])} plain />
}

/** What is left of the clock that ends first, in words; of one that waits for papers, until when it does (INT-3). */
export function TimeLeft({ line, place, now }: { line: DeskLine; place: Place | undefined; now: Date }) {
  const { clock } = line
  if (line.decidedAt && !clock)
    return <>{m.intake_desk_decided_on({ day: formatDay(dayIn(line.decidedAt, place?.timeZone ?? 'UTC'), 'short') })}</>
  if (!clock || !place) return <span class="ln-quiet">{m.intake_desk_no_clock()}</span>
  if (clock.kind === 'grace') {
    const day = dayIn(new Date(clock.dueAt.getTime() - 1), place.timeZone)
    return <Status mark="wait">{m.intake_desk_grace({ day: formatDay(day, 'short') })}</Status>
  }
  const stand = standOf(clock, now, place)
  if (stand.is === 'stopped' || stand.is === 'paused') return <span class="ln-quiet">{m.intake_desk_no_clock()}</span>
  return <Status mark={standMark[stand.is]}>{remainingWords(stand.remaining)}</Status>
}

export const standMark = { late: 'late', soon: 'late', running: 'wait' } as const satisfies Record<string, StatusMark>

/** The way to what is to be done next, by a press, or by one key. @param after the request that is open */
export function NextLink({ after }: { after?: string }) {
  return (
    <div class="ln-row">
      <a
        class="ds-button"
        data-variant="secondary"
        href={after === undefined ? '/requests/next' : `/requests/next?after=${after}`}
        accesskey="n"
        data-next
      >
        {m.intake_desk_next()}
      </a>
      <span class="ln-small ln-quiet">{m.intake_desk_next_hint()}</span>
      <Script name="keys.js" />
    </div>
  )
}

/** A link that opens a request. */
export const requestHref = (id: string): string => `/requests/${id}`
