import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, late, ok } from '../../../../platform/access/outcome.ts'
import type { Files } from '../../../../platform/files/files.ts'
import { UploadInput } from '../../../../platform/http/uploads.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayKeepMeetings } from '../../permissions/meetings.ts'
import { paperById } from '../../store/meetings/read-agenda.ts'
import { savePaper, withdrawPaper } from '../../store/meetings/save-agenda.ts'
import { meetingKind } from '../../types/meetings.ts'
import { Named, openedItem, openedMeeting } from './opened-meeting.ts'

/** How many papers are added at once. */
export const papersAtOnce = 5

/** Adds papers to an item (GOV-3): public ones with the agenda, confidential ones for those who were invited. */
export const addPapers = (files: Files) =>
  command({
    audit: 'governance.paper.add',
    input: Named.extend({
      confidential: z.literal('yes').optional(),
      uploads: z.array(UploadInput).min(1).max(papersAtOnce),
    }),
    subject: openedItem,
    permission: mayKeepMeetings,
    async run(work, input, { meeting, item }) {
      if (meeting.state === 'approved' || meeting.state === 'cancelled') return late(m.governance_meeting_over())
      if (item.aboutPerson) return invalid({ path: 'uploads', message: m.governance_item_about_person() })
      const by = work.actor?.account ?? ''
      for (const received of input.uploads) {
        const file = await files.keep(work.tx, received, by)
        const { name, type, size } = received
        await savePaper(work.tx, {
          item: item.id,
          file,
          name,
          type,
          size,
          confidential: input.confidential === 'yes',
          by,
        })
      }
      work.about({ kind: meetingKind, id: meeting.id, detail: { papers: input.uploads.length } })
      return ok({ id: item.id, meeting: meeting.id })
    },
  })

/** Takes a paper away: nobody gets it any longer (GOV-3). */
export const takePaperAway = command({
  audit: 'governance.paper.withdraw',
  input: Named,
  async subject(tx, input) {
    const paper = await paperById(tx, input.id)
    const opened = paper && (await openedMeeting(tx, { id: paper.meeting }))
    return opened
  },
  permission: mayKeepMeetings,
  async run(work, input, { meeting }) {
    if (!(await withdrawPaper(work.tx, input.id))) return late(m.governance_paper_gone())
    work.about({ kind: meetingKind, id: meeting.id })
    return ok({ id: input.id, meeting: meeting.id })
  },
})
