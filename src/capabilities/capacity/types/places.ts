import { z } from 'zod'
import { m } from '../../../platform/i18n/speech.ts'
import { Text } from '../../../platform/i18n/text.ts'
import { Day, Slug } from '../types.ts'

export const stayKind = 'capacity.stay'
export const waitingKind = 'capacity.waiting'

export const reasonLength = { min: 3, max: 500 } as const
export const Reason = z.string().trim().min(reasonLength.min).max(reasonLength.max)

/** The longest list of places that one offer has. */
export const mostPlaces = 5000
export const Places = z.coerce.number<string | number>().int().min(0).max(mostPlaces)

/**
 * A sign that means a person to the operator alone. Never a name, and no number that a state gives: nine digits in a row are taken for one.
 * The database says the same.
 */
export const PersonKey = z
  .string()
  .trim()
  .refine(
    (key) =>
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/.test(key) && /\d/.test(key) && !/\d{9}/.test(key.replaceAll(/[._-]/g, '')),
    { error: () => m.capacity_sign_rule() },
  )

/** How a waiting time ended. */
export const WaitingEnd = z.enum(['moved-in', 'elsewhere', 'no-longer-needed', 'declined'])
export type WaitingEnd = z.infer<typeof WaitingEnd>

/** Where an offer lies. */
export const Point = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])

/** What staff speak with people: BCP 47 tags, sign languages included (da, uk, ar, ukl = Ukrainian Sign Language). */
export const OfferLanguages = z.array(z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/)).max(40)

/** What is said of an offer when it is registered (CAP-1). */
export const OfferFields = z.object({
  slug: Slug,
  pack: z.string().min(1).max(40),
  names: Text,
  description: Text.optional(),
  /** slug of the organisation that runs it */
  operator: Slug,
  /** slug of its card in the directory */
  service: Slug.optional(),
  /** code of a paragraph of its pack */
  paragraph: Slug,
  targetGroups: z.array(Slug).min(1).max(20),
  /** code of an area */
  area: z.string().min(1).max(40),
  placeName: z.string().trim().min(1).max(300).optional(),
  point: Point.optional(),
  opened: Day,
  approved: Places,
  open: Places,
  /** full-time posts */
  posts: z.coerce.number<string | number>().min(0).max(99_999).optional(),
  languages: OfferLanguages.default([]),
  example: z.boolean().default(false),
})
export type OfferFields = z.output<typeof OfferFields>

/** A line of a report (CAP-9). */
export const StayLineInput = z.object({
  /** slug of the offer */
  offer: Slug,
  /** label of the place; any free one when left out */
  place: z.string().trim().min(1).max(40).optional(),
  /** slug of the municipality that refers and pays */
  municipality: Slug,
  /** the operator's own sign for the person, never a name; made when left out */
  person: PersonKey.optional(),
  /** the first day */
  from: Day,
  /** the first day on which the person is no longer there; left out: the stay goes on */
  until: Day.optional(),
  /** needed where all approved places are taken */
  reason: Reason.optional(),
})

/** An offer with its history, as a register of offers knows it. */
export const OfferRecord = OfferFields.extend({
  /** later numbers of places */
  changes: z
    .array(z.object({ from: Day, approved: Places, open: Places, reason: Reason }))
    .max(200)
    .default([]),
})
export type OfferRecord = z.output<typeof OfferRecord>
