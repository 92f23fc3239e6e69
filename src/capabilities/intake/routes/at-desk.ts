import type { Tx } from '../../../platform/db/database.ts'
import type { Answer } from '../../../platform/http/answer.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { type OpenedRequest, openById } from '../commands/opened-request.ts'
import { mayAnswer } from '../permissions.ts'
import { isPersonShown } from '../store/contacts.ts'

/**
 * Opens a request for the office that answers it; where its person may not be seen, letters to them are not there either.
 * @returns an answer in its place where there is nothing to show
 */
export async function openAtDesk(tx: Tx, visit: Visit<{ id: string }>): Promise<OpenedRequest | Answer> {
  const opened = await openById(tx, { request: visit.params.id })
  if (!opened || !(await isPersonShown(tx, opened.request.person))) return { is: 'notFound' }
  return mayAnswer.may(visit.actor, opened) ? opened : { is: 'forbidden' }
}
