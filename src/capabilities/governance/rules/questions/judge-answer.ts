import type { Question } from '../../types/questions.ts'

export type AnswerMistake = 'future' | 'no-why' | 'no-decision'

export interface GivenAnswer {
  answeredOn: string
  supersedes?: string | undefined
  why?: string | undefined
  decisionNamed: boolean
  decision?: { body: { id: string }; outcome: string; aboutPerson: boolean; superseded: boolean } | undefined
}

/** What stands against an answer (GOV-16): a day to come, a changed answer without a reason, a decision that is none of this group. */
export function judgeAnswer(question: Pick<Question, 'body'>, answer: GivenAnswer, today: string): AnswerMistake[] {
  const { decision } = answer
  const stands =
    decision?.body.id === question.body.id &&
    decision.outcome === 'agreed' &&
    !decision.aboutPerson &&
    !decision.superseded
  const mistakes: (AnswerMistake | false)[] = [
    answer.answeredOn > today && 'future',
    answer.supersedes !== undefined && answer.why === undefined && 'no-why',
    answer.decisionNamed && !stands && 'no-decision',
  ]
  return mistakes.filter((mistake) => mistake !== false)
}
