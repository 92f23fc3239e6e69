import { m } from '../../i18n/speech.ts'
import { ButtonLink } from '../../ui/buttons.tsx'
import { Confirmation } from '../../ui/confirmation.tsx'
import { Field } from '../../ui/field.tsx'
import type { FormState } from '../../ui/form.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { shortestPassword } from '../password-rules.ts'
import { SecretForm } from './secret-form.tsx'

const toSignIn = () => ({ href: '/sign-in', label: m.auth_sign_in_title() })

/** Name and address; the password comes after the letter. */
export function RegisterPage({ state }: { state: FormState }) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead title={m.auth_register_title()} lead={m.auth_register_lead()} back={toSignIn()} />
      <SecretForm action="/register" state={state} submit={m.auth_register_button()}>
        <Field
          state={state}
          name="name"
          label={m.auth_name()}
          description={m.auth_name_hint()}
          autocomplete="name"
          maxlength={200}
        />
        <Field state={state} name="email" kind="email" label={m.auth_email()} autocomplete="email" maxlength={320} />
      </SecretForm>
    </div>
  )
}

export function ForgotPage({ state }: { state: FormState }) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead title={m.auth_forgot_title()} lead={m.auth_forgot_lead()} back={toSignIn()} />
      <SecretForm action="/forgot" state={state} submit={m.auth_forgot_button()}>
        <Field state={state} name="email" kind="email" label={m.auth_email()} autocomplete="username" maxlength={320} />
      </SecretForm>
    </div>
  )
}

/** The same words whether or not there is such an account. */
export function LetterSentPage() {
  return (
    <Confirmation title={m.auth_sent_title()} next={[m.auth_sent_look(), m.auth_sent_open(), m.auth_sent_none()]} />
  )
}

/** Where the link of a letter leads. */
export function PasswordPage({
  state,
  action,
  title,
  lead,
}: {
  state: FormState
  action: string
  title: string
  lead: string
}) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead title={title} lead={lead} />
      <SecretForm action={action} state={state} submit={m.auth_password_set()}>
        <NewPasswordField state={state} />
      </SecretForm>
    </div>
  )
}

export function NewPasswordField({ state }: { state: FormState }) {
  return (
    <Field
      state={state}
      name="password"
      kind="password"
      label={m.auth_password_new()}
      description={m.auth_password_hint({ count: shortestPassword })}
      autocomplete="new-password"
    />
  )
}

/** The link was used, is too old, or was never ours: not told apart. */
export function LinkGonePage({ again }: { again: '/register' | '/forgot' }) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead title={m.auth_link_gone_title()} lead={m.auth_link_gone_lead()} />
      <p>
        <ButtonLink href={again}>{m.auth_link_gone_again()}</ButtonLink>
      </p>
    </div>
  )
}
