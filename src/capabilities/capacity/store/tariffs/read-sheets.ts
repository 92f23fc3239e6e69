import { type SqlBool, sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import type { Figures } from '../../rules/tariffs/tariff.ts'
import type { Line, Part, Supplement } from '../../types/tariffs.ts'

/** A consent to another occupancy, with the decision (id) that gave it. */
export interface Consent {
  decision: string
  least: string
  most: string
  fromYear: number
  untilYear: number
}

/** A sheet without its lines, as lists and comparisons need it. */
export interface SheetHead {
  id: string
  offer: string
  year: number
  /** number among the published sheets of its year; undefined for a draft */
  edition: number | undefined
  state: 'draft' | 'published'
  scheme: 'days' | 'points'
  currency: string
  /** undefined in the scheme of points, and in a draft that lacks something */
  figures: Figures | undefined
  tariff: string | undefined
  pointValue: string | undefined
  version: number
  publishedAt: Date | undefined
}

/** A whole sheet. */
export interface Sheet extends SheetHead {
  lines: readonly Line[]
  supplements: readonly Supplement[]
  items: readonly { name: string; points: string; price: string }[]
  consent: Consent | undefined
  supersedes: string | undefined
  reason: string | undefined
  /** a later sheet has taken its place */
  superseded: boolean
}

const heads = () =>
  query
    .selectFrom('capacity.tariff_sheet as s')
    .select([
      's.id',
      's.offer_id',
      's.year',
      's.edition',
      's.state',
      's.scheme',
      's.currency',
      's.places',
      's.days',
      's.occupancy',
      's.direct',
      's.indirect',
      's.capital',
      's.carried',
      's.tariff',
      's.point_value',
      's.version',
      's.published_at',
    ])

type HeadRow = Awaited<ReturnType<ReturnType<typeof heads>['execute']>>[number]

/** Numbers of the database lose what stands behind the last digit but nothing: they are written with two digits again. */
const coins = (value: string) => {
  const [whole = '0', fraction = ''] = value.split('.')
  return `${whole}.${fraction.padEnd(2, '0')}`
}

function head(row: HeadRow): SheetHead {
  const { places, days, occupancy, direct, indirect, capital, carried } = row
  return {
    id: row.id,
    offer: row.offer_id,
    year: row.year,
    edition: row.edition ?? undefined,
    state: row.state as SheetHead['state'],
    scheme: row.scheme as SheetHead['scheme'],
    currency: row.currency,
    figures:
      places === null || days === null || occupancy === null || direct === null
        ? undefined
        : {
            places: coins(places),
            days,
            occupancy: coins(occupancy),
            direct: coins(direct),
            indirect: coins(indirect ?? '0'),
            capital: coins(capital ?? '0'),
            carried: coins(carried ?? '0'),
          },
    tariff: row.tariff === null ? undefined : coins(row.tariff),
    pointValue: row.point_value ?? undefined,
    version: row.version,
    publishedAt: row.published_at ?? undefined,
  }
}

/** No later sheet has taken the place of this one. */
const holds = sql<SqlBool>`not exists (select from capacity.tariff_sheet later where later.supersedes = s.id and later.state = 'published')`

/** The sheets that hold, of these offers (ids), by year. */
export async function sheetsThatHold(tx: Tx, offers: readonly string[]): Promise<SheetHead[]> {
  if (offers.length === 0) return []
  const rows = await tx.all(
    heads()
      .where('s.offer_id', 'in', [...offers])
      .where('s.state', '=', 'published')
      .where(holds)
      .orderBy('s.year')
      .orderBy('s.offer_id'),
  )
  return rows.map(head)
}

/** All published sheets of an offer and year, newest first. */
export async function editionsOf(tx: Tx, offer: string, year: number): Promise<SheetHead[]> {
  const rows = await tx.all(
    heads()
      .where('s.offer_id', '=', offer)
      .where('s.year', '=', year)
      .where('s.state', '=', 'published')
      .orderBy('s.edition', 'desc'),
  )
  return rows.map(head)
}

/** Drafts that the reader may see, of these offers. */
export async function draftsOf(tx: Tx, offers: readonly string[]): Promise<SheetHead[]> {
  if (offers.length === 0) return []
  const rows = await tx.all(
    heads()
      .where('s.offer_id', 'in', [...offers])
      .where('s.state', '=', 'draft')
      .orderBy('s.year', 'desc'),
  )
  return rows.map(head)
}

/** The draft of an offer and year; the published sheet of that edition, or the one that holds where none is named. */
export async function sheetOf(
  tx: Tx,
  offer: string,
  year: number,
  which: 'draft' | 'holds' | number,
): Promise<Sheet | undefined> {
  let found = heads()
    .select(['s.supersedes', 's.reason', sql<boolean>`not (${holds})`.as('superseded')])
    .where('s.offer_id', '=', offer)
    .where('s.year', '=', year)
    .where('s.state', '=', which === 'draft' ? 'draft' : 'published')
  if (which === 'holds') found = found.where(holds)
  else if (which !== 'draft') found = found.where('s.edition', '=', which)
  const row = await tx.one(found)
  if (!row) return undefined
  const [lines, supplements, items, consent] = await Promise.all([
    tx.all(query.selectFrom('capacity.tariff_line').selectAll().where('sheet_id', '=', row.id).orderBy('position')),
    tx.all(
      query.selectFrom('capacity.tariff_supplement').selectAll().where('sheet_id', '=', row.id).orderBy('position'),
    ),
    tx.all(query.selectFrom('capacity.tariff_item').selectAll().where('sheet_id', '=', row.id).orderBy('position')),
    tx.one(
      query
        .selectFrom('capacity.tariff_consent as c')
        .innerJoin('capacity.tariff_sheet as s', 's.consent_id', 'c.id')
        .select([
          'c.decision_id as decision',
          'c.least',
          'c.most',
          'c.from_year as fromYear',
          'c.until_year as untilYear',
        ])
        .where('s.id', '=', row.id),
    ),
  ])
  return {
    ...head(row),
    lines: lines.map((line) => ({
      part: line.part as Part,
      label: line.label,
      amount: ['days', 'point-value'].includes(line.part) ? line.amount : coins(line.amount),
      source: line.source,
      ...(line.source_date === null ? {} : { sourceDate: line.source_date }),
      ...(line.source_url === null ? {} : { sourceUrl: line.source_url }),
    })),
    supplements: supplements.map(({ name, amount, per, reason }) => ({
      name,
      amount: coins(amount),
      per: per as Supplement['per'],
      reason,
    })),
    items: items.map(({ name, points, price }) => ({ name, points, price: coins(price) })),
    consent,
    supersedes: row.supersedes ?? undefined,
    reason: row.reason ?? undefined,
    superseded: row.superseded,
  }
}
