import type { Child } from 'hono/jsx'
import { m } from '../i18n/speech.ts'
import { hyphenated } from './hyphenated.ts'
import { present } from './present.ts'

export interface SummaryItem {
  label: Child
  /** absent: "no information" is said, never a blank */
  value?: Child
  /** a link to change it; `what` completes the link's name for those who hear it */
  change?: { href: string; what: string } | undefined
}

/** Facts about one thing: label left, value right, change link last; stacked on a phone. */
export function SummaryList({ items }: { items: readonly SummaryItem[] }) {
  return (
    <dl class="ln-summary">
      {items.map(({ label, value, change }) => (
        <div>
          <dt>{hyphenated(label, 14)}</dt>
          <dd>{present(value) ? value : <span class="ln-quiet">{m.ui_no_information()}</span>}</dd>
          {change ? (
            <dd>
              <a class="ln-link" href={change.href}>
                {m.ui_change()}
                <span class="ds-sr-only">: {change.what}</span>
              </a>
            </dd>
          ) : null}
        </div>
      ))}
    </dl>
  )
}

export interface Task {
  href: string
  /** verb and person */
  label: Child
  status?: Child
  note?: Child
}

/** What waits to be done, most urgent first. @param wide status to the right on wide screens */
export function TaskList({ items, wide = false }: { items: readonly Task[]; wide?: boolean }) {
  return (
    <ul class="ln-tasks" data-wide={wide ? '' : undefined}>
      {items.map(({ href, label, status, note }) => (
        <li>
          <a class="ln-link" href={href}>
            {label}
          </a>
          {present(note) ? <span class="ln-small ln-quiet">{note}</span> : null}
          {status}
        </li>
      ))}
    </ul>
  )
}

export interface Moment {
  /** record: ring · voice: a person's words · decision: diamond · alert: something failed · now: filled */
  kind?: 'record' | 'voice' | 'decision' | 'alert' | 'now'
  /** the line of facts repeats in words what the shape says */
  facts: Child
  content: Child
}

/** What happened, one thing after another: newest first in a story, oldest first in a thread. */
export function Timeline({ items, label }: { items: readonly Moment[]; label?: string }) {
  return (
    <ol class="ln-timeline" aria-label={label}>
      {items.map(({ kind, facts, content }) => (
        <li data-kind={kind === 'record' ? undefined : kind}>
          <p class="ln-when">{facts}</p>
          <div>{content}</div>
        </li>
      ))}
    </ol>
  )
}

export interface Step {
  label: Child
  state: 'done' | 'now' | 'next'
  /** its date, or who does it */
  note?: Child
}

/**
 * The way of something: what is done, where it is, what comes.
 * @param across beside each other on wide screens @param why a note that says why this path
 */
export function Path({
  steps,
  label,
  across = false,
  small = false,
  why,
}: {
  steps: readonly Step[]
  label: string
  across?: boolean
  small?: boolean
  why?: Child
}) {
  const states = { done: m.ui_step_done, now: m.ui_step_now, next: m.ui_step_later }
  return (
    <>
      <ol class="ln-path" aria-label={label} data-across={across ? '' : undefined} data-small={small ? '' : undefined}>
        {steps.map(({ label, state, note }) => (
          <li data-state={state === 'now' ? undefined : state} aria-current={state === 'now' ? 'step' : undefined}>
            <strong>
              {label}
              <span class="ds-sr-only">, {states[state]()}</span>
            </strong>
            {present(note) ? <span>{note}</span> : null}
          </li>
        ))}
      </ol>
      {present(why) ? <p class="ln-small ln-quiet">{why}</p> : null}
    </>
  )
}

/** The machine's reasons: what fits (the person's own answer in `<strong>`), and what nobody knows yet. */
export function Why({ reasons }: { reasons: readonly { fits: boolean; text: Child }[] }) {
  return (
    <ul class="ln-why">
      {reasons.map(({ fits, text }) => (
        <li data-mark={fits ? 'done' : 'ask'}>
          <span class="ds-sr-only">{fits ? m.ui_fits() : m.ui_unknown_yet()} </span>
          {text}
        </li>
      ))}
    </ul>
  )
}

/** Short labels; with an address they are links that can be pressed with a thumb. */
export function Tags({ items, label }: { items: readonly { label: Child; href?: string }[]; label?: string }) {
  const links = items.some((item) => item.href !== undefined)
  return (
    <ul class={links ? 'ln-answers' : 'ln-tags'} aria-label={label}>
      {items.map((item) => (
        <li>{item.href === undefined ? item.label : <a href={item.href}>{item.label}</a>}</li>
      ))}
    </ul>
  )
}
