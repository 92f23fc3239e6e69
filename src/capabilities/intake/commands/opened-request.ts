import { z } from 'zod'
import type { Tx } from '../../../platform/db/database.ts'
import { LinkToken, linkHash, linkPurpose } from '../link.ts'
import type { Opened } from '../permissions.ts'
import { linkByHash } from '../store/links.ts'
import { heldRequest, isLinked, readRequest, type StoredRequest } from '../store/requests.ts'

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
 * Loads what was named. By link the link itself must still be good, and lead there: to its own request, or to where that was redirected. Who has
 * signed in as well may see other requests, and holds no link of those.
 * @returns undefined where there is none, or nobody may know that there is
 */
export const openNamed = (tx: Tx, named: Named): Promise<OpenedRequest | undefined> => open(tx, named, readRequest)

/** The same for whoever changes it: nobody else does until this transaction ends, and it is as it stands then. */
export const holdNamed = (tx: Tx, named: Named): Promise<OpenedRequest | undefined> => open(tx, named, heldRequest)

/** A request named by its id alone: for the office. */
export const openById = (tx: Tx, { request }: { request: string }): Promise<OpenedRequest | undefined> =>
  open(tx, { request }, readRequest)

/** The same for whoever changes it. */
export const holdById = (tx: Tx, { request }: { request: string }): Promise<OpenedRequest | undefined> =>
  open(tx, { request }, heldRequest)

async function open(tx: Tx, named: Named, read: typeof readRequest): Promise<OpenedRequest | undefined> {
  if (!named.token) return named.request ? opened(await read(tx, named.request), false) : undefined
  const link = await linkByHash(tx, linkHash(named.token))
  if (!link || link.revoked || link.expiresAt <= tx.now) return undefined
  const id = named.request ?? link.request
  return (await isLinked(tx, id)) ? opened(await read(tx, id), true) : undefined
}

function opened(request: StoredRequest | undefined, byLink: boolean): OpenedRequest | undefined {
  if (!request) return undefined
  const helper = request.state === 'draft' || request.helperReads ? request.enteredByAccount : undefined
  return { request, handler: request.handler, account: request.account, helper, byLink }
}
