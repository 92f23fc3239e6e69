import { type Actor, effectiveMemberships } from '../../platform/access/actor.ts'

const answering: readonly string[] = ['case_worker', 'team_lead', 'duty_officer']

/** Organisations for which the actor answers requests, in this session. */
export function officesOf(actor: Actor | null): string[] {
  if (!actor) return []
  const own = effectiveMemberships(actor).filter(({ role }) => answering.includes(role))
  return [...new Set(own.map(({ organisation }) => organisation))]
}
