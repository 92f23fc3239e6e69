import type { Work } from '../../../platform/access/command.ts'
import { noteWaiting } from '../../capacity/contract.ts'
import { finishFollowUp } from '../store/decisions.ts'
import type { StoredRequest } from '../store/requests.ts'
import { joinWaiting } from '../store/waiting.ts'
import type { FollowUp } from '../types.ts'

/** Begins what follows acceptance: whose turn it is to wait stands on the list at once (INT-2, INT-9). */
export async function begin(
  work: Pick<Work, 'tx' | 'now' | 'jobs'>,
  request: StoredRequest,
  next: FollowUp | undefined,
): Promise<void> {
  if (next !== 'waiting-list' || !request.handler || !request.service) return
  // who asked first waits first, however long the decision took
  const since = request.submittedAt ?? work.now
  const waiting = await joinWaiting(work.tx, {
    request: request.id,
    service: request.service,
    handler: request.handler,
    urgency: request.urgency,
    since,
  })
  noteWaiting(work.jobs, {
    waiting,
    service: request.service,
    organisation: request.handler,
    since: since.toISOString(),
  })
  work.jobs.add('intake.letter', { request: request.id, kind: 'waiting' })
}

/** Ends a follow-up whose turn it is, and begins the next. @returns false where it is not its turn */
export async function goOn(
  work: Pick<Work, 'tx' | 'now' | 'actor' | 'jobs'>,
  request: StoredRequest,
  kind: FollowUp,
  note?: string,
): Promise<boolean> {
  const account = work.actor?.account ?? null
  const finished = await finishFollowUp(work.tx, request.id, kind, { account, note })
  if (!finished) return false
  await begin(work, request, finished.next)
  return true
}
