import { sql } from 'kysely'
import { type Actor, effectiveMemberships } from '../../../platform/access/actor.ts'
import { query, type Tx } from '../../../platform/db/database.ts'
import type { Text } from '../../../platform/i18n/text.ts'
import { ServiceCard } from '../types.ts'
import type { ServiceStatus } from './save-service.ts'

/** Whose cards somebody tends: those of their own organisations, and those in the areas that they edit. */
export interface Reach {
  organisations: readonly string[]
  areas: readonly string[]
}

export function reachOf(actor: Actor | null): Reach {
  const memberships = actor ? effectiveMemberships(actor) : []
  return {
    organisations: memberships.filter((one) => one.role === 'provider').map((one) => one.organisation),
    areas: memberships.filter((one) => one.role === 'editor').flatMap((one) => one.areaPath.at(-1) ?? []),
  }
}

/** Rows of services within a reach. */
const within = (reach: Reach) =>
  sql<boolean>`(directory.service.organisation_id = any(${[...reach.organisations]}::uuid[]) or access.area.path && ${[...reach.areas]}::text[])`

const tended = (reach: Reach) =>
  query
    .selectFrom('directory.service')
    .innerJoin('access.organisation', 'access.organisation.id', 'directory.service.organisation_id')
    .innerJoin('access.area', 'access.area.code', 'access.organisation.area')
    .where(within(reach))

export interface TendedService {
  id: string
  slug: string
  version: number
  status: ServiceStatus
  names: Text
  writtenIn: ServiceCard['writtenIn']
  organisation: { slug: string; names: Text }
  crisis: boolean
  /** invented: its number leads nowhere */
  example: boolean
  assuredAt: Date | undefined
  due: Date
  lastModified: Date
  /** for a call: the card's first number, or its organisation's */
  phone: string | undefined
}

const columns = [
  'directory.service.id',
  'directory.service.slug',
  'directory.service.version',
  'directory.service.status',
  'directory.service.crisis',
  'directory.service.example',
  'directory.service.assured_at',
  'directory.service.assurance_due',
  'directory.service.last_modified',
  'access.organisation.slug as organisation_slug',
  'access.organisation.names as organisation_names',
  sql<Text>`directory.service.card -> 'names'`.as('names'),
  sql<ServiceCard['writtenIn']>`directory.service.card ->> 'writtenIn'`.as('written_in'),
  sql<string | null>`coalesce(directory.service.card #>> '{phones,0,number}',
    (select profile #>> '{phones,0,number}' from directory.organisation o where o.id = directory.service.organisation_id))`.as(
    'phone',
  ),
] as const

export interface ServiceFilter {
  words?: string | undefined
  status?: ServiceStatus | undefined
  due?: boolean | undefined
  crisis?: boolean | undefined
  organisation?: string | undefined
}

export type ServiceOrder = 'due' | 'changed'

/** One page of the cards that somebody tends. `after` are the sort values of the last row shown: a moment as text, and an id. */
export async function listTended(
  tx: Tx,
  reach: Reach,
  filter: ServiceFilter,
  page: { order: ServiceOrder; after: readonly [string, string] | undefined; limit: number },
): Promise<{ services: TendedService[]; next: [string, string] | undefined }> {
  const moment =
    page.order === 'due' ? sql<Date>`directory.service.assurance_due` : sql<Date>`directory.service.last_modified`
  const like = filter.words ? `%${filter.words.replaceAll(/[\\%_]/g, '\\$&')}%` : undefined
  const rows = await tx.all(
    tended(reach)
      .select([...columns, sql<string>`${moment}::text`.as('moment')])
      .$if(filter.status !== undefined, (some) => some.where('directory.service.status', '=', filter.status ?? ''))
      .$if(filter.due === true, (some) =>
        some.where('directory.service.assurance_due', '<=', tx.now).where('directory.service.status', '=', 'active'),
      )
      .$if(filter.crisis !== undefined, (some) => some.where('directory.service.crisis', '=', filter.crisis ?? false))
      .$if(filter.organisation !== undefined, (some) =>
        some.where('access.organisation.slug', '=', filter.organisation ?? ''),
      )
      .$if(like !== undefined, (some) =>
        some.where(
          sql<boolean>`((directory.service.card -> 'names')::text ilike ${like} or directory.service.slug ilike ${like} or access.organisation.names::text ilike ${like})`,
        ),
      )
      .$if(page.after !== undefined && page.order === 'due', (some) =>
        some.where(
          sql<boolean>`(${moment}, directory.service.id) > (${page.after?.[0]}::timestamptz, ${page.after?.[1]}::uuid)`,
        ),
      )
      .$if(page.after !== undefined && page.order === 'changed', (some) =>
        some.where(
          sql<boolean>`(${moment}, directory.service.id) < (${page.after?.[0]}::timestamptz, ${page.after?.[1]}::uuid)`,
        ),
      )
      .orderBy(moment, page.order === 'due' ? 'asc' : 'desc')
      .orderBy('directory.service.id', page.order === 'due' ? 'asc' : 'desc')
      .limit(page.limit + 1),
  )
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  return {
    services: shown.map(tendedService),
    next: rows.length > page.limit && last ? [last.moment, last.id] : undefined,
  }
}

function tendedService(row: {
  id: string
  slug: string
  version: number
  status: string
  crisis: boolean
  example: boolean
  assured_at: Date | null
  assurance_due: Date
  last_modified: Date
  organisation_slug: string
  organisation_names: unknown
  names: Text
  written_in: ServiceCard['writtenIn']
  phone: string | null
}): TendedService {
  return {
    id: row.id,
    slug: row.slug,
    version: row.version,
    status: row.status as ServiceStatus,
    names: row.names,
    writtenIn: row.written_in,
    organisation: { slug: row.organisation_slug, names: row.organisation_names as Text },
    crisis: row.crisis,
    example: row.example,
    assuredAt: row.assured_at ?? undefined,
    due: row.assurance_due,
    lastModified: row.last_modified,
    phone: row.phone ?? undefined,
  }
}

