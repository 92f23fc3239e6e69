import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { late, ok } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { mayAnswer } from '../permissions.ts'
import { moveRequest } from '../store/requests.ts'
import { addStep } from '../store/steps.ts'
import { holdById } from './opened-request.ts'

/** Takes a new request up: from now on it is in review, and somebody's (INT-2). Two who take it at once: one of them has it. */
export const takeRequest = command({
  audit: 'intake.request.take',
  input: z.object({ request: z.uuid() }),
  subject: holdById,
  permission: mayAnswer,
  async run(work, _input, { request }) {
    const account = work.actor?.account ?? null
    await addStep(work.tx, request.id, { deed: 'state', from: 'submitted', to: 'in-review', account })
    if (!(await moveRequest(work.tx, request.id, 'submitted', 'in-review', { assignedTo: account })))
      return late(m.intake_desk_taken())
    work.about({ kind: 'intake.request', id: request.id })
    return ok({ id: request.id, reference: request.reference })
  },
})
