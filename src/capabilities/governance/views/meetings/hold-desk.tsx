import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { Button } from '../../../../platform/ui/buttons.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { Note } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { Status } from '../../../../platform/ui/status.tsx'
import { mayBecome } from '../../rules/meetings/course.ts'
import type { Delegation } from '../../store/meetings/delegations.ts'
import type { AgendaItem } from '../../store/meetings/read-agenda.ts'
import type { Attendant, Task } from '../../store/meetings/read-attendance.ts'
import type { Meeting } from '../../store/meetings/read-meetings.ts'
import { Presence, type QuorumRule } from '../../types/meetings.ts'
import { Do } from './agenda-desk.tsx'
import { DecideItem } from './decide-item.tsx'
import {
  decisionLine,
  MeetingStatus,
  meetingName,
  presenceWords,
  quorumRuleWords,
  quorumWords,
  Said,
  sideWords,
  whenWords,
} from './meeting-words.tsx'
import { Due } from './meetings-desk.tsx'

export interface HoldDeskProps {
  meeting: Meeting
  items: readonly AgendaItem[]
  attendance: readonly Attendant[]
  conflicts: ReadonlyMap<string, readonly { attendant: string; name: string; ground: string }[]>
  tasks: readonly Task[]
  quorum: { here: number; seats: number; quorum: boolean | undefined; rule: QuorumRule | undefined }
  delegations: readonly Delegation[]
  today: string
  /** by form: `minutes`, `task`, `approve`, `guest`, `decide-<position>`, `conflict-<position>` */
  states: Readonly<Record<string, FormState | undefined>>
  freshKey: () => string
}

const fresh: FormState = {}

/** GOV-3: one screen for a meeting while it is held: who is there, what was said, what was decided, who does what. */
export function HoldDesk(props: HoldDeskProps) {
  const { meeting, quorum } = props
  const corrects = meeting.state === 'approved'
  const address = `/governance/meetings/${meeting.id}`
  return (
    <>
      <PageHead
        back={{ href: address, label: m.governance_back_agenda() }}
        title={m.governance_minutes_of({ name: meetingName(meeting) })}
        facts={whenWords(meeting)}
      />
      {meeting.state === 'held' ? (
        <div class="ln-stack ln-read" data-gap="10">
          <p>
            <Status mark={quorum.quorum === undefined ? 'ask' : quorum.quorum ? 'done' : 'stop'}>
              {quorumWords(quorum)}
            </Status>
          </p>
          {quorum.rule ? <p class="ln-quiet">{quorumRuleWords(quorum.rule)}</p> : null}
          <Minutes {...props} />
          <Decisions {...props} />
          <Tasks {...props} />
          <Guests {...props} />
          <Approve {...props} />
        </div>
      ) : (
        <div class="ln-stack ln-read" data-gap="4">
          {mayBecome(meeting.state, 'held') ? (
            <>
              <p>{corrects ? m.governance_hold_correct_lead() : m.governance_hold_lead()}</p>
              <Do
                action={`${address}/hold`}
                keyed={props.freshKey()}
                label={corrects ? m.governance_hold_correct() : m.governance_hold_open()}
              />
            </>
          ) : (
            <p>
              <MeetingStatus state={meeting.state} />
            </p>
          )}
          {props.tasks.length > 0 ? <Tasks {...props} /> : null}
        </div>
      )}
    </>
  )
}

/** Who is there and what was said: one form, saved as often as wanted, with one key. */
function Minutes({ meeting, items, attendance, states, freshKey }: HoldDeskProps) {
  const state = states.minutes ?? fresh
  return (
    <Form
      action={`/governance/meetings/${meeting.id}/minutes`}
      state={state}
      idempotencyKey={freshKey()}
      buttons={
        <button class="ds-button" type="submit" accesskey="s">
          {m.governance_minutes_save()}
        </button>
      }
    >
      <Section id="attendance" heading={m.governance_attendance()}>
        {attendance.length === 0 ? <p class="ln-quiet">{m.governance_attendance_none()}</p> : null}
        {attendance.some(({ presence }) => presence === 'unknown') ? (
          <Field
            state={state}
            kind="checkboxes"
            name="everyone"
            label={m.governance_everyone_label()}
            options={[{ value: 'yes', label: m.governance_everyone() }]}
            optional
          />
        ) : null}
        {attendance.map((one, at) => (
          <div class="ln-row">
            <input type="hidden" name={`attendance.${at}.id`} value={one.id} />
            <Field
              state={state}
              kind="select"
              name={`attendance.${at}.presence`}
              label={labelOf(one)}
              value={one.presence}
              options={Presence.options.map((presence) => ({ value: presence, label: presenceWords(presence) }))}
            />
            <Field
              state={state}
              name={`attendance.${at}.proxy`}
              label={m.governance_proxy_name()}
              maxlength={200}
              value={one.proxy}
              optional
            />
          </div>
        ))}
      </Section>
      <Section id="minutes" heading={m.governance_minutes_heading()}>
        <Field
          state={state}
          kind="textarea"
          name="opening"
          label={m.governance_minutes_opening()}
          rows={3}
          maxlength={20_000}
          value={meeting.opening}
          lang={meeting.locale}
          optional
        />
        {items
          .filter(({ aboutPerson }) => !aboutPerson)
          .map((item, at) => (
            <>
              <input type="hidden" name={`lines.${at}.item`} value={item.id} />
              <Field
                state={state}
                kind="textarea"
                name={`lines.${at}.words`}
                label={
                  <>
                    {items.indexOf(item) + 1}. <Said locale={meeting.locale}>{item.title}</Said>
                  </>
                }
                rows={4}
                maxlength={20_000}
                value={item.minutes}
                lang={meeting.locale}
                optional
              />
            </>
          ))}
      </Section>
    </Form>
  )
}

