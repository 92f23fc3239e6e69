import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { late, ok } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { mayAnswer } from '../permissions.ts'
import { stopClocks } from '../store/clocks.ts'
import { addStep } from '../store/steps.ts'
import { holdById } from './opened-request.ts'

/** Notes that the needs were talked through with the person, and when; the clock of that deadline stops (INT-3). */
export const noteAssessment = command({
  audit: 'intake.request.note-assessment',
  input: z.object({ request: z.uuid(), note: z.string().trim().max(2000).optional() }),
  subject: holdById,
  permission: mayAnswer,
  async run(work, input, { request }) {
    if (request.state !== 'in-review' && request.state !== 'waiting') return late(m.intake_desk_not_in_review())
    await stopClocks(work.tx, request.id, ['assessment'])
    await addStep(work.tx, request.id, { deed: 'assessed', account: work.actor?.account ?? null, note: input.note })
    work.about({ kind: 'intake.request', id: request.id })
    return ok({ id: request.id, reference: request.reference })
  },
})
