import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { examine } from '../axe.ts'
import { expectNoMisdeeds, person, press, stickingOut, testBrowser } from '../browser.ts'
import { testHouse } from '../house.ts'
import { password, somebody } from '../people.ts'
import { send } from '../wire.ts'

const at = await testHouse()
const { url, db } = at
const browser = await testBrowser()
const shelter = 'nadannia-prytulku'

const uk = { viewport: { width: 320, height: 640 }, locale: 'uk-UA', javaScriptEnabled: false }
const de = { viewport: { width: 1280, height: 800 }, locale: 'de-DE', javaScriptEnabled: false }

/** The one button that leads on. */
const goOn = (page: Page) => press(page.locator('main form button[type=submit]').first())

/** Nothing sticks out, nothing that axe objects to. */
async function looksRight(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  expect({ at: page.url(), sticksOut: await stickingOut(page).catch(() => []) }).toEqual({
    at: page.url(),
    sticksOut: [],
  })
  expect(await page.locator('h1').count()).toBe(1)
  expect(await page.locator('.ln-leave a').count()).toBe(1)
}

async function requestOf(reference: string) {
  const { rows } = await db.ownerPool.query('select * from intake.request where reference = $1', [reference])
  return rows[0]
}

const referenceOn = async (page: Page): Promise<string> =>
  /[0-9A-Z]{5}-[0-9A-Z]{5}/.exec(await page.locator('main').innerText())?.[0] ?? ''

describe('INT-1: somebody asks for shelter on a phone, in Ukrainian, without script', () => {
  test('from the page of the service to the upload, by the link alone', async () => {
    const { context, page, misdeeds } = await person(browser, url, uk)
    await page.goto(`/services/${shelter}`)
    await press(page.locator('main a[href^="/ask"]'))
    await looksRight(page)
    await goOn(page)

    expect(page.url()).toMatch(/\/r\/[\w-]{43}\/what$/)
    const link = page.url().replace(/\/what$/, '')
    await looksRight(page)
    await page.locator('[name="situation.words"]').fill('Ми втекли від війни і не маємо де жити.')
    // enough for today
    await press(page.locator('main form button[formaction$="/later"]'))
    await looksRight(page)
    expect(await page.locator('main').innerText()).toContain(link)
    expect((await page.request.get(`${link}/qr.svg`)).headers()['content-type']).toBe('image/svg+xml')
    await context.close()

    // another day, another device
    const later = await person(browser, url, uk)
    await later.page.goto(link)
    await press(later.page.locator('main a.ds-button'))
    expect(await later.page.locator('[name="situation.words"]').inputValue()).toContain('не маємо де жити')
    await goOn(later.page)
    await looksRight(later.page)
    await later.page.locator('[name="particulars.name"]').fill('Гриценко Наталя Іванівна')
    await later.page.locator('[name="particulars.birthDate"]').fill('1990-05-17')
    await later.page.locator('[name=paper]').fill('аб 123 456')
    await goOn(later.page)
    await looksRight(later.page)
    await later.page.locator('input[value=phone]').check()
    await later.page.locator('[name="contact.phone"]').fill('+380 50 000 00 00')
    await later.page.locator('input[value=discreet]').check()
    await goOn(later.page)
    await looksRight(later.page)
    const summary = await later.page.locator('main').innerText()
    expect(summary).toContain('Гриценко')
    // the number of a paper is shown nowhere
    expect(summary).not.toMatch(/123\s?456/)
    await goOn(later.page)

    expect(later.page.url()).toBe(`${link}/sent`)
    await looksRight(later.page)
    const reference = await referenceOn(later.page)
    const stored = await requestOf(reference)
    expect(stored).toMatchObject({ state: 'submitted', urgency: 'ordinary', locale: 'uk' })
    expect(stored.draft.contact).toMatchObject({ discreet: true, ways: ['phone'] })
    expect(JSON.stringify(stored.draft)).not.toContain('123456')

    await press(later.page.locator(`main a[href="${new URL(link).pathname}"]`).first())
    await looksRight(later.page)
    await press(later.page.locator('main a[href*="/papers/"]').first())
    await looksRight(later.page)
    const paper = later.page.url()
    await later.page
      .locator('input[type=file]')
      .setInputFiles({ name: 'паспорт.txt', mimeType: 'text/plain', buffer: Buffer.from('Паспорт громадянки') })
    await goOn(later.page)
    expect(later.page.url()).toBe(link)
    const given = later.page.locator('main a[href*="/files/"]').first()
    expect(await given.innerText()).toBe('паспорт.txt')
    const file = await later.page.request.get(new URL((await given.getAttribute('href')) ?? '', url).href)
    expect(await file.text()).toBe('Паспорт громадянки')
    expect(file.headers()['cache-control']).toContain('no-store')

    // whoever has no link gets neither the page nor the file
    const stranger = new URL((await given.getAttribute('href')) ?? '', url).pathname.replace(
      /\/r\/[\w-]{43}/,
      `/r/${'x'.repeat(43)}`,
    )
    expect((await send(url, stranger)).status).toBe(404)
    expect((await send(url, new URL(paper).pathname.replace(/\/r\/[\w-]{43}/, `/r/${'x'.repeat(43)}`))).status).toBe(
      404,
    )

    await later.page.goto(`${link}/withdraw`)
    await looksRight(later.page)
    await goOn(later.page)
    expect((await requestOf(reference)).state).toBe('withdrawn')
    expectNoMisdeeds(misdeeds)
    expectNoMisdeeds(later.misdeeds)
    await later.context.close()
  })
})

