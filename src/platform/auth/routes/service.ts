import { z } from 'zod'
import { everyone } from '../../access/permission.ts'
import type { Door } from '../../http/door.ts'
import { ownPath } from '../../http/same-origin.ts'
import { type AuthContext, recordAlone, refuseTooMany } from '../context.ts'
import { actorAmong, arrive, endEarlierSession, engineHeaders } from '../sign-in.ts'

const failed = (error: string) => `/sign-in?error=${encodeURIComponent(error)}`

/** `/sign-in/oidc`: to the region's sign-in service and back (authorization code with PKCE, state and nonce). A link, not a form: the policy lets forms lead nowhere else. */
export function serviceRoutes(door: Door, auth: AuthContext): void {
  if (!auth.config.oidc) return
  door.raw(
    'get',
    '/sign-in/oidc',
    {
      permission: everyone,
      audit: { none: 'leads to the sign-in service; what comes of it is recorded at the return' },
    },
    async (visit) => {
      const locked = await refuseTooMany(auth, 'passkey', visit.request)
      const engine = locked ? undefined : await auth.serviceEngine()
      if (!engine) return to(failed(locked ? 'too_often' : 'unreachable'))
      const back = ownPath(new URL(visit.request.url).searchParams.get('back'))
      const begun = await engine.api.signInSocial({
        body: {
          provider: 'oidc',
          callbackURL: `${auth.config.url}${back}`,
          errorCallbackURL: `${auth.config.url}/sign-in`,
          disableRedirect: true,
        },
        headers: engineHeaders(visit.request),
        asResponse: true,
      })
      const told = z.object({ url: z.url() }).safeParse(begun.ok ? await begun.json() : undefined)
      return told.success ? to(told.data.url, begun.headers.getSetCookie()) : to(failed('unreachable'))
    },
  )
  door.raw(
    'get',
    '/sign-in/oidc/callback',
    { permission: everyone, audit: { none: 'recorded where it succeeds or is refused, with the account it concerns' } },
    async (visit) => {
      const engine = await auth.serviceEngine()
      if (!engine) return to(failed('unreachable'))
      const returned = await engine.handler(
        new Request(`${auth.config.url}/sign-in/engine/callback/oidc${new URL(visit.request.url).search}`, {
          headers: engineHeaders(visit.request),
        }),
      )
      const cookies = returned.headers.getSetCookie()
      const actor = await actorAmong(auth, cookies)
      if (!actor) {
        await recordAlone(auth, 'access.session.begin', 'refused', undefined, { detail: { why: 'sign-in service' } })
        const given = returned.headers.get('location')
        const error =
          given && URL.canParse(given, auth.config.url)
            ? new URL(given, auth.config.url).searchParams.get('error')
            : undefined
        return to(failed(error ?? 'failed'), cookies)
      }
      await recordAlone(auth, 'access.session.begin', 'done', actor.account, {
        detail: { by: 'sign-in service' },
        also: (tx) => endEarlierSession(auth, tx, visit.request),
      })
      const goal = new URL(returned.headers.get('location') ?? '/', auth.config.url)
      const step = await arrive(auth, cookies, goal.pathname + goal.search)
      return to(step.to, cookies)
    },
  )
}

function to(address: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ location: address, 'cache-control': 'no-store' })
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(null, { status: 303, headers })
}
