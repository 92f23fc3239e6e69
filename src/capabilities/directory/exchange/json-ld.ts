import { type Locale, locales, speak, type Text } from '../../../platform/i18n/text.ts'
import type { ServiceDetails } from '../store/read-service.ts'
import type { Location, OpeningHours, ServiceCard } from '../types.ts'

type Node = Record<string, unknown>

const context: Node = {
  '@vocab': 'https://schema.org/',
  cpsv: 'http://purl.org/vocab/cpsv#',
  cv: 'http://data.europa.eu/m8g/',
  dct: 'http://purl.org/dc/terms/',
  eli: 'http://data.europa.eu/eli/ontology#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
}

const weekdays = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
} as const

/** Types of schema.org for the four kinds of provider. */
const providerTypes = {
  public: 'GovernmentOrganization',
  'non-profit': 'NGO',
  commercial: 'Organization',
  informal: 'Organization',
} as const

/**
 * DIR-8: a service as JSON-LD: `GovernmentService` of schema.org in the reader's language, with the terms of CPSV-AP 3.2.0
 * in all languages of the card. `cpsv:PublicService` and its competent authority are claimed for public providers only:
 * a CPSV-AP authority is a public organisation, and a church kitchen is none.
 * @param origin scheme, host and port, without a slash at the end
 * @returns an object to be written with `JSON.stringify`; embedding it in a page must escape `<`
 */
export function serviceJsonLd(details: ServiceDetails, origin: string, locale: Locale): Node {
  const { card } = details
  const words = (text: Text) => speak(text, locale, [card.writtenIn]).words
  const address = `${origin}/services/${details.slug}`
  const authority = details.organisation.kind === 'public'
  const called = (codes: readonly string[]) => codes.map((code) => words(details.names.get(code) ?? { en: code }))
  return clean({
    '@context': context,
    '@id': address,
    '@type': authority ? ['GovernmentService', 'cpsv:PublicService'] : 'GovernmentService',
    identifier: details.id,
    url: address,
    name: words(card.names),
    alternateName: card.alternateNames.map(words),
    description: words(card.summary),
    serviceType: called([card.kind])[0],
    audience: called(card.targetGroups).map((audienceType) => ({ '@type': 'Audience', audienceType })),
    areaServed: called(card.areas).map((name) => ({ '@type': 'AdministrativeArea', name })),
    provider: {
      '@id': `${origin}/hsds/organizations/${details.organisation.id}`,
      '@type': authority ? [providerTypes.public, 'cv:PublicOrganisation'] : providerTypes[details.organisation.kind],
      name: words(details.organisation.names),
      'skos:prefLabel': authority ? tagged(details.organisation.names) : undefined,
    },
    availableChannel: channels(details, words),
    offers: offerOf(card, words),
    termsOfService: card.eligibility.description ? words(card.eligibility.description) : undefined,
    'dct:identifier': details.id,
    'dct:title': tagged(card.names),
    'dct:description': tagged(card.summary),
    'dct:modified': {
      '@type': 'http://www.w3.org/2001/XMLSchema#dateTime',
      '@value': details.lastModified.toISOString(),
    },
    'cv:hasCompetentAuthority': authority
      ? { '@id': `${origin}/hsds/organizations/${details.organisation.id}` }
      : undefined,
    'cv:hasLegalResource': legalResources(details),
    'cv:hasInputType': card.documents.map((document, at) => ({
      '@id': `${address}#document-${at + 1}`,
      '@type': 'cv:EvidenceType',
      'dct:identifier': `${details.id}#document-${at + 1}`,
      'dct:title': tagged(document.name),
    })),
    'cv:hasCost': {
      '@id': `${address}#cost`,
      '@type': 'cv:Cost',
      'dct:identifier': `${details.id}#cost`,
      'dct:description': card.cost.description ? tagged(card.cost.description) : undefined,
      'cv:hasValue': amountOf(card),
    },
  })
}

function amountOf(card: ServiceCard): Node | undefined {
  const amount = card.cost.amount ?? (card.cost.kind === 'free' ? '0' : undefined)
  return amount === undefined ? undefined : { '@type': 'http://www.w3.org/2001/XMLSchema#double', '@value': amount }
}

function offerOf(card: ServiceCard, words: (text: Text) => string): Node {
  return {
    '@type': 'Offer',
    price: card.cost.amount ?? (card.cost.kind === 'free' ? '0' : undefined),
    priceCurrency: card.cost.currency,
    description: card.cost.description ? words(card.cost.description) : undefined,
  }
}

function channels({ card, locations }: ServiceDetails, words: (text: Text) => string): Node[] {
  const phones = card.phones.map((phone) => ({
    '@type': 'ContactPoint',
    telephone: phone.number,
    name: phone.label ? words(phone.label) : undefined,
  }))
  const own = {
    '@type': 'ServiceChannel',
    serviceUrl: card.website,
    servicePhone: phones[0],
    availableLanguage: card.languages,
  }
  return [
    ...(card.website || phones.length > 0 || card.languages.length > 0 ? [own] : []),
    ...locations.map(({ location }) => ({
      '@type': 'ServiceChannel',
      serviceLocation: placeOf(location, card, words),
    })),
  ]
}

function placeOf(location: Location, card: ServiceCard, words: (text: Text) => string): Node {
  const { address, point } = location
  const hours = location.schedule.length > 0 ? location.schedule : card.schedule
  return {
    '@type': 'Place',
    name: words(location.names),
    address: address && {
      '@type': 'PostalAddress',
      streetAddress: address.street,
      postalCode: address.postalCode,
      addressLocality: address.city,
      addressCountry: address.country,
    },
    geo: point && { '@type': 'GeoCoordinates', longitude: point[0], latitude: point[1] },
    telephone: location.phones[0]?.number,
    openingHoursSpecification: hours.map(openingHours),
  }
}

function openingHours(hours: OpeningHours): Node {
  return {
    '@type': 'OpeningHoursSpecification',
    dayOfWeek: hours.days.map((day) => weekdays[day]),
    opens: hours.opens,
    // schema.org writes the end of the day as 23:59
    closes: hours.closes === '24:00' ? '23:59' : hours.closes,
  }
}

function legalResources({ card, acts }: ServiceDetails): Node[] {
  return card.legalBases.flatMap((basis) => {
    const act = acts.get(basis.act)
    if (!act) return []
    return [
      {
        ...(act.url ? { '@id': act.url } : {}),
        '@type': 'eli:LegalResource',
        'eli:title': tagged(act.title),
        'eli:id_local': act.number,
        'dct:identifier': basis.article ? `${act.id} ${basis.article}` : act.id,
      },
    ]
  })
}

/** Every language of a text as tagged literals. */
function tagged(text: Text): Node[] {
  return locales.flatMap((locale) => (text[locale] ? [{ '@language': locale, '@value': text[locale] }] : []))
}

/** Leaves out what is not known: JSON-LD has no word for "unknown". */
function clean(node: Node): Node {
  return Object.fromEntries(
    Object.entries(node).flatMap(([name, value]) => {
      const kept = cleanValue(value)
      return kept === undefined ? [] : [[name, kept]]
    }),
  )
}

function cleanValue(value: unknown): unknown {
  if (value === undefined || value === null) return undefined
  if (Array.isArray(value)) return value.length > 0 ? value.map(cleanValue) : undefined
  return typeof value === 'object' ? clean(value as Node) : value
}