describe('INT-3: danger', () => {
  test('shows the number at once, asks nothing more, and says who is on duty', async () => {
    const { context, page, misdeeds } = await person(browser, url, uk)
    await page.goto('/ask?service=nadannia-prytulku')
    await goOn(page)
    await page.locator('input[value=violence]').check()
    await goOn(page)
    expect(await page.locator('main .ln-note[data-color=danger] a[href="tel:112"]').count()).toBe(1)
    await press(page.locator('main .ln-note[data-color=danger] a[href$="/check"]'))
    await goOn(page)
    expect(page.url()).toMatch(/\/sent$/)
    await looksRight(page)
    expect(await page.locator('main').innerText()).toMatch(/чергов/i)
    expect(await page.locator('main .ln-note[data-color=danger] a[href="tel:112"]').count()).toBe(1)
    // the first day that counts is that of the emergency, not that of the decision
    expect(await page.locator('main .ln-summary dd').first().innerText()).toMatch(/^Екстрена допомога: /)
    // nobody may write to whoever named no way: the address is all that they have
    expect(await page.locator('main').innerText()).toContain(page.url().replace(/\/sent$/, ''))
    const stored = await requestOf(await referenceOn(page))
    expect(stored).toMatchObject({ state: 'submitted', urgency: 'emergency' })
    expectNoMisdeeds(misdeeds)
    await context.close()
  })
})

describe('INT-3: at night', () => {
  test('the number that answers stands first, and when the office opens', async () => {
    const now = db.clock.now
    // Saturday to Sunday, in Kharkiv
    db.clock.now = new Date('2027-01-16T23:30:00Z')
    const { context, page } = await person(browser, url, uk)
    await page.goto('/ask?service=nadannia-prytulku')
    await goOn(page)
    await page.locator('input[value=child]').check()
    await goOn(page)
    await press(page.locator('main a[href$="/check"]').first())
    await goOn(page)
    const first = await page.locator('main .ln-note[data-color=danger]').first().innerText()
    expect(first).toContain('Служба зараз зачинена')
    expect(first).toMatch(/18\s+січня\s+2027/)
    expect(await page.locator('main .ln-note[data-color=danger] a[href^="tel:"]').count()).toBeGreaterThan(1)
    await context.close()
    db.clock.now = now
  })
})

