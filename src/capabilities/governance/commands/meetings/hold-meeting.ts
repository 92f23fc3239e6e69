import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, late, ok } from '../../../../platform/access/outcome.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayKeepMeetings } from '../../permissions/meetings.ts'
import { mayBecome } from '../../rules/meetings/course.ts'
import { seatsAreEqual } from '../../rules/meetings/sides.ts'
import { attendanceOf, isDecided, votersOf, votesOf } from '../../store/meetings/read-attendance.ts'
import { addAttendant, listMembers, saveMeetingState } from '../../store/meetings/save-meeting.ts'
import { saveConflict, saveLines, savePresence } from '../../store/meetings/save-minutes.ts'
import { meetingKind, Presence, Side } from '../../types/meetings.ts'
import { Named, openedItem, openedMeeting } from './opened-meeting.ts'
import { quorumOn } from './quorum.ts'

/**
 * Opens a meeting (GOV-3): its members stand on the list, and minutes can be written. How many must be there is the rule of its day, and which one
 * that is stands with the meeting (GOV-12).
 */
export const holdMeeting = command({
  audit: 'governance.meeting.hold',
  input: Named,
  subject: openedMeeting,
  permission: mayKeepMeetings,
  async run(work, _input, { meeting }) {
    const day = dayIn(meeting.startsAt, meeting.body.timeZone)
    if (!mayBecome(meeting.state, 'held')) return late(m.governance_meeting_over())
    if (day > dayIn(work.now, meeting.body.timeZone)) return late(m.governance_meeting_not_yet())
    if (meeting.form === 'dialogue') {
      const sides = (await attendanceOf(work.tx, meeting.id)).flatMap(({ side }) => side ?? [])
      if (!seatsAreEqual(sides)) return late(m.governance_sides_unequal())
    } else await listMembers(work.tx, meeting.id, meeting.body.id, day, meeting.locale)
    const quorum = await quorumOn(work.tx, meeting.body, day)
    if (!(await saveMeetingState(work.tx, meeting.id, ['planned', 'invited'], 'held', { quorum })))
      return late(m.governance_meeting_over())
    work.about({
      kind: meetingKind,
      id: meeting.id,
      ...(quorum ? { detail: { quorum: quorum.is, rule: quorum.version } } : {}),
    })
    return ok({ id: meeting.id })
  },
})

/** Adds a guest to the list, or somebody who sits on one side of a dialogue (GOV-3, GOV-14). */
export const listAttendant = command({
  audit: 'governance.attendance.add',
  input: Named.extend({ name: z.string().trim().min(1).max(200), side: Side.optional() }),
  subject: openedMeeting,
  permission: mayKeepMeetings,
  async run(work, input, { meeting }) {
    if (meeting.state === 'approved' || meeting.state === 'cancelled') return late(m.governance_meeting_over())
    if (meeting.form === 'dialogue' && input.side === undefined)
      return invalid({ path: 'side', message: m.form_missing() })
    if (meeting.form === 'dialogue' && meeting.state !== 'planned') return late(m.governance_sides_set())
    const side = meeting.form === 'dialogue' ? input.side : undefined
    if (!(await addAttendant(work.tx, meeting.id, input.name, side)))
      return invalid({ path: 'name', message: m.governance_attendant_there() })
    work.about({ kind: meetingKind, id: meeting.id })
    return ok({ id: meeting.id, form: meeting.form })
  },
})

/** Keeps minutes while they are written: who is there, what was said (GOV-3). Kept as typed, as often as wanted. */
export const writeMinutes = command({
  audit: 'governance.minutes.write',
  input: Named.extend({
    /** everybody who was not marked otherwise is here */
    everyone: z.literal('yes').optional(),
    attendance: z
      .array(z.object({ id: z.uuid(), presence: Presence, proxy: z.string().trim().min(1).max(200).optional() }))
      .max(500)
      .default([]),
    opening: z.string().trim().max(20_000).optional(),
    lines: z
      .array(z.object({ item: z.uuid(), words: z.string().trim().max(20_000).default('') }))
      .max(500)
      .default([]),
  }),
  subject: openedMeeting,
  permission: mayKeepMeetings,
  async run(work, input, { meeting }) {
    if (meeting.state !== 'held') return late(m.governance_minutes_not_open())
    const known = await attendanceOf(work.tx, meeting.id)
    const given = new Map(input.attendance.map((one) => [one.id, one]))
    const there = known.map(({ id, presence, proxy }) => {
      const told = given.get(id)
      const said = told?.presence ?? presence
      const now = input.everyone && said === 'unknown' ? 'present' : said
      return { id, presence: now, proxy: now === 'proxy' ? (told?.proxy ?? proxy) : undefined }
    })
    const nameless = there.findIndex((one) => one.presence === 'proxy' && one.proxy === undefined)
    if (nameless >= 0) {
      const at = input.attendance.findIndex(({ id }) => id === there[nameless]?.id)
      return invalid({ path: `attendance.${Math.max(at, 0)}.proxy`, message: m.governance_proxy_missing() })
    }
    const voted = await votersOf(work.tx, meeting.id)
    const gone = there.find(({ id, presence }) => voted.has(id) && presence !== 'present' && presence !== 'proxy')
    if (gone) {
      const at = input.attendance.findIndex(({ id }) => id === gone.id)
      return invalid({ path: `attendance.${Math.max(at, 0)}.presence`, message: m.governance_voter_was_there() })
    }
    await savePresence(work.tx, meeting.id, there)
    await saveLines(work.tx, meeting.id, input.opening, input.lines)
    work.about({ kind: meetingKind, id: meeting.id })
    return ok({ id: meeting.id })
  },
})

/** Keeps that somebody does not take part in an item, and why (GOV-3): they do not vote on it and are not counted. */
export const tellConflict = command({
  audit: 'governance.conflict.tell',
  input: Named.extend({ attendant: z.uuid(), ground: z.string().trim().min(3).max(300) }),
  subject: openedItem,
  permission: mayKeepMeetings,
  async run(work, input, { meeting, item }) {
    if (meeting.state !== 'held') return late(m.governance_minutes_not_open())
    const there = await attendanceOf(work.tx, meeting.id)
    if (!there.some(({ id }) => id === input.attendant))
      return invalid({ path: 'attendant', message: m.form_missing() })
    if ((await votesOf(work.tx, item.id)).size > 0 || (await isDecided(work.tx, item.id)))
      return late(m.governance_conflict_late())
    await saveConflict(work.tx, item.id, input.attendant, input.ground)
    work.about({ kind: meetingKind, id: meeting.id, detail: { position: item.position } })
    return ok({ id: item.id, meeting: meeting.id })
  },
})
