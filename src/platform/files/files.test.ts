import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { sql } from 'kysely'
import S3rver from 's3rver'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import type { Actor } from '../access/actor.ts'
import { signedIn } from '../access/permission.ts'
import { webServer } from '../http/app.ts'
import { Door } from '../http/door.ts'
import type { JobContext } from '../jobs/job.ts'
import { jobQueue } from '../jobs/queue.ts'
import { createLog } from '../log/log.ts'
import { decrypt, encrypt, newKey, Unreadable, unwrapKey, wrapKey, wrappingKey } from './cipher.ts'
import { type Files, openFiles } from './files.ts'
import { fileAnswer, fileRoutes } from './serve.ts'

const db = await testDatabase()
const secret = Buffer.from('a secret of these tests, long enough')
const anna = '0199aaaa-0000-7000-8000-000000000001'
const boris = '0199aaaa-0000-7000-8000-000000000002'
const log = createLog('silent')
const now = () => db.clock.now

async function* flow(...chunks: (string | Uint8Array)[]) {
  for (const chunk of chunks) yield Buffer.from(chunk)
}
async function collect(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks)
}
async function everything(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

describe('encryption', () => {
  const key = newKey()
  const sizes = fc.constantFrom(0, 1, 65_535, 65_536, 65_537, 131_072, 200_000)

  test('files: what was encrypted comes back, whatever its length and pieces', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 16, max: 90_000 }), async (size, length) => {
        const plain = Buffer.alloc(size, 'Linden ')
        const chunks = Array.from({ length: Math.ceil(size / length) }, (_, index) =>
          plain.subarray(index * length, (index + 1) * length),
        )
        const sealed = await collect(encrypt(flow(...chunks), key))
        if (size > 20) expect(sealed.includes('Linden')).toBe(false)
        expect((await collect(decrypt(flow(sealed.subarray(0, 5), sealed.subarray(5)), key))).equals(plain)).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  test('files: bytes that were changed, cut, swapped or belong to another key are refused', async () => {
    const sealed = await collect(encrypt(flow(Buffer.alloc(150_000, 'abc')), key))
    const piece = 65_536 + 16
    const cases = {
      changed: Buffer.from(sealed).fill(0, 70_000, 70_001),
      'cut at a piece': sealed.subarray(0, 4 + piece),
      'cut within': sealed.subarray(0, 90_000),
      lengthened: Buffer.concat([sealed, Buffer.alloc(1)]),
      swapped: Buffer.concat([
        sealed.subarray(0, 4),
        sealed.subarray(4 + piece, 4 + 2 * piece),
        sealed.subarray(4, 4 + piece),
        sealed.subarray(4 + 2 * piece),
      ]),
      'without its head': sealed.subarray(4),
      empty: Buffer.alloc(0),
    }
    for (const [name, bytes] of Object.entries(cases))
      await expect(collect(decrypt(flow(bytes), key)), name).rejects.toThrow(Unreadable)
    await expect(collect(decrypt(flow(sealed), newKey()))).rejects.toThrow(Unreadable)
  })

  test('files: the key of a file opens only with the secret, and only for its own bytes', () => {
    const wrapped = wrapKey(key, wrappingKey(secret), 'here')
    expect(unwrapKey(wrapped, wrappingKey(secret), 'here').equals(key)).toBe(true)
    expect(() => unwrapKey(wrapped, wrappingKey(secret), 'there')).toThrow(Unreadable)
    expect(() => unwrapKey(wrapped, wrappingKey(Buffer.from('another')), 'here')).toThrow(Unreadable)
    expect(wrapped.includes(key)).toBe(false)
  })
})

let data = ''
let s3: S3rver
let s3Folder = ''
const open: Record<'folder' | 's3', () => Files> = {
  folder: () => openFiles({ data, s3: undefined }, secret, db, now),
  s3: () =>
    openFiles(
      {
        data,
        s3: {
          endpoint: `http://127.0.0.1:${s3Port}`,
          bucket: 'linden',
          accessKey: 'S3RVER',
          secretKey: 'S3RVER',
          region: 'us-east-1',
        },
      },
      secret,
      db,
      now,
    ),
}
let s3Port = 0

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'linden-files-'))
  s3Folder = await mkdtemp(join(tmpdir(), 'linden-s3-'))
  s3 = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: s3Folder,
    configureBuckets: [{ name: 'linden', configs: [] }],
  })
  s3Port = (await s3.run()).port
})
afterAll(async () => {
  await s3.close()
  await rm(data, { recursive: true })
  await rm(s3Folder, { recursive: true })
})

