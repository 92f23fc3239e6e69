import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { invalid, late, ok } from '../../../platform/access/outcome.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { mayAnswer } from '../permissions.ts'
import { ways } from '../rules/documents.ts'
import { isWithOffice } from '../rules/states.ts'
import { documentById, type StoredDocument, settleDocument as settle } from '../store/documents.ts'
import { courseOf } from '../store/procedure.ts'
import { addStep } from '../store/steps.ts'
import { continueWhenComplete } from './continue-review.ts'
import { goodUntil } from './good-until.ts'
import { holdById, type OpenedRequest } from './opened-request.ts'

async function openDocument(
  tx: Tx,
  input: { document: string },
): Promise<(OpenedRequest & { document: StoredDocument }) | undefined> {
  const document = await documentById(tx, input.document)
  const opened = document && (await holdById(tx, { request: document.request }))
  return opened && { ...opened, document }
}

/** Settles a paper at the office (INT-4): it was seen, it is not needed (with the reason), the office got it itself; or it is open again. */
export const settleDocument = command({
  audit: 'intake.document.settle',
  input: z.object({
    document: z.uuid(),
    as: z.enum(['seen', 'waived', 'obtained', 'open']),
    reason: z.string().trim().max(500).optional(),
  }),
  subject: openDocument,
  permission: mayAnswer,
  async run(work, input, { request, document }) {
    if (!isWithOffice(request.state)) return late(m.intake_ask_already_decided())
    if (!ways(document).includes(input.as)) return late(m.intake_desk_changed())
    if (input.as === 'waived' && (input.reason?.length ?? 0) < 3)
      return invalid({ path: 'reason', message: m.intake_desk_say_why_waived() })
    const course = await courseOf(work.tx, request.pack)
    const account = work.actor?.account ?? null
    const settled = await settle(work.tx, document.id, document.state, {
      state: input.as,
      reason: input.reason,
      goodUntil: input.as === 'seen' && course ? goodUntil(course, work.now) : undefined,
      account,
    })
    if (!settled) return late(m.intake_desk_changed())
    await addStep(work.tx, request.id, {
      deed: 'document',
      account,
      note: input.reason,
      detail: { document: document.id, state: input.as },
    })
    await continueWhenComplete(work.tx, request, account)
    work.about({
      kind: 'intake.request',
      id: request.id,
      detail: { document: document.id, state: input.as },
    })
    return ok({ id: request.id, reference: request.reference })
  },
})