function labelOf({ name, organisation, side, votes }: Attendant): string {
  const from = organisation && speak(organisation, currentLocale()).words
  return [name, from === name ? undefined : from, side && sideWords(side), votes ? undefined : m.governance_no_vote()]
    .filter(Boolean)
    .join(', ')
}

function Decisions(props: HoldDeskProps) {
  const { meeting, items } = props
  const deciding = items.filter(({ kind }) => kind !== undefined)
  if (deciding.length === 0) return null
  return (
    <Section id="decisions" heading={m.governance_decisions()}>
      {deciding.map((item) => (
        <div class="ln-stack" data-gap="2" id={`item-${item.position}`}>
          <h3 class="ds-heading" data-size="xs">
            {items.indexOf(item) + 1}. <Said locale={meeting.locale}>{item.title}</Said>
          </h3>
          {(props.conflicts.get(item.id) ?? []).map(({ name, ground }) => (
            <p class="ln-small">
              <Status mark="shield">{m.governance_conflict_of({ name, ground })}</Status>
            </p>
          ))}
          {item.decision ? (
            <Note color="info">
              <p>
                <a class="ln-link" href={`/governance/decisions/${item.decision.id}`}>
                  {item.decision.title}
                </a>
              </p>
              <p class="ln-small">{decisionLine(item.decision)}</p>
            </Note>
          ) : (
            <DecideItem {...props} item={item} />
          )}
        </div>
      ))}
    </Section>
  )
}

function Tasks({ meeting, tasks, today, states, freshKey }: HoldDeskProps) {
  const state = states.task ?? fresh
  return (
    <Section id="tasks" heading={m.governance_tasks_given()}>
      {tasks.length > 0 ? (
        <ul class="ln-plain ln-stack" data-gap="2">
          {tasks.map((task) => (
            <li class="ln-row" data-tight>
              <span>{`${task.title}, ${task.owner}`}</span>
              <Due task={task} today={today} />
              {task.doneOn ? null : (
                <Do
                  action={`/governance/meetings/tasks/${task.id}/finish`}
                  keyed={freshKey()}
                  label={m.governance_task_finish()}
                  about={task.title}
                  variant="tertiary"
                />
              )}
            </li>
          ))}
        </ul>
      ) : null}
      <Form
        action={`/governance/meetings/${meeting.id}/tasks`}
        state={state}
        idempotencyKey={freshKey()}
        buttons={<Button variant="secondary">{m.governance_task_add()}</Button>}
      >
        <Field state={state} name="task.title" label={m.governance_task_title()} maxlength={300} />
        <Field state={state} name="task.owner" label={m.governance_task_owner()} maxlength={200} />
        <Field state={state} kind="date" name="task.due" label={m.governance_task_due()} />
      </Form>
    </Section>
  )
}

function Guests({ meeting, states, freshKey }: HoldDeskProps) {
  if (meeting.form === 'dialogue') return null
  const state = states.guest ?? fresh
  return (
    <details class="ds-details" open={state.outcome !== undefined}>
      <summary>{m.governance_guest_add()}</summary>
      <div>
        <Form
          action={`/governance/meetings/${meeting.id}/attendance`}
          state={state}
          idempotencyKey={freshKey()}
          buttons={<Button variant="secondary">{m.governance_guest_add()}</Button>}
        >
          <Field state={state} name="guest.name" label={m.governance_attendant_name()} maxlength={200} />
        </Form>
      </div>
    </details>
  )
}

function Approve({ meeting, states, freshKey }: HoldDeskProps) {
  const state = states.approve ?? fresh
  return (
    <Section id="approve" heading={m.governance_minutes_approve()} line>
      <p>{meeting.body.public ? m.governance_minutes_approve_lead() : m.governance_minutes_approve_closed()}</p>
      <Form
        action={`/governance/meetings/${meeting.id}/approve`}
        state={state}
        idempotencyKey={freshKey()}
        buttons={<Button variant="secondary">{m.governance_minutes_approve()}</Button>}
      >
        <Field
          state={state}
          kind="radios"
          name="by"
          label={m.governance_approved_how()}
          value="chair"
          options={[
            { value: 'chair', label: m.governance_approved_by_chair() },
            { value: 'meeting', label: m.governance_approved_by_meeting() },
          ]}
        />
        {meeting.writing > 1 ? (
          <Field
            state={state}
            kind="textarea"
            name="correction"
            label={m.governance_correction_why()}
            rows={2}
            maxlength={1000}
          />
        ) : null}
      </Form>
    </Section>
  )
}
