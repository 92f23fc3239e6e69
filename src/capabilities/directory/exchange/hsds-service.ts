import { formatList } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { ServiceStatus } from '../store/save-service.ts'
import type { Act, ServiceCard } from '../types.ts'
import { channelWords, costWords } from '../views/card-words.ts'
import {
  asUri,
  type HsdsObject,
  hsdsLanguages,
  hsdsLocation,
  hsdsOrganisation,
  hsdsPhones,
  hsdsSchedules,
  hsdsTerm,
  type LocationEntry,
  type OrganisationEntry,
  present,
  type Telling,
  termsOf,
  translations,
} from './hsds-parts.ts'
import { uuid5 } from './uuid5.ts'

/** A service with what HSDS nests into it. */
export interface ServiceEntry {
  id: string
  slug: string
  status: ServiceStatus
  card: ServiceCard
  organisation: OrganisationEntry
  assuredAt: Date | undefined
  lastModified: Date
  locations: readonly (LocationEntry & { linkId: string })[]
  /** acts that the card names, by id */
  acts: ReadonlyMap<string, Act>
}

/** The service as it stands in lists: one-to-one fields only. */
export function hsdsServiceCore(service: ServiceEntry, telling: Telling): HsdsObject {
  const { card, id } = service
  const tell = telling.words
  return present({
    id,
    organization_id: service.organisation.id,
    name: tell(card.names),
    alternate_name: card.alternateNames.length > 0 ? formatList(card.alternateNames.map(tell)) : undefined,
    description: [tell(card.summary), ...card.activities.map((activity) => `• ${tell(activity)}`)].join('\n'),
    url: asUri(card.website) ?? pageOf(service, telling),
    email: card.email,
    status: service.status,
    application_process: formatList(card.channels.map(channelWords)),
    fees_description: card.cost.description ? tell(card.cost.description) : costWords(card.cost.kind),
    eligibility_description: card.eligibility.description ? tell(card.eligibility.description) : undefined,
    minimum_age: card.eligibility.minimumAge,
    maximum_age: card.eligibility.maximumAge,
    assured_date: service.assuredAt?.toISOString().slice(0, 10),
    alert: alertOf(service),
    last_modified: service.lastModified.toISOString(),
    ...profileFields(service, telling),
  })
}

/** A service in a list, with its organisation beside it. */
export function hsdsServiceListed(service: ServiceEntry, telling: Telling): HsdsObject {
  return { ...hsdsServiceCore(service, telling), organization: hsdsOrganisation(service.organisation, telling) }
}

/** What `minimal` asks for; name and status stand because the schema requires them. */
export function hsdsServiceMinimal(service: ServiceEntry, telling: Telling): HsdsObject {
  const last_modified = service.lastModified.toISOString()
  return {
    id: service.id,
    name: telling.words(service.card.names),
    status: service.status,
    last_modified,
    modified_date: last_modified,
  }
}

/** The fully nested service. `without` leaves out what already stands around it. */
export function hsdsServiceFull(
  service: ServiceEntry,
  telling: Telling,
  without: { organisation?: boolean; locations?: boolean } = {},
): HsdsObject {
  const { card, id } = service
  const tell = telling.words
  return present({
    ...hsdsServiceCore(service, telling),
    organization: without.organisation ? undefined : hsdsOrganisation(service.organisation, telling),
    additional_urls: card.website
      ? [{ id: uuid5(id, 'page'), service_id: id, label: m.exchange_page_label(), url: pageOf(service, telling) }]
      : [],
    phones: hsdsPhones(card.phones, { service_id: id }, telling),
    schedules: hsdsSchedules(card.schedule, { service_id: id }, telling),
    service_areas: serviceAreas(service, telling),
    service_at_locations: without.locations
      ? []
      : service.locations.map((location) => ({
          id: location.linkId,
          service_id: id,
          location_id: location.id,
          location: hsdsLocation(location, telling, true),
        })),
    languages: hsdsLanguages(card.languages, { service_id: id }),
    cost_options: [
      present({
        id: uuid5(id, 'cost'),
        service_id: id,
        option: card.cost.kind,
        amount: card.cost.amount === undefined ? undefined : Number(card.cost.amount),
        currency: card.cost.currency,
        amount_description: card.cost.description ? tell(card.cost.description) : costWords(card.cost.kind),
      }),
    ],
    required_documents: card.documents.map((document, at) =>
      present({
        id: uuid5(id, 'document', String(at)),
        service_id: id,
        document: tell(document.name),
        needed: document.needed,
        from: document.from,
        how_to_obtain: document.howToObtain ? tell(document.howToObtain) : undefined,
        translations: translations({ document: document.name, how_to_obtain: document.howToObtain }),
      }),
    ),
    attributes: attributes(service, telling),
  })
}