describe('INT-1: entered by X for Y', () => {
  test('a neighbour asks in German for somebody who agrees; it says so everywhere', async () => {
    const { context, page, misdeeds } = await person(browser, url, de)
    await page.goto('/ask?service=fruehfoerderung')
    await page.locator('input[value=other]').check()
    await goOn(page)
    await page.locator('[name="situation.words"]').fill('Der kleine Junge nebenan braucht Hilfe beim Sprechen.')
    await goOn(page)
    await looksRight(page)
    await page.locator('[name="particulars.name"]').fill('Amira Haddad')
    await page.locator('[name="enteredBy.relation"]').selectOption('neighbour')
    await page.locator('input[value=given]').check()
    // without a name of their own it comes back, with all that was typed
    await goOn(page)
    expect(await page.locator('[name="enteredBy.name"]').getAttribute('aria-invalid')).toBe('true')
    expect(await page.locator('[name="particulars.name"]').inputValue()).toBe('Amira Haddad')
    await page.locator('[name="enteredBy.name"]').fill('Karl Beispiel')
    await goOn(page)
    const entered = /Karl Beispiel.*Amira Haddad/s
    expect(await page.locator('main').innerText()).toMatch(entered)
    await page.locator('input[value=in-person]').check()
    await goOn(page)
    expect(await page.locator('main').innerText()).toMatch(entered)
    await goOn(page)
    expect(page.url()).toMatch(/\/sent$/)
    expect(await page.locator('main').innerText()).toMatch(entered)
    const stored = await requestOf(await referenceOn(page))
    expect(stored).toMatchObject({
      kind: 'application',
      entered_by: { name: 'Karl Beispiel', relation: 'neighbour' },
      helper_reads: true,
    })
    await page.goto(page.url().replace(/\/sent$/, ''))
    expect(await page.locator('main').innerText()).toMatch(entered)
    await looksRight(page)
    expectNoMisdeeds(misdeeds)
    await context.close()
  })

  test('whoever worries about somebody sees that it arrived, and no more', async () => {
    const { context, page, misdeeds } = await person(browser, url, de)
    await context.addCookies([{ name: 'linden_region', value: 'de-stuttgart', url }])
    await page.goto('/ask')
    expect(await page.locator('main a[href="/find"]').count()).toBeGreaterThan(0)
    await page.locator('input[value=notice]').check()
    await goOn(page)
    await page.locator('[name="situation.words"]').fill('Die alte Dame öffnet seit Tagen nicht.')
    await goOn(page)
    await page.locator('[name="particulars.area"]').selectOption('DE-08111')
    await goOn(page)
    await goOn(page)
    await goOn(page)
    expect(page.url()).toMatch(/\/sent\?region=de-stuttgart$/)
    // whether or not it is an emergency: who is on duty there
    expect(await page.locator('main .ln-note[data-color=danger]').innerText()).toContain('Dienst bei Tag und Nacht')
    await looksRight(page)
    const seen = await page.locator('main').innerText()
    expect(await referenceOn(page)).not.toBe('')
    expect(seen).not.toContain('alte Dame')
    await page.goto(page.url().replace(/\/sent.*$/, ''))
    expect(await page.locator('main').innerText()).not.toContain('alte Dame')
    await page.goto(`${page.url()}/what`)
    expect(await page.locator('main').innerText()).not.toContain('alte Dame')
    expectNoMisdeeds(misdeeds)
    await context.close()
  })
})

