import type { z } from 'zod'
import { type Locale, locales, type Text } from '../../../platform/i18n/text.ts'
import { Location, Organisation, ServiceCard } from '../types.ts'
import {
  type LocationDraft,
  type OrganisationDraft,
  type Reason,
  type ReasonCode,
  type ServiceDraft,
  shortened,
} from './import-types.ts'
import { mapTerms, type TermMap } from './term-mapping.ts'

/** What an importer says for all that a data set does not tell. */
export interface ImportSettings {
  /** language of the texts */
  locale: Locale
  /** areas served where a record names none that is known here */
  areas: readonly string[]
  /** kind of provider where none is told */
  providerKind: Organisation['kind']
  /** code of the kind of service where no term leads to one */
  kind: string
  /** two letters, for addresses without a country */
  country: string
  /** what is known here: codes of areas, kinds and terms */
  knownAreas: ReadonlySet<string>
  knownTerms: ReadonlyMap<string, string>
  terms: TermMap
  /** "the source says nothing about cost", in all languages */
  costUnknown: Text
}

type Built<T> = { value: T; notes: Reason[] } | { reasons: Reason[] }

/** Completes an organisation. */
export function buildOrganisation(
  draft: OrganisationDraft,
  slug: string,
  settings: ImportSettings,
): Built<Omit<Organisation, 'locations'>> {
  const area = draft.area && settings.knownAreas.has(draft.area) ? draft.area : settings.areas[0]
  const { value, reasons } = judged(Organisation, 'organization.', {
    slug,
    names: draft.names,
    alternateNames: draft.alternateNames ?? [],
    // HSDS requires a description; one that tells nothing repeats the name, as its converters do
    description: draft.description ?? draft.names,
    kind: draft.kind ?? settings.providerKind,
    area,
    website: draft.website,
    email: draft.email,
    phones: draft.phones ?? [],
    example: draft.example ?? false,
    source: draft.source,
  })
  if (!value) return { reasons }
  const { locations: _none, ...profile } = value
  return { value: profile, notes: [] }
}

/** Completes a location of an organisation. */
export function buildLocation(
  draft: LocationDraft,
  slug: string,
  owner: Pick<Organisation, 'names' | 'area'>,
  settings: ImportSettings,
): Built<Location> {
  const { value, reasons } = judged(Location, 'location.', {
    slug,
    names: draft.names ?? owner.names,
    kind: draft.kind,
    area: draft.area && settings.knownAreas.has(draft.area) ? draft.area : owner.area,
    address: draft.address && { ...draft.address, country: draft.address.country || settings.country },
    point: draft.point,
    accessibility: draft.accessibility ?? [],
    schedule: draft.schedule ?? [],
    phones: draft.phones ?? [],
    source: draft.source,
  })
  return value ? { value, notes: [] } : { reasons }
}

/** Completes a card: terms become ours, what the data set leaves open is filled with the least that can be said. */
export function buildCard(
  draft: ServiceDraft,
  slugs: { service: string; organisation: string; locations: readonly string[] },
  settings: ImportSettings,
): Built<ServiceCard> {
  const notes: Reason[] = []
  const { card } = draft
  const mapped = mapTerms(draft.terms, settings.terms)
  const unknown = unknownCodes(draft, settings)
  if (unknown.length > 0) return { reasons: unknown }
  for (const word of mapped.words)
    notes.push({ code: 'term-kept-as-word', field: 'taxonomy_term', value: shortened(word) })
  const served = (card.areas ?? []).filter((code) => settings.knownAreas.has(code))
  const phones = card.phones ?? []
  const { value, reasons } = judged(ServiceCard, '', {
    ...card,
    slug: slugs.service,
    organisation: slugs.organisation,
    locations: slugs.locations,
    alternateNames: [
      ...(card.alternateNames ?? []),
      ...mapped.words.slice(0, 20).map((word) => ({ [settings.locale]: word })),
    ],
    summary: card.summary ?? card.names,
    kind: card.kind ?? mapped.kind ?? settings.kind,
    areas: served.length > 0 ? served : settings.areas,
    activities: card.activities?.length ? card.activities : [card.names],
    forms: card.forms?.length ? card.forms : [formOf(draft)],
    term: card.term ?? { asNeeded: true },
    targetGroups: card.targetGroups ?? mapped.targetGroups,
    situations: card.situations ?? mapped.situations,
    cost: card.cost ? withFees(card.cost, draft, settings) : costOf(draft.fees, settings, notes),
    phones,
    channels: card.channels?.length
      ? card.channels
      : [phones.length > 0 ? 'phone' : card.email || card.website ? 'online' : 'in-person'],
    writtenIn: card.writtenIn ?? firstLocale(card.names, settings.locale),
  })
  return value ? { value, notes } : { reasons }
}

