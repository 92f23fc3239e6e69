import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { late, ok } from '../../../../platform/access/outcome.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { AnswerToken } from '../../answer-link.ts'
import { invitationHash, invitationPurpose } from '../../invitation-link.ts'
import { mayAnswerInvitation } from '../../permissions/forums.ts'
import { conferenceById, invitationByHash, saveInvitationAnswer } from '../../store/forums/conferences.ts'
import { conferenceKind, InvitationAnswer } from '../../types/forums.ts'

/** Whoever was invited says whether they come, by the link of their letter (GOV-10). They may change their mind until the last day for answers. */
export const answerInvitation = command({
  audit: 'governance.conference.answer',
  input: z.object({
    token: AnswerToken,
    answer: InvitationAnswer,
    /** what they need to take part; the secretariat alone reads it */
    needs: z.string().trim().min(1).max(1000).optional(),
  }),
  purpose: ({ token }) => invitationPurpose(token),
  async subject(tx, input) {
    const invitation = await invitationByHash(tx, invitationHash(input.token))
    const conference = invitation && (await conferenceById(tx, invitation.conference))
    return invitation && conference && { invitation, conference }
  },
  permission: mayAnswerInvitation,
  limit: { name: 'governance.invitation', per: 'address', most: 60, within: { minutes: 60 } },
  async run(work, input, { invitation, conference }) {
    if (conference.state === 'cancelled') return late(m.governance_conference_called_off())
    if (dayIn(work.now, conference.body.timeZone) > conference.answerBy) return late(m.governance_conference_too_late())
    await saveInvitationAnswer(work.tx, invitation.id, input.answer, input.needs)
    work.about({ kind: conferenceKind, id: conference.id, detail: { answer: input.answer } })
    return ok({ id: conference.id, answer: input.answer })
  },
})