/** How many cards of a reach are due, and how many there are. */
export async function countTended(tx: Tx, reach: Reach): Promise<{ all: number; due: number }> {
  const row = await tx.one(
    tended(reach).select([
      sql<number>`count(*)::int`.as('all'),
      sql<number>`(count(*) filter (where directory.service.assurance_due <= ${tx.now} and directory.service.status = 'active'))::int`.as(
        'due',
      ),
    ]),
  )
  return row ?? { all: 0, due: 0 }
}

export interface ListedProposal {
  id: string
  at: Date
  state: 'waiting' | 'accepted' | 'declined' | 'withdrawn'
  reason: string | undefined
  decidedAt: Date | undefined
  service: { slug: string; names: Text }
  organisation: { id: string; names: Text }
  areaPath: readonly string[]
}

/** Proposals of a reach that wait, the oldest first; or those decided since `since`, the newest first. */
export async function listProposals(
  tx: Tx,
  reach: Reach,
  which: 'waiting' | { decidedSince: Date },
  limit: number,
): Promise<ListedProposal[]> {
  const waiting = which === 'waiting'
  const rows = await tx.all(
    tended(reach)
      .innerJoin('directory.proposal', 'directory.proposal.service_id', 'directory.service.id')
      .select([
        'directory.proposal.id',
        'directory.proposal.at',
        'directory.proposal.state',
        'directory.proposal.reason',
        'directory.proposal.decided_at',
        'directory.service.slug',
        'access.organisation.id as organisation_id',
        'access.organisation.names as organisation_names',
        'access.area.path',
        sql<Text>`directory.proposal.card -> 'names'`.as('names'),
      ])
      .$if(waiting, (some) => some.where('directory.proposal.state', '=', 'waiting').orderBy('directory.proposal.at'))
      .$if(!waiting, (some) =>
        some
          .where('directory.proposal.state', 'in', ['accepted', 'declined'])
          .where('directory.proposal.decided_at', '>=', waiting ? tx.now : which.decidedSince)
          .orderBy('directory.proposal.decided_at', 'desc'),
      )
      .limit(limit),
  )
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    state: row.state as ListedProposal['state'],
    reason: row.reason ?? undefined,
    decidedAt: row.decided_at ?? undefined,
    service: { slug: row.slug, names: row.names },
    organisation: { id: row.organisation_id, names: row.organisation_names as Text },
    areaPath: row.path,
  }))
}

export interface OpenRemark {
  id: string
  text: string
  at: Date
  fromProvider: boolean
  service: { slug: string; names: Text }
}

/** Remarks of a reach that nobody has settled, the oldest first. */
export async function listRemarks(tx: Tx, reach: Reach, limit: number): Promise<OpenRemark[]> {
  const rows = await tx.all(
    tended(reach)
      .innerJoin('directory.remark', 'directory.remark.service_id', 'directory.service.id')
      .select([
        'directory.remark.id',
        'directory.remark.text',
        'directory.remark.at',
        'directory.remark.from_provider',
        'directory.service.slug',
        sql<Text>`directory.service.card -> 'names'`.as('names'),
      ])
      .where('directory.remark.settled_at', 'is', null)
      .orderBy('directory.remark.at')
      .limit(limit),
  )
  return rows.map((row) => ({
    id: row.id,
    text: row.text,
    at: row.at,
    fromProvider: row.from_provider,
    service: { slug: row.slug, names: row.names },
  }))
}

export interface ServiceVersion {
  version: number
  card: ServiceCard
  status: ServiceStatus
  at: Date
  /** undefined when nobody signed in did it, or the reader may not know who it was */
  by: string | undefined
  origin: string
  deed: string
}

function versions(service: string) {
  return query
    .selectFrom('directory.service_version')
    .leftJoin('access.account', 'access.account.id', 'directory.service_version.account_id')
    .leftJoin('access.person', 'access.person.id', 'access.account.person_id')
    .select([
      'directory.service_version.version',
      'directory.service_version.card',
      'directory.service_version.status',
      'directory.service_version.at',
      'directory.service_version.origin',
      'directory.service_version.deed',
      'access.person.name',
    ])
    .where('directory.service_version.service_id', '=', service)
}

const serviceVersion = (row: {
  version: number
  card: unknown
  status: string
  at: Date
  origin: string
  deed: string
  name: string | null
}): ServiceVersion => ({
  version: row.version,
  card: ServiceCard.parse(row.card),
  status: row.status as ServiceStatus,
  at: row.at,
  by: row.name ?? undefined,
  origin: row.origin,
  deed: row.deed,
})

/** Versions of a service below `before`, the newest first. */
export async function listVersions(
  tx: Tx,
  service: string,
  before: number | undefined,
  limit: number,
): Promise<ServiceVersion[]> {
  const rows = await tx.all(
    versions(service)
      .$if(before !== undefined, (some) => some.where('directory.service_version.version', '<', before ?? 0))
      .orderBy('directory.service_version.version', 'desc')
      .limit(limit),
  )
  return rows.map(serviceVersion)
}

/** One version of a service; undefined when there is none, or the reader may not see it. */
export async function oneVersion(tx: Tx, service: string, version: number): Promise<ServiceVersion | undefined> {
  const row = await tx.one(versions(service).where('directory.service_version.version', '=', version))
  return row ? serviceVersion(row) : undefined
}
