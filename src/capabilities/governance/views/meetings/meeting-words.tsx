import type { Child } from 'hono/jsx'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { citedTogether, formatDay, formatMoment } from '../../../../platform/i18n/format.ts'
import { currentLocale, inLocale, m } from '../../../../platform/i18n/speech.ts'
import { type Locale, speak, type Text } from '../../../../platform/i18n/text.ts'
import { Status, type StatusMark } from '../../../../platform/ui/status.tsx'
import { Words } from '../../../../platform/ui/words.tsx'
import type { Meeting } from '../../store/meetings/read-meetings.ts'
import type { MeetingState, MinutesDecision, Presence, QuorumIs, QuorumRule, Side, Vote } from '../../types/meetings.ts'
import { outcomeWords } from '../decision-words.tsx'

const states = {
  planned: { mark: 'wait', words: m.governance_meeting_planned },
  invited: { mark: 'wait', words: m.governance_meeting_invited },
  held: { mark: 'draft', words: m.governance_meeting_held },
  approved: { mark: 'done', words: m.governance_meeting_approved },
  cancelled: { mark: 'stop', words: m.governance_meeting_cancelled },
} as const satisfies Record<MeetingState, { mark: StatusMark; words: () => string }>

/** How a meeting stands, in words. */
export function MeetingStatus({ state }: { state: MeetingState }) {
  return <Status mark={states[state].mark}>{states[state].words()}</Status>
}

const presences = {
  unknown: m.governance_presence_unknown,
  present: m.governance_presence_present,
  proxy: m.governance_presence_proxy,
  excused: m.governance_presence_excused,
  absent: m.governance_presence_absent,
} as const satisfies Record<Presence, () => string>
export const presenceWords = (presence: Presence) => presences[presence]()

const sides = {
  state: m.governance_side_state,
  providers: m.governance_side_providers,
  people: m.governance_side_people,
} as const satisfies Record<Side, () => string>
export const sideWords = (side: Side) => sides[side]()

const votes = {
  yes: m.governance_vote_yes,
  no: m.governance_vote_no,
  abstain: m.governance_vote_abstain,
} as const satisfies Record<Vote, () => string>
export const voteWords = (vote: Vote) => votes[vote]()

/** The name of a body in a title: what comes before a colon. */
export const bodyName = (names: Text) => speak(names, currentLocale()).words.split(':')[0] ?? ''

/** What a meeting is called: its own title, or the name of its body. */
export const meetingName = (meeting: Pick<Meeting, 'title' | 'body'>) => meeting.title ?? bodyName(meeting.body.names)

/** Day and time there. */
export const whenWords = (meeting: Pick<Meeting, 'startsAt' | 'body'>) =>
  formatMoment(meeting.startsAt, meeting.body.timeZone)

/** The day alone. */
export const dayWords = (meeting: Pick<Meeting, 'startsAt' | 'body'>) =>
  formatDay(dayIn(meeting.startsAt, meeting.body.timeZone))

/** Words in the language of a meeting, marked as such where the page speaks another one. */
export function Said({ locale, children }: { locale: Locale; children: Child }): Child {
  return locale === currentLocale() ? children : <span lang={locale}>{children}</span>
}

/** Text of several paragraphs in the language of the meeting. */
export function Paragraphs({ words, locale }: { words: string; locale: Locale }) {
  return (
    <div class="ln-stack" data-gap="2" lang={locale === currentLocale() ? undefined : locale}>
      {words
        .split(/\n\s*/)
        .filter(Boolean)
        .map((paragraph) => (
          <p>{paragraph}</p>
        ))}
    </div>
  )
}

const hows = {
  consensus: m.governance_how_consensus,
  majority: m.governance_how_majority,
  unanimity: m.governance_how_unanimity,
} as const

/** How something was decided, in one line: outcome, way, votes. */
export function decisionLine(decision: MinutesDecision): string {
  const { yes, no, abstain, how, outcome } = decision
  return [
    outcomeWords(outcome),
    hows[how](),
    yes + no + abstain > 0 ? m.governance_votes_counted({ yes, no, abstain }) : undefined,
  ]
    .filter((words) => words !== undefined)
    .join(', ')
}

/** How many were there, and whether that was enough, in the reader's language. */
export function quorumWords({
  here,
  seats,
  quorum,
}: {
  here: number
  seats: number
  quorum: boolean | null | undefined
}) {
  const counted = m.governance_votes_here({ here, seats })
  if (quorum === undefined || quorum === null) return `${counted}. ${m.governance_quorum_unknown()}`
  return `${counted}. ${quorum ? m.governance_quorum_met() : m.governance_quorum_not_met()}`
}

const needed = {
  'more-than-half': m.governance_quorum_more_than_half,
  half: m.governance_quorum_half,
  'two-thirds': m.governance_quorum_two_thirds,
  all: m.governance_quorum_all,
  none: m.governance_quorum_none,
  unknown: m.governance_quorum_not_said,
} as const satisfies Record<QuorumIs, () => string>

/** What a meeting needs, and what says so. */
export const quorumRuleWords = ({ is, source }: QuorumRule) =>
  m.governance_quorum_rule({ rule: needed[is](), source: source ? citedTogether(source) : m.governance_quorum_own() })

/** The name of a body as a link. */
export function BodyLink({ slug, names }: { slug: string; names: Text }) {
  return (
    <a href={`/bodies/${slug}`}>
      <Words of={speak(names, currentLocale())} plain />
    </a>
  )
}

/** Runs in the language of the meeting: what goes onto its paper. */
export const inItsLanguage = <T,>(meeting: Pick<Meeting, 'locale'>, make: () => T): T => inLocale(meeting.locale, make)
