import { z } from 'zod'
import { m } from '../../../platform/i18n/speech.ts'
import type { MailTemplate } from '../../../platform/mail/letter.ts'

const Parameters = z.object({ reference: z.string(), title: z.string(), link: z.url() })

/** To whoever asked: the group has answered (GOV-16). */
export const questionAnsweredLetter: MailTemplate<z.output<typeof Parameters>> = {
  name: 'governance.question-answered',
  parameters: Parameters,
  write: ({ reference, title, link }) => ({
    subject: m.governance_questions_letter_subject({ reference }),
    text: [m.governance_questions_letter_begin(), title, `${m.governance_questions_letter_link()}\n${link}`].join(
      '\n\n',
    ),
  }),
}
