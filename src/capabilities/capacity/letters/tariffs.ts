import { z } from 'zod'
import { formatDay } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak, Text } from '../../../platform/i18n/text.ts'
import type { MailTemplate } from '../../../platform/mail/letter.ts'
import { isMissing } from '../store/tariffs/reminders.ts'

const Reminder = z.object({
  part: z.uuid(),
  organisation: Text,
  year: z.int(),
  due: z.iso.date(),
  /** the day on which it was due has gone by */
  over: z.boolean(),
  /** whoever reads it can sign in and take the workbook */
  economist: z.boolean(),
  link: z.url(),
})
export type WorkbookLetter = z.infer<typeof Reminder>

/** CAP-10: says to a municipality that its workbook of the yearly collection is missing. Once it came, or the collection is closed, the letter is not sent. */
export const workbookLetter: MailTemplate<WorkbookLetter> = {
  name: 'capacity.workbook-reminder',
  parameters: Reminder,
  wanted: (tx, { part }) => isMissing(tx, part),
  write({ organisation, year, due, over, economist, link }) {
    const name = speak(organisation, currentLocale()).words
    const day = formatDay(due)
    return {
      subject: m.capacity_tariff_letter_subject({ year: String(year) }),
      text: [
        m.capacity_tariff_letter_missing({ organisation: name, year: String(year) }),
        over ? m.capacity_tariff_letter_was_due({ day }) : m.capacity_tariff_letter_due({ day }),
        economist ? m.capacity_tariff_letter_take() : m.capacity_tariff_letter_pass_on(),
        link,
      ].join('\n\n'),
    }
  },
}
