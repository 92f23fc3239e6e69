import { z } from 'zod'
import { m } from '../../platform/i18n/speech.ts'
import type { MailTemplate } from '../../platform/mail/letter.ts'
import { opens } from './jobs/late-mail.ts'

const Message = z.object({
  link: z.url(),
  /** what may stand in a subject line that others see; undefined: nothing that tells */
  open: z.object({ subject: z.string().min(1), reference: z.string(), office: z.string().optional() }).optional(),
})

/**
 * Tells that a letter waits behind a link (INT-10). The letter itself is never in a mail: what is decided, and about what, stays on the page. Where contact
 * must be discreet, neither subject nor words say of an office, a request or help (INT-11).
 */
export const messageLetter: MailTemplate<z.infer<typeof Message>> = {
  name: 'intake.message',
  parameters: Message,
  wanted: (tx, { link }) => opens(tx, link),
  write({ link, open }) {
    const lines = open
      ? [
          m.intake_letters_mail_text({ reference: open.reference }),
          link,
          ...(open.office ? [m.intake_letters_mail_from({ office: open.office })] : []),
          m.intake_letters_mail_keep(),
        ]
      : [m.intake_letters_mail_discreet_text(), link, m.intake_letters_mail_keep()]
    return {
      subject: open?.subject ?? m.intake_letters_mail_discreet_subject(),
      text: `${lines.join('\n\n')}\n`,
    }
  },
}
