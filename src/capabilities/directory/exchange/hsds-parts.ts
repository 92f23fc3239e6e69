import { currentLocale } from '../../../platform/i18n/speech.ts'
import { type Locale, locales, speak, type Text } from '../../../platform/i18n/text.ts'
import type { Location, OpeningHours, Organisation, ServiceCard, TaxonomyTerm } from '../types.ts'
import { accessWords, spokenLanguage } from '../views/card-words.ts'
import { uuid5 } from './uuid5.ts'

/** A JSON object as HSDS writes it. */
export type HsdsObject = Record<string, unknown>

/** A term of the taxonomy with the ids under which HSDS serves it. */
export interface TermEntry {
  id: string
  code: string
  facet: string
  parent: string | undefined
  details: TaxonomyTerm
}

/** All that objects of HSDS are named with: taxonomy and areas. */
export interface Vocabulary {
  terms: ReadonlyMap<string, TermEntry>
  /** by facet */
  taxonomies: ReadonlyMap<string, { id: string; names: Text }>
  /** by area code; `path` from the top of the tree */
  areas: ReadonlyMap<string, { names: Text; level: string; path: readonly string[]; pack: string }>
}

export interface OrganisationEntry {
  id: string
  profile: Omit<Organisation, 'locations'>
  lastModified: Date
}

export interface LocationEntry {
  id: string
  organisation: string
  location: Location
}

/** How texts are told: in the reader's language, else in `fallbacks`. */
export interface Telling {
  origin: string
  vocabulary: Vocabulary
  words(text: Text): string
}

/** Telling for the reader whose work this is. */
export function tellingFor(origin: string, vocabulary: Vocabulary, fallbacks: readonly Locale[] = []): Telling {
  return { origin, vocabulary, words: (text) => speak(text, currentLocale(), fallbacks).words }
}

/** Leaves out what is not there: HSDS knows no null. Empty lists are left out, too. */
export function present(object: HsdsObject): HsdsObject {
  return Object.fromEntries(
    Object.entries(object).filter(
      ([, value]) => value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0),
    ),
  )
}

/** An address as the format `uri` wants it: letters beyond ASCII escaped. */
export function asUri(address: string | undefined): string | undefined {
  return address !== undefined && URL.canParse(address) ? new URL(address).href : undefined
}

/** The other languages of texts, as the profile carries them: `{ uk: { name: … } }`. */
export function translations(texts: Readonly<Record<string, Text | undefined>>): HsdsObject | undefined {
  const found: Record<string, Record<string, unknown>> = {}
  for (const locale of locales) {
    const told = Object.entries(texts).flatMap(([field, text]) => (text?.[locale] ? [[field, text[locale]]] : []))
    if (told.length === 0) continue
    const draft = Object.entries(texts).flatMap(([field, text]) => (text?.draft?.includes(locale) ? [field] : []))
    found[locale] = { ...Object.fromEntries(told), ...(draft.length > 0 ? { draft } : {}) }
  }
  return Object.keys(found).length > 0 ? found : undefined
}

type Owner = { service_id: string } | { organization_id: string } | { location_id: string }

/** Phones of a service, an organisation or a location. */
export function hsdsPhones(phones: ServiceCard['phones'], owner: Owner, telling: Telling): HsdsObject[] {
  const [of = ''] = Object.values(owner)
  return phones.map((phone, at) =>
    present({
      id: uuid5(of, 'phone', String(at)),
      ...owner,
      number: phone.number,
      type: 'voice',
      description: phone.label ? telling.words(phone.label) : undefined,
    }),
  )
}

/** Opening hours as weekly rules; times are local to the place. */
export function hsdsSchedules(schedule: readonly OpeningHours[], owner: Owner, telling: Telling): HsdsObject[] {
  const [of = ''] = Object.values(owner)
  return schedule.map((hours, at) =>
    present({
      id: uuid5(of, 'schedule', String(at)),
      ...owner,
      freq: 'WEEKLY',
      interval: 1,
      wkst: 'MO',
      byday: hours.days.join(','),
      opens_at: hours.opens,
      closes_at: hours.closes,
      description: hours.note ? telling.words(hours.note) : undefined,
    }),
  )
}

/** Languages in which people are served, named in the reader's language. */
export function hsdsLanguages(tags: readonly string[], owner: { service_id: string }): HsdsObject[] {
  return tags.map((code) => ({
    id: uuid5(owner.service_id, 'language', code),
    ...owner,
    name: spokenLanguage(code),
    code,
  }))
}