describe('INT-11: leaving leaves no trace in the tab', () => {
  const elsewhere = 'https://www.wikipedia.org/'
  async function atDraft() {
    const visit = await person(browser, url, { locale: 'en-GB' })
    await visit.context.route(`${elsewhere}**`, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<h1>Elsewhere</h1>' }),
    )
    await visit.page.goto('/about')
    await visit.page.goto(`/ask?service=${shelter}`)
    await goOn(visit.page)
    await visit.page.waitForURL('**/what')
    return visit
  }

  test('the page behind takes its place, and going back shows nothing', async () => {
    const { context, page } = await atDraft()
    const before = await page.evaluate(() => history.length)
    await press(page.locator('.ln-leave a'))
    await page.waitForURL(elsewhere)
    expect(await page.evaluate(() => history.length)).toBe(before)
    expect(await page.evaluate(() => document.referrer)).toBe('')
    // the page of asking lies behind; it leads away again before it shows
    await page.goBack({ waitUntil: 'commit' }).catch(() => undefined)
    await page.waitForURL(elsewhere)
    expect(await page.locator('h1').innerText()).toBe('Elsewhere')
    // who comes on purpose is let in
    await page.goto(`${url}/ask`)
    expect(page.url()).toBe(`${url}/ask`)
    expect(await page.locator('.ln-leave').isVisible()).toBe(true)
    await context.close()
  })

  test('three times Escape does the same, twice does nothing', async () => {
    const { context, page, misdeeds } = await atDraft()
    await page.locator('[name="situation.words"]').focus()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    expect(page.url()).toMatch(/\/what$/)
    // until now nothing was asked of anybody else
    expectNoMisdeeds(misdeeds)
    await page.keyboard.press('Escape')
    await page.waitForURL(elsewhere)
    await context.close()
  })

  test('no page of a request is kept anywhere', async () => {
    const { context, page } = await atDraft()
    for (const part of ['what', 'who', 'contact', 'check', 'later', 'withdraw', '']) {
      const response = await page.request.get(page.url().replace(/\/what$/, part ? `/${part}` : ''))
      expect([part, response.headers()['cache-control']]).toEqual([part, 'no-store'])
      expect([part, response.headers()['referrer-policy']]).toEqual([part, 'same-origin'])
    }
    await context.close()
  })
})

describe('every page of asking', () => {
  let resident: string
  beforeAll(async () => {
    resident = (await somebody(at, 'Oksana Resident')).email
  })

  test.each(['light', 'dark'] as const)(
    'stands up to axe on a phone, %s; the same under an account',
    { timeout: 120_000 },
    async (colorScheme) => {
      const { context, page, misdeeds } = await person(browser, url, {
        viewport: { width: 320, height: 640 },
        locale: 'uk-UA',
        colorScheme,
        reducedMotion: 'reduce',
      })
      const check = async () => {
        await looksRight(page)
        // the bar that stays on top covers nothing there
        await page.evaluate(() => scrollTo(0, 0))
        const { violations, unanswered } = await examine(page)
        expect({ at: page.url(), violations, unanswered }).toEqual({ at: page.url(), violations: [], unanswered: [] })
      }
      await page.goto('/sign-in?back=/my/requests')
      await page.locator('input[name=email]').fill(resident)
      await page.locator('input[name=password]').fill(password)
      await press(page.locator('main form button[type=submit]').first())
      await page.waitForURL('**/my/requests')
      await check()
      await page.goto(`/ask?service=${shelter}`)
      await check()
      await page.locator('main input[value=other]').check()
      await goOn(page)
      await page.waitForURL('**/what')
      await page.locator('input[value=child]').check()
      await check()
      await goOn(page)
      await page.waitForURL('**/who')
      await page.locator('[name="particulars.birthDate"]').fill('1870-01-01')
      await goOn(page)
      await page.locator('.ds-error-summary').waitFor()
      await check()
      await page.locator('[name="particulars.birthDate"]').fill('1990-05-17')
      await page.locator('[name="particulars.name"]').fill('Гриценко Наталя')
      await page.locator('[name="enteredBy.name"]').fill('Оксана')
      await page.locator('input[value=given]').check()
      await goOn(page)
      await page.waitForURL('**/contact')
      await check()
      await press(page.locator('main form button[formaction$="/later"]'))
      await page.waitForURL('**/later')
      await check()
      // the same draft under the account
      await page.goto('/my/requests')
      await check()
      await press(page.locator('main .ln-tasks a').first())
      await check()
      await page.goto(`${page.url()}/check`)
      await check()
      await goOn(page)
      await page.waitForURL('**/sent')
      await check()
      await page.goto(page.url().replace(/\/sent$/, ''))
      await check()
      await press(page.locator('main a[href*="/papers/"]').first())
      await check()
      await page.goto(page.url().replace(/\/papers.*/, '/withdraw'))
      await check()
      expectNoMisdeeds(misdeeds)
      await context.close()
    },
  )
})
