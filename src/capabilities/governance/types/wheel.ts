import { z } from 'zod'
import { Text } from '../../../platform/i18n/text.ts'
import { Day, Slug, Source } from '../types.ts'

/** When a milestone comes again: a rule of iCalendar (RFC 5545) by years, months or weeks, in days. Its first day gives years that count by two their order. */
export const Recurrence = z.object({
  from: Day,
  rule: z
    .string()
    .regex(/^FREQ=(YEARLY|MONTHLY|WEEKLY)(;(INTERVAL|COUNT|BYMONTH|BYMONTHDAY|BYDAY|BYSETPOS)=[0-9A-Z,+-]+)*$/)
    .max(200),
})
export type Recurrence = z.infer<typeof Recurrence>

/** So long before or after another milestone of the same wheel. */
export const Relative = z.object({
  to: Slug,
  side: z.enum(['before', 'after']),
  amount: z.number().int().min(1).max(400),
  unit: z.enum(['days', 'working-days', 'weeks', 'months']),
})
export type Relative = z.infer<typeof Relative>

/** What happens where its day is no working day. */
export const DayOff = z.enum(['stays', 'next', 'previous'])
export type DayOff = z.infer<typeof DayOff>

/**
 * How sure its day is: a source says it; a source says that it happens, and the day is an example; or it is generally known, and no source was read.
 * What a secretariat adds is its own.
 */
export const Certainty = z.enum(['stated', 'day-is-example', 'unverified', 'own'])
export type Certainty = z.infer<typeof Certainty>

/** GOV-7: something that comes again, who is responsible, and what it is about. */
export const Milestone = z
  .object({
    slug: Slug,
    names: Text,
    about: Text.optional(),
    /** the body, or the group of bodies, that is responsible */
    body: Slug,
    recurs: Recurrence.optional(),
    relative: Relative.optional(),
    dayOff: DayOff.default('stays'),
    /** so many days before, the secretariat of that body is reminded; 0: never */
    remindDays: z.number().int().min(0).max(120).default(14),
    certainty: Certainty,
  })
  .refine(({ recurs, relative }) => (recurs === undefined) !== (relative === undefined), {
    message: 'it comes again by a rule of its own, or by another milestone',
  })
export type Milestone = z.infer<typeof Milestone>

/** GOV-7: a wheel of one or two years (`year-wheel.json`). */
export const YearWheel = z.object({
  slug: Slug,
  names: Text,
  about: Text,
  years: z.union([z.literal(1), z.literal(2)]),
  /** the first day of some round */
  begins: Day.refine((day) => day.endsWith('-01'), { message: 'a round begins with a month' }),
  /** whose secretariat keeps it */
  organisation: Slug,
  milestones: z.array(Milestone).min(1),
  /** what of it is an example, and what nobody has checked */
  remark: Text.optional(),
  sources: z.array(Source).default([]),
})
export type YearWheel = z.infer<typeof YearWheel>

/** The kind under which milestones stand in the audit trail. */
export const milestoneKind = 'governance.milestone'
