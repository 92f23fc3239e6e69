import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { Status, type StatusMark } from '../../../../platform/ui/status.tsx'
import { Words } from '../../../../platform/ui/words.tsx'
import type { StoredMatter } from '../../store/matters/read-matters.ts'
import type { Deed, MatterSource, MatterState } from '../../types/matters.ts'

const states = {
  idea: { mark: 'draft', words: m.governance_state_idea },
  prepared: { mark: 'wait', words: m.governance_state_prepared },
  'on-agenda': { mark: 'wait', words: m.governance_state_on_agenda },
  decided: { mark: 'done', words: m.governance_state_decided },
  postponed: { mark: 'late', words: m.governance_state_postponed },
  withdrawn: { mark: 'dot', words: m.governance_state_withdrawn },
  'carried-out': { mark: 'done', words: m.governance_state_carried_out },
  'followed-up': { mark: 'done', words: m.governance_state_followed_up },
} as const satisfies Record<MatterState, { mark: StatusMark; words: () => string }>

export const matterStateWords = (state: MatterState) => states[state].words()

/** How a matter stands. */
export function MatterStatus({ state }: { state: MatterState }) {
  return <Status mark={states[state].mark}>{states[state].words()}</Status>
}

const deeds = {
  raised: m.governance_deed_raised,
  prepared: m.governance_deed_prepared,
  scheduled: m.governance_deed_scheduled,
  'taken-off': m.governance_deed_taken_off,
  decided: m.governance_deed_decided,
  'sent-on': m.governance_deed_sent_on,
  postponed: m.governance_deed_postponed,
  withdrawn: m.governance_deed_withdrawn,
  'carried-out': m.governance_deed_carried_out,
  'followed-up': m.governance_deed_followed_up,
} as const satisfies Record<Deed, () => string>
export const deedWords = (deed: Deed) => deeds[deed]()

const sources = {
  body: m.governance_source_body,
  member: m.governance_source_member,
  contribution: m.governance_source_contribution,
  'user-organisation': m.governance_source_user_organisation,
  adjustment: m.governance_source_adjustment,
  agreement: m.governance_source_agreement,
  dispute: m.governance_source_dispute,
  dialogue: m.governance_source_dialogue,
  recommendation: m.governance_source_recommendation,
  consultation: m.governance_source_consultation,
  authority: m.governance_source_authority,
} as const satisfies Record<MatterSource, () => string>
export const sourceWords = (source: MatterSource) => sources[source]()

/** What a body does with a matter: what it decides about it, or that it deals with it. */
export function KindWords({ matter }: { matter: StoredMatter }) {
  const { names, slug } = matter.kind
  if (!names) return <>{slug === 'theme' ? m.governance_theme() : slug}</>
  return <Words of={speak(names, currentLocale())} plain />
}
