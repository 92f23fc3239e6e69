import type { AnswerKind } from '../../types/consultations.ts'

/** Why an answer cannot be given like this. */
export type AnswerMistake =
  /** an objection, or agreement with remarks, that says nothing */
  | 'remarks-missing'
  /** "no remarks", with remarks */
  | 'remarks-too-many'

/** What goes with each answer. A party that objects says why: the others could not think about it otherwise. */
export function judgeAnswer(answer: AnswerKind, remarks: string | undefined): AnswerMistake | undefined {
  if (remarks === undefined)
    return answer === 'agree-with-remarks' || answer === 'object' ? 'remarks-missing' : undefined
  return answer === 'no-remarks' ? 'remarks-too-many' : undefined
}
