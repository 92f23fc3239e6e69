import type { Vote } from '../../types/meetings.ts'
import type { Body, DecidesBy, DecisionOutcome } from '../../types.ts'

/** How many voted for what. */
export interface Tally {
  yes: number
  no: number
  abstain: number
}

/** Counts votes. */
export function tallyOf(votes: readonly Vote[]): Tally {
  const count = (vote: Vote) => votes.filter((one) => one === vote).length
  return { yes: count('yes'), no: count('no'), abstain: count('abstain') }
}

/**
 * Are enough there to decide (GOV-3)? Nobody knows where nothing says how many must be: that stays unknown and is shown.
 * @param here votes that are present or stood in for @param seats votes that there are
 */
export function hasQuorum(rule: Body['quorumIs'], here: number, seats: number): boolean | undefined {
  switch (rule) {
    case undefined:
      return undefined
    case 'more-than-half':
      return here * 2 > seats
    case 'half':
      return here * 2 >= seats
    case 'two-thirds':
      return here * 3 >= seats * 2
    case 'all':
      return here === seats
  }
}

/** Why an item cannot be decided like this. */
export type VoteMistake =
  /** too few are there */
  | 'no-quorum'
  /** the body decides in another way */
  | 'other-way'
  /** the votes do not carry the outcome */
  | 'not-carried'
  /** somebody votes who is not there, has no vote, or has a conflict of interest */
  | 'may-not-vote'

/**
 * Judges how an item was decided (GOV-3). Majority: more yes than no, abstentions count for nothing. Unanimity: everyone who is there and may
 * vote on it says yes. Consensus: nobody objects. Postponing needs no vote. The database refuses the same once more.
 * @param given.entitled who is there, has a vote and no conflict of interest @param given.votes by the same names
 */
export function judgeVotes(given: {
  /** as the body says; undefined where no source does */
  rule: DecidesBy | undefined
  how: DecidesBy
  quorum: boolean | undefined
  outcome: DecisionOutcome
  entitled: readonly string[]
  votes: ReadonlyMap<string, Vote>
}): VoteMistake[] {
  const { rule, how, quorum, outcome, entitled, votes } = given
  const strangers = [...votes.keys()].some((name) => !entitled.includes(name))
  return [
    ...(quorum === false ? ['no-quorum' as const] : []),
    ...(rule !== undefined && rule !== how ? ['other-way' as const] : []),
    ...(strangers ? ['may-not-vote' as const] : []),
    ...(carries(how, outcome, tallyOf([...votes.values()]), entitled.length) ? [] : ['not-carried' as const]),
  ]
}

/** Do these votes lead to this outcome? */
export function carries(how: DecidesBy, outcome: DecisionOutcome, { yes, no }: Tally, entitled: number): boolean {
  if (outcome === 'postponed') return true
  if (outcome === 'declined') return how !== 'majority' || yes <= no
  switch (how) {
    case 'majority':
      return yes > no
    case 'unanimity':
      return entitled > 0 && yes === entitled
    case 'consensus':
      return no === 0
  }
}
