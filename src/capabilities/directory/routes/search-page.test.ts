import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { press, testBrowser } from '../../../../test/browser.ts'
import { testDatabase } from '../../../../test/database.ts'
import { type Locale, locales } from '../../../platform/i18n/text.ts'
import { searchHouse } from './search-house.fixture.ts'

const db = await testDatabase()
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const browser = await testBrowser()
let origin = ''
const complaints: string[] = []

beforeAll(async () => {
  const app = await searchHouse(db)
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return async () => {
    await new Promise((resolve) => server.close(resolve))
  }
})

const regionOf: Readonly<Record<Locale, string>> = {
  en: 'ua-kharkiv',
  uk: 'ua-kharkiv',
  da: 'dk-midtjylland',
  de: 'de-stuttgart',
}

async function open(
  path: string,
  locale: Locale,
  width: number,
  scheme: 'light' | 'dark' = 'light',
  script = true,
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    locale,
    colorScheme: scheme,
    javaScriptEnabled: script,
  })
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`${path}: ${message.text()}`)
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('data:'))
      complaints.push(`${path} asks ${request.url()}`)
  })
  await page.goto(origin + path)
  return page
}

describe('DIR-5: the list in a browser', () => {
  for (const locale of locales) {
    for (const width of [320, 1280]) {
      for (const path of ['/services', '/services?view=map', '/services?q=zzzzqqq']) {
        test(`DIR-5: ${path} in ${locale} at ${width} px: axe finds nothing, nothing is wider than the screen`, async () => {
          const address = `${path}${path.includes('?') ? '&' : '?'}region=${regionOf[locale]}`
          const page = await open(address, locale, width, width === 320 ? 'dark' : 'light')
          if (path.includes('map'))
            await page.waitForSelector(
              '.leaflet-container svg path.ln-map-area, .leaflet-container svg path.ln-map-mark',
            )
          await page.evaluate(axe)
          if (process.env.LOOK)
            await page.screenshot({
              path: `${process.env.LOOK}/${locale}-${width}-${path.replace(/\W+/g, '_')}.png`,
              fullPage: process.env.LOOK_WHOLE !== undefined,
            })
          const found = await page.evaluate(
            `axe.run().then((result) => result.violations.map((violation) => violation.id + ': ' + violation.nodes.map((node) => node.html).join(' ').slice(0, 400)))`,
          )
          expect(found).toEqual([])
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
          await page.context().close()
        })
      }
    }
  }

  test('DIR-5: every point of the map leads to services of the list, by mouse and by keyboard', async () => {
    const page = await open('/services?view=map&region=ua-kharkiv', 'uk', 1280)
    await page.waitForSelector('path.ln-map-area')
    const listed = await page.locator('#services h2 a').evaluateAll((links) => links.map((link) => link.textContent))
    const marks = page.locator('path.ln-map-mark')
    const points = await page.evaluate(
      `new Set([...document.querySelectorAll('[data-points]')].flatMap((item) => item.dataset.points.match(/\\S+ \\S+/g))).size`,
    )
    expect(await marks.count()).toBe(points)
    await marks.first().focus()
    await page.keyboard.press('Enter')
    const shown = await page
      .locator('.leaflet-popup a[href*="/services/"]')
      .evaluateAll((links) => links.map((link) => link.textContent))
    expect(shown.length).toBeGreaterThan(0)
    for (const name of shown) expect(listed).toContain(name)
    await page.context().close()
  })

  test('DIR-5: without script the map page says so and lists the same hits', async () => {
    const page = await open('/services?view=map&region=ua-kharkiv', 'uk', 320, 'light', false)
    expect(await page.locator('#services h2').count()).toBe(12)
    expect(await page.getByText('Карті потрібен JavaScript').isVisible()).toBe(true)
    await page.context().close()
  })

  test('DIR-5: the form of choices leads to an address that shows the same again', async () => {
    const page = await open('/services?region=ua-kharkiv', 'uk', 1280, 'light', false)
    await page.locator('#w-situation-no-home').check()
    await press(page.locator('search .ln-only-wide button[type=submit]'))
    expect(page.url()).toContain('situation=no-home')
    expect(await page.locator('#w-situation-no-home').isChecked()).toBe(true)
    expect(await page.getByRole('link', { name: 'Надання притулку' }).isVisible()).toBe(true)
    await page.context().close()
  })
})
afterAll(() => expect(complaints).toEqual([]))
