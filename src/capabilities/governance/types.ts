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

/** What a body is in the order of a region. A *neighbour* belongs to another field; an *ad hoc group* ends with its work. */
export const BodyKind = z.enum([
  'council',
  'political',
  'administrative',
  'advisory',
  'users',
  'network',
  'secretariat',
  'ad-hoc',
  'neighbour',
])
export type BodyKind = z.infer<typeof BodyKind>

/** How bodies stand to each other, besides to which one they answer. Read as a sentence: this body … that one. */
export const RelationKind = z.enum([
  'advises',
  'prepares-for',
  'proposes-to',
  'is-invited-by',
  'comes-from',
  'serves',
  'works-with',
  'takes-part-in',
])
export type RelationKind = z.infer<typeof RelationKind>

/** The other end is a body, or a group of bodies (`together`). */
export const Relation = z.object({ kind: RelationKind, to: Slug })
export type Relation = z.infer<typeof Relation>

/** A chair, a deputy and a member decide; an attendant takes part without a vote. */
export const SeatRole = z.enum(['chair', 'deputy', 'member', 'attendant'])
export type SeatRole = z.infer<typeof SeatRole>

/** GOV-1: who may sit in a body, as a rule that makes one seat or several. */
export const SeatRule = z.object({
  slug: Slug,
  names: Text,
  role: SeatRole,
  /** one seat (or `places` seats) for each of these organisations, which alone fill it */
  each: z.array(Slug).min(1).optional(),
  /** how many seats; where the sources do not say it, there is one open seat for any number of people */
  places: z.number().int().min(1).max(200).optional(),
  /** it may stay empty: it never counts as vacant */
  optional: z.boolean().default(false),
  /** several may hold one seat at the same time */
  shared: z.boolean().default(false),
  /** the body that names who sits here */
  namedBy: Slug.optional(),
  /** who sits here sits in that body too */
  from: Slug.optional(),
})
export type SeatRule = z.infer<typeof SeatRule>

/** GOV-8: terms of reference of an ad hoc group, as the body that set it up approved them. */
export const TermsOfReference = z.object({
  purpose: Text,
  members: Text,
  product: Text,
  /** the last day of its work */
  horizon: Day,
  approvedBy: Slug,
  approvedOn: Day,
  /** the recorded decision; a pack knows none */
  decision: z.uuid().optional(),
})
export type TermsOfReference = z.infer<typeof TermsOfReference>

/** GOV-1: a body as a pack describes it (`bodies.json`). What its sources do not say is left out, and its page says so. */
export const Body = z.object({
  slug: Slug,
  names: Text,
  kind: BodyKind.optional(),
  level: Level,
  purpose: Text,
  tasks: z.array(Text).default([]),
  /** slug of the organisation whose staff keep its secretariat */
  organisation: Slug,
  /** that organisation only enters what the body publishes: no source names its secretariat, or it lies elsewhere */
  onlyEntered: z.boolean().default(false),
  area: z.string().min(1),
  /** bodies of one sort, such as the councils of all municipalities, stand in the chart as one */
  together: z.object({ slug: Slug, names: Text }).optional(),
  /** its reference: the bodies, or groups of bodies, to which it answers */
  answersTo: z.array(Slug).default([]),
  relations: z.array(Relation).default([]),
  /** bodies in whose place it may decide */
  onBehalfOf: z.array(Slug).default([]),
  decidesBy: DecidesBy.optional(),
  quorum: Text.optional(),
  /** the same as a rule that can be counted, over the seats that have a vote */
  quorumIs: z.enum(['more-than-half', 'half', 'two-thirds', 'all']).optional(),
  /** how often it meets */
  meets: Text.optional(),
  /** the same as figures: at least and at most so many meetings a year */
  timesAYear: z
    .tuple([z.number().int().min(1), z.number().int().max(366)])
    .refine(([least, most]) => least <= most)
    .optional(),
  /** an option that the body has: nobody owes it */
  rotation: Text.optional(),
  /** election periods of which a source says when they begin and end, the oldest first */
  terms: z.array(z.object({ starts: Day, until: Day }).refine(({ starts, until }) => starts < until)).default([]),
  seats: z.array(SeatRule).default([]),
  decidesOn: z.array(Matter).default([]),
  /** GOV-8: it may set up ad hoc groups, and approves their terms of reference under this matter */
  setsUpGroups: Slug.optional(),
  /** are its agendas and minutes public, and with them who its members are */
  public: z.boolean().optional(),
  /** GOV-8: an ad hoc group is set up by bodies and begins on a day, with terms of reference or without */
  adHoc: z
    .object({
      setUpBy: z.array(Slug).min(1),
      begins: Day,
      terms: TermsOfReference.optional(),
      prolongedUntil: Day.optional(),
    })
    .optional(),
  sources: z.array(Source).default([]),
  /** an invented body, marked as an example on its page */
  example: z.boolean().default(false),
})
export type Body = z.infer<typeof Body>

/** Name of a seat in addresses, unique in its body: `chair`, `director/herning-kommune`, `member/2`. */
export const SeatKey = z
  .string()
  .regex(/^[a-z0-9-]+(\/[a-z0-9-]+){0,2}$/)
  .max(260)

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

/** The kind under which mandates stand in the audit trail. */
export const mandateKind = 'governance.mandate'
