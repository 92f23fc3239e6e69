import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { expectNoMisdeeds, type Misdeeds, person, press, stickingOut, testBrowser } from '../browser.ts'
import { testHouse } from '../house.ts'
import { type Staff, staff } from '../staff.ts'

const at = await testHouse()
const { url, db } = at
const browser = await testBrowser()
let worker: Staff

beforeAll(async () => {
  worker = await staff(
    at,
    'Olena Koval',
    [
      { organisation: 'dovira', role: 'case_worker' },
      { organisation: 'dovira', role: 'secretariat' },
    ],
    { locale: 'uk' },
  )
})

const onPaper = {
  name: 'підписано.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n'),
}

/** A day so many days from now, as forms take it. */
const dayFrom = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
/** The one button that leads on. */
const goOn = (page: Page) => press(page.locator('main form button[type=submit]').first())
const choose = (page: Page, name: string) => press(page.getByRole('button', { name, exact: true }).first())
const follow = (page: Page, name: string) => press(page.getByRole('link', { name, exact: true }).first())
const text = (page: Page) => page.locator('main').innerText()

async function fits(page: Page): Promise<void> {
  expect({ at: page.url(), sticksOut: await stickingOut(page).catch(() => []) }).toEqual({
    at: page.url(),
    sticksOut: [],
  })
}

describe('a woman in Kharkiv finds accompaniment, asks, and signs, on a phone, in Ukrainian, without script', () => {
  let phone: { context: BrowserContext; page: Page; misdeeds: Misdeeds }
  let desk: { context: BrowserContext; page: Page; misdeeds: Misdeeds }
  let link = ''
  let id = ''

  test('INT-1: three questions find it, with the reasons why; four short pages ask', async () => {
    phone = await person(browser, url, {
      viewport: { width: 320, height: 640 },
      locale: 'uk-UA',
      javaScriptEnabled: false,
    })
    const { page } = phone
    await page.goto('/find?what=family-troubles&who=me-and-my-child&where=-')
    await press(page.locator('main a[href^="/services/sotsialnyi-suprovid"]').first())
    await fits(page)
    await press(page.locator('main a[href^="/ask"]'))
    await goOn(page)
    link = page.url().replace(/\/what$/, '')
    await page.locator('[name="situation.words"]').fill('Сама з трьома дітьми, не знаю, за що братися.')
    await goOn(page)
    await page.locator('[name="particulars.name"]').fill('Шевчук Оксана Петрівна')
    await page.locator('[name="particulars.birthDate"]').fill('1992-03-03')
    await goOn(page)
    await page.locator('input[value=phone]').check()
    await page.locator('[name="contact.phone"]').fill('+380 50 000 00 00')
    await goOn(page)
    await fits(page)
    await goOn(page)
    expect(page.url()).toBe(`${link}/sent`)
    const reference = /[0-9A-Z]{5}-[0-9A-Z]{5}/.exec(await text(page))?.[0]
    const { rows } = await db.ownerPool.query('select id from intake.request where reference = $1', [reference])
    id = rows[0].id
  })

  test('INT-4: a paper follows later, by the link alone', async () => {
    const { page } = phone
    for (let left = 2; left > 0; left--) {
      await page.goto(link)
      await press(page.locator('main a[href*="/papers/"]').first())
      await page.locator('input[type=file]').setInputFiles({
        name: `документ-${left}.txt`,
        mimeType: 'text/plain',
        buffer: Buffer.from('Паспорт громадянки України'),
      })
      await goOn(page)
      expect(page.url()).toBe(link)
    }
    expect(await text(page)).toContain('документ-1.txt')
  })

  test('INT-6: the office accepts it only with the decision of the body that the card names', async () => {
    desk = await person(browser, url, {
      viewport: { width: 1280, height: 900 },
      locale: 'uk-UA',
      javaScriptEnabled: false,
    })
    await desk.context.addCookies([...worker.browser.cookies].map(([name, value]) => ({ name, value, url })))
    const { page } = desk
    await page.goto(`/requests/${id}`)
    await choose(page, 'Взяти в роботу')
    await page.goto(`/requests/${id}/decide?outcome=accepted`)
    expect(await page.getByRole('button', { name: 'Прийняти', exact: true }).count()).toBe(0)
    await page.goto(`/requests/${id}/body`)
    await page.locator('input[name=decidedOn]').fill(dayFrom(-3))
    await page.locator('input[name=body]').first().check()
    await page.locator('input[name=bodyOutcome][value=agreed]').check()
    await goOn(page)
    await page.goto(`/requests/${id}/decide?outcome=accepted`)
    await choose(page, 'Прийняти')
    await page.waitForURL(`**/requests/${id}/decided`)
  })

  test('INT-5, INT-10: she reads the decision behind her link', async () => {
    const { page } = phone
    await page.goto(link)
    expect(await text(page)).toContain('Так: ви отримаєте цю допомогу.')
    await fits(page)
  })

  test('INT-7, INT-2: the contract is written, signed by both sides, and a case is about to open', async () => {
    const { page } = desk
    await page.goto(`/requests/${id}`)
    await choose(page, 'Зазначити, що зроблено')
    await follow(page, 'Договір з людиною')
    await press(page.locator(`a[href="/requests/${id}/contract/draft"]`))
    await page.locator('input[name=begins]').fill(dayFrom(2))
    await page.locator('input[name=ends]').fill(dayFrom(122))
    await goOn(page)
    await goOn(page)
    await press(page.locator('a[href*="/sign"][href*="side=provider"]'))
    await page.locator('input[type=file]').setInputFiles(onPaper)
    await goOn(page)

    await phone.page.goto(`${link}/contract`)
    await press(phone.page.locator('main a[href*="/sign?"]'))
    await phone.page.locator('input[type=file]').setInputFiles(onPaper)
    await goOn(phone.page)
    expect(await phone.page.locator('[role=status]').first().textContent()).toContain('Договір діє')

    const { rows } = await db.ownerPool.query(
      `select kind, begun_at is not null as begun, done_at is not null as done from intake.follow_up where request_id = $1 order by position`,
      [id],
    )
    expect(rows).toEqual([
      { kind: 'formal-decision', begun: true, done: true },
      { kind: 'contract', begun: true, done: true },
      { kind: 'case', begun: true, done: false },
    ])
    await phone.page.goto(link)
    expect(await text(phone.page)).toMatch(/супровід/i)
    await fits(phone.page)
    for (const { misdeeds, context } of [phone, desk]) {
      expectNoMisdeeds(misdeeds)
      await context.close()
    }
  })
})
