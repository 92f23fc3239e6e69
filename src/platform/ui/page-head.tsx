import type { Child } from 'hono/jsx'
import { hyphenated } from './hyphenated.ts'
import { Icon } from './icons.tsx'
import { present } from './present.ts'

export interface PageHeadProps {
  /** where one came from; instead of breadcrumbs */
  back?: { href: string; label: string } | undefined
  /** says what this page is */
  title: Child
  /** the front page alone is larger */
  size?: 'xl' | '2xl'
  /** one sentence for a reader who stays for one sentence */
  lead?: Child
  /** one line of facts */
  facts?: Child
  /** at most one */
  action?: Child
  /** what else belongs to the head: answers, a path */
  children?: Child
}

/** What this page is, one line of facts, at most one action. */
export function PageHead({ back, title, size = 'xl', lead, facts, action, children }: PageHeadProps) {
  return (
    <div class="ln-head ln-stack">
      {back ? (
        <a class="ln-back ln-link" href={back.href}>
          <Icon name="back" />
          {back.label}
        </a>
      ) : null}
      <div class="ln-row ln-between">
        <div class="ln-stack" data-gap="2">
          <h1 class="ds-heading" data-size={size}>
            {hyphenated(title)}
          </h1>
          {present(lead) ? <p class="ln-lead">{lead}</p> : null}
          {present(facts) ? <p class="ln-quiet">{facts}</p> : null}
        </div>
        {present(action) ? <div>{action}</div> : null}
      </div>
      {children}
    </div>
  )
}

/** A part of a page with its heading, named by it. @param id unique on the page */
export function Section({
  id,
  heading,
  size = 'md',
  line = false,
  children,
}: {
  id: string
  heading: Child
  size?: 'xs' | 'sm' | 'md' | 'lg'
  line?: boolean
  children: Child
}) {
  return (
    <section class={line ? 'ln-section ln-stack' : 'ln-stack'} data-gap="3" aria-labelledby={id}>
      <h2 class="ds-heading" data-size={size} id={id}>
        {hyphenated(heading)}
      </h2>
      {children}
    </section>
  )
}
