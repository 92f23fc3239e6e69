import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { invalid } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { mayTend } from '../permissions.ts'
import { oneLocationVersion, oneOrganisationVersion } from '../store/record-versions.ts'
import { Slug } from '../types.ts'
import { storeLocation } from './change-location.ts'
import { storeOrganisation } from './change-organisation.ts'
import { Version } from './change-service.ts'
import { tendedOrganisation } from './tended-organisation.ts'

const noSuchVersion = (version: number) =>
  invalid({ path: 'to', message: m.edit_no_such_version({ version: String(version) }) })

/** Makes an old version of an organisation the newest again; what is refused to a change is refused here (DIR-7). */
export const restoreOrganisation = command({
  audit: 'directory.organisation.restore',
  input: z.object({ slug: Slug, version: Version, to: Version }),
  subject: (tx, input) => tendedOrganisation(tx, input.slug),
  permission: mayTend,
  async run(work, input, subject) {
    const old = await oneOrganisationVersion(work.tx, subject.stored.id, input.to)
    if (!old) return noSuchVersion(input.to)
    return storeOrganisation(work, subject, input.version, old.stored, `restore ${input.to}`)
  },
})

/** Makes an old version of a place the newest again (DIR-7). */
export const restoreLocation = command({
  audit: 'directory.location.restore',
  input: z.object({ organisation: Slug, slug: Slug, version: Version, to: Version }),
  subject: (tx, input) => tendedOrganisation(tx, input.organisation),
  permission: mayTend,
  async run(work, input, subject) {
    const place = subject.stored.locations.find((one) => one.location.slug === input.slug)
    if (!place) return invalid({ path: 'slug', message: m.edit_unknown_reference({ value: input.slug }) })
    const old = await oneLocationVersion(work.tx, place.id, input.to)
    if (!old) return noSuchVersion(input.to)
    return storeLocation(work, subject, place, input.version, old.stored, `restore ${input.to}`)
  },
})
