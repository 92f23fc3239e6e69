import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { copyIn, copyOut } from './copy.ts'

const db = await testDatabase()
let client: pg.PoolClient
let other: pg.PoolClient

beforeAll(async () => {
  client = await db.ownerPool.connect()
  other = await db.ownerPool.connect()
  await client.query(
    `create temporary table source as select n, repeat('ж', 50) as words from generate_series(1, 50000) n`,
  )
  await client.query('create temporary table target (n integer check (n <> 77777), words text)')
})
afterAll(() => {
  client.release()
  other.release()
})

const count = async (table: string) => (await client.query(`select count(*) as n from ${table}`)).rows[0].n
const alive = async () => expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])

test('what COPY reads goes back the same', async () => {
  const rowsOfSource = "copy (select n, repeat('ж', 50) from generate_series(1, 50000) n) to stdout (format binary)"
  await copyIn(client, 'copy target from stdin (format binary)', copyOut(other, rowsOfSource))
  const { rows } = await client.query(
    'select count(*) as n, sum(n) as sum, min(words) = max(words) as same from target',
  )
  expect(rows).toEqual([{ n: 50_000, sum: 1_250_025_000, same: true }])
})

test('a reader that stops early leaves a connection that serves', async () => {
  let size = 0
  for await (const chunk of copyOut(client, 'copy source to stdout')) {
    size += chunk.length
    break
  }
  expect(size).toBeGreaterThan(0)
  await alive()
})

test('a slow reader gets every byte', async () => {
  let size = 0
  for await (const chunk of copyOut(client, 'copy source to stdout')) {
    size += chunk.length
    if (size % 7 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  const { rows } = await client.query("select sum(octet_length(n || E'\\t' || words || E'\\n')) as size from source")
  expect(size).toBe(rows[0].size)
})

test('a source that fails stores nothing and gives its own error', async () => {
  const before = await count('target')
  async function* failing(): AsyncGenerator<Buffer> {
    yield Buffer.from('1\tone\n')
    throw new Error('the archive is damaged')
  }
  await expect(copyIn(client, 'copy target from stdin', failing())).rejects.toThrow('the archive is damaged')
  expect(await count('target')).toBe(before)
  await alive()
})

test('a row that the table refuses stores nothing and gives the error of the table', async () => {
  const before = await count('target')
  async function* rows(): AsyncGenerator<Buffer> {
    for (let n = 70_000; n < 80_000; n++) yield Buffer.from(`${n}\tword\n`)
  }
  await expect(copyIn(client, 'copy target from stdin', rows())).rejects.toMatchObject({ code: '23514' })
  expect(await count('target')).toBe(before)
  await alive()
})

test('a wrong statement gives its error in both directions', async () => {
  const read = async () => {
    for await (const _ of copyOut(client, 'copy nowhere to stdout'));
  }
  await expect(read()).rejects.toMatchObject({ code: '42P01' })
  async function* nothing(): AsyncGenerator<Buffer> {}
  await expect(copyIn(client, 'copy nowhere from stdin', nothing())).rejects.toMatchObject({ code: '42P01' })
  await alive()
})
