import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Accepted,
  acceptedRequest,
  offeredContract,
  signBoth,
} from '../../src/capabilities/intake/contract.fixture.ts'
import { contractRoutes } from '../../src/capabilities/intake/routes/contract.tsx'
import type { Actor } from '../../src/platform/access/actor.ts'
import { webServer } from '../../src/platform/http/app.ts'
import { Door } from '../../src/platform/http/door.ts'
import { createLog } from '../../src/platform/log/log.ts'
import { loadRegions } from '../../src/platform/packs/regions.ts'
import { examine } from '../axe.ts'
import { expectNoMisdeeds, person, press, stickingOut, testBrowser } from '../browser.ts'
import { testDatabase } from '../database.ts'
import { testFiles } from '../files.ts'
import { loadIntakePacks } from '../intake-house.ts'
import { pdfText } from '../pdf-text.ts'
import { testSecret } from '../secret.ts'

const db = await testDatabase({ now: new Date('2026-11-29T10:00:00Z') })
const browser = await testBrowser()
let signedIn: Actor | null = null
let url = ''

beforeAll(async () => {
  await loadIntakePacks(db)
  const regions = await loadRegions(db)
  const door = new Door()
  const files = testFiles(db)
  contractRoutes(door, { files })
  let answer: (request: Request, own: object) => Response | Promise<Response> = () => new Response()
  const server = serve({ fetch: (asked, own) => answer(asked, own), port: 0, hostname: '127.0.0.1' })
  if (!server.listening) await once(server, 'listening')
  url = `http://localhost:${(server.address() as AddressInfo).port}`
  const app = webServer({
    config: { ...db.config, url },
    database: db,
    files,
    door,
    authentication: { actorOf: async () => ({ actor: signedIn }) },
    menus: [],
    regions: () => regions,
    log: createLog('silent'),
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
})

const kharkiv = { pack: 'ua-kharkiv', service: 'sotsialnyi-suprovid', locale: 'uk' } as const
const denmark = { pack: 'dk-midtjylland', service: 'viborg-bostoette-hjemme', locale: 'da' } as const
const scanned = {
  name: 'підписано.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n'),
}

async function looksRight(page: Page, name: string): Promise<void> {
  expect(await stickingOut(page), name).toEqual([])
  const { violations, unanswered } = await examine(page)
  // what surrounds the page is examined with every page
  const own = unanswered.filter(({ element }) => !element.startsWith('.ln-region'))
  expect([...violations, ...own], name).toEqual([])
}

const submit = (page: Page) => press(page.locator('main form button[type=submit]'))

describe('INT-7: the contract on its pages', () => {
  test('INT-7: written, offered and signed on paper without script; each side gets the PDF', async () => {
    const request: Accepted = await acceptedRequest(db, kharkiv)
    signedIn = request.worker
    const desk = await person(browser, url, {
      javaScriptEnabled: false,
      locale: 'uk',
      viewport: { width: 1280, height: 900 },
    })
    const base = `/requests/${request.id}/contract`
    await desk.page.goto(base)
    await press(desk.page.locator(`a[href="${base}/draft"]`))
    await desk.page.locator('input[name=begins]').fill('2026-12-01')
    await desk.page.locator('input[name=ends]').fill('2028-01-01')
    await desk.page.locator('textarea[name=besides]').fill('Зустрічаємося щовівторка о десятій.')
    await submit(desk.page)
    expect(await desk.page.locator('#f-ends-error').textContent()).toContain('1\u00a0червня')
    await desk.page.locator('input[name=ends]').fill('2027-03-01')
    await submit(desk.page)
    expect(await desk.page.locator('main').textContent()).toContain('Зустрічаємося щовівторка о десятій.')
    await submit(desk.page)
    await press(desk.page.locator(`a[href*="/sign"][href*="side=provider"]`))
    expect(await desk.page.locator('a[href*="form=drawn"]').count()).toBe(0)
    await submit(desk.page)
    expect(await desk.page.locator('#f-paper-error').textContent()).toContain('скан або фото')
    await desk.page.locator('input[type=file]').setInputFiles(scanned)
    await submit(desk.page)

    signedIn = null
    const own = await person(browser, url, {
      javaScriptEnabled: false,
      locale: 'uk',
      viewport: { width: 320, height: 640 },
    })
    await own.page.goto(`/r/${request.token}/contract`)
    expect(await own.page.locator('main form').count()).toBe(0)
    await press(own.page.locator('main a[href*="/sign?"]'))
    await own.page.locator('input[type=file]').setInputFiles(scanned)
    await submit(own.page)
    expect(await own.page.locator('[role=status]').first().textContent()).toContain('Договір діє')
    const pdf = await own.context.request.get(`${url}/r/${request.token}/contract.pdf`)
    const text = pdfText(new Uint8Array(await pdf.body()))
    for (const name of ['Гриценко Наталя Іванівна', 'Олена Коваль']) expect(text).toContain(name)
    const paper = await own.context.request.get(
      url + (await own.page.locator('a[href*="/paper"]').first().getAttribute('href')),
    )
    expect(await paper.body()).toEqual(scanned.buffer)
    expect((await own.context.request.get(`${url}/r/${'A'.repeat(43)}/contract.pdf`)).status()).toBe(404)
    expect((await own.context.request.get(`${url}${base}`, { maxRedirects: 0 })).status()).not.toBe(200)
  })

  test('INT-7: a line drawn on a telephone in Denmark stands in page and PDF', async () => {
    const request = await acceptedRequest(db, denmark)
    await offeredContract(db, request)
    signedIn = null
    const { page, context, misdeeds } = await person(browser, url, {
      locale: 'da',
      viewport: { width: 320, height: 640 },
    })
    await page.goto(`/r/${request.token}/contract/sign`)
    await submit(page)
    expect(await page.locator('.ds-error-summary').textContent()).toContain('underskrift')
    const canvas = page.locator('canvas')
    await canvas.scrollIntoViewIfNeeded()
    const box = await canvas.boundingBox()
    if (!box) throw new Error('nothing to draw on')
    await page.mouse.move(box.x + 20, box.y + 40)
    await page.mouse.down()
    for (const [x, y] of [
      [80, 20],
      [120, 60],
      [200, 30],
    ] as const)
      await page.mouse.move(box.x + x, box.y + y)
    await page.mouse.up()
    await looksRight(page, 'sign-drawn-da-320')
    await submit(page)
    expect(await page.locator('svg polyline').count()).toBe(1)
    await looksRight(page, 'signed-one-da-320')
    const pdf = await context.request.get(`${url}/r/${request.token}/contract.pdf`)
    expect(pdf.headers()['content-type']).toBe('application/pdf')
    expectNoMisdeeds(misdeeds)
  })

  test.each([
    ['uk', 320],
    ['uk', 1280],
    ['de', 320],
    ['de', 1280],
  ] as const)('INT-7: its pages in %s at %i pixels hold what they show', async (locale, width) => {
    const request = await acceptedRequest(db, { ...kharkiv, locale })
    signedIn = request.worker
    const { page, misdeeds } = await person(browser, url, { locale, viewport: { width, height: 900 } })
    const base = `/requests/${request.id}/contract`
    const look = async (address: string, name: string) => {
      expect((await page.goto(address))?.status(), name).toBe(200)
      await looksRight(page, `${name}-${locale}-${width}`)
    }
    await look(base, 'none')
    await look(`${base}/draft`, 'draft')
    const contract = await offeredContract(db, request, { begins: '2026-11-29', ends: '2027-03-01' })
    await look(base, 'offered')
    await look(`${base}/sign?contract=${contract}&side=person`, 'sign-desk')
    await look(`${base}/end?contract=${contract}`, 'take-back')
    await signBoth(db, request, contract)
    await look(base, 'signed')
    await look(`${base}/extend?contract=${contract}`, 'extend')
    await look(`${base}/end?contract=${contract}`, 'end')
    signedIn = null
    await look(`/r/${request.token}/contract`, 'person-signed')
    await look(`/r/${request.token}/contract/end?contract=${contract}`, 'person-end')
    expectNoMisdeeds(misdeeds)
  })
})
