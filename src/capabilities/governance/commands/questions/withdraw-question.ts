import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { late, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayAnswerQuestions } from '../../permissions/rules.ts'
import { questionById } from '../../store/questions/read-questions.ts'
import { saveWithdrawal } from '../../store/questions/save-question.ts'
import { questionKind } from '../../types/questions.ts'

/** Takes a question out of all lists, with the reason: it names a person, or was asked by mistake (GOV-16). */
export const withdrawQuestion = command({
  audit: 'governance.question.withdraw',
  input: z.object({ id: z.uuid(), why: z.string().trim().min(3).max(500) }),
  async subject(tx, input) {
    const question = await questionById(tx, input.id)
    return question && { question, organisation: question.body.organisation }
  },
  permission: mayAnswerQuestions,
  async run(work, input, { question }) {
    if (!(await saveWithdrawal(work.tx, question.id, input.why))) return late(m.governance_questions_withdrawn())
    work.about({ kind: questionKind, id: question.id })
    return ok({ id: question.id })
  },
})
