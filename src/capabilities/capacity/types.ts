import { z } from 'zod'
import { Text } from '../../platform/i18n/text.ts'

/** A name for addresses: lower case Latin letters, digits, hyphens. */
export const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(120)
export const Day = z.iso.date()

/** A paragraph by which offers of a jurisdiction are made. */
export const Paragraph = z.object({
  code: Slug,
  /** id of the act in the register of the pack */
  act: z.string().min(1),
  /** as people of the field write it: `SEL § 107` */
  short: z.string().min(1).max(40),
  /** what kind of offer it is about */
  names: Text,
})
export type Paragraph = z.infer<typeof Paragraph>

/** What differs by jurisdiction, as `capacity.json` of its pack says. */
export const CapacitySetting = z.object({
  /** a municipality that referred somebody within so many months counts as affected (CAP-3) */
  referredMonths: z.int().min(0).max(60),
  /** after so many days without a report an offer is marked as stale (CAP-9) */
  staleDays: z.int().min(1).max(366),
  /** numbers of people below this are not told (INS-5) */
  threshold: z.int().min(1).max(100),
  /** which matter of its bodies an adjustment is (CAP-3), of their `decidesOn`; left out where the region knows none */
  adjustmentMatter: Slug.optional(),
  paragraphs: z.array(Paragraph).min(1),
})
export type CapacitySetting = z.infer<typeof CapacitySetting>

export const offerKind = 'capacity.offer'
