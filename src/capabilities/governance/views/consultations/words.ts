import { formatMoment } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import type {
  AnswerKind,
  ConsultationOutcome,
  ConsultationState,
  CountedBy,
  Silence,
} from '../../types/consultations.ts'

const silences = {
  agrees: m.governance_consult_silence_agrees,
  abstains: m.governance_consult_silence_abstains,
  objects: m.governance_consult_silence_objects,
  'not-counted': m.governance_consult_silence_not_counted,
} as const satisfies Record<Silence, unknown>

/** What silence means, as a sentence. */
export const silenceWords = (silence: Silence): string => silences[silence]()

const outcomes = {
  agreed: m.governance_consult_outcome_agreed,
  declined: m.governance_consult_outcome_declined,
  open: m.governance_consult_outcome_open,
} as const satisfies Record<ConsultationOutcome, unknown>

/** What came of it. */
export const outcomeWords = (outcome: ConsultationOutcome): string => outcomes[outcome]()

const answers = {
  agree: m.governance_consult_answer_agree,
  'agree-with-remarks': m.governance_consult_answer_agree_with_remarks,
  object: m.governance_consult_answer_object,
  'no-remarks': m.governance_consult_answer_no_remarks,
} as const satisfies Record<AnswerKind, unknown>

export const answerWords = (answer: AnswerKind): string => answers[answer]()

const states = {
  draft: m.governance_consult_state_draft,
  open: m.governance_consult_state_open,
  closed: m.governance_consult_state_closed,
  confirmed: m.governance_consult_state_confirmed,
  published: m.governance_consult_state_published,
  withdrawn: m.governance_consult_state_withdrawn,
} as const satisfies Record<ConsultationState, unknown>

export const stateWords = (state: ConsultationState): string => states[state]()

const groups = {
  draft: m.governance_consult_group_draft,
  open: m.governance_consult_group_open,
  closed: m.governance_consult_group_closed,
  confirmed: m.governance_consult_group_confirmed,
  published: m.governance_consult_group_published,
  withdrawn: m.governance_consult_group_withdrawn,
} as const satisfies Record<ConsultationState, unknown>

/** Heading above those that stand the same way. */
export const groupWords = (state: ConsultationState): string => groups[state]()

const ways = {
  consensus: m.governance_consult_by_consensus,
  majority: m.governance_consult_by_majority,
  unanimity: m.governance_consult_by_unanimity,
} as const satisfies Record<CountedBy, unknown>

/** How answers are counted, as a sentence. */
export const countedWords = (by: CountedBy | undefined): string => (by ? ways[by]() : m.governance_consult_by_chair())

/** The last minute in which an answer is taken, with its time zone: midnight would be read as the wrong day. @param closesAt the first moment that is too late */
export function closingWords(closesAt: Date, timeZone: string): string {
  const last = new Date(closesAt.getTime() - 60_000)
  return `${formatMoment(last, timeZone)} (${zoneWords(last, timeZone)})`
}

/** The time zone that holds at a moment, in words: "Central European Summer Time". */
export function zoneWords(moment: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat(currentLocale(), { timeZone, timeZoneName: 'long' }).formatToParts(moment)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
}
