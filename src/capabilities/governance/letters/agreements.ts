import { z } from 'zod'
import { formatDay } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak, Text } from '../../../platform/i18n/text.ts'
import type { MailTemplate } from '../../../platform/mail/letter.ts'
import { Day } from '../types.ts'

const Parameters = z.object({ agreement: Text, body: Text, until: Day, link: z.url() })

/** Asks a party for its ratification (GOV-6): which agreement, until when, where to enter it. */
export const ratificationLetter: MailTemplate<z.output<typeof Parameters>> = {
  name: 'governance.ratification',
  parameters: Parameters,
  write({ agreement, body, until, link }) {
    const [title, name] = [speak(agreement, currentLocale()).words, speak(body, currentLocale()).words]
    const paragraphs = [
      m.governance_framework_letter_missing({ body: name, title }),
      m.governance_framework_letter_until({ day: formatDay(until) }),
      m.governance_framework_letter_enter(),
      link,
      m.governance_framework_letter_done(),
    ]
    return { subject: m.governance_framework_letter_subject({ title }), text: `${paragraphs.join('\n\n')}\n` }
  },
}
