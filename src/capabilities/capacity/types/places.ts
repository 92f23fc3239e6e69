import { z } from 'zod'
import { Text } from '../../../platform/i18n/text.ts'
import { Day, Slug } from '../types.ts'

export const stayKind = 'capacity.stay'
export const waitingKind = 'capacity.waiting'

/** A day until which a period lasts: the first one that is no longer in it. */
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
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/)
  .refine((key) => /\d/.test(key) && !/\d{9}/.test(key.replaceAll(/[._-]/g, '')))

/** How a waiting time ended. */
export const WaitingEnd = z.enum(['moved-in', 'elsewhere', 'no-longer-needed', 'declined'])
export type WaitingEnd = z.infer<typeof WaitingEnd>

/** Where an offer lies. */
export const Point = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])

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
  example: z.boolean().default(false),
})
export type OfferFields = z.output<typeof OfferFields>
