import { z } from 'zod'
import { formatDay } from '../../platform/i18n/format.ts'
import { m } from '../../platform/i18n/speech.ts'
import type { MailTemplate } from '../../platform/mail/letter.ts'

export const ConfirmLetter = z.object({
  /** name of the organisation in the language of the letter, or the nearest to it */
  name: z.string(),
  /** the one link for all its cards (DIR-6) */
  link: z.url(),
  /** how many cards are due */
  count: z.number().int().positive(),
  /** last day on which the link works */
  until: z.iso.date(),
  /** has an earlier letter stayed without an answer */
  reminder: z.boolean(),
})
export type ConfirmLetter = z.infer<typeof ConfirmLetter>

/** Asks a provider whether its cards are still right (DIR-6). */
export const confirmLetter: MailTemplate<ConfirmLetter> = {
  name: 'directory.confirm',
  parameters: ConfirmLetter,
  write({ name, link, count, until, reminder }) {
    const subject = m.edit_letter_subject({ name }).replace(/\s+/g, ' ')
    const lines = [
      m.edit_letter_greeting(),
      m.edit_letter_name({ name }),
      `${m.edit_letter_cards({ count })} ${m.edit_letter_why()}`,
      ...(reminder ? [m.edit_letter_reminder()] : []),
      m.edit_letter_again(),
      link,
      m.edit_letter_until({ day: formatDay(until) }),
    ]
    return { subject, text: `${lines.join('\n\n')}\n` }
  },
}
