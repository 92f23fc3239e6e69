import { type Actor, effectiveMemberships, holdsRole, holdsRoleIn, type Role } from '../../../platform/access/actor.ts'
import { permission } from '../../../platform/access/permission.ts'

const reporting: readonly Role[] = ['case_worker', 'team_lead']
const rating: readonly Role[] = ['team_lead', 'economist', 'secretariat']

const holdsOneIn = (actor: Actor | null, roles: readonly Role[], organisation: string) =>
  roles.some((role) => holdsRoleIn(actor, role, organisation))

export const mayReportNeed = permission<{ organisation: string }>(
  'Case workers and team leads of a municipality report needs that no offer met',
  (actor, { organisation }) => holdsOneIn(actor, reporting, organisation),
)

export const mayReportNeeds = permission<unknown>(
  'Case workers and team leads may open the form for needs that no offer met',
  (actor) => reporting.some((role) => holdsRole(actor, role)),
)

export const mayRate = permission<{ organisation: string }>(
  'Team leads, economists and secretariats rate for their own municipality how supply fits demand',
  (actor, { organisation }) => holdsOneIn(actor, rating, organisation),
)

export const mayRateSomewhere = permission<unknown>(
  'Team leads, economists and secretariats may open the form for ratings',
  (actor) => rating.some((role) => holdsRole(actor, role)),
)

/** Organisations for which this actor reports needs, or rates. */
export function organisationsThat(does: 'report' | 'rate', actor: Actor | null): string[] {
  const roles = does === 'report' ? reporting : rating
  const held = actor ? effectiveMemberships(actor).filter(({ role }) => roles.includes(role)) : []
  return [...new Set(held.map(({ organisation }) => organisation))]
}
