import type { Child } from 'hono/jsx'
import { m } from '../i18n/speech.ts'
import { Script } from './script.tsx'
import { Status } from './status.tsx'

export interface ConfirmationProps {
  /** what was recorded */
  title: Child
  /** by which it can be named on the telephone */
  number?: string | undefined
  /** what it is about, where the number is not that of whoever reads */
  facts?: string | undefined
  /** what happens next, step by step */
  next: readonly Child[]
  /** until when */
  until?: Child
  /** whom to ask */
  ask?: Child
  children?: Child
}

/** A page of its own after applying, signing, voting: number, what happens next, until when, whom to ask. */
export function Confirmation({ title, number, facts, next, until, ask, children }: ConfirmationProps) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <div class="ln-note ln-stack" data-gap="2" data-color="success" role="status">
        <h1 class="ds-heading" data-size="lg">
          <Status mark="done" big>
            {title}
          </Status>
        </h1>
        {number ? (
          <p>
            {m.ui_your_number()}: <strong class="ln-number">{number}</strong>
          </p>
        ) : null}
        {facts ? <p>{facts}</p> : null}
      </div>
      {next.length ? (
        <section class="ln-stack" data-gap="2" aria-labelledby="confirmation-next">
          <h2 class="ds-heading" data-size="md" id="confirmation-next">
            {m.ui_what_next()}
          </h2>
          <ol class="ds-list">
            {next.map((step) => (
              <li>{step}</li>
            ))}
          </ol>
        </section>
      ) : null}
      {until !== undefined || ask !== undefined ? (
        <dl class="ln-summary">
          {until === undefined ? null : (
            <div>
              <dt>{m.ui_until_when()}</dt>
              <dd>{until}</dd>
            </div>
          )}
          {ask === undefined ? null : (
            <div>
              <dt>{m.ui_whom_to_ask()}</dt>
              <dd>{ask}</dd>
            </div>
          )}
        </dl>
      ) : null}
      {children}
    </div>
  )
}

export interface ProgressProps {
  /** what is being done */
  label: Child
  done: number
  /** absent while nobody knows how much there is */
  total?: number | undefined
  /** this page again; the link for those without script */
  reload: string
  /** JSON `{ done, total, finished }`; while the page is open, the island asks it and reloads the page when finished */
  source: string
}

/** How far long work is. Without script it is a figure and a link that loads the page again. */
export function Progress({ label, done, total, reload, source }: ProgressProps) {
  return (
    <div class="ln-progress ln-stack" data-gap="2" data-source={source}>
      <p id="progress-label">
        <strong>{label}</strong>
      </p>
      <progress max={total} value={total === undefined ? undefined : done} aria-labelledby="progress-label" />
      <p class="ln-small ln-quiet" data-figures>
        {total === undefined ? done : m.ui_progress_of({ done, total })}
      </p>
      <p>
        <a href={reload}>{m.ui_progress_reload()}</a>
      </p>
      <Script name="progress.js" />
    </div>
  )
}
