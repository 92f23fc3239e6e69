import type { FieldError } from '../../../../platform/access/outcome.ts'
import type { MistakeCode, TableProblem, VersionContent } from '../../../../platform/decision-tables/types.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'

/** A mistake of a table in the language of its reader, at the field of the form or the place in what was sent. */
export function cellError({ code, rule, cell, example }: TableProblem, content: VersionContent): FieldError {
  const at = content.rules.findIndex(({ id }) => id === rule)
  const input = content.inputs.find(({ id }) => id === cell)
  const named = input ?? content.outputs.find(({ id }) => id === cell)
  const path =
    at < 0 ? 'content.rules' : named ? `content.rules.${at}.${input ? 'when' : 'says'}.${cell}` : `content.rules.${at}`
  const cases = example && caseWords(example, content)
  const where = named ? speak(named.names, currentLocale()).words : (cell ?? rule ?? '')
  return {
    path,
    message: [messages[code]({ where }), cases && m.governance_rules_case({ cases })].filter(Boolean).join(' '),
  }
}

const messages: Record<MistakeCode, (say: { where: string }) => string> = {
  'no-feel': m.governance_rules_mistake_no_feel,
  'not-allowed': m.governance_rules_mistake_not_allowed,
  'too-long': m.governance_rules_mistake_too_long,
  'wrong-type': m.governance_rules_mistake_wrong_type,
  'wrong-value': m.governance_rules_mistake_wrong_value,
  'unknown-name': m.governance_rules_mistake_unknown_name,
  missing: m.governance_rules_mistake_missing,
  twice: m.governance_rules_mistake_twice,
  gap: () => m.governance_rules_mistake_gap(),
  overlap: () => m.governance_rules_mistake_overlap(),
  'too-many': () => m.governance_rules_mistake_too_many(),
  dates: () => m.governance_rules_mistake_dates(),
}

const caseWords = (example: NonNullable<TableProblem['example']>, content: VersionContent): string =>
  Object.entries(example)
    .map(([id, value]) => {
      const input = content.inputs.find((one) => one.id === id)
      return `${input ? speak(input.names, currentLocale()).words : id}: ${factWords(value)}`
    })
    .join('; ')

/** A fact in words: yes and no instead of what programs say. */
export function factWords(value: string | number | boolean | null): string {
  if (value === true) return m.governance_rules_yes()
  if (value === false) return m.governance_rules_no()
  return value === null ? m.governance_rules_not_known() : String(value)
}
