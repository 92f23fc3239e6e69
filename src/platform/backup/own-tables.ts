import pg from 'pg'
import type { About, ArchivedTable } from './archive.ts'

/**
 * Schemas that are ours: all but those of PostgreSQL, of extensions (public) and of the job queue, whose tables are its own affair:
 * its jobs travel as jobs, see queue-jobs.ts.
 */
const ownSchemas = `select oid from pg_namespace
  where nspname !~ '^pg_' and nspname not in ('information_schema', 'public', 'graphile_worker')`

/** Not kept: which migrations were applied stands in `about.json`, and which workers run is true of this moment alone. */
const notKept = ['db.migration', 'jobs.worker']

/** All tables of ours with the columns that are stored, in the order of their names. */
export async function ownTables(client: pg.ClientBase): Promise<ArchivedTable[]> {
  const { rows } = await client.query<ArchivedTable>(
    `select n.nspname as schema, c.relname as name,
       (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.oid in (${ownSchemas}) and not (n.nspname || '.' || c.relname = any($1))
     order by n.nspname collate "C", c.relname collate "C"`,
    [notKept],
  )
  return rows
}

/** How far each sequence of ours has counted; those that have not begun are left out. */
export async function ownSequences(client: pg.ClientBase): Promise<About['sequences']> {
  const { rows } = await client.query<About['sequences'][number]>(
    `select schemaname as schema, sequencename as name, last_value::text as last from pg_sequences
     where last_value is not null and schemaname in (select nspname from pg_namespace where oid in (${ownSchemas}))
     order by 1, 2`,
  )
  return rows
}

/** Names of the schemas of ours. */
export async function schemaNames(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ nspname: string }>(
    `select nspname from pg_namespace where oid in (${ownSchemas}) order by 1`,
  )
  return rows.map(({ nspname }) => nspname)
}

export const quotedTable = ({ schema, name }: Pick<ArchivedTable, 'schema' | 'name'>) =>
  `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`

export const quotedColumns = ({ columns }: Pick<ArchivedTable, 'columns'>) =>
  columns.map((column) => pg.escapeIdentifier(column)).join(', ')

/**
 * Takes from the tables of ours, for the time of loading, what would judge or change rows one by one: triggers (a commitment of an erased
 * event cannot be made again), foreign keys (rows come table by table), and the policies as far as they hold the owner.
 * @returns what puts it back, and judges all rows at once
 */
export async function disarm(client: pg.ClientBase): Promise<() => Promise<void>> {
  const tables = await client.query<{ name: string; forced: boolean; triggers: boolean }>(
    `select c.oid::regclass::text as name, c.relforcerowsecurity as forced,
       exists (select from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal) as triggers
     from pg_class c where c.relkind = 'r' and c.relnamespace in (${ownSchemas}) order by 1`,
  )
  const keys = await client.query<{ table: string; name: string; definition: string }>(
    `select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and conparentid = 0 and connamespace in (${ownSchemas}) order by 1, 2`,
  )
  const all = async (statements: readonly string[]) => {
    if (statements.length > 0) await client.query(statements.join(';\n'))
  }
  const forced = tables.rows.filter((table) => table.forced).map(({ name }) => name)
  const triggered = tables.rows.filter((table) => table.triggers).map(({ name }) => name)
  const key = pg.escapeIdentifier
  await all([
    ...keys.rows.map(({ table, name }) => `alter table ${table} drop constraint ${key(name)}`),
    ...triggered.map((table) => `alter table ${table} disable trigger user`),
    ...forced.map((table) => `alter table ${table} no force row level security`),
  ])
  return () =>
    all([
      ...keys.rows.map(
        ({ table, name, definition }) => `alter table ${table} add constraint ${key(name)} ${definition}`,
      ),
      ...triggered.map((table) => `alter table ${table} enable trigger user`),
      ...forced.map((table) => `alter table ${table} force row level security`),
    ])
}
