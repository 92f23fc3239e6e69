import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import words from '../../src/capabilities/directory/messages/uk.json' with { type: 'json' }
import { expectNoMisdeeds, person, press, stickingOut, testBrowser } from '../browser.ts'
import { testHouse } from '../house.ts'

const { url } = await testHouse()
const browser = await testBrowser()

/** What the person in the story answers: nowhere to live, an adult, the city of Kharkiv. */
const answers = ['Мені ніде жити, або я можу втратити житло', 'Я шукаю для себе', 'місто Харків']
const phone = { viewport: { width: 320, height: 640 }, locale: 'uk-UA' }

/** Chooses the answer with these words, or the first one. */
async function choose(page: Page, words: string): Promise<void> {
  const exact = page.getByLabel(words, { exact: true })
  await ((await exact.count()) > 0 ? exact.first() : page.getByRole('radio').first()).check()
}

async function expectShelter(page: Page): Promise<void> {
  const hit = page.locator('.ln-results > li').filter({ has: page.getByRole('link', { name: 'Надання притулку' }) })
  expect(await hit.count()).toBe(1)
  // why it fits
  const reasons = await hit.innerText()
  expect(reasons).toMatch(/ніде жити|без житла|втратити житло/i)
  await press(hit.getByRole('link', { name: 'Надання притулку' }))
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('Надання притулку')
  expect(await page.locator('main').innerText()).toContain(words.directory_no_grounds_title)
}

describe('DIR-4: a person finds shelter in three questions', () => {
  test('on a phone of 320 px, in Ukrainian, without script', async () => {
    const { context, page, misdeeds } = await person(browser, url, { ...phone, javaScriptEnabled: false })
    await page.goto('/')
    expect(await page.locator('html').getAttribute('lang')).toBe('uk')
    expect(await stickingOut(page).catch(() => [])).toEqual([])
    await press(page.locator('main a[href^="/find"]').first())
    for (const [at, answer] of answers.entries()) {
      expect(await page.locator('main').innerText()).toContain(String(at + 1))
      await choose(page, answer)
      await press(page.locator('main form button[type=submit], main form button:not([type])').first())
    }
    await expectShelter(page)
    expectNoMisdeeds(misdeeds)
    await context.close()
  })

  test('with the keyboard alone', async () => {
    const { context, page, misdeeds } = await person(browser, url, { ...phone, viewport: { width: 1280, height: 800 } })
    await page.goto('/find')
    // the skip link comes first and leads to the content
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.className)).toContain('ds-skip-link')
    await page.keyboard.press('Enter')
    for (const answer of answers) {
      const before = page.url()
      await tabTo(page, 'input[type=radio]')
      await arrowTo(page, answer)
      await tabTo(page, 'button')
      await page.keyboard.press('Enter')
      await page.waitForURL((address) => address.href !== before && !address.href.includes('#'))
    }
    await tabTo(page, '.ln-results a[href*="nadannia-prytulku"]')
    // what has the focus can be seen
    const outline = await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement ?? document.body)
      return style.outlineStyle !== 'none' || style.boxShadow !== 'none'
    })
    expect(outline).toBe(true)
    await page.keyboard.press('Enter')
    await page.waitForURL(/nadannia-prytulku/)
    expectNoMisdeeds(misdeeds)
    await context.close()
  })

  test('by reading bare HTML, as a text browser does', async () => {
    const read = async (address: string) => {
      const response = await fetch(new URL(address, url), { headers: { 'accept-language': 'uk' } })
      expect(response.status).toBe(200)
      return response.text()
    }
    let address = '/find'
    for (const answer of answers) {
      const html = await read(address)
      const form = /<form[^>]*action="\/find"[^>]*>([\s\S]*?)<\/form>/.exec(html)?.[1] ?? ''
      const hidden = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)]
      const radios = [
        ...form.matchAll(/<input[^>]*type="radio"[^>]*id="([^"]*)"[^>]*name="([^"]*)"[^>]*value="([^"]*)"/g),
      ]
      const labelled =
        radios.find(([, id]) => new RegExp(`for="${id}"[^>]*>\\s*(<[^>]*>)*\\s*${answer}`).test(form)) ?? radios[0]
      expect(labelled).toBeDefined()
      const search = new URLSearchParams(hidden.map(([, name = '', value = '']) => [name, value]))
      search.set(labelled?.[2] ?? '', labelled?.[3] ?? '')
      address = `/find?${search}`
    }
    const results = await read(address)
    expect(results).toContain('Надання притулку')
    const card = /href="(\/services\/nadannia-prytulku[^"]*)"/.exec(results)?.[1] ?? ''
    expect(await read(card.replaceAll('&amp;', '&'))).toContain(words.directory_no_grounds_title)
  })

  test('every question can be skipped', async () => {
    const { context, page } = await person(browser, url, { ...phone, javaScriptEnabled: false })
    await page.goto('/find')
    for (let question = 1; question <= 3; question++)
      await press(page.getByRole('link', { name: words.directory_find_skip }).first())
    expect(await page.locator('.ln-results > li').count()).toBeGreaterThan(0)
    await context.close()
  })

  test('a button pressed with nothing chosen says what is missing', async () => {
    const { context, page } = await person(browser, url, { ...phone, javaScriptEnabled: false })
    await page.goto('/find')
    await press(page.locator('main form button').first())
    expect(await page.getByRole('alert').count()).toBe(1)
    await context.close()
  })
})

/** Presses Tab until the element that has the focus fits. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let pressed = 0; pressed < 120; pressed++) {
    if (
      await page.evaluate(
        (wanted) => document.activeElement?.matches(wanted) && document.activeElement.closest('main') !== null,
        selector,
      )
    )
      return
    await page.keyboard.press('Tab')
  }
  throw new Error(`120 times Tab did not reach ${selector}`)
}

/** Moves among radio buttons by arrow until the one labelled so is chosen; Space chooses the first. */
async function arrowTo(page: Page, words: string): Promise<void> {
  const chosen = () =>
    page.evaluate(
      () =>
        (document.querySelector('main input:checked') as HTMLInputElement | null)?.labels?.[0]?.textContent?.trim() ??
        '',
    )
  await page.keyboard.press('Space')
  const first = await chosen()
  for (let pressed = 0; pressed < 60 && (await chosen()) !== words; pressed++) {
    await page.keyboard.press('ArrowDown')
    if ((await chosen()) === first) return
  }
}
