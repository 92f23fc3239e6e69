import type { Child } from 'hono/jsx'
import { m } from '../../../platform/i18n/speech.ts'
import { Pager } from '../../../platform/ui/browse.tsx'
import { ButtonLink } from '../../../platform/ui/buttons.tsx'
import { Empty } from '../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import type { Decision } from '../store/read-decisions.ts'
import { DecisionList } from './decision-words.tsx'

/** The desk of a secretariat: what has been recorded for its bodies, and what this person may read of it. */
export function Desk({
  decisions,
  hasBodies,
  first,
  next,
  due,
}: {
  decisions: readonly Decision[]
  hasBodies: boolean
  first: string | undefined
  next: string | undefined
  /** GOV-11: what is due in the bodies that a secretariat serves; nothing for all others */
  due: Child | undefined
}) {
  const list =
    decisions.length > 0 ? (
      <DecisionList decisions={decisions} href={({ id }) => `/governance/decisions/${id}`} desk />
    ) : (
      <Empty>{hasBodies ? m.governance_desk_none() : m.governance_desk_no_bodies()}</Empty>
    )
  return (
    <div class="ln-stack" data-gap={due !== undefined ? '10' : '6'}>
      <PageHead
        title={due !== undefined ? m.governance_due_title() : m.governance_desk_title()}
        action={
          hasBodies ? (
            <ButtonLink href="/governance/decisions/new" icon="plus">
              {m.governance_record()}
            </ButtonLink>
          ) : undefined
        }
      />
      {due !== undefined ? (
        <>
          {due}
          <FurtherDesks />
          <Section id="decisions" heading={m.governance_desk_title()}>
            {list}
          </Section>
        </>
      ) : (
        list
      )}
      <Pager previous={first} next={next} />
    </div>
  )
}

/** Desks that the menu has no room for. */
function FurtherDesks() {
  return (
    <nav aria-label={m.governance_due_further()}>
      <ul class="ln-plain ln-row">
        {[
          { href: '/governance/mine', label: m.governance_consult_mine() },
          { href: '/governance/central-requests', label: m.governance_central_nav() },
          { href: '/governance/groups', label: m.governance_groups_title() },
          { href: '/governance/recommendations', label: m.governance_recommendations_title() },
          { href: '/governance/conferences', label: m.governance_conferences_title() },
          { href: '/year-wheel', label: m.governance_wheel_title() },
        ].map(({ href, label }) => (
          <li>
            <a class="ln-link" href={href}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
