import { z } from 'zod'
import { command, type Work } from '../../../platform/access/command.ts'
import { conflict, invalid, type Outcome, ok } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { isEditorOf, mayTend } from '../permissions.ts'
import { needsApproval, saveProposal } from '../store/edit-proposals.ts'
import { type ServiceStatus, changeService as storeChange } from '../store/save-service.ts'
import { readRegister } from '../store/sources.ts'
import { ServiceCard, Slug } from '../types.ts'
import { referenceErrors } from './references.ts'
import { assuranceBy, deedOf, type TendedCard, tendedBySlug } from './tended-service.ts'

/** A version as it arrives from a form or an `If-Match` header; a number that the database's `integer` holds. */
export const Version = z.coerce.number().int().positive().max(2_147_483_647)

/** What became of a change: the new version, or a proposal that waits for an editor. */
export interface ChangedService {
  slug: string
  /** version that is public now */
  version: number
  proposal?: string
}

const Input = z.object({
  slug: Slug,
  version: Version,
  card: ServiceCard,
  /** the sender has looked at the whole card and confirms it (DIR-6) */
  assured: z.stringbool().or(z.boolean()).default(false),
})

/** Changes a card. Where changes of its organisation wait for an editor, those of its staff become a proposal (DIR-7). */
export const changeService = command({
  audit: 'directory.service.change',
  input: Input,
  subject: (tx, input) => tendedBySlug(tx, input.slug),
  permission: mayTend,
  async run(work, input, subject) {
    const { service } = subject
    work.about({ kind: 'directory.service', id: service.id })
    if (service.version !== input.version) return conflict({ version: service.version, card: service.card })
    const register = await readRegister(work.tx, input.card)
    const wrong = [
      ...(input.card.slug === service.slug ? [] : [{ path: 'card.slug', message: m.edit_slug_stays() }]),
      ...(input.card.organisation === service.organisation.slug
        ? []
        : [{ path: 'card.organisation', message: m.edit_organisation_stays() }]),
      ...referenceErrors(input.card, register),
    ]
    if (wrong.length > 0) return invalid(...wrong)
    if (await waitsForEditor(work, subject))
      return propose(work, subject, input.card, service.status === 'inactive' ? 'active' : service.status)
    return storeVersion(
      work,
      subject,
      { card: input.card, status: service.status, assured: input.assured },
      input.version,
      'change',
    )
  },
})

/** DIR-7: an editor's change holds at once; one of the provider's staff may have to wait. */
export async function waitsForEditor(work: Work, subject: TendedCard): Promise<boolean> {
  return !isEditorOf(work.actor, subject) && (await needsApproval(work.tx, subject.organisation.id))
}

/** Keeps a change as a proposal; the public card stays as it is. */
export async function propose(
  work: Work,
  subject: TendedCard,
  card: ServiceCard,
  status: ServiceStatus,
): Promise<Outcome<ChangedService>> {
  const { service } = subject
  const proposal = await saveProposal(work.tx, {
    service: service.id,
    baseVersion: service.version,
    card,
    status,
    account: work.actor?.account ?? '',
  })
  work.about({ kind: 'directory.service', id: service.id, detail: { proposal } })
  return ok({ slug: service.slug, version: service.version, proposal })
}

/** Stores the next version, unless somebody was faster: check and change are one statement. */
export async function storeVersion(
  work: Work,
  subject: TendedCard,
  change: { card: ServiceCard; status: ServiceStatus; assured: boolean },
  version: number,
  deed: string,
): Promise<Outcome<ChangedService>> {
  const { service } = subject
  const assured = change.assured ? await assuranceBy(work, subject, service.pack) : undefined
  const register = await readRegister(work.tx, change.card)
  const stored = await storeChange(
    work.tx,
    service.id,
    version,
    { card: change.card, status: change.status, assured },
    register,
    deedOf(work, deed),
  )
  if (stored === undefined) {
    const now = await tendedBySlug(work.tx, service.slug)
    return conflict(now && { version: now.service.version, card: now.service.card })
  }
  work.about({ kind: 'directory.service', id: service.id, detail: { version: stored } })
  return ok({ slug: service.slug, version: stored })
}
