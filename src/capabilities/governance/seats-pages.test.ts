import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { testHouse } from '../../../test/house.ts'
import { type Somebody, somebody } from '../../../test/people.ts'
import { send } from '../../../test/wire.ts'

const at = await testHouse()
const { url, house } = at

let secretary: Somebody
let colleague: Somebody
let token = ''
let clerk = ''

const Seats = z.object({
  items: z.array(
    z.object({
      body: z.string(),
      seat: z.string(),
      state: z.string().nullable(),
      holders: z.array(z.object({ id: z.string(), name: z.string().nullable(), organisation: z.string().nullable() })),
    }),
  ),
})

async function text(address: string, language = 'en') {
  return (await fetch(`${url}${address}`, { headers: { 'accept-language': language } })).text()
}

async function seats(query: string) {
  return Seats.parse(JSON.parse(await text(`/api/v1/seats?${query}`))).items
}

async function post(address: string, body: object, by: string) {
  const reply = await send(url, address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${by}` },
    body: JSON.stringify(body),
  })
  return { status: reply.status, body: JSON.parse(reply.text) as { id?: string } }
}

beforeAll(async () => {
  secretary = await somebody(at, 'Secretary', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
  colleague = await somebody(at, 'Colleague', [{ organisation: 'viborg-kommune', role: 'editor' }])
  const [given, other] = await Promise.all(
    [secretary, colleague].map(({ email }) => house.auth.createToken(email, ['governance:write'], 30, 'test')),
  )
  token = given?.is === 'ok' ? given.value.token : ''
  clerk = other?.is === 'ok' ? other.value.token : ''
})

describe('what everybody reads', () => {
  test('GOV-1: the bodies of a region are a drawing with title and description, and the same as a list and a table', async () => {
    const page = await text('/bodies?region=dk-midtjylland')
    expect(page).toMatch(/<svg [^>]*role="img" aria-labelledby="chart-title chart-text"/)
    expect(page).toContain('<title id="chart-title">')
    expect(page).toContain('<desc id="chart-text">')
    expect(page).not.toContain('<script src')
    const list = page.slice(page.indexOf('id="list"'), page.indexOf('<caption'))
    const table = page.slice(page.indexOf('<caption'))
    const bodies = [...table.matchAll(/href="(\/bodies\/[^"]+)"/g)].map(([, address]) => address)
    expect(new Set(bodies).size).toBe(41)
    for (const address of bodies) expect(list).toContain(`href="${address}"`)
    const drawing = page
      .slice(page.indexOf('class="ln-chart"'), page.indexOf('id="list"'))
      .replaceAll(/(<[^>]*>)+/g, ' ')
    for (const name of ['19 municipal councils', 'DASSOS', 'KD-net', 'Tariff group']) expect(drawing).toContain(name)
  })

  test('GOV-1: a body says to whom it answers, for whom it may decide, and what is possible; each way leads back', async () => {
    const committee = await text('/bodies/forretningsudvalget')
    for (const words of [
      'Answers to',
      'May decide in the place of',
      'href="/bodies/dassos"',
      '2–4',
      'possible, not due',
    ])
      expect(committee).toContain(words)
    const steering = await text('/bodies/dassos')
    for (const words of ['In its place may decide', 'href="/bodies/forretningsudvalget"', 'takes part without a vote'])
      expect(steering).toContain(words)
    const council = await text('/bodies/samsoe-byraad')
    for (const words of ['href="/bodies/kkr-midtjylland"', 'href="/bodies/kontaktudvalget"'])
      expect(council).toContain(words)
  })

  test('GOV-8: an ad hoc group shows its terms of reference, or that nobody approved any', async () => {
    const planned = await text('/bodies/ad-hoc-konference')
    for (const words of ['Terms of reference', 'Programme and list of guests', '30\u00a0April 2027', 'by DASSOS'])
      expect(planned).toContain(words)
    const sudden = await text('/bodies/ad-hoc-central-udmelding')
    for (const words of ['No terms of reference were approved', 'at work without approved terms of reference'])
      expect(sudden).toContain(words)
  })

  test('GOV-1: who sits in a body that nothing calls public is told to nobody but its secretariat', async () => {
    const made = await post(
      '/api/v1/mandates',
      { body: 'takstgruppen', seat: 'formand/viborg-kommune', name: 'Xenia Mark', since: '2026-01-01' },
      token,
    )
    expect(made.status).toBe(201)
    for (const address of [
      '/bodies/takstgruppen',
      '/bodies',
      '/api/v1/bodies/takstgruppen',
      '/api/v1/seats?body=takstgruppen',
    ])
      for (const browser of [undefined, colleague.browser]) {
        const page = await (browser ? await browser.get(address) : await fetch(`${url}${address}`)).text()
        expect([address, page.includes('Xenia Mark')]).toEqual([address, false])
      }
    expect(await text('/bodies/takstgruppen')).toContain('only its secretariat sees who sits here')
    expect(await (await secretary.browser.get('/bodies/takstgruppen')).text()).toContain('Xenia Mark')
    expect((await colleague.browser.get(`/governance/mandates/${made.body.id}/end`)).status).toBe(403)
  })
})

describe('seats over JSON', () => {
  test('GOV-1: seats can be asked for by body, by state, and as of any day', async () => {
    const seat = 'direktoer/horsens-kommune'
    const made = await post('/api/v1/mandates', { body: 'dassos', seat, name: 'Ada Holm', since: '2026-01-01' }, token)
    expect(made.status).toBe(201)
    expect((await seats('body=dassos')).find((one) => one.seat === seat)).toMatchObject({
      state: 'held',
      holders: [{ name: 'Ada Holm', organisation: 'horsens-kommune' }],
    })
    expect((await seats('body=dassos&state=vacant')).map((one) => one.seat)).not.toContain(seat)
    expect((await seats('body=dassos&state=vacant&on=2025-12-31')).map((one) => one.seat)).toContain(seat)
    expect(JSON.parse(await text('/api/v1/bodies/dassos'))).toMatchObject({
      onBehalfOf: [],
      seatsToday: expect.arrayContaining([expect.objectContaining({ seat, state: 'held' })]),
    })
    expect((await post(`/api/v1/mandates/${made.body.id}/end`, { until: '2026-06-30' }, clerk)).status).toBe(403)
    expect((await post(`/api/v1/mandates/${made.body.id}/end`, { until: '2026-06-30' }, token)).status).toBe(200)
    expect((await seats('body=dassos&state=expired')).map((one) => one.seat)).toEqual([seat])
    expect(await seats('body=no-such-body')).toEqual([])
  })

  test('GOV-1: nobody else enters who sits where, and no seat is filled twice', async () => {
    const mandate = { body: 'dassos', seat: 'formand', name: 'Ada Holm', since: '2026-01-01' }
    expect((await post('/api/v1/mandates', mandate, clerk)).status).toBe(403)
    expect((await post('/api/v1/mandates', mandate, token)).status).toBe(201)
    expect((await post('/api/v1/mandates', { ...mandate, name: 'Bo Lind' }, token)).status).toBe(422)
  })
})

describe('the desk of seats', () => {
  test('GOV-1: a secretariat enters and ends with forms that need no script, and keeps what was typed when something is wrong', async () => {
    const desk = await (await secretary.browser.get('/governance/seats')).text()
    expect(desk).toContain('href="/governance/seats/dassos"')
    expect(desk).not.toContain('/governance/seats/jugendbeirat')
    const typed = { seat: 'direktoer/aarhus-kommune', name: 'Eva Krog', since: '2026-05-01', until: '2026-04-01' }
    const wrong = await secretary.browser.post('/governance/seats/dassos', typed)
    expect(wrong.status).toBe(422)
    const again = await wrong.text()
    for (const words of ['value="Eva Krog"', 'href="#f-until"', 'value="direktoer/aarhus-kommune" selected'])
      expect(again).toContain(words)
    expect((await secretary.browser.post('/governance/seats/dassos', { ...typed, until: '' })).status).toBe(303)
    const taken = await secretary.browser.post('/governance/seats/dassos', { ...typed, name: 'Bo Lind', until: '' })
    expect(await taken.text()).toContain('href="#f-seat"')
    const page = await (await secretary.browser.get('/governance/seats/dassos')).text()
    const end = /Eva Krog[\s\S]*?href="(\/governance\/mandates\/[^"]+\/end)"/.exec(page)?.[1] ?? ''
    expect((await secretary.browser.post(end, { until: '2026-04-30' })).status).toBe(422)
    expect((await secretary.browser.post(end, { until: '2026-05-31' })).status).toBe(303)
    const shown = await text('/bodies/dassos')
    for (const words of ['expired: nobody has been entered since', 'Eva Krog']) expect(shown).toContain(words)
  })

  test('GOV-1: the desk is closed to all others', async () => {
    for (const address of ['/governance/seats', '/governance/seats/dassos']) {
      expect((await fetch(`${url}${address}`, { redirect: 'manual' })).status).toBe(303)
      expect((await colleague.browser.get(address)).status).toBe(403)
    }
    expect((await secretary.browser.get('/governance/seats/jugendbeirat')).status).toBe(403)
    expect((await secretary.browser.get('/governance/seats/no-such-body')).status).toBe(404)
  })
})
