import { z } from 'zod'
import type { Outcome } from '../../../platform/access/outcome.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import { restoreLocation, restoreOrganisation } from '../commands/restore-organisation.ts'
import { compareRecords } from '../rules/compare.ts'
import type { TendedOrganisation } from '../store/edit-organisation.ts'
import {
  listLocationVersions,
  listOrganisationVersions,
  oneLocationVersion,
  oneOrganisationVersion,
  type RecordVersion,
} from '../store/record-versions.ts'
import { Slug } from '../types.ts'
import { VersionComparison, type Versioned, VersionList } from '../views/edit-versions.tsx'
import { slugParams, workPage } from './editing-cards.tsx'
import { withOrganisation } from './editing-organisation.tsx'
import { pageSize, VersionRange, versionsQuery } from './editing-versions.tsx'

type Failed = Exclude<Outcome<unknown>, { is: 'ok' }>
type Place = TendedOrganisation['locations'][number]

function versionedOrganisation({ slug, profile, version }: TendedOrganisation): Versioned {
  const base = `/directory/organisations/${slug}`
  return {
    base,
    back: { href: base, label: m.edit_back_organisation() },
    name: speak(profile.names, currentLocale()),
    version,
  }
}

function versionedPlace({ slug }: TendedOrganisation, { location, version }: Place): Versioned {
  const base = `/directory/organisations/${slug}/locations/${location.slug}`
  return {
    base,
    back: { href: base, label: m.edit_back_place() },
    name: speak(location.names, currentLocale()),
    version,
  }
}

function showList(
  visit: Visit,
  organisation: TendedOrganisation,
  of: Versioned,
  found: RecordVersion<object>[],
): Answer {
  const shown = found.slice(0, pageSize)
  const last = shown.at(-1)
  const next = found.length > pageSize && last ? `${of.base}/versions?before=${last.version}` : undefined
  const timeZone = visit.regions.find((region) => region.id === organisation.pack)?.timeZone ?? 'UTC'
  return page(m.edit_versions_title(), <VersionList of={of} versions={shown} next={next} timeZone={timeZone} />, {
    size: 'sm',
  })
}

function showComparison(
  of: Versioned,
  before: RecordVersion<object> | undefined,
  after: RecordVersion<object> | undefined,
): Answer {
  if (!before || !after) return { is: 'notFound' }
  return page(
    m.edit_compare_title({ from: String(before.version), to: String(after.version) }),
    <VersionComparison of={of} from={before} to={after} differences={compareRecords(before.stored, after.stored)} />,
    { size: 'sm' },
  )
}

const done = (base: string): Answer => redirect(`${base}/versions`, { kind: 'done', text: m.edit_restored_flash() })
const again = (base: string, outcome: Failed): Answer =>
  redirect(`${base}/versions`, {
    kind: 'warning',
    text: (outcome.is === 'invalid' ? outcome.errors[0]?.message : undefined) ?? m.edit_restore_overtaken(),
  })

/** Versions of organisations and of their places, their comparison, and restoring one (DIR-7). */
export function organisationVersionRoutes(door: Door): void {
  const organisation = '/directory/organisations/{slug}'
  const place = `${organisation}/locations/{place}`
  const placeParams = z.object({ slug: Slug, place: Slug })

  door.page(`${organisation}/versions`, { ...workPage, params: slugParams, query: versionsQuery }, (visit) =>
    withOrganisation(visit, visit.params.slug, async (tx, one) =>
      showList(
        visit,
        one,
        versionedOrganisation(one),
        await listOrganisationVersions(tx, one.id, visit.query.before, pageSize + 1),
      ),
    ),
  )
  door.page(
    `${organisation}/versions/{range}`,
    { ...workPage, params: z.object({ slug: Slug, range: VersionRange }) },
    (visit) =>
      withOrganisation(visit, visit.params.slug, async (tx, one) => {
        const [from = 0, to = 0] = visit.params.range
        const [before, after] = await Promise.all([
          oneOrganisationVersion(tx, one.id, from),
          oneOrganisationVersion(tx, one.id, to),
        ])
        return showComparison(versionedOrganisation(one), before, after)
      }),
  )
  door.form(`${organisation}/restore`, {
    command: restoreOrganisation,
    params: slugParams,
    input: (fields, visit) => ({ slug: visit.params.slug, version: fields.version, to: fields.to }),
    done: ({ slug }) => done(`/directory/organisations/${slug}`),
    again: async (_typed, outcome, visit) => again(`/directory/organisations/${visit.params.slug}`, outcome),
  })

  door.page(`${place}/versions`, { ...workPage, params: placeParams, query: versionsQuery }, (visit) =>
    withOrganisation(visit, visit.params.slug, async (tx, one) => {
      const found = one.locations.find(({ location }) => location.slug === visit.params.place)
      if (!found) return { is: 'notFound' }
      const versions = await listLocationVersions(tx, found.id, visit.query.before, pageSize + 1)
      return showList(visit, one, versionedPlace(one, found), versions)
    }),
  )
  door.page(
    `${place}/versions/{range}`,
    { ...workPage, params: placeParams.extend({ range: VersionRange }) },
    (visit) =>
      withOrganisation(visit, visit.params.slug, async (tx, one) => {
        const found = one.locations.find(({ location }) => location.slug === visit.params.place)
        if (!found) return { is: 'notFound' }
        const [from = 0, to = 0] = visit.params.range
        const [before, after] = await Promise.all([
          oneLocationVersion(tx, found.id, from),
          oneLocationVersion(tx, found.id, to),
        ])
        return showComparison(versionedPlace(one, found), before, after)
      }),
  )
  door.form(`${place}/restore`, {
    command: restoreLocation,
    params: placeParams,
    input: (fields, visit) => ({
      organisation: visit.params.slug,
      slug: visit.params.place,
      version: fields.version,
      to: fields.to,
    }),
    done: (result) => done(`/directory/organisations/${result.organisation}/locations/${result.slug}`),
    again: async (_typed, outcome, visit) =>
      again(`/directory/organisations/${visit.params.slug}/locations/${visit.params.place}`, outcome),
  })
}
