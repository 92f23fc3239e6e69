import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { Button, ButtonLink } from '../../../../platform/ui/buttons.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState, keyField } from '../../../../platform/ui/form.tsx'
import { Empty, Note } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { Status } from '../../../../platform/ui/status.tsx'
import { mayBecome } from '../../rules/meetings/course.ts'
import type { StoredMatter } from '../../store/matters/read-matters.ts'
import type { AgendaItem } from '../../store/meetings/read-agenda.ts'
import type { Attendant } from '../../store/meetings/read-attendance.ts'
import type { Meeting } from '../../store/meetings/read-meetings.ts'
import { Side } from '../../types/meetings.ts'
import { CallOff } from '../call-off.tsx'
import { MeetingStatus, meetingName, Said, sideWords, whenWords } from './meeting-words.tsx'

/** Which of the forms of the page came back. */
export type AgendaForm = 'add' | 'invite' | 'cancel' | 'seat'

export interface AgendaDeskProps {
  meeting: Meeting
  agenda: readonly AgendaItem[]
  /** matters of the body that can be put on the agenda */
  matters: readonly StoredMatter[]
  attendance: readonly Attendant[]
  /** addresses that have a letter, and those that had one for the last meeting */
  invited: readonly string[]
  before: readonly string[]
  /** addresses of who sits in the body on that day: they are written to in any case */
  members: readonly string[]
  states: Partial<Record<AgendaForm, FormState>>
  freshKey: () => string
}

const fresh: FormState = {}

/** The desk of one meeting: agenda, papers, invitation (GOV-3). */
export function AgendaDesk(props: AgendaDeskProps) {
  const { meeting, agenda, attendance } = props
  const open = meeting.state !== 'approved' && meeting.state !== 'cancelled'
  const address = `/governance/meetings/${meeting.id}`
  return (
    <>
      <PageHead
        back={{ href: '/governance/meetings', label: m.governance_back_meetings() }}
        title={meetingName(meeting)}
        facts={[whenWords(meeting), meeting.place].filter(Boolean).join(' · ')}
        action={
          mayBecome(meeting.state, 'held') || meeting.state === 'held' ? (
            <ButtonLink href={`${address}/hold`}>{m.governance_hold()}</ButtonLink>
          ) : null
        }
      >
        <div class="ln-row" data-tight>
          <MeetingStatus state={meeting.state} />
          {meeting.body.public ? (
            <Status mark="eye">
              {meeting.agendaPublishedAt ? m.governance_agenda_public() : m.governance_agenda_draft()}
            </Status>
          ) : (
            <Status mark="shield">{m.governance_meeting_closed_body()}</Status>
          )}
        </div>
      </PageHead>
      <div class="ln-stack" data-gap="10">
        <div class="ln-row">
          <a class="ln-link" href={`/meetings/${meeting.id}`}>
            {m.governance_as_read()}
          </a>
          {meeting.state === 'planned' || meeting.state === 'invited' ? (
            <a class="ln-link" href={`${address}/edit`}>
              {m.governance_meeting_move()}
            </a>
          ) : null}
          {open && meeting.body.public && !meeting.agendaPublishedAt ? (
            <Do action={`${address}/publish`} keyed={props.freshKey()} label={m.governance_agenda_publish()} />
          ) : null}
          {meeting.state === 'approved' ? (
            <Do action={`${address}/correct`} keyed={props.freshKey()} label={m.governance_minutes_correct()} />
          ) : null}
        </div>
        <Section id="agenda" heading={m.governance_agenda()}>
          {agenda.length === 0 ? <Empty>{m.governance_agenda_empty()}</Empty> : null}
          <ol class="ln-plain ln-stack" data-gap="4">
            {agenda.map((item, at) => (
              <Item item={item} at={at} count={agenda.length} meeting={meeting} open={open} keyed={props.freshKey} />
            ))}
          </ol>
        </Section>
        {open ? <AddItem {...props} /> : null}
        {meeting.form === 'dialogue' ? <Sides {...props} /> : null}
        {meeting.state === 'planned' || meeting.state === 'invited' ? <Invite {...props} /> : null}
        {meeting.form === 'meeting' && attendance.length > 0 ? (
          <Section id="members" heading={m.governance_seat_holder()} size="sm">
            <p>{attendance.map(({ name }) => name).join(', ')}</p>
          </Section>
        ) : null}
        {mayBecome(meeting.state, 'cancelled') ? (
          <CallOff
            action={`/governance/meetings/${meeting.id}/cancel`}
            label={m.governance_meeting_cancel()}
            why={m.governance_meeting_cancel_why()}
            state={props.states.cancel ?? fresh}
            idempotencyKey={props.freshKey()}
          />
        ) : null}
      </div>
    </>
  )
}

