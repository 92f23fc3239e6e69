import { z } from 'zod'
import type { Outcome } from '../../../platform/access/outcome.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import { type Fields, nestFields } from '../../../platform/http/form-fields.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { type Locale, speak } from '../../../platform/i18n/text.ts'
import type { Difference } from '../../../platform/ui/form.tsx'
import { PageHead } from '../../../platform/ui/page-head.tsx'
import { addLocation, changeLocation } from '../commands/change-location.ts'
import { changeOrganisation } from '../commands/change-organisation.ts'
import { requireApproval } from '../commands/require-approval.ts'
import { isEditorOf, mayAppointApproval, maySeeOrganisation, mayTend, type Tended } from '../permissions.ts'
import { compareRecords } from '../rules/compare.ts'
import { flagWordings } from '../rules/wording.ts'
import { cardChoices, organisationBySlug, type TendedOrganisation } from '../store/edit-organisation.ts'
import { needsApproval } from '../store/edit-proposals.ts'
import { Slug } from '../types.ts'
import {
  closeRows,
  locationFields,
  locationFromFields,
  profileFields,
  profileFromFields,
} from '../views/edit-fields.ts'
import { LocationForm, OrganisationForm, OrganisationPage } from '../views/edit-organisation.tsx'
import { moreField } from '../views/edit-rows.tsx'
import { pathWords } from '../views/edit-words.ts'
import { atFields, onlyLooks, slugParams, workPage } from './editing-cards.tsx'

type Failed = Exclude<Outcome<unknown>, { is: 'ok' }>
interface Sent {
  typed: Fields
  outcome: Failed
}

const tended = (organisation: TendedOrganisation): Tended => ({
  organisation: { id: organisation.id },
  areaPath: organisation.areaPath,
})

/** Runs `work` with an organisation that the visitor may tend; else says why not. */
export function withOrganisation(
  visit: Visit,
  slug: string,
  work: (tx: Tx, organisation: TendedOrganisation) => Promise<Answer>,
): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const organisation = await organisationBySlug(tx, slug)
    if (!organisation) return { is: 'notFound' }
    return mayTend.may(visit.actor, tended(organisation)) ? work(tx, organisation) : { is: 'forbidden' }
  })
}

/** What both forms below share: what is shown in the fields, and why the form is here again. */
function stateOf(
  visit: Visit,
  organisation: TendedOrganisation,
  names: object,
  stored: Fields,
  sent: Sent | undefined,
  root: string,
) {
  const region = visit.regions.find((one) => one.id === organisation.pack)
  const first = region?.languages[0] ?? 'en'
  const own: Locale =
    first in names ? first : ((Object.keys(names).find((key) => key !== 'draft') as Locale | undefined) ?? first)
  const more = sent?.typed.get(moreField)?.[0]
  const typed = sent ? closeRows(sent.typed) : stored
  const outcome = sent && !more ? atFields(sent.outcome, own) : undefined
  const current =
    outcome?.is === 'conflict' ? (outcome.current as { version: number } & Record<string, object>) : undefined
  const differences: Difference[] = current
    ? compareRecords(current[root] ?? {}, parsedBack(nestFields(typed), root)).map((one) => ({
        label: pathWords(one.path),
        theirs: one.before ?? '',
        yours: one.after ?? '',
      }))
    : []
  return {
    own,
    more,
    state: { typed, ...(outcome ? { outcome } : {}) },
    flags: flagWordings((nestFields(typed)[root] as object | undefined) ?? {}, region?.wordings ?? []),
    version: current?.version,
    differences,
    status: more ? { status: 200 as const } : {},
    country: region?.country ?? 'UA',
  }
}

function parsedBack(fields: Record<string, unknown>, root: string): object {
  return root === 'profile' ? profileFromFields(fields.profile) : locationFromFields(fields.location, '')
}

function showOrganisationForm(visit: Visit, slug: string, sent?: Sent): Promise<Answer> {
  return withOrganisation(visit, slug, async (tx, organisation) => {
    const shown = stateOf(
      visit,
      organisation,
      organisation.profile.names,
      profileFields(organisation.profile),
      sent,
      'profile',
    )
    const { areas } = await cardChoices(tx, organisation.pack, organisation.id)
    const title = m.edit_change_title({ name: speak(organisation.profile.names, currentLocale()).words })
    return page(
      title,
      <div class="ln-stack" data-gap="6">
        <PageHead
          back={{ href: `/directory/organisations/${slug}`, label: m.edit_back_organisation() }}
          title={title}
        />
        <OrganisationForm
          {...shown}
          organisation={organisation}
          areas={areas}
          isEditor={isEditorOf(visit.actor, tended(organisation))}
          idempotencyKey={crypto.randomUUID()}
          version={shown.version ?? organisation.version}
        />
      </div>,
      { size: 'sm', ...shown.status },
    )
  })
}