const context = (): JobContext => ({
  database: db,
  config: db.config,
  log,
  now,
  job: { id: '1', attempt: 1, lastAttempt: false },
  transact: (work) => db.transact({ actor: null, purpose: 'files' }, work),
  signal: new AbortController().signal,
})

/** Hands a file in as a command does, and returns its id. */
async function hand(
  files: Files,
  creator: string | null,
  name: string,
  content: AsyncIterable<Uint8Array>,
): Promise<string> {
  const reception = await files.receive(content, { name, creator })
  if (reception.is !== 'ok') throw new Error(reception.reason)
  return db.transact({ actor: creator }, (tx) => files.keep(tx, reception.received, creator))
}
const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(300_000, 'Довідка про доходи ')])

describe.each(['folder', 's3'] as const)('in the %s', (kind) => {
  const place = () => (kind === 'folder' ? join(data, 'files') : join(s3Folder, 'linden'))

  test('files: a file comes back as it was handed in, and lies encrypted', async () => {
    const files = open[kind]()
    const id = await hand(files, anna, 'Довідка.pdf', flow(pdf.subarray(0, 10), pdf.subarray(10)))
    const file = await db.transact({ actor: anna }, (tx) => files.open(tx, id))
    expect(file).toMatchObject({ id, name: 'Довідка.pdf', type: 'application/pdf', size: pdf.length, createdBy: anna })
    expect((await collect((await file?.content()) ?? flow())).equals(pdf)).toBe(true)
    const lying = (await everything(place())).filter((path) => !path.endsWith('.json') && !path.endsWith('.md5'))
    expect(lying.length).toBeGreaterThan(0)
    for (const path of lying) expect((await readFile(path)).includes('Довідка про'), path).toBe(false)
    expect(await readdir(join(data, 'files', 'incoming'))).toEqual([])
  })

  test('files: nobody but its creator sees a file; a job sees it for its purpose', async () => {
    const files = open[kind]()
    const id = await hand(files, anna, 'a.pdf', flow(pdf))
    const seen = (actor: string | null, purpose?: string) =>
      db.transact({ actor, ...(purpose ? { purpose } : {}) }, (tx) => files.open(tx, id))
    expect(await seen(boris)).toBeUndefined()
    expect(await seen(null)).toBeUndefined()
    expect(await seen(null, 'mail')).toBeUndefined()
    expect(await seen(null, 'files')).toMatchObject({ id })
    expect(await db.transact({ actor: boris }, (tx) => files.delete(tx, jobQueue(tx), id))).toBe(false)
    expect(await seen(anna)).toMatchObject({ id })
  })

  test('files: a deleted file is gone from the storage once its transaction has ended, and not when that was undone', async () => {
    const files = open[kind]()
    const id = await hand(files, anna, 'a.pdf', flow(pdf))
    const before = (await everything(place())).length
    await expect(
      db.transact({ actor: anna }, async (tx) => {
        await files.delete(tx, jobQueue(tx), id)
        throw new Error('kept after all')
      }),
    ).rejects.toThrow('kept after all')
    await files.sweep.run(context(), {})
    const file = await db.transact({ actor: anna }, (tx) => files.open(tx, id))
    expect((await collect((await file?.content()) ?? flow())).length).toBe(pdf.length)
    expect(await db.transact({ actor: anna }, (tx) => files.delete(tx, jobQueue(tx), id))).toBe(true)
    await files.sweep.run(context(), {})
    await files.sweep.run(context(), {})
    expect((await everything(place())).length).toBeLessThan(before)
    expect(await db.transact({ actor: anna }, (tx) => files.open(tx, id))).toBeUndefined()
  })

  test('files: bytes that no command kept are removed after a day', async () => {
    const files = open[kind]()
    await files.sweep.run(context(), {})
    const before = (await everything(place())).length
    const reception = await files.receive(flow(pdf), { name: 'a.pdf', creator: anna })
    await files.sweep.run(context(), {})
    expect((await everything(place())).length).toBeGreaterThan(before)
    db.clock.advance(25 * 3_600_000)
    await files.sweep.run(context(), {})
    expect((await everything(place())).length).toBe(before)
    if (reception.is !== 'ok') throw new Error('refused')
    await expect(db.transact({ actor: anna }, (tx) => files.keep(tx, reception.received, anna))).rejects.toThrow(
      'more than a day ago',
    )
  })

  test('INT-4: what was received and not kept can be removed at once; what was kept stays', async () => {
    const files = open[kind]()
    await files.sweep.run(context(), {})
    const before = (await everything(place())).length
    const receptions = [
      await files.receive(flow(pdf), { name: 'a.pdf', creator: null }),
      await files.receive(flow(pdf), { name: 'b.pdf', creator: null }),
    ]
    const received = receptions.flatMap((reception) => (reception.is === 'ok' ? reception.received : []))
    const [first] = received
    if (!first) throw new Error('refused')
    const id = await db.transact({ actor: null }, (tx) => files.keep(tx, first, null))
    await files.drop(received, null)
    await files.drop(received, null)
    const lying = await everything(place())
    expect(lying.length).toBeGreaterThan(before)
    const file = await db.transact({ actor: null, purpose: 'files' }, (tx) => files.open(tx, id))
    expect((await collect((await file?.content()) ?? flow())).equals(pdf)).toBe(true)
    await db.transact({ actor: null, purpose: 'files' }, (tx) => files.delete(tx, jobQueue(tx), id))
    await files.sweep.run(context(), {})
    expect((await everything(place())).length).toBe(before)
  })

  test('INT-4: two receptions of one file are the same to the key of a form, and show neither place nor key', async () => {
    const files = open[kind]()
    const receive = () => files.receive(flow(pdf), { name: 'a.pdf', creator: anna })
    const [first, second] = [await receive(), await receive()]
    expect(JSON.stringify(first)).toBe(JSON.stringify(second))
    expect(JSON.parse(JSON.stringify(first))).toEqual({
      is: 'ok',
      received: {
        name: 'a.pdf',
        type: 'application/pdf',
        size: pdf.length,
        sha256: expect.stringMatching(/^[\da-f]{64}$/),
      },
    })
  })

  test('files: what is refused, or breaks off, leaves nothing behind', async () => {
    const files = open[kind]()
    const before = await everything(place())
    const rows = async () => (await db.ownerPool.query('select count(*)::int as n from files.loose')).rows
    const loose = await rows()
    const receive = (content: AsyncIterable<Uint8Array>, limit?: number) =>
      files.receive(content, { name: 'a', creator: anna, ...(limit ? { limit } : {}) })
    let given = 0
    async function* endless() {
      yield Buffer.from('%PDF-1.7')
      for (;;) {
        given += 65_536
        yield Buffer.alloc(65_536)
      }
    }
    expect(await receive(endless(), 1_000_000)).toEqual({ is: 'refused', reason: 'too large', limit: 1_000_000 })
    expect(given).toBeLessThan(1_200_000)
    expect(await receive(flow('MZ\u0090 a program', Buffer.alloc(9)))).toEqual({
      is: 'refused',
      reason: 'unknown kind',
    })
    expect(await receive(flow('PK\u0003\u0004 an archive without an end'))).toEqual({
      is: 'refused',
      reason: 'unknown kind',
    })
    expect(await receive(flow())).toEqual({ is: 'refused', reason: 'empty' })
    async function* broken() {
      yield Buffer.from('%PDF-1.7')
      throw new Error('the line went dead')
    }
    await expect(receive(broken())).rejects.toThrow('the line went dead')
    expect(await everything(place())).toEqual(before)
    expect(await readdir(join(data, 'files', 'incoming'))).toEqual([])
    expect(await rows()).toEqual(loose)
  })
})

