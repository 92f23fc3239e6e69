import { z } from 'zod'
import { formatMoment } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak, Text } from '../../../platform/i18n/text.ts'
import type { MailTemplate } from '../../../platform/mail/letter.ts'

const Invitation = z.object({ link: z.url(), names: Text, startsAt: z.iso.datetime(), timeZone: z.string() })

/** Invites to a meeting (GOV-3): which body, when, and a link. No agenda and no name: a letter may lie open. */
export const invitationLetter: MailTemplate<z.infer<typeof Invitation>> = {
  name: 'governance.invitation',
  parameters: Invitation,
  write({ link, names, startsAt, timeZone }) {
    const body = speak(names, currentLocale()).words
    const when = formatMoment(new Date(startsAt), timeZone)
    const lines = [m.governance_invite_letter({ body, when }), link, m.governance_invite_letter_papers()]
    return { subject: m.governance_invite_letter_subject({ body }), text: `${lines.join('\n\n')}\n` }
  },
}
