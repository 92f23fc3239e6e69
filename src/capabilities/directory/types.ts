import { z } from 'zod'
import { Locale, Text } from '../../platform/i18n/text.ts'

/** A name for addresses: lower case Latin letters, digits, hyphens. */
export const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(120)
export const Day = z.iso.date()

/** a service, as things of the thread name it */
export const serviceKind = 'service'

/** Kinds of provider: the welfare mix (public, non-profit, commercial, informal). */
export const ProviderKind = z.enum(['public', 'non-profit', 'commercial', 'informal'])
export type ProviderKind = z.infer<typeof ProviderKind>

export const ServiceForm = z.enum(['day', 'home', 'residential', 'outreach', 'online', 'phone', 'crisis', 'group'])
export type ServiceForm = z.infer<typeof ServiceForm>

export const Channel = z.enum(['online', 'phone', 'in-person', 'letter', 'through-worker', 'through-neighbour'])
export const Accessibility = z.enum([
  'step-free',
  'lift',
  'accessible-toilet',
  'accessible-parking',
  'induction-loop',
  'sign-language',
  'easy-read',
  'braille',
  'quiet-room',
  'guide-dogs',
  'home-visits',
  'video-interpreting',
])
/** BCP 47 tags of languages spoken with people, sign languages included (uk, en, da, de, ar, ukl = Ukrainian Sign Language …). */
export const SpokenLanguage = z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/)

/** An address that a page may link to: `javascript:` and its like are no addresses. */
export const WebAddress = z.url({ protocol: /^https?$/ })

/** Where a fact was taken from: title and date of the document. Its `url` only where it is public. */
export const Source = z.object({ title: z.string().min(1), date: Day.optional(), url: WebAddress.optional() })

export const Phone = z.object({
  number: z.string().min(2).max(40),
  label: Text.optional(),
  source: Source.optional(),
})

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/)
/** Opening hours in the local time of the place. Weekdays as in iCalendar. */
export const OpeningHours = z.object({
  days: z.array(z.enum(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'])).min(1),
  opens: time,
  closes: time,
  note: Text.optional(),
})
export type OpeningHours = z.infer<typeof OpeningHours>

export const Address = z.object({
  street: z.string().min(1).optional(),
  postalCode: z.string().min(1).optional(),
  city: z.string().min(1),
  country: z.string().length(2),
})

export const Location = z.object({
  slug: Slug,
  names: Text,
  kind: z.enum(['physical', 'postal', 'virtual']).default('physical'),
  area: z.string().min(1),
  address: Address.optional(),
  /** [longitude, latitude], WGS 84 */
  point: z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]).optional(),
  accessibility: z.array(Accessibility).default([]),
  schedule: z.array(OpeningHours).default([]),
  phones: z.array(Phone).default([]),
  source: Source.optional(),
})
export type Location = z.infer<typeof Location>

export const Organisation = z.object({
  slug: Slug,
  names: Text,
  alternateNames: z.array(Text).default([]),
  description: Text,
  kind: ProviderKind,
  area: z.string().min(1),
  website: WebAddress.optional(),
  email: z.email().optional(),
  phones: z.array(Phone).default([]),
  locations: z.array(Location).default([]),
  /** an invented organisation, marked as an example on its pages */
  example: z.boolean().default(false),
  source: Source.optional(),
})
export type Organisation = z.infer<typeof Organisation>

/** An organisation without its places, which change by themselves. */
export const OrganisationProfile = Organisation.omit({ locations: true })
export type OrganisationProfile = z.infer<typeof OrganisationProfile>

/** One act of law in the register of a pack; `replacedBy` names another id of the register. */
export const Act = z.object({
  id: Slug,
  title: Text,
  number: z.string().optional(),
  date: Day.optional(),
  /** date of the edition that a card quotes */
  edition: Day.optional(),
  inForceFrom: Day.optional(),
  inForceUntil: Day.optional(),
  replacedBy: Slug.optional(),
  url: WebAddress.optional(),
  source: Source.optional(),
})
export type Act = z.infer<typeof Act>

