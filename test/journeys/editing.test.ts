import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { examine } from '../axe.ts'
import { expectNoMisdeeds, person, press, stickingOut, testBrowser } from '../browser.ts'
import { testHouse } from '../house.ts'
import { password, somebody } from '../people.ts'
import { send } from '../wire.ts'

const at = await testHouse()
const { url, db } = at
const browser = await testBrowser()
const card = 'nadannia-prytulku'

beforeAll(async () => {
  await somebody(at, 'Olena Editor', [{ organisation: 'dovira', role: 'editor' }])
  await somebody(at, 'Petro Editor', [{ organisation: 'dovira', role: 'editor' }])
})

async function signIn(
  email: string,
  options = {},
): Promise<{ context: BrowserContext; page: Page; misdeeds: Awaited<ReturnType<typeof person>>['misdeeds'] }> {
  const visit = await person(browser, url, { locale: 'en-GB', ...options })
  await visit.page.goto('/sign-in?back=/directory')
  await visit.page.locator('input[name=email]').fill(email)
  await visit.page.locator('input[name=password]').fill(password)
  await press(visit.page.locator('main form button[type=submit]').first())
  await visit.page.waitForURL('**/directory')
  return visit
}

const summaryField = 'textarea[name="card.summary.uk"], input[name="card.summary.uk"]'
const save = 'main form button[type=submit]:not([name])'

async function versions(): Promise<number> {
  const { rows } = await db.ownerPool.query(
    'select count(*)::int as n from directory.service_version v join directory.service s on s.id = v.service_id where s.slug = $1',
    [card],
  )
  return rows[0].n
}

describe('DIR-7: editors change a card', () => {
  test('one changes it without script; the second sees both texts; a double click changes nothing twice', async () => {
    const first = await signIn('olena.editor@example.org', { javaScriptEnabled: false })
    const second = await signIn('petro.editor@example.org', { javaScriptEnabled: false })
    await first.page.goto(`/directory/services/${card}/edit`)
    await second.page.goto(`/directory/services/${card}/edit`)
    const before = await versions()

    await first.page.locator(summaryField).first().fill('Прихисток для людей, яким ніде жити. Перша редакція.')
    await submit(first.page)
    expect((await send(url, `/services/${card}`, { headers: { 'accept-language': 'uk' } })).text).toContain(
      'Перша редакція',
    )
    expect(await versions()).toBe(before + 1)

    await second.page.locator(summaryField).first().fill('Прихисток для всіх. Друга редакція.')
    await submit(second.page)
    const conflict = await second.page.locator('main').innerText()
    expect(conflict).toContain('Перша редакція')
    expect(await second.page.locator(summaryField).first().inputValue()).toContain('Друга редакція')
    expect(await versions()).toBe(before + 1)
    expect((await send(url, `/services/${card}`, { headers: { 'accept-language': 'uk' } })).text).not.toContain(
      'Друга редакція',
    )

    // now they know, and decide: it goes through
    await submit(second.page)
    expect((await send(url, `/services/${card}`, { headers: { 'accept-language': 'uk' } })).text).toContain(
      'Друга редакція',
    )
    expect(await versions()).toBe(before + 2)
    expectNoMisdeeds(first.misdeeds)
    expectNoMisdeeds(second.misdeeds)
    await first.context.close()
    await second.context.close()
  })

  test('the same form sent twice is stored once', async () => {
    const { context, page } = await signIn('olena.editor@example.org', { javaScriptEnabled: false })
    await page.goto(`/directory/services/${card}/edit`)
    await page.locator(summaryField).first().fill('Прихисток. Двічі надіслано.')
    const before = await versions()
    const fields = await page
      .locator('main form')
      .first()
      .evaluate((form) =>
        [...new FormData(form as HTMLFormElement)].map(([name, value]) => [name, String(value)] as [string, string]),
      )
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
    const post = () =>
      send(url, `/directory/services/${card}/edit`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
        body: new URLSearchParams(fields).toString(),
      })
    const replies = await Promise.all([post(), post()])
    expect(replies.map((reply) => reply.status)).toEqual([303, 303])
    expect(await versions()).toBe(before + 1)
    await context.close()
  })

  test('a mistake is named at the top and at its field; what was typed stays', async () => {
    const { context, page, misdeeds } = await signIn('olena.editor@example.org', {
      viewport: { width: 320, height: 700 },
    })
    await page.goto(`/directory/services/${card}/edit`)
    await page.locator('[name="card.website"]').first().fill('no address')
    await page.locator(summaryField).first().fill('Лишається тут')
    await submit(page)
    expect(await page.locator('[name="card.website"]').first().inputValue()).toBe('no address')
    expect(await page.locator(summaryField).first().inputValue()).toBe('Лишається тут')
    expect(await page.locator('[name="card.website"]').first().getAttribute('aria-invalid')).toBe('true')
    const { violations, unanswered } = await examine(page)
    expect({ violations, unanswered }).toEqual({ violations: [], unanswered: [] })
    expect({ sticksOut: await stickingOut(page) }).toEqual({ sticksOut: [] })
    expectNoMisdeeds(misdeeds)
    await context.close()
  })
})

describe('every work page', () => {
  const pages = [
    '/directory',
    '/directory/services',
    `/directory/services/${card}`,
    `/directory/services/${card}/edit`,
    `/directory/services/${card}/status`,
    `/directory/services/${card}/versions`,
    '/directory/services/new',
    '/directory/organisations/dovira',
    '/directory/organisations/dovira/edit',
    '/directory/organisations/dovira/locations/new',
    '/account',
    '/account/second-factor',
  ]

  test.each(['light', 'dark'] as const)(
    'stands up to axe and fits a phone, %s',
    { timeout: 120_000 },
    async (colorScheme) => {
      const { context, page, misdeeds } = await signIn('olena.editor@example.org', {
        viewport: { width: 320, height: 700 },
        colorScheme,
        reducedMotion: 'reduce',
        locale: 'uk-UA',
      })
      const faults: unknown[] = []
      for (const address of pages) {
        const response = await page.goto(address)
        const { violations, unanswered } = await examine(page)
        const sticksOut = await stickingOut(page)
        if (response?.status() !== 200 || violations.length + unanswered.length + sticksOut.length > 0)
          faults.push({ address, status: response?.status(), violations, unanswered, sticksOut })
      }
      expect(faults).toEqual([])
      expectNoMisdeeds(misdeeds)
      await context.close()
    },
  )
})

/** Presses the button that saves; work forms have others that only look. */
async function submit(page: Page): Promise<void> {
  const buttons = page.locator(save)
  await press(((await buttons.count()) > 0 ? buttons : page.locator('main form button[type=submit]')).last())
}
