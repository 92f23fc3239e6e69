import { type Actor, holdsRole, holdsRoleIn, holdsRoleOver } from '../../platform/access/actor.ts'
import { permission } from '../../platform/access/permission.ts'

/** What permissions of the directory are about: whose card it is, and the areas above that organisation, top first. */
export interface Tended {
  organisation: { id: string }
  areaPath: readonly string[]
}

/** Is the actor an editor in charge of the area that this organisation works in? */
export function isEditorOf(actor: Actor | null, subject: Tended): boolean {
  return holdsRoleOver(actor, 'editor', subject.areaPath)
}

/** Does the actor work for the very organisation that offers the service? */
export function isProviderOf(actor: Actor | null, subject: Tended): boolean {
  return holdsRoleIn(actor, 'provider', subject.organisation.id)
}

export const mayTend = permission<Tended>(
  'Editors of the area, and the staff of the provider itself, may change a card',
  (actor, subject) => isEditorOf(actor, subject) || isProviderOf(actor, subject),
)

export const mayDecide = permission<Tended>('Editors of the area may accept or decline a proposal', isEditorOf)

export const mayWithdraw = permission<Tended>('The staff of the provider may withdraw their proposal', isProviderOf)

export const mayAppointApproval = permission<Tended>(
  'Administrators, and editors of the area, may say whose changes wait for an editor',
  (actor, subject) => holdsRole(actor, 'administrator') || isEditorOf(actor, subject),
)

export const mayWork = permission<unknown>(
  'Editors and staff of providers may open the desk of the directory',
  (actor) => holdsRole(actor, 'editor') || holdsRole(actor, 'provider'),
)

export const maySeeOrganisation = permission<unknown>(
  'Editors, staff of providers and administrators may open the work pages of an organisation',
  (actor) => holdsRole(actor, 'editor') || holdsRole(actor, 'provider') || holdsRole(actor, 'administrator'),
)

export const mayRemark = permission<unknown>('Everyone may say what is wrong with a card', () => true)

export const mayConfirmByLink = permission<unknown>('Whoever holds the link from the letter may answer it', () => true)
