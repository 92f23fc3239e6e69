import { holdsRole, holdsRoleIn, type Role } from '../../../platform/access/actor.ts'
import { permission } from '../../../platform/access/permission.ts'
import type { Operated } from './places.ts'

/** What permissions of adjustments are about: who runs the offer, and who keeps the secretariats of bodies that decide on adjustments. */
export interface Adjusted extends Operated {
  /** ids of organisations */
  secretariats: readonly string[]
}

const servesOne = (actor: Parameters<typeof holdsRoleIn>[0], secretariats: readonly string[]): boolean =>
  secretariats.some((organisation) => holdsRoleIn(actor, 'secretariat', organisation))

export const mayPlanAdjustment = permission<Operated>(
  'Providers of its operator plan an adjustment of an offer, contact the affected municipalities, change the plan and withdraw it',
  (actor, { operator }) => holdsRoleIn(actor, 'provider', operator),
)

export const mayPlanSomewhere = permission<unknown>('Providers may open the adjustments of their offers', (actor) =>
  holdsRole(actor, 'provider'),
)

export const maySteerAdjustment = permission<Adjusted>(
  'The secretariat of a body that decides on adjustments asks for the approval and records it',
  (actor, { secretariats }) => servesOne(actor, secretariats),
)

export const mayWorkWithAdjustments = permission<unknown>(
  'Providers and secretariats may open the desk of adjustments',
  (actor) => holdsRole(actor, 'provider') || holdsRole(actor, 'secretariat'),
)

const speaking: readonly Role[] = ['team_lead', 'economist', 'secretariat']

export const maySpeakForMunicipality = permission<{ municipality: string }>(
  'Team leads, economists and the secretariat of a municipality read its letters about adjustments, answer them, and say which answers are not its own',
  (actor, { municipality }) => speaking.some((role) => holdsRoleIn(actor, role, municipality)),
)

export const mayReadOwnLetters = permission<unknown>(
  'Team leads, economists and secretariats may open the letters about adjustments that went to their own municipality',
  (actor) => speaking.some((role) => holdsRole(actor, role)),
)

export const mayAnswerContact = permission<unknown>('Whoever has the link of a letter may answer it', () => true)