function showLocationForm(visit: Visit, slug: string, place: string | undefined, sent?: Sent): Promise<Answer> {
  return withOrganisation(visit, slug, async (tx, organisation) => {
    const stored = organisation.locations.find((one) => one.location.slug === place)
    if (place && !stored) return { is: 'notFound' }
    const fields = stored ? locationFields(stored.location) : locationFields(newPlace(organisation))
    const shown = stateOf(visit, organisation, stored?.location.names ?? {}, fields, sent, 'location')
    const { areas } = await cardChoices(tx, organisation.pack, organisation.id)
    const title = stored
      ? m.edit_change_title({ name: speak(stored.location.names, currentLocale()).words })
      : m.edit_place_add()
    return page(
      title,
      <div class="ln-stack" data-gap="6">
        <PageHead
          back={{ href: `/directory/organisations/${slug}`, label: m.edit_back_organisation() }}
          title={title}
          facts={
            stored ? (
              <a href={`/directory/organisations/${slug}/locations/${stored.location.slug}/versions`}>
                {m.edit_versions_title()}
              </a>
            ) : undefined
          }
        />
        <LocationForm
          {...shown}
          organisation={organisation}
          areas={areas}
          action={`/directory/organisations/${slug}/locations/${place ?? 'new'}`}
          idempotencyKey={crypto.randomUUID()}
          version={shown.version ?? stored?.version}
        />
      </div>,
      { size: 'sm', ...shown.status },
    )
  })
}

const newPlace = (organisation: TendedOrganisation) => ({ kind: 'physical', area: organisation.profile.area })

/** Country of an address that was typed: that of the region where the organisation works. */
const countryOf = (visit: Visit): string => visit.region?.country ?? 'UA'

/** Organisations and their places, and whose changes wait for an editor. */
export function organisationEditingRoutes(door: Door): void {
  const place = z.object({ slug: Slug, place: Slug })

  door.page(
    '/directory/organisations/{slug}',
    { ...workPage, permission: maySeeOrganisation, params: slugParams },
    (visit) =>
      visit.read(async (tx): Promise<Answer> => {
        const organisation = await organisationBySlug(tx, visit.params.slug)
        if (!organisation) return { is: 'notFound' }
        const subject = tended(organisation)
        const [tends, appoints] = [mayTend.may(visit.actor, subject), mayAppointApproval.may(visit.actor, subject)]
        if (!tends && !appoints) return { is: 'forbidden' }
        const approval = await needsApproval(tx, organisation.id)
        return page(
          speak(organisation.profile.names, currentLocale()).words,
          <OrganisationPage organisation={organisation} approval={approval} mayAppoint={appoints} mayTend={tends} />,
          { size: 'sm' },
        )
      }),
  )

  door.page('/directory/organisations/{slug}/edit', { ...workPage, params: slugParams }, (visit) =>
    showOrganisationForm(visit, visit.params.slug),
  )
  door.form('/directory/organisations/{slug}/edit', {
    command: changeOrganisation,
    params: slugParams,
    input: (fields, visit) =>
      onlyLooks(fields)
        ? {}
        : { slug: visit.params.slug, version: fields.version, profile: profileFromFields(fields.profile) },
    done: (result) => redirect(`/directory/organisations/${result.slug}`, { kind: 'done', text: m.edit_saved_flash() }),
    again: (typed, outcome, visit) => showOrganisationForm(visit, visit.params.slug, { typed, outcome }),
  })

  door.page('/directory/organisations/{slug}/locations/new', { ...workPage, params: slugParams }, (visit) =>
    showLocationForm(visit, visit.params.slug, undefined),
  )
  door.form('/directory/organisations/{slug}/locations/new', {
    command: addLocation,
    params: slugParams,
    input: (fields, visit) =>
      onlyLooks(fields)
        ? {}
        : { organisation: visit.params.slug, location: locationFromFields(fields.location, countryOf(visit)) },
    done: (result) =>
      redirect(`/directory/organisations/${result.organisation}`, { kind: 'done', text: m.edit_saved_flash() }),
    again: (typed, outcome, visit) => showLocationForm(visit, visit.params.slug, undefined, { typed, outcome }),
  })

  door.page('/directory/organisations/{slug}/locations/{place}', { ...workPage, params: place }, (visit) =>
    showLocationForm(visit, visit.params.slug, visit.params.place),
  )
  door.form('/directory/organisations/{slug}/locations/{place}', {
    command: changeLocation,
    params: place,
    input: (fields, visit) =>
      onlyLooks(fields)
        ? {}
        : {
            organisation: visit.params.slug,
            slug: visit.params.place,
            version: fields.version,
            location: locationFromFields(fields.location, countryOf(visit)),
          },
    done: (result) =>
      redirect(`/directory/organisations/${result.organisation}`, { kind: 'done', text: m.edit_saved_flash() }),
    again: (typed, outcome, visit) =>
      showLocationForm(visit, visit.params.slug, visit.params.place, { typed, outcome }),
  })

  door.form('/directory/organisations/{slug}/approval', {
    command: requireApproval,
    params: slugParams,
    input: (fields, visit) => ({ slug: visit.params.slug, required: fields.required }),
    done: (result) => {
      const undo = {
        action: `/directory/organisations/${result.slug}/approval`,
        fields: { required: result.required ? 'no' : 'yes' },
      }
      return redirect(`/directory/organisations/${result.slug}`, {
        kind: 'done',
        text: result.required ? m.edit_approval_on() : m.edit_approval_off(),
        undo,
      })
    },
    again: async (_typed, _outcome, visit) => redirect(`/directory/organisations/${visit.params.slug}`),
  })
}
