import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { late, ok } from '../../../../platform/access/outcome.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayKeepMeetings } from '../../permissions/meetings.ts'
import { finishTaskOf, meetingOfTask, saveTask } from '../../store/meetings/save-minutes.ts'
import { meetingKind } from '../../types/meetings.ts'
import { Day } from '../../types.ts'
import { Named, openedMeeting } from './opened-meeting.ts'

/** Keeps who does what until when (GOV-3). */
export const giveTask = command({
  audit: 'governance.task.give',
  input: Named.extend({
    title: z.string().trim().min(1).max(300),
    owner: z.string().trim().min(1).max(200),
    due: Day,
    item: z.uuid().optional(),
  }),
  subject: openedMeeting,
  permission: mayKeepMeetings,
  async run(work, input, { meeting }) {
    if (meeting.state === 'cancelled') return late(m.governance_meeting_over())
    const { title, owner, due, item } = input
    const task = await saveTask(work.tx, {
      meeting: meeting.id,
      item,
      title,
      owner,
      due,
      by: work.actor?.account ?? '',
    })
    work.about({ kind: meetingKind, id: meeting.id, detail: { task } })
    return ok({ id: meeting.id, task })
  },
})

/** Says that a task is done (GOV-3). */
export const finishTask = command({
  audit: 'governance.task.finish',
  input: Named,
  async subject(tx, input) {
    const meeting = await meetingOfTask(tx, input.id)
    return meeting === undefined ? undefined : openedMeeting(tx, { id: meeting })
  },
  permission: mayKeepMeetings,
  async run(work, input, { meeting }) {
    if (!(await finishTaskOf(work.tx, input.id, dayIn(work.now, meeting.body.timeZone))))
      return late(m.governance_task_done_already())
    work.about({ kind: meetingKind, id: meeting.id, detail: { task: input.id } })
    return ok({ id: meeting.id })
  },
})
