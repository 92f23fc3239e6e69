import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { everyone } from '../../../platform/access/permission.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { readBody } from '../../../platform/http/body.ts'
import { decodeUtf8 } from '../../../platform/http/clean.ts'
import type { Door } from '../../../platform/http/door.ts'
import { readUrlencoded } from '../../../platform/http/form-fields.ts'
import { problem } from '../../../platform/http/problem.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { currentLocale, inLocale, m } from '../../../platform/i18n/speech.ts'
import { type Locale, locales, speak, type Text } from '../../../platform/i18n/text.ts'
import { isFound, lexemes, searchTerms } from '../../../platform/search/words.ts'
import { type Endpoint, endpoints, hsdsOpenApi } from '../exchange/hsds-openapi.ts'
import { type Asked, envelope, readParameters } from '../exchange/hsds-parameters.ts'
import {
  type HsdsObject,
  hsdsOrganisation,
  hsdsTaxonomy,
  hsdsTerm,
  type LocationEntry,
  type OrganisationEntry,
  type Telling,
  type TermEntry,
  tellingFor,
} from '../exchange/hsds-parts.ts'
import {
  hsdsServiceAtLocation,
  hsdsServiceFull,
  hsdsServiceListed,
  hsdsServiceMinimal,
  type ServiceEntry,
} from '../exchange/hsds-service.ts'
import { uuidPattern } from '../exchange/uuid5.ts'
import organization from '../profile/organization.json' with { type: 'json' }
import required_document from '../profile/required_document.json' with { type: 'json' }
import service from '../profile/service.json' with { type: 'json' }
import taxonomy_term from '../profile/taxonomy_term.json' with { type: 'json' }
import {
  findOrganisations,
  findPlacings,
  findServiceIds,
  readOrganisationEntry,
  readOrganisationParts,
  readPlacing,
  readServiceEntries,
  readVocabulary,
  type Slice,
} from '../store/exchange-hsds.ts'

/** Merge patches (RFC 7386) on the published schemas: what our records hold beyond HSDS. */
export const profilePatches: Readonly<Record<string, object>> = {
  service,
  organization,
  taxonomy_term,
  required_document,
}

const guard = { permission: everyone, audit: { none: 'public data' } }
const cors = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, Last-Modified, Content-Language',
}
const perPageUnlessAsked = 50
const streamBatch = 200
const bodyLimit = 20_000
const firstId = '00000000-0000-0000-0000-000000000000'

/** A record of an answer, and when it was last changed. */
interface Found {
  object: HsdsObject
  lastModified?: Date
}
/** Records of a slice; `last` is the id behind which the next slice begins. */
interface Listed {
  contents: HsdsObject[]
  total: number
  last: string | undefined
}
type ListReader = (tx: Tx, asked: Asked, slice: Slice, telling: Telling) => Promise<Listed>
type OneReader = (tx: Tx, id: string, asked: Asked, telling: Telling) => Promise<Found | undefined>

/** The HSDS 3.2 API under /hsds: every endpoint and parameter of the specification, for everyone, from every site. */
export function hsdsRoutes(door: Door): void {
  root(door)
  list(door, endpoints.services, listServices)
  one(door, endpoints.service, readService)
  list(door, endpoints.taxonomies, listTaxonomies)
  one(door, endpoints.taxonomy, readTaxonomy)
  list(door, endpoints.terms, listTerms)
  one(door, endpoints.term, readTerm)
  list(door, endpoints.organizations, listOrganisations)
  one(door, endpoints.organization, readOrganisation)
  list(door, endpoints.serviceAtLocations, listPlacings)
  one(door, endpoints.serviceAtLocation, readOnePlacing)
}

