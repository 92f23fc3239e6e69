import { holdsRole, holdsRoleIn } from '../../../platform/access/actor.ts'
import { permission } from '../../../platform/access/permission.ts'

export const mayConsult = permission<{ organisation: string }>(
  'The secretariat of a body prepares, sends, extends, withdraws and publishes its consultations',
  (actor, { organisation }) => holdsRoleIn(actor, 'secretariat', organisation),
)

/** What confirming is about: the organisation of the secretariat, and whether the actor holds the chair today. */
export interface Confirmed {
  organisation: string
  chairs: boolean
}

export const mayConfirm = permission<Confirmed>(
  'The chair of a body confirms what came of a consultation; the secretariat does so on the word of the chair',
  (actor, { organisation, chairs }) => actor !== null && (chairs || holdsRoleIn(actor, 'secretariat', organisation)),
)

export const maySpeakFor = permission<{ answersFor: boolean }>(
  'Whoever keeps the secretariat of a party, or sits for it, answers a consultation for it',
  (actor, { answersFor }) => actor !== null && answersFor,
)

export const mayKeepConsultations = permission<unknown>(
  'The secretariat of a body may open the desk of consultations and of addresses',
  (actor) => holdsRole(actor, 'secretariat'),
)

export const mayKeepAddress = permission<{ organisation: string }>(
  'A secretariat writes down where it reaches the parties',
  (actor, { organisation }) => holdsRoleIn(actor, 'secretariat', organisation),
)

/** All of these, for the manifest. */
export const consultationPermissions = [mayConsult, mayConfirm, maySpeakFor, mayKeepConsultations, mayKeepAddress]
