import type { Work } from '../../../platform/access/command.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { Tended } from '../permissions.ts'
import { assuranceDue } from '../rules/freshness.ts'
import { assuranceMonths } from '../store/edit-assurance.ts'
import { organisationName } from '../store/edit-organisation.ts'
import { type ServiceDetails, serviceById, serviceBySlug } from '../store/read-service.ts'
import { confirmingOrganisation } from './references.ts'

/** A service, and what permissions ask about it. */
export interface TendedCard extends Tended {
  service: ServiceDetails
}

const tended = (service: ServiceDetails | undefined): TendedCard | undefined =>
  service && { service, organisation: service.organisation, areaPath: service.organisation.areaPath }

export const tendedBySlug = async (tx: Tx, slug: string): Promise<TendedCard | undefined> =>
  tended(await serviceBySlug(tx, slug))
export const tendedById = async (tx: Tx, id: string): Promise<TendedCard | undefined> =>
  tended(await serviceById(tx, id))

/** The account, origin and words of a version (DIR-7). */
export const deedOf = (work: Work, deed: string) => ({
  account: work.actor?.account ?? null,
  origin: work.origin,
  deed,
})

/** What is noted when the actor says that a card is right today: who (an organisation), and until when that holds (DIR-6). */
export async function assuranceBy(
  work: Work,
  subject: Tended,
  pack: string | undefined,
): Promise<{ at: Date; by: string; due: Date }> {
  const confirming = confirmingOrganisation(work.actor, subject)
  const [by, months] = await Promise.all([
    organisationName(work.tx, confirming?.organisation ?? subject.organisation.id),
    assuranceMonths(work.tx, pack),
  ])
  return { at: work.now, by, due: assuranceDue(work.now, months) }
}
