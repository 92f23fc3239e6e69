import type { Actor } from '../../access/actor.ts'
import type { TokenRow } from '../../access/tokens.ts'
import { formatMoment } from '../../i18n/format.ts'
import { ownNames } from '../../i18n/names.ts'
import { m } from '../../i18n/speech.ts'
import { type Locale, locales } from '../../i18n/text.ts'
import { Field } from '../../ui/field.tsx'
import type { FormState } from '../../ui/form.tsx'
import { Empty, Note } from '../../ui/notices.tsx'
import { PageHead, Section } from '../../ui/page-head.tsx'
import { Script } from '../../ui/script.tsx'
import { DataTable } from '../../ui/table.tsx'
import { deviceName } from '../devices.ts'
import type { Passkey } from '../own-factors.ts'
import type { Session } from '../sessions.ts'
import { NewPasswordField } from './registration-pages.tsx'
import { ButtonForm, SecretForm } from './secret-form.tsx'

/** Everything that the account page shows, and which of its forms came back. */
export interface AccountView {
  actor: Actor
  locale: Locale
  timeZone: string
  hasPassword: boolean
  hasSecondFactor: boolean
  sessions: readonly Session[]
  passkeys: readonly Passkey[]
  tokens: readonly TokenRow[]
  /** what a token may be allowed; empty: this instance offers none */
  scopes: readonly string[]
  states: Partial<Record<AccountForm, FormState>>
}

export type AccountForm = 'profile' | 'password' | 'token' | 'passkey' | 'session'

/** One's own account: who I am, how I sign in, where I am signed in, what programs may do for me. */
export function AccountPage(view: AccountView) {
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead
        title={m.auth_account_title()}
        facts={view.actor.email}
        action={<ButtonForm action="/sign-out" hidden={{}} submit={m.auth_sign_out()} />}
      />
      <Profile {...view} />
      <Password {...view} />
      <SecondFactor {...view} />
      <Passkeys {...view} />
      <Sessions {...view} />
      {view.scopes.length > 0 || view.tokens.length > 0 ? <Tokens {...view} /> : null}
    </div>
  )
}

function Profile({ actor, locale, states }: AccountView) {
  const state = states.profile ?? {}
  const back = '&back=%2Faccount'
  return (
    <Section id="profile" heading={m.auth_profile()}>
      <SecretForm action="/account" state={state} submit={m.form_save()}>
        <Field state={state} name="name" label={m.auth_name()} value={actor.name} autocomplete="name" maxlength={200} />
        <Field
          state={state}
          name="locale"
          kind="select"
          label={m.ui_language()}
          value={actor.locale ?? locale}
          options={locales.map((value) => ({ value, label: ownNames[value], lang: value }))}
        />
      </SecretForm>
      <p>
        {m.ui_scheme()}: <a href={`/theme?choose=auto${back}`}>{m.ui_scheme_auto()}</a> ·{' '}
        <a href={`/theme?choose=light${back}`}>{m.ui_scheme_light()}</a> ·{' '}
        <a href={`/theme?choose=dark${back}`}>{m.ui_scheme_dark()}</a>
      </p>
    </Section>
  )
}

function Password({ hasPassword, states }: AccountView) {
  const state = states.password ?? {}
  return (
    <Section id="password" heading={m.auth_password()} line>
      {hasPassword ? (
        <SecretForm action="/account/password" state={state} submit={m.auth_password_change()} variant="secondary">
          <Field
            state={state}
            name="current"
            kind="password"
            label={m.auth_password_current()}
            autocomplete="current-password"
          />
          <NewPasswordField state={state} />
        </SecretForm>
      ) : (
        <p>
          {m.auth_password_none()} <a href="/forgot">{m.auth_password_first()}</a>
        </p>
      )}
    </Section>
  )
}

function SecondFactor({ hasSecondFactor }: AccountView) {
  return (
    <Section id="second-factor" heading={m.auth_factor_title()} line>
      <p>{hasSecondFactor ? m.auth_factor_on() : m.auth_factor_off()}</p>
      <p>
        <a href="/account/second-factor">{hasSecondFactor ? m.auth_factor_manage() : m.auth_factor_set_up()}</a>
      </p>
    </Section>
  )
}

function Passkeys({ passkeys, timeZone, states }: AccountView) {
  const state = states.passkey ?? {}
  return (
    <Section id="passkeys" heading={m.auth_passkeys()} line>
      <p>{m.auth_passkeys_explain()}</p>
      {passkeys.length > 0 ? (
        <DataTable
          caption={m.auth_passkeys()}
          rows={passkeys}
          columns={[
            {
              id: 'name',
              label: m.auth_label(),
              head: true,
              cell: (key) => <RenameForm passkey={key} state={state} />,
            },
            {
              id: 'created',
              label: m.auth_since(),
              cell: (key) => (key.created ? formatMoment(key.created, timeZone) : ''),
            },
            {
              id: 'remove',
              label: m.auth_end(),
              cell: (key) => (
                <ButtonForm
                  action="/account/passkeys/remove"
                  hidden={{ id: key.id }}
                  submit={m.auth_remove()}
                  about={key.name ?? m.auth_passkey()}
                />
              ),
            },
          ]}
        />
      ) : null}
      <div data-passkey="add">
        <noscript>{m.auth_passkey_needs_script()}</noscript>
        <div hidden>
          <div class="ln-form ln-stack" data-gap="3">
            <div class="ds-field">
              <label class="ds-label" for="passkey-name">
                {m.auth_passkey_name()}
              </label>
              <input class="ds-input" id="passkey-name" maxlength={100} autocomplete="off" />
            </div>
            <div class="ln-row">
              <button class="ds-button" data-variant="secondary" type="button">
                {m.auth_passkey_add()}
              </button>
            </div>
          </div>
        </div>
        <p role="alert" data-trouble={m.auth_passkey_add_failed()} data-stale={m.auth_passkey_stale()} />
        <Script name="passkey.js" />
      </div>
    </Section>
  )
}

