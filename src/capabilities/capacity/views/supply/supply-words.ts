import { smallest } from '../../../../platform/disclosure/disclosure.ts'
import { formatList, formatNumber, formatShare } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../../platform/i18n/text.ts'
import { publishedWaiting } from '../../rules/places/telling.ts'
import type { WaitingQuantile } from '../../rules/supply/waiting-time.ts'
import type { Standing } from '../../store/supply/read-supply.ts'
import { type UnmetReason, unmetReasons } from '../../types/supply.ts'

export const nameOf = (names: Text | undefined, code: string): string =>
  names ? speak(names, currentLocale()).words : code

/** Places of a line in words. */
export function placesInWords({ occupied, approved, free }: Standing): string {
  return m.capacity_supply_places_cell({
    occupied: formatNumber(occupied),
    approved: formatNumber(approved),
    free: formatNumber(free),
    share: approved > 0 ? formatShare(occupied / approved) : '–',
  })
}

/** How many people, where that speaks of nobody in particular. */
export function peopleInWords(count: number): string {
  if (count === 0) return m.capacity_supply_nobody()
  const told = publishedWaiting(count)
  return told === undefined
    ? m.capacity_supply_few({ threshold: smallest })
    : m.capacity_supply_people({ count: formatNumber(told) })
}

/** How surely a waiting time is known. */
export function boundsInWords({ low, high }: WaitingQuantile): string | undefined {
  if (low === undefined) return undefined
  return high === undefined
    ? m.capacity_supply_wait_at_least({ low: formatNumber(low) })
    : m.capacity_supply_wait_bounds({ low: formatNumber(low), high: formatNumber(high) })
}

const ratings = [
  m.capacity_supply_rating_1,
  m.capacity_supply_rating_2,
  m.capacity_supply_rating_3,
  m.capacity_supply_rating_4,
  m.capacity_supply_rating_5,
] as const

/** A rating from 1 to 5 in words. */
export const ratingInWords = (rating: number): string => ratings[rating - 1]?.() ?? String(rating)

/** The choices of a form, the worst first. */
export const ratingChoices = (): { value: string; label: string }[] =>
  ratings.map((words, at) => ({ value: String(at + 1), label: words() }))

const reasons: Readonly<Record<UnmetReason, () => string>> = {
  'no-offer': m.capacity_supply_reason_no_offer,
  'no-place': m.capacity_supply_reason_no_place,
  'too-far': m.capacity_supply_reason_too_far,
  'too-late': m.capacity_supply_reason_too_late,
  language: m.capacity_supply_reason_language,
  other: m.capacity_supply_reason_other,
}
export const reasonInWords = (reason: UnmetReason): string => reasons[reason]()
export const reasonChoices = (): { value: string; label: string }[] =>
  unmetReasons.map((value) => ({ value, label: reasons[value]() }))

/** A language in the reader's words. */
export function languageInWords(language: string): string {
  return new Intl.DisplayNames([currentLocale()], { type: 'language' }).of(language) ?? language
}
export const languagesInWords = (languages: readonly string[]): string => formatList(languages.map(languageInWords))
