import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { conflict, invalid, ok } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { isEditorOf, mayTend } from '../permissions.ts'
import {
  changeOrganisationRow,
  OrganisationProfile,
  organisationBySlug,
  reprojectServices,
} from '../store/edit-organisation.ts'
import { readRegister } from '../store/sources.ts'
import { Slug } from '../types.ts'
import { Version } from './change-service.ts'
import { tendedOrganisation } from './tended-organisation.ts'

/** Changes who an organisation is and how it is reached. Kind and area decide over whose editors are in charge, so editors alone change them. */
export const changeOrganisation = command({
  audit: 'directory.organisation.change',
  input: z.object({ slug: Slug, version: Version, profile: OrganisationProfile }),
  subject: (tx, input) => tendedOrganisation(tx, input.slug),
  permission: mayTend,
  async run(work, input, subject) {
    const { stored } = subject
    const wrong = []
    if (input.profile.slug !== stored.slug) wrong.push({ path: 'profile.slug', message: m.edit_slug_stays() })
    if (!isEditorOf(work.actor, subject)) {
      if (input.profile.area !== stored.profile.area)
        wrong.push({ path: 'profile.area', message: m.edit_only_editor() })
      if (input.profile.kind !== stored.profile.kind)
        wrong.push({ path: 'profile.kind', message: m.edit_only_editor() })
    }
    const register = await readRegister(work.tx)
    const path = register.areaPaths.get(input.profile.area)
    if (!path) wrong.push({ path: 'profile.area', message: m.edit_unknown_reference({ value: input.profile.area }) })
    else if (input.profile.area !== stored.profile.area && !isEditorOf(work.actor, { ...subject, areaPath: path }))
      wrong.push({ path: 'profile.area', message: m.edit_not_your_area() })
    if (wrong.length > 0) return invalid(...wrong)
    const version = await changeOrganisationRow(work.tx, stored.id, input.version, input.profile)
    if (version === undefined) {
      const now = await organisationBySlug(work.tx, stored.slug)
      return conflict(now && { version: now.version, profile: now.profile })
    }
    await reprojectServices(work.tx, stored.id)
    work.about({ kind: 'access.organisation', id: stored.id, detail: { version } })
    return ok({ slug: stored.slug, version })
  },
})
