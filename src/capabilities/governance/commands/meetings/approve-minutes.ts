import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, late, ok } from '../../../../platform/access/outcome.ts'
import type { Tx } from '../../../../platform/db/database.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { lexemes } from '../../../../platform/search/words.ts'
import { mayKeepMeetings } from '../../permissions/meetings.ts'
import { contentOf, textOf } from '../../rules/meetings/minutes.ts'
import { agendaOf } from '../../store/meetings/read-agenda.ts'
import { attendanceOf, conflictsOf, quorumOf, tasksOf } from '../../store/meetings/read-attendance.ts'
import { listMeetings, type Meeting } from '../../store/meetings/read-meetings.ts'
import { minutesOf } from '../../store/meetings/read-minutes.ts'
import { openCorrection, saveMeetingState, saveMinutes } from '../../store/meetings/save-meeting.ts'
import { meetingKind } from '../../types/meetings.ts'
import { Named, openedMeeting } from './opened-meeting.ts'

/** All that the minutes of a meeting are made of. */
export async function writtenAt(tx: Tx, meeting: Meeting) {
  const [items, attendance, conflicts, tasks, here] = await Promise.all([
    agendaOf(tx, meeting.id, meeting.locale),
    attendanceOf(tx, meeting.id),
    conflictsOf(tx, meeting.id),
    tasksOf(tx, meeting.id),
    quorumOf(tx, meeting.id),
  ])
  return { opening: meeting.opening, items, attendance, conflicts, tasks, here }
}

/**
 * Approves the minutes (GOV-3), by the chair or by a later meeting. They are public in the same moment where the body is, and are never changed
 * afterwards: a correction is a new version with its reason.
 */
export const approveMinutes = command({
  audit: 'governance.minutes.approve',
  input: Named.extend({
    by: z.enum(['chair', 'meeting']),
    /** what the new version corrects */
    correction: z.string().trim().min(3).max(1000).optional(),
  }),
  subject: openedMeeting,
  permission: mayKeepMeetings,
  async run(work, input, { meeting }) {
    if (meeting.state !== 'held') return late(m.governance_minutes_not_open())
    const corrects = meeting.writing > 1
    if (corrects && input.correction === undefined)
      return invalid({ path: 'correction', message: m.governance_correction_missing() })
    const later = input.by === 'meeting' ? await laterMeeting(work.tx, meeting) : undefined
    if (input.by === 'meeting' && !later) return invalid({ path: 'by', message: m.governance_no_later_meeting() })
    const written = await writtenAt(work.tx, meeting)
    const { open, closed } = contentOf(written)
    const title = meeting.title === undefined ? '' : `${meeting.title}\n`
    const saved = await saveMinutes(work.tx, {
      meeting: meeting.id,
      version: meeting.writing,
      content: open,
      closed,
      approvedBy: input.by,
      approvedIn: later?.id,
      correction: corrects ? input.correction : undefined,
      foundBy: lexemes(`${title}${textOf(open)}`, meeting.locale),
      by: work.actor?.account ?? '',
    })
    if (!saved || !(await saveMeetingState(work.tx, meeting.id, ['held'], 'approved')))
      return late(m.governance_minutes_not_open())
    work.about({ kind: meetingKind, id: meeting.id, detail: { version: meeting.writing, by: input.by } })
    return ok({ id: meeting.id, version: meeting.writing })
  },
})

/** The next meeting of the same body that was held. */
async function laterMeeting(tx: Tx, meeting: Meeting): Promise<Meeting | undefined> {
  const since = new Date(meeting.startsAt.getTime() + 1)
  const { meetings } = await listMeetings(tx, { bodies: [meeting.body.id], since }, { limit: 20, rising: true })
  return meetings.find(({ state }) => state === 'held' || state === 'approved')
}

/** Opens approved minutes for a correction (GOV-3): the approved version stays public until the next one is approved. */
export const correctMinutes = command({
  audit: 'governance.minutes.correct',
  input: Named,
  subject: openedMeeting,
  permission: mayKeepMeetings,
  async run(work, _input, { meeting }) {
    if (!(await openCorrection(work.tx, meeting.id))) return late(m.governance_minutes_open_already())
    const versions = await minutesOf(work.tx, meeting.id)
    work.about({ kind: meetingKind, id: meeting.id, detail: { version: versions.length + 1 } })
    return ok({ id: meeting.id })
  },
})
