import { z } from 'zod'
import { SealedIdentifier } from '../../platform/access/identifier.ts'
import { DeadlineRule } from '../../platform/calendar/deadline.ts'
import { WorkingCalendar } from '../../platform/calendar/working-days.ts'
import { m } from '../../platform/i18n/speech.ts'
import { Locale, Text } from '../../platform/i18n/text.ts'

const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(120)
const Day = z.iso.date()
/** nobody who asks was born before; the future shows itself when the draft is kept */
const BirthDate = Day.refine((day) => day > '1890-01-01', { error: () => m.intake_ask_say_birth_date() })
const Source = z.object({
  title: z.string().min(1),
  date: Day.optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
})

// ── A request and its way ───────────────────────────────────────────────────────────────────────────────────────────

/** INT-2: where a request stands. *Decided* is one of accepted, refused, redirected. */
export const RequestState = z.enum([
  'draft',
  'submitted',
  'in-review',
  'waiting',
  'accepted',
  'refused',
  'redirected',
  'withdrawn',
])
export type RequestState = z.infer<typeof RequestState>

/** An application by the person, a referral by an agency, or a notice by anybody who worries. */
export const RequestKind = z.enum(['application', 'referral', 'notice'])
export type RequestKind = z.infer<typeof RequestKind>

/** INT-3: what makes a situation an emergency. `recent-trauma`: within the last day. */
export const DangerSign = z.enum(['life', 'violence', 'recent-trauma', 'child'])
export type DangerSign = z.infer<typeof DangerSign>

export const Urgency = z.enum(['emergency', 'urgent', 'ordinary'])
export type Urgency = z.infer<typeof Urgency>

/** How somebody may be reached without harm (INT-11). */
export const ContactWay = z.enum(['phone', 'sms', 'email', 'post', 'in-person', 'through'])
export type ContactWay = z.infer<typeof ContactWay>

const Phone = z
  .string()
  .trim()
  .regex(/^[+\d][\d\s()/.-]{3,38}$/)
const short = z.string().trim().min(1).max(200)
const long = z.string().trim().min(1).max(4000)

/** INT-11: how, when and where contact is safe. Letters, reminders and names shown to a caller obey it, in every capability. */
export const SafeContact = z.object({
  ways: z.array(ContactWay).default([]),
  phone: Phone.optional(),
  email: z.email().max(320).optional(),
  /** others read this mailbox: nothing goes there */
  emailReadByOthers: z.boolean().default(false),
  /** others see letters that come to the address: nothing goes there */
  postSeenByOthers: z.boolean().default(false),
  mayLeaveVoicemail: z.boolean().default(false),
  /** what a caller says who it is, and what stands in a subject line: the office, or nothing that tells */
  discreet: z.boolean().default(false),
  /** days and hours, in the person's own words */
  times: short.optional(),
  through: z.object({ name: short, phone: Phone.optional() }).optional(),
  note: z.string().trim().max(1000).optional(),
})
export type SafeContact = z.infer<typeof SafeContact>

/** Who somebody is, as far as a request asks (INT-1). */
export const Particulars = z.object({
  name: short.optional(),
  birthDate: BirthDate.optional(),
  address: z.string().trim().max(400).optional(),
  /** code of the area where they live or stay */
  area: z.string().max(60).optional(),
  /** BCP 47 tag of the language they want to be spoken to in */
  language: z.string().max(12).optional(),
  /** number of the paper that proves who they are: encrypted, and as a keyed hash to compare by (platform/access/identifier.ts) */
  documentNumber: SealedIdentifier.optional(),
})
export type Particulars = z.infer<typeof Particulars>

/** INT-1: "entered by X for Y", shown everywhere. Without Y's consent, the reason why it is missing. */
export const EnteredBy = z.object({
  name: short,
  relation: z.enum(['relative', 'friend', 'neighbour', 'worker', 'agency', 'other']),
  organisation: short.optional(),
  phone: Phone.optional(),
  email: z.email().max(320).optional(),
  consent: z.enum(['given', 'missing']),
  consentMissing: z.string().trim().min(3).max(1000).optional(),
})
export type EnteredBy = z.infer<typeof EnteredBy>

/** What has happened, in the words of whoever asks. */
export const Situation = z.object({
  words: long.optional(),
  dangers: z.array(DangerSign).default([]),
  /** what would help, in their own words */
  wish: z.string().trim().max(2000).optional(),
  /** does somebody depend on them: children, animals, people they care for */
  household: z.string().trim().max(1000).optional(),
})
export type Situation = z.infer<typeof Situation>

/** Everything that a draft holds until it is sent; every part may be missing (INT-1). */
export const Draft = z.object({
  kind: RequestKind.default('application'),
  particulars: Particulars.default({}),
  enteredBy: EnteredBy.optional(),
  situation: Situation.prefault({}),
  contact: SafeContact.prefault({}),
})
export type Draft = z.infer<typeof Draft>

