import { z } from 'zod'
import { type Actor, effectiveMemberships } from '../../../platform/access/actor.ts'
import type { Outcome } from '../../../platform/access/outcome.ts'
import type { Premises } from '../../../platform/capability.ts'
import { largestFile } from '../../../platform/files/files.ts'
import { fileAnswer } from '../../../platform/files/serve.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import { encodeCursor } from '../../../platform/http/cursor.ts'
import type { Door } from '../../../platform/http/door.ts'
import { problem } from '../../../platform/http/problem.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { addPapers, papersAtOnce, takePaperAway } from '../commands/meetings/add-paper.ts'
import { changeItem, orderItem, takeOffAgenda } from '../commands/meetings/change-item.ts'
import { cancelMeeting, changeMeeting } from '../commands/meetings/change-meeting.ts'
import { inviteMembers, publishAgenda } from '../commands/meetings/invite-members.ts'
import { planMeeting } from '../commands/meetings/plan-meeting.ts'
import { putOnAgenda } from '../commands/meetings/put-on-agenda.ts'
import { mayKeepMeetings, mayOpenMeetings, mayReadAsInvited } from '../permissions/meetings.ts'
import { listMatters } from '../store/matters/read-matters.ts'
import { agendaOf, itemById, paperById } from '../store/meetings/read-agenda.ts'
import {
  addressesOfMembers,
  attendanceOf,
  invitedBefore,
  invitedTo,
  openTasksOf,
} from '../store/meetings/read-attendance.ts'
import { listMeetings, type Meeting, meetingById } from '../store/meetings/read-meetings.ts'
import { closedMinutesOf, minutesOf } from '../store/meetings/read-minutes.ts'
import { bodiesOf } from '../store/read-body.ts'
import { meetingKind } from '../types/meetings.ts'
import { AgendaDesk, type AgendaDeskProps, type AgendaForm } from '../views/meetings/agenda-desk.tsx'
import { ItemDesk } from '../views/meetings/item-desk.tsx'
import { MeetingPage } from '../views/meetings/meeting-page.tsx'
import { meetingName } from '../views/meetings/meeting-words.tsx'
import { MeetingForm, MeetingsDesk } from '../views/meetings/meetings-desk.tsx'
import { momentCursor } from './after-moment.ts'

const params = z.object({ id: z.uuid() })
const pageSize = 20
const root = '/governance/meetings'
const desk = { permission: mayOpenMeetings, audit: 'governance.meetings.open' } as const
export const newKey = () => crypto.randomUUID()

/** Organisations whose secretariat this actor keeps. */
export const kept = (actor: Actor | null): string[] => [
  ...new Set(
    (actor ? effectiveMemberships(actor) : [])
      .filter(({ role }) => role === 'secretariat')
      .map(({ organisation }) => organisation),
  ),
]

/** What a button says when it comes too late. */
export function told(to: string, outcome: Exclude<Outcome<unknown>, { is: 'ok' }>): Answer {
  switch (outcome.is) {
    case 'late':
      return redirect(to, { kind: 'warning', text: outcome.message })
    case 'invalid':
      return redirect(to, { kind: 'warning', text: outcome.errors[0]?.message ?? m.form_errors_title({ count: 1 }) })
    case 'forbidden':
      return { is: 'forbidden' }
    case 'conflict':
      return redirect(to, { kind: 'warning', text: m.governance_meeting_over() })
    case 'notFound':
      return { is: 'notFound' }
  }
}

