import type { Tx } from '../../../platform/db/database.ts'
import { missing } from '../rules/documents.ts'
import { resumeClocks, stopClocks } from '../store/clocks.ts'
import { documentsOf } from '../store/documents.ts'
import { courseOf } from '../store/procedure.ts'
import { moveRequest, type StoredRequest } from '../store/requests.ts'
import { addStep } from '../store/steps.ts'

/**
 * Takes a request that waited up again (INT-2): everything that was asked for is there, or the time of grace is over. Its clocks go on with
 * what was left (INT-3). Does nothing where it does not wait.
 */
export async function continueReview(tx: Tx, request: StoredRequest, account: string | null): Promise<void> {
  if (request.state !== 'waiting') return
  await addStep(tx, request.id, { deed: 'state', from: 'waiting', to: 'in-review', account })
  if (!(await moveRequest(tx, request.id, 'waiting', 'in-review'))) return
  const course = await courseOf(tx, request.pack)
  if (course) await resumeClocks(tx, request.id, course.place)
}

/** The same, once nothing that the person has to bring is missing any more. */
export async function continueWhenComplete(tx: Tx, request: StoredRequest, account: string | null): Promise<void> {
  if (missing(await documentsOf(tx, request.id)).length > 0) return
  await stopClocks(tx, request.id, ['grace'])
  await continueReview(tx, request, account)
}