/** One button that does one thing. */
export function Do({
  action,
  keyed,
  label,
  about,
  fields = {},
  variant = 'secondary',
}: {
  action: string
  keyed: string
  label: string
  /** completes the name of the button for those who hear it, where several stand below each other */
  about?: string
  fields?: Record<string, string>
  variant?: 'secondary' | 'tertiary'
}) {
  return (
    <form action={action} method="post">
      <input type="hidden" name={keyField} value={keyed} />
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <Button variant={variant}>
        {label}
        {about === undefined ? null : <span class="ds-sr-only">: {about}</span>}
      </Button>
    </form>
  )
}

function Item({
  item,
  at,
  count,
  meeting,
  open,
  keyed,
}: {
  item: AgendaItem
  at: number
  count: number
  meeting: Meeting
  open: boolean
  keyed: () => string
}) {
  const address = `/governance/meetings/items/${item.id}`
  return (
    <li class="ln-stack" data-gap="1">
      <h3 class="ds-heading" data-size="xs">
        {at + 1}.{' '}
        {item.aboutPerson || !open ? (
          <Said locale={meeting.locale}>{item.title}</Said>
        ) : (
          <a class="ln-link" href={address}>
            <Said locale={meeting.locale}>{item.title}</Said>
          </a>
        )}
      </h3>
      <div class="ln-row" data-tight>
        {item.aboutPerson ? <Status mark="shield">{m.governance_confidential()}</Status> : null}
        {item.secretGround ? <Status mark="shield">{m.governance_item_secret()}</Status> : null}
        {item.kind ? null : <span class="ln-small ln-quiet">{m.governance_item_no_decision()}</span>}
        {item.papers.length > 0 ? (
          <span class="ln-small ln-quiet">{m.governance_papers_count({ count: item.papers.length })}</span>
        ) : null}
        {item.decision ? <Status mark="done">{m.governance_state_decided()}</Status> : null}
      </div>
      {open && !item.decision ? (
        <div class="ln-row" data-tight>
          {at > 0 ? (
            <Do
              action={`${address}/order`}
              keyed={keyed()}
              label={m.governance_item_up()}
              about={item.title}
              fields={{ up: 'true' }}
              variant="tertiary"
            />
          ) : null}
          {at < count - 1 ? (
            <Do
              action={`${address}/order`}
              keyed={keyed()}
              label={m.governance_item_down()}
              about={item.title}
              fields={{ up: 'false' }}
              variant="tertiary"
            />
          ) : null}
          <Do
            action={`${address}/take-off`}
            keyed={keyed()}
            label={m.governance_item_take_off()}
            about={item.title}
            variant="tertiary"
          />
        </div>
      ) : null}
    </li>
  )
}

