import { z } from 'zod'
import { Text } from '../../platform/i18n/text.ts'

/** A name for addresses: lower case Latin letters, digits, hyphens. */
export const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(120)
export const Day = z.iso.date()

export const Level = z.enum(['quarter', 'municipality', 'region', 'country'])
export type Level = z.infer<typeof Level>

/** How a body decides. */
export const DecidesBy = z.enum(['consensus', 'majority', 'unanimity'])
export type DecidesBy = z.infer<typeof DecidesBy>

/** Where a fact was taken from: title and date of the document. */
export const Source = z.object({
  title: z.string().min(1),
  date: Day.optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
})
export type Source = z.infer<typeof Source>

/** Something that a body may decide on. `aboutPeople`: each decision is about one person or family, and read through a grant alone (GOV-13). */
export const Matter = z.object({ slug: Slug, names: Text, aboutPeople: z.boolean() })
export type Matter = z.infer<typeof Matter>

/** GOV-1: a body as a pack describes it (`bodies.json`). What its sources do not say is left out, and its page says so. */
export const Body = z.object({
  slug: Slug,
  names: Text,
  level: Level,
  purpose: Text,
  /** slug of the organisation whose staff keep its secretariat */
  organisation: Slug,
  area: z.string().min(1),
  decidesBy: DecidesBy.optional(),
  quorum: Text.optional(),
  /** how often it meets */
  meets: Text.optional(),
  decidesOn: z.array(Matter).min(1),
  /** are its agendas and minutes public */
  public: z.boolean().optional(),
  sources: z.array(Source).default([]),
  /** an invented body, marked as an example on its page */
  example: z.boolean().default(false),
})
export type Body = z.infer<typeof Body>

/** What governance needs to know of a pack's organisations: that they are there. */
export const KnownOrganisation = z.object({ slug: Slug })
export type KnownOrganisation = z.infer<typeof KnownOrganisation>

export const DecisionOutcome = z.enum(['agreed', 'declined', 'postponed'])
export type DecisionOutcome = z.infer<typeof DecisionOutcome>

/** Who entered it: the body's own secretariat, or a worker who copied it from the minutes. */
export type Entered = 'by-secretariat' | 'from-minutes'

/** What a decision about a person is about: a kind of thing, such as `intake.request`, and its id. */
export const DecisionSubject = z.object({
  kind: z
    .string()
    .regex(/^[a-z]+\.[a-z-]+$/)
    .max(60),
  id: z.uuid(),
})
export type DecisionSubject = z.infer<typeof DecisionSubject>

/** The kind under which decisions stand in thread, grants and audit trail. */
export const decisionKind = 'governance.decision'
