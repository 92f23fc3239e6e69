import { z } from 'zod'
import { SeatRole, Slug } from '../types.ts'

/** The kind under which bodies stand in the thread. */
export const bodyKind = 'governance.body'

/** What a decision did to a group: approved its terms of reference, or prolonged it (GOV-8). */
export const GroupDeed = z.enum(['approve', 'prolong'])
export type GroupDeed = z.infer<typeof GroupDeed>

/** The kind under which recommendations stand in thread and audit trail. */
export const recommendationKind = 'governance.recommendation'

/** GOV-9: what became of a recommendation. */
export const RecommendationAnswer = z.enum(['followed', 'partly', 'not'])
export type RecommendationAnswer = z.infer<typeof RecommendationAnswer>

/** The kinds under which conferences and what is proposed there stand in thread and audit trail. */
export const conferenceKind = 'governance.conference'
export const proposalKind = 'governance.proposal'

/** GOV-10: who is invited, as a rule over seats: all who sit in a body, or in a group of bodies, in these roles. */
export const InvitationRule = z.object({ body: Slug, roles: z.array(SeatRole).min(1) })
export type InvitationRule = z.infer<typeof InvitationRule>

/** One point of a programme, in the language in which it was typed. */
export const ProgrammePoint = z.object({ time: z.string().regex(/^\d{2}:\d{2}$/), words: z.string().min(1).max(300) })
export type ProgrammePoint = z.infer<typeof ProgrammePoint>

export const ConferenceState = z.enum(['draft', 'announced', 'cancelled'])
export type ConferenceState = z.infer<typeof ConferenceState>

/** What somebody answers to an invitation. */
export const InvitationAnswer = z.enum(['comes', 'cannot'])
export type InvitationAnswer = z.infer<typeof InvitationAnswer>
