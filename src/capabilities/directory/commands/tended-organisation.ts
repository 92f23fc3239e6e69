import type { Tx } from '../../../platform/db/database.ts'
import type { Tended } from '../permissions.ts'
import { organisationBySlug, type TendedOrganisation } from '../store/edit-organisation.ts'

/** An organisation, and what permissions ask about it. */
export interface TendedOrganisationSubject extends Tended {
  stored: TendedOrganisation
}

export async function tendedOrganisation(tx: Tx, slug: string): Promise<TendedOrganisationSubject | undefined> {
  const stored = await organisationBySlug(tx, slug)
  return stored && { stored, organisation: { id: stored.id }, areaPath: stored.areaPath }
}
