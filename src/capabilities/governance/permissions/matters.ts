import { type Actor, effectiveMemberships, holdsRoleIn } from '../../../platform/access/actor.ts'
import { permission } from '../../../platform/access/permission.ts'

/** Does this actor keep the secretariat of the body? @param organisation id */
export const keepsSecretariat = (actor: Actor | null, organisation: string) =>
  holdsRoleIn(actor, 'secretariat', organisation)

export const mayRaise = permission<{ organisation: string; asIdea: boolean }>(
  'The secretariat of a body enters its matters; whoever works for an organisation may bring it an idea',
  (actor, { organisation, asIdea }) =>
    keepsSecretariat(actor, organisation) || (asIdea && actor !== null && effectiveMemberships(actor).length > 0),
)

export const mayMoveMatter = permission<{ organisation: string }>(
  'The secretariat of the body that a matter is with takes it on',
  (actor, { organisation }) => keepsSecretariat(actor, organisation),
)

export const mayBringIdeas = permission<unknown>(
  'Whoever works for an organisation may open the form for a new matter, and sees what they brought',
  (actor) => actor !== null && effectiveMemberships(actor).length > 0,
)
