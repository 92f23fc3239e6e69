import { getMigrations } from 'better-auth/db/migration'
import pg from 'pg'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { createLog } from '../log/log.ts'
import { createEngine } from './engine.ts'

const db = await testDatabase()

test('our tables are all that better-auth asks for', async () => {
  const pool = new pg.Pool({ ...db.ownerConnection, options: '-c search_path=auth', max: 2 })
  try {
    const engine = createEngine({
      pool,
      url: 'http://localhost',
      secret: 'a secret of this test, long enough to be one',
      log: createLog('silent'),
      service: { issuer: 'http://localhost:1', clientId: 'x', clientSecret: 'x', name: 'x' },
      openAccount: async () => '',
      isOpen: async () => true,
    })
    const { toBeAdded, toBeCreated } = await getMigrations(engine.options)
    expect(toBeCreated).toEqual([])
    expect(toBeAdded).toEqual([])
  } finally {
    await pool.end()
  }
})

test('the program sees no row of these tables without the purpose of signing in, and cannot write one', async () => {
  await db.ownerPool.query(
    `with p as (insert into access.person (name) values ('Somebody') returning id), a as (insert into access.account (person_id, email) select id, 's@example.org' from p returning id)
     insert into auth."user" (id, name, email) select id, 'Somebody', 's@example.org' from a`,
  )
  const { rows: tables } = await db.ownerPool.query(
    `select c.relname, c.relrowsecurity and c.relforcerowsecurity as locked from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'auth' and c.relkind = 'r'`,
  )
  expect(tables.filter((table) => !table.locked)).toEqual([])
  expect(tables.length).toBe(8)
  const rowsFor = async (purpose: string) => {
    const client = await db.pool.connect()
    try {
      await client.query("select set_config('app.purpose', $1, false)", [purpose])
      return (await client.query('select from auth."user"')).rowCount
    } finally {
      await client.query("select set_config('app.purpose', '', false)")
      client.release()
    }
  }
  expect(await rowsFor('')).toBe(0)
  expect(await rowsFor('registration')).toBe(0)
  expect(await rowsFor('care')).toBe(0)
  expect(await rowsFor('sign-in')).toBe(1)
  await expect(
    db.pool.query(`insert into auth.verification (identifier, value, "expiresAt") values ('x', 'y', now())`),
  ).rejects.toMatchObject({ code: '42501' })
})
