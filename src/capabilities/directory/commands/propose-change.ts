import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { conflict, invalid } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { mayTend } from '../permissions.ts'
import { readRegister } from '../store/sources.ts'
import { ServiceCard, Slug } from '../types.ts'
import { propose, Version } from './change-service.ts'
import { referenceErrors } from './references.ts'
import { tendedBySlug } from './tended-service.ts'

/** Proposes a change for an editor to decide, also where none is required: for staff who want a second pair of eyes (DIR-7). */
export const proposeChange = command({
  audit: 'directory.proposal.add',
  input: z.object({ slug: Slug, version: Version, card: ServiceCard }),
  subject: (tx, input) => tendedBySlug(tx, input.slug),
  permission: mayTend,
  async run(work, input, subject) {
    const { service } = subject
    if (service.version !== input.version) return conflict({ version: service.version, card: service.card })
    const wrong = referenceErrors(input.card, await readRegister(work.tx, input.card))
    if (input.card.slug !== service.slug) wrong.push({ path: 'card.slug', message: m.edit_slug_stays() })
    if (input.card.organisation !== service.organisation.slug)
      wrong.push({ path: 'card.organisation', message: m.edit_organisation_stays() })
    if (wrong.length > 0) return invalid(...wrong)
    return propose(work, subject, input.card, service.status === 'inactive' ? 'active' : service.status)
  },
})
