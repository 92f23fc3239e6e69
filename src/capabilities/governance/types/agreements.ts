import { z } from 'zod'
import { Locale, Text } from '../../../platform/i18n/text.ts'
import { Day, Slug, Source } from '../types.ts'

/** One part of a framework agreement: words, or words and a list of the offers in scope. */
export const FrameworkPart = z.object({
  slug: Slug,
  names: Text,
  kind: z.enum(['words', 'offers']).default('words'),
  /** bodies that draft it; whoever keeps the agreement may too */
  draftedBy: z.array(Slug).default([]),
  /** without it nothing goes to consultation */
  required: z.boolean().default(true),
})
export type FrameworkPart = z.infer<typeof FrameworkPart>

/** The way from a draft into force: which bodies agree one after the other, and which ratify. */
export const FrameworkWay = z.object({
  slug: Slug,
  names: Text,
  /** a lighter way, open to amendments alone */
  amendsOnly: z.boolean().default(false),
  steps: z.array(Slug).min(1),
  ratifiedBy: z.array(Slug).default([]),
  /** invented, to show how it works: no source names it */
  example: z.boolean().default(false),
})
export type FrameworkWay = z.infer<typeof FrameworkWay>

/** GOV-6: how a region makes its framework agreements (`framework-agreement.json`). */
export const FrameworkRule = z.object({
  /** begins every address: `rammeaftale` makes `rammeaftale-2027-28` */
  slug: Slug,
  names: Text,
  purpose: Text,
  /** the language in which it is written */
  language: Locale,
  /** under which matter bodies decide on it */
  matter: Slug,
  /** how many years it holds, and one first year, from which all others follow */
  years: z.number().int().min(1).max(10),
  firstYear: z.number().int().min(1990).max(2200),
  keeper: Slug,
  /** bodies that may propose words for any part */
  contributors: z.array(Slug).default([]),
  parts: z.array(FrameworkPart).min(1),
  /** the body that asks, the organisations that it asks, and how long, where that is not as the body always asks */
  consultation: z.object({
    body: Slug,
    parties: z.array(Slug).min(1),
    days: z.number().int().min(1).max(365).optional(),
  }),
  ways: z.array(FrameworkWay).min(1),
  /** the last day for ratifications, in the year before it begins */
  ratifyBy: z.object({ month: z.number().int().min(1).max(12), day: z.number().int().min(1).max(31) }),
  /** so many days before that day who is missing is reminded */
  remindDaysBefore: z.array(z.number().int().min(0).max(365)).default([]),
  sources: z.array(Source).default([]),
})
export type FrameworkRule = z.infer<typeof FrameworkRule>

export const FrameworkState = z.enum(['draft', 'consultation', 'on-its-way', 'ratification', 'in-force', 'ended'])
export type FrameworkState = z.infer<typeof FrameworkState>

/** An offer in scope, from its first day to its last; without one it holds as long as the agreement. */
export const ScopeOffer = z
  .object({ offer: Slug, since: Day.optional(), until: Day.optional() })
  .refine(({ since, until }) => since === undefined || until === undefined || since <= until, { path: ['until'] })
export type ScopeOffer = z.infer<typeof ScopeOffer>

/** What is attached by link: evidence, words of user organisations, reports on how it works. */
export const FrameworkLinkPurpose = z.enum(['supply', 'waiting', 'tariffs', 'contribution', 'report'])
export type FrameworkLinkPurpose = z.infer<typeof FrameworkLinkPurpose>

/** The kind under which agreements stand in thread and audit trail. */
export const frameworkKind = 'governance.framework-agreement'
