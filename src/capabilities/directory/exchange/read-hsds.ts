import { slugFrom } from '../../../platform/i18n/slug.ts'
import type { Locale } from '../../../platform/i18n/text.ts'
import { Accessibility, ProviderKind } from '../types.ts'
import { cardOf, phonesOf, schedulesOf, translated, wordsOf } from './hsds-card-draft.ts'
import {
  type ImportItem,
  type LocationDraft,
  type OrganisationDraft,
  type Reason,
  type ServiceDraft,
  shortened,
  type TermDraft,
} from './import-types.ts'
import { jsonRecords } from './json-records.ts'
import { asList, asObject, type Loose, mailAddress, objectsIn, textIn, webAddress } from './loose-values.ts'
import { uuidPattern } from './uuid5.ts'

/** Reads HSDS 3.x JSON in all its packings, ORUK 3.0, and shapes near to them. `locale`: the language of the texts. */
export async function* readHsdsJson(source: AsyncIterable<Uint8Array>, locale: Locale): AsyncGenerator<ImportItem> {
  for await (const { line, value } of jsonRecords(source)) {
    if (typeof value !== 'object' || value === null) {
      yield { type: 'reject', line, reasons: [{ code: 'not-json', field: '' }] }
      continue
    }
    yield* itemsOf(asObject(value), line, locale)
  }
}

/** The services of one record: a service, an organisation with its services, or organisations and services side by side. */
export function* itemsOf(record: Loose, line: number, locale: Locale): Generator<ImportItem> {
  const inner = objectsIn(record.data ?? record.result)
  if (inner.length > 0 && !record.services && !record.name) {
    for (const each of inner) yield* itemsOf(each, line, locale)
    return
  }
  const isPackage = 'services' in record || 'organization' in record || 'organizations' in record || 'service' in record
  const own = isPackage && !isService(record) ? asObject(record.organization) : asObject(record.organization)
  const organisations = [...objectsIn(record.organizations), ...(Object.keys(own).length > 0 ? [own] : [])]
  const services: { service: Loose; organisation: Loose | undefined }[] = []
  if (isService(record)) services.push({ service: record, organisation: own })
  else if (isPackage && (textIn(record, 'name') === undefined || organisations.length > 0)) {
    for (const service of [...objectsIn(record.services), ...objectsIn(record.service)])
      services.push({ service, organisation: organisationFor(service, organisations) })
    for (const organisation of organisations)
      for (const service of objectsIn(organisation.services)) services.push({ service, organisation })
    for (const location of objectsIn(record.locations))
      for (const service of objectsIn(location.services))
        services.push({ service, organisation: organisationFor(service, organisations) })
  } else for (const service of objectsIn(record.services)) services.push({ service, organisation: record })
  if (services.length === 0) {
    const name = textIn(record, 'name') ?? textIn(organisations[0] ?? {}, 'name')
    yield { type: 'reject', line, name, reasons: [{ code: 'no-service', field: 'services' }] }
  }
  const shared = objectsIn(record.locations)
  for (const { service, organisation } of services) yield serviceItem(service, organisation, shared, line, locale)
}

/** A service says whether it runs; an organisation and a package of records do not. */
function isService(record: Loose): boolean {
  return typeof record.status === 'string' && !('services' in record) && !('organizations' in record)
}

function organisationFor(service: Loose, organisations: readonly Loose[]): Loose | undefined {
  const id = textIn(service, 'organization_id', 'provided_by')
  return (
    organisations.find((each) => id !== undefined && [textIn(each, 'id', 'oid'), textIn(each, 'name')].includes(id)) ??
    organisations[0]
  )
}

