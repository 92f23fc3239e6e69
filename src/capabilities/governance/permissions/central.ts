import { type Actor, holdsRoleIn } from '../../../platform/access/actor.ts'
import { permission } from '../../../platform/access/permission.ts'

/** Who may answer for a municipality. */
const answering = ['secretariat', 'team_lead', 'case_worker', 'economist'] as const

/** Does this actor answer for the municipality themselves, and not the secretariat on its behalf? */
export const answersFor = (actor: Actor | null, organisation: string): boolean =>
  answering.some((role) => holdsRoleIn(actor, role, organisation))

export const mayKeepRequest = permission<{ organisation: string }>(
  'The secretariat of the body that approves the joint answer keeps a central request',
  (actor, { organisation }) => holdsRoleIn(actor, 'secretariat', organisation),
)

export const mayAnswerRequest = permission<{ municipality: string; keeper: string }>(
  'Secretariat, leads, case workers and economists of a municipality answer for it; the secretariat that asks may enter what it was written',
  (actor, { municipality, keeper }) => answersFor(actor, municipality) || holdsRoleIn(actor, 'secretariat', keeper),
)

export const centralPermissions = [mayKeepRequest, mayAnswerRequest] as const
