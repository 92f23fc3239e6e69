import { formatDay } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { locales, speak, type Text } from '../../../../platform/i18n/text.ts'
import { Pager } from '../../../../platform/ui/browse.tsx'
import { ButtonLink } from '../../../../platform/ui/buttons.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { TaskList } from '../../../../platform/ui/lists.tsx'
import { Empty } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { Status } from '../../../../platform/ui/status.tsx'
import { languageName } from '../../../../platform/ui/words.tsx'
import { isOverdue } from '../../rules/meetings/course.ts'
import type { Task } from '../../store/meetings/read-attendance.ts'
import type { Meeting } from '../../store/meetings/read-meetings.ts'
import type { StoredBody } from '../../store/read-body.ts'
import { bodyName } from './meeting-words.tsx'
import { MeetingsTable } from './meetings-page.tsx'

export interface MeetingsDeskProps {
  coming: readonly Meeting[]
  past: readonly Meeting[]
  tasks: readonly (Task & { meeting: string; body: Text })[]
  today: string
  first: string | undefined
  next: string | undefined
}

/** The meetings of all bodies that a secretariat keeps, and what was to be done after them (GOV-3). */
export function MeetingsDesk({ coming, past, tasks, today, first, next }: MeetingsDeskProps) {
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead
        title={m.governance_meetings()}
        action={
          <ButtonLink href="/governance/meetings/new" icon="plus">
            {m.governance_plan()}
          </ButtonLink>
        }
      />
      <p>
        <a class="ln-link" href="/governance/meetings/record">
          {m.governance_record_meeting()}
        </a>
      </p>
      {coming.length > 0 ? (
        <MeetingsTable
          caption={m.governance_meetings_coming()}
          meetings={coming}
          href={({ id }) => `/governance/meetings/${id}`}
        />
      ) : (
        <Empty>{m.governance_meetings_none_coming()}</Empty>
      )}
      {tasks.length > 0 ? (
        <Section id="tasks" heading={m.governance_tasks_open()}>
          <TaskList
            wide
            items={tasks.map((task) => ({
              href: `/governance/meetings/${task.meeting}/hold#tasks`,
              label: task.title,
              note: `${task.owner} · ${bodyName(task.body)}`,
              status: <Due task={task} today={today} />,
            }))}
          />
        </Section>
      ) : null}
      {past.length > 0 ? (
        <MeetingsTable
          caption={m.governance_meetings_past()}
          meetings={past}
          href={({ id }) => `/governance/meetings/${id}`}
        />
      ) : null}
      <Pager previous={first} next={next} />
    </div>
  )
}

/** Whether a task is done, late, or still has time. */
export function Due({ task, today }: { task: Pick<Task, 'due' | 'doneOn'>; today: string }) {
  if (task.doneOn) return <Status mark="done">{m.governance_task_done({ day: formatDay(task.doneOn) })}</Status>
  const words = { day: formatDay(task.due) }
  return isOverdue(task, today) ? (
    <Status mark="late">{m.governance_task_overdue(words)}</Status>
  ) : (
    <Status mark="wait">{m.governance_task_until(words)}</Status>
  )
}

export interface MeetingFormProps {
  action: string
  title: string
  back: { href: string; label: string }
  /** bodies to choose from; none where the meeting is there already */
  bodies?: readonly StoredBody[] | undefined
  begin: { day?: string; begins?: string; ends?: string; place?: string; title?: string; body?: string }
  version?: number | undefined
  state: FormState
  idempotencyKey: string
}

/** When and where a body meets. */
export function MeetingForm(props: MeetingFormProps) {
  const { state, begin, bodies } = props
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead back={props.back} title={props.title} />
      <Form
        action={props.action}
        state={state}
        idempotencyKey={props.idempotencyKey}
        version={props.version}
        submit={bodies ? m.governance_plan() : m.form_save()}
      >
        {bodies ? (
          <Field
            state={state}
            kind="select"
            name="body"
            label={m.governance_body()}
            value={begin.body}
            options={bodies.map(({ profile }) => ({
              value: profile.slug,
              label: speak(profile.names, currentLocale()).words,
            }))}
          />
        ) : null}
        <WhenAndWhere state={state} begin={begin} />
        {bodies ? (
          <>
            <MeetingLanguage state={state} />
            <Field
              state={state}
              kind="radios"
              name="form"
              label={m.governance_meeting_form()}
              value="meeting"
              options={[
                { value: 'meeting', label: m.governance_form_meeting() },
                {
                  value: 'dialogue',
                  label: m.governance_form_dialogue(),
                  description: m.governance_form_dialogue_hint(),
                },
              ]}
            />
          </>
        ) : null}
      </Form>
    </div>
  )
}

/** Title, day, times and place of a meeting. @param begin what stands there already @param last the last day that can be chosen */
export function WhenAndWhere({
  state,
  begin = {},
  last,
}: {
  state: FormState
  begin?: Omit<MeetingFormProps['begin'], 'body'>
  last?: string
}) {
  return (
    <>
      <Field
        state={state}
        name="title"
        label={m.governance_meeting_title()}
        description={m.governance_meeting_title_hint()}
        maxlength={200}
        value={begin.title}
        optional
      />
      <Field
        state={state}
        kind="date"
        name="day"
        label={m.governance_meeting_day()}
        value={begin.day}
        {...(last === undefined ? {} : { max: last })}
      />
      <Field
        state={state}
        kind="time"
        name="begins"
        label={m.governance_meeting_begins()}
        description={m.governance_meeting_time_hint()}
        value={begin.begins}
      />
      <Field state={state} kind="time" name="ends" label={m.governance_meeting_ends()} value={begin.ends} optional />
      <Field
        state={state}
        name="place"
        label={m.governance_meeting_place()}
        maxlength={300}
        value={begin.place}
        optional
      />
    </>
  )
}

/** In which language a meeting is held and written down. */
export const MeetingLanguage = ({ state }: { state: FormState }) => (
  <Field
    state={state}
    kind="select"
    name="locale"
    label={m.governance_meeting_language()}
    value={currentLocale()}
    options={locales.map((locale) => ({ value: locale, label: languageName(locale) }))}
  />
)