function root(door: Door): void {
  const serve = (address: string, answer: (visit: Visit) => object | undefined) => {
    door.raw('get', address, guard, async (visit) => {
      const body = answer(visit)
      return body ? jsonAnswer(visit, body) : problem(404, m.exchange_not_found(), {}, cors)
    })
    preflight(door, address)
  }
  serve('/hsds', (visit) => ({
    version: '3.2',
    profile: `${visit.origin}/hsds/profile`,
    openapi_url: `${visit.origin}/hsds/openapi.json`,
    description: m.exchange_hsds_about(),
    data_guide: `${visit.origin}/open`,
    publisher: {
      name:
        visit.regions.map((region) => speak(region.names, currentLocale(), region.languages).words).join(', ') ||
        'Linden',
      website: visit.origin,
    },
  }))
  serve('/hsds/openapi.json', (visit) => hsdsOpenApi(visit.origin))
  serve('/hsds/profile', (visit) => ({
    name: 'Linden',
    base: 'https://raw.githubusercontent.com/openreferral/specification/3.2/schema/',
    description: 'Merge patches (RFC 7386) on the schemas of HSDS 3.2. Every property is optional.',
    patches: Object.keys(profilePatches).map((name) => `${visit.origin}/hsds/profile/${name}.json`),
  }))
  serve('/hsds/profile/{file}', (visit) => patchNamed((visit.params as { file: string }).file.replace(/\.json$/, '')))
}

/** Own names only: an address may say `constructor`. */
const patchNamed = (name: string) => (Object.hasOwn(profilePatches, name) ? profilePatches[name] : undefined)

function preflight(door: Door, address: string): void {
  door.raw(
    'options',
    address,
    guard,
    async () =>
      new Response(null, {
        status: 204,
        headers: {
          ...cors,
          'access-control-allow-methods': 'GET, HEAD, POST, OPTIONS',
          'access-control-allow-headers': 'Content-Type, Accept-Language, If-None-Match, If-Modified-Since',
          'access-control-max-age': '86400',
        },
      }),
  )
}

function list(door: Door, endpoint: Endpoint, read: ListReader): void {
  const answer = async (visit: Visit) => {
    const given = await givenParameters(visit.request)
    if (!given) return problem(400, m.form_no_json(), {}, cors)
    const asked = readParameters(given, endpoint.parameters)
    if ('wrong' in asked) return problem(400, m.problem_bad_request(), { errors: asked.wrong }, cors)
    return inLocale(asked.locale ?? visit.locale, () =>
      asked.format === 'ndjson' ? streamed(visit, asked, read) : paged(visit, asked, read),
    )
  }
  door.raw('get', `/hsds${endpoint.path}`, guard, answer)
  door.raw('post', `/hsds${endpoint.path}`, guard, answer)
  preflight(door, `/hsds${endpoint.path}`)
}

function one(door: Door, endpoint: Endpoint, read: OneReader): void {
  const address = `/hsds${endpoint.path}`
  door.raw('get', address, guard, async (visit) => {
    const asked = readParameters(new URL(visit.request.url).searchParams, endpoint.parameters)
    if ('wrong' in asked) return problem(400, m.problem_bad_request(), { errors: asked.wrong }, cors)
    return inLocale(asked.locale ?? visit.locale, async () => {
      const { id } = visit.params as { id: string }
      const found = uuidPattern.test(id)
        ? await visit.read(async (tx) =>
            read(tx, id.toLowerCase(), asked, tellingFor(visit.origin, await readVocabulary(tx))),
          )
        : undefined
      return found
        ? jsonAnswer(visit, found.object, found.lastModified)
        : problem(404, m.exchange_not_found(), {}, cors)
    })
  })
  preflight(door, address)
}

/** Parameters of the address; a POST may also carry them in its body, where no log and no history keeps them. */
async function givenParameters(request: Request): Promise<URLSearchParams | undefined> {
  const address = new URL(request.url)
  // read strictly once: what is no UTF-8 is refused, not replaced
  readUrlencoded(new TextEncoder().encode(address.search.slice(1)))
  const given = address.searchParams
  if (request.method !== 'POST') return given
  const text = decodeUtf8('', await readBody(request, bodyLimit)).trim()
  if (text === '') return given
  if (!request.headers.get('content-type')?.includes('json')) {
    for (const [name, value] of new URLSearchParams(text)) given.set(name, value)
    return given
  }
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined
    for (const [name, value] of Object.entries(body)) if (value !== null) given.set(name, String(value))
    return given
  } catch {
    return undefined
  }
}

