import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { testHouse } from '../../../test/house.ts'
import { type Somebody, somebody } from '../../../test/people.ts'
import { send } from '../../../test/wire.ts'
import type { Recognised } from '../../platform/http/recognise.ts'
import { linksOf } from '../../platform/thread/thread.ts'
import { governance } from './capability.ts'
import { personalDecision, publicDecision, secretMark } from './governance.fixture.ts'

const at = await testHouse()
const { url, house, db } = at

let secretary: Somebody
let colleague: Somebody
let stranger: Somebody
let token = ''
const made = { open: '', personal: '' }

const Made = z.object({ id: z.string(), number: z.string() })

async function post(address: string, body: object, by = token) {
  const reply = await send(url, address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${by}` },
    body: JSON.stringify(body),
  })
  return { status: reply.status, body: JSON.parse(reply.text) as unknown }
}

/** The fields of the form, as a browser without script sends them. */
const typed = (more: Record<string, string> = {}) => ({
  matter: 'vykonavchyi-komitet/orhanizatsiia-posluh',
  decidedOn: '2026-11-10',
  outcome: 'agreed',
  title: 'Open on Saturdays',
  language: 'en',
  ...more,
})

beforeAll(async () => {
  secretary = await somebody(at, 'Secretary', [{ organisation: 'dovira', role: 'secretariat' }])
  colleague = await somebody(at, 'Colleague', [{ organisation: 'dovira', role: 'editor' }])
  stranger = await somebody(at, 'Stranger', [{ organisation: 'jugendamt', role: 'secretariat' }])
  const given = await house.auth.createToken(secretary.email, ['governance:write'], 30, 'test')
  token = given.is === 'ok' ? given.value.token : ''
  for (const [name, decision] of [
    ['open', publicDecision()],
    ['personal', personalDecision()],
  ] as const) {
    const reply = await post('/api/v1/decisions', decision)
    expect(reply.status).toBe(201)
    made[name] = Made.parse(reply.body).id
  }
})

describe('what everybody reads', () => {
  test('GOV-1: a region shows its bodies, each with purpose, way of deciding, secretariat and matters', async () => {
    const list = await (await fetch(`${url}/bodies?region=ua-kharkiv`, { headers: { 'accept-language': 'uk' } })).text()
    for (const slug of [
      'robocha-hrupa-sotsialnoho-suprovodu',
      'komisiia-z-pytan-zakhystu-prav-dytyny',
      'vykonavchyi-komitet',
    ])
      expect(list).toContain(`/bodies/${slug}`)
    expect(list).not.toContain('viborg-visitationsudvalg')
    expect(list).toContain('Хто вирішує')
    const page = await (
      await fetch(`${url}/bodies/vykonavchyi-komitet`, { headers: { 'accept-language': 'uk' } })
    ).text()
    for (const words of [
      'більшістю голосів',
      'більше половини складу',
      'щонайменше раз на місяць',
      '«Довіра»',
      'Влаштування дитини',
    ])
      expect(page).toContain(words)
  })

  test('GOV-1: what the sources of a body do not say is said to be unknown', async () => {
    const page = await (
      await fetch(`${url}/bodies/robocha-hrupa-sotsialnoho-suprovodu`, { headers: { 'accept-language': 'en' } })
    ).text()
    expect(page).toContain('no information')
  })

  test('GOV-1: an invented body says so', async () => {
    const page = await (
      await fetch(`${url}/bodies/fachteam-hilfeplanung`, { headers: { 'accept-language': 'de' } })
    ).text()
    expect(page).toContain('Beispiel: ein erfundenes Gremium')
  })

  test('GOV-4: public decisions stand on the page of the body, newest first, page by page, and are found by their words', async () => {
    for (let day = 1; day <= 22; day++)
      await post('/api/v1/decisions', {
        ...publicDecision({
          title: { uk: `Рішення дня ${day}` },
          decidedOn: `2023-01-${String(day).padStart(2, '0')}`,
        }),
      })
    const first = await (await fetch(`${url}/bodies/vykonavchyi-komitet`)).text()
    expect(first.indexOf('Рішення дня 22')).toBeLessThan(first.indexOf('Рішення дня 21'))
    expect(first).not.toContain('Рішення дня 1<')
    const next = /href="(\/bodies\/vykonavchyi-komitet\?after=[^"]+)"/.exec(first)?.[1] ?? ''
    expect(await (await fetch(`${url}${next}`)).text()).toContain('Рішення дня 1<')
    const found = await (await fetch(`${url}/bodies/vykonavchyi-komitet?q=${encodeURIComponent('дня 17')}`)).text()
    expect(found).toContain('Рішення дня 17')
    expect(found).not.toContain('Рішення дня 16')
    expect((await fetch(`${url}/bodies/vykonavchyi-komitet?after=x`)).status).toBe(400)
  })

  test('GOV-4: a decision has its page, with body, matter, number and outcome', async () => {
    const page = await (await fetch(`${url}/decisions/${made.open}`, { headers: { 'accept-language': 'en' } })).text()
    for (const words of [
      'Open in the evening',
      'agreed',
      'Executive committee',
      '20\u00a0November 2026',
      'by the secretariat',
    ])
      expect(page).toContain(words)
  })

  test('GOV-1: the menu names bodies only where the region has some', async () => {
    expect(await (await fetch(`${url}/?region=de-stuttgart`)).text()).toContain('href="/bodies"')
    const region = house.regions().find(({ id }) => id === 'de-stuttgart')
    if (!region) throw new Error('Stuttgart is not loaded')
    const links = (holds: readonly string[]) =>
      governance.menu.public({ region: { ...region, holds } } as Recognised).map(({ href }) => href)
    expect([links(['governance.bodies']), links([])]).toEqual([['/bodies'], []])
  })
})

describe('GOV-13: a decision about a person', () => {
  test('is nowhere in public: not on the page of its body, not in a search, not over JSON, not in the thread', async () => {
    const body = 'robocha-hrupa-sotsialnoho-suprovodu'
    const mark = encodeURIComponent(secretMark)
    for (const address of [
      '/bodies',
      `/bodies/${body}`,
      `/bodies/${body}?q=${mark}`,
      `/decisions/${made.personal}`,
      `/governance/decisions/${made.personal}`,
      '/api/v1/bodies',
      `/api/v1/bodies/${body}`,
      '/api/v1/decisions?size=100',
      `/api/v1/decisions?body=${body}`,
      `/api/v1/decisions?q=${mark}`,
      `/services?q=${mark}`,
      `/api/v1/services?q=${mark}`,
    ])
      for (const browser of [undefined, stranger.browser, colleague.browser, secretary.browser]) {
        // its secretary reads it at the desk, where reading is recorded, and in no public list
        if (browser === secretary.browser && address.endsWith(made.personal)) continue
        const text = await (browser ? await browser.get(address) : await fetch(`${url}${address}`)).text()
        // what was searched for stands in the field of the search
        const told = text.replaceAll(new RegExp(`value="${secretMark}"|“?${secretMark}”?(?=[<”»“])`, 'g'), '')
        expect([address, told.includes('Супровід родини'), told.includes(`Текст ${secretMark}`)]).toEqual([
          address,
          false,
          false,
        ])
        expect([address, text.includes(made.personal) && !address.includes(made.personal)]).toEqual([address, false])
      }
    expect(
      await db.transact({ actor: null }, (tx) => linksOf(tx, { kind: 'governance.decision', id: made.personal })),
    ).toEqual([])
  })

  test('is not there for anybody without a grant, whoever they are', async () => {
    expect((await fetch(`${url}/decisions/${made.personal}`)).status).toBe(404)
    for (const { browser } of [colleague, stranger])
      for (const address of [`/decisions/${made.personal}`, `/governance/decisions/${made.personal}`])
        expect([address, (await browser.get(address)).status]).toEqual([address, 404])
    expect((await colleague.browser.get(`/governance/decisions/${made.personal}/supersede`)).status).toBe(403)
    expect((await stranger.browser.get(`/governance/decisions/${made.personal}/supersede`)).status).toBe(404)
  })

  test('opens for a colleague by name, and each reading stands in the audit trail', async () => {
    const own = await (await secretary.browser.get(`/governance/decisions/${made.personal}`)).text()
    expect(own).toContain(secretMark)
    const share = `/governance/decisions/${made.personal}/share`
    expect((await secretary.browser.post(share, { email: stranger.email, basis: 'curious' })).status).toBe(422)
    expect((await stranger.browser.post(share, { email: stranger.email, basis: 'curious' })).status).toBe(404)
    expect((await secretary.browser.post(share, { email: colleague.email, basis: 'writes the plan' })).status).toBe(303)
    const there = await colleague.browser.get(`/decisions/${made.personal}`)
    expect([there.status, there.headers.get('location')]).toEqual([303, `/governance/decisions/${made.personal}`])
    expect(await (await colleague.browser.get(`/governance/decisions/${made.personal}`)).text()).toContain(secretMark)
    const { rows } = await db.ownerPool.query(
      `select count(*)::int as n from audit.event where act = 'governance.decision.read' and outcome = 'read' and about_id = $1`,
      [made.personal],
    )
    expect(rows[0].n).toBeGreaterThanOrEqual(2)
  })
})

describe('the desk', () => {
  test('GOV-4: a secretary records with a form that needs no script, and keeps what was typed when something is wrong', async () => {
    const form = await (await secretary.browser.get('/governance/decisions/new')).text()
    expect(form).toContain('value="vykonavchyi-komitet/orhanizatsiia-posluh"')
    expect(form).not.toContain('fachteam-hilfeplanung')
    const wrong = await secretary.browser.post('/governance/decisions/new', typed({ decidedOn: '2096-01-01' }))
    expect(wrong.status).toBe(422)
    const again = await wrong.text()
    expect(again).toContain('value="Open on Saturdays"')
    expect(again).toContain('href="#f-decidedOn"')
    const empty = await secretary.browser.post('/governance/decisions/new', typed({ matter: '', title: '' }))
    const asked = await empty.text()
    for (const field of ['matter', 'title']) expect(asked).toContain(`href="#f-${field}"`)
    const done = await secretary.browser.post('/governance/decisions/new', typed())
    expect(done.status).toBe(303)
    const desk = await (await secretary.browser.get('/governance')).text()
    expect(desk).toContain('Open on Saturdays')
    const page = await secretary.browser.get(String(done.headers.get('location')))
    expect(await page.text()).toContain('Put a right decision in its place')
  })

  test('GOV-4: a wrong decision is replaced from its page', async () => {
    const done = await secretary.browser.post('/governance/decisions/new', typed({ title: 'Open on Mondays' }))
    const wrong = String(done.headers.get('location'))
    const form = await (await secretary.browser.get(`${wrong}/supersede`)).text()
    expect(form).toContain('value="Open on Mondays"')
    const replaced = await secretary.browser.post(`${wrong}/supersede`, typed({ title: 'Open on Tuesdays' }))
    expect(replaced.status).toBe(303)
    const shown = await (
      await fetch(`${url}${wrong.replace('/governance', '')}`, { headers: { 'accept-language': 'en' } })
    ).text()
    expect(shown).toContain('This decision no longer holds')
    expect(shown).toContain(String(replaced.headers.get('location')).replace('/governance', ''))
  })

  test('INT-6: a link from a request fills in matter and subject', async () => {
    const subject = crypto.randomUUID()
    const address = `/governance/decisions/new?matter=robocha-hrupa-sotsialnoho-suprovodu/pochatok-suprovodu&subject_kind=intake.request&subject_id=${subject}`
    const form = await (await secretary.browser.get(address)).text()
    expect(form).toContain(`name="subject.id" value="${subject}"`)
    expect(form).toMatch(/value="robocha-hrupa-sotsialnoho-suprovodu\/pochatok-suprovodu" selected/)
    const done = await secretary.browser.post(
      '/governance/decisions/new',
      typed({
        matter: 'robocha-hrupa-sotsialnoho-suprovodu/pochatok-suprovodu',
        'subject.kind': 'intake.request',
        'subject.id': subject,
      }),
    )
    expect(done.status).toBe(303)
    const { rows } = await db.ownerPool.query('select outcome from governance.decision where subject_id = $1', [
      subject,
    ])
    expect(rows).toEqual([{ outcome: 'agreed' }])
  })

  test('GOV-4: the desk is closed to all others', async () => {
    for (const address of ['/governance', '/governance/decisions/new']) {
      expect((await fetch(`${url}${address}`, { redirect: 'manual' })).status).toBe(303)
      expect((await colleague.browser.get(address)).status).toBe(403)
    }
    expect((await post('/api/v1/decisions', publicDecision(), stranger.token)).status).toBe(403)
  })
})
