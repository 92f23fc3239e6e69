import { describe, expect, test } from 'vitest'
import { expectNoMisdeeds, person, press, testBrowser } from '../browser.ts'
import { testHouse } from '../house.ts'

const { url } = await testHouse()
const browser = await testBrowser()

describe('choices that everybody may make, without account or script', () => {
  test.each([
    { width: 320, height: 640 },
    { width: 1280, height: 800 },
  ])('language, colours and region hold from page to page, at $width px', async (viewport) => {
    const { context, page, misdeeds } = await person(browser, url, {
      viewport,
      locale: 'uk-UA',
      javaScriptEnabled: false,
    })
    const menus = page.locator('header details > summary:visible')
    /** Opens the menus one after the other until the choice can be seen, and takes it. */
    const take = async (selector: string) => {
      for (let at = 0; at < (await menus.count()); at++) {
        if (await page.locator(selector).first().isVisible()) break
        await menus.nth(at).click()
      }
      await press(page.locator(`${selector}:visible`).first())
    }
    await page.goto('/services?q=1')
    expect(await page.locator('html').getAttribute('lang')).toBe('uk')

    await take('header a[href^="/language?choose=de"]')
    expect(page.url()).toContain('/services?q=1')
    expect(await page.locator('html').getAttribute('lang')).toBe('de')

    await take('header a[href^="/theme?choose=dark"]')
    expect(page.url()).toContain('/services?q=1')
    expect(await page.locator('html').getAttribute('data-color-scheme')).toBe('dark')

    await take('header button[name=choose][value=dk-midtjylland]')
    await page.goto('/')
    expect(await page.locator('html').getAttribute('lang')).toBe('de')
    expect(await page.locator('html').getAttribute('data-color-scheme')).toBe('dark')
    expect(await page.locator('header').innerText()).toMatch(/Midtjylland|Mitteljütland/)
    expectNoMisdeeds(misdeeds)
    await context.close()
  })

  test('the language follows the browser until one is chosen', async () => {
    for (const [locale, lang] of [
      ['da-DK', 'da'],
      ['de-AT', 'de'],
      ['fr-FR', 'en'],
      ['uk', 'uk'],
    ] as const) {
      const { context, page } = await person(browser, url, { locale })
      await page.goto('/')
      expect([locale, await page.locator('html').getAttribute('lang')]).toEqual([locale, lang])
      await context.close()
    }
  })
})
