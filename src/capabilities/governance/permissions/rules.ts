import { type Actor, effectiveMemberships, holdsRole, holdsRoleIn } from '../../../platform/access/actor.ts'
import { permission } from '../../../platform/access/permission.ts'

/** Does this actor work for the organisation, in whichever role? */
export const worksIn = (actor: Actor | null, organisation: string): boolean =>
  actor !== null && effectiveMemberships(actor).some((membership) => membership.organisation === organisation)

export const mayChangeRules = permission<{ organisation: string }>(
  'The secretariat of a body puts rules in force that this body has decided',
  (actor, { organisation }) => holdsRoleIn(actor, 'secretariat', organisation),
)

export const mayOpenRulesDesk = permission<unknown>(
  'The secretariat of a body may open the desk on which rules are changed',
  (actor) => holdsRole(actor, 'secretariat'),
)

export const mayAskQuestion = permission<{ organisation: string; authority: boolean }>(
  'Whoever works for an authority of the region may ask a question for it',
  (actor, { organisation, authority }) => authority && worksIn(actor, organisation),
)

export const mayOpenQuestions = permission<unknown>(
  'Whoever works for an organisation may open the form for questions',
  (actor) => actor !== null && effectiveMemberships(actor).length > 0,
)

export const mayAnswerQuestions = permission<{ organisation: string }>(
  'The secretariat of the group that answers enters its answers, and takes questions away that name a person',
  (actor, { organisation }) => holdsRoleIn(actor, 'secretariat', organisation),
)

export const rulesPermissions = [
  mayChangeRules,
  mayOpenRulesDesk,
  mayAskQuestion,
  mayOpenQuestions,
  mayAnswerQuestions,
] as const
