import { createHash } from 'node:crypto'
import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { conflict, type FieldError, invalid, late, notFound, ok } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { LinkToken } from '../link.ts'
import { mayTellContact } from '../permissions.ts'
import { wayOf } from '../rules/contact.ts'
import { type Lacking, lacking } from '../rules/sending.ts'
import { contactOfRequest, isPersonShown, tellContact } from '../store/contacts.ts'
import { SafeContact } from '../types.ts'
import { type LeavingMailbox, leaveMailbox } from './leave-mailbox.ts'
import { errandOf, holdNamed, Named } from './opened-request.ts'

/** Tells one state of somebody's safe contact from another: what a second editor read must still be so. */
export const contactMark = (contact: SafeContact): string =>
  createHash('sha256')
    .update(JSON.stringify(SafeContact.parse(contact)))
    .digest('base64url')
    .slice(0, 22)

const words: Partial<Record<Lacking, () => string>> = {
  'contact.phone': m.intake_ask_say_phone,
  'contact.email': m.intake_ask_say_email,
  'contact.through': m.intake_ask_say_through,
}

/**
 * INT-11: says anew how contact is safe; every letter and call from now on obeys it. Where others read the mailbox from now on, or another takes its
 * place, links that lie in it open nothing more: whoever came by such a one goes on by `newToken`.
 */
export const changeContact = command({
  audit: 'intake.contact.change',
  purpose: errandOf,
  input: Named.extend({
    contact: SafeContact,
    /** `contactMark` of what they read */
    version: z.string().max(40),
    newToken: LinkToken.optional(),
  }),
  subject: holdNamed,
  permission: mayTellContact,
  async run(work, input, { request, account, byLink }) {
    const { tx } = work
    const own = byLink || account === work.actor?.account
    if (!own && !(await isPersonShown(tx, request.person))) return notFound
    if (request.state === 'draft') return late(m.intake_letters_contact_changed())
    const { contact: before, address } = await contactOfRequest(tx, request)
    const { contact } = input
    if (contactMark(before) !== input.version)
      return conflict({ contact: before, version: contactMark(before) }, m.intake_letters_contact_changed())
    const errors = lackingIn(contact, address)
    if (errors.length > 0) return invalid(...errors)
    if (!(await tellContact(tx, request.id, contact))) return late(m.intake_letters_contact_changed())
    const why = leavingWhy(before, contact)
    const moves = why && (await leaveMailbox(work, request.id, why, { came: input.token, onward: input.newToken }))
    work.about({ kind: 'intake.request', id: request.id, detail: { way: wayOf(contact, address).way } })
    // the token itself stays with its maker: outcomes are kept for a while, so that a form sent twice is done once
    return ok({ id: request.id, onward: moves ? input.version : undefined })
  },
})

/** INT-11: why links that lie in the mailbox told before must open nothing more: others read it, or it was the wrong one, or is theirs no more. */
function leavingWhy(before: SafeContact, now: SafeContact): LeavingMailbox | undefined {
  if (now.emailReadByOthers && !before.emailReadByOthers) return 'read by others'
  return before.email && before.email.toLowerCase() !== now.email?.toLowerCase() ? 'another mailbox' : undefined
}

/** A way that was chosen needs what it goes to. */
function lackingIn(contact: SafeContact, address: string | undefined): FieldError[] {
  const open = lacking(
    { kind: 'application', particulars: { address }, enteredBy: undefined, situation: { dangers: [] }, contact },
    false,
  )
  return open.flatMap((path): FieldError[] => {
    if (path === 'particulars.address')
      return [{ path: 'contact.ways', message: m.intake_letters_contact_no_address() }]
    const message = words[path]
    return message ? [{ path, message: message() }] : []
  })
}
