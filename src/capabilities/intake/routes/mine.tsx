import { signedIn } from '../../../platform/access/permission.ts'
import type { Premises } from '../../../platform/capability.ts'
import { redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { serviceById } from '../../directory/contract.ts'
import { requestsOf } from '../store/requests.ts'
import { MinePage } from '../views/mine-pages.tsx'
import { draftRoutes } from './drafts.tsx'
import { byAccount, quietly } from './entrance.tsx'
import { linked, standingRoutes } from './standing.tsx'

/** `/my/requests`: what somebody with an account has asked for, for themselves or for another with their consent. */
export function mineRoutes(door: Door, house: Premises): void {
  door.page('/my/requests', { permission: signedIn, audit: 'intake.request.list' }, async (visit) => {
    const account = visit.actor?.account
    if (!account) return { is: 'forbidden' }
    const items = await visit.read(async (tx) =>
      Promise.all(
        (await requestsOf(tx, account)).map(async (request) => ({
          request,
          service: linked(request.service ? await serviceById(tx, request.service) : undefined, visit.locale),
        })),
      ),
    )
    return quietly(m.intake_ask_nav_mine(), <MinePage items={items} account={account} />)
  })
  draftRoutes(door, house, byAccount)
  standingRoutes(door, house, byAccount)
  door.page(`${byAccount.address}/later`, { ...byAccount.guard, params: byAccount.params }, async () =>
    redirect('/my/requests', { kind: 'done', text: m.intake_ask_kept_flash() }),
  )
}
