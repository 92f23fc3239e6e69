import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { needsSecondFactor } from '../access/actor.ts'
import { command, nothingStored } from '../access/command.ts'
import { loadBySession } from '../access/load-actor.ts'
import { invalid, type Outcome, ok } from '../access/outcome.ts'
import { everyone } from '../access/permission.ts'
import type { Tx } from '../db/database.ts'
import { ownPath } from '../http/same-origin.ts'
import { m } from '../i18n/speech.ts'
import { enterPurpose } from './accounts.ts'
import { type AuthContext, accountOf, refuseTooMany, refusing, showsDemo } from './context.ts'
import { readCode, spendCode } from './second-factor.ts'
import { endSessionOf, forgetCookies, noteSecondFactor, sessionCookie, sessionToken } from './sessions.ts'

/** Where to go after a step of signing in, and the cookies that go with it. */
export interface Step {
  to: string
  cookies: string[]
}

/** The request itself travels with what was typed: cookies and network address belong to signing in. */
export const From = z.instanceof(Request)
const Back = z.string().max(2000).optional()

/** Signs in with e-mail address and password. The same answer and work, whether or not the account exists. */
export function beginSession(auth: AuthContext) {
  return command({
    audit: 'access.session.begin',
    input: z.object({ email: z.email().max(320), password: z.string().min(1).max(1000), back: Back, from: From }),
    subject: nothingStored,
    permission: everyone,
    run: async (work, input): Promise<Outcome<Step>> => {
      const locked = await refuseTooMany(auth, 'sign-in', input.from, input.email)
      const account = await accountOf(auth, input.email)
      if (locked) return refusing(locked, account, 'too often')
      const answer = await auth.engine.api.signInEmail({
        body: { email: input.email, password: input.password },
        headers: engineHeaders(input.from),
        asResponse: true,
      })
      if (!answer.ok) return refusing(invalid({ path: '', message: m.auth_wrong_password() }), account, 'password')
      await endEarlierSession(auth, work.tx, input.from)
      const cookies = answer.headers.getSetCookie()
      const told: unknown = await answer.json()
      if (typeof told === 'object' && told !== null && 'twoFactorRedirect' in told) {
        return ok({ to: `/sign-in/code?back=${encodeURIComponent(ownPath(input.back))}`, cookies })
      }
      await auth.attempts.clear('sign-in', input.email)
      if (account) work.about({ kind: 'account', id: account, detail: { by: 'password' } })
      return ok(await arrive(auth, cookies, input.back))
    },
  })
}

/** Shows the code of the authenticator app, or a recovery code, after a password that was right. */
export function showCode(auth: AuthContext) {
  return command({
    audit: 'access.session.begin',
    input: z.object({ code: z.string().trim().min(1).max(40), back: Back, from: From }),
    subject: nothingStored,
    permission: everyone,
    run: async (work, input): Promise<Outcome<Step>> => {
      const waiting = await waitingAccount(auth, input.from)
      if (!waiting) return invalid({ path: '', message: m.auth_code_late() })
      const locked = await refuseTooMany(auth, 'code', input.from, waiting.account)
      if (locked) return refusing(locked, waiting.account, 'too often')
      const isTotp = readCode(input.code).is === 'totp'
      const answer = await checkCode(auth, input.from, waiting, input.code)
      if (!answer?.ok) {
        const message = isTotp ? m.auth_wrong_code() : m.auth_wrong_recovery_code()
        return refusing(invalid({ path: 'code', message }), waiting.account, 'code')
      }
      const cookies = answer.headers.getSetCookie()
      const token = tokenAmong(auth, cookies)
      if (token) await noteSecondFactor(auth.pool, token)
      await auth.attempts.clear('sign-in', waiting.email)
      await auth.attempts.clear('code', waiting.account)
      work.about({
        kind: 'account',
        id: waiting.account,
        detail: { by: isTotp ? 'password and code' : 'password and recovery code' },
      })
      return ok(await arrive(auth, cookies, input.back))
    },
  })
}

