import { z } from 'zod'
import { Locale, speak } from '../../../../platform/i18n/text.ts'
import type { Job } from '../../../../platform/jobs/job.ts'
import { jobQueue } from '../../../../platform/jobs/queue.ts'
import { MailAddress, sendLetter } from '../../../../platform/mail/letter.ts'
import { conferenceById } from '../../store/forums/conferences.ts'

const Payload = z.object({ conference: z.uuid(), to: MailAddress, locale: z.string().nullish(), token: z.string() })

const Cancelled = Payload.omit({ token: true })

/** Writes to one guest that the conference is called off, and why (GOV-10). */
export const cancelledJob: Job<z.output<typeof Cancelled>> = {
  task: 'governance.conference-cancelled',
  payload: Cancelled,
  purpose: 'governance',
  async run({ config, transact }, { conference: id, to, locale }) {
    await transact(async (tx) => {
      const conference = await conferenceById(tx, id)
      if (conference?.cancelledWhy === undefined) return
      const { title, body, startsAt, cancelledWhy } = conference
      const reader = Locale.safeParse(locale).data ?? speak(title, 'en').locale
      sendLetter(jobQueue(tx), {
        to,
        template: 'governance.conference-cancelled',
        locale: reader,
        parameters: {
          title: speak(title, reader).words,
          body: speak(body.profile.names, reader).words,
          startsAt: startsAt.toISOString(),
          timeZone: body.timeZone,
          why: cancelledWhy,
          link: `${config.url}/conferences/${id}`,
        },
      })
    })
  },
}

/** Writes the letter of an invitation (GOV-10). The link stands in it alone. */
export const inviteJob: Job<z.output<typeof Payload>> = {
  task: 'governance.invite',
  payload: Payload,
  purpose: 'governance',
  async run({ config, transact }, { conference: id, to, locale, token }) {
    await transact(async (tx) => {
      const conference = await conferenceById(tx, id)
      if (!conference) return
      const { title, body, place, startsAt, answerBy } = conference
      const reader = Locale.safeParse(locale).data ?? speak(title, 'en').locale
      sendLetter(jobQueue(tx), {
        to,
        template: 'governance.conference-invitation',
        locale: reader,
        parameters: {
          title: speak(title, reader).words,
          body: speak(body.profile.names, reader).words,
          startsAt: startsAt.toISOString(),
          timeZone: body.timeZone,
          place,
          answerBy,
          link: `${config.url}/invitations/${token}`,
        },
      })
    })
  },
}
