import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { conflict, type FieldError, invalid, late, ok } from '../../../../platform/access/outcome.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayAnswerQuestions } from '../../permissions/rules.ts'
import { type AnswerMistake, judgeAnswer } from '../../rules/questions/judge-answer.ts'
import { questionById, rulingsOf } from '../../store/questions/read-questions.ts'
import { saveRuling } from '../../store/questions/save-question.ts'
import { decisionById } from '../../store/read-decisions.ts'
import { questionKind } from '../../types/questions.ts'
import { Day, decisionKind } from '../../types.ts'
import { shortText } from '../short-text.ts'

/**
 * Enters what the entitled group answered (GOV-16). From then on everybody reads the question. A later answer takes the place of
 * the earlier one, says why, and the earlier one stays to be read.
 */
export const answerQuestion = command({
  audit: 'governance.question.answer',
  input: z.object({
    id: z.uuid(),
    words: shortText(20_000),
    answeredOn: Day,
    /** paragraphs, agreements, earlier decisions, one each */
    refersTo: z.array(z.string().trim().min(1).max(200)).max(20).default([]),
    /** the decision in which the group settled it */
    decision: z.uuid().optional(),
    /** the answer that this one takes the place of: the newest */
    supersedes: z.uuid().optional(),
    why: z.string().trim().min(3).max(500).optional(),
  }),
  async subject(tx, input) {
    const question = await questionById(tx, input.id)
    return question && { question, organisation: question.body.organisation }
  },
  permission: mayAnswerQuestions,
  async run(work, input, { question }) {
    if (question.withdrawn) return late(m.governance_questions_withdrawn())
    const [newest] = await rulingsOf(work.tx, question.id)
    if (newest?.id !== input.supersedes) return conflict(newest, m.governance_questions_answered_meanwhile())
    const decision = input.decision === undefined ? undefined : await decisionById(work.tx, input.decision)
    const today = dayIn(work.now, question.body.timeZone)
    const mistakes = judgeAnswer(question, { ...input, decision, decisionNamed: input.decision !== undefined }, today)
    if (mistakes.length > 0) return invalid(...mistakes.map(inWords))
    const id = await saveRuling(
      work.tx,
      {
        ...input,
        question: question.id,
        decision: decision?.id,
        supersedes: input.supersedes,
        why: input.why,
        by: work.actor?.account ?? '',
      },
      question,
    )
    if (id === undefined) return conflict(undefined, m.governance_questions_answered_meanwhile())
    work.jobs.add('governance.tell-asker', { question: question.id })
    if (decision)
      work.thread.link({ kind: questionKind, id: question.id }, 'answered-by', { kind: decisionKind, id: decision.id })
    work.about({ kind: questionKind, id: question.id, detail: { ruling: id, again: input.supersedes !== undefined } })
    return ok({ id: question.id, ruling: id })
  },
})

function inWords(mistake: AnswerMistake): FieldError {
  switch (mistake) {
    case 'future':
      return { path: 'answeredOn', message: m.governance_questions_future() }
    case 'no-why':
      return { path: 'why', message: m.governance_questions_no_why() }
    case 'no-decision':
      return { path: 'decision', message: m.governance_questions_no_decision() }
  }
}