function formOf(draft: ServiceDraft): ServiceCard['forms'][number] {
  if (draft.locations.some((location) => location.kind === 'physical')) return 'day'
  return draft.card.phones?.length ? 'phone' : 'online'
}

const firstLocale = (text: Text, wanted: Locale): Locale =>
  text[wanted] ? wanted : (locales.find((locale) => text[locale]) ?? wanted)

const freeOfCharge =
  /\b(free|no (?:cost|fee|charge)s?|gratis|kostenlos|kostenfrei|gebührenfrei|vederlagsfri\w*)\b|безоплатн|безкоштовн/i

/** Fees in words: free where they say so; else they depend, and the words say on what. */
function costOf(fees: string | undefined, settings: ImportSettings, notes: Reason[]): ServiceCard['cost'] {
  if (!fees) {
    notes.push({ code: 'cost-unknown', field: 'cost_options' })
    return { kind: 'differentiated', description: settings.costUnknown }
  }
  const free = freeOfCharge.test(fees) && !/\b(not|isn't|nicht|ikke)\b[^.]{0,12}\bfree|\d/i.test(fees)
  return { kind: free ? 'free' : 'differentiated', description: { [settings.locale]: fees } }
}

function withFees(cost: ServiceCard['cost'], draft: ServiceDraft, settings: ImportSettings): ServiceCard['cost'] {
  return cost.description || !draft.fees ? cost : { ...cost, description: { [settings.locale]: draft.fees } }
}

/** Codes that a card of ours names and that nobody knows here: they are mistakes, not other words for something. */
function unknownCodes(draft: ServiceDraft, settings: ImportSettings): Reason[] {
  const { card } = draft
  const look = (field: string, code: string | undefined, facet: string): Reason[] =>
    code === undefined || settings.knownTerms.get(code) === facet
      ? []
      : [{ code: 'unknown-code', field, value: shortened(code) }]
  const areas = card.areas ?? []
  const nowhere = settings.areas.length === 0 && !areas.some((code) => settings.knownAreas.has(code))
  return [
    ...look('kind', card.kind, 'kind'),
    ...(card.targetGroups ?? []).flatMap((code) => look('targetGroups', code, 'target-group')),
    ...(card.situations ?? []).flatMap((code) => look('situations', code, 'situation')),
    ...(nowhere
      ? [
          {
            code: areas.length > 0 ? ('unknown-code' as const) : ('missing' as const),
            field: 'areas',
            value: shortened(areas.join(', ')),
          },
        ]
      : []),
  ]
}

/** Parses, and turns what is wrong into reasons; fields that are not there are left out, so that equal cards are equal. */
function judged<Schema extends z.ZodType>(
  schema: Schema,
  prefix: string,
  given: object,
): { value?: z.output<Schema>; reasons: Reason[] } {
  const told = withoutUndefined(given)
  const parsed = schema.safeParse(told)
  if (parsed.success) return { value: parsed.data, reasons: [] }
  return {
    reasons: parsed.error.issues.map((issue) => {
      const value = issue.path.reduce<unknown>(
        (at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
        told,
      )
      const code: ReasonCode = value === undefined || value === '' ? 'missing' : 'wrong-value'
      return { code, field: prefix + issue.path.join('.'), ...(code === 'missing' ? {} : { value: shortened(value) }) }
    }),
  }
}

const withoutUndefined = (given: object): object =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