// ── Documents ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** INT-4: how a document of the checklist stands. */
export const DocumentState = z.enum(['open', 'given', 'seen', 'waived', 'obtained'])
export type DocumentState = z.infer<typeof DocumentState>

export const DocumentNeed = z.enum(['at-application', 'before-decision', 'before-start', 'if-available'])
export type DocumentNeed = z.infer<typeof DocumentNeed>

// ── Decision ────────────────────────────────────────────────────────────────────────────────────────────────────────

export const DecisionOutcome = z.enum(['accepted', 'refused', 'redirected'])
export type DecisionOutcome = z.infer<typeof DecisionOutcome>

/** The ground by which a card refuses what was not handed in; it counts only after a reminder and the period of grace (INT-5). */
export const incompleteDocuments = 'incomplete-documents'

/** INT-2: what card and pack say that follows acceptance. */
export const FollowUp = z.enum(['waiting-list', 'formal-decision', 'contract', 'case', 'recorded-help', 'group'])
export type FollowUp = z.infer<typeof FollowUp>

// ── Contract ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** INT-7: forms of signature. A drawn line suffices only where the pack says so. */
export const SignatureForm = z.enum(['paper-scan', 'drawn', 'qualified', 'eid'])
export type SignatureForm = z.infer<typeof SignatureForm>

/** Words of a contract as they stood when it was written: with their language, and whether anybody had checked the translation. */
const Words = z.object({ words: z.string().min(1), locale: Locale, draft: z.boolean() })
const Ending = Words.extend({ code: z.string().min(1).max(140) })

/**
 * INT-7: the text of a contract, every word of it. It speaks the language of the contract; what card and pack do not say in it stands in
 * the language in which they do.
 */
export const ContractText = z.object({
  format: z.literal(1),
  title: z.string().min(1),
  /** of the request that it follows */
  reference: z.string().min(1),
  provider: Words,
  /** the office that signs for the provider, where it is another organisation */
  office: Words.optional(),
  person: z.object({ name: short, birthDate: Day.optional(), address: z.string().max(400).optional() }),
  service: z.object({
    slug: Slug,
    /** of the card from which it was written */
    version: z.number().int().positive(),
    name: Words,
    activities: z.array(Words).min(1),
    form: z.string().min(1),
  }),
  begins: Day,
  /** the day by which it has ended; null: as long as it is needed */
  ends: Day.nullable(),
  term: z.string().min(1),
  cost: z.array(Words).min(1),
  rights: z.array(Words).min(1),
  duties: z.array(Words).min(1),
  personMayEnd: z.array(Ending).min(1),
  providerMayEnd: z.array(Ending).min(1),
  /** what the two have agreed besides, in their own words */
  besides: z.string().max(4000).optional(),
  place: z.string().min(1).max(120),
  /** on which it was written */
  day: Day,
  basis: z.string().optional(),
  /** nobody has read the act on which rights, duties and endings rest */
  unverified: z.boolean(),
  /** the words above each part */
  headings: z.object({
    provider: z.string(),
    office: z.string(),
    person: z.string(),
    birthDate: z.string(),
    address: z.string(),
    service: z.string(),
    activities: z.string(),
    form: z.string(),
    term: z.string(),
    cost: z.string(),
    rights: z.string(),
    duties: z.string(),
    personMayEnd: z.string(),
    providerMayEnd: z.string(),
    besides: z.string(),
    written: z.string(),
    basis: z.string(),
  }),
})
export type ContractText = z.infer<typeof ContractText>

/** A line drawn by hand: strokes of points, across 0 … 1000, down 0 … 300. */
export const Strokes = z
  .array(
    z
      .array(z.tuple([z.number().int().min(0).max(1000), z.number().int().min(0).max(300)]))
      .min(1)
      .max(2000),
  )
  .min(1)
  .max(100)
export type Strokes = z.infer<typeof Strokes>

export const ContractState = z.enum(['draft', 'offered', 'signed', 'ended'])
export type ContractState = z.infer<typeof ContractState>

// ── Waiting ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** INT-9: nobody drops out silently. */
export const LeavingReason = z.enum([
  'place-found',
  'helped-elsewhere',
  'no-longer-wanted',
  'not-reached',
  'moved-away',
  'died',
])
export type LeavingReason = z.infer<typeof LeavingReason>

// ── Letters ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** INT-10 */
export const LetterKind = z.enum(['confirmation', 'missing-documents', 'decision', 'contract', 'waiting'])
export type LetterKind = z.infer<typeof LetterKind>

/**
 * What a pack may have filled in, per kind of letter (INT-10). Each is text in the language of the letter.
 *
 * - `name` of the person, `reference` of the request, `service` by its name (nothing where none is known), `office` that answers,
 *   with how to reach it, `link` to the request: every kind
 * - `day`: confirmation: by when there is a decision; missing-documents: the end of the period of grace; contract: by when to sign
 * - `documents`: the missing ones with how to get them, a list that stands alone in its paragraph
 * - `outcome`: accepted, refused or redirected in words; `reasons`: ground, facts, what is offered instead, in sentences;
 *   `appeal`: to whom, how, until when, in sentences
 * - `standing`: in words, where the person stands on the list
 */
