import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { invalid, late, ok } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { mayTakePart } from '../permissions.ts'
import { mayFollow } from '../rules/states.ts'
import { stopClocks } from '../store/clocks.ts'
import { forgetDraft, moveRequest } from '../store/requests.ts'
import { addStep } from '../store/steps.ts'
import { ClockKind } from '../types.ts'
import { errandOf, holdNamed, Named } from './opened-request.ts'

/** Takes a request back. A draft is thrown away, and nothing of it stays; what was sent stays as withdrawn (INT-2). */
export const withdrawRequest = command({
  audit: 'intake.request.withdraw',
  purpose: errandOf,
  input: Named.extend({ reason: z.string().trim().max(1000).optional() }),
  subject: holdNamed,
  permission: mayTakePart,
  async run(work, input, { request, byLink }) {
    work.about({ kind: 'intake.request', id: request.id })
    const gone = { reference: request.reference, draft: request.state === 'draft' }
    if (request.state === 'draft')
      return (await forgetDraft(work.tx, request.id)) ? ok(gone) : late(m.intake_ask_already_sent())
    if (!mayFollow(request.state, 'withdrawn')) return late(m.intake_ask_already_decided())
    // the office does it for somebody else, and says why; the person need not
    const own = byLink || [request.account, request.enteredByAccount].includes(work.actor?.account)
    if (!own && (input.reason?.length ?? 0) < 3)
      return invalid({ path: 'reason', message: m.intake_request_withdraw_say() })
    await addStep(work.tx, request.id, {
      deed: 'state',
      from: request.state,
      to: 'withdrawn',
      account: work.actor?.account ?? null,
      note: input.reason,
    })
    if (!(await moveRequest(work.tx, request.id, request.state, 'withdrawn')))
      return late(m.intake_ask_already_decided())
    await stopClocks(work.tx, request.id, ClockKind.options)
    return ok(gone)
  },
})
