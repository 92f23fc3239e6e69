import { beforeAll, describe, expect, test } from 'vitest'
import { listPeople } from '../../src/demo/list.ts'
import { loadDemo } from '../../src/demo/load.ts'
import { totpCode } from '../../src/platform/auth/second-factor.ts'
import { type Locale, locales } from '../../src/platform/i18n/text.ts'
import { Browser } from '../auth-house.ts'
import { examine } from '../axe.ts'
import { expectNoMisdeeds, person, stickingOut, testBrowser } from '../browser.ts'
import { testHouse } from '../house.ts'

/** Pages on which municipalities and a region steer together, whoever reads them. */
const steering =
  /^\/(bodies|meetings|matters|consultations|framework-agreements|recommendations|conferences|year-wheel|rulings|central-requests|rules|decisions|governance|offers|matching|adjustments|tariffs|supply|places|stays)(\/|$)/
const files = /(pdf|xlsx|\.ics|\.atom|\/text|\/calendar|\/documents\/\{.*\}|\/papers\/\{.*\})$/

/** Pages to which no link of the demo leads, each with where else it is looked at. */
const elsewhere: Readonly<Record<string, string>> = {
  '/adjustments/answer/{token}': 'adjustment-journey.test.ts, behind the link of its letter',
  '/governance/consultations/{id}/edit': 'consultations-web.test.ts: no draft waits in the demo',
  '/supply/ratings': 'who rates for one municipality is led on to its page; a choice of several is in supply.test.ts',
}

/** Pages that the demo leads to in a part of its two years, each with where else it is looked at. */
const atTimes: Readonly<Record<string, string>> = {
  '/governance/agreements/{slug}/ratify': 'framework-agreements.test.ts: only while councils are asked',
}

/** Who walks, in this order: what somebody earlier has seen is not looked at again. */
const walkers = ['', 'secretariat.viborg', 'member.herning', 'operator.viborg', 'economist', 'case_worker']
const region = 'dk-midtjylland'

const { url, house } = await testHouse({ env: { LINDEN_DEMO: 'small', LINDEN_PACKS: region } })
const chromium = await testBrowser()

const patterns = house.door.routes
  .filter(({ kind, address }) => kind === 'page' && steering.test(address) && !files.test(address))
  .map(({ address }) => ({ address, fits: new RegExp(`^${address.replaceAll(/\{\w+\}/g, '[^/]+')}$`) }))
  .sort((one, other) => holes(one.address) - holes(other.address))

function holes(address: string): number {
  return address.split('{').length - 1
}

/** One page of each kind that a person can reach. */
interface Stop {
  at: string
  pattern: string
  status: number
}

const seen = new Set<string>()

/** Follows the links of the front page, of each menu, and of what they lead to: one page of each kind that nobody has seen before. */
async function walk(browser: Browser): Promise<Stop[]> {
  const stops: Stop[] = []
  const waiting = ['/', '/account']
  const known = new Set(waiting)
  const mine = new Set<string>()
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    const answer = await browser.get(at)
    const html = `${await answer.text()} href="${answer.headers.get('location') ?? ''}"`
    const pattern = patterns.find(({ fits }) => fits.test(at.replace(/\?.*$/, '')))?.address
    if (pattern !== undefined && !seen.has(pattern) && answer.status !== 303) {
      seen.add(pattern)
      stops.push({ at, pattern, status: answer.status })
    }
    for (const [, found = ''] of html.matchAll(/href="(\/[^"#]*)/g)) {
      const to = found.replaceAll('&amp;', '&')
      const kind = patterns.find(({ fits }) => fits.test(to.replace(/\?.*$/, '')))?.address
      if (kind === undefined || known.has(to)) continue
      // of each kind a few: what the first one lacks the second may lead to
      const nth = [1, 2, 3, 4, 5, 6].find((number) => !mine.has(`${kind} ${number}`))
      if (nth === undefined) continue
      mine.add(`${kind} ${nth}`)
      known.add(to)
      waiting.push(to)
    }
  }
  return stops
}

async function signedIn(name: string): Promise<Browser> {
  const browser = new Browser(url)
  browser.cookies.set('linden_region', region)
  if (name === '') return browser
  const account = (await listPeople(house)).find(({ email, roles }) => email.startsWith(name) || roles.includes(name))
  if (!account) throw new Error(`The demo has nobody like ${name}.`)
  await browser.signIn(account.email, account.password)
  if (account.totpSecret) await browser.post('/sign-in/code', { code: await totpCode(account.totpSecret), back: '/' })
  return browser
}

beforeAll(async () => {
  expect(await loadDemo(house, 'small')).toBe(true)
})

let turn = 0

describe.each(walkers)('what the demo shows to somebody: %s', (name) => {
  test('every page that links lead to', async () => {
    const browser = await signedIn(name)
    const stops = await walk(browser)
    const { context, page, misdeeds } = await person(chromium, url, {
      viewport: { width: 320, height: 640 },
      reducedMotion: 'reduce',
    })
    for (const { at, status } of stops) {
      const locale: Locale = locales[turn++ % locales.length] ?? 'en'
      const cookies = [...browser.cookies, ['linden_locale', locale] as const]
      await context.addCookies(cookies.map(([key, value]) => ({ name: key, value, url })))
      await page.goto(at)
      const { violations, unanswered } = await examine(page)
      expect
        .soft({
          at,
          locale,
          status,
          lang: await page.locator('html').getAttribute('lang'),
          headings: await page.locator('h1').count(),
          sticksOut: await stickingOut(page),
          violations,
          unanswered,
        })
        .toEqual({ at, locale, status: 200, lang: locale, headings: 1, sticksOut: [], violations: [], unanswered: [] })
    }
    expectNoMisdeeds(misdeeds)
    await context.close()
  }, 240_000)
})

test('no page of the demo is without a way to it', () => {
  const unseen = patterns.map(({ address }) => address).filter((address) => !seen.has(address) && !(address in atTimes))
  expect(unseen.sort()).toEqual(Object.keys(elsewhere).sort())
})
