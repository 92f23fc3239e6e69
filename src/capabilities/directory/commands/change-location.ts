import { z } from 'zod'
import { command, type Work } from '../../../platform/access/command.ts'
import { conflict, invalid, type Outcome, ok } from '../../../platform/access/outcome.ts'
import { slugFrom } from '../../../platform/i18n/slug.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { mayTend } from '../permissions.ts'
import {
  addLocationRow,
  changeLocationRow,
  organisationBySlug,
  reprojectServices,
  slugIsFree,
  type TendedOrganisation,
} from '../store/edit-organisation.ts'
import { readRegister } from '../store/sources.ts'
import { Location, Slug } from '../types.ts'
import { Version } from './change-service.ts'
import { type TendedOrganisationSubject, tendedOrganisation } from './tended-organisation.ts'
import { deedOf } from './tended-service.ts'

/** Changes a place of an organisation: address, hours, telephone numbers, access. */
export const changeLocation = command({
  audit: 'directory.location.change',
  input: z.object({ organisation: Slug, slug: Slug, version: Version, location: Location }),
  subject: (tx, input) => tendedOrganisation(tx, input.organisation),
  permission: mayTend,
  async run(work, input, subject) {
    const place = subject.stored.locations.find((one) => one.location.slug === input.slug)
    if (!place) return invalid({ path: 'slug', message: m.edit_unknown_reference({ value: input.slug }) })
    if (input.location.slug !== input.slug) return invalid({ path: 'location.slug', message: m.edit_slug_stays() })
    return storeLocation(work, subject, place, input.version, input.location, 'change')
  },
})

/** Stores a place as its next version, where its present one is still `version`. Cards hold the points of their places, so they follow. */
export async function storeLocation(
  work: Work,
  { stored }: TendedOrganisationSubject,
  place: TendedOrganisation['locations'][number],
  version: number,
  location: Location,
  deed: string,
): Promise<Outcome<{ organisation: string; slug: string; version: number }>> {
  if (!(await readRegister(work.tx)).areaPaths.has(location.area))
    return invalid({ path: 'location.area', message: m.edit_unknown_reference({ value: location.area }) })
  const next = await changeLocationRow(work.tx, place.id, version, location, deedOf(work, deed))
  if (next === undefined) {
    const now = (await organisationBySlug(work.tx, stored.slug))?.locations.find((one) => one.id === place.id)
    return conflict(now && { version: now.version, location: now.location })
  }
  await reprojectServices(work.tx, stored.id)
  work.about({ kind: 'directory.location', id: place.id, detail: { version: next } })
  return ok({ organisation: stored.slug, slug: place.location.slug, version: next })
}

/** Adds a place to an organisation. Its name in addresses is made from organisation and name. */
export const addLocation = command({
  audit: 'directory.location.add',
  input: z.object({ organisation: Slug, location: Location.omit({ slug: true }).extend({ slug: Slug.optional() }) }),
  subject: (tx, input) => tendedOrganisation(tx, input.organisation),
  permission: mayTend,
  async run(work, input, { stored }) {
    if (!(await readRegister(work.tx)).areaPaths.has(input.location.area))
      return invalid({ path: 'location.area', message: m.edit_unknown_reference({ value: input.location.area }) })
    const words =
      input.location.names.en ?? input.location.names.uk ?? input.location.names.da ?? input.location.names.de ?? ''
    const base = `${stored.slug}-${slugFrom(words) || 'place'}`.slice(0, 100)
    const slug =
      input.location.slug ??
      ((await slugIsFree(work.tx, 'directory.location', base)) ? base : `${base}-${crypto.randomUUID().slice(0, 8)}`)
    const id = await addLocationRow(work.tx, stored.id, { ...input.location, slug }, deedOf(work, 'add'))
    if (!id) return invalid({ path: 'location.slug', message: m.edit_slug_taken() })
    work.about({ kind: 'directory.location', id })
    return ok({ organisation: stored.slug, slug, version: 1 })
  },
})
