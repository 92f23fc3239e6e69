import { formatDay, formatMoney, formatNumber, formatRate, formatShare } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../../platform/i18n/text.ts'
import type { Line, Part, Supplement } from '../../types/tariffs.ts'

/** A name as its reader reads it. */
export const nameOf = (names: Text): string => speak(names, currentLocale()).words

/** A sum with its coins: sums stand below each other. */
export const money = (amount: string, currency: string): string => formatMoney(amount, currency, true)

/** @param share in hundredths, as people write it: "88.50" */
export const perCent = (share: string): string => formatShare(Number(share) / 100, 2)

/** "1 609.94 kr. a day", or the value of a point where that is the scheme. */
export function tariffWords(
  sheet: { tariff: string | undefined; pointValue: string | undefined; currency: string },
  style: 'long' | 'short' = 'long',
): string {
  if (sheet.tariff !== undefined)
    return style === 'short'
      ? money(sheet.tariff, sheet.currency)
      : m.capacity_tariff_a_day({ amount: money(sheet.tariff, sheet.currency) })
  if (sheet.pointValue !== undefined)
    return m.capacity_tariff_a_point({ amount: formatRate(Number(sheet.pointValue), sheet.currency, 5) })
  return m.ui_no_information()
}

export function partWords(part: Part): string {
  switch (part) {
    case 'direct':
      return m.capacity_tariff_part_direct()
    case 'indirect':
      return m.capacity_tariff_part_indirect()
    case 'capital':
      return m.capacity_tariff_part_capital()
    case 'carried':
      return m.capacity_tariff_part_carried()
    case 'places':
      return m.capacity_tariff_part_places()
    case 'days':
      return m.capacity_tariff_part_days()
    case 'occupancy':
      return m.capacity_tariff_part_occupancy()
    case 'point-value':
      return m.capacity_tariff_part_point_value()
  }
}

/** A figure with its unit. */
export function figureWords({ part, amount }: Pick<Line, 'part' | 'amount'>, currency: string): string {
  switch (part) {
    case 'places':
      return formatNumber(Number(amount), 2)
    case 'days':
      return formatNumber(Number(amount))
    case 'occupancy':
      return perCent(amount)
    case 'point-value':
      return formatRate(Number(amount), currency, 5)
    default:
      return money(amount, currency)
  }
}

export function perWords(per: Supplement['per']): string {
  switch (per) {
    case 'day':
      return m.capacity_tariff_per_day()
    case 'month':
      return m.capacity_tariff_per_month()
    case 'once':
      return m.capacity_tariff_per_once()
  }
}

/** Where a figure comes from, in one line. */
export const sourceWords = ({ source, sourceDate }: Pick<Line, 'source' | 'sourceDate'>): string =>
  sourceDate ? `${source}, ${formatDay(sourceDate, 'short')}` : source

/** The same with a link to the document, where there is one. */
export function SourceOf({ line }: { line: Line }) {
  return line.sourceUrl ? (
    <a class="ln-link" href={line.sourceUrl} rel="noreferrer">
      {sourceWords(line)}
    </a>
  ) : (
    sourceWords(line)
  )
}

/** Change in per cent with its sign: "+4.3 %". */
export function changeWords(change: string | undefined): string {
  if (change === undefined) return m.ui_no_information()
  const value = Number(change)
  return `${value > 0 ? '+' : value < 0 ? '−' : ''}${formatNumber(Math.abs(value), 1)} %`
}
