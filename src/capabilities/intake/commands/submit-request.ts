import { z } from 'zod'
import { command, type Work } from '../../../platform/access/command.ts'
import { conflict, type FieldError, invalid, late, ok } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { serviceById } from '../../directory/contract.ts'
import { LinkToken } from '../link.ts'
import { mayTakePart } from '../permissions.ts'
import { tells } from '../rules/contact.ts'
import { needsName } from '../rules/procedure.ts'
import { type Lacking, lacking } from '../rules/sending.ts'
import { tellContact } from '../store/contacts.ts'
import { earlierDocuments } from '../store/documents.ts'
import { addPerson, personOfAccount } from '../store/people.ts'
import { courseOf } from '../store/procedure.ts'
import { moveRequest, newId, type StoredRequest } from '../store/requests.ts'
import { addStep } from '../store/steps.ts'
import { askedOf, bodiesOf, handlerOf, listPapers, startClocks } from './begin-answering.ts'
import { leaveMailbox } from './leave-mailbox.ts'
import { errandOf, holdNamed, Named } from './opened-request.ts'

const words: Readonly<Record<Lacking, () => string>> = {
  'situation.words': m.intake_ask_say_what_happened,
  'particulars.name': m.intake_ask_say_name,
  'contact.ways': m.intake_ask_say_way,
  'contact.phone': m.intake_ask_say_phone,
  'contact.email': m.intake_ask_say_email,
  'contact.through': m.intake_ask_say_through,
  'particulars.address': m.intake_ask_say_address,
  'enteredBy.name': m.intake_ask_say_helper,
  'enteredBy.consentMissing': m.intake_ask_say_why_no_consent,
}

/**
 * Sends a request (INT-2: draft → submitted): finds the office, opens the person's record, lists the papers of the card, sets the clocks going
 * (INT-3), and in an emergency calls whoever is on duty.
 */
export const submitRequest = command({
  audit: 'intake.request.submit',
  limit: { name: 'intake.submit', per: 'address', most: 40, within: { minutes: 60 } },
  purpose: errandOf,
  input: Named.extend({
    version: z.coerce.number().int().positive(),
    /** to go on by, where the link that they came by lies in a mailbox that others read */
    newToken: LinkToken.optional(),
  }),
  subject: holdNamed,
  permission: mayTakePart,
  async run(work, input, { request }) {
    if (request.state !== 'draft') return late(m.intake_ask_already_sent())
    if (request.version !== input.version) return conflict({ draft: request.draft, version: request.version })
    const { tx } = work
    const course = await courseOf(tx, request.pack)
    if (!course) return invalid({ path: '', message: m.intake_ask_no_procedure() })
    const service = request.service ? await serviceById(tx, request.service) : undefined
    // an emergency is never held up (INT-3): whoever offered it still answers
    if (service && service.status !== 'active' && request.urgency !== 'emergency')
      return invalid({ path: 'service', message: m.intake_ask_service_gone() })
    const open = lacking(request.draft, needsName(course.procedure, askedOf(service)))
    if (open.length > 0) return invalid(...open.map((path): FieldError => ({ path, message: words[path]() })))
    const handler = await handlerOf(work, course, service, request.draft.particulars.area, request.urgency)
    if (!handler) return invalid({ path: 'particulars.area', message: m.intake_ask_say_area() })

    const { enteredBy } = request.draft
    // who began for themselves and then wrote for another is that other's helper, and not the person
    const isOwn = request.kind === 'application' && !enteredBy
    const account = isOwn ? request.account : undefined
    const person = await recordPerson(work, { ...request, account }, handler)
    const earlier = person?.known ? await earlierDocuments(tx, person.id, request.id) : []
    await listPapers(work, course, request.id, service, earlier)
    await startClocks(work, course, request, service)
    await addStep(tx, request.id, {
      deed: 'state',
      from: 'draft',
      to: 'submitted',
      account: work.actor?.account ?? null,
    })
    const sent = await moveRequest(tx, request.id, 'draft', 'submitted', {
      handler,
      ...(person ? { person: person.id } : {}),
      needsBody: bodiesOf(course, service),
      ...(isOwn ? {} : { account: null, enteredByAccount: request.enteredByAccount ?? request.account ?? null }),
      submittedAt: work.now,
      ...(service ? { serviceVersion: service.version } : {}),
    })
    if (!sent) return late(m.intake_ask_already_sent())
    // what was told last counts, for all that the person has asked for (INT-11)
    if (person?.known && tells(request.draft.contact)) await tellContact(tx, request.id, request.draft.contact)
    // without the person's consent, whoever wrote sees that it arrived, and no more: the database has turned their links
    const notifier = request.kind === 'notice' || enteredBy?.consent === 'missing'
    if (request.urgency === 'emergency') work.jobs.add('intake.alert', { request: request.id })
    if (!notifier) work.jobs.add('intake.letter', { request: request.id, kind: 'confirmation' })
    const moves =
      !notifier &&
      request.draft.contact.emailReadByOthers &&
      (await leaveMailbox(work, request.id, 'read by others', { came: input.token, onward: input.newToken }))
    work.about({
      kind: 'intake.request',
      id: request.id,
      detail: { kind: request.kind, urgency: request.urgency, handler },
    })
    // whoever may read no more of it is still told who is on duty there
    return ok({
      id: request.id,
      reference: request.reference,
      ...(notifier ? { told: request.pack } : {}),
      // the token itself stays with its maker
      ...(moves ? { onward: String(input.version) } : {}),
    })
  },
})

/** The record of whoever asks: the one that the office keeps of their account, else a new one; none where no name was told. */
async function recordPerson(
  work: Work,
  request: StoredRequest,
  handler: string,
): Promise<{ id: string; known: boolean } | undefined> {
  const { particulars, contact } = request.draft
  const known = request.account ? await personOfAccount(work.tx, request.account, handler) : undefined
  if (known) return { id: known.id, known: true }
  if (!particulars.name) return undefined
  const id = await newId(work.tx)
  await addPerson(work.tx, id, {
    authority: handler,
    account: request.account,
    particulars: { ...particulars, name: particulars.name },
    contact,
  })
  return { id, known: false }
}
