import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { conflict, invalid, ok } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { mayTend } from '../permissions.ts'
import { Slug } from '../types.ts'
import { storeVersion, Version, waitsForEditor } from './change-service.ts'
import { tendedBySlug } from './tended-service.ts'

/** What an editor may set; `inactive` is what a card is before an editor has seen it. */
export const SettableStatus = z.enum(['active', 'temporarily closed', 'defunct'])

/**
 * Opens, closes for now, or ends a service. It holds at once, also where changes of text wait for an editor:
 * nobody shall stand before a closed door because of that. Only a card that no editor has accepted yet stays unseen.
 */
export const setStatus = command({
  audit: 'directory.service.set-status',
  input: z.object({
    slug: Slug,
    version: Version,
    status: SettableStatus,
    /** an ending is confirmed on purpose */
    confirmed: z.stringbool().or(z.boolean()).default(false),
  }),
  subject: (tx, input) => tendedBySlug(tx, input.slug),
  permission: mayTend,
  async run(work, input, subject) {
    const { service } = subject
    if (service.version !== input.version) return conflict({ version: service.version, card: service.card })
    if (input.status === 'defunct' && !input.confirmed)
      return invalid({ path: 'confirmed', message: m.edit_status_confirm_missing() })
    if (service.status === 'inactive' && (await waitsForEditor(work, subject)))
      return invalid({ path: 'status', message: m.edit_status_waits() })
    if (service.status === input.status) return ok({ slug: service.slug, version: service.version })
    return storeVersion(
      work,
      subject,
      { card: service.card, status: input.status, assured: false },
      input.version,
      'status',
    )
  },
})
