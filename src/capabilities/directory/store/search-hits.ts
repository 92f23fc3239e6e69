import { type RawBuilder, sql } from 'kysely'
import type { Locale, Text } from '../../../platform/i18n/text.ts'
import type { Keyed } from './search-cursor.ts'

/** A service as a list shows it. */
export interface ServiceHit {
  id: string
  slug: string
  names: Text
  summary: Text
  writtenIn: Locale
  organisation: Text
  crisis: boolean
  example: boolean
  assuredAt: Date | undefined
  due: Date
  areasServed: readonly string[]
  /** the card lists no ground for refusal (DIR-2) */
  noGrounds: boolean
  /** to its nearest place, when somebody said from where */
  metres: number | undefined
  places: readonly { names: Text; area: string; point: readonly [number, number] | undefined }[]
}

/** A row of `details`, as JSON. */
export interface HitRow extends Keyed {
  distance: number | null
  slug: string
  names: Text
  summary: Text
  written_in: Locale
  organisation: Text
  crisis: boolean
  example: boolean
  assured_at: string | null
  assurance_due: string
  areas_served: string[]
  no_grounds: boolean
  places: { names: Text; area: string; longitude: number | null; latitude: number | null }[] | null
}

/** A select of what a list shows of the services in `page`, which has `id`, `step`, `score`, `name`, `distance`. */
export function details(page: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select page.id, page.step, page.score, page.name, page.distance, service.slug, service.card->'names' as names,
      service.card->'summary' as summary, service.card->>'writtenIn' as written_in, organisation.names as organisation,
      service.crisis, service.example, service.assured_at, service.assurance_due, service.areas_served,
      jsonb_array_length(coalesce(service.card->'refusalGrounds', '[]')) = 0 as no_grounds,
      (select json_agg(json_build_object('names', location.details->'names', 'area', location.area,
          'longitude', location.longitude, 'latitude', location.latitude) order by location.slug)
        from directory.service_location link join directory.location on location.id = link.location_id
        where link.service_id = page.id) as places
    from ${page} page
    join directory.service on service.id = page.id
    join access.organisation on organisation.id = service.organisation_id`
}

export function hitOf(row: HitRow): ServiceHit {
  return {
    id: row.id,
    slug: row.slug,
    names: row.names,
    summary: row.summary,
    writtenIn: row.written_in,
    organisation: row.organisation,
    crisis: row.crisis,
    example: row.example,
    assuredAt: row.assured_at === null ? undefined : new Date(row.assured_at),
    due: new Date(row.assurance_due),
    areasServed: row.areas_served,
    noGrounds: row.no_grounds,
    metres: row.distance ?? undefined,
    places: (row.places ?? []).map(({ names, area, longitude, latitude }) => ({
      names,
      area,
      point: longitude === null || latitude === null ? undefined : [longitude, latitude],
    })),
  }
}
