import { z } from 'zod'
import { DecidesBy, DecisionOutcome } from '../types.ts'

/** The kind under which meetings stand in thread and audit trail. */
export const meetingKind = 'governance.meeting'

/** GOV-14: in a dialogue, state, providers and people sit side by side. */
export const MeetingForm = z.enum(['meeting', 'dialogue'])
export type MeetingForm = z.infer<typeof MeetingForm>

export const MeetingState = z.enum(['planned', 'invited', 'held', 'approved', 'cancelled'])
export type MeetingState = z.infer<typeof MeetingState>

export const Side = z.enum(['state', 'providers', 'people'])
export type Side = z.infer<typeof Side>

/** Whether somebody was there; `proxy`: somebody stood in. */
export const Presence = z.enum(['unknown', 'present', 'proxy', 'excused', 'absent'])
export type Presence = z.infer<typeof Presence>

export const Vote = z.enum(['yes', 'no', 'abstain'])
export type Vote = z.infer<typeof Vote>

/** Money as it is typed and stored: exact, never a floating number. */
export const Amount = z.string().regex(/^\d{1,12}(\.\d{1,2})?$/)
export const Currency = z.string().regex(/^[A-Z]{3}$/)

/** How many must be there: as a body or the rule table `quorum` says it. `none`: whoever comes decides. */
export const QuorumIs = z.enum(['more-than-half', 'half', 'two-thirds', 'all', 'none', 'unknown'])
export type QuorumIs = z.infer<typeof QuorumIs>

/** How many must be at a meeting, and what says so: the document behind the rule of its day; null where the body itself says it (GOV-3, GOV-12). */
export const QuorumRule = z.object({ is: QuorumIs, source: z.string().nullable() })
export type QuorumRule = z.infer<typeof QuorumRule>

/** How an item was decided. `quorum` null: nothing says how many must be there. */
export const MinutesDecision = z.object({
  id: z.uuid(),
  number: z.string(),
  outcome: DecisionOutcome,
  title: z.string(),
  how: DecidesBy,
  yes: z.number().int(),
  no: z.number().int(),
  abstain: z.number().int(),
  quorum: z.boolean().nullable(),
  amount: Amount.optional(),
  currency: Currency.optional(),
})
export type MinutesDecision = z.infer<typeof MinutesDecision>

export const MinutesItem = z.object({
  id: z.uuid(),
  position: z.number().int(),
  title: z.string(),
  matter: z.uuid().optional(),
  presenter: z.string().optional(),
  /** confidential: the headline and this ground, and nothing else of it */
  secretGround: z.string().optional(),
  words: z.string().optional(),
  minutes: z.string().optional(),
  decision: MinutesDecision.optional(),
  /** who did not take part in it, for a conflict of interest */
  stoodBack: z.array(z.string()).default([]),
})
export type MinutesItem = z.infer<typeof MinutesItem>

/** GOV-3: minutes as they were approved, as everybody reads them. */
export const MinutesContent = z.object({
  opening: z.string().optional(),
  here: z.number().int(),
  seats: z.number().int(),
  quorum: z.boolean().nullable(),
  /** which rule counted */
  quorumRule: QuorumRule.optional(),
  /** members and those who stood in; residents at a dialogue and guests are counted, not named */
  attendance: z.array(
    z.object({ name: z.string(), presence: Presence, proxy: z.string().optional(), side: Side.optional() }),
  ),
  unnamed: z.number().int().default(0),
  items: z.array(MinutesItem),
  tasks: z.array(z.object({ title: z.string(), owner: z.string(), due: z.string() })),
})
export type MinutesContent = z.infer<typeof MinutesContent>

/** What stands in minutes for those who were invited: the words of confidential items. */
export const ClosedContent = z.object({ items: z.array(MinutesItem) })
export type ClosedContent = z.infer<typeof ClosedContent>
