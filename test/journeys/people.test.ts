import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { peopleRoutes } from '../../src/capabilities/intake/routes/people.tsx'
import type { Actor } from '../../src/platform/access/actor.ts'
import { sealIdentifier } from '../../src/platform/access/identifier.ts'
import { webServer } from '../../src/platform/http/app.ts'
import { Door } from '../../src/platform/http/door.ts'
import { createLog } from '../../src/platform/log/log.ts'
import { loadRegions } from '../../src/platform/packs/regions.ts'
import { addActor } from '../actors.ts'
import { examine } from '../axe.ts'
import { expectNoMisdeeds, person, press, stickingOut, testBrowser } from '../browser.ts'
import { testDatabase } from '../database.ts'
import { testFiles } from '../files.ts'
import { askForHelp, loadIntakePacks } from '../intake-house.ts'
import { testSecret } from '../secret.ts'

const db = await testDatabase({ now: new Date('2026-11-29T10:00:00Z') })
const browser = await testBrowser()
let signedIn: Actor | null = null
let lead: Actor
let url = ''

beforeAll(async () => {
  await loadIntakePacks(db, ['ua-kharkiv'])
  const regions = await loadRegions(db)
  const door = new Door()
  const files = testFiles(db)
  peopleRoutes(door, { secret: testSecret })
  let answer: (request: Request, own: object) => Response | Promise<Response> = () => new Response()
  const server = serve({ fetch: (asked, own) => answer(asked, own), port: 0, hostname: '127.0.0.1' })
  if (!server.listening) await once(server, 'listening')
  url = `http://localhost:${(server.address() as AddressInfo).port}`
  const app = webServer({
    config: { ...db.config, url },
    database: db,
    files,
    door,
    authentication: { actorOf: async () => ({ actor: signedIn }) },
    menus: [],
    regions: () => regions,
    log: createLog('silent'),
    secret: testSecret,
    secure: false,
    now: () => db.clock.now,
  })
  answer = (asked, own) => app.fetch(asked, own)
  lead = await addActor(db, 'Ірина Савченко', [{ organisation: 'dovira', role: 'team_lead' }])
  await addActor(db, 'Андрій Бондар', [{ organisation: 'dovira', role: 'case_worker' }])
  afterAll(async () => {
    const closed = once(server, 'close')
    server.close()
    if ('closeAllConnections' in server) server.closeAllConnections()
    await closed
  })
})

async function looksRight(page: Page, name: string): Promise<void> {
  await page.locator('h1').first().waitFor()
  expect(await stickingOut(page), name).toEqual([])
  const { violations, unanswered } = await examine(page)
  // what surrounds the page is examined with every page
  const own = unanswered.filter(({ element }) => !element.startsWith('.ln-region'))
  expect([...violations, ...own], name).toEqual([])
  const folder = process.env.LINDEN_PICTURES
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

const readers = [
  { name: 'uk-320', locale: 'uk-UA', width: 320 },
  { name: 'de-1280', locale: 'de-DE', width: 1280 },
]

test.each(readers)(
  'INT-8: two records are found, compared, joined and undone, and one is protected ($name)',
  async ({ name, locale, width }) => {
    const number = sealIdentifier(testSecret, `АБ 12345${width}`)
    const born = width === 320 ? '1990-05-17' : '1985-03-02'
    const phone = `+380 50 123 4${width}`
    const asking = { pack: 'ua-kharkiv', service: 'nadannia-prytulku', contact: { ways: ['phone' as const], phone } }
    const first = { name: 'Гриценко Наталя Іванівна', birthDate: born, documentNumber: number }
    const second = { name: 'Natalia Hrytsenko', birthDate: born, address: 'вул. Сумська, 1, Харків' }
    await askForHelp(db, { ...asking, particulars: first })
    await askForHelp(db, { ...asking, particulars: second, contact: { ...asking.contact, discreet: true } })
    signedIn = lead
    const { page, context, misdeeds } = await person(browser, url, {
      locale,
      viewport: { width, height: 800 },
    })
    await page.goto('/people')
    await looksRight(page, `people-${name}`)
    await page.locator('input[name=q]').fill('hrytsenko natalia')
    await page.locator('input[name=born]').fill(born)
    await press(page.locator('main form button').first())
    expect(await page.locator('main table tbody tr').count()).toBe(2)
    await press(page.locator('main table tbody a', { hasText: 'Гриценко' }))
    await looksRight(page, `person-${name}`)
    const own = new URL(page.url()).pathname
    await press(page.locator(`form[action="${own}/number"] button`))
    expect(await page.locator('main .ln-number').textContent()).toBe(`АБ12345${width}`)
    await page.goto(own)
    await press(page.locator('#duplicates ~ ul a'))
    await looksRight(page, `pair-${name}`)
    await press(page.locator('form[action$="/merge"] button'))
    await looksRight(page, `joined-${name}`)
    expect(new URL(page.url()).pathname).toBe(own)
    expect(await page.locator('#duplicates').count()).toBe(0)
    expect(await page.locator('main').innerText()).toContain('вул. Сумська, 1, Харків')
    await press(page.locator(`main form[action="${own}/undo"] button.ds-button`))
    await page.locator('[role=status]').waitFor()
    await press(page.locator('form[action$="/apart"] button'))
    expect(await page.locator('#duplicates').count()).toBe(0)
    await page.locator('#protection ~ details summary').click()
    await page.locator('textarea[name=reason]').fill('Адреса має лишатися невідомою.')
    await press(page.locator('form[action$="/restrict"] button'))
    await looksRight(page, `protected-${name}`)
    expect(await page.locator('form[action$="/lift"]').count()).toBe(1)
    await press(page.locator('form[action$="/lift"] button'))
    expect(await page.locator('form[action$="/lift"]').count()).toBe(0)
    expectNoMisdeeds(misdeeds)
    await context.close()
  },
)
