import { dayIn } from '../../../platform/i18n/day.ts'
import { formatDay } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import { Button, ButtonLink } from '../../../platform/ui/buttons.tsx'
import { ErrorSummary, keyField } from '../../../platform/ui/form.tsx'
import { Path, type Step } from '../../../platform/ui/lists.tsx'
import { Note } from '../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import type { NamedService } from '../../directory/contract.ts'
import { isDecided } from '../rules/states.ts'
import { HaveIt } from './desk.tsx'
import { kindName, NextLink, stateTitle, whoWords } from './desk-words.tsx'
import { DuplicatesHint, PersonLink } from './duplicates.tsx'
import { Contact } from './request-contact.tsx'
import { AskForm, AssessmentForm, ServiceForm, stateFor, type Trouble, WithdrawForm } from './request-forms.tsx'
import { Papers } from './request-papers.tsx'
import { Clocks, EmergencyNote, EnteredNote, FollowUps, Near, Story, Told, zoneOf } from './request-parts.tsx'
import type { SeenRequest } from './seen-request.ts'

export interface RequestPageProps {
  seen: SeenRequest
  trouble: Trouble | undefined
  /** words by which a service was looked for, and what they found */
  find: string | undefined
  offered: readonly NamedService[]
}

/** One request: who, what they told, how to reach them safely, what is missing, and what there is to do. */
export function RequestPage({ seen, trouble, find, offered }: RequestPageProps) {
  const { request, hidden } = seen
  return (
    <div class="ln-stack" data-gap="6">
      <Head seen={seen} />
      <TakeTrouble trouble={trouble} />
      {request.urgency === 'emergency' && !isDecided(request.state) && request.state !== 'withdrawn' ? (
        <EmergencyNote seen={seen}>
          {!hidden && seen.alerts.some(({ acknowledgedAt }) => !acknowledgedAt) ? (
            <HaveIt request={request.id} reference={request.reference} />
          ) : null}
        </EmergencyNote>
      ) : null}
      {hidden ? <Hidden seen={seen} /> : <Shown seen={seen} trouble={trouble} find={find} offered={offered} />}
    </div>
  )
}

/** Who it is, as far as this reader may know. */
export function titleOf({ person, hidden, request }: SeenRequest): string {
  if (hidden) return whoWords('hidden')
  return person?.name ?? request.draft.particulars.name ?? whoWords(undefined)
}

function Head({ seen }: { seen: SeenRequest }) {
  const { request, service, colleagues } = seen
  const zone = zoneOf(seen)
  const day = request.submittedAt ? formatDay(dayIn(request.submittedAt, zone)) : ''
  const holder = colleagues.get(request.assignedTo ?? '')
  return (
    <PageHead
      back={{ href: '/requests', label: m.intake_desk_title() }}
      title={titleOf(seen)}
      lead={
        service ? (
          <Words of={speak(service.card.names, currentLocale(), [service.card.writtenIn])} />
        ) : (
          m.intake_desk_no_service()
        )
      }
      facts={[
        m.intake_request_facts({ reference: request.reference, kind: kindName(request.kind), day }),
        ...(holder ? [m.intake_request_has_it({ name: holder })] : []),
      ].join(' · ')}
      action={<Act seen={seen} />}
    >
      <Path label={m.intake_request_path()} steps={pathOf(seen)} across small />
      <NextLink after={request.id} />
    </PageHead>
  )
}

/** The one thing to do now. */
function Act({ seen }: { seen: SeenRequest }) {
  const { request, hidden, mayDecide } = seen
  if (hidden) return null
  if (request.state === 'submitted')
    return (
      <form action={`/requests/${request.id}/take`} method="post">
        <input type="hidden" name={keyField} value={crypto.randomUUID()} />
        <Button>{m.intake_request_take()}</Button>
      </form>
    )
  if (request.state === 'in-review' && !mayDecide) return <p class="ln-quiet">{m.intake_decide_not_yours()}</p>
  if (request.state === 'in-review')
    return <ButtonLink href={`/requests/${request.id}/decide`}>{m.intake_request_decide()}</ButtonLink>
  if (isDecided(request.state))
    return (
      <ButtonLink href={`/requests/${request.id}/letters`} variant="secondary" icon="mail">
        {m.intake_request_letters()}
      </ButtonLink>
    )
  return null
}

