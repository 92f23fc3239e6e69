import { z } from 'zod'
import { everyone } from '../../../platform/access/permission.ts'
import type { Premises } from '../../../platform/capability.ts'
import { encodeCursor } from '../../../platform/http/cursor.ts'
import type { Door } from '../../../platform/http/door.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { Locale, Text } from '../../../platform/i18n/text.ts'
import { moveMatter } from '../commands/matters/move-matter.ts'
import { enterNewMatter } from '../commands/matters/raise-matter.ts'
import { approveMinutes, correctMinutes } from '../commands/meetings/approve-minutes.ts'
import { cancelMeeting, changeMeeting } from '../commands/meetings/change-meeting.ts'
import { decideItem } from '../commands/meetings/decide-item.ts'
import { delegateLimit } from '../commands/meetings/delegate-limit.ts'
import { giveTask } from '../commands/meetings/give-task.ts'
import { holdMeeting, listAttendant, tellConflict, writeMinutes } from '../commands/meetings/hold-meeting.ts'
import { inviteMembers, publishAgenda } from '../commands/meetings/invite-members.ts'
import { planMeeting } from '../commands/meetings/plan-meeting.ts'
import { putOnAgenda } from '../commands/meetings/put-on-agenda.ts'
import { recordMeeting } from '../commands/meetings/record-meeting.ts'
import { listMatters, matterById, pathOf, type StoredMatter } from '../store/matters/read-matters.ts'
import { agendaOf } from '../store/meetings/read-agenda.ts'
import { listMeetings, type Meeting, meetingById } from '../store/meetings/read-meetings.ts'
import { meetingsWithWords, minutesOf } from '../store/meetings/read-minutes.ts'
import { bodyBySlug } from '../store/read-body.ts'
import { Deed, MatterSource, MatterState } from '../types/matters.ts'
import { MeetingForm, MeetingState, MinutesContent } from '../types/meetings.ts'
import { Slug } from '../types.ts'
import { momentCursor } from './after-moment.ts'
import { asPublic } from './meetings.tsx'

const open = { permission: everyone, audit: { none: 'public; the same as the pages' }, tag: 'Governance' } as const
const writing = { tag: 'Governance', scope: 'governance:write', method: 'post' } as const
const params = z.object({ id: z.uuid() })
const Size = z.coerce.number().int().min(1).max(100).default(20)
const After = z.string().max(1000).optional()

const MeetingItem = z.object({
  id: z.uuid(),
  body: z.string(),
  form: MeetingForm,
  title: z.string().nullable(),
  locale: Locale,
  startsAt: z.string(),
  endsAt: z.string().nullable(),
  place: z.string().nullable(),
  state: MeetingState,
  page: z.string(),
})
const AgendaEntry = z.object({
  id: z.uuid(),
  title: z.string(),
  matter: z.uuid().nullable(),
  presenter: z.string().nullable(),
  /** confidential: the ground, and nothing else of the item */
  secretGround: z.string().nullable(),
  words: z.string().nullable(),
  papers: z.array(z.object({ name: z.string(), url: z.string() })),
})
const MatterItem = z.object({
  id: z.uuid(),
  body: z.string(),
  kind: z.string(),
  title: Text,
  words: Text.nullable(),
  source: MatterSource,
  sourceName: z.string().nullable(),
  state: MatterState,
  raisedAt: z.string(),
  changedAt: z.string(),
  page: z.string(),
})
const PathStep = z.object({
  deed: Deed,
  body: z.string(),
  to: z.string().nullable(),
  meeting: z.uuid().nullable(),
  decision: z.uuid().nullable(),
  words: z.string().nullable(),
  at: z.string(),
})