function AddItem({ meeting, matters, states, freshKey }: AgendaDeskProps) {
  const state = states.add ?? fresh
  return (
    <details class="ds-details" open={state.outcome !== undefined}>
      <summary>{m.governance_item_add()}</summary>
      <div>
        <Form
          action={`/governance/meetings/${meeting.id}/agenda`}
          state={state}
          idempotencyKey={freshKey()}
          buttons={<Button variant="secondary">{m.governance_item_add()}</Button>}
        >
          {matters.length > 0 ? (
            <Field
              state={state}
              kind="select"
              name="matter"
              label={m.governance_matter()}
              description={m.governance_item_matter_hint()}
              options={matters.map(({ id, title }) => ({ value: id, label: speak(title, currentLocale()).words }))}
              optional
            />
          ) : null}
          <Field
            state={state}
            name="title"
            label={m.governance_item_title()}
            maxlength={300}
            optional={matters.length > 0}
          />
          <Field
            state={state}
            kind="select"
            name="kind"
            label={m.governance_item_kind()}
            description={m.governance_item_kind_hint()}
            options={meeting.body.profile.decidesOn.map(({ slug, names }) => ({
              value: slug,
              label: speak(names, currentLocale()).words,
            }))}
            optional
          />
          <ItemFields state={state} begin={undefined} />
        </Form>
      </div>
    </details>
  )
}

/** What can be said of an item besides its title. */
export function ItemFields({ state, begin }: { state: FormState; begin: AgendaItem | undefined }) {
  return (
    <>
      <Field
        state={state}
        name="presenter"
        label={m.governance_presenter()}
        maxlength={200}
        value={begin?.presenter}
        optional
      />
      <Field
        state={state}
        kind="textarea"
        name="words"
        label={m.governance_item_words()}
        rows={5}
        maxlength={20_000}
        value={begin?.words}
        optional
      />
      <Field
        state={state}
        name="secretGround"
        label={m.governance_item_secret_ground()}
        description={m.governance_item_secret_hint()}
        maxlength={300}
        value={begin?.secretGround}
        optional
      />
    </>
  )
}

function Invite({ meeting, invited, before, members, states, freshKey }: AgendaDeskProps) {
  const state = states.invite ?? fresh
  const waiting = members.filter((email) => !invited.includes(email))
  const missing = before.filter((email) => !invited.includes(email) && !waiting.includes(email))
  return (
    <Section id="invite" heading={m.governance_invite()}>
      {invited.length > 0 ? <p>{m.governance_invited_count({ count: invited.length })}</p> : null}
      {waiting.length > 0 ? (
        <>
          <p>{m.governance_invite_members()}</p>
          <ul>
            {waiting.map((email) => (
              <li>{email}</li>
            ))}
          </ul>
        </>
      ) : null}
      <Form
        action={`/governance/meetings/${meeting.id}/invite`}
        state={state}
        idempotencyKey={freshKey()}
        buttons={<Button variant="secondary">{m.governance_invite_button()}</Button>}
      >
        <Field
          state={state}
          kind="textarea"
          name="emails"
          label={m.governance_invite_emails()}
          description={m.governance_invite_hint()}
          rows={4}
          value={missing.join('\n')}
          optional
        />
      </Form>
    </Section>
  )
}

function Sides({ meeting, attendance, states, freshKey }: AgendaDeskProps) {
  const state = states.seat ?? fresh
  return (
    <Section id="sides" heading={m.governance_sides()}>
      <Note>
        <p>{m.governance_sides_hint()}</p>
      </Note>
      {Side.options.map((side) => {
        const seated = attendance.filter((one) => one.side === side)
        return (
          <p>
            <strong>{`${sideWords(side)} (${seated.length})`}</strong>
            {seated.length > 0 ? `: ${seated.map(({ name }) => name).join(', ')}` : null}
          </p>
        )
      })}
      {meeting.state === 'planned' ? (
        <Form
          action={`/governance/meetings/${meeting.id}/attendance`}
          state={state}
          idempotencyKey={freshKey()}
          buttons={<Button variant="secondary">{m.governance_sides_add()}</Button>}
        >
          <Field
            state={state}
            kind="radios"
            name="side"
            label={m.governance_side()}
            options={Side.options.map((side) => ({ value: side, label: sideWords(side) }))}
          />
          <Field state={state} name="name" label={m.governance_attendant_name()} maxlength={200} />
        </Form>
      ) : null}
    </Section>
  )
}
