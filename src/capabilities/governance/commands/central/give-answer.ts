import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { conflict, type FieldError, invalid, late, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { answersFor, mayAnswerRequest } from '../../permissions/central.ts'
import { type AnswersMistake, judgeAnswers } from '../../rules/central/judge-answers.ts'
import { answerOf, centralRequestById, replyTo } from '../../store/central/read-central.ts'
import { saveAnswer } from '../../store/central/save-central.ts'
import { CentralAnswers, centralRequestKind } from '../../types/central.ts'
import { Slug } from '../../types.ts'

/** Saves what a municipality answers, or sends it (GOV-15). What was sent may still be mended until the joint answer is approved. */
export const giveCentralAnswer = command({
  audit: 'governance.central-request.answer',
  input: z.object({
    id: z.uuid(),
    /** slug of the municipality */
    organisation: Slug,
    answers: CentralAnswers,
    /** false: a draft, of which anything may be left open */
    send: z.boolean(),
    version: z.coerce.number().int().min(0),
  }),
  async subject(tx, input) {
    const request = await centralRequestById(tx, input.id)
    const answer = request && (await answerOf(tx, input.id, input.organisation))
    return (
      request && answer && { request, answer, municipality: answer.organisation.id, keeper: request.body.organisation }
    )
  },
  permission: mayAnswerRequest,
  async run(work, input, { request, answer }) {
    const reply = await replyTo(work.tx, request.id)
    if (reply?.decision) return late(m.governance_central_approved())
    const mistakes = judgeAnswers(request.fields, input.answers, input.send || answer.sentAt !== undefined)
    if (mistakes.length > 0) return invalid(...mistakes.map(inWords))
    const saved = await saveAnswer(work.tx, {
      request: request.id,
      organisation: answer.organisation.id,
      answers: input.answers,
      send: input.send,
      onBehalf: !answersFor(work.actor, answer.organisation.id),
      by: work.actor?.account ?? '',
      version: input.version,
    })
    if (!saved) return conflict(answer.answers)
    work.about({
      kind: centralRequestKind,
      id: request.id,
      detail: { organisation: answer.organisation.slug, sent: input.send },
    })
    return ok({
      id: request.id,
      organisation: answer.organisation.slug,
      sent: input.send || answer.sentAt !== undefined,
    })
  },
})

function inWords({ field, mistake }: AnswersMistake): FieldError {
  const path = `answers.${field}`
  switch (mistake) {
    case 'missing':
      return { path, message: m.form_missing() }
    case 'number':
      return { path, message: m.governance_central_number() }
    case 'yes-no':
      return { path, message: m.form_missing() }
    case 'unasked':
      return { path, message: m.governance_central_unasked() }
  }
}
