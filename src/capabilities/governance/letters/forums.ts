import { z } from 'zod'
import { formatDay, formatMoment } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { MailTemplate } from '../../../platform/mail/letter.ts'

const Horizon = z.object({ name: z.string(), day: z.iso.date(), link: z.url() })

/** A group ends soon, unless a decision prolongs it (GOV-8). */
const horizonLetter: MailTemplate<z.output<typeof Horizon>> = {
  name: 'governance.group-horizon',
  parameters: Horizon,
  write: ({ name, day, link }) => ({
    subject: m.governance_group_letter_subject({ name }),
    text: [m.governance_group_letter({ name, day: formatDay(day) }), m.governance_group_letter_how(), link].join(
      '\n\n',
    ),
  }),
}

const Conference = z.object({
  title: z.string(),
  body: z.string(),
  startsAt: z.iso.datetime(),
  timeZone: z.string(),
  place: z.string(),
  answerBy: z.iso.date(),
  link: z.url(),
})

/** An invitation to a conference, with the link by which it is answered (GOV-10). */
const conferenceLetter: MailTemplate<z.output<typeof Conference>> = {
  name: 'governance.conference-invitation',
  parameters: Conference,
  write: ({ title, body, startsAt, timeZone, place, answerBy, link }) => ({
    subject: m.governance_conference_letter_subject({ title: title.replaceAll(/\s+/g, ' ') }),
    text: [
      m.governance_conference_letter({ body, title }),
      `${formatMoment(new Date(startsAt), timeZone)}\n${place}`,
      m.governance_conference_letter_answer({ day: formatDay(answerBy) }),
      link,
    ].join('\n\n'),
  }),
}

const Cancelled = Conference.pick({ title: true, body: true, startsAt: true, timeZone: true, link: true }).extend({
  why: z.string(),
})

/** A conference is called off, and why (GOV-10). */
const cancelledLetter: MailTemplate<z.output<typeof Cancelled>> = {
  name: 'governance.conference-cancelled',
  parameters: Cancelled,
  write: ({ title, body, startsAt, timeZone, why, link }) => ({
    subject: m.governance_conference_cancelled_subject({ title: title.replaceAll(/\s+/g, ' ') }),
    text: [
      m.governance_conference_cancelled_letter({ body, title }),
      formatMoment(new Date(startsAt), timeZone),
      why,
      link,
    ].join('\n\n'),
  }),
}

/** The letters of groups and conferences. */
export const forumsLetters: readonly MailTemplate[] = [
  horizonLetter as MailTemplate,
  conferenceLetter as MailTemplate,
  cancelledLetter as MailTemplate,
]
