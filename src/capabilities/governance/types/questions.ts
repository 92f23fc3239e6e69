import { z } from 'zod'
import type { Text } from '../../../platform/i18n/text.ts'

/** The kind under which questions stand in the audit trail and in the thread. */
export const questionKind = 'governance.question'

/** What a question is about (GOV-16). */
export const QuestionKind = z.enum(['law', 'tariff', 'views', 'practice'])
export type QuestionKind = z.infer<typeof QuestionKind>

/** One answer of the group; `superseded` where a later one takes its place. */
export interface Ruling {
  id: string
  words: Text
  refersTo: readonly string[]
  answeredOn: string
  decision: { id: string; number: string } | undefined
  supersedes: string | undefined
  /** why the earlier answer did no longer hold */
  why: string | undefined
  superseded: boolean
}

/** A question of an authority, and what the group answered, the newest answer first (GOV-16). */
export interface Question {
  id: string
  pack: string
  /** `2026-3` */
  reference: string
  kind: QuestionKind
  title: Text
  words: Text
  body: { id: string; slug: string; names: Text; organisation: string; timeZone: string }
  organisation: { id: string; slug: string; names: Text }
  askedAt: Date
  answered: boolean
  withdrawn: { at: Date; why: string } | undefined
}
