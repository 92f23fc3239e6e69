import type { FieldError } from '../../../../platform/access/outcome.ts'
import type { Tx } from '../../../../platform/db/database.ts'
import { formatNumber } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import type { Priced } from '../../permissions/tariffs.ts'
import { boundsFor, isWithin, judgeSheet, type Mistake, pricesOf, ruleFor } from '../../rules/tariffs/judge-sheet.ts'
import { figuresOf, tariffOf } from '../../rules/tariffs/tariff.ts'
import { offerBySlug, type StoredOffer } from '../../store/places/read-offer.ts'
import { dueIn, isConsented } from '../../store/tariffs/earlier-years.ts'
import { type Sheet, sheetOf } from '../../store/tariffs/read-sheets.ts'
import { tariffRulesOf } from '../../store/tariffs/rules.ts'
import type { NewSheet } from '../../store/tariffs/save-sheets.ts'
import type { SheetFields, TariffRule } from '../../types/tariffs.ts'

/** What commands about a sheet of an offer and year are about. */
export interface SheetSubject extends Priced {
  offer: StoredOffer
  rules: readonly TariffRule[]
  /** the sheet that holds today */
  published: Sheet | undefined
  draft: Sheet | undefined
}

export async function sheetSubject(tx: Tx, input: { offer: string; year: number }): Promise<SheetSubject | undefined> {
  const offer = await offerBySlug(tx, input.offer)
  if (!offer) return undefined
  const [{ rules, collector }, published, draft] = await Promise.all([
    tariffRulesOf(tx, offer.pack),
    sheetOf(tx, offer.id, input.year, 'holds'),
    sheetOf(tx, offer.id, input.year, 'draft'),
  ])
  return { offer, rules, operator: offer.operator.id, collector, published, draft }
}

/**
 * Judges what was entered, and works its tariff out (CAP-5).
 * @param dues what is carried, by `offer year`, where many sheets are judged; asked for one by one without it
 */
export async function judged(
  tx: Tx,
  subject: Pick<SheetSubject, 'offer' | 'rules'> & { published: { id: string } | undefined },
  year: number,
  fields: SheetFields,
  dues?: ReadonlyMap<string, string>,
): Promise<{ sheet: NewSheet } | { errors: FieldError[] }> {
  const { offer } = subject
  const rule = ruleFor(subject.rules, year)
  const occupancy = fields.lines.find(({ part }) => part === 'occupancy')?.amount
  const due = dues ? dues.get(`${offer.id} ${year}`) : await dueIn(tx, offer.id, year)
  const outside = rule && occupancy !== undefined && !isWithin(boundsFor(rule, offer.paragraph.code), occupancy)
  const consented = outside ? await isConsented(tx, { offer: offer.id, year, occupancy }, rule) : false
  const mistakes = judgeSheet(fields, rule, { year, paragraph: offer.paragraph.code, due, consented })
  const errors = mistakes.map(inWords)
  if (subject.published && fields.reason === undefined)
    errors.push({ path: 'reason', message: m.capacity_tariff_reason_missing() })
  if (!rule || errors.length > 0) return { errors }
  const days = rule.scheme === 'days' ? figuresOf(fields.lines) : undefined
  return {
    sheet: {
      offer: offer.id,
      year,
      scheme: rule.scheme,
      currency: rule.currency,
      figures: days,
      tariff: days && tariffOf(days, rule.digits),
      pointValue: fields.lines.find(({ part }) => part === 'point-value')?.amount,
      lines: fields.lines,
      supplements: fields.supplements,
      items: pricesOf(fields, rule.digits),
      supersedes: subject.published?.id,
      reason: subject.published ? fields.reason : undefined,
    },
  }
}

function inWords(mistake: Mistake): FieldError {
  switch (mistake.is) {
    case 'no-rule':
      return { path: 'year', message: m.capacity_tariff_no_rule() }
    case 'missing':
      return { path: 'lines', message: missingWords(mistake.part) }
    case 'twice':
      return { path: `lines.${mistake.at}.amount`, message: m.capacity_tariff_twice() }
    case 'other-scheme':
      return { path: `lines.${mistake.at}.part`, message: m.capacity_tariff_other_scheme() }
    case 'days':
      return { path: `lines.${mistake.at}.amount`, message: m.capacity_tariff_too_many_days({ most: mistake.most }) }
    case 'nothing':
      return { path: `lines.${mistake.at}.amount`, message: m.capacity_tariff_nothing() }
    case 'occupancy':
      return {
        path: `lines.${mistake.at}.amount`,
        message: m.capacity_tariff_occupancy_bounds({
          least: formatNumber(mistake.least, 2),
          most: formatNumber(mistake.most, 2),
        }),
      }
    case 'carried':
      return {
        path: 'lines',
        message: m.capacity_tariff_carried_due({ amount: mistake.due, year: String(mistake.year) }),
      }
    case 'nothing-to-pay':
      return { path: 'lines', message: m.capacity_tariff_nothing_to_pay() }
    case 'other-tariff':
      return { path: 'tariff', message: m.capacity_tariff_other({ tariff: mistake.tariff }) }
    case 'no-items':
      return { path: 'items', message: m.capacity_tariff_no_items() }
  }
}

function missingWords(part: Extract<Mistake, { is: 'missing' }>['part']): string {
  switch (part) {
    case 'direct':
      return m.capacity_tariff_missing_direct()
    case 'places':
      return m.capacity_tariff_missing_places()
    case 'days':
      return m.capacity_tariff_missing_days()
    case 'occupancy':
      return m.capacity_tariff_missing_occupancy()
    case 'point-value':
      return m.capacity_tariff_missing_point_value()
  }
}
