import { z } from 'zod'
import type { FieldError, Outcome } from '../../../platform/access/outcome.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Fields } from '../../../platform/http/form-fields.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { approveMinutes, correctMinutes, writtenAt } from '../commands/meetings/approve-minutes.ts'
import { decideItem } from '../commands/meetings/decide-item.ts'
import { finishTask, giveTask } from '../commands/meetings/give-task.ts'
import { holdMeeting, listAttendant, tellConflict, writeMinutes } from '../commands/meetings/hold-meeting.ts'
import { mayKeepMeetings, mayOpenMeetings } from '../permissions/meetings.ts'
import { typedAmount } from '../rules/meetings/typed-amount.ts'
import { delegationsTo } from '../store/meetings/delegations.ts'
import { itemById } from '../store/meetings/read-agenda.ts'
import { meetingById } from '../store/meetings/read-meetings.ts'
import { meetingKind } from '../types/meetings.ts'
import { HoldDesk } from '../views/meetings/hold-desk.tsx'
import { newKey, told } from './meetings-desk.tsx'

const params = z.object({ id: z.uuid() })
const root = '/governance/meetings'
type States = Record<string, FormState>
type Failed = Exclude<Outcome<unknown>, { is: 'ok' }>

/** One screen while a meeting is held (GOV-3): attendance, minutes, decisions, tasks, approval. */
export function meetingsHold(door: Door): void {
  door.page(`${root}/{id}/hold`, { permission: mayOpenMeetings, audit: 'governance.meeting.read', params }, (visit) =>
    showHold(visit, visit.params.id, {}),
  )
  door.form(`${root}/{id}/hold`, {
    command: holdMeeting,
    params,
    input: (_fields, visit) => ({ id: visit.params.id }),
    done: ({ id }) => redirect(`${root}/${id}/hold`),
    again: async (_typed, outcome, visit) => told(`${root}/${visit.params.id}`, outcome),
  })
  door.form(`${root}/{id}/minutes`, {
    command: writeMinutes,
    params,
    input: (fields, visit) => ({
      ...fields,
      everyone: Array.isArray(fields.everyone) ? fields.everyone[0] : fields.everyone,
      id: visit.params.id,
    }),
    done: ({ id }) => redirect(`${root}/${id}/hold`, { kind: 'done', text: m.governance_minutes_flash() }),
    again: (typed, outcome, visit) => showHold(visit, visit.params.id, { minutes: { typed, outcome } }),
  })
  door.form(`${root}/{id}/attendance`, {
    command: listAttendant,
    params,
    input: (fields, visit) => ({ ...fields, ...inner(fields, 'guest'), id: visit.params.id }),
    done: ({ id, form }) => redirect(form === 'dialogue' ? `${root}/${id}#sides` : `${root}/${id}/hold`),
    again: (typed, outcome, visit) =>
      typed.has('guest.name')
        ? showHold(visit, visit.params.id, { guest: { typed, outcome: below(outcome, 'guest') } })
        : Promise.resolve(told(`${root}/${visit.params.id}`, outcome)),
  })
  door.form(`${root}/{id}/tasks`, {
    command: giveTask,
    params,
    input: (fields, visit) => ({ ...inner(fields, 'task'), id: visit.params.id }),
    done: ({ id }) => redirect(`${root}/${id}/hold#tasks`, { kind: 'done', text: m.governance_task_flash() }),
    again: (typed, outcome, visit) =>
      showHold(visit, visit.params.id, { task: { typed, outcome: below(outcome, 'task') } }),
  })
  door.form(`${root}/tasks/{id}/finish`, {
    command: finishTask,
    params,
    input: (_fields, visit) => ({ id: visit.params.id }),
    done: ({ id }) => redirect(`${root}/${id}/hold#tasks`),
    again: async (_typed, outcome) => told(root, outcome),
  })
  door.form(`${root}/{id}/approve`, {
    command: approveMinutes,
    params,
    input: (fields, visit) => ({ ...fields, id: visit.params.id }),
    done: ({ id }) => redirect(`${root}/${id}`, { kind: 'done', text: m.governance_approved_flash() }),
    again: (typed, outcome, visit) => showHold(visit, visit.params.id, { approve: { typed, outcome } }),
  })
  door.form(`${root}/{id}/correct`, {
    command: correctMinutes,
    params,
    input: (_fields, visit) => ({ id: visit.params.id }),
    done: ({ id }) => redirect(`${root}/${id}/hold`),
    again: async (_typed, outcome, visit) => told(`${root}/${visit.params.id}`, outcome),
  })
  itemForms(door)
}

