import { type Actor, effectiveMemberships, holdsRole, holdsRoleIn, type Role } from '../../../platform/access/actor.ts'
import { permission } from '../../../platform/access/permission.ts'

/** What permissions about places are about: who runs the offer, by id of the organisation. */
export interface Operated {
  operator: string
}

/** Who asks for a place at an offer. */
export interface Asked extends Operated {
  /** id of the municipality, or of another authority that refers */
  municipality: string
}

const referring: readonly Role[] = ['case_worker', 'team_lead']
const following: readonly Role[] = [...referring, 'economist']

export const mayRunOffer = permission<Operated>(
  'Providers of the operator register its offers, change them and their places, and report who stays there',
  (actor, { operator }) => holdsRoleIn(actor, 'provider', operator),
)

export const mayReportSomewhere = permission<unknown>(
  'Providers may open the list of their offers and the forms for reports',
  (actor) => holdsRole(actor, 'provider'),
)

export const mayAskForPlace = permission<Asked>(
  'Case workers and team leads of a municipality put people of theirs on the waiting list of an offer; so do providers of its operator',
  (actor, { operator, municipality }) =>
    holdsRoleIn(actor, 'provider', operator) || referring.some((role) => holdsRoleIn(actor, role, municipality)),
)

export const mayAskSomewhere = permission<unknown>(
  'Case workers and team leads may open the form by which somebody is put on a waiting list',
  (actor) => referring.some((role) => holdsRole(actor, role)),
)

export const mayFollowStays = permission<unknown>(
  'Case workers, team leads and economists may see the stays that their own municipality pays for',
  (actor) => following.some((role) => holdsRole(actor, role)),
)

/** Organisations (ids) whose offers the actor runs, for which they ask for places, or whose stays they follow. */
export function organisationsWhere(does: 'runs' | 'refers' | 'follows', actor: Actor | null): string[] {
  const roles: readonly Role[] = { runs: ['provider'] as const, refers: referring, follows: following }[does]
  const held = actor ? effectiveMemberships(actor).filter(({ role }) => roles.includes(role)) : []
  return [...new Set(held.map(({ organisation }) => organisation))]
}
