import { keptPath } from '../../http/kept-form.ts'
import { m } from '../../i18n/speech.ts'
import { ButtonLink } from '../../ui/buttons.tsx'
import { Field } from '../../ui/field.tsx'
import type { FormState } from '../../ui/form.tsx'
import { Note } from '../../ui/notices.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Script } from '../../ui/script.tsx'
import { SecretForm } from './secret-form.tsx'

export interface DemoAccount {
  name: string
  email: string
  /** the current code of its second factor */
  code: string | undefined
}

/** Signing in: password, passkey where the browser can, the region's sign-in service where there is one. */
export function SignInPage({
  state,
  back,
  service,
  demo,
}: {
  state: FormState
  back: string
  service: string | undefined
  demo: readonly DemoAccount[]
}) {
  const query = `?back=${encodeURIComponent(back)}`
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead title={m.auth_sign_in_title()} lead={formWaits(back) ? undefined : m.auth_sign_in_lead()} />
      <Waiting back={back} />
      <SecretForm action="/sign-in" state={state} hidden={{ back }} submit={m.auth_sign_in_button()}>
        <Field
          state={state}
          name="email"
          kind="email"
          label={m.auth_email()}
          autocomplete="username webauthn"
          maxlength={320}
        />
        <Field
          state={state}
          name="password"
          kind="password"
          label={m.auth_password()}
          autocomplete="current-password"
        />
      </SecretForm>
      <div data-passkey="sign-in" data-back={back} hidden>
        <div class="ln-stack" data-gap="3">
          <button class="ds-button" data-variant="secondary" type="button">
            {m.auth_passkey_use()}
          </button>
          <p role="alert" data-trouble={m.auth_passkey_failed()} />
        </div>
        <Script name="passkey.js" />
      </div>
      {service ? (
        <p>
          <ButtonLink variant="secondary" href={`/sign-in/oidc${query}`}>
            {m.auth_service_use({ service })}
          </ButtonLink>
        </p>
      ) : null}
      <ul class="ds-list">
        <li>
          <a href="/forgot">{m.auth_forgot_link()}</a>
        </li>
        <li>
          <a href="/register">{m.auth_register_link()}</a>
        </li>
      </ul>
      {demo.length > 0 ? <DemoAccounts accounts={demo} /> : null}
    </div>
  )
}

const formWaits = (back: string): boolean => back.startsWith(keptPath)

/** Says to somebody who was signed out in the middle of a form that it is still there. */
function Waiting({ back }: { back: string }) {
  if (!formWaits(back)) return null
  return (
    <Note color="info" heading={m.auth_form_waits()}>
      <p>{m.auth_form_waits_explain()}</p>
      <p>{m.auth_form_waits_files()}</p>
    </Note>
  )
}

/** Who tries the demo needs no telephone: the codes stand here, on loopback alone. */
function DemoAccounts({ accounts }: { accounts: readonly DemoAccount[] }) {
  return (
    <Note color="neutral" heading={m.auth_demo_heading()}>
      <p>{m.auth_demo_explain()}</p>
      <dl class="ln-summary">
        {accounts.map(({ name, email, code }) => (
          <div>
            <dt>{name}</dt>
            <dd>
              {email}
              {code ? (
                <>
                  {' · '}
                  {m.auth_demo_code()} <strong class="ln-number">{code}</strong>
                </>
              ) : null}
            </dd>
          </div>
        ))}
      </dl>
    </Note>
  )
}

/** The second step: a code of the app, or one of the recovery codes. */
export function CodePage({ state, back, demoCode }: { state: FormState; back: string; demoCode: string | undefined }) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        title={m.auth_code_title()}
        lead={m.auth_code_lead()}
        back={{ href: `/sign-in?back=${encodeURIComponent(back)}`, label: m.auth_sign_in_title() }}
      />
      <Waiting back={back} />
      <SecretForm action="/sign-in/code" state={state} hidden={{ back }} submit={m.auth_sign_in_button()}>
        <CodeField state={state} description={m.auth_code_recovery()} />
      </SecretForm>
      {demoCode ? <DemoCode code={demoCode} /> : null}
    </div>
  )
}

export function CodeField({ state, description }: { state: FormState; description?: string }) {
  return (
    <Field
      state={state}
      name="code"
      label={m.auth_code()}
      {...(description ? { description } : {})}
      autocomplete="one-time-code"
      maxlength={40}
    />
  )
}

export function DemoCode({ code }: { code: string }) {
  return (
    <Note color="neutral">
      <p>
        {m.auth_demo_code_now()} <strong class="ln-number">{code}</strong>
      </p>
    </Note>
  )
}
