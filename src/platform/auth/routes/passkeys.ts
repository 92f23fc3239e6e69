import { z } from 'zod'
import { everyone } from '../../access/permission.ts'
import { readBody } from '../../http/body.ts'
import type { Door } from '../../http/door.ts'
import { isSameOrigin } from '../../http/same-origin.ts'
import type { Visit } from '../../http/visit.ts'
import { type AuthContext, recordAlone, refuseTooMany } from '../context.ts'
import { fullySignedIn } from '../own-account.ts'
import { noteSecondFactor } from '../sessions.ts'
import { actorAmong, arrive, endEarlierSession, engineHeaders, tokenAmong } from '../sign-in.ts'

const largest = 64_000
const Encoded = z.string().max(20_000)
/** The shape of WebAuthn's answer; the engine checks what it says. */
const Assertion = z.object({
  id: Encoded,
  rawId: Encoded,
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).loose(),
  response: z.object({
    clientDataJSON: Encoded,
    authenticatorData: Encoded,
    signature: Encoded,
    userHandle: Encoded.optional(),
  }),
})
const SignIn = z.object({ response: Assertion, back: z.string().max(2000).optional() })
const Addition = z.object({ response: z.record(z.string(), z.unknown()), name: z.string().trim().max(100).optional() })

/** Addresses that the island `passkey.ts` speaks with: challenges and answers, as WebAuthn shapes them. */
export function passkeyRoutes(door: Door, auth: AuthContext): void {
  const challenge = { none: 'a random challenge says nothing about anybody' } as const
  const recorded = { none: 'recorded where it succeeds or is refused, with the account it concerns' } as const

  door.raw('post', '/sign-in/passkey/options', { permission: everyone, audit: challenge }, async (visit) => {
    const refused = await refuse(auth, visit)
    if (refused) return refused
    return carried(
      await auth.engine.api.generatePasskeyAuthenticationOptions({
        headers: engineHeaders(visit.request),
        asResponse: true,
      }),
      (options) => ({
        ...options,
        userVerification: 'required',
      }),
    )
  })
  door.raw('post', '/sign-in/passkey', { permission: everyone, audit: recorded }, (visit) => signIn(auth, visit))
  door.raw('post', '/account/passkeys/options', { permission: fullySignedIn, audit: challenge }, async (visit) => {
    const refused = await refuse(auth, visit)
    if (refused) return refused
    return carried(
      await auth.engine.api.generatePasskeyRegistrationOptions({
        query: {},
        headers: engineHeaders(visit.request),
        asResponse: true,
      }),
    )
  })
  door.raw('post', '/account/passkeys', { permission: fullySignedIn, audit: recorded }, (visit) =>
    addPasskey(auth, visit),
  )
}

async function signIn(auth: AuthContext, visit: Visit): Promise<Response> {
  const refused = await refuse(auth, visit)
  if (refused) return refused
  const input = SignIn.safeParse(await readJson(visit.request))
  if (!input.success) return answer(400, { error: 'malformed' })
  const { userHandle, ...proof } = input.data.response.response
  const assertion = { ...input.data.response, response: { ...proof, ...(userHandle ? { userHandle } : {}) } }
  const checked = await auth.engine.api.verifyPasskeyAuthentication({
    body: { response: assertion },
    headers: engineHeaders(visit.request),
    asResponse: true,
  })
  const cookies = checked.headers.getSetCookie()
  const token = tokenAmong(auth, cookies)
  if (!checked.ok || !token) {
    await recordAlone(auth, 'access.session.begin', 'refused', undefined, { detail: { why: 'passkey' } })
    return answer(401, { error: 'refused' })
  }
  // The engine lets only those through whose holder the device recognised: something one has, and something one is or knows.
  await noteSecondFactor(auth.pool, token)
  const actor = await actorAmong(auth, cookies)
  await recordAlone(auth, 'access.session.begin', 'done', actor?.account, {
    detail: { by: 'passkey' },
    also: (tx) => endEarlierSession(auth, tx, visit.request),
  })
  const step = await arrive(auth, cookies, input.data.back)
  return answer(200, { to: step.to }, cookies)
}

async function addPasskey(auth: AuthContext, visit: Visit): Promise<Response> {
  const refused = await refuse(auth, visit)
  if (refused) return refused
  const input = Addition.safeParse(await readJson(visit.request))
  if (!input.success) return answer(400, { error: 'malformed' })
  const { response, name } = input.data
  const checked = await auth.engine.api.verifyPasskeyRegistration({
    body: { response, ...(name ? { name } : {}) },
    headers: engineHeaders(visit.request),
    asResponse: true,
  })
  if (!checked.ok) return answer(checked.status === 403 ? 403 : 400, { error: 'refused' })
  const actor = visit.actor?.account
  await recordAlone(auth, 'access.passkey.add', 'done', actor, { actor: actor ?? null })
  return answer(200, { to: '/account#passkeys' }, checked.headers.getSetCookie())
}

/** From our own pages alone, and not too often. */
async function refuse(auth: AuthContext, visit: Visit): Promise<Response | undefined> {
  if (!isSameOrigin(visit.request, new URL(auth.config.url).origin)) return answer(403, { error: 'other site' })
  const locked = await refuseTooMany(auth, 'passkey', visit.request, visit.actor?.account)
  return locked ? answer(429, { error: 'too often' }, [], { 'retry-after': String(locked.seconds) }) : undefined
}

async function readJson(request: Request): Promise<unknown> {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(await readBody(request, largest)))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined
    throw error
  }
}

/** The engine's answer as ours: its body, changed where we ask for more, and its cookies. */
async function carried(
  from: Response,
  change: (body: Record<string, unknown>) => object = (body) => body,
): Promise<Response> {
  if (!from.ok) return answer(from.status === 403 ? 403 : 400, { error: 'refused' })
  return answer(200, change(z.record(z.string(), z.unknown()).parse(await from.json())), from.headers.getSetCookie())
}

function answer(
  status: number,
  body: object,
  cookies: readonly string[] = [],
  more: Record<string, string> = {},
): Response {
  const headers = new Headers({
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    ...more,
  })
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(JSON.stringify(body), { status, headers })
}
