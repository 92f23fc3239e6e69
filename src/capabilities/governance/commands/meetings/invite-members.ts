import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, late, ok } from '../../../../platform/access/outcome.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { MailAddress, sendLetter } from '../../../../platform/mail/letter.ts'
import { mayKeepMeetings } from '../../permissions/meetings.ts'
import { mayBecome } from '../../rules/meetings/course.ts'
import { seatsAreEqual } from '../../rules/meetings/sides.ts'
import { addressesOfMembers, attendanceOf } from '../../store/meetings/read-attendance.ts'
import { listMembers, publishAgendaOf, saveInvitations, saveMeetingState } from '../../store/meetings/save-meeting.ts'
import { meetingKind } from '../../types/meetings.ts'
import { Named, openedMeeting } from './opened-meeting.ts'

const mostAddresses = 200

/** Everybody reads the agenda of a public body from here on (GOV-3). */
export const publishAgenda = command({
  audit: 'governance.agenda.publish',
  input: Named,
  subject: openedMeeting,
  permission: mayKeepMeetings,
  async run(work, _input, { meeting }) {
    if (!(await publishAgendaOf(work.tx, meeting.id))) return late(m.governance_meeting_over())
    work.about({ kind: meetingKind, id: meeting.id })
    return ok({ id: meeting.id })
  },
})

/**
 * Invites to a meeting by letter with a link (GOV-3); whoever has had one gets none again. The members of the body on that day stand on its
 * list from here on, and each whose address the secretariat has entered gets a letter in their language. A dialogue is convened only with equal seats (GOV-14).
 */
export const inviteMembers = (origin: string) =>
  command({
    audit: 'governance.meeting.invite',
    input: Named.extend({
      /** e-mail addresses of others, besides those of members */
      emails: z
        .string()
        .transform((typed) => [
          ...new Set(
            typed
              .split(/[\s,;]+/)
              .map((one) => one.toLowerCase())
              .filter(Boolean),
          ),
        ])
        .or(z.array(z.string()))
        .default([]),
    }),
    subject: openedMeeting,
    permission: mayKeepMeetings,
    async run(work, input, { meeting }) {
      if (meeting.state !== 'planned' && meeting.state !== 'invited') return late(m.governance_meeting_over())
      const wrong = input.emails.filter((email) => !MailAddress.safeParse(email).success)
      if (wrong.length > 0)
        return invalid({
          path: 'emails',
          message: m.governance_invite_wrong({ addresses: wrong.slice(0, 5).join(', ') }),
        })
      if (input.emails.length > mostAddresses)
        return invalid({ path: 'emails', message: m.governance_invite_too_many({ most: mostAddresses }) })
      const { tx } = work
      const day = dayIn(meeting.startsAt, meeting.body.timeZone)
      const members = meeting.form === 'dialogue' ? [] : await addressesOfMembers(tx, meeting.body.id, day)
      if (meeting.form === 'dialogue') {
        const sides = (await attendanceOf(tx, meeting.id)).flatMap(({ side }) => side ?? [])
        if (!seatsAreEqual(sides)) return invalid({ path: 'emails', message: m.governance_sides_unequal() })
      } else await listMembers(tx, meeting.id, meeting.body.id, day, meeting.locale)
      if (mayBecome(meeting.state, 'invited') && !(await saveMeetingState(tx, meeting.id, ['planned'], 'invited')))
        return late(m.governance_meeting_over())
      const fresh = await saveInvitations(tx, meeting.id, [
        ...new Set([...members.map(({ email }) => email), ...input.emails]),
      ])
      const languages = new Map(members.map(({ email, locale }) => [email, locale]))
      for (const to of fresh)
        sendLetter(work.jobs, {
          to,
          template: 'governance.invitation',
          locale: languages.get(to) ?? meeting.locale,
          parameters: {
            // whoever is not public is read behind a door
            link: `${origin}/${meeting.body.public ? '' : 'governance/'}meetings/${meeting.id}`,
            names: meeting.body.names,
            startsAt: meeting.startsAt.toISOString(),
            timeZone: meeting.body.timeZone,
          },
        })
      work.about({ kind: meetingKind, id: meeting.id, detail: { letters: fresh.length } })
      return ok({ id: meeting.id, letters: fresh.length })
    },
  })
