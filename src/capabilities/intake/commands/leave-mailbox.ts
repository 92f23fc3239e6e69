import type { Work } from '../../../platform/access/command.ts'
import { linkDays, linkHash } from '../link.ts'
import { addLink, linkByHash } from '../store/links.ts'

/** Why a mailbox is left. */
export type LeavingMailbox = 'read by others' | 'another mailbox'

/**
 * INT-11: others read the mailbox from now on, or it is not the one in use. Links that lie in it open nothing more; whoever came by such a one goes on by a new one.
 * @param came token of the link that they came by @returns whether they have to go on by `onward`
 */
export async function leaveMailbox(
  work: Work,
  request: string,
  why: LeavingMailbox,
  { came, onward }: { came: string | undefined; onward: string | undefined },
): Promise<boolean> {
  work.jobs.add('intake.end-links', { request, why, at: work.now.toISOString() })
  const link = came ? await linkByHash(work.tx, linkHash(came)) : undefined
  if (!link?.mailed || !onward) return false
  await addLink(work.tx, {
    tokenHash: linkHash(onward),
    request: link.request,
    kind: link.kind,
    reference: link.reference,
    expiresAt: new Date(work.now.getTime() + linkDays * 86_400_000),
  })
  return true
}
