import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { type ClientRequest, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { serve } from '@hono/node-server'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { testDatabase } from '../../../test/database.ts'
import { testFiles } from '../../../test/files.ts'
import { testSecret } from '../../../test/secret.ts'
import { type Reply, send } from '../../../test/wire.ts'
import type { Actor } from '../access/actor.ts'
import { command, nothingStored } from '../access/command.ts'
import { invalid, ok } from '../access/outcome.ts'
import { everyone, permission } from '../access/permission.ts'
import { filesFolder } from '../files/storage.ts'
import { createLog } from '../log/log.ts'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { page, redirect } from './answer.ts'
import { webServer } from './app.ts'
import { Door } from './door.ts'
import { UploadInput } from './uploads.ts'

const db = await testDatabase()
const files = testFiles(db)
const anna: Actor = {
  account: '0199aaaa-0000-7000-8000-000000000001',
  person: '0199aaaa-0000-7000-8000-000000000002',
  name: 'Anna Example',
  email: 'anna@example.org',
  locale: 'en',
  memberships: [],
  secondFactor: false,
  scopes: undefined,
}
const limit = 200_000
const most = 3
const whole = limit * most + 1_000_000

let kept: string[] = []
let typed: Record<string, unknown> = {}
let performed = 0
const input = z.object({ name: z.string(), notes: z.string().optional(), documents: z.array(UploadInput) })
const hand = command({
  audit: 'test.document.hand',
  input,
  subject: nothingStored,
  permission: everyone,
  async run({ tx, actor }, { name, documents, ...more }) {
    performed++
    typed = { name, ...more }
    const ids: string[] = []
    for (const document of documents) ids.push(await files.keep(tx, document, actor?.account ?? null))
    if (name === 'fail') return invalid({ path: 'name', message: 'Not this name.' })
    kept = ids
    return ok({ ids })
  },
})
const door = new Door()
const form = {
  input: (fields: Record<string, unknown>, _: unknown, uploads: readonly { field: string }[]) => ({
    ...fields,
    documents: uploads.filter((upload) => upload.field === 'documents[]'),
  }),
  done: () => redirect('/done'),
}
door.form('/hand', {
  command: hand,
  uploads: { limit, most },
  ...form,
  again: async (fields, outcome) => {
    const state = { typed: fields, outcome }
    return page(
      'Hand in',
      <Form action="/hand" state={state} idempotencyKey="12345678" files>
        <Field state={state} name="name" label="Name" />
        <Field state={state} name="documents[]" kind="file" label="Documents" />
      </Form>,
    )
  },
})
const signedInOnly = permission('Who has signed in may', (actor) => actor !== null)
let strangers = 0
door.form('/inside', {
  command: command({ ...hand, permission: signedInOnly }),
  uploads: { limit, most },
  input(fields, visit, uploads) {
    if (!visit.actor) strangers += uploads.length
    return form.input(fields, visit, uploads)
  },
  done: form.done,
  again: async () => redirect('/again'),
})
door.form('/link/{key}', {
  command: hand,
  params: z.object({ key: z.string() }),
  uploads: { limit, most },
  admits: ({ params }) => params.key === 'right',
  input: (fields, visit, uploads) => ({ ...form.input(fields, visit, uploads), name: `files: ${uploads.length}` }),
  done: form.done,
  again: async () => redirect('/again'),
})
door.form('/words', {
  command: command({
    audit: 'test.words.send',
    input: z.object({ name: z.string() }),
    subject: nothingStored,
    permission: everyone,
    run: async (_, { name }) => {
      typed = { name }
      return ok({})
    },
  }),
  // @ts-expect-error a form that takes no files is given none
  input: (fields, _, uploads: readonly object[]) => ({ name: `${String(fields.name)}, ${uploads.length} files` }),
  done: form.done,
  again: async () => redirect('/again'),
})

door.form('/large', {
  command: hand,
  uploads: { limit: 100_000_000, most: 1 },
  ...form,
  again: async (_, outcome) => redirect(`/again?${outcome.is}`),
})

let answer: (request: Request, own: object) => Response | Promise<Response> = () => new Response()
const server = serve({ fetch: (asked, own) => answer(asked, own), port: 0, hostname: '127.0.0.1' })
if (!server.listening) await once(server, 'listening')
const port = (server.address() as AddressInfo).port
const url = `http://localhost:${port}`
let failures = 0
const app = webServer({
  config: { ...db.config, url },
  database: db,
  files,
  door,
  authentication: {
    actorOf: async (asked) => ({ actor: asked.headers.get('cookie')?.includes('session=anna') ? anna : null }),
  },
  menus: [],
  regions: () => [],
  log: Object.assign(createLog('silent'), {
    error: () => {
      failures++
    },
  }),
  secret: testSecret,
  secure: false,
  now: () => db.clock.now,
})
answer = (asked, own) => app.fetch(asked, own)
afterAll(async () => {
  const closed = once(server, 'close')
  server.close()
  if ('closeAllConnections' in server) server.closeAllConnections()
  await closed
})

/** Encrypted bytes that lie anywhere, rows of those that belong to nothing, and files. */
async function lying() {
  const folder = filesFolder(db.config)
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const { rows } = await db.ownerPool.query<{ loose: number; stored: number }>(
    'select (select count(*) from files.loose)::int loose, (select count(*) from files.file)::int stored',
  )
  return { bytes: entries.filter((entry) => entry.isFile()).length, ...rows[0] }
}
let before: Awaited<ReturnType<typeof lying>>
beforeEach(async () => {
  before = await lying()
  kept = []
  typed = {}
  performed = 0
  failures = 0
})

const boundary = '----linden'
const type = `multipart/form-data; boundary=${boundary}`
type Part = { name: string; value: string | Uint8Array; file?: string }
function partOf({ name, value, file }: Part): Buffer {
  const named = file === undefined ? '' : `; filename="${file}"\r\nContent-Type: application/octet-stream`
  return Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${named}\r\n\r\n`),
    Buffer.from(value),
    Buffer.from('\r\n'),
  ])
}
const body = (...parts: Part[]) => Buffer.concat([...parts.map(partOf), Buffer.from(`--${boundary}--\r\n`)])
const field = (name: string, value: string | Uint8Array): Part => ({ name, value })
const file = (name: string, value: string | Uint8Array, under = 'documents[]'): Part => ({
  name: under,
  value,
  file: name,
})
const pdf = (size = 1000) => Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(size, 'Довідка ')])
const post = (path: string, content: Uint8Array, headers: Record<string, string> = {}): Promise<Reply> =>
  send(url, path, {
    method: 'POST',
    body: content,
    headers: { 'content-type': type, 'sec-fetch-site': 'same-origin', ...headers },
  })

/** A client that has sent its head and decides itself what follows. */
function slowly(path: string): { sent: ClientRequest; reply: Promise<Reply> } {
  const sent = request({
    host: '127.0.0.1',
    port,
    path,
    method: 'POST',
    headers: {
      host: `localhost:${port}`,
      'content-type': type,
      'sec-fetch-site': 'same-origin',
      'accept-language': 'en',
    },
  })
  const reply = once(sent, 'response').then(async ([response]) => {
    const chunks: Buffer[] = []
    for await (const chunk of response) chunks.push(chunk)
    return { status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString() }
  })
  reply.catch(() => {})
  sent.on('error', () => {})
  return { sent, reply }
}

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')
/** Bytes held in memory and in buffers, and not only waiting for the garbage collector. */
async function held(): Promise<number> {
  collectGarbage()
  await turn()
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** Waits for what another program's part does in its own time. */
async function until(what: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000
  while (!(await what())) {
    if (Date.now() > end) throw new Error('it did not come about')
    await turn()
  }
}

describe('a form with files', () => {
  test('INT-4: what was typed and the files beside it reach the command, and the files are kept in its transaction', async () => {
    const reply = await post('/hand', body(field('name', 'Анна'), file('довідка.pdf', pdf()), file('b.txt', 'Привіт')))
    expect([reply.status, reply.headers.location]).toEqual([303, '/done'])
    expect(typed).toEqual({ name: 'Анна' })
    const { rows } = await db.ownerPool.query(
      'select name, type, created_by from files.file where id = any($1) order by type',
      [kept],
    )
    expect(rows).toEqual([
      { name: 'довідка.pdf', type: 'application/pdf', created_by: null },
      { name: 'b.txt', type: 'text/plain', created_by: null },
    ])
    expect(await lying()).toEqual({ ...before, bytes: before.bytes + 2, stored: (before.stored ?? 0) + 2 })
  })

  test('INT-4: a field in which no file was chosen brings none', async () => {
    expect((await post('/hand', body(field('name', 'a'), file('', ''), file('', '')))).status).toBe(303)
    expect(kept).toEqual([])
  })

  test('INT-4: however the bytes are cut on their way, the same arrives', async () => {
    const content = body(field('name', 'Зоя'), file('a.pdf', pdf(5000)), field('notes', 'два\r\nрядки'))
    for (const length of [1, 7, 61, 4096]) {
      const { sent, reply } = slowly('/hand')
      for (let at = 0; at < content.length; at += length)
        if (!sent.write(content.subarray(at, at + length))) await once(sent, 'drain')
      sent.end()
      expect((await reply).status).toBe(303)
      expect(typed).toEqual({ name: 'Зоя', notes: 'два\nрядки' })
      expect(kept).toHaveLength(1)
    }
  })

  test('INT-4: one file of two that is wrong is named in words, the rest that was typed stays, and nothing is kept', async () => {
    const reply = await post(
      '/hand',
      body(field('name', 'Анна'), file('a.pdf', pdf()), file('run.pdf', 'MZ\u0000\u0001\u0002\u0003 a program')),
    )
    expect(reply.status).toBe(422)
    expect(reply.text).toContain('“run.pdf” is of a kind that we cannot take')
    expect(reply.text).toContain('value="Анна"')
    expect(reply.text).toContain('href="#f-documents"')
    expect([performed, await lying()]).toEqual([0, before])
  })

  test.each([
    ['empty', 'a.pdf', Buffer.alloc(0), 'is empty'],
    ['locked', 'a.pdf', Buffer.from('%PDF-1.7\ntrailer\n<</Encrypt 8 0 R>>\n%%EOF'), 'has a password'],
    [
      'two kinds at once',
      'a.jpg',
      Buffer.from('\xff\xd8\xff\xe0..........\n%PDF-1.4', 'latin1'),
      'holds more than one kind',
    ],
    ['too large', 'a.pdf', pdf(limit + 1), 'is larger than 0\u00a0MB'],
  ])('INT-4: a file that is %s is refused in words, and leaves nothing', async (_, name, content, words) => {
    const reply = await post('/hand', body(field('name', 'Анна'), file(name, content), field('notes', 'after it')))
    expect(reply.status).toBe(422)
    expect(reply.text).toContain(`“${name}” ${words}`)
    expect(reply.text).toContain('value="Анна"')
    expect(await lying()).toEqual(before)
  })

  test('INT-4: more files than may come at once are refused by name', async () => {
    const four = ['a', 'b', 'c', 'd'].map((name) => file(`${name}.pdf`, pdf()))
    const reply = await post('/hand', body(field('name', 'a'), ...four, file('', '')))
    expect(reply.status).toBe(422)
    expect(reply.text).toContain('“d.pdf” is too much: up to 3 files')
    expect(reply.text).not.toContain('“c.pdf”')
    expect(await lying()).toEqual(before)
  })

  test('INT-4: what a command refuses is removed at once', async () => {
    const reply = await post('/hand', body(field('name', 'fail'), file('a.pdf', pdf())))
    expect([reply.status, performed]).toEqual([422, 1])
    expect(await lying()).toEqual(before)
  })

  test('INT-4: the same form sent twice keeps its files once', async () => {
    const content = body(field('_key', crypto.randomUUID()), field('name', 'a'), file('a.pdf', pdf()))
    const both = [await post('/hand', content), await post('/hand', content)]
    expect(both.map((reply) => reply.status)).toEqual([303, 303])
    expect(performed).toBe(1)
    expect(await lying()).toEqual({ ...before, bytes: before.bytes + 1, stored: (before.stored ?? 0) + 1 })
  })

  test.each([
    ['../../etc/passwd', 'passwd.txt'],
    ['C:\\\\Users\\\\anna\\\\brev.bat', 'brev.bat.txt'],
    ['gpj.\u202Etxt', 'gpj.txt'],
    ['', 'file.txt'],
  ])('INT-4: a file called %j is kept as %j', async (given, name) => {
    expect((await post('/hand', body(field('name', 'a'), file(given, 'words')))).status).toBe(303)
    const { rows } = await db.ownerPool.query('select name from files.file where id = any($1)', [kept])
    expect(rows).toEqual([{ name }])
    expect(await readdir(join(filesFolder(db.config), 'incoming'))).toEqual([])
  })
})

describe('a form with files that is hostile or broken', () => {
  test.each([
    ['without a boundary', { 'content-type': 'multipart/form-data' }, body(field('name', 'a'))],
    ['with another boundary', { 'content-type': 'multipart/form-data; boundary=other' }, body(field('name', 'a'))],
    ['of nothing', {}, Buffer.alloc(0)],
    ['of noise', {}, Buffer.from('no form at all \u0000 \r\n\r\n --')],
    ['cut off in a field', {}, body(field('name', 'a'.repeat(500))).subarray(0, 300)],
    ['cut off in a file', {}, body(file('a.pdf', pdf()), file('b.pdf', pdf())).subarray(0, 2000)],
    [
      'cut off in a head',
      {},
      Buffer.concat([partOf(file('a.pdf', pdf())), Buffer.from(`--${boundary}\r\nContent-Disp`)]),
    ],
    ['with 10 000 fields', {}, body(...Array.from({ length: 10_000 }, (_, at) => field(`f${at}`, 'x')))],
    ['whose text is no UTF-8', {}, body(field('name', Buffer.from([0xc3, 0x28])))],
    ['whose text holds NUL', {}, body(field('name', 'a\u0000b'), file('a.pdf', pdf()))],
  ])('%s is refused with 400 and words, and leaves nothing', async (_, headers, content) => {
    const reply = await post('/hand', content, headers)
    expect(reply.status).toBe(400)
    expect(reply.text).toMatch(/send it (again|anew)|Type it again/i)
    expect([failures, await lying()]).toEqual([0, before])
  })

  test('what is announced to be more than all files together is refused before it is read', async () => {
    const { sent, reply } = slowly('/hand')
    sent.setHeader('content-length', String(whole + 1))
    sent.flushHeaders()
    expect((await reply).status).toBe(413)
    sent.destroy()
  })

  test('what never ends is refused where all files together would end, and leaves nothing', async () => {
    const { sent, reply } = slowly('/hand')
    let done = false
    void reply.finally(() => {
      done = true
    })
    sent.write(partOf(field('name', 'a')))
    sent.write(
      `--${boundary}\r\nContent-Disposition: form-data; name="documents[]"; filename="a.pdf"\r\n\r\n%PDF-1.7\n`,
    )
    let written = 0
    while (!done && written < 100_000_000) {
      written += 65_536
      if (!sent.write(Buffer.alloc(65_536, 'x'))) await Promise.race([once(sent, 'drain'), reply, once(sent, 'close')])
    }
    const { status, text } = await reply
    sent.destroy()
    expect(status).toBe(413)
    expect(text).toContain('more than 2 MB')
    expect(written).toBeLessThan(20_000_000)
    expect([failures, await lying()]).toEqual([0, before])
  })

  test('memory stays flat while a hundred megabytes come, are refused, and the rest is let pass', async () => {
    const { sent, reply } = slowly('/large')
    const chunk = Buffer.alloc(1_000_000, 'x')
    const start = await held()
    let above = 0
    sent.write(partOf(field('name', 'a')))
    sent.write(
      `--${boundary}\r\nContent-Disposition: form-data; name="documents[]"; filename="a.pdf"\r\n\r\n%PDF-1.7\n`,
    )
    for (let at = 0; at < 100; at++) {
      if (!sent.write(chunk)) await once(sent, 'drain')
      if (at % 20 === 19) above = Math.max(above, (await held()) - start)
    }
    sent.end(`\r\n--${boundary}--\r\n`)
    expect((await reply).headers.location).toBe('/again?invalid')
    expect(above).toBeLessThan(15_000_000)
    expect([failures, await lying()]).toEqual([0, before])
  })

  test('more text than fits into a form is refused', async () => {
    expect((await post('/hand', body(field('name', 'a'.repeat(1_000_001))))).status).toBe(413)
  })

  test('a sender who goes away within a file leaves nothing', async () => {
    const { sent } = slowly('/hand')
    sent.write(Buffer.concat([partOf(field('name', 'a')), partOf(file('a.pdf', pdf()))]))
    sent.write(partOf(file('b.pdf', pdf(80_000))).subarray(0, 40_000))
    const incoming = join(filesFolder(db.config), 'incoming')
    await until(async () => (await lying()).loose === (before.loose ?? 0) + 1 && (await readdir(incoming)).length === 1)
    sent.destroy()
    await until(async () => JSON.stringify(await lying()) === JSON.stringify(before))
    expect([performed, failures]).toEqual([0, 0])
  })

  test('one sender alone cannot fill the disk with forms that never end', async () => {
    const open = Array.from({ length: 6 }, () => slowly('/hand'))
    for (const { sent } of open) sent.write(partOf(field('name', 'a')))
    const refused = async () => (await post('/hand', body(field('name', 'a'), file('a.pdf', pdf())))).status === 429
    await until(refused)
    expect((await post('/hand', body(field('name', 'a')), { cookie: 'session=anna' })).status).toBe(303)
    for (const { sent } of open) sent.destroy()
    await until(async () => !(await refused()))
  })
})

describe('who may send files', () => {
  test('a stranger before a form for those who have signed in stores nothing, and is led to sign in', async () => {
    const content = body(field('name', 'a'), file('a.pdf', pdf()))
    expect((await post('/inside', content)).headers.location).toMatch(/^\/sign-in/)
    expect([strangers, performed, await lying()]).toEqual([0, 0, before])
    expect((await post('/inside', content, { cookie: 'session=anna' })).headers.location).toBe('/done')
    const { rows } = await db.ownerPool.query('select created_by from files.file where id = any($1)', [kept])
    expect(rows).toEqual([{ created_by: anna.account }])
  })

  test('a form behind a link receives files only of whom its link admits', async () => {
    const content = body(field('name', 'a'), file('a.pdf', pdf()))
    await post('/link/wrong', content)
    expect(typed).toEqual({ name: 'files: 0' })
    expect(await lying()).toEqual(before)
    await post('/link/right', content)
    expect(typed).toEqual({ name: 'files: 1' })
  })

  test('a form that takes no files reads what was typed beside them, and receives none', async () => {
    expect((await post('/words', body(field('name', 'a'), file('a.pdf', pdf())))).status).toBe(303)
    expect(typed).toEqual({ name: 'a, 0 files' })
    expect(await lying()).toEqual(before)
  })

  test('JSON that looks like a received file is none', () => {
    const forged = {
      field: 'documents[]',
      name: 'a.pdf',
      reception: { is: 'ok', received: { location: 'of another' } },
    }
    expect(input.safeParse({ name: 'a', documents: [forged] }).success).toBe(false)
  })
})