function RenameForm({ passkey, state }: { passkey: Passkey; state: FormState }) {
  const id = `passkey-${passkey.id}`
  const typed = state.typed?.get('id')?.[0] === passkey.id ? state.typed.get('name')?.[0] : undefined
  return (
    <form action="/account/passkeys/rename" method="post" class="ln-row">
      <input type="hidden" name="id" value={passkey.id} />
      <label class="ds-sr-only" for={id}>
        {m.auth_passkey_name()}
      </label>
      <input
        class="ds-input"
        id={id}
        name="name"
        value={typed ?? passkey.name ?? m.auth_passkey()}
        maxlength={100}
        required
      />
      <button class="ds-button" data-variant="tertiary" type="submit">
        {m.auth_rename()}
      </button>
    </form>
  )
}

function Sessions({ sessions, timeZone }: AccountView) {
  const name = (session: Session) => deviceName(session.agent) ?? m.auth_device_unknown()
  return (
    <Section id="sessions" heading={m.auth_sessions()} line>
      <p>{m.auth_sessions_explain()}</p>
      <DataTable
        caption={m.auth_sessions()}
        rows={sessions}
        columns={[
          {
            id: 'device',
            label: m.auth_device(),
            head: true,
            cell: (session) => (session.current ? `${name(session)} (${m.auth_session_this()})` : name(session)),
          },
          { id: 'since', label: m.auth_since(), cell: (session) => formatMoment(session.since, timeZone) },
          { id: 'seen', label: m.auth_seen(), cell: (session) => formatMoment(session.seen, timeZone) },
          {
            id: 'end',
            label: m.auth_end(),
            cell: (session) =>
              session.current ? (
                ''
              ) : (
                <ButtonForm
                  action="/account/sessions/end"
                  hidden={{ id: session.id }}
                  submit={m.auth_session_end()}
                  about={name(session)}
                />
              ),
          },
        ]}
      />
      {sessions.length > 1 ? (
        <ButtonForm action="/account/sessions/end" hidden={{ id: 'others' }} submit={m.auth_sessions_end_others()} />
      ) : null}
    </Section>
  )
}

function Tokens({ tokens, scopes, timeZone, states }: AccountView) {
  const state = states.token ?? {}
  return (
    <Section id="tokens" heading={m.auth_tokens()} line>
      <p>
        {m.auth_tokens_explain()} <a href="/api">{m.ui_api()}</a>
      </p>
      {tokens.length > 0 ? (
        <DataTable
          caption={m.auth_tokens()}
          rows={tokens}
          columns={[
            { id: 'name', label: m.auth_label(), head: true, cell: (token) => token.name },
            { id: 'scopes', label: m.auth_token_scopes(), cell: (token) => token.scopes.join(', ') },
            { id: 'until', label: m.auth_until(), cell: (token) => formatMoment(token.expires_at, timeZone) },
            {
              id: 'used',
              label: m.auth_used(),
              cell: (token) => (token.used_at ? formatMoment(token.used_at, timeZone) : m.auth_never()),
            },
            {
              id: 'end',
              label: m.auth_end(),
              cell: (token) => (
                <ButtonForm
                  action="/account/tokens/end"
                  hidden={{ id: token.id }}
                  submit={m.auth_remove()}
                  about={token.name}
                />
              ),
            },
          ]}
        />
      ) : (
        <Empty>{m.auth_tokens_none()}</Empty>
      )}
      {scopes.length > 0 ? (
        <SecretForm action="/account/tokens" state={state} submit={m.auth_token_make()} variant="secondary">
          <Field state={state} name="token" label={m.auth_token_name()} maxlength={100} />
          <Field
            state={state}
            name="scopes[]"
            kind="checkboxes"
            label={m.auth_token_scopes()}
            options={scopes.map((value) => ({ value, label: value }))}
          />
          <Field
            state={state}
            name="days"
            kind="number"
            label={m.auth_token_days()}
            value={90}
            min={1}
            max={365}
            inputmode="numeric"
          />
        </SecretForm>
      ) : null}
    </Section>
  )
}

/** A new token, this once. */
export function TokenMadePage({ token, name }: { token: string; name: string }) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        title={m.auth_token_made()}
        facts={name}
        back={{ href: '/account#tokens', label: m.auth_account_title() }}
      />
      <Note color="warning">
        <p>{m.auth_once()}</p>
      </Note>
      <div class="ds-field">
        <label class="ds-label" for="token">
          {m.auth_token_made()}
        </label>
        <textarea class="ds-input" id="token" readonly rows={2} autocomplete="off" spellcheck={false}>
          {token}
        </textarea>
      </div>
    </div>
  )
}
