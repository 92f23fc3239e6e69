import { z } from 'zod'
import type { Tx } from '../../../../platform/db/database.ts'
import { Locale, speak } from '../../../../platform/i18n/text.ts'
import type { Job } from '../../../../platform/jobs/job.ts'
import { jobQueue } from '../../../../platform/jobs/queue.ts'
import { MailAddress, sendLetter } from '../../../../platform/mail/letter.ts'
import { type Conference, conferenceById } from '../../store/forums/conferences.ts'

const Guest = z.object({ conference: z.uuid(), to: MailAddress, locale: z.string().nullish() })
const Invited = Guest.extend({ token: z.string() })

/** Writes the letter of an invitation (GOV-10). The link stands in it alone. */
export const inviteJob: Job<z.output<typeof Invited>> = {
  task: 'governance.invite',
  payload: Invited,
  purpose: 'governance',
  async run({ config, transact }, { token, ...guest }) {
    await transact((tx) =>
      writeTo(tx, guest, 'governance.conference-invitation', ({ place, answerBy }) => ({
        place,
        answerBy,
        link: `${config.url}/invitations/${token}`,
      })),
    )
  },
}

/** Writes to one guest that the conference is called off, and why (GOV-10). */
export const cancelledJob: Job<z.output<typeof Guest>> = {
  task: 'governance.conference-cancelled',
  payload: Guest,
  purpose: 'governance',
  async run({ config, transact }, guest) {
    await transact((tx) =>
      writeTo(tx, guest, 'governance.conference-cancelled', ({ id, cancelledWhy }) =>
        cancelledWhy === undefined ? undefined : { why: cancelledWhy, link: `${config.url}/conferences/${id}` },
      ),
    )
  },
}

/** A letter about a conference, in the language of the guest. @param own what else stands in it; undefined: nothing is to be said */
async function writeTo(
  tx: Tx,
  { conference: id, to, locale }: z.output<typeof Guest>,
  template: string,
  own: (conference: Conference) => Record<string, unknown> | undefined,
): Promise<void> {
  const conference = await conferenceById(tx, id)
  const more = conference && own(conference)
  if (!conference || !more) return
  const { title, body, startsAt } = conference
  const reader = Locale.safeParse(locale).data ?? speak(title, 'en').locale
  sendLetter(jobQueue(tx), {
    to,
    template,
    locale: reader,
    parameters: {
      title: speak(title, reader).words,
      body: speak(body.profile.names, reader).words,
      startsAt: startsAt.toISOString(),
      timeZone: body.timeZone,
      ...more,
    },
  })
}
