import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { late, ok } from '../../../../platform/access/outcome.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { newAnswerToken } from '../../answer-link.ts'
import { invitationHash } from '../../invitation-link.ts'
import { mayKeepConference } from '../../permissions/forums.ts'
import { guestsOf, saveAnnouncement, saveInvitation } from '../../store/forums/conferences.ts'
import { conferenceKind } from '../../types/forums.ts'
import { conferenceOf } from './conference-subject.ts'

/**
 * Announces a conference, and invites whoever sits today where its rule says (GOV-10). Done again it invites those alone who came since.
 * Letters go to mandates with an account; the others stand on the list, so that the secretariat reaches them itself.
 */
export const announceConference = command({
  audit: 'governance.conference.announce',
  input: z.object({ id: z.uuid() }),
  subject: conferenceOf,
  permission: mayKeepConference,
  async run(work, _, { conference }) {
    const today = dayIn(work.now, conference.body.timeZone)
    if (today > conference.answerBy) return late(m.governance_conference_too_late())
    if (!(await saveAnnouncement(work.tx, conference.id))) return late(m.governance_conference_called_off())
    let invited = 0
    for (const guest of await guestsOf(work.tx, conference, today)) {
      const token = guest.email === undefined ? undefined : newAnswerToken()
      if (
        !(await saveInvitation(work.tx, conference.id, guest, token === undefined ? undefined : invitationHash(token)))
      )
        continue
      invited++
      if (token !== undefined)
        work.jobs.add('governance.invite', { conference: conference.id, to: guest.email, locale: guest.locale, token })
    }
    work.about({ kind: conferenceKind, id: conference.id, detail: { invited } })
    return ok({ id: conference.id, invited })
  },
})
