import { formatDay } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { Button } from '../../../platform/ui/buttons.tsx'
import { Field } from '../../../platform/ui/field.tsx'
import { Form, type FormState, keyField } from '../../../platform/ui/form.tsx'
import { Note } from '../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import { Status } from '../../../platform/ui/status.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import type { CardDifference } from '../rules/compare.ts'
import type { Proposal } from '../store/edit-proposals.ts'
import type { ServiceDetails } from '../store/read-service.ts'
import { cardSpeech } from './card-words.ts'
import { dayOf } from './edit-list.tsx'
import { Differences } from './edit-versions.tsx'

export interface ProposalPageProps {
  proposal: Proposal
  service: ServiceDetails
  differences: readonly CardDifference[]
  mayDecide: boolean
  mayWithdraw: boolean
  state: FormState
  /** words above the page when a decision could not be taken */
  trouble?: string | undefined
}

/** A provider's change beside what is public, and the decision over it. */
export function ProposalPage({
  proposal,
  service,
  differences,
  mayDecide,
  mayWithdraw,
  state,
  trouble,
}: ProposalPageProps) {
  const base = `/directory/proposals/${proposal.id}`
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        back={{ href: '/directory', label: m.edit_desk_title() }}
        title={m.edit_proposal_title()}
        lead={<Words of={cardSpeech(proposal.card)(proposal.card.names)} plain />}
        facts={m.edit_waiting_since({ day: formatDay(dayOf(proposal.at)) })}
      />
      {trouble ? (
        <Note color="warning">
          <p role="alert">{trouble}</p>
        </Note>
      ) : null}
      <Outcome proposal={proposal} />
      {proposal.state === 'waiting' && proposal.baseVersion !== service.version ? (
        <Note color="warning">
          <p>{m.edit_proposal_base_moved()}</p>
        </Note>
      ) : null}
      <Section id="differences" heading={m.edit_proposal_differences()}>
        {service.status === 'inactive' && differences.length === 0 ? (
          <p>
            {m.edit_proposal_new_card()} <a href={`/directory/services/${service.slug}`}>{m.edit_proposal_see()}</a>
          </p>
        ) : (
          <Differences differences={differences} />
        )}
      </Section>
      {proposal.state === 'waiting' && mayDecide ? (
        <>
          <form action={`${base}/accept`} method="post">
            <input type="hidden" name={keyField} value={crypto.randomUUID()} />
            <input type="hidden" name="version" value={String(service.version)} />
            <Button>{m.edit_proposal_accept()}</Button>
          </form>
          <Form
            action={`${base}/decline`}
            state={state}
            idempotencyKey={crypto.randomUUID()}
            buttons={<Button variant="secondary">{m.edit_proposal_decline()}</Button>}
          >
            <Field
              state={state}
              kind="textarea"
              name="reason"
              label={m.edit_proposal_reason()}
              description={m.edit_proposal_reason_hint()}
              maxlength={2000}
            />
          </Form>
        </>
      ) : null}
      {proposal.state === 'waiting' && mayWithdraw && !mayDecide ? (
        <form action={`${base}/withdraw`} method="post">
          <Button variant="secondary">{m.edit_proposal_withdraw()}</Button>
        </form>
      ) : null}
    </div>
  )
}

function Outcome({ proposal }: { proposal: Proposal }) {
  if (proposal.state === 'waiting') return null
  const words = {
    accepted: m.edit_proposal_accepted,
    declined: m.edit_proposal_declined,
    withdrawn: m.edit_proposal_withdrawn,
  }
  return (
    <div class="ln-stack" data-gap="2">
      <p>
        <Status
          mark={proposal.state === 'accepted' ? 'done' : 'stop'}
          color={proposal.state === 'withdrawn' ? 'neutral' : undefined}
        >
          {words[proposal.state]()}
        </Status>
      </p>
      {proposal.reason ? <p>{m.edit_proposal_reason_was({ reason: proposal.reason })}</p> : null}
    </div>
  )
}
