import { sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'
import type { ServiceCard } from '../types.ts'
import { type Projection, project } from './projection.ts'
import { type Register, sourcesFor } from './sources.ts'

export type ServiceStatus = 'active' | 'inactive' | 'defunct' | 'temporarily closed'

/** Who did what, for the version (DIR-7). */
export interface Deed {
  account: string | null
  origin: string
  /** 'add', 'change', 'restore 3', 'import <format>', 'status' */
  deed: string
}

export interface NewService {
  card: ServiceCard
  pack: string | null
  status: ServiceStatus
  /** who confirmed the record, when; undefined when nobody has */
  assured: { at: Date; by: string } | undefined
  /** the moment from which it counts as not assured (DIR-6) */
  assuranceDue: Date
  provenance?: { dataset: string; id: string } | undefined
}

/** Adds a service with its first version. @returns its id; undefined when another has this slug */
export async function addService(
  tx: Tx,
  service: NewService,
  register: Register,
  deed: Deed,
): Promise<string | undefined> {
  const { vocabulary, ...columns } = project(service.card, sourcesFor(service.card, register))
  const row = await tx.one(
    query
      .insertInto('directory.service')
      .values({
        slug: service.card.slug,
        organisation_id: register.organisations.get(service.card.organisation)?.id ?? '',
        pack: service.pack,
        card: JSON.stringify(service.card),
        status: service.status,
        ...asColumns(columns),
        assured_at: service.assured?.at ?? null,
        assured_by: service.assured?.by ?? null,
        assurance_due: service.assuranceDue,
        dataset: service.provenance?.dataset ?? null,
        dataset_id: service.provenance?.id ?? null,
      })
      .onConflict((clash) => clash.column('slug').doNothing())
      .returning('id'),
  )
  if (!row) return undefined
  addVersion(tx, row.id, 1, service.card, service.status, deed)
  placeService(tx, row.id, service.card, register)
  rememberWords(tx, vocabulary)
  return row.id
}

/**
 * Changes card or status of a service that still has `version` (check and change in one statement).
 * @returns the new version, or undefined when somebody was faster or the service is gone
 */
export async function changeService(
  tx: Tx,
  id: string,
  version: number,
  change: { card: ServiceCard; status: ServiceStatus; assured?: { at: Date; by: string; due: Date } | undefined },
  register: Register,
  deed: Deed,
): Promise<number | undefined> {
  const { vocabulary, ...columns } = project(change.card, sourcesFor(change.card, register))
  const row = await tx.one(
    query
      .updateTable('directory.service')
      .set({
        slug: change.card.slug,
        organisation_id: register.organisations.get(change.card.organisation)?.id ?? '',
        card: JSON.stringify(change.card),
        status: change.status,
        ...asColumns(columns),
        version: sql<number>`version + 1`,
        last_modified: sql<Date>`now()`,
        ...(change.assured
          ? { assured_at: change.assured.at, assured_by: change.assured.by, assurance_due: change.assured.due }
          : {}),
      })
      .where('id', '=', id)
      .where('version', '=', version)
      .returning('version'),
  )
  if (!row) return undefined
  addVersion(tx, id, row.version, change.card, change.status, deed)
  tx.later(query.deleteFrom('directory.service_location').where('service_id', '=', id))
  placeService(tx, id, change.card, register)
  rememberWords(tx, vocabulary)
  return row.version
}

function asColumns(columns: Omit<Projection, 'vocabulary'>) {
  return { ...columns, lexemes: sql<string>`${columns.lexemes}::tsvector` }
}

function addVersion(tx: Tx, id: string, version: number, card: ServiceCard, status: ServiceStatus, deed: Deed): void {
  tx.later(
    query.insertInto('directory.service_version').values({
      service_id: id,
      version,
      card: JSON.stringify(card),
      status,
      account_id: deed.account,
      origin: deed.origin,
      deed: deed.deed,
    }),
  )
}

function placeService(tx: Tx, id: string, card: ServiceCard, register: Register): void {
  for (const slug of new Set(card.locations)) {
    const location = register.locations.get(slug)
    if (location)
      tx.later(query.insertInto('directory.service_location').values({ service_id: id, location_id: location.id }))
  }
}

function rememberWords(tx: Tx, vocabulary: Projection['vocabulary']): void {
  if (vocabulary.length === 0) return
  tx.later(
    query
      .insertInto('directory.word')
      .columns(['word', 'locale'])
      .expression(
        sql`select * from unnest(${vocabulary.map((entry) => entry.word)}::text[], ${vocabulary.map((entry) => entry.locale)}::text[])`,
      )
      .onConflict((clash) => clash.doNothing()),
  )
}
