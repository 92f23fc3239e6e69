import { m } from '../../../platform/i18n/speech.ts'
import type { WordingFlag } from '../rules/wording.ts'
import type { ImportFormat, Reason, ReasonCode } from './import-types.ts'

export type ImportOutcome = 'added' | 'changed' | 'unchanged' | 'rejected'

/** What becomes of one record. */
export interface ImportEntry {
  outcome: ImportOutcome
  /** line of the file on which the record begins */
  line: number
  name: string | undefined
  /** why it is rejected, or what was mended */
  reasons: readonly Reason[]
  /** words that a pack calls dated (DIR-10) */
  wordings: readonly WordingFlag[]
}

export interface ImportReport {
  format: ImportFormat
  dataset: string
  /** SHA-256 of what was read, hexadecimal */
  sha256: string
  /** true when it is stored; false for a dry run, or where rejected records stopped it */
  applied: boolean
  counts: Record<ImportOutcome, number>
  /** services of the data set that are stored here and were not in the file; marked defunct only when asked for */
  missing: number
  removed: number
  /** reasons and how often each was given */
  reasons: Partial<Record<ReasonCode, number>>
  /** the first entries that say something (rejected, mended, flagged), at most `mostEntries` */
  entries: ImportEntry[]
}

/** Entries beyond these are counted, not kept: reports stay readable and memory flat. */
export const mostEntries = 2_000

const words: Readonly<Record<ReasonCode, (value: { field: string; value: string }) => string>> = {
  missing: m.exchange_reason_missing,
  'not-json': m.exchange_reason_not_json,
  'no-service': m.exchange_reason_no_service,
  'id-twice': m.exchange_reason_id_twice,
  dangling: m.exchange_reason_dangling,
  'wrong-value': m.exchange_reason_wrong_value,
  'unknown-code': m.exchange_reason_unknown_code,
  'edited-here': m.exchange_reason_edited_here,
  unreadable: m.exchange_reason_unreadable,
  'dropped-url': m.exchange_reason_dropped_url,
  'mended-url': m.exchange_reason_mended_url,
  'dropped-email': m.exchange_reason_dropped_email,
  'dropped-value': m.exchange_reason_dropped_value,
  'id-made': m.exchange_reason_id_made,
  'description-made': m.exchange_reason_description_made,
  'term-kept-as-word': m.exchange_reason_term_kept,
  'cost-unknown': m.exchange_reason_cost_unknown,
}

/** A reason as a sentence in the reader's language. */
export const reasonWords = (reason: Reason): string =>
  words[reason.code]({ field: reason.field, value: reason.value ?? '' })

/** A flagged word as a sentence in the reader's language (DIR-10). */
export const wordingWords = (flag: WordingFlag): string =>
  m.exchange_wording({ path: flag.path, found: flag.found, suggest: flag.suggest })

/** A report as lines for a terminal, in the reader's language. */
export function reportLines(report: ImportReport): string[] {
  const { counts } = report
  const head = [
    m.exchange_report_counts({
      added: counts.added,
      changed: counts.changed,
      unchanged: counts.unchanged,
      rejected: counts.rejected,
    }),
    report.applied
      ? m.exchange_report_applied()
      : counts.rejected > 0
        ? m.exchange_report_refused()
        : m.exchange_report_dry(),
    ...(report.removed > 0
      ? [m.exchange_report_removed({ count: report.removed })]
      : report.missing > 0
        ? [m.exchange_report_missing({ count: report.missing })]
        : []),
  ]
  const lines = report.entries.flatMap((entry) => [
    ...entry.reasons.map((reason) =>
      m.exchange_report_line({ line: entry.line, name: entry.name ?? '–', words: reasonWords(reason) }),
    ),
    ...entry.wordings.map((flag) =>
      m.exchange_report_line({ line: entry.line, name: entry.name ?? '–', words: wordingWords(flag) }),
    ),
  ])
  return [...head, ...lines]
}
