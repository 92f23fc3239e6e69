import type { Locale } from '../i18n/text.ts'

/** What a person does for an organisation. Residents have an account and no role. */
export const roles = [
  'case_worker',
  'team_lead',
  'provider',
  'editor',
  'secretariat',
  'body_member',
  'facilitator',
  'duty_officer',
  'funder',
  'economist',
  'volunteer_coordinator',
  'data_protection_officer',
  'administrator',
] as const
export type Role = (typeof roles)[number]

export interface Membership {
  organisation: string
  /** codes from the top of the area tree down to the organisation's area */
  areaPath: readonly string[]
  role: Role
}

/** Somebody who has signed in, or a program that holds their token. */
export interface Actor {
  account: string
  person: string
  name: string
  email: string
  locale: Locale | undefined
  memberships: readonly Membership[]
  /** has a second factor been shown in this session */
  secondFactor: boolean
  /** scopes of the token in use; undefined in a browser session, which may do all that its person may */
  scopes: readonly string[] | undefined
}

/** Roles whose holders can open cases, decide over those who can, or record decisions about people: they sign in with a second factor. */
const needSecondFactor: readonly Role[] = [
  'case_worker',
  'team_lead',
  'duty_officer',
  'secretariat',
  'data_protection_officer',
  'administrator',
]

/** True when this person may act as staff only after showing a second factor (security promise 2). */
export function needsSecondFactor(actor: Pick<Actor, 'memberships'>): boolean {
  return actor.memberships.some((membership) => needSecondFactor.includes(membership.role))
}

/** The roles that count in this session: none of the guarded ones before the second factor was shown. */
export function effectiveMemberships(actor: Actor): readonly Membership[] {
  if (actor.secondFactor || actor.scopes) return actor.memberships
  return actor.memberships.filter((membership) => !needSecondFactor.includes(membership.role))
}

/** Does the actor hold `role` for an organisation that is in charge of the area with this path (root first)? */
export function holdsRoleOver(actor: Actor | null, role: Role, areaPath: readonly string[]): boolean {
  if (!actor) return false
  return effectiveMemberships(actor).some(
    (membership) => membership.role === role && areaPath.includes(membership.areaPath.at(-1) ?? ''),
  )
}

/** Does the actor hold `role` in this very organisation? */
export function holdsRoleIn(actor: Actor | null, role: Role, organisation: string): boolean {
  if (!actor) return false
  return effectiveMemberships(actor).some(
    (membership) => membership.role === role && membership.organisation === organisation,
  )
}

/** Does the actor hold `role` anywhere? */
export function holdsRole(actor: Actor | null, role: Role): boolean {
  return !!actor && effectiveMemberships(actor).some((membership) => membership.role === role)
}
