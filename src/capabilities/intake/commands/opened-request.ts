import { z } from 'zod'
import type { Tx } from '../../../platform/db/database.ts'
import { LinkToken, linkHash, linkPurpose } from '../link.ts'
import type { Opened } from '../permissions.ts'
import { linkByHash } from '../store/links.ts'
import { readRequest, type StoredRequest } from '../store/requests.ts'

/** How a request is named: by the token of its link, or by its id for whoever has signed in. */
export const Named = z.object({ token: LinkToken.optional(), request: z.uuid().optional() })
export type Named = z.infer<typeof Named>

/** The errand of a command about a request that was named. */
export const errandOf = (input: Named): string | undefined => (input.token ? linkPurpose(input.token) : undefined)

/** A request, and how the actor came to it. */
export interface OpenedRequest extends Opened {
  request: StoredRequest
}

/**
 * Loads what was named. By link the link itself must still be good; a request that the link's own was redirected to is named beside it.
 * @returns undefined where there is none, or nobody may know that there is
 */
export async function openNamed(tx: Tx, named: Named): Promise<OpenedRequest | undefined> {
  if (!named.token) return named.request ? opened(await readRequest(tx, named.request), false) : undefined
  const link = await linkByHash(tx, linkHash(named.token))
  if (!link || link.revoked || link.expiresAt <= tx.now) return undefined
  return opened(await readRequest(tx, named.request ?? link.request), true)
}

/** A request named by its id alone: for the office. */
export const openById = async (tx: Tx, input: { request: string }): Promise<OpenedRequest | undefined> =>
  opened(await readRequest(tx, input.request), false)

function opened(request: StoredRequest | undefined, byLink: boolean): OpenedRequest | undefined {
  if (!request) return undefined
  const helper = request.state === 'draft' || request.helperReads ? request.enteredByAccount : undefined
  return { request, handler: request.handler, account: request.account, helper, byLink }
}
