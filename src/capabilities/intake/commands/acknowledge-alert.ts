import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { late, ok } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { mayAnswer } from '../permissions.ts'
import { acknowledgeAlerts } from '../store/alerts.ts'
import { addStep } from '../store/steps.ts'
import { openById } from './opened-request.ts'

/** "I have it": whoever is called about an emergency answers, and nobody else is called any more (INT-3). */
export const acknowledgeAlert = command({
  audit: 'intake.alert.acknowledge',
  input: z.object({ request: z.uuid() }),
  subject: openById,
  permission: mayAnswer,
  async run(work, _input, { request }) {
    if (!(await acknowledgeAlerts(work.tx, request.id))) return late(m.intake_duty_answered())
    await addStep(work.tx, request.id, {
      deed: 'alert',
      account: work.actor?.account ?? null,
      detail: { state: 'acknowledged' },
    })
    work.about({ kind: 'intake.request', id: request.id })
    return ok({ id: request.id, reference: request.reference })
  },
})
