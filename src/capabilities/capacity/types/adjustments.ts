import { z } from 'zod'
import { locales, Text } from '../../../platform/i18n/text.ts'

/** The kind under which adjustments stand in thread, matters, consultations and audit trail. */
export const adjustmentKind = 'capacity.adjustment'

/** The decision table that says which path an adjustment takes. */
export const pathTable = 'capacity-adjustment'

/** More or fewer places, or the end of a whole offer. */
export const AdjustmentKind = z.enum(['change', 'closure'])
export type AdjustmentKind = z.infer<typeof AdjustmentKind>

/** Where an adjustment stands. *planned* is known to its operator and the secretariat alone. */
export const AdjustmentState = z.enum([
  'planned',
  /** contacted; no rule is known for its day, so the secretariat chooses the path */
  'path-open',
  /** contacted; a body has to approve it */
  'approval-open',
  /** nothing stands against it: it takes effect on its day */
  'cleared',
  'in-force',
  'declined',
  'withdrawn',
])
export type AdjustmentState = z.infer<typeof AdjustmentState>

/** States in which an adjustment may still come into force. */
export const runningStates = ['planned', 'path-open', 'approval-open', 'cleared'] as const satisfies AdjustmentState[]

/** What the rule in force says: nothing more to ask, or an approval. */
export const PathChoice = z.enum(['none', 'approval'])
export type PathChoice = z.infer<typeof PathChoice>

/** How an affected municipality answers; silence says nothing and delays nothing. */
export const ContactAnswer = z.enum(['no-remarks', 'agrees', 'concerns'])
export type ContactAnswer = z.infer<typeof ContactAnswer>

/** What a municipality says to a planned adjustment, and who says it. */
export const AnswerWords = z.object({
  answer: ContactAnswer,
  words: z.string().trim().min(1).max(4000).optional(),
  name: z.string().trim().min(1).max(200),
  function: z.string().trim().min(1).max(200),
})

/** Why a municipality is affected (CAP-3): its residents live there, wait, or were referred in the last months. Never how many. */
export const AffectedBecause = z.enum(['residents', 'waiting', 'referred'])
export type AffectedBecause = z.infer<typeof AffectedBecause>

/** More than this many places at a time are a mistake in typing. */
export const mostPlaces = 999

/** A text of the plan: every language has at most 4 000 characters. */
export const PlanText = Text.superRefine((text, context) => {
  for (const locale of locales)
    if ((text[locale]?.length ?? 0) > 4000)
      context.addIssue({
        code: 'too_big',
        origin: 'string',
        maximum: 4000,
        inclusive: true,
        path: [locale],
        input: text,
      })
})

const Day = z.iso.date()

/** What an operator plans (CAP-3). A closure takes away all places there are on its day, so nobody types their number. */
export const AdjustmentPlan = z.object({
  kind: AdjustmentKind,
  /** places more (+) or fewer (−) */
  change: z.coerce.number().int().min(-mostPlaces).max(mostPlaces).optional(),
  effectOn: Day,
  reason: PlanText,
  tariffEffect: PlanText,
  peopleEffect: PlanText,
  alternatives: PlanText,
})
export type AdjustmentPlan = z.output<typeof AdjustmentPlan>

/** Which version of the rule gave the path, and where it comes from. */
export const RuleSeen = z.object({
  /** id of the version */
  version: z.string(),
  /** its first day; undefined: since always */
  from: Day.nullable(),
  source: z.object({ title: z.string(), date: Day.optional(), url: z.string().optional() }),
})
export type RuleSeen = z.output<typeof RuleSeen>
