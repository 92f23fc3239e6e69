import { type Actor, holdsRole, holdsRoleIn } from '../../platform/access/actor.ts'
import { permission } from '../../platform/access/permission.ts'
import type { Entered } from './types.ts'

/** What permissions of governance are about: whose secretariat it is, and whether the decision is about a person. */
export interface Recorded {
  /** id of the organisation */
  organisation: string
  aboutPerson: boolean
}

/** How this actor would enter such a decision; undefined when they may not. */
export function entersAs(actor: Actor | null, { organisation, aboutPerson }: Recorded): Entered | undefined {
  if (holdsRoleIn(actor, 'secretariat', organisation)) return 'by-secretariat'
  const worker = holdsRoleIn(actor, 'case_worker', organisation) || holdsRoleIn(actor, 'team_lead', organisation)
  return aboutPerson && worker ? 'from-minutes' : undefined
}

export const mayRecord = permission<Recorded>(
  'The secretariat of a body records its decisions; case workers and team leads of the same organisation enter those about people from the minutes',
  (actor, subject) => entersAs(actor, subject) !== undefined,
)

export const maySeat = permission<{ organisation: string }>(
  'The secretariat of a body records who holds its seats',
  (actor, { organisation }) => holdsRoleIn(actor, 'secretariat', organisation),
)

export const mayKeepSeats = permission<unknown>('The secretariat of a body may open the desk of seats', (actor) =>
  holdsRole(actor, 'secretariat'),
)

export const mayShare = permission<Recorded>(
  'Who may enter a decision about a person, and may read it, may open it to a colleague',
  (actor, subject) => subject.aboutPerson && entersAs(actor, subject) !== undefined,
)

export const mayWork = permission<unknown>(
  'The secretariat of a body, case workers and team leads may open the desk of decisions',
  (actor) => holdsRole(actor, 'secretariat') || holdsRole(actor, 'case_worker') || holdsRole(actor, 'team_lead'),
)

export const mayReadByGrant = permission<unknown>(
  'A decision about a person may be read by whoever was given a grant',
  (actor) => actor !== null,
)