/** Meetings and matters over JSON: reading what is public, and the same commands as the forms. */
export function meetingsApi(door: Door, { config }: Pick<Premises, 'config'>): void {
  reading(door)
  matters(door)
  door.command('/api/v1/meetings', {
    ...writing,
    summary: 'Plan a meeting of a body',
    command: planMeeting,
    response: params.extend({ body: z.string() }),
    status: 201,
  })
  door.command('/api/v1/whole-meetings', {
    ...writing,
    summary: 'Enter a whole meeting at once, from records that were kept elsewhere',
    command: recordMeeting,
    response: params,
    status: 201,
  })
  const steps = [
    ['change', 'Move a meeting', changeMeeting],
    ['cancel', 'Call a meeting off', cancelMeeting],
    ['agenda', 'Put an item on the agenda', putOnAgenda],
    ['publish', 'Publish the agenda', publishAgenda],
    ['invite', 'Invite by letters with a link', inviteMembers(config.url)],
    ['attendance', 'Add a guest, or a seat of a dialogue', listAttendant],
    ['hold', 'Open the meeting', holdMeeting],
    ['minutes', 'Keep attendance and minutes as they are written', writeMinutes],
    ['tasks', 'Give a task', giveTask],
    ['approve', 'Approve the minutes: public at once', approveMinutes],
    ['correct', 'Open approved minutes for a new version', correctMinutes],
  ] as const
  for (const [verb, summary, command] of steps)
    door.command(`/api/v1/meetings/{id}/${verb}`, {
      ...writing,
      summary,
      command: command as typeof holdMeeting,
      params,
      response: z.looseObject({ id: z.uuid() }),
    })
  for (const [verb, summary, command] of [
    ['decide', 'Enter what was decided on an item, with its votes', decideItem],
    ['conflicts', 'Enter that somebody does not take part in an item', tellConflict],
  ] as const)
    door.command(`/api/v1/agenda-items/{id}/${verb}`, {
      ...writing,
      summary,
      command: command as typeof tellConflict,
      params,
      response: z.looseObject({ id: z.uuid() }),
    })
  door.command('/api/v1/decisions/{id}/delegate', {
    ...writing,
    summary: 'Enter what another body may decide by itself, up to which sum, because of this decision',
    command: delegateLimit,
    params,
    response: params.extend({ body: z.string() }),
    status: 201,
  })
}

function reading(door: Door): void {
  door.resource(
    '/api/v1/meetings',
    {
      ...open,
      summary: 'Meetings of public bodies, the last first',
      query: z.object({
        body: Slug.optional(),
        pack: z.string().max(40).optional(),
        year: z.coerce.number().int().min(1900).max(2200).optional(),
        /** words in approved minutes */
        q: z.string().trim().max(200).optional(),
        after: After,
        size: Size,
      }),
      response: z.object({ items: z.array(MeetingItem), next: z.string().nullable() }),
    },
    async ({ read, query, origin }) => {
      const after = momentCursor(query.after)
      if (after === 'bad') return { is: 'bad', path: 'after', message: m.form_format() }
      const found = await read(async (tx) => {
        const body = query.body === undefined ? undefined : await bodyBySlug(tx, query.body)
        if (query.body !== undefined && !body) return { meetings: [], next: undefined }
        const among = query.q ? await meetingsWithWords(tx, query.q) : undefined
        const choice = { publicOnly: true, pack: query.pack, bodies: body && [body.id], year: query.year, among }
        return listMeetings(tx, choice, { after, limit: query.size })
      })
      const items = found.meetings.map((meeting) => meetingItem(meeting, origin))
      return { is: 'ok', value: { items, next: found.next ? encodeCursor(found.next) : null } }
    },
  )
  door.resource(
    '/api/v1/meetings/{id}',
    {
      ...open,
      summary: 'One meeting of a public body: agenda, and minutes once they are approved',
      params,
      response: MeetingItem.extend({
        agenda: z.array(AgendaEntry),
        minutes: z
          .object({
            version: z.number(),
            approvedAt: z.string(),
            correction: z.string().nullable(),
            content: MinutesContent,
          })
          .nullable(),
      }),
    },
    async ({ read, params, origin }) => {
      const found = await read(async (tx) => {
        const meeting = await meetingById(tx, params.id)
        if (!meeting?.body.public) return undefined
        const agenda = meeting.agendaPublishedAt ? await agendaOf(tx, meeting.id, meeting.locale) : []
        return { meeting, agenda, minutes: (await minutesOf(tx, meeting.id))[0] }
      })
      if (!found) return { is: 'notFound' }
      const { meeting, minutes } = found
      const agenda = found.agenda
        .filter(({ aboutPerson }) => !aboutPerson)
        .map(asPublic)
        .map((item) => ({
          id: item.id,
          title: item.title,
          matter: item.matter ?? null,
          presenter: item.presenter ?? null,
          secretGround: item.secretGround ?? null,
          words: item.words ?? null,
          papers: item.papers.map(({ id, name }) => ({ name, url: `${origin}/meetings/papers/${id}` })),
        }))
      return {
        is: 'ok',
        version: meeting.version,
        value: {
          ...meetingItem(meeting, origin),
          agenda,
          minutes: minutes
            ? {
                version: minutes.version,
                approvedAt: minutes.approvedAt.toISOString(),
                correction: minutes.correction ?? null,
                content: minutes.content,
              }
            : null,
        },
      }
    },
  )
}

