import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import type { Page } from 'playwright-core'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { command, nothingStored } from '../../src/platform/access/command.ts'
import { ok } from '../../src/platform/access/outcome.ts'
import { everyone } from '../../src/platform/access/permission.ts'
import { page, redirect } from '../../src/platform/http/answer.ts'
import { webServer } from '../../src/platform/http/app.ts'
import { Door } from '../../src/platform/http/door.ts'
import { UploadInput } from '../../src/platform/http/uploads.ts'
import { createLog } from '../../src/platform/log/log.ts'
import { Field } from '../../src/platform/ui/field.tsx'
import { Form, type FormState } from '../../src/platform/ui/form.tsx'
import { PageHead } from '../../src/platform/ui/page-head.tsx'
import { Upload } from '../../src/platform/ui/upload.tsx'
import { examine } from '../axe.ts'
import { expectNoMisdeeds, person, stickingOut, testBrowser } from '../browser.ts'
import { testDatabase } from '../database.ts'
import { testFiles } from '../files.ts'
import { testSecret } from '../secret.ts'

const db = await testDatabase()
const files = testFiles(db)
const limit = 10_000_000
const most = 3
let handed: { name: string; type: string }[] = []
beforeEach(() => {
  handed = []
})

const show = (state: FormState) =>
  page(
    'Documents',
    <>
      <PageHead title="Documents" />
      <Form action="/documents" state={state} idempotencyKey={crypto.randomUUID()} files>
        <Field state={state} name="name" label="Name" />
        <Upload state={state} name="documents[]" label="Documents" limit={limit} most={most} />
      </Form>
    </>,
  )
const none = { none: 'a page of the test' } as const
const door = new Door()
door.page('/documents', { permission: everyone, audit: none }, async () => show({}))
door.page('/thanks', { permission: everyone, audit: none }, async () => page('Thanks', <PageHead title="Thanks" />))
door.form('/documents', {
  command: command({
    audit: 'test.document.hand',
    input: z.object({ name: z.string(), documents: z.array(UploadInput) }),
    subject: nothingStored,
    permission: everyone,
    async run({ tx, actor }, { documents }) {
      for (const document of documents) await files.keep(tx, document, actor?.account ?? null)
      handed = documents.map(({ name, type }) => ({ name, type }))
      return ok({})
    },
  }),
  uploads: { limit, most },
  input: (fields, _, uploads) => ({ ...fields, documents: uploads }),
  done: () => redirect('/thanks', { kind: 'done', text: 'We have your documents' }),
  again: async (typed, outcome) => show({ typed, outcome }),
})

let answer: (request: Request, own: object) => Response | Promise<Response> = () => new Response()
const server = serve({ fetch: (asked, own) => answer(asked, own), port: 0, hostname: '127.0.0.1' })
if (!server.listening) await once(server, 'listening')
const url = `http://localhost:${(server.address() as AddressInfo).port}`
const app = webServer({
  config: { ...db.config, url },
  database: db,
  files,
  door,
  authentication: { actorOf: async () => ({ actor: null }) },
  menus: [],
  regions: () => [],
  log: createLog('silent'),
  secret: testSecret,
  secure: false,
  now: () => db.clock.now,
})
answer = (asked, own) => app.fetch(asked, own)
const browser = await testBrowser()
afterAll(async () => {
  const closed = once(server, 'close')
  server.close()
  if ('closeAllConnections' in server) server.closeAllConnections()
  await closed
})

const pdf = (size = 1000, name = 'довідка.pdf') => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(size, 'Довідка ')]),
})
const program = {
  name: 'run.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('MZ\u0000\u0001\u0002\u0003 a program'),
}
const input = 'input[type=file]'
const submit = 'main form button[type=submit]'

async function fill(page: Page, ...chosen: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  await page.goto('/documents')
  await page.locator('input[name=name]').fill('Анна')
  await page.locator(input).setInputFiles(chosen)
}

/** A line as slow as that of an old telephone; only Chromium's own protocol can make one. */
async function slowLine(page: Page, bytesPerSecond: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 20,
    downloadThroughput: -1,
    uploadThroughput: bytesPerSecond,
  })
}

