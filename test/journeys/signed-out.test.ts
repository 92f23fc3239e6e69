import { expect, test } from 'vitest'
import { newTotpSecret, totpCode } from '../../src/platform/auth/second-factor.ts'
import { forgetKeysJob } from '../../src/platform/http/forget-keys-job.ts'
import { keptLimit } from '../../src/platform/http/kept-form.ts'
import { Browser } from '../auth-house.ts'
import { examine } from '../axe.ts'
import { expectNoMisdeeds, person, press, stickingOut, testBrowser } from '../browser.ts'
import { testHouse } from '../house.ts'
import { password, somebody } from '../people.ts'

const at = await testHouse()
const { url, db, house } = at
const browser = await testBrowser()
const card = 'nadannia-prytulku'
const form = `/directory/services/${card}/edit`
const summaryField = 'textarea[name="card.summary.uk"], input[name="card.summary.uk"]'
const save = 'main form button[type=submit]:not([name])'

async function versions(): Promise<number> {
  const { rows } = await db.ownerPool.query(
    'select count(*)::int as n from directory.service_version v join directory.service s on s.id = v.service_id where s.slug = $1',
    [card],
  )
  return rows[0].n
}

const kept = async () => (await db.ownerPool.query('select id, sealed from http.kept_form')).rows
const endAllSessions = () => db.ownerPool.query('delete from auth.session')
const sealedOf = (text: string): string | undefined => /\/kept\/[0-9a-f-]{36}/.exec(text)?.[0]

test('a session that ends in the middle of a form loses nothing: without script, with a second factor', async () => {
  const secret = newTotpSecret()
  const memberships = [{ organisation: 'dovira', role: 'editor' as const }]
  await somebody(at, 'Olena Editor', memberships)
  const { context, page, misdeeds } = await person(browser, url, {
    locale: 'uk-UA',
    javaScriptEnabled: false,
    viewport: { width: 320, height: 700 },
  })
  await page.goto(`/sign-in?back=${form}`)
  await page.locator('input[name=email]').fill('olena.editor@example.org')
  await page.locator('input[name=password]').fill(password)
  await press(page.locator('main form button[type=submit]').first())
  await page.locator(summaryField).first().fill('Довгий текст, який ніхто не хоче писати двічі.')
  await endAllSessions()
  const before = await versions()
  await press(page.locator(save).last())

  expect(await page.locator('main').innerText()).toContain('Нічого не втрачено')
  expect(page.url()).not.toContain('%D0')
  expect(await versions()).toBe(before)

  // the colleague whose account asks for a code as well
  await house.auth.addAccount({ name: 'Petro', email: 'petro@example.org', password, totpSecret: secret, memberships })
  await page.locator('input[name=email]').fill('petro@example.org')
  await page.locator('input[name=password]').fill('mistyped at first')
  await press(page.locator('main form button[type=submit]').first())
  expect(await page.locator('main').innerText()).toContain('Нічого не втрачено')
  await page.locator('input[name=password]').fill(password)
  await press(page.locator('main form button[type=submit]').first())
  await page.waitForURL('**/sign-in/code?*')
  expect(await page.locator('main').innerText()).toContain('Нічого не втрачено')
  await page.locator('input[name=code]').fill(await totpCode(secret))
  await press(page.locator('main form button[type=submit]').first())

  await page.waitForURL('**/kept/*')
  expect(await page.locator(summaryField).first().inputValue()).toContain('ніхто не хоче писати двічі')
  expect(await page.locator('main').innerText()).toContain('Тим часом ваш сеанс завершився')
  const address = page.url()
  await press(page.locator(save).last())
  await page.waitForURL(`**/directory/services/${card}`)
  expect(await versions()).toBe(before + 1)

  // the same form once more, from the history: answered as before, done once
  await page.goto(address)
  await press(page.locator(save).last())
  await page.waitForLoadState()
  expect(await versions()).toBe(before + 1)
  expectNoMisdeeds(misdeeds)
  await context.close()
})

