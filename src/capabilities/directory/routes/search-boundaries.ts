import { createHash } from 'node:crypto'
import { everyone } from '../../../platform/access/permission.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { speak } from '../../../platform/i18n/text.ts'
import { boundariesOf } from '../store/search-boundaries.ts'

/** `/areas/{pack}.geojson`: the boundaries of a region's areas, for maps. */
export function boundaryRoutes(door: Door): void {
  door.raw('get', '/areas/{file}', { permission: everyone, audit: { none: 'public boundaries' } }, boundaries)
}

async function boundaries(visit: Visit): Promise<Response> {
  const file = new URL(visit.request.url).pathname.split('/').at(-1) ?? ''
  const region = visit.regions.find((known) => `${known.id}.geojson` === file)
  if (!region) return new Response(null, { status: 404 })
  const areas = await visit.read((tx) => boundariesOf(tx, region.id))
  const body = JSON.stringify({
    type: 'FeatureCollection',
    attribution: region.boundariesBy,
    features: areas.map(({ code, names, geometry }) => ({
      type: 'Feature',
      properties: { code, name: speak(names, visit.locale, region.languages).words },
      geometry,
    })),
  })
  const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 20)}"`
  const headers = { etag: tag, 'cache-control': 'public, max-age=3600', vary: 'Accept-Language, Cookie' }
  if (visit.request.headers.get('if-none-match') === tag) return new Response(null, { status: 304, headers })
  return new Response(body, { headers: { ...headers, 'content-type': 'application/geo+json; charset=utf-8' } })
}
