import type { Child } from 'hono/jsx'

/** Colours by meaning; see the table of the theme. */
export type Colour = 'accent' | 'brand1' | 'info' | 'success' | 'warning' | 'danger' | 'neutral'
export type StatusMark = 'done' | 'wait' | 'late' | 'stop' | 'ask' | 'shield' | 'eye' | 'draft' | 'globe' | 'dot'

const ownColour: Record<StatusMark, Colour> = {
  done: 'success',
  wait: 'info',
  late: 'warning',
  stop: 'danger',
  ask: 'neutral',
  shield: 'success',
  eye: 'neutral',
  draft: 'neutral',
  globe: 'neutral',
  dot: 'neutral',
}

export interface StatusProps {
  mark: StatusMark
  /** only when it differs from the mark's own */
  color?: Colour | undefined
  /** on a tint; at most two tags in a row */
  tag?: boolean
  /** as large as the text around it, in its colour (headings of notes) */
  big?: boolean
  href?: string | undefined
  children: Child
}

/** A state: an icon, a word, and only then a colour. */
export function Status({ mark, color, tag = false, big = false, href, children }: StatusProps) {
  const shape = {
    class: 'ln-status',
    'data-mark': mark,
    'data-color': big ? undefined : (color ?? ownColour[mark]),
    'data-tag': tag ? '' : undefined,
    'data-big': big ? '' : undefined,
  }
  return href === undefined ? (
    <span {...shape}>{children}</span>
  ) : (
    <a {...shape} href={href}>
      {children}
    </a>
  )
}
