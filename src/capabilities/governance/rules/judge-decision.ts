import type { Body, DecisionSubject, Matter } from '../types.ts'

/** Why a decision cannot be recorded like this. */
export type Mistake =
  /** the body may not decide on this */
  | 'not-entitled'
  /** its day has not come */
  | 'future'
  /** a public decision leads to nobody's request or case */
  | 'public-subject'
  /** it would become public, or secret, by being superseded */
  | 'other-publicity'

/** What the body may decide under this name (GOV-4); undefined for all else. */
export function matterOf(body: Pick<Body, 'decidesOn'>, slug: string): Matter | undefined {
  return body.decidesOn.find((matter) => matter.slug === slug)
}

/**
 * Judges a decision before it is recorded. The database refuses the same once more.
 * @param today the day it is for the body, `2026-11-23`
 * @param former the decision that it takes the place of
 */
export function judgeDecision(
  body: Pick<Body, 'decidesOn'>,
  decision: { matter: string; decidedOn: string; subject?: DecisionSubject | undefined },
  today: string,
  former?: { aboutPerson: boolean },
): Mistake[] {
  const matter = matterOf(body, decision.matter)
  return [
    ...(matter ? [] : ['not-entitled' as const]),
    ...(decision.decidedOn > today ? ['future' as const] : []),
    ...(matter && !matter.aboutPeople && decision.subject ? ['public-subject' as const] : []),
    ...(matter && former && former.aboutPerson !== matter.aboutPeople ? ['other-publicity' as const] : []),
  ]
}
