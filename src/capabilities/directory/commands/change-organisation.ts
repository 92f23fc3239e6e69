import { z } from 'zod'
import { command, type Work } from '../../../platform/access/command.ts'
import { conflict, type FieldError, invalid, type Outcome, ok } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { isEditorOf, mayTend } from '../permissions.ts'
import { changeOrganisationRow, organisationBySlug, reprojectServices } from '../store/edit-organisation.ts'
import { readRegister } from '../store/sources.ts'
import { OrganisationProfile, Slug } from '../types.ts'
import { Version } from './change-service.ts'
import { type TendedOrganisationSubject, tendedOrganisation } from './tended-organisation.ts'
import { deedOf } from './tended-service.ts'

/** Changes who an organisation is and how it is reached. Kind and area decide over whose editors are in charge, so editors alone change them. */
export const changeOrganisation = command({
  audit: 'directory.organisation.change',
  input: z.object({ slug: Slug, version: Version, profile: OrganisationProfile }),
  subject: (tx, input) => tendedOrganisation(tx, input.slug),
  permission: mayTend,
  run: (work, input, subject) => storeOrganisation(work, subject, input.version, input.profile, 'change'),
})

/** Stores an organisation as its next version, where its present one is still `version`. Its cards hold its name, so they follow. */
export async function storeOrganisation(
  work: Work,
  subject: TendedOrganisationSubject,
  version: number,
  profile: OrganisationProfile,
  deed: string,
): Promise<Outcome<{ slug: string; version: number }>> {
  const { stored } = subject
  const wrong = await faultsOf(work, subject, profile)
  if (wrong.length > 0) return invalid(...wrong)
  const next = await changeOrganisationRow(work.tx, stored.id, version, profile, deedOf(work, deed))
  if (next === undefined) {
    const now = await organisationBySlug(work.tx, stored.slug)
    return conflict(now && { version: now.version, profile: now.profile })
  }
  await reprojectServices(work.tx, stored.id)
  work.about({ kind: 'access.organisation', id: stored.id, detail: { version: next } })
  return ok({ slug: stored.slug, version: next })
}

async function faultsOf(
  work: Work,
  subject: TendedOrganisationSubject,
  profile: OrganisationProfile,
): Promise<FieldError[]> {
  const { stored } = subject
  const wrong: FieldError[] = []
  if (profile.slug !== stored.slug) wrong.push({ path: 'profile.slug', message: m.edit_slug_stays() })
  const editor = isEditorOf(work.actor, subject)
  if (!editor) {
    if (profile.area !== stored.profile.area) wrong.push({ path: 'profile.area', message: m.edit_only_editor() })
    if (profile.kind !== stored.profile.kind) wrong.push({ path: 'profile.kind', message: m.edit_only_editor() })
  }
  const path = (await readRegister(work.tx)).areaPaths.get(profile.area)
  if (!path) wrong.push({ path: 'profile.area', message: m.edit_unknown_reference({ value: profile.area }) })
  else if (editor && profile.area !== stored.profile.area && !isEditorOf(work.actor, { ...subject, areaPath: path }))
    wrong.push({ path: 'profile.area', message: m.edit_not_your_area() })
  return wrong
}