/** The desk of a secretariat: plan, agenda, papers, invitation (GOV-3). */
export function meetingsDesk(door: Door, { files, config }: Pick<Premises, 'files' | 'config'>): void {
  door.page(root, { ...desk, query: z.object({ after: z.string().max(1000).optional() }) }, showDesk)
  door.page(`${root}/new`, { permission: mayOpenMeetings, audit: { none: 'an empty form' } }, (visit) =>
    showPlan(visit, {}),
  )
  door.form(`${root}/new`, {
    command: planMeeting,
    input: (fields) => fields,
    done: ({ id }) => redirect(`${root}/${id}`, { kind: 'done', text: m.governance_planned_flash() }),
    again: (typed, outcome, visit) => showPlan(visit, { typed, outcome }),
  })
  door.page(`${root}/{id}`, { permission: mayReadAsInvited, audit: 'governance.meeting.read', params }, (visit) =>
    showMeeting(visit, visit.params.id, {}),
  )
  door.page(`${root}/{id}/edit`, { ...desk, params }, (visit) => showEdit(visit, visit.params.id, {}))
  door.form(`${root}/{id}/edit`, {
    command: changeMeeting,
    params,
    input: (fields, visit) => ({ ...fields, id: visit.params.id }),
    done: ({ id }) => redirect(`${root}/${id}`, { kind: 'done', text: m.governance_changed_flash() }),
    again: (typed, outcome, visit) => showEdit(visit, visit.params.id, { typed, outcome }),
  })
  const again =
    (form: AgendaForm) =>
    (typed: FormState['typed'], outcome: FormState['outcome'], visit: Visit<{ id: string }>): Promise<Answer> =>
      showMeeting(visit, visit.params.id, { [form]: { typed, outcome } })
  door.form(`${root}/{id}/cancel`, {
    command: cancelMeeting,
    params,
    input: (fields, visit) => ({ ...fields, id: visit.params.id }),
    done: ({ id }) => redirect(`${root}/${id}`, { kind: 'done', text: m.governance_cancelled_flash() }),
    again: again('cancel'),
  })
  door.form(`${root}/{id}/agenda`, {
    command: putOnAgenda,
    params,
    input: (fields, visit) => ({ ...fields, id: visit.params.id }),
    done: ({ meeting }) => redirect(`${root}/${meeting}#agenda`, { kind: 'done', text: m.governance_item_flash() }),
    again: again('add'),
  })
  door.form(`${root}/{id}/invite`, {
    command: inviteMembers(config.url),
    params,
    input: (fields, visit) => ({ ...fields, id: visit.params.id }),
    done: ({ id, letters }) =>
      redirect(`${root}/${id}`, { kind: 'done', text: m.governance_invited_flash({ count: letters }) }),
    again: again('invite'),
  })
  door.form(`${root}/{id}/publish`, {
    command: publishAgenda,
    params,
    input: (_fields, visit) => ({ id: visit.params.id }),
    done: ({ id }) => redirect(`${root}/${id}`, { kind: 'done', text: m.governance_published_flash() }),
    again: async (_typed, outcome, visit) => told(`${root}/${visit.params.id}`, outcome),
  })
  items(door, files)
}

function items(door: Door, files: Premises['files']): void {
  const address = `${root}/items/{id}`
  door.page(address, { ...desk, params }, (visit) => showItem(visit, visit.params.id, {}))
  door.form(address, {
    command: changeItem,
    params,
    input: (fields, visit) => ({ ...fields, id: visit.params.id }),
    done: ({ meeting }) => redirect(`${root}/${meeting}#agenda`, { kind: 'done', text: m.governance_changed_flash() }),
    again: (typed, outcome, visit) => showItem(visit, visit.params.id, { change: { typed, outcome } }),
  })
  door.form(`${address}/order`, {
    command: orderItem,
    params,
    input: (fields, visit) => ({ ...fields, id: visit.params.id }),
    done: ({ meeting }) => redirect(`${root}/${meeting}#agenda`),
    again: async (_typed, outcome) => told(root, outcome),
  })
  door.form(`${address}/take-off`, {
    command: takeOffAgenda,
    params,
    input: (_fields, visit) => ({ id: visit.params.id }),
    done: ({ meeting }) =>
      redirect(`${root}/${meeting}#agenda`, { kind: 'done', text: m.governance_taken_off_flash() }),
    again: async (_typed, outcome) => told(root, outcome),
  })
  door.form(`${address}/papers`, {
    command: addPapers(files),
    params,
    uploads: { limit: largestFile, most: papersAtOnce },
    input: (fields, visit, uploads) => ({
      id: visit.params.id,
      confidential: fields.confidential,
      uploads: [...uploads],
    }),
    done: ({ id }) => redirect(`${root}/items/${id}#papers`, { kind: 'done', text: m.governance_papers_flash() }),
    again: (typed, outcome, visit) => showItem(visit, visit.params.id, { papers: { typed, outcome } }),
  })
  door.form(`${root}/papers/{id}/withdraw`, {
    command: takePaperAway,
    params,
    input: (_fields, visit) => ({ id: visit.params.id }),
    done: ({ meeting }) => redirect(`${root}/${meeting}#agenda`, { kind: 'done', text: m.governance_paper_flash() }),
    again: async (_typed, outcome) => told(root, outcome),
  })
  door.raw(
    'get',
    `${root}/papers/{id}`,
    { permission: mayReadAsInvited, audit: 'governance.paper.read' },
    async (visit) => {
      const named = params.safeParse(visit.params)
      if (!named.success) return problem(404, m.problem_not_found())
      const file = await visit.read(async (tx) => {
        const paper = await paperById(tx, named.data.id)
        if (paper) visit.about({ kind: meetingKind, id: paper.meeting })
        return paper && files.open(tx, paper.file)
      })
      const content = await file?.content()
      return file && content ? fileAnswer(file, content) : problem(404, m.problem_not_found())
    },
  )
}

const secretary = (visit: Visit, meeting: Meeting) =>
  mayKeepMeetings.may(visit.actor, { organisation: meeting.body.organisation })

