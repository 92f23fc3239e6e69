import type { Child } from 'hono/jsx'
import { m } from '../i18n/speech.ts'
import type { Locale } from '../i18n/text.ts'
import { type FormState, fieldId } from './form.tsx'
import { present } from './present.ts'

interface Common {
  state: FormState
  /** dotted as the schema nests it: `names.uk`; with `[]` at the end it may come more than once */
  name: string
  label: Child
  description?: Child
  /** says "optional"; whatever does not say it is needed */
  optional?: boolean
  /** language of what is typed, when it is not the page's */
  lang?: Locale | undefined
}

export interface Option {
  value: string
  label: Child
  description?: Child
}

type Line = Common & {
  kind?: 'text' | 'email' | 'password' | 'search' | 'tel' | 'url' | 'date' | 'time' | 'number'
  value?: string | number | undefined
  /** purpose for browsers that fill in (WCAG 1.3.5) */
  autocomplete?: string
  inputmode?: 'numeric' | 'decimal' | 'email' | 'tel' | 'url'
  min?: string | number
  max?: string | number
  step?: string | number
  /** at most so many characters; as a hint to the width too */
  maxlength?: number
}
type Lines = Common & { kind: 'textarea'; value?: string | undefined; rows?: number; maxlength?: number }
type Select = Common & {
  kind: 'select'
  value?: string | undefined
  options: readonly { value: string; label: string; lang?: Locale }[]
}
type Radios = Common & { kind: 'radios'; value?: string | undefined; options: readonly Option[] }
type Checkboxes = Common & { kind: 'checkboxes'; value?: readonly string[] | undefined; options: readonly Option[] }
type File = Common & { kind: 'file'; accept?: string; multiple?: boolean }

export type FieldProps = Line | Lines | Select | Radios | Checkboxes | File

/** One question of a form: label, description, what is wrong, and what was typed or is stored. */
export function Field(props: FieldProps) {
  switch (props.kind) {
    case 'radios':
    case 'checkboxes':
      return <Group {...props} />
    default:
      return <Single {...props} />
  }
}

function Single(props: Exclude<FieldProps, Radios | Checkboxes>) {
  const { id, messages, describedBy } = known(props)
  const shared = {
    class: 'ds-input',
    id,
    name: props.name,
    lang: props.lang,
    'aria-describedby': describedBy,
    'aria-invalid': messages.length ? ('true' as const) : undefined,
    'aria-required': props.optional || props.kind === 'file' ? undefined : ('true' as const),
  }
  return (
    <div class="ds-field">
      <label class="ds-label" for={id}>
        {props.label}
        {props.optional ? <Optional /> : null}
      </label>
      <Description id={id} of={props.description} />
      <Messages id={id} messages={messages} />
      {control(props, shared)}
    </div>
  )
}

function control(props: Exclude<FieldProps, Radios | Checkboxes>, shared: Record<string, unknown>) {
  switch (props.kind) {
    case 'textarea':
      return (
        <textarea {...shared} rows={props.rows ?? 4} maxlength={props.maxlength}>
          {typed(props, props.value)}
        </textarea>
      )
    case 'select': {
      const value = typed(props, props.value)
      return (
        <select {...shared}>
          {value === '' || props.optional ? (
            <option value="">{props.optional ? m.form_not_chosen() : m.form_choose_one()}</option>
          ) : null}
          {props.options.map((option) => (
            <option value={option.value} lang={option.lang} selected={option.value === value}>
              {option.label}
            </option>
          ))}
        </select>
      )
    }
    case 'file':
      return <input {...shared} type="file" accept={props.accept} multiple={props.multiple ?? false} />
    default: {
      const { kind = 'text', autocomplete, inputmode, min, max, step, maxlength } = props
      // A password never travels back to the page.
      const value = kind === 'password' ? undefined : typed(props, props.value)
      const narrow =
        kind === 'date' || kind === 'time' || kind === 'number' || (maxlength !== undefined && maxlength <= 12)
      return (
        <input
          {...shared}
          type={kind}
          value={value}
          autocomplete={autocomplete}
          inputmode={inputmode}
          min={min}
          max={max}
          step={step}
          maxlength={maxlength}
          data-narrow={narrow ? '' : undefined}
        />
      )
    }
  }
}

function Group(props: Radios | Checkboxes) {
  const { id, messages, describedBy } = known(props)
  const initial = props.kind === 'radios' ? [props.value ?? ''] : (props.value ?? [])
  const chosen = props.state.typed ? (props.state.typed.get(props.name) ?? []) : initial
  const type = props.kind === 'radios' ? 'radio' : 'checkbox'
  return (
    <fieldset class="ds-fieldset" aria-describedby={describedBy} aria-invalid={messages.length ? 'true' : undefined}>
      <legend class="ds-label">
        {props.label}
        {props.optional ? <Optional /> : null}
      </legend>
      <Description id={id} of={props.description} />
      <Messages id={id} messages={messages} />
      {props.options.map((option, index) => {
        // The first choice carries the id of the whole group: the error summary leads there.
        const own = index === 0 ? id : `${id}--${index}`
        return (
          <div class="ds-field">
            <input
              class="ds-input"
              type={type}
              id={own}
              name={props.name}
              value={option.value}
              checked={chosen.includes(option.value)}
              aria-describedby={present(option.description) ? `${id}--${index}-description` : undefined}
            />
            <label class="ds-label" data-weight="regular" for={own}>
              {option.label}
            </label>
            <Description id={`${id}--${index}`} of={option.description} />
          </div>
        )
      })}
    </fieldset>
  )
}

/** Names of the parts of a field, and what is wrong with it or with anything below its path. */
function known({ state, name, description }: Common) {
  const id = fieldId(name, state.part)
  const path = name.replace(/\[\]$/, '')
  const errors = state.outcome?.is === 'invalid' ? state.outcome.errors : []
  const below = name.endsWith('[]') ? `${path}.` : undefined
  const messages = errors
    .filter((error) => error.path === path || (below !== undefined && error.path.startsWith(below)))
    .map((error) => error.message)
  const parts = [present(description) ? `${id}-description` : '', messages.length ? `${id}-error` : ''].filter(Boolean)
  return { id, messages, describedBy: parts.length ? parts.join(' ') : undefined }
}

/** What the person typed wins over what is stored, also when they emptied the field. */
function typed({ state, name }: Common, stored: string | number | undefined): string {
  return state.typed ? (state.typed.get(name)?.[0] ?? '') : String(stored ?? '')
}

function Description({ id, of }: { id: string; of: Child }) {
  return present(of) ? (
    <div data-field="description" id={`${id}-description`}>
      {of}
    </div>
  ) : null
}

function Messages({ id, messages }: { id: string; messages: readonly string[] }) {
  return messages.length ? (
    <p class="ds-validation-message" id={`${id}-error`}>
      {[...new Set(messages)].join(' ')}
    </p>
  ) : null
}

const Optional = () => <span class="ln-optional"> ({m.form_optional()})</span>