function itemForms(door: Door): void {
  door.form(`${root}/items/{id}/decide`, {
    command: decideItem,
    params,
    input: (fields, visit) => ({ ...decided(fields), id: visit.params.id }),
    done: ({ meeting, number }) =>
      redirect(`${root}/${meeting}/hold#decisions`, {
        kind: 'done',
        text: m.governance_recorded_flash({ number }),
      }),
    again: (typed, outcome, visit) => itemAgain(visit, 'decide', 'd', typed, outcome),
  })
  door.form(`${root}/items/{id}/conflict`, {
    command: tellConflict,
    params,
    input: (fields, visit) => ({ ...inner(fields, ownName(Object.keys(fields), 'c') ?? ''), id: visit.params.id }),
    done: ({ meeting }) =>
      redirect(`${root}/${meeting}/hold#decisions`, { kind: 'done', text: m.governance_conflict_flash() }),
    again: (typed, outcome, visit) => itemAgain(visit, 'conflict', 'c', typed, outcome),
  })
}

/** The fields of one form of a page that holds several: each has a name of its own before them. */
function inner(fields: Record<string, unknown>, name: string): Record<string, unknown> {
  const own = fields[name]
  return typeof own === 'object' && own !== null && !Array.isArray(own) ? { ...own } : {}
}

/** `d3` among the names of a form, where `d` is asked for. */
const ownName = (names: readonly string[], letter: string) =>
  names.map((name) => name.split('.')[0] ?? '').find((name) => new RegExp(`^${letter}\\d{1,3}$`).test(name))

/** What was typed of a decision; a member for whom nothing was chosen has not voted. */
function decided(fields: Record<string, unknown>): Record<string, unknown> {
  const { votes, ...rest } = inner(fields, ownName(Object.keys(fields), 'd') ?? '')
  const given = (Array.isArray(votes) ? votes : []).filter((one) => typeof one === 'object' && one && 'vote' in one)
  const amount = typeof rest.amount === 'string' ? { amount: typedAmount(rest.amount) } : {}
  return { ...rest, ...amount, ...(rest.amount === undefined ? { currency: undefined } : {}), votes: given }
}

/** The same mistakes at the fields of this form. */
function below<Outcome extends Failed>(outcome: Outcome, name: string): Outcome {
  if (outcome.is !== 'invalid') return outcome
  const errors: FieldError[] = outcome.errors.map(({ path, message }) => ({
    path: path === 'votes' ? `${name}.votes.0.vote` : `${name}.${path}`,
    message,
  }))
  return { ...outcome, errors }
}

async function itemAgain(
  visit: Visit<{ id: string }>,
  form: 'decide' | 'conflict',
  letter: string,
  typed: Fields,
  outcome: Failed,
): Promise<Answer> {
  const item = await visit.read((tx) => itemById(tx, visit.params.id))
  if (!item) return { is: 'notFound' }
  const name = ownName([...typed.keys()], letter) ?? `${letter}${item.position}`
  return showHold(visit, item.meeting, { [`${form}-${item.position}`]: { typed, outcome: below(outcome, name) } })
}

function showHold(visit: Visit, id: string, states: States): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    visit.about({ kind: meetingKind, id })
    const meeting = await meetingById(tx, id)
    if (!meeting) return { is: 'notFound' }
    if (!mayKeepMeetings.may(visit.actor, { organisation: meeting.body.organisation })) return { is: 'forbidden' }
    const [written, delegations] = await Promise.all([writtenAt(tx, meeting), delegationsTo(tx, meeting.body.id)])
    const today = dayIn(visit.now, meeting.body.timeZone)
    const day = dayIn(meeting.startsAt, meeting.body.timeZone)
    return page(
      m.governance_hold(),
      <HoldDesk
        meeting={meeting}
        items={written.items}
        attendance={written.attendance}
        conflicts={written.conflicts}
        tasks={written.tasks}
        quorum={written.here}
        delegations={delegations.filter(({ since, until }) => since <= day && (until === undefined || day <= until))}
        today={today}
        states={states}
        freshKey={newKey}
      />,
      { size: 'sm' },
    )
  })
}
