import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, late, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayKeepMeetings } from '../../permissions/meetings.ts'
import { matterById } from '../../store/matters/read-matters.ts'
import { saveStep } from '../../store/matters/save-matter.ts'
import { moveItem, saveItemChange, withdrawItem } from '../../store/meetings/save-agenda.ts'
import { meetingKind } from '../../types/meetings.ts'
import { Named, openedItem } from './opened-meeting.ts'
import { ItemInput } from './put-on-agenda.ts'

const closed = (state: string) => state === 'approved' || state === 'cancelled'

/** Changes what stands in the agenda about an item (GOV-3). */
export const changeItem = command({
  audit: 'governance.agenda.change',
  input: Named.extend(ItemInput.shape).extend({ title: z.string().trim().min(1).max(300) }),
  subject: openedItem,
  permission: mayKeepMeetings,
  async run(work, input, { meeting, item }) {
    if (closed(meeting.state)) return late(m.governance_meeting_over())
    if (item.aboutPerson) return invalid({ path: 'title', message: m.governance_item_about_person() })
    const { title, presenter, secretGround, words } = input
    await saveItemChange(work.tx, item.id, { title, presenter, secretGround, words })
    work.about({ kind: meetingKind, id: meeting.id, detail: { position: item.position } })
    return ok({ id: item.id, meeting: meeting.id })
  },
})

/** Moves an item up or down (GOV-3). */
export const orderItem = command({
  audit: 'governance.agenda.order',
  input: Named.extend({ up: z.stringbool().or(z.boolean()) }),
  subject: openedItem,
  permission: mayKeepMeetings,
  async run(work, input, { meeting, item }) {
    if (closed(meeting.state)) return late(m.governance_meeting_over())
    await moveItem(work.tx, item.id, meeting.id, input.up)
    work.about({ kind: meetingKind, id: meeting.id, detail: { position: item.position } })
    return ok({ id: item.id, meeting: meeting.id })
  },
})

/** Takes an item off the agenda; its matter is prepared again (GOV-2, GOV-3). */
export const takeOffAgenda = command({
  audit: 'governance.agenda.take-off',
  input: Named,
  subject: openedItem,
  permission: mayKeepMeetings,
  async run(work, _input, { meeting, item }) {
    if (closed(meeting.state)) return late(m.governance_meeting_over())
    if (!(await withdrawItem(work.tx, item.id))) return late(m.governance_item_decided())
    const matter = item.matter === undefined ? undefined : await matterById(work.tx, item.matter)
    if (matter?.state === 'on-agenda')
      await saveStep(work.tx, {
        matter: matter.id,
        from: 'on-agenda',
        deed: 'taken-off',
        body: meeting.body.id,
        meeting: meeting.id,
        by: work.actor?.account ?? '',
      })
    work.about({ kind: meetingKind, id: meeting.id, detail: { position: item.position } })
    return ok({ id: item.id, meeting: meeting.id })
  },
})
