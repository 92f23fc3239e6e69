import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { late, ok } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { MailAddress, sendLetter } from '../../../platform/mail/letter.ts'
import { LinkToken, linkHash, linkPurpose } from '../link.ts'
import { mayTakePart } from '../permissions.ts'
import { wayOf } from '../rules/contact.ts'
import { contactOfRequest } from '../store/contacts.ts'
import { noteMailed } from '../store/links.ts'
import { openNamed } from './opened-request.ts'

/** Sends the link of a request to whoever asked, only where their mailbox is safe (INT-1, INT-11). */
export const mailLink = command({
  audit: 'intake.link.mail',
  // nobody fills the mailbox of another with letters of ours
  limit: { name: 'intake.mail-link', per: 'address', most: 6, within: { minutes: 60 } },
  purpose: (input) => linkPurpose(input.token),
  input: z.object({ token: LinkToken, link: z.url() }),
  subject: openNamed,
  permission: mayTakePart,
  async run(work, input, { request }) {
    const { contact, address } = await contactOfRequest(work.tx, request)
    const to = MailAddress.safeParse(contact.email)
    if (!to.success || wayOf(contact, address).way !== 'mail') return late(m.intake_ask_later_no_mail())
    sendLetter(work.jobs, {
      to: to.data,
      template: 'intake.link',
      locale: request.locale,
      parameters: { link: input.link },
    })
    await noteMailed(work.tx, linkHash(input.token))
    work.about({ kind: 'intake.request', id: request.id })
    // an outcome is kept under the sender's key: the address is not for keeping
    return ok({ mailed: true })
  },
})
