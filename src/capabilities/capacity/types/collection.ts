import { z } from 'zod'
import { Slug } from '../types.ts'

/** A figure that nobody knows yet stays empty in the workbook. */
const Figure = z.string().nullable()

/** What the workbook of an organisation holds before anybody fills it in (CAP-10). */
export const Prefilled = z.object({
  offers: z.array(
    z.object({
      slug: Slug,
      name: z.string(),
      /** as people of the field write it */
      paragraph: z.string(),
      /** the tariff of the year before */
      before: Figure,
      places: Figure,
      days: Figure,
      occupancy: Figure,
      /** of the year before, as Linden counted it */
      actual: Figure,
      direct: Figure,
      indirect: Figure,
      capital: Figure,
      carried: Figure,
      /** what earlier years carry into this one: it must be entered exactly */
      due: Figure,
      /** occupancy that may be assumed without consent */
      least: z.number(),
      most: z.number(),
    }),
  ),
  supplements: z.array(z.object({ offer: Slug, name: z.string(), amount: z.string(), reason: z.string() })),
  spending: z.array(z.object({ paragraph: Slug, name: z.string(), spent: Figure, planned: Figure })),
})
export type Prefilled = z.infer<typeof Prefilled>

/** What is not as it should be in a workbook that came back. What is `wrong` keeps it out; of the rest it is told what was done with it. */
export const Deviation = z.object({
  code: z.enum([
    'unreadable',
    'other-book',
    'old-book',
    'sheet-missing',
    'sheet-extra',
    'column-missing',
    'column-moved',
    'column-extra',
    'row-missing',
    'row-moved',
    'row-twice',
    'row-unknown',
    'locked-changed',
    'empty',
    'text',
    'formula',
    'digits',
    'negative',
    'nothing',
    'days',
    'occupancy',
    'carried',
    'tariff',
    'short-reason',
    'half-filled',
  ]),
  wrong: z.boolean(),
  sheet: z.string().default(''),
  /** such as `I7` */
  cell: z.string().default(''),
  /** what the column or row is called */
  what: z.string().default(''),
  found: z.string().default(''),
  expected: z.string().default(''),
})
export type Deviation = z.infer<typeof Deviation>

/** What was read from a workbook that holds no mistake. */
export interface Collected {
  offers: CollectedOffer[]
  supplements: { offer: string; name: string; amount: string; reason: string }[]
  spending: { paragraph: string; spent: string; planned: string }[]
}

export interface CollectedOffer {
  slug: string
  places: string
  days: number
  occupancy: string
  actual: string | null
  direct: string
  indirect: string
  capital: string
  carried: string
  tariff: string
}
