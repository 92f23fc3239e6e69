import { type Actor, holdsRoleIn } from '../../../platform/access/actor.ts'
import { permission } from '../../../platform/access/permission.ts'

/** A body as far as it matters who may speak for it. */
export interface SpokenFor {
  /** id of the organisation that keeps its secretariat */
  organisation: string
  isCouncil: boolean
  /** the actor holds a seat in it with their account */
  sits: boolean
}

/** Does this actor speak for a body: its secretariat, a member of a council, whoever holds a seat in it? */
export function speaksFor(actor: Actor | null, body: SpokenFor): boolean {
  if (!actor) return false
  return (
    holdsRoleIn(actor, 'secretariat', body.organisation) ||
    (body.isCouncil && holdsRoleIn(actor, 'body_member', body.organisation)) ||
    body.sits
  )
}

export const mayKeep = permission<{ organisation: string }>(
  'The secretariat of a framework agreement begins it, moves it on, attaches to it and reminds who is missing',
  (actor, { organisation }) => holdsRoleIn(actor, 'secretariat', organisation),
)

export const mayDraft = permission<{ drafter: SpokenFor | undefined }>(
  'A part of a framework agreement is written by the body that drafts it, and by whoever keeps the agreement',
  (actor, { drafter }) => drafter !== undefined && speaksFor(actor, drafter),
)

export const mayPropose = permission<{ proposer: SpokenFor | undefined }>(
  'Bodies that contribute to a framework agreement propose words for its parts',
  (actor, { proposer }) => proposer !== undefined && speaksFor(actor, proposer),
)

/** How this actor would enter what a party decided; undefined when they may not. */
export function entersRatificationAs(
  actor: Actor | null,
  { party, organisation }: { party: SpokenFor; organisation: string },
): 'by-party' | 'from-minutes' | undefined {
  if (speaksFor(actor, party)) return 'by-party'
  return holdsRoleIn(actor, 'secretariat', organisation) ? 'from-minutes' : undefined
}

export const mayRatify = permission<{ party: SpokenFor; organisation: string }>(
  'A party enters its own ratification; the secretariat of the agreement enters it from the minutes of the party',
  (actor, subject) => entersRatificationAs(actor, subject) !== undefined,
)

export const mayFollowAgreements = permission<unknown>(
  'Whoever has signed in may open the desk of framework agreements; it holds those in which a body of theirs takes part',
  (actor) => actor !== null,
)

export const agreementPermissions = [mayKeep, mayDraft, mayPropose, mayRatify, mayFollowAgreements]