/** A service at one of its locations; `full` nests both sides. */
export function hsdsServiceAtLocation(
  service: ServiceEntry,
  location: LocationEntry & { linkId: string },
  telling: Telling,
  full: boolean,
): HsdsObject {
  return present({
    id: location.linkId,
    service_id: service.id,
    location_id: location.id,
    location: hsdsLocation(location, telling, full),
    service: full ? hsdsServiceFull(service, telling, { locations: true }) : hsdsServiceListed(service, telling),
    service_areas: full ? serviceAreas(service, telling) : [],
  })
}

const pageOf = (service: ServiceEntry, telling: Telling) => `${telling.origin}/services/${service.slug}`

function alertOf(service: ServiceEntry): string | undefined {
  if (service.status === 'temporarily closed') return m.exchange_alert_closed()
  return service.card.example ? m.exchange_alert_example() : undefined
}

function serviceAreas({ id, card }: ServiceEntry, telling: Telling): HsdsObject[] {
  return card.areas.map((code) => {
    const area = telling.vocabulary.areas.get(code)
    return {
      id: uuid5(id, 'area', code),
      service_id: id,
      name: area ? telling.words(area.names) : code,
      extent: code,
      extent_type: 'area-code',
    }
  })
}

function attributes({ id, card }: ServiceEntry, telling: Telling): HsdsObject[] {
  return termsOf(card).flatMap(({ facet, code }) => {
    const term = telling.vocabulary.terms.get(code)
    if (!term) return []
    return [
      {
        id: uuid5(id, 'attribute', facet, code),
        link_id: id,
        link_type: facet,
        link_entity: 'service',
        taxonomy_term_id: term.id,
        value: code,
        taxonomy_term: hsdsTerm(term, telling),
      },
    ]
  })
}

/** ISO 8601 duration of whole months. */
const months = (count: number | undefined) => (count === undefined ? undefined : `P${count}M`)

/** What HSDS has no word for: the properties that our profile adds (served under /hsds/profile). */
function profileFields(service: ServiceEntry, telling: Telling): HsdsObject {
  const { card } = service
  const tell = telling.words
  return {
    slug: service.slug,
    summary: tell(card.summary),
    activities: card.activities.map(tell),
    provider_kind: service.organisation.profile.kind,
    forms: card.forms,
    channels: card.channels,
    accessibility: card.accessibility,
    crisis: card.crisis,
    example: card.example,
    areas: card.areas,
    duration: present({
      as_needed: card.term.asNeeded,
      minimum: months(card.term.minimumMonths),
      maximum: months(card.term.maximumMonths),
      limit: months(card.term.extendedToMonths),
    }),
    legal_basis: card.legalBases.map((basis) => {
      const act = service.acts.get(basis.act)
      return present({
        act: basis.act,
        title: act ? tell(act.title) : undefined,
        number: act?.number,
        date: act?.date,
        edition: act?.edition,
        in_force_until: act?.inForceUntil,
        url: asUri(act?.url),
        article: basis.article,
        note: basis.note ? tell(basis.note) : undefined,
      })
    }),
    refusal_grounds: card.refusalGrounds.map((ground) => ({
      code: ground.code,
      text: tell(ground.text),
      holds: ground.holds,
      translations: translations({ text: ground.text }),
    })),
    source: card.source && present({ ...card.source, url: asUri(card.source.url) }),
    language: card.writtenIn,
    translations: serviceTranslations(card),
  }
}

function serviceTranslations(card: ServiceCard): HsdsObject | undefined {
  const activities = Object.fromEntries(card.activities.map((text, at) => [`activity_${at + 1}`, text]))
  const names = Object.fromEntries(card.alternateNames.map((text, at) => [`alternate_name_${at + 1}`, text]))
  return translations({
    name: card.names,
    ...names,
    summary: card.summary,
    ...activities,
    eligibility_description: card.eligibility.description,
    fees_description: card.cost.description,
    editor_note: card.editorNote,
  })
}
