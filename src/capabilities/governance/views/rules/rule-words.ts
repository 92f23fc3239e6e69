import type { Input, Output, OutputValue, Rule, VersionContent } from '../../../../platform/decision-tables/types.ts'
import { formatDay, formatNumber } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../../platform/i18n/text.ts'
import { type Condition, conditionOf } from '../../rules/rules/read-test.ts'
import type { StoredVersion } from '../../types/rules.ts'

/** A text of a table in the reader's language. */
export const told = (text: Text): string => speak(text, currentLocale()).words

type Named = Pick<Input | Output, 'names' | 'values'>

/** A value of an input or output: its name where it has one, yes and no, days and numbers as people write them. */
export function valueWords(value: OutputValue, of: Named): string {
  if (Array.isArray(value))
    return value.length === 0 ? m.governance_rules_nothing() : value.map((one) => valueWords(one, of)).join('; ')
  const named = of.values?.find((one) => one.value === value)
  if (named) return told(named.names)
  if (value === true) return m.governance_rules_yes()
  if (value === false) return m.governance_rules_no()
  if (value === null) return m.governance_rules_nothing()
  return figureWords(String(value))
}

function figureWords(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return formatDay(text)
  return /^-?\d+(\.\d+)?$/.test(text) ? formatNumber(Number(text)) : text
}

/** A test in words: “less than −10 or more than 10”. What has no words stays as it is written. */
export function testWords(test: string, input: Input): string {
  return conditionWords(conditionOf(test), input)
}

function conditionWords(condition: Condition, input: Input): string {
  switch (condition.is) {
    case 'any':
      return m.governance_rules_any_case()
    case 'value':
      return condition.value === null ? m.governance_rules_not_known() : valueWords(condition.value, input)
    case 'above':
      return m.governance_rules_above({ value: figureWords(condition.value) })
    case 'below':
      return m.governance_rules_below({ value: figureWords(condition.value) })
    case 'at-least':
      return m.governance_rules_at_least({ value: figureWords(condition.value) })
    case 'at-most':
      return m.governance_rules_at_most({ value: figureWords(condition.value) })
    case 'between':
      return m.governance_rules_between({ least: figureWords(condition.least), most: figureWords(condition.most) })
    case 'or':
      return condition.parts
        .map((part) => conditionWords(part, input))
        .reduce((one, other) => m.governance_rules_or({ one, other }))
    case 'code':
      return condition.code
  }
}

/** The conditions of a rule, one per line; inputs that may be anything are left out. */
export function whenWords(rule: Rule, content: VersionContent): { label: string; words: string }[] {
  return content.inputs.flatMap((input) => {
    const test = rule.when[input.id]
    return test === undefined || test === '-' ? [] : [{ label: told(input.names), words: testWords(test, input) }]
  })
}

/** What a rule says, one output per line, where it is written as plain values; else as the expression itself. */
export function saysWords(rule: Rule, content: VersionContent): { label: string; words: string }[] {
  return content.outputs.map((output) => {
    const text = rule.says[output.id] ?? 'null'
    const value = literalOf(text)
    return { label: told(output.names), words: value === undefined ? text : valueWords(value, output) }
  })
}

/** Literals of FEEL that JSON writes in the same way. */
function literalOf(text: string): OutputValue | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value)) return value.every(isFact) ? value : undefined
    return isFact(value) ? value : undefined
  } catch {
    return undefined
  }
}

const isFact = (value: unknown): value is string | number | boolean | null =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value)

/** On which days a version holds. */
export function spanWords({ from, until }: Pick<StoredVersion, 'from' | 'until'>): string {
  if (from !== undefined && until !== undefined)
    return m.governance_rules_version_span({ from: formatDay(from), until: formatDay(until) })
  if (from !== undefined) return m.governance_rules_version_from({ from: formatDay(from) })
  return until === undefined
    ? m.governance_rules_version_always()
    : m.governance_rules_version_before({ until: formatDay(until) })
}
