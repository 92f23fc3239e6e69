import type { Child } from 'hono/jsx'
import { Button } from '../../ui/buttons.tsx'
import { ErrorSummary, type FormState } from '../../ui/form.tsx'

/**
 * A form that carries secrets. It has no idempotency key: under one, the outcome (a cookie, a recovery code) and a fast hash of
 * what was typed would be stored. Sending it twice does no harm.
 */
export function SecretForm({
  action,
  state,
  hidden = {},
  submit,
  variant = 'primary',
  children,
}: {
  action: string
  state: FormState
  hidden?: Readonly<Record<string, string>>
  submit: string
  variant?: 'primary' | 'secondary'
  children?: Child
}) {
  return (
    <form class="ln-form ln-stack" data-gap="6" action={action} method="post" novalidate>
      <Trouble state={state} />
      {Object.entries(hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {children}
      <div class="ln-row">
        <Button variant={variant}>{submit}</Button>
      </div>
    </form>
  )
}

/** A form of one button, within a list. */
export function ButtonForm({
  action,
  hidden,
  submit,
  about,
}: {
  action: string
  hidden: Readonly<Record<string, string>>
  submit: string
  about?: string
}) {
  return (
    <form action={action} method="post">
      {Object.entries(hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <Button variant="tertiary">
        {submit}
        {about ? <span class="ds-sr-only">: {about}</span> : null}
      </Button>
    </form>
  )
}

function Trouble({ state }: { state: FormState }) {
  const { outcome } = state
  if (outcome?.is === 'invalid') return <ErrorSummary errors={outcome.errors} />
  if (outcome?.is === 'late') return <ErrorSummary errors={[{ path: '', message: outcome.message }]} />
  if (outcome?.is === 'conflict' && outcome.message)
    return <ErrorSummary errors={[{ path: '', message: outcome.message }]} />
  return null
}
