import type { Child } from 'hono/jsx'
import { m } from '../i18n/speech.ts'
import type { Frame } from './frame.ts'
import { hyphenated } from './hyphenated.ts'
import { present } from './present.ts'
import type { Colour } from './status.tsx'
import { Status } from './status.tsx'

/** What was just done, said once, with the way back where there is one. */
export function Flash({ kind, text, undo }: NonNullable<Frame['flash']>) {
  return (
    <div class="ln-done ln-flash" role="status" data-color={kind === 'done' ? 'success' : 'warning'}>
      <Status mark={kind === 'done' ? 'done' : 'late'}>{text}</Status>
      {undo ? (
        <form action={undo.action} method="post">
          {Object.entries(undo.fields).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <button class="ln-plain-button" type="submit">
            {m.ui_undo()}
          </button>
        </form>
      ) : null}
    </div>
  )
}

/** One thing to know or do, on a tint. `mark` puts an icon before the heading. */
export function Note({
  color = 'neutral',
  heading,
  mark,
  children,
}: {
  color?: Colour
  heading?: Child
  mark?: 'shield' | 'late' | 'stop' | 'ask' | 'done'
  children: Child
}) {
  return (
    <div class="ln-note" data-color={color}>
      {present(heading) ? (
        <h2 class="ds-heading" data-size="sm">
          {mark ? (
            <Status mark={mark} big>
              {hyphenated(heading, 14)}
            </Status>
          ) : (
            hyphenated(heading, 14)
          )}
        </h2>
      ) : null}
      {children}
    </div>
  )
}

/** What will be here, and what brings it. */
export function Empty({ children, action }: { children: Child; action?: Child }) {
  return (
    <div class="ln-empty">
      <p>{children}</p>
      {present(action) ? <p>{action}</p> : null}
    </div>
  )
}

/** Somebody's own words, and nothing else, in the shape of a leaf. @param by who said it, where and when */
export function Voice({ children, by }: { children: Child; by?: Child }) {
  return (
    <figure class="ln-voice">
      <blockquote>
        <p>{children}</p>
      </blockquote>
      {present(by) ? <figcaption>{by}</figcaption> : null}
    </figure>
  )
}
