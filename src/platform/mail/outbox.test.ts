import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { testFiles } from '../../../test/files.ts'
import type { Config } from '../config/config.ts'
import { webServer } from '../http/app.ts'
import { Door } from '../http/door.ts'
import { createLog } from '../log/log.ts'
import { outboxRoutes } from './outbox.tsx'
import { postOf } from './post.ts'

const db = await testDatabase()
let data = ''
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'linden-outbox-'))
})
afterAll(() => rm(data, { recursive: true }))

const site = (demo: Config['demo'], host: string) => {
  const config: Config = { ...db.config, data, demo, host }
  const door = new Door()
  outboxRoutes(door, config)
  const authentication = { actorOf: async () => ({ actor: null }) }
  return webServer({
    config,
    database: db,
    files: testFiles(db),
    door,
    authentication,
    menus: [],
    regions: () => [],
    log: createLog('silent'),
    secret: 'x'.repeat(40),
    secure: false,
    now: () => db.clock.now,
  })
}
const get = async (demo: Config['demo'], path: string, language = 'uk', host = '127.0.0.1') => {
  const response = await site(demo, host).request(`http://localhost:3000${path}`, {
    headers: { 'accept-language': language },
  })
  return { status: response.status, text: await response.text() }
}
const id = '0199aaaa-0000-7000-8000-00000000000a'

test('mail: an outbox without letters says how to get one', async () => {
  const { status, text } = await get('small', '/outbox')
  expect(status).toBe(200)
  expect(text).toContain('Листів ще немає')
})

test('mail: in the demo every letter can be read, in its language, and its links followed', async () => {
  const post = postOf({ data, url: 'https://linden.example', smtpUrl: undefined })
  await post.deliver({
    id,
    messageId: '<1@linden.example>',
    to: 'anna@example.org',
    locale: 'de',
    date: new Date('2026-11-23T09:00:00Z'),
    subject: 'Schlüssel <b>',
    text: 'Guten Tag,\n\nöffnen Sie https://linden.example/register/abc?x=1&y=2.\n\n<script>',
    html: '<p></p>',
  })
  const list = await get('small', '/outbox')
  expect(list.text).toContain(`<a class="ln-link" href="/outbox/${id}" lang="de">Schlüssel &lt;b&gt;</a>`)
  expect(list.text).toMatch(/23\sлистопада\s2026/)
  const letter = await get('small', `/outbox/${id}`)
  expect(letter.text).toContain('<div class="ln-stack" lang="de"><p>Guten Tag,</p>')
  expect(letter.text).toContain('<a class="ln-link" href="https://linden.example/register/abc?x=1&amp;y=2">')
  expect(letter.text).toContain('<p>&lt;script&gt;</p>')
  expect(letter.text).toContain('anna@example.org')
})

test('mail: an address that is no letter is not found, and leads nowhere else', async () => {
  await mkdir(join(data, 'outbox'), { recursive: true })
  await writeFile(join(data, 'secret.eml'), 'Subject: secret\n\nsecret')
  expect((await get('small', '/outbox/0199aaaa-0000-7000-8000-00000000000b')).status).toBe(404)
  expect((await get('small', '/outbox/..%2Fsecret')).status).toBe(400)
})

test('mail: where no demo runs there is no outbox', async () => {
  expect((await get('off', '/outbox')).status).toBe(404)
  expect((await get('off', `/outbox/${id}`)).status).toBe(404)
})

test('mail: a demo that others can reach shows no letters: they hold links that open accounts', async () => {
  expect((await get('small', '/outbox', 'uk', '0.0.0.0')).status).toBe(404)
  expect((await get('small', `/outbox/${id}`, 'uk', '0.0.0.0')).status).toBe(404)
})