function matters(door: Door): void {
  door.resource(
    '/api/v1/matters',
    {
      ...open,
      summary: 'Published matters, the one that moved last first; those about people are never among them',
      query: z.object({
        body: Slug.optional(),
        pack: z.string().max(40).optional(),
        state: MatterState.optional(),
        after: After,
        size: Size,
      }),
      response: z.object({ items: z.array(MatterItem), next: z.string().nullable() }),
    },
    async ({ read, query, origin }) => {
      const after = momentCursor(query.after)
      if (after === 'bad') return { is: 'bad', path: 'after', message: m.form_format() }
      const found = await read(async (tx) => {
        const body = query.body === undefined ? undefined : await bodyBySlug(tx, query.body)
        if (query.body !== undefined && !body) return { matters: [], next: undefined }
        const choice = { publicOnly: true, pack: query.pack, body: body?.id, states: query.state && [query.state] }
        return listMatters(tx, choice, { after, limit: query.size })
      })
      const items = found.matters.map((matter) => matterItem(matter, origin))
      return { is: 'ok', value: { items, next: found.next ? encodeCursor(found.next) : null } }
    },
  )
  door.resource(
    '/api/v1/matters/{id}',
    {
      ...open,
      summary: 'One published matter with its way over bodies',
      params,
      response: MatterItem.extend({ path: z.array(PathStep) }),
    },
    async ({ read, params, origin }) => {
      const found = await read(async (tx) => {
        const matter = await matterById(tx, params.id)
        return matter?.published ? { matter, path: await pathOf(tx, matter.id) } : undefined
      })
      if (!found) return { is: 'notFound' }
      const path = found.path.map((step) => ({
        deed: step.deed,
        body: step.body.slug,
        to: step.to?.slug ?? null,
        meeting: step.meeting?.id ?? null,
        decision: step.decision ?? null,
        words: step.words ?? null,
        at: step.madeAt.toISOString(),
      }))
      return { is: 'ok', value: { ...matterItem(found.matter, origin), path } }
    },
  )
  door.command('/api/v1/matters', {
    ...writing,
    summary: 'Bring a matter before a body: prepared by its secretariat, or as an idea',
    command: enterNewMatter,
    response: params.extend({ body: z.string() }),
    status: 201,
  })
  door.command('/api/v1/matters/{id}/move', {
    ...writing,
    summary: 'Take a matter one step on',
    command: moveMatter,
    params,
    response: params,
  })
}

const meetingItem = (meeting: Meeting, origin: string) => ({
  id: meeting.id,
  body: meeting.body.slug,
  form: meeting.form,
  title: meeting.title ?? null,
  locale: meeting.locale,
  startsAt: meeting.startsAt.toISOString(),
  endsAt: meeting.endsAt?.toISOString() ?? null,
  place: meeting.place ?? null,
  state: meeting.state,
  page: `${origin}/meetings/${meeting.id}`,
})

const matterItem = (matter: StoredMatter, origin: string) => ({
  id: matter.id,
  body: matter.body.slug,
  kind: matter.kind.slug,
  title: matter.title,
  words: matter.words ?? null,
  source: matter.source,
  sourceName: matter.sourceName ?? null,
  state: matter.state,
  raisedAt: matter.raisedAt.toISOString(),
  changedAt: matter.changedAt.toISOString(),
  page: `${origin}/matters/${matter.id}`,
})
