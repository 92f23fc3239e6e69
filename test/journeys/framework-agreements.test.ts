import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { playAgreements } from '../../src/capabilities/governance/demo-agreements.ts'
import { nextFirstYear, periodFrom, periodName } from '../../src/capabilities/governance/rules/agreements/period.ts'
import { agreementBySlug } from '../../src/capabilities/governance/store/agreements/read-agreement.ts'
import { withStage } from '../../src/demo/stage.ts'
import { expectNoMisdeeds, person, press, stickingOut, testBrowser } from '../browser.ts'
import { testHouse } from '../house.ts'
import { pdfText } from '../pdf-text.ts'
import { password, type Somebody, somebody } from '../people.ts'
import { send } from '../wire.ts'

// Where the next agreement is being ratified: 32 days before it begins.
const at = await testHouse({ now: new Date() })
const { url, house, db } = at
const chromium = await testBrowser()

const rule = { years: 2, firstYear: 2019 }
const next = nextFirstYear(rule, db.clock.now.toISOString().slice(0, 10))
const slugOf = (year: number) => `rammeaftale-${periodName(periodFrom(rule, year) ?? { since: '', until: '' })}`
const last = slugOf(next - 2)

let keeper: Somebody
let herning: Somebody
let stranger: Somebody

const text = async (address: string, language = 'en') =>
  (await fetch(`${url}${address}`, { headers: { 'accept-language': language } })).text()

