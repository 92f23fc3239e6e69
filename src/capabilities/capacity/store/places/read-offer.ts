import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import { currentLocale } from '../../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../../platform/i18n/text.ts'
import type { Paragraph } from '../../types.ts'

/** An offer as it is stored, with what its pack says about offers. */
export interface StoredOffer {
  id: string
  slug: string
  pack: string
  /** IANA name: days are days of this zone */
  timeZone: string
  names: Text
  description: Text | undefined
  operator: { id: string; slug: string; names: Text; public: boolean }
  /** id of its card in the directory */
  service: string | undefined
  paragraph: Paragraph
  /** terms of the taxonomy, with those above them */
  targetGroups: readonly string[]
  area: string
  areaNames: Text
  placeName: string | undefined
  point: readonly [number, number] | undefined
  opened: string
  /** what staff speak with people */
  languages: readonly string[]
  /** the first day on which it is closed */
  closed: string | undefined
  example: boolean
  reportedAt: Date | undefined
  version: number
  /** CAP-9: after so many days without a report it is marked */
  staleDays: number
  /** INS-5: numbers of people below this are not told */
  threshold: number
}

const offers = () =>
  query
    .selectFrom('capacity.offer')
    .innerJoin('capacity.setting', 'capacity.setting.pack', 'capacity.offer.pack')
    .innerJoin('packs.pack', 'packs.pack.id', 'capacity.offer.pack')
    .innerJoin('access.organisation', 'access.organisation.id', 'capacity.offer.organisation_id')
    .innerJoin('access.area', 'access.area.code', 'capacity.offer.area')
    .selectAll('capacity.offer')
    .select([
      'capacity.setting.stale_days',
      'capacity.setting.threshold',
      'capacity.setting.paragraphs',
      'access.organisation.slug as operator_slug',
      'access.organisation.names as operator_names',
      'access.organisation.kind as operator_kind',
      'access.area.names as area_names',
      sql<string | null>`packs.pack.manifest->>'timeZone'`.as('time_zone'),
    ])

type Row = Awaited<ReturnType<ReturnType<typeof offers>['execute']>>[number]

function stored(row: Row): StoredOffer {
  const paragraph = (row.paragraphs as unknown as Paragraph[]).find(({ code }) => code === row.paragraph)
  return {
    id: row.id,
    slug: row.slug,
    pack: row.pack,
    timeZone: row.time_zone ?? 'UTC',
    names: row.names as Text,
    description: (row.description as Text | null) ?? undefined,
    operator: {
      id: row.organisation_id,
      slug: row.operator_slug,
      names: row.operator_names as Text,
      public: row.operator_kind === 'public',
    },
    service: row.service_id ?? undefined,
    // a paragraph that left the pack is still the one by which the offer was made
    paragraph: paragraph ?? { code: row.paragraph, act: '', short: row.paragraph, names: { en: row.paragraph } },
    targetGroups: row.target_groups,
    area: row.area,
    areaNames: row.area_names as Text,
    placeName: row.place_name ?? undefined,
    point: row.longitude === null || row.latitude === null ? undefined : [row.longitude, row.latitude],
    opened: row.opened,
    languages: row.languages,
    closed: row.closed ?? undefined,
    example: row.example,
    reportedAt: row.reported_at ?? undefined,
    version: row.version,
    staleDays: row.stale_days,
    threshold: row.threshold,
  }
}

/** The offer at this address; undefined when there is none. */
export async function offerBySlug(tx: Tx, slug: string): Promise<StoredOffer | undefined> {
  const row = await tx.one(offers().where('capacity.offer.slug', '=', slug))
  return row && stored(row)
}

/** The offer with this id; undefined when there is none. */
export async function offerById(tx: Tx, id: string): Promise<StoredOffer | undefined> {
  const row = await tx.one(offers().where('capacity.offer.id', '=', id))
  return row && stored(row)
}

/** Offers of these organisations (by id), in the order of their slugs. */
export async function offersOf(tx: Tx, organisations: readonly string[]): Promise<StoredOffer[]> {
  if (organisations.length === 0) return []
  const rows = await tx.all(
    offers()
      .where('capacity.offer.organisation_id', 'in', [...organisations])
      .orderBy('capacity.offer.slug'),
  )
  return rows.map(stored)
}

/** Address and name of an offer for the thread; undefined when there is none. */
export async function describeOffer(tx: Tx, id: string): Promise<{ href: string; label: string } | undefined> {
  const offer = await offerById(tx, id)
  return offer && { href: `/offers/${offer.slug}`, label: speak(offer.names, currentLocale()).words }
}