test('files: a storage that refuses leaves nothing behind, and says what to check', async () => {
  const refusing = createServer((_, response) => response.writeHead(403).end('<Error>AKIA…</Error>')).listen(
    0,
    '127.0.0.1',
  )
  await once(refusing, 'listening')
  const port = (refusing.address() as AddressInfo).port
  const files = openFiles(
    {
      data,
      s3: { endpoint: `http://127.0.0.1:${port}`, bucket: 'linden', accessKey: 'a', secretKey: 'b', region: 'r' },
    },
    secret,
    db,
    now,
  )
  await expect(files.receive(flow(pdf), { name: 'a.pdf', creator: anna })).rejects.toThrow(
    'The object storage answered 403 to PUT. Check the S3 variables',
  )
  expect(await readdir(join(data, 'files', 'incoming'))).toEqual([])
  refusing.close()
})

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')
/** What is held in memory and in buffers, and not only waiting for the garbage collector, which frees them a turn later. */
async function held(): Promise<number> {
  collectGarbage()
  await turn()
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

test('files: memory stays flat while a large file comes and goes', async () => {
  const files = open.folder()
  const chunk = Buffer.alloc(1_000_000, 'x')
  const start = await held()
  let most = 0
  async function* large() {
    yield Buffer.from('%PDF-1.7')
    for (let index = 0; index < 80; index++) {
      if (index % 10 === 9) most = Math.max(most, await held())
      yield chunk
    }
  }
  const reception = await files.receive(large(), { name: 'large.pdf', creator: anna, limit: 200_000_000 })
  if (reception.is !== 'ok') throw new Error('refused')
  const id = await db.transact({ actor: anna }, (tx) => files.keep(tx, reception.received, anna))
  const file = await db.transact({ actor: anna }, (tx) => files.open(tx, id))
  let size = 0
  let pieces = 0
  for await (const bytes of (await file?.content()) ?? flow()) {
    size += bytes.length
    if (pieces++ % 150 === 149) most = Math.max(most, await held())
  }
  expect(size).toBe(80_000_008)
  expect(most - start).toBeLessThan(10_000_000)
})

test('INT-4: memory stays flat while half a gigabyte comes, and no more is read than may come', {
  timeout: 60_000,
}, async () => {
  const chunk = Buffer.alloc(1_000_000, 'x')
  const start = await held()
  let most = 0
  let given = 0
  async function* large() {
    yield Buffer.from('%PDF-1.7')
    for (; given < 600; given++) {
      if (given % 50 === 49) most = Math.max(most, await held())
      yield chunk
    }
  }
  const limit = 500_000_000
  const reception = await open.folder().receive(large(), { name: 'large.pdf', creator: anna, limit })
  expect(reception).toEqual({ is: 'refused', reason: 'too large', limit })
  expect(given).toBeLessThan(501)
  expect(most - start).toBeLessThan(10_000_000)
  expect(await readdir(join(data, 'files', 'incoming'))).toEqual([])
})

describe('a file that a capability shows to others', () => {
  test('INT-4: a policy of the capability opens it to whom a link leads there, whether or not its creator has an account', async () => {
    const files = open.folder()
    await db.ownerPool.query(`
      create schema shown;
      create table shown.document (file uuid not null references files.file, link text not null);
      grant usage on schema shown to linden_program;
      grant select, insert on shown.document to linden_program;
      create policy file_shown on files.file for select to linden_program using (
        exists (select from shown.document where document.file = file.id and 'link:' || link = access.purpose()));`)
    try {
      for (const creator of [null, anna]) {
        const link = randomUUID()
        const reception = await files.receive(flow(pdf), { name: 'Довідка.pdf', creator })
        if (reception.is !== 'ok') throw new Error(reception.reason)
        const id = await db.transact({ actor: creator, purpose: `link:${link}` }, async (tx) => {
          const kept = await files.keep(tx, reception.received, creator)
          await tx.all(sql`insert into shown.document values (${kept}, ${link})`)
          return kept
        })
        const seen = (actor: string | null, purpose?: string) =>
          db.transact({ actor, ...(purpose ? { purpose } : {}) }, (tx) => files.open(tx, id))
        expect(await seen(null)).toBeUndefined()
        expect(await seen(boris)).toBeUndefined()
        expect(await seen(null, `link:${randomUUID()}`)).toBeUndefined()
        for (const reader of [null, boris]) {
          const file = await seen(reader, `link:${link}`)
          expect(file).toMatchObject({ id, createdBy: creator })
          const content = await file?.content()
          if (!file || !content) throw new Error('not there')
          const response = fileAnswer(file, content)
          expect(response.headers.get('content-security-policy')).toContain('sandbox')
          expect(response.headers.get('content-disposition')).toMatch(/^attachment/)
          expect(Buffer.from(await response.arrayBuffer()).equals(pdf)).toBe(true)
        }
        // to see is not to take away
        await db.transact({ actor: null, purpose: `link:${link}` }, async (tx) => {
          expect(await files.delete(tx, jobQueue(tx), id)).toBe(false)
        })
      }
    } finally {
      await db.ownerPool.query('drop policy file_shown on files.file; drop schema shown cascade')
    }
  })
})

describe('at its address', () => {
  const actor = (account: string): Actor => ({
    account,
    person: account,
    name: 'Anna',
    email: 'anna@example.org',
    locale: 'en',
    memberships: [],
    secondFactor: false,
    scopes: undefined,
  })
  const site = (who: string | null) => {
    const door = new Door()
    fileRoutes(door, open.folder(), signedIn)
    const authentication = { actorOf: async () => ({ actor: who ? actor(who) : null }) }
    return webServer({
      config: db.config,
      database: db,
      files: open.folder(),
      door,
      authentication,
      menus: [],
      regions: () => [],
      log,
      secret: 'x'.repeat(40),
      secure: false,
      now,
    })
  }
  const address = (id: string) => `http://localhost:3000/files/${id}`

  test('files: its creator saves it, as something that cannot run here; the reading is recorded', async () => {
    const id = await hand(open.folder(), anna, 'Довідка "1".pdf', flow(pdf))
    const response = await site(anna).request(address(id))
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'content-disposition': `attachment; filename="________1.pdf"; filename*=UTF-8''${encodeURIComponent('Довідка 1.pdf')}`,
      'cache-control': 'private, no-store',
    })
    expect(Buffer.from(await response.arrayBuffer()).equals(pdf)).toBe(true)
    const { rows } = await db.ownerPool.query(
      'select act, outcome, actor, about_kind, about_id from audit.event order by id desc limit 1',
    )
    expect(rows).toEqual([{ act: 'files.file.read', outcome: 'read', actor: anna, about_kind: 'file', about_id: id }])
  })

  test('files: for others it does not exist, nor does an address that is none', async () => {
    const id = await hand(open.folder(), anna, 'a.pdf', flow(pdf))
    expect((await site(boris).request(address(id))).status).toBe(404)
    expect((await site(anna).request(address(boris))).status).toBe(404)
    expect((await site(anna).request(address('passwd'))).status).toBe(404)
    expect((await site(null).request(address(id))).status).toBe(303)
  })

  test('files: a file whose bytes were tampered with breaks off', async () => {
    const id = await hand(open.folder(), anna, 'a.pdf', flow(pdf))
    const { rows } = await db.ownerPool.query<{ location: string }>('select location from files.file where id = $1', [
      id,
    ])
    const location = rows[0]?.location ?? ''
    const path = join(data, 'files', location.slice(-2), location)
    const bytes = await readFile(path)
    bytes[bytes.length - 30] = (bytes[bytes.length - 30] ?? 0) ^ 1
    await writeFile(path, bytes)
    const response = await site(anna).request(address(id))
    await expect(response.arrayBuffer()).rejects.toThrow()
  })
})

test('files: no key and no name of a file stands in the open for the role of the program', async () => {
  await hand(open.folder(), anna, 'a.pdf', flow(pdf))
  expect((await db.pool.query('select * from files.file')).rows).toEqual([])
  await expect(db.pool.query(`update files.file set created_by = null`)).rejects.toMatchObject({ code: '42501' })
  expect(await db.transact({ actor: boris }, (tx) => tx.all(sql`select * from files.file`))).toEqual([])
})
