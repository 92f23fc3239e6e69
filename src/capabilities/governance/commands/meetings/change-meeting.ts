import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { conflict, invalid, late, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayKeepMeetings } from '../../permissions/meetings.ts'
import { mayBecome } from '../../rules/meetings/course.ts'
import { saveMeetingChange, saveMeetingState } from '../../store/meetings/save-meeting.ts'
import { meetingKind } from '../../types/meetings.ts'
import { Named, openedMeeting } from './opened-meeting.ts'
import { momentsOf, WhenAndWhere } from './plan-meeting.ts'

/** Moves a meeting that has not been held (GOV-3). Calendars of those who follow it move it too. */
export const changeMeeting = command({
  audit: 'governance.meeting.change',
  input: Named.extend(WhenAndWhere.shape).extend({ version: z.coerce.number().int().optional() }),
  subject: openedMeeting,
  permission: mayKeepMeetings,
  async run(work, input, { meeting }) {
    if (meeting.state !== 'planned' && meeting.state !== 'invited') return late(m.governance_meeting_over())
    const { startsAt, endsAt, mistakes } = momentsOf(input, meeting.body.timeZone)
    if (mistakes.length > 0) return invalid(...mistakes)
    const change = { title: input.title, startsAt, endsAt, place: input.place }
    if (!(await saveMeetingChange(work.tx, meeting.id, input.version, change))) return conflict()
    work.about({ kind: meetingKind, id: meeting.id })
    return ok({ id: meeting.id })
  },
})

/** Calls a meeting off, with the reason that everybody reads (GOV-3). */
export const cancelMeeting = command({
  audit: 'governance.meeting.cancel',
  input: Named.extend({ why: z.string().trim().min(3).max(500) }),
  subject: openedMeeting,
  permission: mayKeepMeetings,
  async run(work, input, { meeting }) {
    if (
      !mayBecome(meeting.state, 'cancelled') ||
      !(await saveMeetingState(work.tx, meeting.id, ['planned', 'invited'], 'cancelled', { cancelledWhy: input.why }))
    )
      return late(m.governance_meeting_over())
    work.about({ kind: meetingKind, id: meeting.id })
    return ok({ id: meeting.id })
  },
})
