import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorker } from '../../src/platform/jobs/worker.ts'
import { createLog } from '../../src/platform/log/log.ts'
import { listLetters } from '../../src/platform/mail/eml.ts'
import { outboxFolder } from '../../src/platform/mail/post.ts'
import { examine } from '../axe.ts'
import { expectNoMisdeeds, person, press, stickingOut, testBrowser } from '../browser.ts'
import { testHouse } from '../house.ts'
import { askForHelp } from '../intake-house.ts'
import { pdfText } from '../pdf-text.ts'
import { staff } from '../staff.ts'

const at = await testHouse()
const { url, db, house } = at
const browser = await testBrowser()
const small = { viewport: { width: 320, height: 640 }, locale: 'uk-UA', javaScriptEnabled: false }
const wide = { viewport: { width: 1280, height: 800 }, locale: 'de-DE' }

let worker: Awaited<ReturnType<typeof startWorker>>
beforeAll(async () => {
  const jobs = house.jobs.filter(({ task }) => ['intake.letter', 'intake.end-links', 'mail.send'].includes(task))
  const config = { ...db.config, url }
  worker = await startWorker({ database: db, config, log: createLog('silent'), now: () => db.clock.now }, jobs)
})
afterAll(() => worker.stop())

const folder = () => outboxFolder({ data: db.config.data })
/** The newest link that was mailed, once so many letters are there. */
async function mailed(count: number): Promise<string> {
  await expect.poll(async () => (await listLetters(folder())).length, { timeout: 60_000 }).toBe(count)
  const [newest] = await listLetters(folder())
  return /https?:\S+\/letters\/[\w-]+/.exec(newest?.text ?? '')?.[0] ?? ''
}
async function looksRight(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  expect({ at: page.url(), sticksOut: await stickingOut(page) }).toEqual({ at: page.url(), sticksOut: [] })
}

const asking = {
  pack: 'ua-kharkiv',
  service: 'nadannia-prytulku',
  locale: 'uk',
  particulars: { name: 'Гриценко Наталя Іванівна', address: 'вул. Сумська, 1, 61000 Харків' },
} as const
const mail = { ways: ['email' as const], email: 'natalia@example.org', phone: undefined }

test('INT-10, INT-11: the link of a mail opens the letter and its request; a mailbox that others read ends it', async () => {
  const { reference } = await askForHelp(db, { ...asking, contact: mail })
  const other = await askForHelp(db, { ...asking, contact: { ways: ['phone'] } })
  const link = await mailed(1)
  const { context, page, misdeeds } = await person(browser, url, small)
  expect((await page.goto(link))?.status()).toBe(200)
  await looksRight(page)
  expect(await page.locator('article').innerText()).toContain('ваше звернення в нас')
  expect(await page.locator('.ln-leave a').count()).toBe(1)
  const pdf = await page.request.get(`${link}/pdf`)
  expect(pdf.headers()).toMatchObject({ 'content-type': 'application/pdf', 'cache-control': 'no-store' })
  expect(pdfText(await pdf.body()).replaceAll(' ', '')).toContain(reference)

  await press(page.locator('a.ln-back'))
  const own = page.url()
  expect(await page.locator('main').innerText()).toContain(reference)
  expect((await page.request.get(`${own}/letters/${other.id}`)).status()).toBe(404)
  expect((await page.request.get(`${own}/requests/${other.id}`)).status()).toBe(404)

  await page.goto(`${own}/contact`)
  await looksRight(page)
  expect(await page.locator('[name="contact.email"]').inputValue()).toBe('natalia@example.org')
  await page.locator('input[value=emailReadByOthers]').check()
  await press(page.locator('main form button[type=submit]'))
  await page.locator('[role=status]').waitFor()
  expect(page.url()).not.toBe(own)
  expect(page.url()).toMatch(/\/r\/[\w-]{43}$/)
  await expect.poll(async () => (await page.request.get(own)).status(), { timeout: 60_000 }).toBe(410)
  expect((await page.request.get(page.url())).status()).toBe(200)
  expectNoMisdeeds(misdeeds)
  await context.close()
})

test('INT-10, INT-11: the desk sees what waits for its hands, and why; a stranger sees nothing', async () => {
  const sent = await askForHelp(db, { ...asking, contact: { ways: ['post'], discreet: true, phone: undefined } })
  await expect
    .poll(
      async () => (await db.ownerPool.query('select from intake.letter where request_id = $1', [sent.id])).rowCount,
      {
        timeout: 60_000,
      },
    )
    .toBe(1)
  const olena = await staff(at, 'Olena Koval', [{ organisation: 'dovira', role: 'case_worker' }])
  const jens = await staff(at, 'Jens Holm', [{ organisation: 'viborg-kommune', role: 'case_worker' }])
  expect((await jens.browser.get(`/requests/${sent.id}/letters`)).status).toBe(404)
  expect((await jens.browser.get(`/requests/${sent.id}/contact`)).status).toBe(404)

  const { context, page, misdeeds } = await person(browser, url, wide)
  await context.addCookies([...olena.browser.cookies].map(([name, value]) => ({ name, value, url })))
  await page.goto(`/requests/${sent.id}/letters`)
  await looksRight(page)
  expect(await page.locator('main').innerText()).toMatch(/To be posted[\s\S]*plain envelope/)
  expect((await examine(page)).violations).toEqual([])
  const paper = await page.request.get(
    await page.locator('main a[href$="/pdf"]').first().getAttribute('href').then(String),
  )
  expect(pdfText(await paper.body())).toContain('вул. Сумська, 1, 61000 Харків')
  await press(page.locator('main form button[type=submit]'))
  expect(await page.locator('main').innerText()).toContain('The person has it since')
  await page.goto(`/requests/${sent.id}/contact`)
  await looksRight(page)
  await page.locator('input[value=postSeenByOthers]').check()
  await press(page.locator('main form button[type=submit]'))
  const { rows } = await db.ownerPool.query(
    `select p.contact ->> 'postSeenByOthers' as seen from intake.request r join intake.person p on p.id = r.person_id where r.id = $1`,
    [sent.id],
  )
  expect(rows).toEqual([{ seen: 'true' }])
  const events = await db.ownerPool.query(
    `select distinct act from audit.event where act in ('intake.letter.read', 'intake.letter.hand', 'intake.contact.change') and outcome <> 'refused' order by 1`,
  )
  expect(events.rows.map(({ act }) => act)).toEqual([
    'intake.contact.change',
    'intake.letter.hand',
    'intake.letter.read',
  ])
  expectNoMisdeeds(misdeeds)
  await context.close()
})