/** Ends this session, on the server and in the browser. */
export function endOwnSession(auth: AuthContext) {
  return command({
    audit: 'access.session.end',
    input: z.object({ from: From }),
    subject: nothingStored,
    permission: everyone,
    run: async (work, input): Promise<Outcome<Step>> => {
      await endEarlierSession(auth, work.tx, input.from)
      if (work.actor) work.about({ kind: 'account', id: work.actor.account })
      return ok({ to: '/', cookies: forgetCookies(auth.config.url) })
    },
  })
}

export interface Waiting {
  account: string
  email: string
  demo: boolean
}

/** Whose password was right in this browser and who now owes a code. */
export async function waitingAccount(auth: AuthContext, request: Request): Promise<Waiting | undefined> {
  const cookie = sessionCookie(auth.config.url).replace('session_token', 'two_factor')
  const identifier = sessionToken(request, auth.config.url, auth.secret, cookie)
  if (!identifier) return undefined
  const { rows } = await auth.pool.query<Waiting>(
    `select u.id as account, u.email, u.demo from auth.verification v join auth."user" u on u.id::text = v.value
     where v.identifier = $1 and v."expiresAt" > now()`,
    [identifier],
  )
  return rows[0]
}

/** A code counts once. Demo accounts are exempt: their codes stand on the page, and trying out means signing in again and again. */
async function checkCode(
  auth: AuthContext,
  request: Request,
  waiting: Waiting,
  typed: string,
): Promise<Response | undefined> {
  const headers = engineHeaders(request)
  const { is, code } = readCode(typed)
  if (is === 'recovery') return auth.engine.api.verifyBackupCode({ body: { code }, headers, asResponse: true })
  const exempt = waiting.demo && showsDemo(auth)
  if (!exempt && !(await spendCode(auth.pool, waiting.account, code, auth.now()))) return undefined
  return auth.engine.api.verifyTOTP({ body: { code }, headers, asResponse: true })
}

/** The session that was just begun, and where it leads: first to the second factor, where a role needs one. */
export async function arrive(auth: AuthContext, cookies: string[], back: string | undefined): Promise<Step> {
  const to = ownPath(back)
  const actor = await actorAmong(auth, cookies)
  if (actor && needsSecondFactor(actor) && !actor.secondFactor) {
    return { to: `/account/second-factor?back=${encodeURIComponent(to)}`, cookies }
  }
  return { to, cookies }
}

/** Who has just signed in, by the cookies that go to their browser. */
export async function actorAmong(auth: AuthContext, cookies: readonly string[]): Promise<Actor | undefined> {
  const token = tokenAmong(auth, cookies)
  return token ? (await loadBySession(auth.pool, token, auth.now()))?.actor : undefined
}

/** The token of a session among `Set-Cookie` values. */
export function tokenAmong(auth: AuthContext, cookies: readonly string[]): string | undefined {
  const cookie = cookies.map((value) => value.split(';')[0] ?? '').join('; ')
  return sessionToken(new Request(auth.config.url, { headers: { cookie } }), auth.config.url, auth.secret)
}

/** Ends the session that this browser had, in the transaction that records why. */
export async function endEarlierSession(auth: AuthContext, tx: Tx, request: Request): Promise<void> {
  const token = sessionToken(request, auth.config.url, auth.secret)
  if (!token) return
  await enterPurpose(tx, 'sign-in')
  await endSessionOf(tx, token)
}

/** What the engine may know of a request. */
export function engineHeaders(request: Request): Headers {
  const headers = new Headers()
  for (const name of ['cookie', 'user-agent', 'origin']) {
    const value = request.headers.get(name)
    if (value) headers.set(name, value.slice(0, name === 'user-agent' ? 300 : 8000))
  }
  return headers
}
