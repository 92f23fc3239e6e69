import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { invalid, ok } from '../../../platform/access/outcome.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { slugFrom } from '../../../platform/i18n/slug.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { isEditorOf, mayTend } from '../permissions.ts'
import { organisationBySlug, slugIsFree } from '../store/edit-organisation.ts'
import { needsApproval, saveProposal } from '../store/edit-proposals.ts'
import { addService as storeService } from '../store/save-service.ts'
import { readRegister } from '../store/sources.ts'
import { ServiceCard, Slug } from '../types.ts'
import { referenceErrors } from './references.ts'
import { assuranceBy, deedOf } from './tended-service.ts'

const Input = z.object({
  /** without a slug one is made from the name */
  card: ServiceCard.omit({ slug: true }).extend({ slug: Slug.optional() }),
})

export interface AddedService {
  id: string
  slug: string
  version: number
  /** set when the card waits for an editor before anybody finds it */
  proposal?: string
}

/**
 * Adds a card. Where changes of this organisation wait for an editor, the card is stored unseen and proposed (DIR-7).
 * Whoever writes a card today has also confirmed it today (DIR-6).
 */
export const addService = command({
  audit: 'directory.service.add',
  input: Input,
  async subject(tx, input) {
    const organisation = await organisationBySlug(tx, input.card.organisation)
    return (
      organisation && {
        organisation: { id: organisation.id },
        areaPath: organisation.areaPath,
        pack: organisation.pack,
      }
    )
  },
  permission: mayTend,
  async run(work, input, subject) {
    const { tx } = work
    const slug =
      input.card.slug ?? (await freeSlug(tx, input.card.names[input.card.writtenIn] ?? input.card.names.en ?? ''))
    let card: ServiceCard = { ...input.card, slug }
    const register = await readRegister(tx, card)
    const dangling = referenceErrors(card, register)
    if (dangling.length > 0) return invalid(...dangling)

    const waits = !isEditorOf(work.actor, subject) && (await needsApproval(tx, subject.organisation.id))
    const { due, ...assured } = await assuranceBy(work, subject, subject.pack)
    const store = (named: ServiceCard) =>
      storeService(
        tx,
        { card: named, pack: subject.pack, status: waits ? 'inactive' : 'active', assured, assuranceDue: due },
        register,
        deedOf(work, 'add'),
      )
    let id = await store(card)
    if (!id && !input.card.slug) {
      // somebody took the very name that was free a moment ago
      card = { ...card, slug: `${card.slug}-${crypto.randomUUID().slice(0, 8)}` }
      id = await store(card)
    }
    if (!id) return invalid({ path: 'card.slug', message: m.edit_slug_taken() })
    work.about({ kind: 'directory.service', id })
    if (!waits) return ok<AddedService>({ id, slug: card.slug, version: 1 })
    const proposal = await saveProposal(tx, {
      service: id,
      baseVersion: 1,
      card,
      status: 'active',
      account: work.actor?.account ?? '',
    })
    return ok<AddedService>({ id, slug: card.slug, version: 1, proposal })
  },
})

/** The name as an address; numbered when it is taken. */
async function freeSlug(tx: Tx, name: string): Promise<string> {
  const base = slugFrom(name) || 'service'
  for (let number = 1; number < 50; number++) {
    const slug = number === 1 ? base : `${base}-${number}`
    if (await slugIsFree(tx, 'directory.service', slug)) return slug
  }
  return `${base}-${crypto.randomUUID().slice(0, 8)}`
}
