import { z } from 'zod'

/** Somebody's time on a waiting list, without who it was: whole days, and how it ended. */
export interface WaitingSpell {
  days: number
  /** *still*: it goes on; *other*: it ended without a place */
  ended: 'place' | 'other' | 'still'
}

/** How many places were needed on an average day of a year: those that were taken and those that were waited for. */
export interface YearOfDemand {
  year: number
  places: number
}

/** Why a need was not met (CAP-7). */
export const unmetReasons = ['no-offer', 'no-place', 'too-far', 'too-late', 'language', 'other'] as const
export const UnmetReason = z.enum(unmetReasons)
export type UnmetReason = z.infer<typeof UnmetReason>

/** How a municipality finds that supply fits demand: 1 far too little … 3 fits … 5 far too much. */
export const Rating = z.int().min(1).max(5)
/** Up to this rating it says in words what is missing. */
export const wordsUpTo = 2

/** What a referral looks for (CAP-8). Everything but the target group may be left open. */
export interface Need {
  /** taxonomy term */
  targetGroup: string
  /** slugs of offers that the person wishes for, the dearest first (§ 5 SGB VIII, § 8 SGB IX: Wunsch- und Wahlrecht) */
  wishes: readonly string[]
  /** where the person wants to live: longitude and latitude */
  near: readonly [number, number] | undefined
  /** kilometres as the crow flies */
  within: number | undefined
  /** a language in which staff should be able to speak, BCP 47 */
  language: string | undefined
  /** the day from which a place is needed */
  from: string
}

/** An offer as matching sees it. */
export interface OfferToMatch {
  slug: string
  name: string
  /** target groups with all terms above them */
  terms: readonly string[]
  languages: readonly string[]
  point: readonly [number, number] | undefined
  /** the first day on or after the day asked for on which a place is free; undefined where none is known */
  freeFrom: string | undefined
  /** how many people wait: tell it by the threshold alone */
  waiting: number
}

/** Why an offer fits, said in words by the view. */
export type OfferFit =
  | { because: 'wish'; place: number }
  | { because: 'target-group'; term: string }
  | { because: 'near'; kilometres: number }
  | { because: 'language'; language: string }
  | { because: 'free'; from: string }

/** What speaks against it, or is not known and worth a call. */
export type OfferDoubt =
  | { because: 'other-group' }
  | { because: 'far'; kilometres: number }
  | { because: 'no-place' }
  | { because: 'later'; from: string }
  | { because: 'language-unknown' }
  | { because: 'place-unknown' }

export interface OfferMatch {
  offer: OfferToMatch
  score: number
  fits: OfferFit[]
  doubts: OfferDoubt[]
}

export const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(120)

/** The kind under which needs stand in the audit trail. */
export const unmetNeedKind = 'capacity.unmet-need'
