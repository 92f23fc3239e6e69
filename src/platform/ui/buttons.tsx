import type { Child } from 'hono/jsx'
import { Icon, type IconName } from './icons.tsx'
import type { Colour } from './status.tsx'

interface Look {
  /** one primary button on a page; every other is secondary, or tertiary (a link in the shape of a button) */
  variant?: 'primary' | 'secondary' | 'tertiary'
  icon?: IconName
  /** as wide as its place */
  wide?: boolean
  color?: Colour
  children: Child
}

const look = ({ variant = 'primary', wide, color }: Look) => ({
  class: 'ds-button',
  'data-variant': variant === 'primary' ? undefined : variant,
  'data-fullwidth': wide ? '' : undefined,
  'data-color': color,
})

/** A button of a form. `name` and `value` tell several buttons of one form apart; `formaction` sends the form to another address. */
export function Button(
  props: Look & { name?: string; value?: string; type?: 'submit' | 'button'; formaction?: string },
) {
  return (
    <button
      {...look(props)}
      type={props.type ?? 'submit'}
      name={props.name}
      value={props.value}
      formaction={props.formaction}
    >
      {props.icon ? <Icon name={props.icon} /> : null}
      {props.children}
    </button>
  )
}

/** A link that starts something: looks like a button, is a link. */
export function ButtonLink(props: Look & { href: string }) {
  return (
    <a {...look(props)} href={props.href}>
      {props.icon ? <Icon name={props.icon} /> : null}
      {props.children}
    </a>
  )
}
