import { Decimal } from 'decimal.js'
import type { CentralAnswer, CentralField } from '../../types/central.ts'

/** One question with what all municipalities answered to it. */
export interface Tally {
  field: CentralField
  /** exact sum of all numbers; undefined where none was given */
  sum: string | undefined
  answers: readonly { municipality: CentralAnswer['organisation']; answer: string | undefined }[]
}

/** What municipalities sent, question by question (GOV-15); drafts do not count. Sums are exact, never floating. */
export function tallyOf(fields: readonly CentralField[], answers: readonly CentralAnswer[]): Tally[] {
  const sent = answers.filter(({ sentAt }) => sentAt !== undefined)
  return fields.map((field) => {
    const own = sent.map(({ organisation, answers: given }) => ({
      municipality: organisation,
      answer: given[field.id] || undefined,
    }))
    const numbers = field.type === 'number' ? own.flatMap(({ answer }) => answer?.replace(',', '.') ?? []) : []
    const sum = numbers.reduce((total, number) => total.plus(number), new Decimal(0))
    return { field, sum: numbers.length > 0 ? sum.toFixed() : undefined, answers: own }
  })
}