async function paged(visit: Visit, asked: Asked, read: ListReader): Promise<Response> {
  // minimal lists are asked for whole, to learn what has changed
  const perPage = asked.perPage ?? (asked.minimal ? 1_000_000 : perPageUnlessAsked)
  const { contents, total } = await visit.read(async (tx) =>
    read(tx, asked, { page: asked.page, perPage }, tellingFor(visit.origin, await readVocabulary(tx))),
  )
  return jsonAnswer(visit, envelope(contents, total, asked.page, perPage))
}

function streamed(visit: Visit, asked: Asked, read: ListReader): Response {
  const locale = currentLocale()
  const lines = async function* (): AsyncGenerator<Uint8Array> {
    const encoder = new TextEncoder()
    let after: string | undefined = firstId
    while (after !== undefined) {
      const slice: Slice = { after, limit: streamBatch }
      const listed: Listed = await inLocale(locale, () =>
        visit.read<Listed>(async (tx) => read(tx, asked, slice, tellingFor(visit.origin, await readVocabulary(tx)))),
      )
      yield encoder.encode(listed.contents.map((object) => `${JSON.stringify(object)}\n`).join(''))
      after = listed.last
    }
  }
  return new Response(Readable.toWeb(Readable.from(lines(), { objectMode: false })) as ReadableStream<Uint8Array>, {
    headers: headersFor(locale, 'application/x-ndjson; charset=utf-8'),
  })
}

const headersFor = (locale: Locale, type: string) => ({
  ...cors,
  'content-type': type,
  'content-language': locale,
  'cache-control': 'no-cache',
  vary: 'Accept-Language, Cookie',
})

