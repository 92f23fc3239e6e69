import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../../test/command-line.ts'
import { openTestDatabase, type TestDatabase, testConfig } from '../../../test/database.ts'
import { startOverTcp } from '../../../test/postgres-over-tcp.ts'
import { fixtureSecret } from '../../../test/secret.ts'
import { recordEvent } from '../audit/record.ts'
import { sealTrail } from '../audit/seal.ts'
import { verifyDatabase } from '../audit/trail.ts'
import type { Config } from '../config/config.ts'
import { openDatabase } from '../db/database.ts'
import { type Migration, migrations } from '../db/migrate.ts'
import { openFiles } from '../files/files.ts'
import { jobQueue } from '../jobs/queue.ts'
import { outboxFolder } from '../mail/post.ts'
import { backUp } from './backup.ts'
import { ownTables, quotedTable } from './own-tables.ts'
import { judgeArchive, restore } from './restore.ts'

const place = temporaryFolder()
const how = { program: 'test', now: new Date('2026-11-23T09:00:00Z') }
const secret = 'a secret that only the tests of Linden share'
let source: Awaited<ReturnType<typeof openTestDatabase>>
let number = 0
const newFile = () => join(place.folder, `archive-${number++}.linden`)
const dataOf = (name: string) => join(place.folder, name)

beforeAll(async () => {
  source = await openTestDatabase({ env: { LINDEN_DATA: dataOf('source') } })
  await fill(source.database)
})
afterAll(async () => {
  await source.drop()
  place.remove()
})

/** Something of every kind: rows that refer to each other, texts that COPY must escape, an erased event, jobs, a file, a letter. */
async function fill(database: TestDatabase): Promise<void> {
  const owner = database.ownerPool
  const names = JSON.stringify({ en: 'North\tSouth\\ \n«Північ» \\N' })
  await owner.query(
    `insert into access.area (code, parent, level, names, pack, path) values
       ('B', 'A', 'city', $1, 'test', '{A,B}'), ('A', null, 'region', $1, 'test', '{A}')`,
    [names],
  )
  await owner.query(`insert into access.organisation (slug, names, kind, area) values ('office', $1, 'public', 'B')`, [
    names,
  ])
  const actor = '019a0000-0000-7000-8000-000000000001'
  await owner.query(`insert into access.person (id, name) values ($1, 'Ніхто "Nobody"')`, [actor])
  await owner.query(`insert into access.account (id, person_id, email) values ($1, $1, 'nobody@example.org')`, [actor])
  await database.transact({ actor: null, purpose: 'administration' }, async (tx) => {
    for (let event = 0; event < 5; event++)
      recordEvent(tx, { act: 'test.done', actor, origin: 'job', outcome: 'done', about: undefined })
    jobQueue(tx).add('test.wait', { words: 'tab\t and \\N' }, { runAt: new Date('2030-01-01T00:00:00Z'), key: 'one' })
  })
  await sealTrail(owner, () => how.now)
  await owner.query(`begin; set local app.purpose = 'erasure'; select audit.erase_actor('${actor}'); commit`)
  const files = openFiles(database.config, Buffer.from(secret), database, () => how.now)
  const content = [Buffer.from(`%PDF-1.7\n${'x'.repeat(5_000_000)}\n%%EOF\n`)]
  const reception = await files.receive(asStream(content), { name: 'letter.pdf', creator: actor })
  if (reception.is !== 'ok') throw new Error('the file was not taken')
  await database.transact({ actor }, (tx) => files.keep(tx, reception.received, actor))
  mkdirSync(outboxFolder(database.config), { recursive: true })
  writeFileSync(join(outboxFolder(database.config), 'letter-1.eml'), 'Subject: hello\r\n\r\nhello')
}

