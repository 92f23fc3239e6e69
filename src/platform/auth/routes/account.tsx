import { listTokens } from '../../access/tokens.ts'
import type { Answer } from '../../http/answer.ts'
import { redirect } from '../../http/answer.ts'
import { cookie } from '../../http/cookies.ts'
import type { Door } from '../../http/door.ts'
import type { Visit } from '../../http/visit.ts'
import { localeCookie } from '../../i18n/negotiate.ts'
import { inLocale, m } from '../../i18n/speech.ts'
import type { FormState } from '../../ui/form.tsx'
import { type AuthContext, recordRefusal } from '../context.ts'
import {
  accountOfActor,
  changePassword,
  changeProfile,
  endToken,
  fullySignedIn,
  hasPassword,
  inOwnSession,
  makeToken,
  revokeSession,
} from '../own-account.ts'
import { listPasskeys, removePasskey, renamePasskey } from '../own-factors.ts'
import { readSecondFactor } from '../second-factor.ts'
import { listSessions, sessionToken } from '../sessions.ts'
import { type AccountForm, AccountPage, TokenMadePage } from '../views/account-pages.tsx'
import { ownOnly, quietPage } from './answers.ts'

/** `/account` and the forms on it. */
export function accountRoutes(door: Door, auth: AuthContext, scopes: readonly string[]): void {
  const show = (visit: Visit, form?: AccountForm, state: FormState = {}) =>
    accountPage(auth, scopes, visit, form, state)
  const secure = auth.config.url.startsWith('https:')

  door.page('/account', { permission: inOwnSession, audit: ownOnly }, (visit) => show(visit))
  door.form('/account', {
    command: changeProfile(),
    input: (fields) => fields,
    done: ({ locale }) => ({
      is: 'redirect',
      to: '/account',
      flash: { kind: 'done', text: inLocale(locale, () => m.auth_saved()) },
      cookies: [cookie(localeCookie, locale, { days: 365, secure })],
    }),
    again: (typed, outcome, visit) => show(visit, 'profile', { typed, outcome }),
  })
  door.form('/account/password', {
    command: changePassword(auth),
    kept: false,
    input: (fields, visit) => ({ current: '', password: '', ...fields, from: visit.request }),
    done: () => redirect('/account', { kind: 'done', text: m.auth_password_changed() }),
    again: (_typed, outcome, visit) => show(visit, 'password', { outcome }),
  })
  door.form('/account/sessions/end', {
    command: revokeSession(auth),
    input: (fields, visit) => ({ ...fields, from: visit.request }),
    done: () => redirect('/account#sessions', { kind: 'done', text: m.auth_session_ended() }),
    again: (_typed, outcome, visit) => show(visit, 'session', { outcome }),
  })
  door.form('/account/tokens', {
    command: makeToken(auth, scopes),
    input: (fields, visit) => ({ ...fields, from: visit.request }),
    done: (made) => quietPage(m.auth_token_made(), <TokenMadePage {...made} />),
    again: (typed, outcome, visit) => show(visit, 'token', { typed, outcome }),
  })
  door.form('/account/tokens/end', {
    command: endToken(),
    input: (fields) => fields,
    done: () => redirect('/account#tokens', { kind: 'done', text: m.auth_token_ended() }),
    again: (_typed, outcome, visit) => show(visit, 'token', { outcome }),
  })
  door.form('/account/passkeys/rename', {
    command: renamePasskey(),
    input: (fields) => fields,
    done: () => redirect('/account#passkeys', { kind: 'done', text: m.auth_saved() }),
    again: (typed, outcome, visit) => show(visit, 'passkey', { typed, outcome }),
  })
  door.form('/account/passkeys/remove', {
    command: removePasskey(),
    input: (fields) => fields,
    done: () => redirect('/account#passkeys', { kind: 'done', text: m.auth_passkey_removed() }),
    again: (_typed, outcome, visit) => show(visit, 'passkey', { outcome }),
  })
}

async function accountPage(
  auth: AuthContext,
  scopes: readonly string[],
  visit: Visit,
  form: AccountForm | undefined,
  state: FormState,
): Promise<Answer> {
  const { actor } = visit
  const account = accountOfActor(actor)
  if (!actor) return { is: 'forbidden' }
  if (state.outcome) await recordRefusal(auth, 'access.password.change', state.outcome, account)
  const token = sessionToken(visit.request, auth.config.url, auth.secret)
  const [sessions, passkeys, password, factor, tokens] = await Promise.all([
    listSessions(auth.pool, account, token, visit.now),
    listPasskeys(auth, account),
    hasPassword(auth, account),
    readSecondFactor(auth.pool, account, auth.secret),
    visit.read((tx) => listTokens(tx, account)),
  ])
  return quietPage(
    m.auth_account_title(),
    <AccountPage
      actor={actor}
      locale={visit.locale}
      timeZone={visit.region?.timeZone ?? 'UTC'}
      hasPassword={password}
      hasSecondFactor={factor?.verified ?? false}
      sessions={sessions}
      passkeys={passkeys}
      tokens={tokens}
      scopes={fullySignedIn.may(actor, {}) ? scopes : []}
      states={form ? { [form]: state } : {}}
    />,
    state.outcome,
  )
}
