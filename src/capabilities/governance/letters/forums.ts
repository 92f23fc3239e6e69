import { z } from 'zod'
import { formatDay } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { MailTemplate } from '../../../platform/mail/letter.ts'

const Horizon = z.object({ name: z.string(), day: z.iso.date(), link: z.url() })

/** A group ends soon, unless a decision prolongs it (GOV-8). */
const horizonLetter: MailTemplate<z.output<typeof Horizon>> = {
  name: 'governance.group-horizon',
  parameters: Horizon,
  write: ({ name, day, link }) => ({
    subject: m.governance_group_letter_subject({ name }),
    text: [m.governance_group_letter({ name, day: formatDay(day) }), m.governance_group_letter_how(), link].join(
      '\n\n',
    ),
  }),
}

/** The letters of groups and conferences. */
export const forumsLetters: readonly MailTemplate[] = [horizonLetter as MailTemplate]
