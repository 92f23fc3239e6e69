import { holdsRole, holdsRoleIn } from '../../../platform/access/actor.ts'
import { permission } from '../../../platform/access/permission.ts'

/** Whose secretariat it is: id of the organisation. */
interface Served {
  organisation: string
}

export const maySetUpGroup = permission<Served>(
  'The secretariat of a body sets up its ad hoc groups, and enters by which decision their terms are approved or they are prolonged',
  (actor, { organisation }) => holdsRoleIn(actor, 'secretariat', organisation),
)

export const mayRecommend = permission<Served>(
  'The secretariat of a body enters what it recommends to others',
  (actor, { organisation }) => holdsRoleIn(actor, 'secretariat', organisation),
)

export const mayAnswerRecommendation = permission<Served>(
  'The secretariat of a body enters what it answers to a recommendation, and makes a matter of it',
  (actor, { organisation }) => holdsRoleIn(actor, 'secretariat', organisation),
)

export const mayKeepConference = permission<Served>(
  'The secretariat of a body prepares its conferences, invites to them and enters what was proposed',
  (actor, { organisation }) => holdsRoleIn(actor, 'secretariat', organisation),
)

export const mayOpenForums = permission<unknown>(
  'A secretariat may open the desks of its groups, recommendations and conferences',
  (actor) => holdsRole(actor, 'secretariat'),
)

export const mayAnswerInvitation = permission<unknown>(
  'Whoever holds the link of an invitation may answer it',
  () => true,
)

export const forumsPermissions = [
  maySetUpGroup,
  mayRecommend,
  mayAnswerRecommendation,
  mayKeepConference,
  mayOpenForums,
  mayAnswerInvitation,
] as const