test.each(['uk', 'de'])('both pages hold at 320 pixels and for readers of the screen: %s', async (locale) => {
  await somebody(at, `Reader ${locale}`, [{ organisation: 'dovira', role: 'editor' }])
  const { context, page, misdeeds } = await person(browser, url, { locale, viewport: { width: 320, height: 700 } })
  const holds = async (name: string) => {
    const { violations, unanswered } = await examine(page)
    expect({ violations, unanswered, sticksOut: await stickingOut(page) }).toEqual({
      violations: [],
      unanswered: [],
      sticksOut: [],
    })
    if (process.env.LINDEN_SHOTS)
      await page.screenshot({ path: `${process.env.LINDEN_SHOTS}/${name}-${locale}.png`, fullPage: name === 'sign-in' })
  }
  await page.goto(`/sign-in?back=${form}`)
  await page.locator('input[name=email]').fill(`reader.${locale}@example.org`)
  await page.locator('input[name=password]').fill(password)
  await press(page.locator('main form button[type=submit]').first())
  await page.waitForURL(`**${form}`)
  await endAllSessions()
  await press(page.locator(save).last())
  await page.locator('input[name=password]').waitFor()
  await holds('sign-in')
  await page.locator('input[name=email]').fill(`reader.${locale}@example.org`)
  await page.locator('input[name=password]').fill(password)
  await press(page.locator('main form button[type=submit]').first())
  await page.waitForURL('**/kept/*')
  await holds('kept')
  expectNoMisdeeds(misdeeds)
  await context.close()
})

test('what waits is sealed, opens for one account in one browser, and not after two hours', async () => {
  const writer = await somebody(at, 'Ivan Editor', [{ organisation: 'dovira', role: 'editor' }])
  const other = await somebody(at, 'Oksana Editor', [{ organisation: 'dovira', role: 'editor' }])
  const stranger = new Browser(url)
  const answer = await stranger.post(form, { 'card.summary.uk': 'secret words', _key: 'a-key-of-mine' })
  const text = await answer.text()
  const path = sealedOf(text) ?? ''
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([403, 'no-store'])
  expect(text).toContain('Nothing is lost')
  const cookie = answer.headers.getSetCookie().find((value) => value.startsWith('linden_kept=')) ?? ''
  expect(cookie).toContain(`Path=${path}; HttpOnly; SameSite=Lax; Max-Age=7200`)

  const rows = (await kept()).map((row) => Buffer.from(row.sealed).toString('latin1')).join()
  expect(rows).not.toContain('secret words')
  // nobody without the browser's half of the key, whoever has signed in
  expect((await writer.browser.get(path)).status).toBe(410)
  expect((await stranger.get(path)).headers.get('location')).toBe(`/sign-in?back=${encodeURIComponent(path)}`)

  const key = stranger.cookies.get('linden_kept') ?? ''
  writer.browser.cookies.set('linden_kept', `${key.slice(0, -2)}AA`)
  expect((await writer.browser.get(path)).status).toBe(410)
  writer.browser.cookies.set('linden_kept', key)
  const shown = await (await writer.browser.get(path)).text()
  expect(shown).toContain('secret words')
  expect(shown).toContain('value="a-key-of-mine"')
  // from now on it is the writer's, whoever sits down at this browser
  other.browser.cookies.set('linden_kept', key)
  expect((await other.browser.get(path)).status).toBe(410)
  expect((await writer.browser.get(path)).status).toBe(200)

  const left = (await kept()).length
  db.clock.advance(121 * 60_000)
  expect((await writer.browser.get(path)).status).toBe(410)
  expect((await kept()).length).toBe(left)
  await forgetKeysJob.run(
    {
      transact: (work) => db.transact({ actor: null, purpose: 'forgetting' }, work),
    } as Parameters<typeof forgetKeysJob.run>[0],
    {},
  )
  expect(await kept()).toEqual([])
})

test('nothing is kept of secrets, for other sites, for programs, or without end', async () => {
  const visitor = new Browser(url)
  const before = (await kept()).length
  const secret = await visitor.post('/account/password', { current: password, password: 'a new one of mine' })
  expect([secret.status, secret.headers.get('location')]).toEqual([303, '/sign-in?back=%2Faccount%2Fpassword'])
  expect((await visitor.post(form, { a: 'b' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await visitor.post(form, { a: 'b' }, { authorization: 'Bearer of-nothing' })).status).toBe(403)
  expect((await visitor.post(form, { a: 'b'.repeat(300_001) })).status).toBe(303)
  expect((await kept()).length).toBe(before)
  for (let time = 0; time < keptLimit.most + 3; time++) await visitor.post(form, { a: 'b' })
  const last = await visitor.post(form, { a: 'b' })
  expect([last.status, last.headers.get('location')]).toEqual([303, `/sign-in?back=${encodeURIComponent(form)}`])
  expect((await kept()).length).toBeLessThanOrEqual(keptLimit.most)
})
