import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { invalid, late, ok } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { mayAnswer } from '../permissions.ts'
import { addStep } from '../store/steps.ts'
import { goOn } from './go-on.ts'
import { holdById } from './opened-request.ts'

/**
 * Notes that a step that follows acceptance is done (INT-2): the decision was handed over, the help was given, the group began. A contract ends with its
 * signatures, a waiting list with its reason, a case with its own file.
 */
export const completeFollowUp = command({
  audit: 'intake.follow-up.complete',
  input: z.object({
    request: z.uuid(),
    kind: z.enum(['formal-decision', 'recorded-help', 'group']),
    note: z.string().trim().max(2000).optional(),
  }),
  subject: holdById,
  permission: mayAnswer,
  async run(work, input, { request }) {
    if (input.kind === 'recorded-help' && (input.note?.length ?? 0) < 3)
      return invalid({ path: 'note', message: m.intake_desk_say_what_help() })
    if (!(await goOn(work, request, input.kind, input.note))) return late(m.intake_desk_not_its_turn())
    await addStep(work.tx, request.id, {
      deed: 'follow-up',
      account: work.actor?.account ?? null,
      note: input.note,
      detail: { kind: input.kind },
    })
    work.about({ kind: 'intake.request', id: request.id, detail: { kind: input.kind } })
    return ok({ id: request.id, reference: request.reference })
  },
})
