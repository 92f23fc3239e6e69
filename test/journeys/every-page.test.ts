import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Locale, locales } from '../../src/platform/i18n/text.ts'
import { examine } from '../axe.ts'
import { expectNoMisdeeds, person, stickingOut, testBrowser } from '../browser.ts'
import { testHouse } from '../house.ts'
import { publicAddresses } from '../pages.ts'

const { url, house } = await testHouse()
const browser = await testBrowser()
const addresses = publicAddresses(house)

const LatinWords = z.object({ words: z.array(z.string()) })
const latin = new Set(
  LatinWords.parse(JSON.parse(readFileSync(join(import.meta.dirname, '../latin-words.json'), 'utf8'))).words,
)

/** Names of organisations, places and acts, as they stand on doors and in law books. */
for (const pack of ['dk-midtjylland', 'de-stuttgart'])
  for (const file of ['organisations', 'areas', 'acts']) {
    const text = readFileSync(join(import.meta.dirname, `../../packs/${pack}/${file}.json`), 'utf8')
    for (const [, name = ''] of text.matchAll(/"(?:da|de)": "([^"]*)"/g))
      for (const word of name.match(/[A-Za-z]{2,}/g) ?? []) latin.add(word)
  }

const media = [
  { name: 'light', colorScheme: 'light', forcedColors: 'none' },
  { name: 'dark', colorScheme: 'dark', forcedColors: 'none' },
  { name: 'forced colours', colorScheme: 'dark', forcedColors: 'active' },
] as const

const bcp47: Readonly<Record<Locale, string>> = { en: 'en-GB', uk: 'uk-UA', da: 'da-DK', de: 'de-DE' }

describe.each(locales)('every public page in %s', (locale) => {
  const reader = { viewport: { width: 320, height: 640 }, locale: bcp47[locale], reducedMotion: 'reduce' } as const
  let visit: Awaited<ReturnType<typeof person>>
  beforeAll(async () => {
    visit = await person(browser, url, reader)
  })
  afterAll(() => visit.context.close())

  test.each(addresses)('%s', async (address) => {
    const { page, misdeeds } = visit
    const response = await page.goto(address)
    expect(response?.status()).toBeLessThan(500)
    expect(await page.locator('html').getAttribute('lang')).toBe(locale)
    expect(await page.locator('h1').count()).toBe(1)
    expect({ sticksOut: await stickingOut(page) }).toEqual({ sticksOut: [] })
    // a malformed address is answered with the name of what is wrong in it
    if (locale === 'uk' && response?.status() !== 400) expect({ latin: await latinWords(page) }).toEqual({ latin: [] })
    for (const { name, ...emulated } of media) {
      await page.emulateMedia({ ...emulated, reducedMotion: 'reduce' })
      const forced = emulated.forcedColors === 'active'
      const { violations, unanswered } = await examine(page, forced ? ['color-contrast'] : [])
      if (forced) expect({ keepsOwnColours: await keepingOwnColours(page) }).toEqual({ keepsOwnColours: [] })
      expect({ in: name, violations, unanswered }).toEqual({ in: name, violations: [], unanswered: [] })
    }
    expectNoMisdeeds(misdeeds)
  })
})

/**
 * Texts that hold on to our colours where the reader has forced theirs. Contrast is the reader's own then; axe would compare
 * our text colour, which is not shown, with their background.
 */
function keepingOwnColours(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.body.querySelectorAll<HTMLElement>('*')]
      .filter((element) =>
        [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()),
      )
      .filter((element) => getComputedStyle(element).forcedColorAdjust !== 'auto')
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`),
  )
}

/** Words in Latin letters that a reader of Ukrainian meets; text that says it is in another language is left out. */
async function latinWords(page: Page): Promise<string[]> {
  const found = await page.evaluate(() => {
    // the title has no language of its own: where it repeats a name in another one, so does the heading, and says so
    const texts: string[] = document.querySelector('h1 [lang]') ? [] : [document.title]
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      if (!element || element.closest('script, style, code, kbd, [translate=no]')) continue
      if (element.closest('[lang]')?.getAttribute('lang') === 'uk') texts.push(node.textContent ?? '')
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [alt], [placeholder]'))
      if (element.closest('[lang]')?.getAttribute('lang') === 'uk')
        for (const name of ['aria-label', 'title', 'alt', 'placeholder']) texts.push(element.getAttribute(name) ?? '')
    return texts
  })
  const addressLike = /\S+@\S+|https?:\/\/\S+|\blocalhost\S*|\b[\w-]+(\.[\w-]+)*\.(gov|org|com|net|ua|dk|de|eu)\b\S*/g
  const words = found.flatMap((text) => text.replaceAll(addressLike, ' ').match(/[A-Za-z]{2,}/g) ?? [])
  return [...new Set(words)].filter((word) => !latin.has(word) && !/^[IVX]+$/.test(word))
}

describe('what the checks of pages would find', () => {
  test('a page with a hole in each of them', async () => {
    const { context, page, misdeeds } = await person(browser, url, {
      viewport: { width: 320, height: 640 },
      locale: 'uk-UA',
    })
    await page.goto('/about')
    await page.evaluate(() => {
      const main = document.querySelector('main')
      main?.insertAdjacentHTML(
        'beforeend',
        '<p class="planted">Forgotten words</p><img src="/planted.png"><div class="planted-wide">…</div><button class="planted-pale">ок</button>',
      )
      const wide = document.querySelector<HTMLElement>('.planted-wide')
      if (wide) wide.style.width = '900px'
      const pale = document.querySelector<HTMLElement>('.planted-pale')
      if (pale) Object.assign(pale.style, { color: '#eee', background: '#fff', width: '8px', height: '8px' })
      const elsewhere = new Image()
      elsewhere.src = 'http://127.0.0.1:9/planted.png'
      console.error('planted')
    })
    expect(await stickingOut(page)).toContain('div.planted-wide')
    expect(await latinWords(page)).toEqual(expect.arrayContaining(['Forgotten', 'words']))
    const { violations } = await examine(page)
    expect(violations.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['image-alt', 'color-contrast']))
    expect(misdeeds.elsewhere).toEqual(['http://127.0.0.1:9/planted.png'])
    expect(misdeeds.errors.join()).toContain('planted')
    expect(misdeeds.errors.join()).toContain('Content Security Policy')
    await context.close()
  })
})

describe('the first page', () => {
  test('is at most 40 KB in at most 4 requests', async () => {
    const { context, page } = await person(browser, url, { viewport: { width: 320, height: 640 }, locale: 'uk-UA' })
    const session = await context.newCDPSession(page)
    await session.send('Network.enable')
    let bytes = 0
    let requests = 0
    session.on('Network.requestWillBeSent', ({ request }) => {
      if (!request.url.startsWith('data:')) requests += 1
    })
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength
    })
    await page.goto('/', { waitUntil: 'networkidle' })
    expect(bytes).toBeGreaterThan(5_000)
    expect(bytes).toBeLessThanOrEqual(40_000)
    expect(requests).toBeLessThanOrEqual(4)
    await context.close()
  })
})