async function showDesk(visit: Visit<unknown, { after?: string | undefined }>): Promise<Answer> {
  const after = momentCursor(visit.query.after)
  if (after === 'bad') return { is: 'bad', path: 'after', message: m.form_format() }
  const organisations = kept(visit.actor)
  const border = new Date(visit.now.getTime() - 12 * 3_600_000)
  const found = await visit.read(async (tx) => {
    const [coming, past, tasks] = await Promise.all([
      listMeetings(tx, { organisations, since: border }, { limit: 50, rising: true }),
      listMeetings(tx, { organisations, before: border }, { after, limit: pageSize }),
      openTasksOf(tx, organisations),
    ])
    return { coming: coming.meetings, past: past.meetings, next: past.next, tasks }
  })
  const zone = (found.coming[0] ?? found.past[0])?.body.timeZone ?? 'UTC'
  return page(
    m.governance_meetings(),
    <MeetingsDesk
      coming={after ? [] : found.coming}
      past={found.past}
      tasks={after ? [] : found.tasks}
      today={dayIn(visit.now, zone)}
      first={after ? root : undefined}
      next={found.next ? `${root}?after=${encodeCursor(found.next)}` : undefined}
    />,
    { size: 'sm' },
  )
}

async function showPlan(visit: Visit, state: FormState): Promise<Answer> {
  const bodies = await visit.read((tx) => bodiesOf(tx, kept(visit.actor)))
  return page(
    m.governance_plan(),
    <MeetingForm
      action={`${root}/new`}
      title={m.governance_plan()}
      back={{ href: root, label: m.governance_back_meetings() }}
      bodies={bodies}
      begin={{}}
      state={state}
      idempotencyKey={newKey()}
    />,
    { size: 'sm' },
  )
}

function showEdit(visit: Visit, id: string, state: FormState): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    visit.about({ kind: meetingKind, id })
    const meeting = await meetingById(tx, id)
    if (!meeting) return { is: 'notFound' }
    if (!secretary(visit, meeting)) return { is: 'forbidden' }
    return page(
      m.governance_meeting_move(),
      <MeetingForm
        action={`${root}/${id}/edit`}
        title={m.governance_meeting_move()}
        back={{ href: `${root}/${id}`, label: m.governance_back_agenda() }}
        begin={beginOf(meeting)}
        version={meeting.version}
        state={state}
        idempotencyKey={newKey()}
      />,
      { size: 'sm' },
    )
  })
}

/** Day and times of a meeting as its form shows them. */
function beginOf({ startsAt, endsAt, place, title, body }: Meeting) {
  const clock = (moment: Date) =>
    new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: body.timeZone }).format(moment)
  return {
    day: dayIn(startsAt, body.timeZone),
    begins: clock(startsAt),
    ...(endsAt ? { ends: clock(endsAt) } : {}),
    ...(place === undefined ? {} : { place }),
    ...(title === undefined ? {} : { title }),
  }
}

/** The secretariat gets its desk; whoever was invited reads all of the papers. */
function showMeeting(visit: Visit, id: string, states: AgendaDeskProps['states']): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    visit.about({ kind: meetingKind, id })
    const meeting = await meetingById(tx, id)
    if (!meeting) return { is: 'notFound' }
    const [agenda, minutes] = await Promise.all([agendaOf(tx, id, meeting.locale), minutesOf(tx, id)])
    if (!secretary(visit, meeting)) {
      const [newest] = minutes
      const closed = newest && (await closedMinutesOf(tx, id, newest.version))
      const back = { href: '/meetings', label: m.governance_back_meetings() }
      return page(
        meetingName(meeting),
        <MeetingPage meeting={meeting} agenda={agenda} minutes={minutes} closed={closed} root={root} back={back} />,
        { size: 'sm' },
      )
    }
    const [matters, attendance, invited, before, members] = await Promise.all([
      listMatters(tx, { body: meeting.body.id, states: ['prepared', 'postponed'] }, { limit: 100 }),
      attendanceOf(tx, id),
      invitedTo(tx, id),
      invitedBefore(tx, meeting.body.id, meeting.startsAt),
      addressesOfMembers(tx, meeting.body.id, dayIn(meeting.startsAt, meeting.body.timeZone)),
    ])
    return page(
      meetingName(meeting),
      <AgendaDesk
        meeting={meeting}
        agenda={agenda}
        matters={matters.matters}
        attendance={attendance}
        invited={invited}
        before={before}
        members={meeting.form === 'dialogue' ? [] : members.map(({ email }) => email)}
        states={states}
        freshKey={newKey}
      />,
      { size: 'sm' },
    )
  })
}

function showItem(visit: Visit, id: string, states: { change?: FormState; papers?: FormState }): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const named = await itemById(tx, id)
    const meeting = named && (await meetingById(tx, named.meeting))
    if (!meeting) return { is: 'notFound' }
    visit.about({ kind: meetingKind, id: meeting.id })
    if (!secretary(visit, meeting)) return { is: 'forbidden' }
    const item = (await agendaOf(tx, meeting.id, meeting.locale)).find((one) => one.id === id)
    if (!item) return { is: 'notFound' }
    return page(
      item.title,
      <ItemDesk
        meeting={meeting}
        item={item}
        limit={largestFile}
        most={papersAtOnce}
        states={states}
        freshKey={newKey}
      />,
      { size: 'sm' },
    )
  })
}
