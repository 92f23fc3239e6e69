import { formatDay } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../platform/i18n/text.ts'
import { Pager } from '../../../platform/ui/browse.tsx'
import { Button } from '../../../platform/ui/buttons.tsx'
import { Field } from '../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../platform/ui/form.tsx'
import { SummaryList, TaskList } from '../../../platform/ui/lists.tsx'
import { Empty } from '../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import { Status } from '../../../platform/ui/status.tsx'
import { DataTable } from '../../../platform/ui/table.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import { ownReasons } from '../rules/waiting.ts'
import type { StoredRequest } from '../store/requests.ts'
import type { AwaitedService, StoredWaiting, WaitingLine } from '../store/waiting.ts'
import { LeavingReason, Urgency } from '../types.ts'

/** A service that people wait for, by its card. */
export interface WaitedFor extends AwaitedService {
  slug: string
  names: Text
}

const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10)

export const urgencyWords: Readonly<Record<Urgency, () => string>> = {
  emergency: m.intake_waiting_emergency,
  urgent: m.intake_waiting_urgent,
  ordinary: m.intake_waiting_ordinary,
}

export const leavingWords: Readonly<Record<LeavingReason, () => string>> = {
  'place-found': m.intake_waiting_place_found,
  'helped-elsewhere': m.intake_waiting_helped_elsewhere,
  'no-longer-wanted': m.intake_waiting_no_longer_wanted,
  'not-reached': m.intake_waiting_not_reached,
  'moved-away': m.intake_waiting_moved_away,
  died: m.intake_waiting_died,
}

/** Where somebody stands, in words (INT-9): how many wait before them, since when they wait, and by which rule. */
export function Standing({ waiting, ahead }: { waiting: StoredWaiting; ahead: number }) {
  return (
    <div class="ln-stack" data-gap="2">
      <p>
        <strong>{ahead === 0 ? m.intake_waiting_you_are_next() : m.intake_waiting_before_you({ count: ahead })}</strong>{' '}
        {m.intake_waiting_since({ day: formatDay(dayOf(waiting.since)) })}
      </p>
      <p class="ln-quiet">{m.intake_waiting_rule()}</p>
    </div>
  )
}

/** The services that people wait for. */
export function WaitingServices({ services }: { services: readonly WaitedFor[] }) {
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead title={m.intake_waiting_title()} facts={m.intake_waiting_rule()} />
      {services.length === 0 ? (
        <Empty>{m.intake_waiting_nobody()}</Empty>
      ) : (
        <TaskList
          wide
          items={services.map((service) => ({
            href: `/waiting/${service.slug}`,
            label: <Words of={speak(service.names, currentLocale())} plain />,
            note: m.intake_waiting_longest({ day: formatDay(dayOf(service.longestSince)) }),
            status: <Status mark="wait">{m.intake_waiting_people({ count: service.count })}</Status>,
          }))}
        />
      )}
    </div>
  )
}

/** One list, by rank. */
export function WaitingListPage({
  service,
  lines,
  more,
  next,
}: {
  service: Text
  lines: readonly WaitingLine[]
  /** is this a further page, where ranks are not counted anew */
  more: boolean
  next: string | undefined
}) {
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        back={{ href: '/waiting', label: m.intake_waiting_title() }}
        title={<Words of={speak(service, currentLocale())} plain />}
        facts={m.intake_waiting_rule()}
      />
      {lines.length === 0 ? (
        <Empty>{m.intake_waiting_nobody()}</Empty>
      ) : (
        <DataTable
          caption={speak(service, currentLocale()).words}
          rows={lines.map((line, at) => ({ ...line, rank: at + 1 }))}
          columns={[
            {
              id: 'who',
              label: m.intake_waiting_who(),
              head: true,
              cell: (line) => (
                <a class="ln-link" href={`/requests/${line.request}`}>
                  {line.person ?? line.reference}
                </a>
              ),
            },
            ...(more
              ? []
              : [
                  {
                    id: 'rank',
                    label: m.intake_waiting_rank(),
                    figures: true,
                    cell: (line: WaitingLine & { rank: number }) => String(line.rank),
                  },
                ]),
            { id: 'urgency', label: m.intake_waiting_urgency(), cell: (line) => urgencyWords[line.urgency]() },
            { id: 'since', label: m.intake_waiting_waits_since(), cell: (line) => formatDay(dayOf(line.since)) },
            {
              id: 'act',
              label: m.intake_waiting_do(),
              cell: (line) => (
                <a class="ln-link" href={`/requests/${line.request}/waiting`}>
                  {m.intake_waiting_open()}
                  <span class="ds-sr-only">: {line.person ?? line.reference}</span>
                </a>
              ),
            },
          ]}
        />
      )}
      <Pager next={next} />
    </div>
  )
}

