import type { Actor } from '../../../platform/access/actor.ts'
import type { FieldError } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { isEditorOf, isProviderOf, type Tended } from '../permissions.ts'
import { danglingReferences, type Register } from '../store/sources.ts'
import type { ServiceCard } from '../types.ts'

/** What a card names and nobody knows, as mistakes of the fields below `card`. */
export function referenceErrors(card: ServiceCard, register: Register): FieldError[] {
  return danglingReferences(card, register).map(({ path, value }) => ({
    path: `card.${path}`,
    message: m.edit_unknown_reference({ value }),
  }))
}

/** Who stands behind a confirmation, in words that the public page may show: an organisation, never a person. */
export function confirmingOrganisation(actor: Actor | null, subject: Tended): { organisation: string } | undefined {
  const by = (role: 'provider' | 'editor') =>
    actor?.memberships.find(
      (one) =>
        one.role === role &&
        (role === 'provider'
          ? one.organisation === subject.organisation.id
          : subject.areaPath.includes(one.areaPath.at(-1) ?? '')),
    )
  const membership =
    (isProviderOf(actor, subject) ? by('provider') : undefined) ??
    (isEditorOf(actor, subject) ? by('editor') : undefined)
  return membership ? { organisation: membership.organisation } : undefined
}