async function* asStream(chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

/** Rows of every table as one hash each, and the jobs that wait. */
async function contents(owner: pg.Pool): Promise<Record<string, string>> {
  const client = await owner.connect()
  try {
    await client.query(`set timezone = 'UTC'`)
    const found: Record<string, string> = {}
    for (const table of await ownTables(client)) {
      const name = quotedTable(table)
      // Where the bytes of a file lie may change, and when rows are listed too.
      const { rows } = await client.query(
        `select count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' order by t::text)), '') as told from ${name} t`,
      )
      found[name] = rows[0].told
    }
    const { rows } = await client.query(
      `select id::text, task_identifier, run_at, attempts, max_attempts, key, created_at from graphile_worker.jobs order by id`,
    )
    found.jobs = JSON.stringify(rows)
    return found
  } finally {
    client.release()
  }
}

/** Every way in which tables guard their rows, as the catalogue tells it. */
async function guards(owner: pg.Pool): Promise<unknown[]> {
  const { rows } = await owner.query(
    `select c.oid::regclass::text as name, c.relrowsecurity, c.relforcerowsecurity,
       array(select tgname || ' ' || tgenabled::text from pg_trigger where tgrelid = c.oid and not tgisinternal order by 1) as triggers,
       array(select conname || ' ' || pg_get_constraintdef(oid) || convalidated::text from pg_constraint where conrelid = c.oid order by 1) as constraints
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where relkind = 'r' and nspname !~ '^pg_' and nspname not in ('information_schema', 'public', 'graphile_worker') order by 1`,
  )
  return rows
}

/** A fresh embedded database in a data folder of its own, with the secret of the tests. */
async function embedded(name: string, env: Record<string, string> = {}) {
  const config: Config = { ...testConfig({ LINDEN_DATA: dataOf(name), ...env }), secret }
  return { config, database: await openDatabase(config) }
}

describe('a backup', () => {
  test('restores into a fresh database as it was: rows, jobs, guards, files, letters, and the trail verifies', async () => {
    const file = newFile()
    const before = await contents(source.database.ownerPool)
    const report = await backUp(source.database.config, source.database, file, how)
    expect(report).toMatchObject({ files: 2, missing: 0, encrypted: false })
    const target = await embedded('fresh')
    try {
      await restore(target.config, target.database, file, { replace: false })
      expect(await contents(target.database.ownerPool)).toEqual(before)
      expect(await guards(target.database.ownerPool)).toEqual(await guards(source.database.ownerPool))
      const verdict = await verifyDatabase(target.database.ownerPool)
      expect(verdict).toMatchObject({ fault: undefined, sealed: 5, erased: 5 })
      expect(await contentOfFile(target.config, target.database)).toBe(
        await contentOfFile(source.database.config, source.database),
      )
      expect(readFileSync(join(outboxFolder(target.config), 'letter-1.eml'), 'utf8')).toContain('hello')
      await countsOn(target.database.ownerPool)
    } finally {
      await target.database.close()
    }
  })

  test('holds one moment, whatever is written meanwhile', async () => {
    const { ownerPool } = source.database
    await ownerPool.query(
      `insert into access.person (name) select 'Person ' || n || repeat('x', 100) from generate_series(1, 60000) n`,
    )
    let writing = true
    let rounds = 0
    const writer = (async () => {
      while (writing) {
        rounds++
        await source.database.transact({ actor: null, purpose: 'administration' }, async (tx) => {
          recordEvent(tx, { act: 'test.done', actor: null, origin: 'job', outcome: 'done', about: undefined })
        })
        // A pair that no moment may show apart.
        await ownerPool.query(
          `with one as (insert into packs.pack (id, sha256) values ('pair-${rounds}', '') returning id)
           insert into http.idempotency (actor, key, command, request) select gen_random_uuid(), 'pair-' || id, 'x', '' from one`,
        )
        if (rounds % 10 === 0) await sealTrail(ownerPool, () => new Date())
      }
    })()
    const file = newFile()
    await backUp(source.database.config, source.database, file, how)
    writing = false
    await writer
    expect(rounds).toBeGreaterThan(5)
    const target = await embedded('moment')
    try {
      await restore(target.config, target.database, file, { replace: false })
      const { rows } = await target.database.ownerPool.query(
        `select (select count(*) from packs.pack where id like 'pair-%') as one, (select count(*) from http.idempotency) as other`,
      )
      expect(rows[0].one).toBe(rows[0].other)
      expect((await verifyDatabase(target.database.ownerPool)).fault).toBeUndefined()
    } finally {
      await target.database.close()
    }
  })

  test('moves from embedded to a PostgreSQL over TCP and back', async () => {
    const server = await startOverTcp(dataOf('server'))
    const own = await embedded('own', { DATABASE_URL: server.databaseUrl })
    const back = await embedded('back')
    try {
      const before = await contents(source.database.ownerPool)
      const there = newFile()
      await backUp(source.database.config, source.database, there, how)
      await restore(own.config, own.database, there, { replace: false })
      expect(await contents(own.database.ownerPool)).toEqual(before)
      const again = newFile()
      await backUp({ ...own.config, backupKey: 'a long key for backups' }, own.database, again, how)
      await restore({ ...back.config, backupKey: 'a long key for backups' }, back.database, again, { replace: false })
      expect(await contents(back.database.ownerPool)).toEqual(before)
      expect(await contentOfFile(back.config, back.database)).toBe(
        await contentOfFile(source.database.config, source.database),
      )
    } finally {
      await Promise.all([own.database.close(), back.database.close()])
      await server.stop()
    }
  })

  test('is refused over a database that holds something, unless it may be replaced', async () => {
    const file = newFile()
    await backUp(source.database.config, source.database, file, how)
    const other = await openTestDatabase({ env: { LINDEN_DATA: dataOf('other') } })
    try {
      await other.database.ownerPool.query(`insert into access.person (name) values ('somebody')`)
      const there = await contents(other.database.ownerPool)
      await expect(restore(other.database.config, other.database, file, { replace: false })).rejects.toThrow(
        /holds something already \(in access\.person\)/,
      )
      expect(await contents(other.database.ownerPool)).toEqual(there)
      await restore(other.database.config, other.database, file, { replace: true })
      expect(await contents(other.database.ownerPool)).toEqual(await contents(source.database.ownerPool))
    } finally {
      await other.drop()
    }
  })

  test('does not overwrite a file, nor leave half of one', async () => {
    const file = newFile()
    writeFileSync(file, 'mine')
    await expect(backUp(source.database.config, source.database, file, how)).rejects.toThrow(/is there already/)
    expect(readFileSync(file, 'utf8')).toBe('mine')
    await expect(backUp(source.database.config, source.database, join(place.folder, 'no/where'), how)).rejects.toThrow(
      /its folder does not exist/,
    )
    expect(readdirSync(place.folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })
})

describe('an archive that cannot be trusted is refused with words, and changes nothing', () => {
  const key = 'a long key for backups'
  let plain: string
  let encrypted: string
  const keyed = () => ({ ...small.database.config, backupKey: key })
  let small: Awaited<ReturnType<typeof openTestDatabase>>

  beforeAll(async () => {
    small = await openTestDatabase({ env: { LINDEN_DATA: dataOf('small') } })
    plain = newFile()
    encrypted = newFile()
    await backUp(small.database.config, small.database, plain, how)
    await backUp(keyed(), small.database, encrypted, how)
  })
  afterAll(() => small.drop())

  const judged = (file: string, config: Config = keyed()) => judgeArchive(config, file)
  const changed = (file: string, change: (bytes: Buffer) => Buffer) => {
    const copy = newFile()
    writeFileSync(copy, change(readFileSync(file)))
    return copy
  }

  test('both are whole as they were written', async () => {
    const report = await judged(plain)
    expect(report).toEqual(await judged(encrypted))
    expect(readFileSync(encrypted).includes('about.json')).toBe(false)
  })

  test('no key, and another key', async () => {
    await expect(judged(encrypted, source.database.config)).rejects.toThrow(/is encrypted\. Set LINDEN_BACKUP_KEY/)
    await expect(judged(encrypted, { ...keyed(), backupKey: `${key}.` })).rejects.toThrow(
      /LINDEN_BACKUP_KEY does not open/,
    )
  })

  test('another secret, and none', async () => {
    await expect(judged(plain, { ...keyed(), secret: 'another secret than that of the archive' })).rejects.toThrow(
      /another secret\. Set LINDEN_SECRET/,
    )
    await expect(judged(plain, { ...keyed(), secret: undefined, data: dataOf('nothing') })).rejects.toThrow(
      /needs the secret of the instance/,
    )
    expect(existsSync(dataOf('nothing'))).toBe(false)
  })

  test('cut anywhere', async () => {
    for (const file of [plain, encrypted]) {
      const { length } = readFileSync(file)
      for (const end of [0, 1, 9, 10, 47, 48, 51, 52, length >> 1, length - 17, length - 9, length - 1])
        await expect(judged(changed(file, (bytes) => bytes.subarray(0, end))), `${end} of ${length}`).rejects.toThrow(
          /(Nothing was restored|This archive is encrypted)/,
        )
    }
  })

  test('one bit flipped anywhere', async () => {
    const random = createHash('sha256').update('bits').digest()
    for (const file of [plain, encrypted]) {
      const { length } = readFileSync(file)
      const places = [
        0,
        3,
        4,
        8,
        9,
        10,
        16,
        40,
        48,
        length - 1,
        length - 5,
        length - 9,
        ...Array.from({ length: 12 }, (_, at) => (random.readUInt16BE(at) * 7919) % length),
      ]
      for (const at of places) {
        const flipped = changed(file, (bytes) => {
          bytes[at] = (bytes[at] ?? 0) ^ 0x10
          return bytes
        })
        await expect(judged(flipped), `byte ${at} of ${length}`).rejects.toThrow(/Nothing was restored/)
      }
    }
  })

  test('something added, frames exchanged, no archive at all', async () => {
    await expect(judged(changed(encrypted, (bytes) => Buffer.concat([bytes, Buffer.alloc(1)])))).rejects.toThrow(
      /added behind its end/,
    )
    await expect(judged(changed(plain, () => randomBytes(5000)))).rejects.toThrow(/no backup of Linden/)
    await expect(judged(join(place.folder, 'nowhere'))).rejects.toThrow(/There is no file/)
  })

  test('damaged while it is loaded: what was there before stays', async () => {
    const damaged = changed(plain, (bytes) => bytes.subarray(0, bytes.length - 30))
    const before = await contents(source.database.ownerPool)
    await expect(restore(source.database.config, source.database, damaged, { replace: true })).rejects.toThrow(
      /its end is missing/,
    )
    expect(await contents(source.database.ownerPool)).toEqual(before)
  })
})

describe('versions', () => {
  const step: Migration = {
    part: 'thread',
    number: 99,
    name: 'later',
    text: `create table thread.later (id integer primary key); insert into thread.later values (1);
           alter table access.person add column nickname text not null default 'none';`,
  }

  test('an older archive is restored and brought to the newer program', async () => {
    const file = newFile()
    await backUp(source.database.config, source.database, file, how)
    const target = await openTestDatabase({ env: { LINDEN_DATA: dataOf('newer') } })
    try {
      expect(
        await restore(target.database.config, target.database, file, { replace: false, steps: [...migrations, step] }),
      ).toBe(1)
      const { rows } = await target.database.ownerPool.query('select distinct nickname from access.person')
      expect(rows).toEqual([{ nickname: 'none' }])
    } finally {
      await target.drop()
    }
  })

  test('a newer archive, or one of another text of a migration, is refused', async () => {
    const file = newFile()
    await backUp(source.database.config, source.database, file, how)
    const target = await openTestDatabase({ env: { LINDEN_DATA: dataOf('older') } })
    const put = (steps: Migration[]) =>
      restore(target.database.config, target.database, file, { replace: false, steps })
    try {
      await expect(put(migrations.slice(0, -1))).rejects.toThrow(/made by a newer Linden \(test\)/)
      await expect(
        put(migrations.map((one, at) => (at === 3 ? { ...one, text: `${one.text}\n` } : one))),
      ).rejects.toThrow(/another text of the migration/)
    } finally {
      await target.drop()
    }
  })
})

async function contentOfFile(
  config: Config,
  database: TestDatabase | Awaited<ReturnType<typeof openDatabase>>,
): Promise<string> {
  const files = openFiles(config, Buffer.from(secret), database, () => how.now)
  const bytes = await database.transact({ actor: null, purpose: 'files' }, async (tx) => {
    const { rows } = await database.ownerPool.query('select id from files.file')
    const content = await (await files.open(tx, rows[0].id))?.content()
    return content ? await buffer(content) : Buffer.alloc(0)
  })
  expect(bytes.length).toBeGreaterThan(5_000_000)
  return createHash('sha256').update(bytes).digest('hex')
}

/** Numbers given out after a restore are new ones. */
async function countsOn(owner: pg.Pool): Promise<void> {
  const { rows } = await owner.query(
    `insert into audit.event (act, outcome, origin) values ('test.done', 'done', 'job') returning id > (select max(id) from audit.event) as further`,
  )
  expect(rows).toEqual([{ further: true }])
  const job = await owner.query(`select (graphile_worker.add_job('test.next')).id > 1 as further`)
  expect(job.rows).toEqual([{ further: true }])
}

test('the archive of the first version restores: its twelve cards, its trail, its job', async () => {
  const file = join(import.meta.dirname, '../../../test/fixtures/backup-0.1.linden')
  const target = await openTestDatabase({ env: { LINDEN_DATA: dataOf('fixture') } })
  try {
    const { database } = target
    await restore({ ...database.config, secret: fixtureSecret }, database, file, { replace: false })
    const { rows } = await database.ownerPool.query(
      `select (select count(*)::int from directory.service) as cards, (select count(*)::int from audit.event) as events,
         (select array_agg(task_identifier) from graphile_worker.jobs) as jobs`,
    )
    expect(rows).toEqual([{ cards: 12, events: 3, jobs: ['fixture.wait'] }])
    // and what came after that version: each organisation and place has the version in which it was found
    const { rows: kept } = await database.ownerPool.query(
      `select (select count(*) from directory.organisation) = (select count(*) from directory.organisation_version where deed = 'kept') as organisations,
         (select count(*) from directory.location) = (select count(*) from directory.location_version where deed = 'kept') as places,
         (select count(*) > 0 from directory.location_version) as some`,
    )
    expect(kept).toEqual([{ organisations: true, places: true, some: true }])
    expect(await verifyDatabase(database.ownerPool)).toMatchObject({ fault: undefined, sealed: 3 })
  } finally {
    await target.drop()
  }
})
