import { z } from 'zod'
import { m } from '../../platform/i18n/speech.ts'
import type { MailTemplate } from '../../platform/mail/letter.ts'
import { opens } from './jobs/late-mail.ts'

export const LinkLetter = z.object({ link: z.url() })
export type LinkLetter = z.infer<typeof LinkLetter>

/** The link of a draft, to go on with later (INT-1). It says nothing of what was asked, and of nobody who asked (INT-11). */
export const linkLetter: MailTemplate<LinkLetter> = {
  name: 'intake.link',
  parameters: LinkLetter,
  wanted: (tx, { link }) => opens(tx, link),
  write({ link }) {
    const lines = [m.intake_ask_mail_text(), link, m.intake_ask_mail_not_you()]
    return { subject: m.intake_ask_mail_subject(), text: `${lines.join('\n\n')}\n` }
  },
}
