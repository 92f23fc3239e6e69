import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { conflict, invalid, ok } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { mayTend } from '../permissions.ts'
import { slugFrom } from '../rules/slug.ts'
import {
  addLocationRow,
  changeLocationRow,
  organisationBySlug,
  reprojectServices,
  slugIsFree,
} from '../store/edit-organisation.ts'
import { readRegister } from '../store/sources.ts'
import { Location, Slug } from '../types.ts'
import { Version } from './change-service.ts'
import { tendedOrganisation } from './tended-organisation.ts'

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
    if (!(await readRegister(work.tx)).areaPaths.has(input.location.area))
      return invalid({ path: 'location.area', message: m.edit_unknown_reference({ value: input.location.area }) })
    const version = await changeLocationRow(work.tx, place.id, input.version, input.location)
    if (version === undefined) {
      const now = (await organisationBySlug(work.tx, input.organisation))?.locations.find(
        (one) => one.location.slug === input.slug,
      )
      return conflict(now && { version: now.version, location: now.location })
    }
    await reprojectServices(work.tx, subject.stored.id)
    work.about({ kind: 'directory.location', id: place.id, detail: { version } })
    return ok({ organisation: input.organisation, slug: input.slug, version })
  },
})

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
    const id = await addLocationRow(work.tx, stored.id, { ...input.location, slug })
    if (!id) return invalid({ path: 'location.slug', message: m.edit_slug_taken() })
    work.about({ kind: 'directory.location', id })
    return ok({ organisation: stored.slug, slug, version: 1 })
  },
})
