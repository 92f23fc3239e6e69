import { type Actor, effectiveMemberships, holdsRole, holdsRoleIn } from '../../../platform/access/actor.ts'
import { permission } from '../../../platform/access/permission.ts'

/** What permissions about tariffs are about: who runs the offer, and whose secretariat collects tariffs there. Ids of organisations. */
export interface Priced {
  operator: string
  collector: string | undefined
}

const collects = (actor: Actor | null, collector: string | undefined) =>
  collector !== undefined && holdsRoleIn(actor, 'secretariat', collector)

export const mayPrice = permission<Priced>(
  'Economists of the operator enter and publish its tariffs; so does the secretariat that collects all of them',
  (actor, { operator, collector }) => holdsRoleIn(actor, 'economist', operator) || collects(actor, collector),
)

export const mayCollect = permission<{ collector: string | undefined }>(
  'The secretariat that collects tariffs opens and closes the yearly collection, enters many sheets at once, and records consents',
  (actor, { collector }) => collects(actor, collector),
)

export const mayFill = permission<Priced>(
  'Economists of an organisation send its workbook of the yearly collection; the secretariat that collects may send it for them',
  (actor, { operator, collector }) => holdsRoleIn(actor, 'economist', operator) || collects(actor, collector),
)

export const mayPriceSomewhere = permission<unknown>(
  'Economists and secretariats may open the desk of tariffs',
  (actor) => holdsRole(actor, 'economist') || holdsRole(actor, 'secretariat'),
)

const organisationsOf = (actor: Actor | null, as: 'economist' | 'secretariat'): string[] => [
  ...new Set(
    (actor ? effectiveMemberships(actor) : [])
      .filter(({ role }) => role === as)
      .map(({ organisation }) => organisation),
  ),
]

/** Organisations for which the actor is economist, by id. */
export const economistOf = (actor: Actor | null): string[] => organisationsOf(actor, 'economist')

/** Organisations of which the actor is secretariat, by id. */
export const secretariatOf = (actor: Actor | null): string[] => organisationsOf(actor, 'secretariat')
