import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { testConfig } from '../../../test/database.ts'
import { readConfig } from '../config/config.ts'
import { type Database, openDatabase } from './database.ts'
import { migrations, pendingMigrations } from './migrate.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

function newData(): string {
  const data = mkdtempSync(join(tmpdir(), 'linden-open-'))
  cleanUps.push(() => rmSync(data, { recursive: true, force: true, maxRetries: 5 }))
  return data
}

async function open(data: string): Promise<Database> {
  const database = await openDatabase(testConfig({ LINDEN_DATA: data }))
  cleanUps.push(() => database.close())
  return database
}

test('two starters on a fresh folder make one migrated database, and both work in it', async () => {
  const data = newData()
  const both = await Promise.all([open(data), open(data)])
  for (const database of both) {
    expect(await pendingMigrations(database.ownerPool)).toEqual([])
    const row = await database.transact({ actor: null }, (tx) =>
      tx.one(sql`select current_database() as name, current_user like 'linden\\_%' as program,
        upper('їжак') as upper, similarity('притулок', 'притулак') > 0.3 as near`),
    )
    expect(row).toEqual({ name: 'linden', program: true, upper: 'ЇЖАК', near: true })
  }
  const { rows } = await both[0].ownerPool.query('select count(*) as n from db.migration')
  expect(rows).toEqual([{ n: migrations.length }])
})

test('without prepared statements everything works the same', async () => {
  const data = newData()
  const database = await openDatabase({ ...readConfig({ LINDEN_DATA: data, LINDEN_PREPARE: 'off' }) })
  cleanUps.push(() => database.close())
  for (let round = 0; round < 3; round++)
    expect(await database.transact({ actor: null }, (tx) => tx.one(sql`select ${round}::int as n`))).toEqual({
      n: round,
    })
  const { rows } = await database.pool.query("select count(*) as n from pg_prepared_statements where name <> ''")
  expect(rows).toEqual([{ n: 0 }])
})

test('a database that does not fit closes everything behind it', async () => {
  const data = newData()
  const database = await open(data)
  await database.ownerPool.query("update db.migration set sha256 = 'changed' where part = 'db'")
  await database.close()
  await expect(openDatabase(testConfig({ LINDEN_DATA: data }))).rejects.toThrow(/db\/0001_foundation was changed/)
})
