import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { command, nothingStored, type Work } from '../../../platform/access/command.ts'
import { type Outcome, ok } from '../../../platform/access/outcome.ts'
import { signedIn } from '../../../platform/access/permission.ts'
import { LinkToken, linkPurpose } from '../link.ts'
import { EnteredBy, Particulars, RequestKind, SafeContact, Situation } from '../types.ts'
import { openNamed } from './opened-request.ts'
import { saveDraft } from './save-draft.ts'
import { startRequest } from './start-request.ts'
import { submitRequest } from './submit-request.ts'

/**
 * Begins, fills and sends a request in one go, for the program of an agency (INT-1): the same three verbs as on the pages, so the same rules.
 * The link of the person has the token that the agency made; without one the person has no link, and the agency goes on reading with consent.
 */
export const referRequest = command({
  audit: 'intake.request.refer',
  purpose: (input) => linkPurpose(input.token),
  input: z.object({
    token: LinkToken.default(() => randomBytes(32).toString('base64url')),
    pack: z.string().min(1).max(40),
    /** id of a service; missing where nobody knows yet which one fits */
    service: z.uuid().optional(),
    kind: RequestKind.default('referral'),
    particulars: Particulars.default({}),
    enteredBy: EnteredBy.optional(),
    situation: Situation.prefault({}),
    contact: SafeContact.prefault({}),
  }),
  subject: nothingStored,
  permission: signedIn,
  async run(work, input): Promise<Outcome<{ id: string; reference: string }>> {
    const { token, pack, service, kind, ...told } = input
    const begun = await startRequest.run(work, { token, pack, service, kind, forMyself: false }, {})
    if (begun.is !== 'ok') return begun
    const kept = await keep(work, token, told)
    if (kept.is !== 'ok') return kept
    const opened = await openNamed(work.tx, { token })
    if (!opened) throw new Error('a request that was begun here cannot be opened')
    const sent = await submitRequest.run(work, { token, version: kept.value.version }, opened)
    return sent.is === 'ok' ? ok({ id: begun.value.id, reference: begun.value.reference }) : sent
  },
})

async function keep(
  work: Work,
  token: string,
  told: Pick<z.output<typeof saveDraft.input>, 'particulars' | 'enteredBy' | 'situation' | 'contact'>,
): Promise<Outcome<{ version: number }>> {
  const opened = await openNamed(work.tx, { token })
  if (!opened) throw new Error('a request that was begun here cannot be opened')
  return saveDraft.run(work, { token, version: opened.request.version, ...told }, opened)
}
