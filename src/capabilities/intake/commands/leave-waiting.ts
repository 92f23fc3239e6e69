import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { invalid, late, ok } from '../../../platform/access/outcome.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { noteWaiting } from '../../capacity/contract.ts'
import { answersFor, mayAnswer, mayTakePart } from '../permissions.ts'
import { inCapacity, leadsOn, ownReasons } from '../rules/waiting.ts'
import { endFollowUps } from '../store/decisions.ts'
import { addStep } from '../store/steps.ts'
import { leaveWaiting as leave, type StoredWaiting, setUrgency, waitingById, waitingOf } from '../store/waiting.ts'
import { LeavingReason, Urgency } from '../types.ts'
import { goOn } from './go-on.ts'
import { errandOf, holdById, holdNamed, Named, type OpenedRequest } from './opened-request.ts'

interface OpenedWaiting extends OpenedRequest {
  waiting: StoredWaiting | undefined
}

async function openWaiting(tx: Tx, named: Named): Promise<OpenedWaiting | undefined> {
  const opened = await holdNamed(tx, named)
  return opened && { ...opened, waiting: await waitingOf(tx, opened.request.id) }
}

/**
 * Leaves a waiting list, with a reason: nobody drops out silently (INT-9). The person may leave themselves; that a place was found is said by the
 * office, and then what follows goes on.
 */
export const leaveWaiting = command({
  audit: 'intake.waiting.leave',
  purpose: errandOf,
  input: Named.extend({ reason: LeavingReason, note: z.string().trim().max(1000).optional() }),
  subject: openWaiting,
  permission: mayTakePart,
  async run(work, input, { request, waiting, handler }) {
    if (!waiting) return late(m.intake_waiting_over())
    const office = answersFor(work.actor, handler)
    if (!office && !ownReasons.includes(input.reason))
      return invalid({ path: 'reason', message: m.intake_waiting_office_says() })
    const account = work.actor?.account ?? null
    const left = { reason: input.reason, note: input.note, account }
    if (!(await leave(work.tx, waiting.id, left))) return late(m.intake_waiting_over())
    noteWaiting(work.jobs, {
      waiting: waiting.id,
      service: waiting.service,
      organisation: waiting.handler,
      since: waiting.since.toISOString(),
      left: { at: work.now.toISOString(), how: inCapacity[input.reason] },
    })
    if (leadsOn(input.reason)) await goOn(work, request, 'waiting-list', input.note)
    else await endFollowUps(work.tx, request.id, { account, note: input.reason })
    await addStep(work.tx, request.id, {
      deed: 'waiting',
      account,
      note: input.note,
      detail: { state: 'left', reason: input.reason },
    })
    work.about({ kind: 'intake.request', id: request.id, detail: { reason: input.reason } })
    return ok({ id: request.id, reference: request.reference })
  },
})

/** Says anew how urgent it is for somebody who waits; the reason is kept, and read by the person too (INT-9). */
export const changeUrgency = command({
  audit: 'intake.waiting.change-urgency',
  input: z.object({ waiting: z.uuid(), urgency: Urgency, reason: z.string().trim().min(3).max(1000) }),
  async subject(tx, input) {
    const waiting = await waitingById(tx, input.waiting)
    const opened = waiting && (await holdById(tx, { request: waiting.request }))
    return opened && { ...opened, waiting }
  },
  permission: mayAnswer,
  async run(work, input, { request, waiting }) {
    if (!(await setUrgency(work.tx, waiting.id, input.urgency))) return late(m.intake_waiting_over())
    await addStep(work.tx, request.id, {
      deed: 'waiting',
      account: work.actor?.account ?? null,
      note: input.reason,
      detail: { state: 'urgency', urgency: input.urgency },
    })
    work.jobs.add('intake.letter', { request: request.id, kind: 'waiting', again: work.now.toISOString() })
    work.about({ kind: 'intake.request', id: request.id, detail: { urgency: input.urgency } })
    return ok({ id: request.id, reference: request.reference, service: waiting.service })
  },
})
