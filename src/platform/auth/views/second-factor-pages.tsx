import { raw } from 'hono/html'
import { m } from '../../i18n/speech.ts'
import { ButtonLink } from '../../ui/buttons.tsx'
import { Field } from '../../ui/field.tsx'
import type { FormState } from '../../ui/form.tsx'
import { Note } from '../../ui/notices.tsx'
import { PageHead, Section } from '../../ui/page-head.tsx'
import { SecretForm } from './secret-form.tsx'
import { CodeField, DemoCode } from './sign-in-pages.tsx'

const toAccount = () => ({ href: '/account', label: m.auth_account_title() })

/** Why this page stands before all others, for whom a role demands it. */
function Demanded({ shown }: { shown: boolean }) {
  return shown ? (
    <Note color="info" mark="shield" heading={m.auth_factor_demanded()}>
      <p>{m.auth_factor_demanded_why()}</p>
    </Note>
  ) : null
}

/** No app yet: says what it is and begins. */
export function BeginFactorPage({
  state,
  back,
  demanded,
  hasPassword,
}: {
  state: FormState
  back: string
  demanded: boolean
  hasPassword: boolean
}) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead title={m.auth_factor_title()} lead={m.auth_factor_lead()} back={toAccount()} />
      <Demanded shown={demanded} />
      <SecretForm action="/account/second-factor/begin" state={state} hidden={{ back }} submit={m.auth_factor_set_up()}>
        {hasPassword ? (
          <Field
            state={state}
            name="password"
            kind="password"
            label={m.auth_password_current()}
            autocomplete="current-password"
          />
        ) : null}
      </SecretForm>
    </div>
  )
}

/** The key as picture and as text, and the first code that shows that the app has it. @param picture SVG */
export function ScanPage({
  state,
  back,
  secret,
  address,
  picture,
}: {
  state: FormState
  back: string
  secret: string
  address: string
  picture: string
}) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead title={m.auth_factor_set_up()} lead={m.auth_factor_scan()} back={toAccount()} />
      <div role="img" aria-label={m.auth_factor_picture()}>
        {raw(picture)}
      </div>
      <p>
        {m.auth_factor_text()} <code>{secret.replaceAll(/(.{4})/g, '$1 ').trim()}</code>
      </p>
      <p>
        <a href={address}>{m.auth_factor_open()}</a>
      </p>
      <SecretForm action="/account/second-factor" state={state} hidden={{ back }} submit={m.auth_factor_confirm()}>
        <CodeField state={state} />
      </SecretForm>
    </div>
  )
}

/** There is an app, but this session began without it. */
export function ShowFactorPage({
  state,
  back,
  demanded,
  demoCode,
}: {
  state: FormState
  back: string
  demanded: boolean
  demoCode: string | undefined
}) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead title={m.auth_code_title()} lead={m.auth_code_lead()} back={toAccount()} />
      <Demanded shown={demanded} />
      <SecretForm action="/account/second-factor" state={state} hidden={{ back }} submit={m.auth_factor_confirm()}>
        <CodeField state={state} description={m.auth_code_recovery()} />
      </SecretForm>
      {demoCode ? <DemoCode code={demoCode} /> : null}
    </div>
  )
}

/** There is an app, and it was shown: new recovery codes, or away with it. */
export function ManageFactorPage({
  states,
  hasPassword,
  demanded,
}: {
  states: { renew?: FormState; remove?: FormState }
  hasPassword: boolean
  demanded: boolean
}) {
  const renew = states.renew ?? {}
  const remove = states.remove ?? {}
  const password = (state: FormState, name: 'password' | 'removal') =>
    hasPassword ? (
      <Field
        state={state}
        name={name}
        kind="password"
        label={m.auth_password_current()}
        autocomplete="current-password"
      />
    ) : null
  return (
    <div class="ln-stack ln-read" data-gap="10">
      <PageHead title={m.auth_factor_title()} lead={m.auth_factor_on()} back={toAccount()} />
      <Section id="renew" heading={m.auth_recovery_title()}>
        <p>{m.auth_recovery_renew_explain()}</p>
        <SecretForm
          action="/account/second-factor/codes"
          state={renew}
          submit={m.auth_recovery_renew()}
          variant="secondary"
        >
          {password(renew, 'password')}
        </SecretForm>
      </Section>
      {demanded ? null : (
        <Section id="remove" heading={m.auth_factor_remove()} line>
          <p>{m.auth_factor_remove_explain()}</p>
          <SecretForm
            action="/account/second-factor/remove"
            state={remove}
            submit={m.auth_factor_remove()}
            variant="secondary"
          >
            {password(remove, 'removal')}
          </SecretForm>
        </Section>
      )}
    </div>
  )
}

/** The recovery codes, this once. */
export function RecoveryCodesPage({ codes, back }: { codes: readonly string[]; back: string }) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead title={m.auth_recovery_title()} lead={m.auth_recovery_lead()} />
      <Note color="warning">
        <p>{m.auth_once()}</p>
      </Note>
      <ul class="ds-list">
        {codes.map((code) => (
          <li>
            <code class="ln-number">{code}</code>
          </li>
        ))}
      </ul>
      <p>
        <ButtonLink href={back}>{m.auth_recovery_kept()}</ButtonLink>
      </p>
    </div>
  )
}
