import { formatList, formatNumber, formatWeekday } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { type Spoken, speak, type Text } from '../../../platform/i18n/text.ts'
import type { OpeningHours, Organisation, ServiceCard } from '../types.ts'

/** The words of a card for this reader: their language, else the one that the card was written in (DIR-3). */
export function cardSpeech(card: Pick<ServiceCard, 'writtenIn'>): (text: Text) => Spoken {
  return (text) => speak(text, currentLocale(), [card.writtenIn])
}

const forms = {
  day: m.directory_form_day,
  home: m.directory_form_home,
  residential: m.directory_form_residential,
  outreach: m.directory_form_outreach,
  online: m.directory_form_online,
  phone: m.directory_form_phone,
  crisis: m.directory_form_crisis,
  group: m.directory_form_group,
} as const
export const formWords = (form: ServiceCard['forms'][number]): string => forms[form]()

const channels = {
  online: m.directory_channel_online,
  phone: m.directory_channel_phone,
  'in-person': m.directory_channel_in_person,
  letter: m.directory_channel_letter,
  'through-worker': m.directory_channel_through_worker,
  'through-neighbour': m.directory_channel_through_neighbour,
} as const
export const channelWords = (channel: ServiceCard['channels'][number]): string => channels[channel]()

const access = {
  'step-free': m.directory_access_step_free,
  lift: m.directory_access_lift,
  'accessible-toilet': m.directory_access_accessible_toilet,
  'accessible-parking': m.directory_access_accessible_parking,
  'induction-loop': m.directory_access_induction_loop,
  'sign-language': m.directory_access_sign_language,
  'easy-read': m.directory_access_easy_read,
  braille: m.directory_access_braille,
  'quiet-room': m.directory_access_quiet_room,
  'guide-dogs': m.directory_access_guide_dogs,
  'home-visits': m.directory_access_home_visits,
  'video-interpreting': m.directory_access_video_interpreting,
} as const
export const accessWords = (means: ServiceCard['accessibility'][number]): string => access[means]()

const costs = {
  free: m.directory_cost_free,
  differentiated: m.directory_cost_differentiated,
  full: m.directory_cost_full,
} as const
export const costWords = (kind: ServiceCard['cost']['kind']): string => costs[kind]()

const providers = {
  public: m.directory_provider_public,
  'non-profit': m.directory_provider_non_profit,
  commercial: m.directory_provider_commercial,
  informal: m.directory_provider_informal,
} as const
export const providerWords = (kind: Organisation['kind']): string => providers[kind]()

const needed = {
  'at-application': m.directory_document_at_application,
  'before-decision': m.directory_document_before_decision,
  'before-start': m.directory_document_before_start,
  'if-available': m.directory_document_if_available,
} as const
export const neededWords = (when: ServiceCard['documents'][number]['needed']): string => needed[when]()

const signLanguages: Readonly<Record<string, string>> = { ukl: 'uk', dsl: 'da', gsg: 'de' }

/** Name of a spoken or signed language in the reader's language. */
export function spokenLanguage(tag: string): string {
  const base = signLanguages[tag]
  if (base) return `${m.directory_access_sign_language()} (${tag})`
  return new Intl.DisplayNames(currentLocale(), { type: 'language' }).of(tag) ?? tag
}

/** The time limit of a card in words: *3–6 months, if needed up to 12*. */
export function termWords(term: ServiceCard['term']): string {
  if (term.asNeeded) return m.directory_as_needed()
  const parts: string[] = []
  if (term.maximumMonths && term.minimumMonths) parts.push(monthSpan(term.minimumMonths, term.maximumMonths))
  else if (term.maximumMonths) parts.push(m.directory_months_up_to({ count: term.maximumMonths }))
  else if (term.minimumMonths) parts.push(m.directory_months_from({ count: term.minimumMonths }))
  if (term.extendedToMonths) parts.push(m.directory_months_extended({ count: term.extendedToMonths }))
  return parts.join(', ')
}

/** *3–6 months*, by the rules of the reader's language for spans. */
function monthSpan(from: number, to: number): string {
  return new Intl.NumberFormat(currentLocale(), { style: 'unit', unit: 'month', unitDisplay: 'long' }).formatRange(
    from,
    to,
  )
}

/** Age in words; undefined when the card sets none. */
export function ageWords({ minimumAge, maximumAge }: ServiceCard['eligibility']): string | undefined {
  if (minimumAge !== undefined && maximumAge !== undefined)
    return m.directory_age_between({ minimum: formatNumber(minimumAge), maximum: formatNumber(maximumAge) })
  if (minimumAge !== undefined) return m.directory_age_from({ minimum: formatNumber(minimumAge) })
  if (maximumAge !== undefined) return m.directory_age_to({ maximum: formatNumber(maximumAge) })
  return undefined
}

const order = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
/** Monday is 1, as in ISO 8601 and in `formatWeekday`. */
export const weekdayNumber = (day: (typeof order)[number]): number => order.indexOf(day) + 1

/** One line of opening hours: *Mon–Fri 9–17*. Days in a row become a span. */
export function hoursWords(hours: OpeningHours): string {
  const days = hours.days.map(weekdayNumber).sort((a, b) => a - b)
  const spans: string[] = []
  for (let at = 0; at < days.length; ) {
    let end = at
    while (days[end + 1] === (days[end] ?? 0) + 1) end++
    const first = formatWeekday(days[at] ?? 1, 'short')
    spans.push(
      end - at >= 2
        ? `${first}–${formatWeekday(days[end] ?? 1, 'short')}`
        : formatList([...days.slice(at, end + 1)].map((day) => formatWeekday(day, 'short'))),
    )
    at = end + 1
  }
  return `${spans.join(', ')} ${hours.opens}–${hours.closes}`
}
