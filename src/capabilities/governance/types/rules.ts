import type { Evaluation, Facts, RuleSource, TableVersion } from '../../../platform/decision-tables/types.ts'
import type { Text } from '../../../platform/i18n/text.ts'

/** The kind of a rule as a whole: matters about a change of it come from it. */
export const ruleKind = 'governance.rule'

/** The kind under which versions of rules stand in the audit trail and in the thread. */
export const ruleVersionKind = 'governance.rule-version'

/** A version as it is stored: in force on days of `[from, until)`, where `until` also follows from the next one. */
export interface StoredVersion {
  id: string
  from: string | undefined
  until: string | undefined
  content: TableVersion
  /** the recorded decision on which it rests; undefined where it came with the pack */
  decision: { id: string; number: string; decidedOn: string; body: string; superseded: boolean } | undefined
}

/** A table with its versions, the oldest first (GOV-12). */
export interface StoredTable {
  id: string
  pack: string
  slug: string
  names: Text
  purpose: Text
  /** slugs of the bodies that may change it, and on which of their matters; undefined where no source names one */
  changedBy: { bodies: readonly string[]; matter: string } | undefined
  versions: readonly StoredVersion[]
}

/** The rule that is in force on a day: which version it is, and what it says of facts (GOV-12). */
export interface RuleInForce {
  table: string
  pack: string
  version: {
    id: string
    from: string | undefined
    until: string | undefined
    source: RuleSource
    /** no source says so: it shows how such a rule could look */
    example: boolean
    /** id of the decision on which it rests */
    decision: string | undefined
  }
  /** pure; the same facts give the same outcome */
  evaluate(facts: Facts): Evaluation
}
