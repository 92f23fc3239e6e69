import type { Child } from 'hono/jsx'
import { formatDay } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import { Button, ButtonLink } from '../../../platform/ui/buttons.tsx'
import { dial } from '../../../platform/ui/header.tsx'
import { TaskList } from '../../../platform/ui/lists.tsx'
import { Empty } from '../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import { Status } from '../../../platform/ui/status.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import type { ListedProposal, OpenRemark, TendedService } from '../store/edit-read.ts'
import { cardName, dayOf } from './edit-list.tsx'

export interface DeskProps {
  now: Date
  counts: { all: number; due: number }
  /** crisis services that are due: they are called (DIR-6) */
  calls: readonly TendedService[]
  due: readonly TendedService[]
  proposals: readonly (ListedProposal & { mayDecide: boolean })[]
  decided: readonly ListedProposal[]
  remarks: readonly OpenRemark[]
}

/** What is due, most urgent first: calls to crisis services, proposals, remarks, cards to confirm. */
export function Desk(props: DeskProps) {
  const { counts } = props
  const nothing = props.calls.length + props.due.length + props.proposals.length + props.remarks.length === 0
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        title={m.edit_desk_title()}
        facts={m.edit_desk_facts({ all: String(counts.all), due: String(counts.due) })}
        action={
          <ButtonLink href="/directory/services/new" icon="plus">
            {m.edit_nav_add()}
          </ButtonLink>
        }
      />
      {nothing ? (
        <Empty action={<a href="/directory/services">{m.edit_nav_cards()}</a>}>{m.edit_desk_empty()}</Empty>
      ) : null}
      <Calls services={props.calls} />
      {props.proposals.length > 0 ? (
        <Section id="desk-proposals" heading={m.edit_desk_proposals()}>
          <TaskList
            wide
            items={props.proposals.map((proposal) => ({
              href: `/directory/proposals/${proposal.id}`,
              label: <Words of={cardName(proposal.service)} plain />,
              note: <Words of={speak(proposal.organisation.names, currentLocale())} plain />,
              status: (
                <Status mark="wait">{m.edit_waiting_since({ day: formatDay(dayOf(proposal.at), 'short') })}</Status>
              ),
            }))}
          />
        </Section>
      ) : null}
      <Remarks remarks={props.remarks} />
      {props.due.length > 0 ? (
        <Section id="desk-due" heading={m.edit_desk_due()}>
          <ul class="ln-plain ln-stack" data-gap="4">
            {props.due.map((service) => (
              <li class="ln-row ln-between">
                <div>
                  <a class="ln-link" href={`/directory/services/${service.slug}`}>
                    <Words of={cardName(service)} plain />
                  </a>
                  <br />
                  <Status mark="late">{m.edit_due_since({ day: formatDay(dayOf(service.due), 'short') })}</Status>
                </div>
                <ConfirmButton slug={service.slug} name={cardName(service).words} />
              </li>
            ))}
          </ul>
          <p>
            <a href="/directory/services?due=yes">{m.edit_desk_all_due()}</a>
          </p>
        </Section>
      ) : null}
      {props.decided.length > 0 ? (
        <Section id="desk-decided" heading={m.edit_desk_decided()}>
          <TaskList
            items={props.decided.map((proposal) => ({
              href: `/directory/proposals/${proposal.id}`,
              label: <Words of={cardName(proposal.service)} plain />,
              note: proposal.reason,
              status:
                proposal.state === 'accepted' ? (
                  <Status mark="done">{m.edit_proposal_accepted()}</Status>
                ) : (
                  <Status mark="stop">{m.edit_proposal_declined()}</Status>
                ),
            }))}
          />
        </Section>
      ) : null}
    </div>
  )
}

function Calls({ services }: { services: readonly TendedService[] }) {
  if (services.length === 0) return null
  return (
    <Section id="desk-calls" heading={m.edit_desk_calls()}>
      <p class="ln-quiet">{m.edit_desk_calls_why()}</p>
      <ul class="ln-plain ln-stack" data-gap="4">
        {services.map((service) => (
          <li class="ln-row ln-between">
            <div>
              <a class="ln-link" href={`/directory/services/${service.slug}`}>
                <Words of={cardName(service)} plain />
              </a>
              <br />
              {service.phone && service.example ? (
                <span class="ln-quiet ln-num">
                  {service.phone} ({m.directory_example_number()})
                </span>
              ) : service.phone ? (
                <a class="ln-link ln-num" href={dial(service.phone)}>
                  {m.directory_call({ number: service.phone })}
                </a>
              ) : (
                <span class="ln-quiet">{m.edit_no_phone()}</span>
              )}
            </div>
            <ConfirmButton slug={service.slug} name={cardName(service).words} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Remarks({ remarks }: { remarks: readonly OpenRemark[] }) {
  if (remarks.length === 0) return null
  return (
    <Section id="desk-remarks" heading={m.edit_desk_remarks()}>
      <ul class="ln-plain ln-stack" data-gap="4">
        {remarks.map((remark) => (
          <li>
            <RemarkItem remark={remark}>
              <a class="ln-link" href={`/directory/services/${remark.service.slug}/edit`}>
                <Words of={cardName(remark.service)} plain />
              </a>
            </RemarkItem>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** What somebody says is wrong, and the button that takes it from the desk. */
export function RemarkItem({
  remark,
  children,
}: {
  remark: Pick<OpenRemark, 'id' | 'text' | 'at' | 'fromProvider'>
  children?: Child
}) {
  return (
    <div class="ln-note ln-stack" data-gap="2" data-color="neutral">
      {children === undefined ? null : <p>{children}</p>}
      <p>{remark.text}</p>
      <p class="ln-small ln-quiet">
        {remark.fromProvider
          ? m.edit_remark_from_provider({ day: formatDay(dayOf(remark.at)) })
          : m.edit_remark_from_reader({ day: formatDay(dayOf(remark.at)) })}
      </p>
      <form action={`/directory/remarks/${remark.id}/settle`} method="post">
        <Button variant="secondary">{m.edit_remark_settle()}</Button>
      </form>
    </div>
  )
}

/** Says with one press that a card is still right. */
export function ConfirmButton({ slug, name }: { slug: string; name: string }) {
  return (
    <form action={`/directory/services/${slug}/confirm`} method="post">
      <Button variant="secondary">
        {m.edit_still_right()}
        <span class="ds-sr-only">: {name}</span>
      </Button>
    </form>
  )
}
