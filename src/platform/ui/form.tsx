import type { Child } from 'hono/jsx'
import type { FieldError, Outcome } from '../access/outcome.ts'
import { m } from '../i18n/speech.ts'
import { Button } from './buttons.tsx'
import { Script } from './script.tsx'

/** Hidden fields of the platform: the idempotency key, and the version that the person began with. */
export const keyField = '_key'
export const versionField = 'version'

/** What came of the last try to send this form; `{}` for a fresh one. The same object goes to the form and to each field. */
export interface FormState {
  /** everything that was typed, by field name */
  typed?: ReadonlyMap<string, readonly string[]> | undefined
  outcome?: Exclude<Outcome<unknown>, { is: 'ok' }> | undefined
  /** tells forms of one page apart that ask for something of the same name */
  part?: string
}

/** One row of "somebody changed this meanwhile". */
export interface Difference {
  label: string
  theirs: string
  yours: string
}

export interface FormProps {
  action: string
  state: FormState
  /** new for every form; a second press of the button does nothing twice. What comes back undone keeps the key that it was sent with */
  idempotencyKey: string
  /** version of what is changed; after a conflict the version that is stored now */
  version?: number | string | undefined
  /** the fields that differ, after a conflict */
  differences?: readonly Difference[]
  /** words of the one primary button, or other buttons in its place */
  submit?: string
  buttons?: Child
  /** the form carries files */
  files?: boolean
  children?: Child
}

/**
 * A form that works without script: mistakes are listed above it and linked to their fields, nothing typed is lost,
 * a conflict shows both texts, idempotency key and version travel hidden.
 */
export function Form({
  action,
  state,
  idempotencyKey,
  version,
  differences = [],
  submit,
  buttons,
  files = false,
  children,
}: FormProps) {
  const { outcome } = state
  // After a conflict the key may be spent: what is sent then is something new.
  const sent = outcome && outcome.is !== 'conflict' ? state.typed?.get(keyField)?.[0] : undefined
  return (
    <form
      class="ln-form ln-stack"
      data-gap="6"
      action={action}
      method="post"
      novalidate
      enctype={files ? 'multipart/form-data' : undefined}
    >
      {outcome ? <Trouble outcome={outcome} typed={state.typed} part={state.part} differences={differences} /> : null}
      <input type="hidden" name={keyField} value={sent ?? idempotencyKey} />
      {version === undefined ? null : <input type="hidden" name={versionField} value={String(version)} />}
      {children}
      <div class="ln-row">{buttons ?? <Button>{submit ?? m.form_save()}</Button>}</div>
    </form>
  )
}

/** Why the form is here again. */
function Trouble({
  outcome,
  typed,
  part,
  differences,
}: {
  outcome: NonNullable<FormState['outcome']>
  typed: FormState['typed']
  part: FormState['part']
  differences: readonly Difference[]
}) {
  switch (outcome.is) {
    case 'invalid':
      return <ErrorSummary errors={outcome.errors} typed={typed} part={part} />
    case 'conflict':
      return <Conflict message={outcome.message} differences={differences} />
    case 'late':
      return <ErrorSummary title={outcome.message} errors={[]} />
    case 'forbidden':
      return <ErrorSummary errors={[{ path: '', message: m.page_403_title() }]} />
    case 'notFound':
      return <ErrorSummary errors={[{ path: '', message: m.page_410_title() }]} />
  }
}

/** The id of the field that a path (`names.uk`, `target[]`) belongs to. */
export function fieldId(path: string, part = ''): string {
  return `f-${part}${part && '-'}${path.replace(/\[\]$/, '').replace(/[^\p{L}\p{N}]+/gu, '-')}`
}

/** The field that an error belongs to: `groups.1` is the second choice of the one field `groups[]`. */
function fieldOf(path: string, typed: FormState['typed']): string {
  const list = path.replace(/\.\d+(\..*)?$/, '')
  return typed?.has(`${list}[]`) ? list : path
}

/** What to look at again, linked to the fields, or why the form is here although no field is wrong; takes the focus. */
export function ErrorSummary({
  title,
  errors,
  typed,
  part,
}: {
  title?: string
  errors: readonly FieldError[]
  typed?: FormState['typed']
  part?: FormState['part']
}) {
  return (
    <section class="ds-error-summary" tabindex={-1} aria-labelledby="errors-title">
      <h2 id="errors-title">{title ?? m.form_errors_title({ count: errors.length })}</h2>
      {errors.length > 0 ? (
        <ul class="ds-list">
          {errors.map(({ path, message }) => (
            <li>{path === '' ? message : <a href={`#${fieldId(fieldOf(path, typed), part)}`}>{message}</a>}</li>
          ))}
        </ul>
      ) : null}
      <p class="ln-small">{m.form_nothing_lost()}</p>
      <Script name="focus-summary.js" />
    </section>
  )
}

/** Somebody changed the same thing meanwhile: both texts side by side, nothing overwritten. */
export function Conflict({
  message,
  differences,
}: {
  message?: string | undefined
  differences: readonly Difference[]
}) {
  return (
    <section class="ds-error-summary" tabindex={-1} aria-labelledby="errors-title">
      <h2 id="errors-title">{m.form_conflict_title()}</h2>
      <p>{message ?? m.form_conflict_intro()}</p>
      {differences.length ? (
        <dl class="ln-both">
          {differences.map(({ label, theirs, yours }) => (
            <div>
              <dt>{label}</dt>
              <dd>
                <strong>{m.form_conflict_theirs()}</strong>
                <span>{theirs || m.form_empty()}</span>
              </dd>
              <dd>
                <strong>{m.form_conflict_yours()}</strong>
                <span>{theirs === yours ? m.form_conflict_same() : yours || m.form_empty()}</span>
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      <Script name="focus-summary.js" />
    </section>
  )
}
