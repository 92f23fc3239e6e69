import { z } from 'zod'
import { Text } from '../../../platform/i18n/text.ts'

/** The kind under which central requests stand in the audit trail and in the thread. */
export const centralRequestKind = 'governance.central-request'

/** One question of a central request (GOV-15). */
export const CentralField = z.object({
  /** the same question of a later request has the same id: it is prefilled with what was answered last */
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(80),
  names: Text,
  type: z.enum(['words', 'number', 'yes-no']),
  /** name of a figure that the program knows of each municipality, such as `capacity.places` */
  figure: z
    .string()
    .regex(/^[a-z]+(\.[a-z0-9-]+)+$/)
    .max(120)
    .optional(),
  optional: z.boolean().default(false),
})
export type CentralField = z.infer<typeof CentralField>

/** What a municipality answers, by id of the question. */
export const CentralAnswers = z.record(z.string().max(80), z.string().trim().max(5000))
export type CentralAnswers = z.infer<typeof CentralAnswers>

/** What the program knew beforehand, and from where. */
export const Prefilled = z.record(z.string(), z.object({ value: z.string(), from: z.string() }))
export type Prefilled = z.infer<typeof Prefilled>

/** A request of the national board, to be answered by all municipalities together (GOV-15). */
export interface CentralRequest {
  id: string
  pack: string
  body: { id: string; slug: string; names: Text; organisation: string; timeZone: string }
  askedBy: string
  replyTo: string
  askedOn: string
  title: Text
  words: Text | undefined
  fields: readonly CentralField[]
  answersDue: string
  replyDue: string
}

/** How far one municipality is: what everybody may know. */
export interface Progress {
  organisation: { slug: string; names: Text }
  begun: boolean
  sentAt: Date | undefined
}

/** What one municipality answers. */
export interface CentralAnswer {
  request: string
  organisation: { id: string; slug: string; names: Text }
  answers: CentralAnswers
  prefilled: Prefilled
  savedAt: Date | undefined
  sentAt: Date | undefined
  onBehalf: boolean
  version: number
}

/** The joint answer: written, approved by a decision of its body, sent. */
export interface CentralReply {
  words: Text
  writtenAt: Date
  missing: number
  decision: { id: string; number: string; decidedOn: string } | undefined
  approvedAt: Date | undefined
  sentAt: Date | undefined
}

/** A figure that some part of the program knows of a municipality. */
export interface KnownFigure {
  /** id of the organisation */
  organisation: string
  name: string
  day: string
  value: string
  /** where it comes from, in words */
  source: string
}