export const TermFacet = z.enum(['kind', 'target-group', 'situation'])
export type TermFacet = z.infer<typeof TermFacet>
/** A term of the taxonomy, the same in every pack; mapped to Open Eligibility 2.0 by its ids. */
export const TaxonomyTerm = z.object({
  code: Slug,
  facet: TermFacet,
  parent: Slug.optional(),
  names: z.object({ en: z.string().min(1), uk: z.string().min(1), da: z.string().min(1), de: z.string().min(1) }),
  description: Text.optional(),
  /** everyday words that people type for it, per language, separated by commas */
  words: Text.optional(),
  openEligibility: z.array(z.string()).default([]),
})
export type TaxonomyTerm = z.infer<typeof TaxonomyTerm>

/** One of the plain questions of the finder (DIR-4) and the answers it offers; each answer names the situations it means. */
export const FinderQuestion = z.object({
  id: z.enum(['what', 'who']),
  question: Text,
  hint: Text.optional(),
  answers: z
    .array(
      z.object({
        code: Slug,
        words: Text,
        hint: Text.optional(),
        situations: z.array(Slug).default([]),
        targetGroups: z.array(Slug).default([]),
        kinds: z.array(Slug).default([]),
        /** answers that put an emergency number first */
        emergency: z.enum(['life', 'violence', 'child', 'crisis']).optional(),
      }),
    )
    .min(2),
})
export type FinderQuestion = z.infer<typeof FinderQuestion>

/** Months; `asNeeded` when the card sets no limit. */
export const Term = z.object({
  asNeeded: z.boolean(),
  minimumMonths: z.number().int().positive().optional(),
  maximumMonths: z.number().int().positive().optional(),
  /** longest total after an extension */
  extendedToMonths: z.number().int().positive().optional(),
})

export const Cost = z.object({
  kind: z.enum(['free', 'differentiated', 'full']),
  /** exact decimal, with `currency` (ISO 4217) and what it is paid for */
  amount: z
    .string()
    .regex(/^\d+(\.\d{1,4})?$/)
    .optional(),
  currency: z.string().length(3).optional(),
  description: Text.optional(),
})

export const RequiredDocument = z.object({
  name: Text,
  needed: z.enum(['at-application', 'before-decision', 'before-start', 'if-available']),
  /** who brings it: the person, or the office obtains it */
  from: z.enum(['person', 'office']),
  howToObtain: Text.optional(),
})
export type RequiredDocument = z.infer<typeof RequiredDocument>

/** DIR-2: `entry` may be used to refuse a request, `ending` only to end a running service. */
export const RefusalGround = z.object({ code: Slug, text: Text, holds: z.enum(['entry', 'ending']) })

export const LegalBasis = z.object({ act: Slug, article: z.string().optional(), note: Text.optional() })

/** DIR-1: the card of a service, every field of it. */
export const ServiceCard = z.object({
  slug: Slug,
  names: Text,
  alternateNames: z.array(Text).default([]),
  /** one or two sentences: what it is */
  summary: Text,
  kind: Slug,
  organisation: Slug,
  locations: z.array(Slug).default([]),
  /** areas served; codes of the area tree */
  areas: z.array(z.string().min(1)).min(1),
  activities: z.array(Text).min(1),
  forms: z.array(ServiceForm).min(1),
  term: Term,
  targetGroups: z.array(Slug).default([]),
  situations: z.array(Slug).default([]),
  eligibility: z
    .object({
      description: Text.optional(),
      minimumAge: z.number().int().min(0).max(120).optional(),
      maximumAge: z.number().int().min(0).max(120).optional(),
    })
    .default({}),
  cost: Cost,
  documents: z.array(RequiredDocument).default([]),
  legalBases: z.array(LegalBasis).default([]),
  refusalGrounds: z.array(RefusalGround).default([]),
  languages: z.array(SpokenLanguage).default([]),
  accessibility: z.array(Accessibility).default([]),
  phones: z.array(Phone).default([]),
  email: z.email().optional(),
  website: WebAddress.optional(),
  schedule: z.array(OpeningHours).default([]),
  channels: z.array(Channel).min(1),
  /** a crisis service never sinks in rank (DIR-6) */
  crisis: z.boolean().default(false),
  example: z.boolean().default(false),
  /** date of the card and the document it was taken from */
  source: Source.optional(),
  /** what a newcomer to the card should know, e.g. that its source is silent about documents */
  editorNote: Text.optional(),
  /** languages of the card itself, first the one it was written in */
  writtenIn: Locale,
})
export type ServiceCard = z.infer<typeof ServiceCard>
