import { formatDay } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { ButtonLink } from '../../../platform/ui/buttons.tsx'
import { Confirmation } from '../../../platform/ui/confirmation.tsx'
import type { NamedService } from '../../directory/contract.ts'
import type { StoredDecision } from '../store/decisions.ts'
import type { DecisionOutcome } from '../types.ts'
import { lastDayOf } from './clock-words.tsx'
import { followName, NextLink, requestHref, ServiceName } from './desk-words.tsx'
import { zoneOf } from './request-parts.tsx'
import type { SeenRequest } from './seen-request.ts'

const titles: Readonly<Record<DecisionOutcome, () => string>> = {
  accepted: m.intake_decide_done_accepted,
  refused: m.intake_decide_done_refused,
  redirected: m.intake_decide_done_redirected,
}

/** What was decided, what happens next, and until when the person must know. */
export function DecidedPage({
  seen,
  decision,
  services,
}: {
  seen: SeenRequest
  decision: StoredDecision
  services: ReadonlyMap<string, NamedService>
}) {
  const { request, clocks, followUps } = seen
  const notify = clocks.find(({ kind, stoppedAt }) => kind === 'notification' && !stoppedAt)
  const elsewhere = services.get(decision.redirectService ?? '')
  return (
    <Confirmation
      title={titles[decision.outcome]()}
      facts={m.intake_letters_request({ reference: request.reference })}
      next={[
        m.intake_decide_done_letter(),
        ...(elsewhere ? [<ServiceName of={elsewhere} />] : []),
        ...followUps.map(({ kind }) => followName(kind)),
        ...(decision.outcome === 'accepted' && followUps.length === 0 ? [m.intake_decide_follows_nothing()] : []),
      ]}
      {...(notify
        ? {
            until: m.intake_decide_done_until({ day: formatDay(lastDayOf(notify.dueAt, zoneOf(seen))) }),
          }
        : {})}
    >
      <div class="ln-row">
        <ButtonLink href={`${requestHref(request.id)}/letters`} icon="mail">
          {m.intake_decide_done_letters()}
        </ButtonLink>
        <ButtonLink href={requestHref(request.id)} variant="secondary">
          {m.intake_decide_done_request()}
        </ButtonLink>
      </div>
      <NextLink after={request.id} />
    </Confirmation>
  )
}