function serviceItem(
  service: Loose,
  given: Loose | undefined,
  shared: readonly Loose[],
  line: number,
  locale: Locale,
): ImportItem {
  const notes: Reason[] = []
  const name = textIn(service, 'name', 'service_name')
  const organisation = organisationDraft({ ...given, ...asObject(service.organization) }, locale, notes)
  const reasons: Reason[] = []
  if (!name) reasons.push({ code: 'missing', field: 'name' })
  if (!organisation) reasons.push({ code: 'missing', field: 'organization.name' })
  const id = textIn(service, 'id', 'service_id')
  const known = id && uuidPattern.test(id) ? id.toLowerCase() : undefined
  if (!name || !organisation)
    return { type: 'reject', line, name: name ?? organisation?.names[locale], key: known, reasons }
  // an id that is no UUID is unique within its record at best
  const key = known ?? [id ?? '', slugFrom(organisation.key), slugFrom(name)].join('~')
  if (!known) notes.push({ code: 'id-made', field: 'id', value: shortened(id ?? '') })
  const draft: ServiceDraft = {
    key,
    slug: textIn(service, 'slug'),
    organisation,
    locations: locationsOf(service, given, shared, organisation, key, locale, notes),
    status: statusOf(textIn(service, 'status', 'service_status')),
    assuredAt: dayOf(textIn(service, 'assured_date')),
    card: cardOf(service, name, locale, notes),
    terms: termsIn(service),
    fees:
      textIn(service, 'fees_description', 'fees') ??
      textIn({ fees: asList(service.fees).map(wordsOf).filter(Boolean).join('; ') }, 'fees'),
  }
  return { type: 'service', line, service: draft, notes }
}

function statusOf(given: string | undefined): ServiceDraft['status'] {
  const status = given?.toLowerCase()
  if (status === 'defunct') return 'defunct'
  // what HSDS calls inactive does not run at present; here the word means that no editor has seen the card
  return status === 'inactive' || status === 'temporarily closed' ? 'temporarily closed' : 'active'
}

function dayOf(given: string | undefined): Date | undefined {
  const day = given ? new Date(given) : undefined
  return day && !Number.isNaN(day.getTime()) && day.getTime() < Date.now() + 86_400_000 && day.getUTCFullYear() > 1990
    ? day
    : undefined
}

function organisationDraft(given: Loose, locale: Locale, notes: Reason[]): OrganisationDraft | undefined {
  const name = textIn(given, 'name')
  if (!name) return undefined
  const id = textIn(given, 'id', 'oid')
  const translations = asObject(given.translations)
  const description = textIn(given, 'description')
  const kind = ProviderKind.safeParse(given.provider_kind).data
  return {
    key: id && uuidPattern.test(id) ? id.toLowerCase() : [id ?? '', slugFrom(name)].join('~'),
    slug: textIn(given, 'slug'),
    names: translated(name, 'name', translations, locale),
    description: description ? translated(description, 'description', translations, locale) : undefined,
    kind,
    area: textIn(given, 'area'),
    email: mailAddress(
      textIn(given, 'email') ??
        asList(given.emails ?? given.email_addresses)
          .map(wordsOf)
          .find(Boolean),
      'organization.email',
      notes,
    ),
    website: webAddress(
      textIn(given, 'website', 'url') ??
        asList(given.urls ?? given.websites)
          .map((each) => wordsOf(each) || textIn(asObject(each), 'url'))
          .find(Boolean),
      'organization.website',
      notes,
    ),
    phones: phonesOf(given.phones ?? given.phone ?? given.phone_numbers, locale),
    example: given.example === true,
  }
}

