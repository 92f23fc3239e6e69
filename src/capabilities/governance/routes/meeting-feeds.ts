import { z } from 'zod'
import { everyone } from '../../../platform/access/permission.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { atomType, writeAtom } from '../../../platform/feeds/atom.ts'
import { calendarType, writeCalendar } from '../../../platform/feeds/calendar.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import { listMeetings } from '../store/meetings/read-meetings.ts'
import { recentMinutes } from '../store/meetings/read-minutes.ts'
import { bodyBySlug } from '../store/read-body.ts'
import { Slug } from '../types.ts'
import { dayWords, meetingName } from '../views/meetings/meeting-words.tsx'

const open = { permission: everyone, audit: { none: 'meetings and minutes of public bodies alone' } } as const
const query = z.object({ body: Slug.optional(), region: z.string().max(40).optional() })
const most = 500
const ago = 366 * 86_400_000

/** What programs of others follow (GOV-3): meetings as a calendar, approved minutes as Atom; of one body or of a region. */
export function meetingFeeds(door: Door): void {
  door.page('/open/meetings.ics', { ...open, query, keepSeconds: 60 }, async (visit) => {
    const { read, now, origin } = visit
    const found = await read(async (tx) => {
      const choice = await choiceOf(tx, visit.query)
      const page = { limit: most, rising: true }
      return choice && listMeetings(tx, { ...choice, publicOnly: true, since: new Date(now.getTime() - ago) }, page)
    })
    if (!found) return { is: 'notFound' }
    const zones = found.meetings.map(({ body }) => body.timeZone)
    return {
      is: 'file',
      type: calendarType,
      body: writeCalendar({
        title: m.governance_meetings(),
        page: `${origin}/meetings`,
        locale: currentLocale(),
        timeZone: zones[0] ?? 'UTC',
        entries: found.meetings.map((meeting) => ({
          id: meeting.id,
          title: meetingName(meeting),
          text: speak(meeting.body.names, currentLocale()).words,
          page: `${origin}/meetings/${meeting.id}`,
          place: meeting.place,
          changedAt: meeting.changedAt,
          sequence: meeting.version,
          cancelled: meeting.state === 'cancelled',
          start: meeting.startsAt,
          // nobody said how long: an hour keeps the place in a calendar
          end: meeting.endsAt ?? new Date(meeting.startsAt.getTime() + 3_600_000),
        })),
      }),
    }
  })

  door.page('/open/meetings.atom', { ...open, query, keepSeconds: 10 }, async (visit) => {
    const found = await visit.read(async (tx) => {
      const choice = await choiceOf(tx, visit.query)
      return choice && recentMinutes(tx, choice, 50)
    })
    if (!found) return { is: 'notFound' }
    return {
      is: 'file',
      type: atomType,
      body: writeAtom({
        title: m.governance_atom_title(),
        self: selfOf(visit),
        page: `${visit.origin}/meetings`,
        author: 'Linden',
        locale: currentLocale(),
        entries: found.map(({ meeting, minutes }) => ({
          id: `urn:uuid:${meeting.id}`,
          title: m.governance_atom_entry({
            name: meetingName(meeting),
            day: dayWords(meeting),
          }),
          text: minutes.content.items.map(({ title }, at) => `${at + 1}. ${title}`).join('\n'),
          page: `${visit.origin}/meetings/${meeting.id}`,
          updatedAt: minutes.approvedAt,
          locale: meeting.locale,
        })),
      }),
    }
  })
}

const selfOf = ({ origin, address }: Visit) => `${origin}${address}`

/** Undefined where the address names a body that is not there. */
async function choiceOf(
  tx: Tx,
  asked: z.output<typeof query>,
): Promise<{ bodies?: string[]; pack?: string } | undefined> {
  if (asked.body !== undefined) {
    const body = await bodyBySlug(tx, asked.body)
    return body && { bodies: [body.id] }
  }
  return asked.region === undefined ? {} : { pack: asked.region }
}
