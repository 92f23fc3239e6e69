import { z } from 'zod'
import { everyone } from '../../../platform/access/permission.ts'
import type { Door, Resource } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { Text } from '../../../platform/i18n/text.ts'
import { SearchQuery } from '../rules/search-request.ts'
import { publicServiceBySlug } from '../store/read-service.ts'
import { BadCursor } from '../store/search-cursor.ts'
import { areaNames, termNames } from '../store/search-names.ts'
import { listLocations, listOrganisations } from '../store/search-resources.ts'
import { Location, Organisation, ServiceCard } from '../types.ts'
import { findWithCorrection, searchOf, unknownChoice } from './search-asked.ts'

const open = { permission: everyone, audit: { none: 'public; the same as the pages' }, tag: 'Directory' } as const
const size = z.coerce.number().int().min(1).max(100).default(20)
const page = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), next: z.string().nullable() })

const Moment = z.string()
const ServiceItem = z.object({
  id: z.uuid(),
  slug: z.string(),
  names: Text,
  summary: Text,
  organisation: Text,
  areas: z.array(z.string()),
  crisis: z.boolean(),
  example: z.boolean(),
  /** when somebody last confirmed the record; null when nobody has */
  assuredAt: Moment.nullable(),
  assuranceDue: Moment,
  /** to its nearest place, when `near` is given */
  metres: z.number().nullable(),
  places: z.array(z.object({ names: Text, area: z.string(), point: z.tuple([z.number(), z.number()]).nullable() })),
  page: z.string(),
})
const Found = page(ServiceItem).extend({
  /** how many fit; at most 500 are counted, `more` says that there are more */
  total: z.number().int(),
  more: z.boolean(),
  /** the words searched for instead, when nothing has those given */
  corrected: z.string().nullable(),
})

const ServiceWhole = z.object({
  id: z.uuid(),
  slug: z.string(),
  version: z.number().int(),
  status: z.string(),
  pack: z.string().nullable(),
  card: ServiceCard,
  organisation: z.object({ slug: z.string(), names: Text }),
  locations: z.array(Location),
  /** names of kind, target groups, situations and areas, by code */
  names: z.record(z.string(), Text),
  assuredAt: Moment.nullable(),
  assuredBy: z.string().nullable(),
  assuranceDue: Moment,
  lastModified: Moment,
})

/** The directory over JSON: the same list with the same choices as the page. */
export function searchApi(door: Door): void {
  door.resource(
    '/api/v1/services',
    {
      ...open,
      summary: 'Services that have all words and fit all choices',
      query: SearchQuery.extend({ size }),
      response: Found,
    },
    services,
  )
  door.resource(
    '/api/v1/services/{slug}',
    {
      ...open,
      summary: 'One service with its whole card',
      params: z.object({ slug: z.string().max(160) }),
      response: ServiceWhole,
    },
    service,
  )
  const Page = z.object({ area: z.string().max(60).optional(), after: z.string().max(1500).optional(), size })
  door.resource(
    '/api/v1/organisations',
    {
      ...open,
      summary: 'Organisations',
      query: Page,
      response: page(Organisation.omit({ locations: true }).extend({ id: z.uuid() })),
    },
    async (visit) => cursored(() => visit.read((tx) => listOrganisations(tx, visit.query))),
  )
  door.resource(
    '/api/v1/locations',
    {
      ...open,
      summary: 'Places where services are given',
      query: Page,
      response: page(Location.extend({ id: z.uuid(), organisation: z.string() })),
    },
    async (visit) => cursored(() => visit.read((tx) => listLocations(tx, visit.query))),
  )
}

async function cursored<T>(read: () => Promise<T>): Promise<Resource<T>> {
  try {
    return { is: 'ok', value: await read() }
  } catch (problem) {
    if (problem instanceof BadCursor) return { is: 'bad', path: 'after', message: m.search_bad_cursor() }
    throw problem
  }
}

type ServicesVisit = Visit<unknown, z.output<typeof SearchQuery> & { size: number }>

async function services(visit: ServicesVisit): Promise<Resource<z.input<typeof Found>>> {
  const { query } = visit
  return visit.read(async (tx) => {
    const [terms, areas] = await Promise.all([termNames(tx), areaNames(tx, undefined, query.area)])
    const strange = unknownChoice(query, terms, areas)
    if (strange) return { is: 'bad', path: strange.path, message: m.search_unknown({ value: strange.value }) }
    const search = searchOf(query, {
      areas,
      region: undefined,
      regions: visit.regions,
      now: tx.now,
      locale: visit.locale,
    })
    return cursored(async () => {
      const { found, corrected } = await findWithCorrection(
        tx,
        { ...search, limit: query.size },
        query.exact === undefined,
      )
      return {
        items: found.hits.map(
          ({ assuredAt, due, areasServed, writtenIn: _, noGrounds: __, metres, places, ...hit }) => ({
            ...hit,
            areas: [...areasServed],
            assuredAt: assuredAt?.toISOString() ?? null,
            assuranceDue: due.toISOString(),
            metres: metres === undefined ? null : Math.round(metres),
            places: places.map(({ point, ...place }) => ({
              ...place,
              point: point ? ([...point] as [number, number]) : null,
            })),
            page: `${visit.origin}/services/${hit.slug}`,
          }),
        ),
        next: found.next ?? null,
        total: found.total,
        more: found.more,
        corrected: corrected ?? null,
      }
    })
  })
}

async function service(visit: Visit<{ slug: string }>): Promise<Resource<z.input<typeof ServiceWhole>>> {
  const found = await visit.read((tx) => publicServiceBySlug(tx, visit.params.slug))
  if (!found) return { is: 'notFound' }
  const { id, slug, version, status, card } = found
  return {
    is: 'ok',
    version,
    value: {
      id,
      slug,
      version,
      status,
      pack: found.pack ?? null,
      card,
      organisation: { slug: found.organisation.slug, names: found.organisation.names },
      locations: found.locations.map(({ location }) => location),
      names: Object.fromEntries(found.names),
      assuredAt: found.assuredAt?.toISOString() ?? null,
      assuredBy: found.assuredBy ?? null,
      assuranceDue: found.due.toISOString(),
      lastModified: found.lastModified.toISOString(),
    },
  }
}
