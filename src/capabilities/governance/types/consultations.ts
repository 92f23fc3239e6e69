import { z } from 'zod'
import { WorkingCalendar } from '../../../platform/calendar/working-days.ts'
import type { Text } from '../../../platform/i18n/text.ts'
import { type DecidesBy, type DecisionSubject, Slug } from '../types.ts'

/** What governance needs to know of how a region answers requests: which days are worked there. */
export const KnownProcedure = z.object({ calendar: WorkingCalendar })
export type KnownProcedure = z.infer<typeof KnownProcedure>

/** The kind under which consultations stand in thread and audit trail. */
export const consultationKind = 'governance.consultation'

/**
 * The errand on which a command of another part opens a consultation within its own transaction, where whoever acts does not keep the secretariat
 * of the body. A command says it as its `purpose`.
 */
export const consultPurpose = 'governance.consult'

/** The errand of the jobs that write to the parties and close what is over. */
export const watchPurpose = 'governance.consultations'

/** `closed` is also what is over and was not noted yet; see `stateAt`. */
export const ConsultationState = z.enum(['draft', 'open', 'closed', 'confirmed', 'published', 'withdrawn'])
export type ConsultationState = z.infer<typeof ConsultationState>

/** What a party may answer (GOV-5). */
export const AnswerKind = z.enum(['agree', 'agree-with-remarks', 'object', 'no-remarks'])
export type AnswerKind = z.infer<typeof AnswerKind>

/** What silence means, as the rule of the body says. */
export const Silence = z.enum(['agrees', 'abstains', 'objects', 'not-counted'])
export type Silence = z.infer<typeof Silence>

/** On which day a consultation may close. */
export const ClosingOn = z.enum(['same-day', 'next-working-day'])
export type ClosingOn = z.infer<typeof ClosingOn>

/** How answers are counted: as a body decides. */
export type CountedBy = z.infer<typeof DecidesBy>

/** What came of it; `open`: the answers do not settle it, and the chair says what came of it. */
export const ConsultationOutcome = z.enum(['agreed', 'declined', 'open'])
export type ConsultationOutcome = z.infer<typeof ConsultationOutcome>

/** Which rule held on the day of sending: its version and where it comes from. */
export const RuleUsed = z.object({ version: z.string().optional(), source: z.string().optional() })
export type RuleUsed = z.infer<typeof RuleUsed>

/** How a consultation goes, as of the day of sending. */
export interface Terms {
  days: number
  closingOn: ClosingOn
  silence: Silence
  rule: RuleUsed
}

/** How many said what. */
export const Tally = z.object({
  parties: z.number().int(),
  agree: z.number().int(),
  agreeWithRemarks: z.number().int(),
  object: z.number().int(),
  noRemarks: z.number().int(),
  silent: z.number().int(),
})
export type Tally = z.infer<typeof Tally>

/** Who is asked: an organisation or a body, by its address. */
export const PartyName = z
  .string()
  .regex(/^(organisation|body):[a-z0-9-]{1,120}$/)
  .transform((name) => {
    const [kind, slug = ''] = name.split(':')
    return { kind: kind as 'organisation' | 'body', slug }
  })
export type PartyName = z.output<typeof PartyName>

/** A paper that lies elsewhere. */
export const PaperLink = z.object({
  title: z.string().trim().min(1).max(300),
  url: z.url({ protocol: /^https?$/ }).max(2000),
})
export type PaperLink = z.infer<typeof PaperLink>

/** What another part says when it opens a consultation. */
export interface Opening {
  /** slug of the body that asks */
  body: string
  title: Text
  question: Text
  papers?: readonly PaperLink[]
  /** organisations and bodies, by slug; each once */
  parties: readonly PartyName[]
  /** in place of the days of the rule */
  days?: number
  countedBy?: CountedBy
  /** what it is about: the two stand beside each other in the thread */
  subject?: DecisionSubject
  /** job of the asking part, `capacity.adjustment-heard`: queued with the confirmation, payload `{ consultation, subject }` */
  then?: string
}

export const BodySlug = Slug
