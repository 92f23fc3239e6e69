import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { conflict, invalid } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { mayTend } from '../permissions.ts'
import { oneVersion } from '../store/edit-read.ts'
import { readRegister } from '../store/sources.ts'
import { Slug } from '../types.ts'
import { propose, storeVersion, Version, waitsForEditor } from './change-service.ts'
import { referenceErrors } from './references.ts'
import { tendedBySlug } from './tended-service.ts'

/** Makes an old version the newest again: card and status as they were; nothing between is lost (DIR-7). */
export const restoreVersion = command({
  audit: 'directory.service.restore',
  input: z.object({ slug: Slug, version: Version, to: Version }),
  subject: (tx, input) => tendedBySlug(tx, input.slug),
  permission: mayTend,
  async run(work, input, subject) {
    const { service } = subject
    if (service.version !== input.version) return conflict({ version: service.version, card: service.card })
    const old = await oneVersion(work.tx, service.id, input.to)
    if (!old) return invalid({ path: 'to', message: m.edit_no_such_version({ version: String(input.to) }) })
    // what the old card names may be gone since
    const dangling = referenceErrors(old.card, await readRegister(work.tx, old.card))
    if (old.card.organisation !== service.organisation.slug)
      dangling.push({ path: 'card.organisation', message: m.edit_organisation_stays() })
    if (dangling.length > 0) return invalid(...dangling)
    if (await waitsForEditor(work, subject))
      return propose(work, subject, { ...old.card, slug: service.slug }, old.status)
    return storeVersion(
      work,
      subject,
      { card: { ...old.card, slug: service.slug }, status: old.status, assured: false },
      input.version,
      `restore ${input.to}`,
    )
  },
})