/** Answers with a validator, so that a reader who has this already is not sent it again. */
function jsonAnswer(visit: Visit, body: object, lastModified?: Date): Response {
  const text = JSON.stringify(body)
  const tag = `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
  const headers = {
    ...headersFor(currentLocale(), 'application/json; charset=utf-8'),
    etag: tag,
    ...(lastModified ? { 'last-modified': lastModified.toUTCString() } : {}),
  }
  return isKnown(visit.request.headers, tag, lastModified)
    ? new Response(null, { status: 304, headers })
    : new Response(text, { headers })
}

/** RFC 9110, 13.2.2: a tag goes before a date. */
function isKnown(asked: Headers, tag: string, lastModified: Date | undefined): boolean {
  const tags = asked.get('if-none-match')
  if (tags !== null)
    return tags === '*' || tags.split(',').some((one) => one.trim().replace(/^W\//, '') === tag.slice(2))
  const since = Date.parse(asked.get('if-modified-since') ?? '')
  return lastModified !== undefined && Math.floor(lastModified.getTime() / 1000) * 1000 <= since
}

const listServices: ListReader = async (tx, asked, slice, telling) => {
  const { ids, total } = await findServiceIds(tx, asked, slice)
  const entries = await readServiceEntries(tx, ids, asked.full && !asked.minimal)
  const shape = asked.minimal
    ? hsdsServiceMinimal
    : asked.full
      ? (entry: ServiceEntry, told: Telling) => hsdsServiceFull(entry, told)
      : hsdsServiceListed
  return { contents: entries.map((entry) => shape(entry, inCard(entry, telling))), total, last: ids.at(-1) }
}

const readService: OneReader = async (tx, id, _asked, telling) => {
  const [entry] = await readServiceEntries(tx, [id], true)
  return entry && { object: hsdsServiceFull(entry, inCard(entry, telling)), lastModified: entry.lastModified }
}

/** A missing language falls back to the one that the card was written in (DIR-3). */
const inCard = (entry: ServiceEntry, telling: Telling): Telling =>
  tellingFor(telling.origin, telling.vocabulary, [entry.card.writtenIn])

const listTaxonomies: ListReader = async (_tx, asked, slice, telling) => {
  const all = [...telling.vocabulary.taxonomies]
    .filter(([, taxonomy]) => matches(asked.search, [taxonomy.names]))
    .map(([facet, taxonomy]) => hsdsTaxonomy(facet, taxonomy, telling))
  return cut(all, slice)
}

const readTaxonomy: OneReader = async (_tx, id, _asked, telling) => {
  const found = [...telling.vocabulary.taxonomies].find(([, taxonomy]) => taxonomy.id === id)
  return found && { object: hsdsTaxonomy(found[0], found[1], telling) }
}

const listTerms: ListReader = async (_tx, asked, slice, telling) => {
  const { terms, taxonomies } = telling.vocabulary
  const fits = (term: TermEntry) =>
    (!asked.taxonomy || taxonomies.get(term.facet)?.id === asked.taxonomy) &&
    (!asked.topOnly || term.parent === undefined) &&
    (!asked.parent || (term.parent !== undefined && terms.get(term.parent)?.id === asked.parent)) &&
    matches(asked.search, [term.details.names, term.details.words])
  return cut(
    [...terms.values()].filter(fits).map((term) => hsdsTerm(term, telling)),
    slice,
  )
}

const readTerm: OneReader = async (_tx, id, _asked, telling) => {
  const term = [...telling.vocabulary.terms.values()].find((each) => each.id === id)
  return term && { object: hsdsTerm(term, telling) }
}

function matches(search: string | undefined, texts: readonly (Text | undefined)[]): boolean {
  if (search === undefined) return true
  const found = texts.flatMap((text) => locales.flatMap((locale) => lexemes(text?.[locale] ?? '', locale)))
  return isFound(found, searchTerms(search))
}

/** A slice of what is small enough to be held whole. */
function cut(all: HsdsObject[], slice: Slice): Listed {
  if ('after' in slice) return { contents: slice.after === firstId ? all : [], total: all.length, last: undefined }
  const from = (slice.page - 1) * slice.perPage
  return { contents: all.slice(from, from + slice.perPage), total: all.length, last: undefined }
}

const listOrganisations: ListReader = async (tx, asked, slice, telling) => {
  const { organisations, total } = await findOrganisations(tx, asked, slice)
  const last = organisations.at(-1)?.id
  if (!asked.full && !asked.fullService)
    return { contents: organisations.map((entry) => hsdsOrganisation(entry, telling)), total, last }
  const parts = await readOrganisationParts(
    tx,
    organisations.map((entry) => entry.id),
  )
  const services = await readServiceEntries(tx, parts.serviceIds, asked.fullService)
  const contents = organisations.map((entry) =>
    nestedOrganisation(entry, parts.locations, services, asked.fullService, telling),
  )
  return { contents, total, last }
}

const readOrganisation: OneReader = async (tx, id, asked, telling) => {
  const entry = await readOrganisationEntry(tx, id)
  if (!entry) return undefined
  const parts = await readOrganisationParts(tx, [id])
  const services = await readServiceEntries(tx, parts.serviceIds, asked.fullService)
  return { object: nestedOrganisation(entry, parts.locations, services, asked.fullService, telling) }
}

function nestedOrganisation(
  entry: OrganisationEntry,
  locations: readonly LocationEntry[],
  services: readonly ServiceEntry[],
  fullService: boolean,
  telling: Telling,
): HsdsObject {
  const own = services.filter((each) => each.organisation.id === entry.id)
  return hsdsOrganisation(entry, telling, {
    locations: locations.filter((location) => location.organisation === entry.id),
    services: own.map((each) =>
      fullService
        ? hsdsServiceFull(each, inCard(each, telling), { organisation: true })
        : {
            id: each.id,
            name: inCard(each, telling).words(each.card.names),
            status: each.status,
            organization_id: entry.id,
          },
    ),
  })
}

const listPlacings: ListReader = async (tx, asked, slice, telling) => {
  const { placings, total } = await findPlacings(tx, asked, slice)
  const entries = await readServiceEntries(tx, [...new Set(placings.map((placing) => placing.serviceId))], asked.full)
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const contents = placings.flatMap(({ linkId, serviceId, location }) => {
    const entry = byId.get(serviceId)
    return entry ? [hsdsServiceAtLocation(entry, { ...location, linkId }, inCard(entry, telling), asked.full)] : []
  })
  return { contents, total, last: placings.at(-1)?.linkId }
}

const readOnePlacing: OneReader = async (tx, id, _asked, telling) => {
  const placing = await readPlacing(tx, id)
  const [entry] = placing ? await readServiceEntries(tx, [placing.serviceId], true) : []
  if (!placing || !entry) return undefined
  return {
    object: hsdsServiceAtLocation(entry, { ...placing.location, linkId: placing.linkId }, inCard(entry, telling), true),
    lastModified: entry.lastModified,
  }
}
