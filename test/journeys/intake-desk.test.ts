import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { takeRequest } from '../../src/capabilities/intake/commands/take-request.ts'
import type { ContactWay } from '../../src/capabilities/intake/types.ts'
import { examine } from '../axe.ts'
import { expectNoMisdeeds, type Misdeeds, person, press, stickingOut, testBrowser } from '../browser.ts'
import { testHouse } from '../house.ts'
import { act, askForHelp, done } from '../intake-house.ts'
import { type Staff, staff } from '../staff.ts'

const at = await testHouse()
const { url, db } = at
const browser = await testBrowser()
let worker: Staff

beforeAll(async () => {
  worker = await staff(at, 'Anna Weber', [{ organisation: 'dovira', role: 'case_worker' }], { locale: 'de' })
})

/** Signed in with the second factor already: a code works once. */
async function signedIn(options = {}): Promise<{ context: BrowserContext; page: Page; misdeeds: Misdeeds }> {
  const visit = await person(browser, url, { locale: 'de-DE', reducedMotion: 'reduce', ...options })
  await visit.context.addCookies([...worker.browser.cookies].map(([name, value]) => ({ name, value, url })))
  await visit.page.goto('/requests')
  return visit
}

const text = (page: Page) => page.locator('main').innerText()
const choose = (page: Page, name: string) => press(page.getByRole('button', { name, exact: true }))

describe('INT-2: a worker at the desk, in German, without script', () => {
  test('INT-2: takes a request up, asks for papers, sees them, decides', async () => {
    const { id, reference } = await askForHelp(db, { pack: 'ua-kharkiv', service: 'nadannia-prytulku' })
    const { context, page, misdeeds } = await signedIn({
      javaScriptEnabled: false,
      viewport: { width: 320, height: 700 },
    })
    await press(page.locator(`a[href="/requests/${id}"]`))
    expect(await text(page)).toContain(reference)
    await choose(page, 'Übernehmen')
    expect(await text(page)).toContain('Sie haben sie jetzt.')
    await page.getByLabel('Was soll der Brief noch sagen?').fill('Ein Foto genügt.')
    await choose(page, 'Anfordern')
    expect(await text(page)).toMatch(/Angefordert\. Zeit bis \d/)
    expect(await text(page)).toContain('Wartet auf Unterlagen')
    // the person brings them to the desk: one press each
    for (let left = await page.locator('button:has-text("Gesehen")').count(); left > 0; left--)
      await press(page.locator('button:has-text("Gesehen")').first())
    expect(await text(page)).toContain('In Prüfung')
    await press(page.getByRole('link', { name: 'Entscheiden', exact: true }))
    expect(await text(page)).toContain('Die Karte nennt keine Gründe, am Anfang abzulehnen.')
    await press(page.getByRole('link', { name: 'Annehmen', exact: true }))
    await choose(page, 'Annehmen')
    await page.waitForURL(`**/requests/${id}/decided`)
    for (const words of ['Angenommen', reference, 'Die Person bekommt einen Brief mit der Entscheidung.'])
      expect(await text(page)).toContain(words)
    expectNoMisdeeds(misdeeds)
    await context.close()
  })
})

test('one key opens the next one, and no key does anything while somebody types', async () => {
  const { id } = await askForHelp(db, { pack: 'ua-kharkiv', service: 'konsultuvannia' })
  const { context, page, misdeeds } = await signedIn()
  await page.locator('input[name=q]').press('n')
  expect(await page.locator('input[name=q]').inputValue()).toBe('n')
  expect(new URL(page.url()).pathname).toBe('/requests')
  await page.locator('h1').click()
  await page.keyboard.press('n')
  await page.waitForURL(/\/requests\/[0-9a-f-]{36}$/)
  await page.goto(`/requests/${id}`)
  await page.keyboard.press('Control+n').catch(() => {})
  expect(page.url()).toContain(id)
  expectNoMisdeeds(misdeeds)
  await context.close()
})

test('every page of the desk can be used by everybody: in four languages, on a telephone, in light and dark', {
  timeout: 240_000,
}, async () => {
  const told = {
    pack: 'ua-kharkiv',
    contact: {
      ways: ['phone', 'email'] as ContactWay[],
      phone: '+380 50 000 00 00',
      email: 'read.by.others@example.org',
      emailReadByOthers: true,
      postSeenByOthers: true,
      discreet: true,
      times: '14:00–16:00',
      note: 'Вранці вдома не сама.',
    },
    enteredBy: { name: 'Ганна Сусідка', relation: 'neighbour', consent: 'given' },
  } as const
  const support = await askForHelp(db, { ...told, service: 'sotsialnyi-suprovid' })
  const family = await askForHelp(db, { ...told, service: 'vlashtuvannia-do-simeinykh-form-vykhovannia' })
  const danger = await askForHelp(db, {
    ...told,
    service: 'nadannia-prytulku',
    situation: { dangers: ['violence', 'child'] },
  })
  for (const { id } of [support, family]) done(await act(db, worker.actor, takeRequest, { request: id }))
  await db.ownerPool.query(
    `insert into intake.alert (request_id, account_id, at, reason) values ($1, $2, $3, 'duty')`,
    [danger.id, worker.account, db.clock.now],
  )
  const paper = (
    await db.ownerPool.query('select id from intake.document where request_id = $1 order by position limit 1', [
      family.id,
    ])
  ).rows[0]?.id
  const addresses = [
    '/requests',
    '/requests?tab=mine',
    '/requests?tab=overdue',
    `/requests?q=${encodeURIComponent('Гриценко')}`,
    `/requests/${danger.id}`,
    `/requests/${family.id}?find=${encodeURIComponent('консультування')}`,
    `/requests/${family.id}/papers/${paper}`,
    `/requests/${support.id}/decide`,
    `/requests/${support.id}/decide?outcome=redirected`,
    `/requests/${support.id}/body`,
  ]
  for (const locale of ['en', 'uk', 'da', 'de'] as const) {
    await db.ownerPool.query('update access.account set locale = $1 where id = $2', [locale, worker.account])
    const { context, page, misdeeds } = await signedIn({
      viewport: { width: 320, height: 700 },
      colorScheme: locale === 'uk' ? 'dark' : 'light',
    })
    for (const address of addresses) {
      const answer = await page.goto(address)
      expect([address, answer?.status()]).toEqual([address, 200])
      expect(await page.locator('html').getAttribute('lang')).toBe(locale)
      expect({ address, sticksOut: await stickingOut(page) }).toEqual({ address, sticksOut: [] })
      const { violations, unanswered } = await examine(page)
      expect({ address, violations, unanswered }).toEqual({ address, violations: [], unanswered: [] })
    }
    expectNoMisdeeds(misdeeds)
    await context.close()
  }
})
