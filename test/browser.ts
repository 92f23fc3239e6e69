import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core'
import { afterAll, expect } from 'vitest'
import { chromium as findChromium } from '../scripts/chromium.mjs'

/** What a page did that no page of ours may do. */
export interface Misdeeds {
  /** errors on the console and in scripts, refusals by the content security policy among them */
  errors: string[]
  /** requests to other hosts */
  elsewhere: string[]
}

/** Chromium for one test file; call it once at the top. */
export async function testBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    // root has no sandbox of its own
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  afterAll(() => browser.close())
  return browser
}

/** A browser of one person: its language, size, with or without script; and a list of all that went wrong in it. */
export async function person(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ context: BrowserContext; page: Page; misdeeds: Misdeeds }> {
  const context = await browser.newContext({ baseURL: url, ...options })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  return { context, page, misdeeds: watch(page, url) }
}

/**
 * Presses what leads to another page, and waits until that page is whole. A click alone is over before the next page has begun, and what is asked then is
 * answered by the page that was left; what only opens or chooses something on the same page is clicked.
 */
export async function press(target: Locator): Promise<void> {
  await Promise.all([target.page().waitForEvent('load'), target.click()])
}

/** Notes what a page does that it may not. */
export function watch(page: Page, url: string): Misdeeds {
  const misdeeds: Misdeeds = { errors: [], elsewhere: [] }
  page.on('console', (message) => {
    // "Failed to load resource" repeats the status of a page that is meant to be 404
    if (message.type() === 'error' && !/^Failed to load resource/.test(message.text()))
      misdeeds.errors.push(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => misdeeds.errors.push(`${page.url()}: ${error.message}`))
  page.on('request', (request) => {
    if (!request.url().startsWith(`${url}/`) && !request.url().startsWith('data:'))
      misdeeds.elsewhere.push(request.url())
  })
  return misdeeds
}

/** Nothing on the console, nothing from elsewhere. */
export function expectNoMisdeeds(misdeeds: Misdeeds): void {
  expect(misdeeds).toEqual({ errors: [], elsewhere: [] })
}

/** Does the page scroll sideways? @returns what sticks out, at most three elements, as tags with their classes */
export async function stickingOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= width) return []
    return [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .slice(0, 3)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`)
  })
}
