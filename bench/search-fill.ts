import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { directoryPack } from '../src/capabilities/directory/pack-part.ts'
import { project } from '../src/capabilities/directory/store/projection.ts'
import { readRegister, sourcesFor } from '../src/capabilities/directory/store/sources.ts'
import { readConfig } from '../src/platform/config/config.ts'
import { copyIn } from '../src/platform/db/copy.ts'
import { type Database, openDatabase } from '../src/platform/db/database.ts'
import { loadPack, packFolders, packPart } from '../src/platform/packs/load.ts'
import { cards, chance } from './search-data.ts'

export const packs = join(import.meta.dirname, '../packs')

/** A directory of some size, and a connection beside the program's. */
export interface Place {
  database: Database
  folder: string
  hand: pg.Client
}

/** Makes a directory of `count` services in a new embedded database. */
export async function prepare(count: number): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'linden-bench-'))
  const database = await openDatabase(
    readConfig({ LINDEN_DATA: folder, LINDEN_SECRET: 'b'.repeat(40), LINDEN_POOL: '2', LOG_LEVEL: 'silent' }),
  )
  for (const pack of packFolders(packs, 'all')) await loadPack(database, pack, [packPart(directoryPack)], new Date())
  await fill(database, count)
  const {
    user,
    password,
    host,
    port,
    database: name,
  } = (database.pool as unknown as { options: pg.ClientConfig }).options
  const hand = new pg.Client({ user, password, host, port, database: name } as pg.ClientConfig)
  await hand.connect()
  await hand.query(`set plan_cache_mode = 'force_generic_plan'`)
  return { database, folder, hand }
}

/** Columns of `directory.service` that a card fills, as the program itself would. */
async function fill(database: Database, count: number): Promise<void> {
  const owner = await database.ownerPool.connect()
  try {
    const areas = (
      await owner.query<{ code: string }>(
        `select code from access.area where level in ('municipality', 'district') order by code`,
      )
    ).rows.map(({ code }) => code)
    await makeGround(owner, count, areas)
    const register = await database.transact({ actor: null }, (tx) => readRegister(tx))
    const terms = (await owner.query(`select code, facet from directory.term order by code`)).rows
    const organisations = [...register.organisations.keys()].filter((slug) => slug.startsWith('bench-'))
    const locations = [...register.locations.keys()].filter((slug) => slug.startsWith('bench-'))
    const { rows: indexes } = await owner.query<{ name: string; definition: string }>(
      `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index where indrelid = 'directory.service'::regclass and not indisunique`,
    )
    for (const { name } of indexes) await owner.query(`drop index ${name}`)
    const columns = [
      'slug',
      'organisation_id',
      'card',
      'assured_at',
      'assurance_due',
      'areas',
      'areas_served',
      'terms',
      'forms',
      'languages',
      'accessibility',
      'cost',
      'crisis',
      'example',
      'lexemes',
      'facets',
      'name_keys',
      'shelf',
      'open_minutes',
      'longitude',
      'latitude',
    ]
    const next = chance(7)
    async function* lines() {
      let batch: string[] = []
      for (const card of cards(count, { packs, terms, areas, organisations, locations })) {
        const { vocabulary: _, ...made } = project(card, sourcesFor(card, register))
        const assured = new Date(Date.UTC(2026, 10, 1) - next() * 3e10)
        const row: Record<string, unknown> = {
          ...made,
          slug: card.slug,
          organisation_id: register.organisations.get(card.organisation)?.id,
          card: JSON.stringify(card),
          assured_at: assured.toISOString(),
          assurance_due: new Date(assured.getTime() + 16e9).toISOString(),
        }
        batch.push(columns.map((column) => copied(row[column])).join('\t'))
        if (batch.length === 500) {
          yield Buffer.from(`${batch.join('\n')}\n`)
          batch = []
        }
      }
      if (batch.length > 0) yield Buffer.from(`${batch.join('\n')}\n`)
    }
    await copyIn(owner, `copy directory.service (${columns.join(', ')}) from stdin`, lines())
    for (const { definition } of indexes) await owner.query(definition)
    await owner.query(`insert into directory.service_location (service_id, location_id) select service.id, location.id from directory.service
      join directory.location on location.slug = service.card->'locations'->>0 where service.slug like 'bench-%'`)
    await owner.query('vacuum analyze')
    // what was filled in is on the disk before anything is measured
    await owner.query('checkpoint')
  } finally {
    owner.release()
  }
}

async function makeGround(owner: pg.PoolClient, count: number, areas: readonly string[]): Promise<void> {
  const organisations = Math.ceil(count / 20)
  await owner.query(
    `insert into access.organisation (slug, names, kind, area) select 'bench-' || n, jsonb_build_object('en', 'Organisation ' || n), 'public', ($1::text[])[1 + n % $2]
     from generate_series(1, $3::int) n`,
    [areas, areas.length, organisations],
  )
  await owner.query(
    `insert into directory.organisation (id, profile) select id, jsonb_build_object('slug', slug, 'names', names) from access.organisation where slug like 'bench-%'`,
  )
  await owner.query(
    `insert into directory.location (slug, organisation_id, area, details, longitude, latitude)
     select slug, id, area, jsonb_build_object('slug', slug, 'names', names, 'area', area, 'accessibility', '[]'::jsonb, 'schedule', '[]'::jsonb, 'phones', '[]'::jsonb),
       8 + random() * 2, 55.5 + random() from access.organisation where slug like 'bench-%'`,
  )
}

/** A value as COPY reads it. */
export function copied(value: unknown): string {
  if (value === null || value === undefined) return '\\N'
  const text = Array.isArray(value)
    ? `{${value.map((item) => `"${String(item).replace(/["\\]/g, '\\$&')}"`).join(',')}}`
    : String(value)
  return text.replace(/\\/g, '\\\\').replace(/\t/g, '\\t').replace(/\n/g, '\\n')
}