describe.each([
  ['with script', true],
  ['without script', false],
])('INT-4: documents are sent %s', (_, javaScriptEnabled) => {
  const open = () => person(browser, url, { locale: 'uk', javaScriptEnabled })

  test('they arrive, and the next page says so', async () => {
    const { page, misdeeds, context } = await open()
    await fill(page, pdf(), pdf(2000, 'фото.pdf'))
    await page.locator(submit).click()
    await page.waitForURL('**/thanks')
    expect(await page.locator('body').innerText()).toContain('We have your documents')
    expect(handed.map(({ name }) => name)).toEqual(['довідка.pdf', 'фото.pdf'])
    expectNoMisdeeds(misdeeds)
    await context.close()
  })

  test('one that is wrong is named beside its field, and what was typed stays; the second try works', async () => {
    const { page, misdeeds, context } = await open()
    await fill(page, pdf(), program)
    await page.locator(submit).click()
    const summary = page.locator('.ds-error-summary')
    await summary.waitFor()
    expect(await summary.innerText()).toContain('Файл «run.pdf» такого виду ми не приймаємо')
    expect(await page.locator('input[name=name]').inputValue()).toBe('Анна')
    expect(await page.locator('[data-field=description]').innerText()).toContain('Виберіть файли ще раз')
    if (javaScriptEnabled) expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.locator(input).setInputFiles(pdf())
    await page.locator(submit).click()
    await page.waitForURL('**/thanks')
    expect(handed).toHaveLength(1)
    expectNoMisdeeds(misdeeds)
    await context.close()
  })
})

describe('INT-4: while documents are on their way', () => {
  test('the page shows how far they are, says it aloud, and stops when one wants it to', async () => {
    const { page, misdeeds, context } = await person(browser, url, { locale: 'en-GB' })
    await fill(page, pdf(2_000_000))
    await slowLine(page, 400_000)
    expect(await page.locator('progress').isVisible()).toBe(false)
    await page.locator(submit).click()
    const bar = page.locator('progress')
    await bar.waitFor()
    await page.waitForFunction(() => (document.querySelector('progress')?.value ?? 0) >= 25)
    expect(await page.locator('[role=status]').last().innerText()).toMatch(/^Sending: (25|50|75) %$/)
    expect(await examine(page)).toMatchObject({ violations: [], unanswered: [] })
    await page.getByRole('button', { name: 'Stop sending' }).click()
    await bar.waitFor({ state: 'hidden' })
    expect(await page.locator('[role=status]').last().innerText()).toContain('You stopped it. Nothing was saved')
    expect(await page.locator('input[name=name]').inputValue()).toBe('Анна')
    expect(handed).toEqual([])
    await slowLine(page, -1)
    await page.locator(submit).click()
    await page.waitForURL('**/thanks')
    expect(handed).toHaveLength(1)
    expectNoMisdeeds(misdeeds)
    await context.close()
  })

  test('a broken line is told, and nothing that was typed is lost', async () => {
    const { page, context } = await person(browser, url, { locale: 'en-GB' })
    await fill(page, pdf())
    await context.setOffline(true)
    await page.locator(submit).click()
    await page.getByText('The connection broke. Nothing was saved').waitFor()
    await context.setOffline(false)
    await page.locator(submit).click()
    await page.waitForURL('**/thanks')
    await context.close()
  })

  test('what is too large or too much is said before a byte of it is sent', async () => {
    const { page, context } = await person(browser, url, { locale: 'en-GB' })
    const sent: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(request.url())
    })
    await fill(page, pdf(limit + 1, 'film.pdf'))
    await page.locator(submit).click()
    await page.getByText('“film.pdf” is larger than 10 MB').waitFor()
    await page.locator(input).setInputFiles(['a', 'b', 'c', 'd'].map((name) => pdf(10, `${name}.pdf`)))
    await page.locator(submit).click()
    await page.getByText('“d.pdf” is too much: up to 3 files').waitFor()
    expect(sent).toEqual([])
    await context.close()
  })
})

test('INT-4: the field fits a small telephone and a screen, in the languages with the longest words', async () => {
  for (const locale of ['uk', 'de', 'da', 'en-GB'])
    for (const width of [320, 1280]) {
      const { page, misdeeds, context } = await person(browser, url, { locale, viewport: { width, height: 900 } })
      await fill(page, program)
      await page.locator(submit).click()
      await page.locator('.ds-error-summary').waitFor()
      expect([locale, width, await stickingOut(page)]).toEqual([locale, width, []])
      expect(await examine(page)).toMatchObject({ violations: [], unanswered: [] })
      if (process.env.LINDEN_SHOTS)
        await page.screenshot({ path: join(process.env.LINDEN_SHOTS, `upload-${locale}-${width}.png`), fullPage: true })
      expectNoMisdeeds(misdeeds)
      await context.close()
    }
})
