import { z } from 'zod'
import { everyone } from '../../../platform/access/permission.ts'
import type { Files } from '../../../platform/files/files.ts'
import { fileAnswer } from '../../../platform/files/serve.ts'
import { type Answer, page } from '../../../platform/http/answer.ts'
import { encodeCursor } from '../../../platform/http/cursor.ts'
import type { Door } from '../../../platform/http/door.ts'
import { problem } from '../../../platform/http/problem.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import { makePdf } from '../../../platform/pdf/pdf.ts'
import { agendaOf, paperById } from '../store/meetings/read-agenda.ts'
import { listMeetings, type Meeting, meetingById, yearsWithMeetings } from '../store/meetings/read-meetings.ts'
import { meetingsWithWords, minutesOf } from '../store/meetings/read-minutes.ts'
import { listBodies } from '../store/read-body.ts'
import { Slug } from '../types.ts'
import { MeetingPage, pageTitleOf } from '../views/meetings/meeting-page.tsx'
import { agendaPdf, minutesPdf } from '../views/meetings/meeting-pdf.ts'
import { MeetingsPage, meetingsAddress } from '../views/meetings/meetings-page.tsx'
import { momentCursor } from './after-moment.ts'

const open = { permission: everyone, audit: { none: 'meetings, agendas and minutes of public bodies alone' } } as const
const params = z.object({ id: z.uuid() })
const pageSize = 20

const Asked = z.object({
  body: Slug.optional().or(z.literal('').transform(() => undefined)),
  year: z.coerce
    .number()
    .int()
    .min(1900)
    .max(2200)
    .optional()
    .or(z.literal('').transform(() => undefined)),
  q: z.string().trim().max(200).optional(),
  when: z.enum(['coming', 'past']).default('coming'),
  after: z.string().max(1000).optional(),
})

/** Meetings of public bodies, as pages, as papers on A4, and their papers (GOV-3). */
export function meetingRoutes(door: Door, files: Files): void {
  door.page('/meetings', { ...open, query: Asked }, showMeetings)
  door.page('/meetings/{id}', { ...open, params }, showMeeting)
  door.page('/meetings/{id}/agenda.pdf', { ...open, params }, async ({ params, read }) => {
    const found = await read(async (tx) => {
      const meeting = publicMeeting(await meetingById(tx, params.id))
      return meeting && { meeting, agenda: await agendaOf(tx, meeting.id, meeting.locale) }
    })
    if (!found?.meeting.agendaPublishedAt) return { is: 'notFound' }
    const { meeting } = found
    const agenda = found.agenda.filter(({ aboutPerson }) => !aboutPerson).map(asPublic)
    return pdf(await makePdf(agendaPdf(meeting, agenda)), `${meeting.body.slug}-${dayOf(meeting)}-agenda.pdf`)
  })
  door.page(
    '/meetings/{id}/minutes.pdf',
    { ...open, params, query: z.object({ version: z.coerce.number().int().min(1).max(100).optional() }) },
    async ({ params, query, read }) => {
      const found = await read(async (tx) => {
        const meeting = publicMeeting(await meetingById(tx, params.id))
        return meeting && { meeting, versions: await minutesOf(tx, meeting.id) }
      })
      const minutes =
        query.version === undefined
          ? found?.versions[0]
          : found?.versions.find(({ version }) => version === query.version)
      if (!found || !minutes) return { is: 'notFound' }
      const { meeting } = found
      return pdf(await makePdf(minutesPdf(meeting, minutes)), `${meeting.body.slug}-${dayOf(meeting)}-minutes.pdf`)
    },
  )
  door.raw('get', '/meetings/papers/{id}', open, async (visit) => {
    const named = params.safeParse(visit.params)
    if (!named.success) return problem(404, m.problem_not_found())
    const file = await visit.read(async (tx) => {
      const paper = await paperById(tx, named.data.id)
      const meeting = paper && publicMeeting(await meetingById(tx, paper.meeting))
      const item = meeting && (await agendaOf(tx, meeting.id, meeting.locale)).map(asPublic)
      const shown = item?.some(({ papers }) => papers.some(({ id }) => id === named.data.id))
      return paper && shown && meeting?.agendaPublishedAt ? files.open(tx, paper.file) : undefined
    })
    const content = await file?.content()
    return file && content ? fileAnswer(file, content) : problem(404, m.problem_not_found())
  })
}

