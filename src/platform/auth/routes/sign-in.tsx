import { z } from 'zod'
import { everyone } from '../../access/permission.ts'
import type { Answer } from '../../http/answer.ts'
import { redirect } from '../../http/answer.ts'
import type { Door } from '../../http/door.ts'
import { ownPath } from '../../http/same-origin.ts'
import { m } from '../../i18n/speech.ts'
import type { FormState } from '../../ui/form.tsx'
import { type AuthContext, recordRefusal, showsDemo } from '../context.ts'
import { readSecondFactor, totpCode } from '../second-factor.ts'
import { beginSession, endOwnSession, showCode, waitingAccount } from '../sign-in.ts'
import { CodePage, type DemoAccount, SignInPage } from '../views/sign-in-pages.tsx'
import { onward, ownOnly, quietPage } from './answers.ts'

const Query = z.object({ back: z.string().max(2000).optional(), error: z.string().max(100).optional() })

/** `/sign-in`, `/sign-in/code`, `/sign-out`. */
export function signInRoutes(door: Door, auth: AuthContext): void {
  door.page('/sign-in', { permission: everyone, audit: ownOnly, query: Query }, async ({ actor, query }) => {
    if (actor) return redirect(ownPath(query.back))
    return signInPage(
      auth,
      query.back,
      query.error ? { outcome: { is: 'invalid', errors: [{ path: '', message: serviceError(query.error) }] } } : {},
    )
  })
  door.form('/sign-in', {
    command: beginSession(auth),
    input: (fields, visit) => ({ ...fields, from: visit.request }),
    done: onward,
    again: async (typed, outcome) => {
      await recordRefusal(auth, 'access.session.begin', outcome)
      return signInPage(auth, typed.get('back')?.[0], { typed, outcome })
    },
  })

  door.page('/sign-in/code', { permission: everyone, audit: ownOnly, query: Query }, async ({ query, request }) => {
    if (!(await waitingAccount(auth, request)))
      return redirect(`/sign-in?back=${encodeURIComponent(ownPath(query.back))}`)
    return codePage(auth, request, query.back, {})
  })
  door.form('/sign-in/code', {
    command: showCode(auth),
    input: (fields, visit) => ({ ...fields, from: visit.request }),
    done: onward,
    again: async (typed, outcome, visit) => {
      await recordRefusal(auth, 'access.session.begin', outcome)
      return codePage(auth, visit.request, typed.get('back')?.[0], { outcome })
    },
  })

  door.form('/sign-out', {
    command: endOwnSession(auth),
    input: (_fields, visit) => ({ from: visit.request }),
    done: (step) => ({
      is: 'redirect',
      to: step.to,
      cookies: step.cookies,
      flash: { kind: 'done', text: m.auth_signed_out() },
    }),
    again: async () => redirect('/'),
  })
}

/** The page to sign in. @param back where it leads afterwards */
export async function signInPage(auth: AuthContext, back: string | undefined, state: FormState): Promise<Answer> {
  return quietPage(
    m.auth_sign_in_title(),
    <SignInPage state={state} back={ownPath(back)} service={auth.config.oidc?.name} demo={await demoAccounts(auth)} />,
    state.outcome,
  )
}

async function codePage(
  auth: AuthContext,
  request: Request,
  back: string | undefined,
  state: FormState,
): Promise<Answer> {
  return quietPage(
    m.auth_code_title(),
    <CodePage state={state} back={ownPath(back)} demoCode={await waitingDemoCode(auth, request)} />,
    state.outcome,
  )
}

async function waitingDemoCode(auth: AuthContext, request: Request): Promise<string | undefined> {
  const waiting = showsDemo(auth) ? await waitingAccount(auth, request) : undefined
  return waiting?.demo ? currentCode(auth, waiting.account) : undefined
}

async function currentCode(auth: AuthContext, account: string): Promise<string | undefined> {
  const factor = await readSecondFactor(auth.pool, account, auth.secret)
  return factor?.verified ? totpCode(factor.secret) : undefined
}

/** The demo accounts with their codes, only on loopback. */
async function demoAccounts(auth: AuthContext): Promise<DemoAccount[]> {
  if (!showsDemo(auth)) return []
  const { rows } = await auth.pool.query<{ id: string; name: string; email: string }>(
    'select id, name, email from auth."user" where demo order by email limit 40',
  )
  return Promise.all(rows.map(async ({ id, name, email }) => ({ name, email, code: await currentCode(auth, id) })))
}

/** What went wrong at the sign-in service, as far as the person can do something about it. */
function serviceError(code: string): string {
  if (code === 'email_not_verified' || code === 'email_not_found' || code === 'account_not_linked')
    return m.auth_service_unverified()
  if (code === 'unreachable') return m.auth_service_unreachable()
  return m.auth_service_failed()
}
