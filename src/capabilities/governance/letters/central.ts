import { z } from 'zod'
import { formatDay } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { MailTemplate } from '../../../platform/mail/letter.ts'

const Asked = z.object({ title: z.string(), due: z.iso.date(), link: z.url() })
const Replied = z.object({ title: z.string(), body: z.string(), paper: z.url(), link: z.url() })

/** To a municipality that has not answered yet: when the questionnaire is opened, at half-time, and the day before (GOV-15). */
export const centralAskedLetter: MailTemplate<z.output<typeof Asked>> = {
  name: 'governance.central-asked',
  parameters: Asked,
  write: ({ title, due, link }) => ({
    subject: m.governance_central_letter_subject({ title }),
    text: [
      m.governance_central_letter_begin({ day: formatDay(due) }),
      m.governance_central_letter_prefilled(),
      `${m.governance_central_letter_link()}\n${link}`,
    ].join('\n\n'),
  }),
}

/** To whoever asked: the joint answer (GOV-15). */
export const centralReplyLetter: MailTemplate<z.output<typeof Replied>> = {
  name: 'governance.central-reply',
  parameters: Replied,
  write: ({ title, body, paper, link }) => ({
    subject: m.governance_central_reply_subject({ title }),
    text: [
      m.governance_central_reply_begin({ body }),
      `${m.governance_central_reply_paper()}\n${paper}`,
      `${m.governance_central_reply_page()}\n${link}`,
    ].join('\n\n'),
  }),
}