/** INT-2: sent, looked at, decided; or taken back. */
function pathOf(seen: SeenRequest): Step[] {
  const { request } = seen
  const zone = zoneOf(seen)
  const day = (moment: Date | undefined) => (moment ? { note: formatDay(dayIn(moment, zone), 'short') } : {})
  const sent: Step = {
    label: m.intake_request_path_sent(),
    state: request.state === 'submitted' ? 'now' : 'done',
    ...day(request.submittedAt),
  }
  const taken = seen.steps.find(({ to }) => to === 'in-review')
  if (request.state === 'withdrawn') return [sent, { label: stateTitle('withdrawn'), state: 'now' }]
  const decided = isDecided(request.state)
  return [
    sent,
    {
      label: stateTitle(request.state === 'waiting' ? 'waiting' : 'in-review'),
      state: decided ? 'done' : request.state === 'submitted' ? 'next' : 'now',
      ...day(taken?.at),
    },
    decided
      ? { label: stateTitle(request.state), state: 'now', ...day(request.decidedAt) }
      : { label: m.intake_request_path_decision(), state: 'next' },
  ]
}

function TakeTrouble({ trouble }: { trouble: Trouble | undefined }) {
  const { outcome } = stateFor(trouble, 'take')
  return outcome?.is === 'late' ? <ErrorSummary title={outcome.message} errors={[]} /> : null
}

/** A protected person: that there is a request, and its deadlines; nothing that was told. */
function Hidden({ seen }: { seen: SeenRequest }) {
  return (
    <>
      <Note mark="shield" heading={m.intake_request_hidden_heading()}>
        <p>{m.intake_request_hidden_text()}</p>
      </Note>
      <Clocks seen={seen} />
    </>
  )
}

function Shown({ seen, trouble, find, offered }: RequestPageProps) {
  const { request, before, after, others } = seen
  const beside = others.filter(({ id }) => id !== before?.id && id !== after?.id)
  return (
    <>
      {request.enteredBy ? (
        <EnteredNote by={request.enteredBy} person={seen.person?.name ?? request.draft.particulars.name} />
      ) : null}
      {seen.person ? <DuplicatesHint person={seen.person} duplicates={seen.duplicates} /> : null}
      <FollowUps seen={seen} trouble={trouble} />
      {after ? (
        <Section id="after" heading={m.intake_request_went_to()} size="sm">
          <Near seen={seen} lines={[after]} />
        </Section>
      ) : null}
      <Told seen={seen} />
      <Contact seen={seen} />
      {seen.person ? <PersonLink person={seen.person} /> : null}
      <Clocks seen={seen} />
      <Papers seen={seen} />
      <AskForm seen={seen} trouble={trouble} />
      <ServiceForm seen={seen} trouble={trouble} find={find} offered={offered} />
      <AssessmentForm seen={seen} trouble={trouble} />
      <WithdrawForm seen={seen} trouble={trouble} />
      {before ? (
        <Section id="before" heading={m.intake_request_came_from()} size="sm">
          <Near seen={seen} lines={[before]} />
        </Section>
      ) : null}
      {beside.length > 0 ? (
        <Section id="others" heading={m.intake_request_others()} size="sm">
          <Near seen={seen} lines={beside} />
        </Section>
      ) : null}
      <p>
        <a class="ln-link" href={`/requests/${request.id}/letters`}>
          {m.intake_request_letters()}
        </a>
      </p>
      <Story seen={seen} />
    </>
  )
}