/** One place in a list, at the desk: leave it with a reason, or say anew how urgent it is. */
export function WaitingPlace({
  request,
  waiting,
  ahead,
  leave,
  urgency,
  keys,
}: {
  request: StoredRequest
  waiting: StoredWaiting
  ahead: number
  leave: FormState
  urgency: FormState
  keys: readonly [string, string]
}) {
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        back={{ href: `/requests/${request.id}`, label: request.reference }}
        title={m.intake_waiting_place_title()}
      />
      <SummaryList
        items={[
          { label: m.intake_waiting_rank(), value: String(ahead + 1) },
          { label: m.intake_waiting_urgency(), value: urgencyWords[waiting.urgency]() },
          { label: m.intake_waiting_waits_since(), value: formatDay(dayOf(waiting.since)) },
        ]}
      />
      <Section id="waiting-leave" heading={m.intake_waiting_leave()}>
        <Form
          action={`/requests/${request.id}/waiting/leave`}
          state={leave}
          idempotencyKey={keys[0]}
          submit={m.intake_waiting_leave()}
        >
          <Reasons state={leave} reasons={LeavingReason.options} />
        </Form>
      </Section>
      <Section id="waiting-urgency" heading={m.intake_waiting_urgency_heading()}>
        <Form
          action={`/requests/${request.id}/waiting/urgency`}
          state={urgency}
          idempotencyKey={keys[1]}
          buttons={<Button variant="secondary">{m.intake_waiting_urgency_save()}</Button>}
        >
          <input type="hidden" name="waiting" value={waiting.id} />
          <Field
            kind="radios"
            name="urgency"
            label={m.intake_waiting_urgency()}
            state={urgency}
            value={waiting.urgency}
            options={Urgency.options.map((value) => ({ value, label: urgencyWords[value]() }))}
          />
          <Field
            kind="textarea"
            name="reason"
            label={m.intake_waiting_why()}
            description={m.intake_waiting_why_hint()}
            state={urgency}
            rows={2}
            maxlength={1000}
          />
        </Form>
      </Section>
    </div>
  )
}

/** The same for the person: they may leave the list themselves. */
export function LeaveWaiting({
  action,
  back,
  waiting,
  ahead,
  state,
  idempotencyKey,
}: {
  action: string
  back: string
  waiting: StoredWaiting
  ahead: number
  state: FormState
  idempotencyKey: string
}) {
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead back={{ href: back, label: m.intake_waiting_back() }} title={m.intake_waiting_leave_title()} />
      <Standing waiting={waiting} ahead={ahead} />
      <Form action={action} state={state} idempotencyKey={idempotencyKey} submit={m.intake_waiting_leave()}>
        <Reasons state={state} reasons={ownReasons} />
      </Form>
    </div>
  )
}

function Reasons({ state, reasons }: { state: FormState; reasons: readonly LeavingReason[] }) {
  return (
    <>
      <Field
        kind="radios"
        name="reason"
        label={m.intake_waiting_reason()}
        state={state}
        options={reasons.map((value) => ({ value, label: leavingWords[value]() }))}
      />
      <Field
        kind="textarea"
        name="note"
        label={m.intake_waiting_note()}
        state={state}
        rows={2}
        maxlength={1000}
        optional
      />
    </>
  )
}