beforeAll(async () => {
  const added = await house.auth.addAccount({
    name: 'Keeper',
    email: 'secretariat.viborg@example.org',
    password,
    memberships: [{ organisation: 'viborg-kommune', role: 'secretariat' }],
    locale: 'en',
  })
  expect(added.is).toBe('ok')
  await withStage(house, playAgreements)
  keeper = await somebody(at, 'Keeper Two', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
  herning = await somebody(at, 'Herning', [{ organisation: 'herning-kommune', role: 'body_member' }])
  stranger = await somebody(at, 'Stranger', [{ organisation: 'dovira', role: 'secretariat' }])
})

describe('what everybody reads', () => {
  test('GOV-6: a region shows its agreements; one that makes none says so', async () => {
    const list = await text('/framework-agreements?region=dk-midtjylland', 'de')
    expect(list).toContain('Rahmenvereinbarungen')
    expect(list).toContain(`href="/framework-agreements/${last}"`)
    expect(list).toContain('in Kraft')
    expect(await text('/framework-agreements?region=ua-kharkiv', 'uk')).toContain('У цьому регіоні рамкових угод немає')
  })

  test('GOV-6: twenty ratifications, each with its day and its decision, its parts, its links', async () => {
    const page = await text(`/framework-agreements/${last}`)
    expect(page).toContain('20 of 20 have ratified')
    expect(page.match(/href="\/decisions\/[0-9a-f-]{36}"/g)?.length).toBeGreaterThanOrEqual(23)
    for (const words of [
      'Steering agreement',
      'Annex: offers in scope',
      'entered from the minutes',
      'href="/supply"',
      'href="/bodies/dialogforum"',
    ])
      expect(page).toContain(words)
    const part = await text(`/framework-agreements/${last}/parts/styringsaftale`, 'uk')
    expect(part).toMatch(/<div[^>]*lang="da"[^>]*><h2[^>]*>Takster<\/h2>/)
  })

  test('GOV-6: whoever has the plain text can check the number that stands on page and paper', async () => {
    const plain = await text(`/framework-agreements/${last}/text`)
    const hash = createHash('sha256').update(plain).digest('hex')
    expect(await text(`/framework-agreements/${last}`)).toContain(hash)
    const paper = await fetch(`${url}/framework-agreements/${last}/pdf`)
    expect(paper.headers.get('content-type')).toBe('application/pdf')
    const words = pdfText(new Uint8Array(await paper.arrayBuffer()))
    expect(words.replaceAll(/\s/g, '')).toContain(hash)
    expect(words).toContain('20 af 20 har godkendt')
  })

  test('GOV-6: over JSON the same, with who is missing by name', async () => {
    const reply = await (await fetch(`${url}/api/v1/framework-agreements/${last}`)).json()
    expect(reply).toMatchObject({
      state: 'in-force',
      missing: [],
      texts: [{ purpose: 'agreement' }, { purpose: 'consultation' }],
    })
    expect((await fetch(`${url}/api/v1/framework-agreements?state=in-force`)).status).toBe(200)
    expect((await fetch(`${url}/api/v1/framework-agreements/none`)).status).toBe(404)
    expect((await fetch(`${url}/framework-agreements/${last}/parts/none`)).status).toBe(404)
    expect((await fetch(`${url}/framework-agreements/${last}/documents/viborg-byraad`)).status).toBe(404)
  })
})

describe('drafting without script, on a phone', () => {
  const slug = slugOf(next + 2)
  const address = `/governance/agreements/${slug}/parts/styringsaftale`
  const written = (words: string, more: Record<string, string> = {}) =>
    keeper.browser.post(address, { as: 'takstgruppen', version: '0', words, ...more })

  test('GOV-6: from an empty draft to a first version, and the second editor sees both texts', async () => {
    const begun = await keeper.browser.post('/governance/agreements', {
      pack: 'dk-midtjylland',
      year: String(next + 2),
    })
    expect([begun.status, begun.headers.get('location')]).toEqual([303, `/governance/agreements/${slug}`])
    const browser = await person(chromium, url, {
      javaScriptEnabled: false,
      viewport: { width: 320, height: 640 },
      locale: 'de',
    })
    const { page, context, misdeeds } = browser
    await context.addCookies([...keeper.browser.cookies].map(([name, value]) => ({ name, value, url })))
    await page.goto('/language?choose=de')
    await page.goto(address)
    await page.locator('textarea[name=words]').fill('# Takster\n\nEn takst dækker alt.')
    await press(page.getByRole('button', { name: 'Als neue Version speichern' }))
    expect(await page.getByText('Version 1 ist gespeichert').count()).toBe(1)
    expect(await stickingOut(page)).toEqual([])
    const late = await written('# Takster\n\nEn takst dækker næsten alt.')
    expect(late.status).toBe(409)
    const both = await late.text()
    expect(both).toContain('En takst dækker alt.')
    expect(both).toContain('En takst dækker næsten alt.')
    expect(
      (await written('# Takster\n\nEn takst dækker næsten alt.', { version: '1', reason: 'Klarere' })).status,
    ).toBe(303)
    await page.goto(`${address}?from=1&to=2`)
    expect(await page.locator('.ln-difference ins').innerText()).toContain('næsten')
    for (const wide of [
      `/governance/agreements/${slug}`,
      '/governance/agreements',
      `/framework-agreements/${last}`,
      `/framework-agreements/${last}/parts/omfattede-tilbud`,
    ]) {
      await page.goto(wide)
      expect([wide, await stickingOut(page)]).toEqual([wide, []])
    }
    expectNoMisdeeds(misdeeds)
    await context.close()
  })

  test('GOV-6: drafts are nowhere in public, and the desk is open to those who take part', async () => {
    for (const place of [`/framework-agreements/${slug}`, `/api/v1/framework-agreements/${slug}`])
      expect(await text(place)).not.toContain('næsten')
    expect((await fetch(`${url}/framework-agreements/${slug}/parts/styringsaftale`)).status).toBe(404)
    expect((await herning.browser.get(`/governance/agreements/${slug}`)).status).toBe(200)
    expect((await stranger.browser.get(`/governance/agreements/${slug}`)).status).toBe(403)
    expect((await stranger.browser.get(address)).status).toBe(403)
    expect((await stranger.browser.post(address, { as: 'takstgruppen', version: '2', words: 'Nej' })).status).toBe(403)
  })

  test('GOV-6: a line of the annex that nobody can read is told by its number', async () => {
    const annex = `/governance/agreements/${slug}/parts/omfattede-tilbud`
    const wrong = await keeper.browser.post(annex, {
      as: 'sekretariat-for-rammeaftaler',
      version: '0',
      words: 'Tilbud',
      listed: 'offers',
      offers: 'hedelyset\nDette er ikke et tilbud',
    })
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toContain('Line 2 cannot be read')
  })
})

describe('the agreement that is being prepared', () => {
  test('GOV-6: shows who is missing and until when, and a party enters its ratification with a document', async () => {
    const slug = slugOf(next)
    const { state } = await db.transact(
      { actor: null },
      async (tx) => (await agreementBySlug(tx, slug)) ?? { state: 'none' },
    )
    // as far as the calendar says: in the autumn before it begins it is being ratified
    const page = await text(`/framework-agreements/${slug}`)
    if (state !== 'ratification') return expect(page).not.toContain('20 of 20')
    expect(page).toMatch(/\d+ of 20 have ratified/)
    expect(page).toContain('Missing:')
    expect(page).toContain('not yet')
    const form = await herning.browser.get(`/governance/agreements/${slug}/ratify?body=herning-byraad`)
    expect(form.status).toBe(200)
    const api = await send(url, `/api/v1/framework-agreements/${slug}/ratifications`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${stranger.token}` },
      body: JSON.stringify({ body: 'herning-byraad', decidedOn: '2026-11-01' }),
    })
    expect(api.status).toBe(403)
    const desk = await keeper.browser.post(`/governance/agreements/${slug}/remind`, {})
    expect(desk.status).toBe(303)
  })
})
