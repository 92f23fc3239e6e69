import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { testDatabase } from '../database.ts'

const file = join(import.meta.dirname, '../personal-data.json')
const db = await testDatabase()

/** Every table of ours: does it hold personal data, and how do we know? A table that stands nowhere fails. */
const Classified = z.record(z.string(), z.object({ personal: z.boolean(), why: z.string().min(10) }))

interface Table {
  table: string
  columns: string[]
  /** columns that lead to accounts or persons by a foreign key */
  leads: string[]
  secured: boolean
  forced: boolean
}

async function tables(client: pg.Pool | pg.PoolClient): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select n.nspname || '.' || c.relname as table,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by 1) as columns,
      array(select a.attname::text from pg_constraint k join pg_attribute a on a.attrelid = c.oid and a.attnum = any (k.conkey)
            where k.conrelid = c.oid and k.contype = 'f'
              and k.confrelid in (select oid from pg_class where relname in ('account', 'person', 'user') and relnamespace in ('access'::regnamespace, 'auth'::regnamespace))
            order by 1) as leads,
      c.relrowsecurity as secured, c.relforcerowsecurity as forced
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'graphile_worker')
    order by 1`)
  return rows
}

const telling =
  /^(e?mails?|email_address|phone|telephone|birth.*|address|ip_?address|user_?agent|national_id|account(_id)?|person(_id)?|actor|user_?id)$/i

/** What is wrong with how tables are classified and locked. */
function faults(found: readonly Table[], classified: z.infer<typeof Classified>): string[] {
  return found.flatMap(({ table, columns, leads, secured, forced }) => {
    const known = classified[table]
    const signs = [...new Set([...leads, ...columns.filter((column) => telling.test(column))])]
    if (!known) return [`${table} stands in no line of test/personal-data.json: does it hold personal data?`]
    if (!known.personal && leads.length > 0) return [`${table}.${leads[0]} leads to people, so it holds personal data.`]
    if (!known.personal && signs.length > 0) return [`${table}.${signs[0]} sounds like personal data.`]
    if (known.personal && !(secured && forced))
      return [`${table} holds personal data and lacks forced row level security.`]
    return []
  })
}

const classified = () => Classified.parse(JSON.parse(readFileSync(file, 'utf8')))

describe('the catalogue of the database', () => {
  test('every table is classified, and forced row level security guards all personal data', async () => {
    if (process.env.UPDATE_LISTS) {
      const before = classified()
      const all = Object.fromEntries(
        (await tables(db.ownerPool)).map(({ table, secured }) => [
          table,
          before[table] ?? { personal: secured, why: 'look at this before you commit it' },
        ]),
      )
      writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`)
    }
    expect(faults(await tables(db.ownerPool), classified())).toEqual([])
  })

  test('no line of the list is about a table that is gone', async () => {
    const there = (await tables(db.ownerPool)).map(({ table }) => table)
    expect(Object.keys(classified()).filter((table) => !there.includes(table))).toEqual([])
  })

  test('a table with personal data and no lock is found, whichever way it is forgotten', async () => {
    const client = await db.ownerPool.connect()
    try {
      await client.query('begin')
      await client.query('create schema planted')
      await client.query('create table planted.unlisted (id int)')
      await client.query('create table planted.unlocked (id int, email text)')
      await client.query(
        'create table planted.half (id int, email text); alter table planted.half enable row level security',
      )
      await client.query('create table planted.mistaken (id int, who uuid references access.account)')
      await client.query('create table planted.sounding (id int, user_agent text)')
      const why = 'planted by this test'
      const found = faults(await tables(client), {
        ...classified(),
        'planted.unlocked': { personal: true, why },
        'planted.half': { personal: true, why },
        'planted.mistaken': { personal: false, why },
        'planted.sounding': { personal: false, why },
      })
      expect(found.map((fault) => fault.split(/[ .]/)[1])).toEqual([
        'half',
        'mistaken',
        'sounding',
        'unlisted',
        'unlocked',
      ])
    } finally {
      await client.query('rollback')
      client.release()
    }
  })
})

describe('the role that the program works with', () => {
  test('passes no row level security, owns nothing, makes nothing', async () => {
    const { rows } = await db.pool.query(
      `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = current_user or pg_has_role(current_user, oid, 'usage')`,
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) expect(Object.values(row)).toEqual([false, false, false, false, false])
    const owned = await db.pool.query(
      `select count(*)::int as n from pg_class where relowner in (select oid from pg_roles where pg_has_role(current_user, oid, 'usage'))`,
    )
    expect(owned.rows[0].n).toBe(0)
    const made = await db.pool.query(
      `select nspname from pg_namespace where has_schema_privilege(nspname, 'create') and nspname !~ '^pg_'`,
    )
    expect(made.rows).toEqual([])
  })

  test.each(['UPDATE', 'DELETE', 'TRUNCATE'])('has no %s on the audit trail', async (right) => {
    const { rows } = await db.pool.query(
      `select c.relname from pg_class c where c.relnamespace = 'audit'::regnamespace and c.relkind in ('r', 'p')
         and (has_table_privilege(c.oid, $1) or ($1 = 'UPDATE' and has_any_column_privilege(c.oid, 'UPDATE')))`,
      [right],
    )
    expect(rows).toEqual([])
  })

  test.each([
    'update audit.event set act = act',
    'delete from audit.event',
    'truncate audit.event',
    'delete from audit.seal',
    'alter table audit.event disable trigger all',
    'set session_replication_role = replica',
  ])('is refused: %s', async (statement) => {
    await expect(db.pool.query(statement)).rejects.toMatchObject({ code: '42501' })
  })

  test('sees none of the tables with personal data where nobody has signed in', async () => {
    await db.ownerPool.query(
      `with person as (insert into access.person (name) values ('Planted') returning id)
       insert into access.account (person_id, email) select id, 'planted@example.org' from person`,
    )
    for (const [table, { personal }] of Object.entries(classified())) {
      if (!personal) continue
      const client = await db.pool.connect()
      try {
        const seen = await client
          .query(
            `select count(*)::int as n from ${table
              .replace('.user', '."user"')
              .replace('auth.twoFactor', 'auth."twoFactor"')
              .replace(/^access\.grant$/, 'access."grant"')}`,
          )
          .catch((error) => error)
        // no right to read at all, or no row
        if (seen.code) expect([table, seen.code]).toEqual([table, '42501'])
        else expect([table, seen.rows[0].n]).toEqual([table, 0])
      } finally {
        client.release()
      }
    }
  })
})
