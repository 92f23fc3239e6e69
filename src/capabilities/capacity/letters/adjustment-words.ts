import { formatDay } from '../../../platform/i18n/format.ts'
import { currentLocale, inLocale, m } from '../../../platform/i18n/speech.ts'
import { locales, speak, type Text } from '../../../platform/i18n/text.ts'
import type { AdjustmentKind, AdjustmentState, ContactAnswer } from '../types/adjustments.ts'

/** What an adjustment is called by. */
export interface Titled {
  offer: { names: Text }
  kind: AdjustmentKind
  change: number
  effectOn: string
}

/** "12 places fewer", in the reader's language. */
export function changeWords({ kind, change }: Pick<Titled, 'kind' | 'change'>): string {
  const count = Math.abs(change)
  if (kind === 'closure') return m.capacity_adjust_closes({ count })
  return change > 0 ? m.capacity_adjust_more({ count }) : m.capacity_adjust_fewer({ count })
}

/** "Botilbuddet Åsen: 12 places fewer from 1 January 2027", in the reader's language. */
export const titleWords = (adjustment: Titled): string =>
  m.capacity_adjust_title_of({
    offer: speak(adjustment.offer.names, currentLocale()).words,
    change: changeWords(adjustment),
    day: formatDay(adjustment.effectOn),
  })

/** The same in every language, for what other parts show. */
export const titleText = (adjustment: Titled): Text => inEveryLanguage(() => titleWords(adjustment))

/** What a body is asked: what changes, why, and what follows, each in the words of the operator. */
export const questionText = (
  adjustment: Titled & { reason: Text; tariffEffect: Text; peopleEffect: Text; alternatives: Text },
): Text =>
  inEveryLanguage(() =>
    [
      titleWords(adjustment),
      ...planParts(adjustment).map(({ label, text }) => `${label}: ${speak(text, currentLocale()).words}`),
    ].join('\n\n'),
  )

/** The parts of a plan, each with its name. */
export const planParts = (plan: { reason: Text; tariffEffect: Text; peopleEffect: Text; alternatives: Text }) => [
  { label: m.capacity_adjust_reason(), text: plan.reason },
  { label: m.capacity_adjust_people_effect(), text: plan.peopleEffect },
  { label: m.capacity_adjust_tariff_effect(), text: plan.tariffEffect },
  { label: m.capacity_adjust_alternatives(), text: plan.alternatives },
]

function inEveryLanguage(write: () => string): Text {
  return Object.fromEntries(locales.map((locale) => [locale, inLocale(locale, write)]))
}

/** How an adjustment stands, in a few words. */
export function stateWords(state: AdjustmentState): string {
  switch (state) {
    case 'planned':
      return m.capacity_adjust_state_planned()
    case 'path-open':
      return m.capacity_adjust_state_path_open()
    case 'approval-open':
      return m.capacity_adjust_state_approval_open()
    case 'cleared':
      return m.capacity_adjust_state_cleared()
    case 'in-force':
      return m.capacity_adjust_state_in_force()
    case 'declined':
      return m.capacity_adjust_state_declined()
    case 'withdrawn':
      return m.capacity_adjust_state_withdrawn()
  }
}

/** What a municipality answered. */
export function answerWords(answer: ContactAnswer): string {
  switch (answer) {
    case 'no-remarks':
      return m.capacity_adjust_answer_no_remarks()
    case 'agrees':
      return m.capacity_adjust_answer_agrees()
    case 'concerns':
      return m.capacity_adjust_answer_concerns()
  }
}
