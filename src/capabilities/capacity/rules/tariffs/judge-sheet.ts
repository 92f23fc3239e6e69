import type { SheetFields, TariffRule } from '../../types/tariffs.ts'
import { daysOf, Exact } from './exact.ts'
import { figuresOf, priceOf, tariffOf } from './tariff.ts'

/** What speaks against a sheet. `at` is the number of the row that is meant. */
export type Mistake =
  | { is: 'no-rule' }
  | { is: 'missing'; part: 'direct' | 'places' | 'days' | 'occupancy' | 'point-value' }
  | { is: 'twice'; part: 'places' | 'days' | 'occupancy' | 'point-value'; at: number }
  | { is: 'other-scheme'; at: number }
  | { is: 'days'; at: number; most: number }
  | { is: 'nothing'; at: number }
  | { is: 'occupancy'; at: number; least: number; most: number }
  | { is: 'carried'; due: string; year: number }
  | { is: 'nothing-to-pay' }
  | { is: 'other-tariff'; tariff: string }
  | { is: 'no-items' }

/** What else has to be known of the offer and of earlier years. */
export interface Known {
  year: number
  /** code of the paragraph by which it is offered */
  paragraph: string
  /** what the result of an earlier year carries into this one; undefined where no result is known */
  due: string | undefined
  /** a body that may has consented to another occupancy */
  consented: boolean
}

/** The bounds of occupancy for an offer by this paragraph. */
export const boundsFor = (rule: TariffRule, paragraph: string): { least: number; most: number } =>
  rule.short.paragraphs.includes(paragraph) ? rule.short : rule.occupancy

/** Bounds are within. */
export const isWithin = ({ least, most }: { least: number; most: number }, occupancy: string): boolean =>
  new Exact(occupancy).gte(least) && new Exact(occupancy).lte(most)

/** The rule in force in a year. */
export const ruleFor = (rules: readonly TariffRule[], year: number): TariffRule | undefined =>
  rules.find((rule) => rule.from <= year && year <= (rule.until ?? year))

/** CAP-5: judges what was entered of a sheet. Without mistakes it recomputes to its tariff. */
export function judgeSheet(fields: SheetFields, rule: TariffRule | undefined, known: Known): Mistake[] {
  if (!rule) return [{ is: 'no-rule' }]
  return rule.scheme === 'points' ? judgePoints(fields) : judgeDays(fields, rule, known)
}

function judgeDays(fields: SheetFields, rule: TariffRule, known: Known): Mistake[] {
  const { lines } = fields
  const mistakes: Mistake[] = [...once(fields, ['places', 'days', 'occupancy'])]
  if (!lines.some(({ part }) => part === 'direct')) mistakes.push({ is: 'missing', part: 'direct' })
  for (const [number, { part, amount, row: at = number }] of lines.entries()) {
    if (part === 'point-value') mistakes.push({ is: 'other-scheme', at })
    if (['places', 'days', 'occupancy'].includes(part) && new Exact(amount).isZero())
      mistakes.push({ is: 'nothing', at })
    if (part === 'days' && Number(amount) > daysOf(known.year))
      mistakes.push({ is: 'days', at, most: daysOf(known.year) })
    if (part === 'occupancy' && !known.consented) {
      const { least, most } = boundsFor(rule, known.paragraph)
      if (!isWithin({ least, most }, amount)) mistakes.push({ is: 'occupancy', at, least, most })
    }
  }
  if (mistakes.length > 0) return mistakes
  const figures = figuresOf(lines)
  if (known.due !== undefined && !new Exact(figures.carried).eq(known.due))
    mistakes.push({ is: 'carried', due: known.due, year: known.year - rule.carriedAfter })
  const tariff = tariffOf(figures, rule.digits)
  if (tariff === undefined || new Exact(tariff).isZero()) mistakes.push({ is: 'nothing-to-pay' })
  else if (fields.tariff !== undefined && !new Exact(fields.tariff).eq(tariff))
    mistakes.push({ is: 'other-tariff', tariff })
  return mistakes
}

function judgePoints(fields: SheetFields): Mistake[] {
  const mistakes: Mistake[] = [...once(fields, ['point-value'])]
  for (const [number, { part, amount, row: at = number }] of fields.lines.entries()) {
    if (part !== 'point-value') mistakes.push({ is: 'other-scheme', at })
    else if (new Exact(amount).isZero()) mistakes.push({ is: 'nothing', at })
  }
  if (fields.items.length === 0) mistakes.push({ is: 'no-items' })
  return mistakes
}

function* once(
  { lines }: SheetFields,
  parts: readonly ('places' | 'days' | 'occupancy' | 'point-value')[],
): Generator<Mistake> {
  for (const part of parts) {
    const found = lines.flatMap((line, at) => (line.part === part ? [line.row ?? at] : []))
    if (found.length === 0) yield { is: 'missing', part }
    for (const at of found.slice(1)) yield { is: 'twice', part, at }
  }
}

/** Prices of all services of a sheet of points. */
export function pricesOf(fields: SheetFields, digits: number): { name: string; points: string; price: string }[] {
  const value = fields.lines.find(({ part }) => part === 'point-value')?.amount ?? '0'
  return fields.items.map(({ name, points }) => ({ name, points, price: priceOf(points, value, digits) }))
}