const pdf = (body: Uint8Array, name: string): Answer => ({ is: 'file', body, type: 'application/pdf', name })
const dayOf = (meeting: Meeting) => dayIn(meeting.startsAt, meeting.body.timeZone)

/** A public page is the same for everybody: what an invited reader may see besides stands at the desk. */
function publicMeeting(meeting: Meeting | undefined): Meeting | undefined {
  return meeting?.body.public ? meeting : undefined
}

/** Of a confidential item everybody reads headline and ground alone, whoever asks. */
export function asPublic<Item extends Awaited<ReturnType<typeof agendaOf>>[number]>(item: Item): Item {
  const secret = item.secretGround !== undefined || item.aboutPerson
  return {
    ...item,
    words: secret ? undefined : item.words,
    minutes: undefined,
    presenter: secret ? undefined : item.presenter,
    papers: secret ? [] : item.papers.filter(({ confidential }) => !confidential),
  }
}

async function showMeetings(visit: Visit<unknown, z.output<typeof Asked>>): Promise<Answer> {
  const { query, region, locale, now, read } = visit
  const after = momentCursor(query.after)
  if (after === 'bad') return { is: 'bad', path: 'after', message: m.form_format() }
  const asked = { ...query, q: query.q === '' ? undefined : query.q }
  const found = await read(async (tx) => {
    const bodies = (await listBodies(tx, region?.id)).filter(({ profile }) => profile.public === true)
    const years = await yearsWithMeetings(tx, region?.id)
    const among = asked.q === undefined ? undefined : await meetingsWithWords(tx, asked.q)
    const body = asked.body && bodies.find(({ profile }) => profile.slug === asked.body)
    const rising = asked.when === 'coming' && asked.year === undefined && asked.q === undefined
    const choice = {
      publicOnly: true,
      pack: region?.id,
      bodies: asked.body === undefined ? undefined : body ? [body.id] : [],
      year: asked.year,
      among,
      ...(asked.year === undefined && asked.q === undefined
        ? rising
          ? { since: startOfToday(now) }
          : { before: startOfToday(now) }
        : {}),
    }
    return { bodies, years, ...(await listMeetings(tx, choice, { after, limit: pageSize, rising })) }
  })
  const name = region && speak(region.names, locale, region.languages).words
  return page(
    m.governance_meetings(),
    <MeetingsPage
      meetings={found.meetings}
      bodies={found.bodies}
      years={found.years}
      asked={asked}
      region={region && name !== undefined ? { id: region.id, name } : undefined}
      first={after ? meetingsAddress(asked) : undefined}
      next={found.next ? meetingsAddress(asked, { after: encodeCursor(found.next) }) : undefined}
    />,
  )
}

/** A meeting of this morning is still of today. */
const startOfToday = (now: Date) => new Date(now.getTime() - 12 * 3_600_000)

async function showMeeting({ params, read }: Visit<{ id: string }>): Promise<Answer> {
  const found = await read(async (tx) => {
    const meeting = publicMeeting(await meetingById(tx, params.id))
    if (!meeting) return undefined
    const [agenda, minutes] = await Promise.all([agendaOf(tx, meeting.id, meeting.locale), minutesOf(tx, meeting.id)])
    return { meeting, agenda, minutes }
  })
  if (!found) return { is: 'notFound' }
  const { meeting, minutes } = found
  const agenda = meeting.agendaPublishedAt ? found.agenda.filter(({ aboutPerson }) => !aboutPerson).map(asPublic) : []
  return page(
    pageTitleOf(meeting),
    <MeetingPage
      meeting={meeting}
      agenda={agenda}
      minutes={minutes}
      root="/meetings"
      back={{ href: '/meetings', label: m.governance_back_meetings() }}
    />,
    { region: meeting.body.pack },
  )
}
