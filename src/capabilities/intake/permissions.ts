import { type Actor, holdsRole, holdsRoleIn } from '../../platform/access/actor.ts'
import { permission } from '../../platform/access/permission.ts'

/** What permissions of intake are about: whose request it is, and how somebody came to it. */
export interface Opened {
  /** organisation that answers; undefined while it is a draft */
  handler: string | undefined
  /** account of the person who asked */
  account: string | undefined
  /** account of the helper who entered it, while they may read it */
  helper: string | undefined
  /** they hold its link, which was found good */
  byLink: boolean
}

const answering = ['case_worker', 'team_lead', 'duty_officer'] as const
const deciding = ['case_worker', 'team_lead'] as const

/** Does the actor answer requests for this office? */
export function answersFor(actor: Actor | null, handler: string | undefined): boolean {
  return !!handler && answering.some((role) => holdsRoleIn(actor, role, handler))
}

export const mayAsk = permission<unknown>('Everyone may ask for help, with or without an account', () => true)

export const mayTakePart = permission<Opened>(
  'Whoever holds the link of a request, the person, the helper with consent, and the office that answers may',
  (actor, { byLink, account, helper, handler }) =>
    byLink || (!!actor && (account === actor.account || helper === actor.account)) || answersFor(actor, handler),
)

/** A helper told it once; to change it is for the person and the office (INT-11). */
export const mayTellContact = permission<Opened>(
  'The person, whoever holds the link of their request, and the office that answers may say how contact is safe',
  (actor, { byLink, account, handler }) =>
    byLink || (!!actor && account === actor.account) || answersFor(actor, handler),
)

export const mayAnswer = permission<Opened>(
  'Case workers, team leads and duty officers of the office that answers may',
  (actor, { handler }) => answersFor(actor, handler),
)

export const mayDecide = permission<Opened>(
  'Case workers and team leads of the office that answers may decide',
  (actor, { handler }) => !!handler && deciding.some((role) => holdsRoleIn(actor, role, handler)),
)

export const mayLead = permission<{ organisation: string }>('Team leads of the office may', (actor, { organisation }) =>
  holdsRoleIn(actor, 'team_lead', organisation),
)

/** The desk itself: each row of it is guarded on its own. */
export const mayWork = permission<unknown>(
  'Case workers, team leads and duty officers may open the desk of requests',
  (actor) => answering.some((role) => holdsRole(actor, role)),
)

/** The person binds themselves: a helper cannot do it for them. At the desk they sign under the worker's eyes. */
export const maySign = permission<Opened>(
  'The person, and whoever holds the link of their request, may sign its contract and end it',
  (actor, { byLink, account }) => byLink || (!!actor && account === actor.account),
)
