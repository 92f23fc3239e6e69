import { z } from 'zod'
import { command, nothingStored } from '../../../platform/access/command.ts'
import { conflict, invalid, ok } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { serviceById } from '../../directory/contract.ts'
import { LinkToken, linkDays, linkHash, linkPurpose } from '../link.ts'
import { mayAsk } from '../permissions.ts'
import { lastTold } from '../rules/contact.ts'
import { referenceOf } from '../rules/reference.ts'
import { contactsOfAccount } from '../store/contacts.ts'
import { addLink, linkByHash } from '../store/links.ts'
import { courseOf } from '../store/procedure.ts'
import { addDraft, newId } from '../store/requests.ts'
import { Draft, RequestKind } from '../types.ts'

const day = 86_400_000

/**
 * Begins a request and the link by which it is gone on with (INT-1). The page brings the token along, so that the same form sent twice begins one
 * request. Whoever has signed in and asks for themselves finds it under their account too.
 */
export const startRequest = command({
  audit: 'intake.request.start',
  // a shelter or a library shares one address; a program cannot bury the offices
  limit: { name: 'intake.start', per: 'address', most: 40, within: { minutes: 60 } },
  purpose: (input) => linkPurpose(input.token),
  input: z.object({
    token: LinkToken,
    pack: z.string().min(1).max(40),
    /** id of a service; missing where nobody knows yet which one fits */
    service: z.uuid().optional(),
    kind: RequestKind.default('application'),
    forMyself: z.stringbool().or(z.boolean()).default(true),
  }),
  subject: nothingStored,
  permission: mayAsk,
  async run(work, input) {
    const { tx, actor } = work
    if (!(await courseOf(tx, input.pack))) return invalid({ path: 'pack', message: m.intake_ask_no_procedure() })
    const service = input.service ? await serviceById(tx, input.service) : undefined
    if (input.service && service?.status !== 'active')
      return invalid({ path: 'service', message: m.intake_ask_service_gone() })
    if (await linkByHash(tx, linkHash(input.token))) return conflict(undefined, m.intake_ask_link_taken())
    const id = await newId(tx)
    const reference = referenceOf(id)
    const own = input.forMyself && input.kind === 'application'
    await addDraft(tx, {
      id,
      reference,
      kind: input.kind,
      pack: service?.pack ?? input.pack,
      service: service?.id,
      draft: Draft.parse({
        kind: input.kind,
        ...(own && actor
          ? {
              particulars: { name: actor.name },
              // by which way they may be reached is theirs to say (INT-11)
              contact: lastTold(await contactsOfAccount(tx, actor.account)) ?? { email: actor.email },
            }
          : {}),
      }),
      locale: work.locale,
      ...(actor ? (own ? { account: actor.account } : { enteredByAccount: actor.account }) : {}),
    })
    await addLink(tx, {
      tokenHash: linkHash(input.token),
      request: id,
      kind: input.kind === 'notice' ? 'notifier' : 'applicant',
      reference,
      expiresAt: new Date(work.now.getTime() + linkDays * day),
    })
    work.about({ kind: 'intake.request', id, detail: { kind: input.kind } })
    return ok({ id, reference })
  },
})
