import type { Child } from 'hono/jsx'
import { m } from '../i18n/speech.ts'
import { Button } from './buttons.tsx'
import { Icon } from './icons.tsx'
import { present } from './present.ts'

/** The way through a long list, page by page. Lists page by cursor, so there are no numbers. */
export function Pager({
  previous,
  next,
  shown,
}: {
  previous?: string | undefined
  next?: string | undefined
  shown?: Child
}) {
  if (!previous && !next) return null
  return (
    <nav class="ln-pager" aria-label={m.ui_pages()}>
      {previous ? (
        <a class="ds-button" data-variant="secondary" href={previous} rel="prev">
          <Icon name="back" />
          {m.ui_previous()}
        </a>
      ) : null}
      {present(shown) ? <span class="ln-small ln-quiet">{shown}</span> : null}
      {next ? (
        <a class="ds-button" data-variant="secondary" href={next} rel="next">
          {m.ui_next()}
          <Icon name="arrow" />
        </a>
      ) : null}
    </nav>
  )
}

export interface FiltersProps {
  /** path of the list; the choices become its query, so every state of the list is an address */
  action: string
  /** what else must stay in the address (search words, order) */
  keep?: Readonly<Record<string, string | undefined>>
  /** the fields. They stand twice in the page (folded for a phone, open on wide screens): begin every id with the prefix */
  fields: (prefix: string) => Child
  /** address of the list without any choice; given only when there is one */
  clear?: string | undefined
  /** folded open on a phone */
  open?: boolean
  children?: Child
}

/** Choices that narrow a list: a GET form. Works without script, and its result can be shared. */
export function Filters({ action, keep = {}, fields, clear, open = false, children }: FiltersProps) {
  const form = (prefix: string) => (
    <form action={action} method="get" class="ln-stack ln-small" data-gap="6">
      {Object.entries(keep).map(([name, value]) =>
        value === undefined ? null : <input type="hidden" name={name} value={value} />,
      )}
      {fields(prefix)}
      <Button variant="secondary">{m.ui_filters_apply()}</Button>
      {clear ? (
        <p>
          <a href={clear}>{m.ui_filters_clear()}</a>
        </p>
      ) : null}
      {children}
    </form>
  )
  return (
    <search aria-label={m.ui_filters()}>
      <details class="ds-details ln-only-narrow ln-fold" open={open}>
        <summary>{m.ui_filters()}</summary>
        <div>{form('n-')}</div>
      </details>
      <div class="ln-only-wide">{form('w-')}</div>
    </search>
  )
}

/** One group of choices in `Filters`: checkboxes of one name. */
export function Choices({
  prefix,
  name,
  legend,
  options,
  chosen,
}: {
  prefix: string
  name: string
  legend: Child
  options: readonly { value: string; label: Child }[]
  chosen: readonly string[]
}) {
  return (
    <fieldset class="ds-fieldset">
      <legend class="ds-label">{legend}</legend>
      {options.map((option) => {
        const id = `${prefix}${name}-${option.value}`
        return (
          <div class="ds-field">
            <input
              class="ds-input"
              type="checkbox"
              id={id}
              name={name}
              value={option.value}
              checked={chosen.includes(option.value)}
            />
            <label class="ds-label" data-weight="regular" for={id}>
              {option.label}
            </label>
          </div>
        )
      })}
    </fieldset>
  )
}
