import { z } from 'zod'
import { m } from '../../../platform/i18n/speech.ts'
import { Text } from '../../../platform/i18n/text.ts'
import { Day, Slug } from '../types.ts'

/** Says to senders of JSON numbers why they are not taken. */
const asText = z.preprocess((given, context) => {
  if (typeof given !== 'number') return given
  context.addIssue({ code: 'custom', message: m.capacity_tariff_number() })
  return z.NEVER
}, z.string())

/**
 * An exact number: digits, and behind a point at most so many more. It comes as text ("1234.50"), never as a number of JSON, which programs hold as a
 * fraction of two; and it holds nothing but digits: "1.234,50 kr" means different sums in different countries.
 * @param signed below nothing is allowed
 */
function exact(digits: number, { signed = false, whole = 12 }: { signed?: boolean; whole?: number } = {}) {
  const form = new RegExp(`^${signed ? '-?' : ''}\\d{1,${whole}}${digits > 0 ? `(\\.\\d{1,${digits}})?` : ''}$`)
  return asText
    .superRefine((given, context) => {
      if (given === '') context.addIssue({ code: 'custom', message: m.form_missing() })
      else if (!form.test(given))
        context.addIssue({
          code: 'custom',
          message: signed ? m.capacity_tariff_format_signed({ digits }) : m.capacity_tariff_format({ digits }),
        })
    })
    .transform((given) => given.replace(/^(-?)0+(?=\d)/, '$1'))
}

/** An amount of money, to the smallest coin. */
export const Money = exact(2)
/** The same, where a surplus is below nothing. */
export const SignedMoney = exact(2, { signed: true })
/** Occupancy in per cent. */
export const Share = exact(2, { whole: 3 })
/** Places of a year: a place that opens in July is half a place. */
export const Places = exact(2, { whole: 4 })
/** The value of one point has five digits behind the point. */
export const PointValue = exact(5, { whole: 6 })
export const Points = exact(2, { whole: 6 })

export const Year = z.coerce.number().int().min(2000).max(2200)

/** What a figure of a sheet is about. Several lines of one part add up; places, days and occupancy stand once. */
export const Part = z.enum(['direct', 'indirect', 'capital', 'carried', 'places', 'days', 'occupancy', 'point-value'])
export type Part = z.infer<typeof Part>

/** The parts that are money. */
export const costParts = ['direct', 'indirect', 'capital', 'carried'] as const
export type CostPart = (typeof costParts)[number]

/** One figure of a sheet, with where it comes from. */
export const Line = z
  .object({
    part: Part,
    label: z.string().trim().min(2).max(200),
    amount: asText,
    source: z.string().trim().min(3).max(500),
    sourceDate: Day.optional(),
    sourceUrl: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .optional(),
  })
  .superRefine(({ part, amount }, context) => {
    for (const issue of amountOf[part].safeParse(amount).error?.issues ?? [])
      context.addIssue({ code: 'custom', path: ['amount'], message: issue.message })
  })
/** `row` is the number of the row in which it was entered */
export type Line = z.infer<typeof Line> & { row?: number }

const amountOf: Record<Part, z.ZodType<string>> = {
  direct: Money,
  indirect: Money,
  capital: Money,
  carried: SignedMoney,
  places: Places,
  days: exact(0, { whole: 3 }),
  occupancy: Share,
  'point-value': PointValue,
}

/** Something beside the tariff that is paid for, with why it is needed. */
export const Supplement = z.object({
  name: z.string().trim().min(2).max(200),
  amount: Money,
  per: z.enum(['day', 'month', 'once']),
  reason: z.string().trim().min(10).max(1000),
})
export type Supplement = z.infer<typeof Supplement>

/** A service that is priced by points. */
export const Item = z.object({ name: z.string().trim().min(2).max(200), points: Points })
export type Item = z.infer<typeof Item>

/** A row of the form that nobody has filled in is no line; the others keep the number of their row, so that what is wrong is said where it stands. */
const Rows = z
  .array(z.preprocess((row) => (isBlank(row) ? null : row), Line.nullable()))
  .min(1)
  .max(60)
  .transform((rows): Line[] => rows.flatMap((line, row) => (line ? [{ ...line, row }] : [])))
const isBlank = (row: unknown) => {
  if (row === null || row === undefined) return true
  const { amount = '', source = '' } = row as { amount?: unknown; source?: unknown }
  return amount === '' && source === ''
}

/** What is entered of a sheet. */
export const SheetFields = z.object({
  lines: Rows,
  supplements: z.array(Supplement).max(20).default([]),
  items: z.array(Item).max(200).default([]),
  /** what the sender takes the tariff to be: refused where the figures make another one */
  tariff: Money.optional(),
  /** why a published sheet was wrong */
  reason: z.string().trim().min(3).max(1000).optional(),
})
export type SheetFields = z.infer<typeof SheetFields>

const Bounds = z
  .object({ least: z.number().min(0).max(200), most: z.number().min(0).max(200) })
  .refine(({ least, most }) => least <= most)

const Source = z.object({
  title: z.string().min(1),
  date: Day.optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  /** nobody has checked it */
  unverified: z.boolean().default(false),
})

/** How tariffs are made in a jurisdiction, from one year on (`tariffs.json`). */
export const TariffRule = z.object({
  from: z.int().min(2000).max(2200),
  until: z.int().min(2000).max(2200).optional(),
  scheme: z.enum(['days', 'points']),
  /** ISO 4217 */
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** digits to which a tariff is rounded, a half upwards; once, at the end */
  digits: z.int().min(0).max(2),
  /** occupancy that may be assumed without consent, in per cent */
  occupancy: Bounds,
  /** the same for acute, respite and short stays, and the paragraphs by which they are offered */
  short: Bounds.and(z.object({ paragraphs: z.array(Slug) })),
  /** results beyond so many per cent of the costs are carried */
  band: z.number().min(0).max(100),
  /** into the year that comes so many years later */
  carriedAfter: z.int().min(1).max(10),
  /** bodies whose decision allows another occupancy, and on which of their matters */
  consentBy: z.array(z.object({ body: Slug, matter: Slug })).default([]),
  /** whose secretariat collects tariffs from everybody */
  collectedBy: Slug,
  /** when whoever is missing in the collection is reminded: so many days before it is due, below nothing after */
  remind: z.array(z.int().min(-60).max(120)).max(6).default([]),
  /** what development is compared with: prices and wages of the field */
  index: z
    .object({
      names: Text,
      figures: z.array(z.object({ year: z.int(), value: z.number().positive() })).min(1),
      source: Source,
      example: z.boolean().default(false),
    })
    .optional(),
  /** by the name of what they say: bounds, band, rounding */
  sources: z.record(z.string(), Source).default({}),
})
export type TariffRule = z.infer<typeof TariffRule>

export const sheetKind = 'capacity.tariff-sheet'
export const collectionKind = 'capacity.collection'
