import { z } from 'zod'
import { formatDay } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { MailTemplate } from '../../../platform/mail/letter.ts'

const Parameters = z.object({
  items: z.array(z.object({ day: z.iso.date(), name: z.string(), body: z.string() })).min(1),
  link: z.url(),
})

/** What a secretariat is reminded of: milestones of its bodies that come soon (GOV-7). */
export const milestoneLetter: MailTemplate<z.output<typeof Parameters>> = {
  name: 'governance.milestones',
  parameters: Parameters,
  write({ items, link }) {
    return {
      subject: m.governance_wheel_letter_subject({ count: items.length }),
      text: [
        m.governance_wheel_letter_begin(),
        items.map(({ day, name, body }) => `${formatDay(day)}: ${name} (${body})`).join('\n'),
        `${m.governance_wheel_letter_link()}\n${link}`,
      ].join('\n\n'),
    }
  },
}