function locationsOf(
  service: Loose,
  organisation: Loose | undefined,
  shared: readonly Loose[],
  owner: OrganisationDraft,
  serviceKey: string,
  locale: Locale,
  notes: Reason[],
): LocationDraft[] {
  const placed = objectsIn(service.service_at_locations).map((each) => ({
    ...asObject(each.location),
    id: textIn(asObject(each.location), 'id') ?? textIn(each, 'location_id'),
  }))
  const wanted = new Set([...asList(service.location_id), ...asList(service.location_ids)].map(String))
  const byId = [...shared, ...objectsIn(organisation?.locations), ...objectsIn(organisation?.addresses)].filter(
    (each) => wanted.has(textIn(each, 'id') ?? ''),
  )
  const direct = [...placed, ...objectsIn(service.locations), ...objectsIn(service.addresses), ...byId]
  const fallback = [...objectsIn(organisation?.locations), ...objectsIn(organisation?.addresses), ...shared]
  const found = new Map<string, LocationDraft>()
  for (const given of direct.length > 0 ? direct : fallback.length === 1 ? fallback : []) {
    const location = locationDraft(given, owner, serviceKey, locale, notes)
    if (location) found.set(location.key, location)
  }
  return [...found.values()]
}

function locationDraft(
  given: Loose,
  owner: OrganisationDraft,
  serviceKey: string,
  locale: Locale,
  notes: Reason[],
): LocationDraft | undefined {
  const nested =
    [...objectsIn(given.addresses), ...objectsIn(given.physical_addresses), ...objectsIn(given.address)][0] ?? given
  const street = [textIn(nested, 'address_1', 'street_address', 'street'), textIn(nested, 'address_2')]
    .filter(Boolean)
    .join(', ')
  const city = textIn(nested, 'city')
  const postal = textIn(nested, 'postal_code')
  const country = textIn(nested, 'country')
  const name = textIn(given, 'name') ?? ([street, city].filter(Boolean).join(', ') || undefined)
  if (!name) return undefined
  const coordinates = asObject(given.coordinates ?? nested.coordinates)
  const longitude = Number(textIn(given, 'longitude') ?? textIn(coordinates, 'longitude') ?? Number.NaN)
  const latitude = Number(textIn(given, 'latitude') ?? textIn(coordinates, 'latitude') ?? Number.NaN)
  const placed = Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90 && !(longitude === 0 && latitude === 0)
  if (!placed && (Number.isFinite(longitude) || Number.isFinite(latitude)))
    notes.push({ code: 'dropped-value', field: 'location.latitude', value: `${latitude} ${longitude}` })
  const id = textIn(given, 'id')
  const kind =
    (['physical', 'postal', 'virtual'] as const).find(
      (each) => each === (given.location_type ?? nested.address_type),
    ) ?? 'physical'
  return {
    key:
      id && uuidPattern.test(id)
        ? id.toLowerCase()
        : [id ?? '', slugFrom(owner.key), slugFrom(`${name} ${street} ${city ?? ''}`) || slugFrom(serviceKey)].join(
            '~',
          ),
    names: { [locale]: name },
    kind,
    address: city
      ? {
          ...(street ? { street } : {}),
          ...(postal ? { postalCode: postal } : {}),
          city,
          country: country?.length === 2 ? country.toUpperCase() : '',
        }
      : undefined,
    point: placed ? [longitude, latitude] : undefined,
    accessibility: objectsIn(given.accessibility).flatMap((each) => Accessibility.safeParse(each.details).data ?? []),
    schedule: schedulesOf(given, locale),
    phones: phonesOf(given.phones ?? given.phone, locale),
  }
}

function termsIn(service: Loose): TermDraft[] {
  const fromAttributes = objectsIn(service.attributes).map((attribute): TermDraft => {
    const term = asObject(attribute.taxonomy_term)
    return {
      id: textIn(term, 'id') ?? textIn(attribute, 'taxonomy_term_id'),
      code: textIn(term, 'code') ?? textIn(attribute, 'value'),
      name: textIn(term, 'name') ?? textIn(attribute, 'label'),
    }
  })
  const words = [
    ...asList(service.service_type),
    ...asList(service.service_types),
    ...asList(service.service_category),
    ...asList(service.type),
  ]
  return [...fromAttributes, ...words.map((each): TermDraft => ({ name: wordsOf(each) || undefined }))].filter(
    (term) => term.id ?? term.code ?? term.name,
  )
}
