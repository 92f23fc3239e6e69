import { m } from '../../../platform/i18n/speech.ts'
import type { Held, Way } from '../rules/contact.ts'
import type { LetterKind } from '../types.ts'

const kinds = {
  confirmation: m.intake_letters_kind_confirmation,
  'missing-documents': m.intake_letters_kind_missing_documents,
  decision: m.intake_letters_kind_decision,
  contract: m.intake_letters_kind_contract,
  waiting: m.intake_letters_kind_waiting,
} as const
export const letterKindWords = (kind: LetterKind): string => kinds[kind]()

const ways = {
  mail: m.intake_letters_by_mail,
  post: m.intake_letters_to_post,
  hand: m.intake_letters_to_hand,
  page: m.intake_letters_on_page,
} as const
export const letterWayWords = (way: Way): string => ways[way]()

const reasons = {
  'read by others': m.intake_letters_held_read,
  'no address': m.intake_letters_held_no_address,
  'not wanted': m.intake_letters_held_not_wanted,
  'told by another': m.intake_letters_held_told,
} as const
export const heldWords = (held: Held): string => reasons[held]()

const deeds = {
  post: m.intake_letters_post_it,
  hand: m.intake_letters_hand_it,
  page: m.intake_letters_tell_it,
} as const
/** What whoever brings the letter to the person says when it is done. */
export const handWords = (way: Exclude<Way, 'mail'>): string => deeds[way]()
