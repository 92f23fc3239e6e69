import { m } from '../../../platform/i18n/speech.ts'
import { Pager } from '../../../platform/ui/browse.tsx'
import { ButtonLink } from '../../../platform/ui/buttons.tsx'
import { Empty } from '../../../platform/ui/notices.tsx'
import { PageHead } from '../../../platform/ui/page-head.tsx'
import type { Decision } from '../store/read-decisions.ts'
import { DecisionList } from './decision-words.tsx'

/** The desk of a secretariat: what has been recorded for its bodies, and what this person may read of it. */
export function Desk({
  decisions,
  hasBodies,
  first,
  next,
}: {
  decisions: readonly Decision[]
  hasBodies: boolean
  first: string | undefined
  next: string | undefined
}) {
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        title={m.governance_desk_title()}
        action={
          hasBodies ? (
            <ButtonLink href="/governance/decisions/new" icon="plus">
              {m.governance_record()}
            </ButtonLink>
          ) : undefined
        }
      />
      {decisions.length > 0 ? (
        <DecisionList decisions={decisions} href={({ id }) => `/governance/decisions/${id}`} desk />
      ) : (
        <Empty>{hasBodies ? m.governance_desk_none() : m.governance_desk_no_bodies()}</Empty>
      )}
      <Pager previous={first} next={next} />
    </div>
  )
}