export const letterPlaceholders: Readonly<Record<LetterKind, readonly string[]>> = {
  confirmation: ['name', 'reference', 'service', 'office', 'link', 'day'],
  'missing-documents': ['name', 'reference', 'service', 'office', 'link', 'day', 'documents'],
  decision: ['name', 'reference', 'service', 'office', 'link', 'outcome', 'reasons', 'appeal'],
  contract: ['name', 'reference', 'service', 'office', 'link', 'day'],
  waiting: ['name', 'reference', 'service', 'office', 'link', 'standing'],
}

// ── What a pack says ────────────────────────────────────────────────────────────────────────────────────────────────

/** What a clock measures. `grace`: time for missing papers after the reminder. */
export const ClockKind = z.enum(['emergency', 'assessment', 'decision', 'notification', 'grace', 'appeal'])
export type ClockKind = z.infer<typeof ClockKind>

/** INT-3: one deadline of a pack. The last one that fits the service and is in force on the day of the event counts. */
export const PackDeadline = z.object({
  id: Slug,
  kind: ClockKind,
  names: Text,
  rule: DeadlineRule,
  /** only for these services or kinds of service; for all where both are missing */
  services: z.array(Slug).optional(),
  kinds: z.array(Slug).optional(),
  /** waiting for the person stops it */
  pausedByWaiting: z.boolean().default(true),
  from: Day.optional(),
  until: Day.optional(),
  source: Source.optional(),
  article: z.string().optional(),
  /** nobody has read the act: said so on every page that shows it */
  unverified: z.boolean().default(false),
})
export type PackDeadline = z.infer<typeof PackDeadline>

const Only = { services: z.array(Slug).optional(), kinds: z.array(Slug).optional() }

/** `intake.json`: how asking, deciding and beginning go in a jurisdiction. */
export const IntakeProcedure = z.object({
  calendar: WorkingCalendar,
  /** when the offices that answer are open, in local time */
  officeHours: z
    .array(
      z.object({
        days: z.array(z.enum(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'])).min(1),
        opens: z.string(),
        closes: z.string(),
        /** invented: nobody has asked the offices */
        example: z.boolean().default(false),
      }),
    )
    .min(1),
  deadlines: z.array(PackDeadline).min(1),
  /** who answers requests from these areas and all below them, the nearest first; else the organisation of the card */
  offices: z
    .array(
      z.object({
        areas: z.array(z.string()).min(1),
        organisation: Slug,
        ...Only,
        /** answers notices and requests that name no service yet; with `services: []` nothing else */
        withoutService: z.boolean().default(false),
      }),
    )
    .default([]),
  /** information is given without a name (INT-1) */
  withoutName: z.object({ services: z.array(Slug).default([]), kinds: z.array(Slug).default([]) }).prefault({}),
  /** what follows acceptance; the first that fits counts (INT-2) */
  follows: z.array(z.object({ ...Only, steps: z.array(FollowUp).min(1) })).min(1),
  /** whose decision acceptance needs, one of these bodies (INT-6) */
  bodyDecisions: z
    .array(z.object({ services: z.array(Slug).min(1), matter: Slug, bodies: z.array(Slug).min(1) }))
    .default([]),
  /** dangers in which the law refuses nobody, whatever the card says */
  neverRefused: z
    .object({
      dangers: z.array(DangerSign).min(1),
      source: Source.optional(),
      article: z.string().optional(),
      unverified: z.boolean().default(false),
    })
    .optional(),
  /** how long a paper that was given stays good for another request, in months (INT-4) */
  documentMonths: z.number().int().positive().default(6),
  appeal: z.object({
    to: Text,
    how: Text,
    source: Source.optional(),
    unverified: z.boolean().default(false),
  }),
  contract: z.object({
    forms: z.array(SignatureForm).min(1),
    rights: z.array(Text).min(1),
    duties: z.array(Text).min(1),
    personMayEnd: z.array(Text).min(1),
    providerMayEnd: z.array(Text).min(1),
    source: Source.optional(),
    unverified: z.boolean().default(false),
  }),
  /** who answers at night and on days off */
  duty: z.object({
    label: Text,
    phone: z.string().optional(),
    example: z.boolean().default(false),
    source: Source.optional(),
  }),
  /** what letters say in this jurisdiction, one of each kind; `{name}` and its like are filled in (INT-10, `letterPlaceholders`) */
  letters: z.array(
    z.object({
      kind: LetterKind,
      /** others may see it (INT-11): the reference may stand in it, no service and no reason */
      subject: Text,
      /** paragraphs; one in which a placeholder has nothing to say is left out */
      body: z.array(Text).min(1),
    }),
  ),
  source: Source.optional(),
})
export type IntakeProcedure = z.infer<typeof IntakeProcedure>
