import { z } from 'zod'
import type { Actor } from '../../../platform/access/actor.ts'
import type { AuditName, Strict } from '../../../platform/access/command.ts'
import { everyone, type Permission, signedIn } from '../../../platform/access/permission.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { Answer } from '../../../platform/http/answer.ts'
import { page } from '../../../platform/http/answer.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { AddressLimit } from '../../../platform/limits/limit.ts'
import type { Named } from '../commands/opened-request.ts'
import { LinkToken, linkHash, linkPurpose } from '../link.ts'
import { linkByHash } from '../store/links.ts'
import { courseOf } from '../store/procedure.ts'
import { isLinked, readRequest, type StoredRequest } from '../store/requests.ts'
import { ArrivedPage, LinkOverPage } from '../views/ask-link.tsx'
import { dutyNow } from './duty-now.ts'

/** How somebody came to a request: by its link, or signed in. */
export interface Way {
  /** address of the request: `/r/{token}`, `/r/{token}/requests/{id}`, `/my/requests/{id}` */
  base: string
  named: Named
  /** what lies above: the link's own request, or the list */
  up: string | undefined
}

/** One of the doors to a request of one's own. */
export interface Entrance<Params extends z.ZodType> {
  address: string
  params: Params
  guard: { permission: Permission<object> & Strict<object>; audit: AuditName; limit: AddressLimit }
  way(params: z.output<Params>): Way
}

// whoever tries tokens is slowed down long before chance helps them
const limit = { name: 'intake.open', per: 'address', most: 600, within: { minutes: 10 } } as const
const audit = 'intake.request.read'

const LinkParams = z.object({ token: LinkToken })
const LinkedParams = z.object({ token: LinkToken, id: z.uuid() })
const MineParams = z.object({ id: z.uuid() })

/** The request that a link leads to. */
export const byLink: Entrance<typeof LinkParams> = {
  address: '/r/{token}',
  params: LinkParams,
  guard: { permission: everyone, audit, limit },
  way: ({ token }) => ({ base: `/r/${token}`, named: { token }, up: undefined }),
}

/** A request to which that of a link was redirected. */
export const beyondLink: Entrance<typeof LinkedParams> = {
  address: '/r/{token}/requests/{id}',
  params: LinkedParams,
  guard: { permission: everyone, audit, limit },
  way: ({ token, id }) => ({
    base: `/r/${token}/requests/${id}`,
    named: { token, request: id },
    up: `/r/${token}`,
  }),
}

/** A request of somebody who has signed in, for themselves or for another with their consent. */
export const byAccount: Entrance<typeof MineParams> = {
  address: '/my/requests/{id}',
  params: MineParams,
  guard: { permission: signedIn, audit, limit },
  way: ({ id }) => ({ base: `/my/requests/${id}`, named: { request: id }, up: '/my/requests' }),
}

/** What was found where somebody came. */
type Found =
  | { is: 'open'; request: StoredRequest }
  /** whoever told about another person sees that it arrived, and no more */
  | { is: 'arrived'; reference: string }
  | { is: 'over'; why: 'expired' | 'revoked'; reference: string }
  | { is: 'none' }

async function find(tx: Tx, { token, request: id }: Named, actor: Actor | null): Promise<Found> {
  if (!token) {
    const request = id ? await readRequest(tx, id) : undefined
    const own = request && actor && (request.account === actor.account || isHelper(request, actor))
    return own ? { is: 'open', request } : { is: 'none' }
  }
  const link = await linkByHash(tx, linkHash(token))
  if (!link) return { is: 'none' }
  const { reference } = link
  if (link.expiresAt <= tx.now) return { is: 'over', why: 'expired', reference }
  if (link.revoked) return { is: 'over', why: 'revoked', reference }
  const target = id ?? link.request
  // who has signed in may see more than this link opens
  const request = (await isLinked(tx, target)) ? await readRequest(tx, target) : undefined
  if (request) return { is: 'open', request }
  return id ? { is: 'none' } : { is: 'arrived', reference }
}

/** The one who entered a request goes on reading it while it is a draft, or with the person's consent (INT-1). */
function isHelper(request: StoredRequest, actor: Actor): boolean {
  return request.enteredByAccount === actor.account && (request.state === 'draft' || request.helperReads)
}

/** Headers of every page about a request: no copy stays anywhere, so that going back shows nothing (INT-11). */
export const unkept = { 'cache-control': 'no-store' } as const

/** A page of asking: nothing of it is kept, and *Leave this page* comes first. */
export const quietly = (
  title: string,
  content: Parameters<typeof page>[1],
  more: Parameters<typeof page>[2] = {},
): Answer => page(title, content, { leave: true, ...more, headers: { ...unkept, ...more.headers } })

/**
 * Shows something of a request to whoever may see it. A link that is over explains itself; one of a notice says that it arrived.
 * @param load reads what the page needs, in the same transaction
 * @param told region in which a notice was told: who is on duty there is said, since nothing of the notice itself may be
 */
export async function showRequest<Loaded>(
  visit: Visit,
  way: Way,
  load: (tx: Tx, request: StoredRequest) => Promise<Loaded>,
  view: (request: StoredRequest, loaded: Loaded) => Answer | Promise<Answer>,
  told?: string,
): Promise<Answer> {
  const { token } = way.named
  const found = await visit.read(
    async (tx) => {
      const found = await find(tx, way.named, visit.actor)
      if (found.is === 'arrived') return { ...found, course: told ? await courseOf(tx, told) : undefined }
      if (found.is !== 'open') return found
      visit.about({ kind: 'intake.request', id: found.request.id })
      return { ...found, loaded: await load(tx, found.request) }
    },
    token ? linkPurpose(token) : undefined,
  )
  switch (found.is) {
    case 'open':
      return view(found.request, found.loaded)
    case 'arrived': {
      const { course, reference } = found
      const region = visit.regions.find(({ id }) => id === course?.pack) ?? visit.region
      const duty = course && dutyNow(course, visit.now)
      return quietly(
        m.intake_ask_arrived_title(),
        <ArrivedPage reference={reference} region={region} duty={duty} />,
        region ? { region: region.id } : {},
      )
    }
    case 'over':
      return quietly(
        m.intake_ask_over_title(),
        <LinkOverPage why={found.why} reference={found.reference} region={visit.region} />,
        { status: 410 },
      )
    case 'none':
      return { is: 'notFound' }
  }
}

/** Is there a request that this visitor may hand papers in to? Asked before any file is received. */
export async function isOpen(visit: Visit, way: Way): Promise<boolean> {
  const { token } = way.named
  const found = await visit.database.transact(
    { actor: visit.actor?.account ?? null, locale: visit.locale, ...(token ? { purpose: linkPurpose(token) } : {}) },
    (tx) => find(tx, way.named, visit.actor),
  )
  return found.is === 'open'
}
