import { z } from 'zod'
import { formatDay } from '../../platform/i18n/format.ts'
import { currentLocale, m } from '../../platform/i18n/speech.ts'
import { speak, Text } from '../../platform/i18n/text.ts'
import type { MailTemplate } from '../../platform/mail/letter.ts'

const Alert = z.object({ reference: z.string(), link: z.url() })
const Item = z.object({ reference: z.string(), link: z.url(), due: z.iso.datetime(), names: Text })
const Deadlines = z.object({ items: z.array(Item).min(1), more: z.number().int().min(0) })

/** Calls whoever is on duty about an emergency (INT-3). No name and no danger: it may lie open on a telephone. */
const alertLetter: MailTemplate<z.infer<typeof Alert>> = {
  name: 'intake.alert',
  parameters: Alert,
  write({ reference, link }) {
    const lines = [m.intake_duty_letter_call(), link, m.intake_duty_letter_answer()]
    return { subject: m.intake_duty_letter_subject({ reference }), text: `${lines.join('\n\n')}\n` }
  },
}

const deadlineLetter = (
  name: 'intake.soon' | 'intake.late',
  subject: (parts: { count: number }) => string,
  lead: (parts: { count: number }) => string,
): MailTemplate<z.infer<typeof Deadlines>> => ({
  name,
  parameters: Deadlines,
  write({ items, more }) {
    const count = items.length + more
    const lines = items.map(
      ({ reference, link, due, names }) =>
        `${reference}: ${speak(names, currentLocale()).words}, ${formatDay(due.slice(0, 10))}\n${link}`,
    )
    const rest = more > 0 ? [m.intake_duty_letter_more({ count: more })] : []
    return { subject: subject({ count }), text: `${[lead({ count }), ...lines, ...rest].join('\n\n')}\n` }
  },
})

/** Letters to the staff of an office: references and links, no names. */
export const staffLetters: readonly MailTemplate[] = [
  alertLetter as MailTemplate,
  deadlineLetter('intake.soon', m.intake_duty_soon_subject, m.intake_duty_soon_lead) as MailTemplate,
  deadlineLetter('intake.late', m.intake_duty_late_subject, m.intake_duty_late_lead) as MailTemplate,
]