/** One location with its address, phones, hours and accessibility. */
export function hsdsLocation(entry: LocationEntry, telling: Telling, full: boolean): HsdsObject {
  const { id, location } = entry
  const { address, point } = location
  const path = telling.vocabulary.areas.get(location.area)?.path ?? []
  const region = path.map((code) => telling.vocabulary.areas.get(code)).find((area) => area && area.level !== 'country')
  const core = {
    id,
    location_type: location.kind,
    organization_id: entry.organisation,
    name: telling.words(location.names),
    longitude: point?.[0],
    latitude: point?.[1],
  }
  if (!full) return present(core)
  return present({
    ...core,
    addresses: address
      ? [
          {
            id: uuid5(id, 'address'),
            location_id: id,
            // HSDS requires these lines; what is not known is left empty
            address_1: address.street ?? '',
            city: address.city,
            state_province: region ? telling.words(region.names) : '',
            postal_code: address.postalCode ?? '',
            country: address.country,
            address_type: location.kind,
          },
        ]
      : [],
    accessibility: location.accessibility.map((code) => ({
      id: uuid5(id, 'accessibility', code),
      location_id: id,
      description: accessWords(code),
      details: code,
    })),
    phones: hsdsPhones(location.phones, { location_id: id }, telling),
    schedules: hsdsSchedules(location.schedule, { location_id: id }, telling),
  })
}

/** An organisation without what belongs to it; `full` adds locations and phones. */
export function hsdsOrganisation(
  entry: OrganisationEntry,
  telling: Telling,
  nested?: { locations: readonly LocationEntry[]; services: readonly HsdsObject[] },
): HsdsObject {
  const { id, profile } = entry
  const core = {
    id,
    name: telling.words(profile.names),
    alternate_name: profile.alternateNames[0] ? telling.words(profile.alternateNames[0]) : undefined,
    description: telling.words(profile.description),
    email: profile.email,
    website: asUri(profile.website),
    uri: `${telling.origin}/hsds/organizations/${id}`,
    provider_kind: profile.kind,
    example: profile.example,
    slug: profile.slug,
    area: profile.area,
    translations: translations({ name: profile.names, description: profile.description }),
  }
  if (!nested) return present(core)
  return present({
    ...core,
    phones: hsdsPhones(profile.phones, { organization_id: id }, telling),
    locations: nested.locations.map((location) => hsdsLocation(location, telling, true)),
    services: nested.services,
  })
}

/** A facet of our taxonomy as an HSDS taxonomy. */
export function hsdsTaxonomy(facet: string, taxonomy: { id: string; names: Text }, telling: Telling): HsdsObject {
  return {
    id: taxonomy.id,
    name: telling.words(taxonomy.names),
    description: telling.words(taxonomy.names),
    uri: `${telling.origin}/hsds/taxonomies/${taxonomy.id}`,
    version: facet,
  }
}

/** A term; its description says in words what it means, or repeats its name, which HSDS requires. */
export function hsdsTerm(term: TermEntry, telling: Telling): HsdsObject {
  const taxonomy = telling.vocabulary.taxonomies.get(term.facet)
  const { details } = term
  return present({
    id: term.id,
    code: term.code,
    name: telling.words(details.names),
    description: telling.words(details.description ?? details.names),
    parent_id: term.parent ? telling.vocabulary.terms.get(term.parent)?.id : undefined,
    taxonomy: taxonomy ? telling.words(taxonomy.names) : undefined,
    taxonomy_id: taxonomy?.id,
    taxonomy_detail: taxonomy ? hsdsTaxonomy(term.facet, taxonomy, telling) : undefined,
    language: currentLocale(),
    term_uri: `${telling.origin}/hsds/taxonomy_terms/${term.id}`,
    open_eligibility: details.openEligibility,
    translations: translations({ name: details.names, description: details.description }),
  })
}

/** Terms of a card with the facet in which the card uses them. */
export function termsOf(card: ServiceCard): { facet: string; code: string }[] {
  return [
    { facet: 'kind', code: card.kind },
    ...card.targetGroups.map((code) => ({ facet: 'target-group', code })),
    ...card.situations.map((code) => ({ facet: 'situation', code })),
  ]
}
