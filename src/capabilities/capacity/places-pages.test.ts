import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testHouse } from '../../../test/house.ts'
import { act, done, serviceId } from '../../../test/intake-house.ts'
import { type Staff, staff } from '../../../test/staff.ts'
import { send } from '../../../test/wire.ts'
import { dayIn } from '../../platform/i18n/day.ts'
import { draftSheet } from './commands/tariffs/draft-sheet.ts'
import { enterSheets } from './commands/tariffs/enter-sheets.ts'
import { addOffer } from './places.fixture.ts'
import { addDays } from './rules/places/days.ts'
import { offerBySlug } from './store/places/read-offer.ts'
import { usersTold } from './store/places/use-of-offer.ts'
import { sheetFields } from './tariffs.fixture.ts'

const at = await testHouse()
const { url, db } = at
const today = dayIn(db.clock.now, 'Europe/Copenhagen')

let provider: Staff
let stranger: Staff
let worker: Staff

const scopes = ['capacity:write']

async function text(address: string, language = 'en') {
  return (await fetch(`${url}${address}`, { headers: { 'accept-language': language } })).text()
}

async function api(address: string, body: object, by: Staff) {
  const reply = await send(url, address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${by.token}` },
    body: JSON.stringify(body),
  })
  return { status: reply.status, body: JSON.parse(reply.text) as Record<string, unknown> }
}

beforeAll(async () => {
  provider = await staff(at, 'Runs Places', [{ organisation: 'viborg-kommune', role: 'provider' }], { scopes })
  stranger = await staff(at, 'Runs Others', [{ organisation: 'aarhus-kommune', role: 'provider' }], { scopes })
  worker = await staff(at, 'Refers People', [{ organisation: 'samsoe-kommune', role: 'case_worker' }], { scopes })
  await addOffer(db, { slug: 'hedelyset', places: 3 })
  await addOffer(db, { slug: 'kilden', places: 2, paragraph: 'sel-104' })
})

describe('a report in a minute', () => {
  test('CAP-9: who came and who left is reported with forms that need no script; what was typed stays', async () => {
    const page = await (await provider.browser.get('/places/hedelyset/arrive')).text()
    expect(page).toContain('<option value="1" selected')
    const typed = { place: '1', municipality: 'samsoe-kommune', from: today, person: 'Jensen', reason: '' }
    const wrong = await provider.browser.post('/places/hedelyset/arrive', typed)
    expect(wrong.status).toBe(422)
    const again = await wrong.text()
    for (const words of ['href="#f-person"', 'value="Jensen"', 'value="samsoe-kommune" selected'])
      expect(again).toContain(words)
    expect((await provider.browser.post('/places/hedelyset/arrive', { ...typed, person: 'B-1' })).status).toBe(303)
    const taken = await provider.browser.post('/places/hedelyset/arrive', { ...typed, person: 'B-2' })
    expect(await taken.text()).toContain('href="#f-place"')
    const report = await (await provider.browser.get('/places/hedelyset')).text()
    expect(report).toContain('Place 1: B-1')
    const stay = /href="(\/places\/hedelyset\/stays\/[^"]+)"/.exec(report)?.[1] ?? ''
    expect((await provider.browser.post(`${stay}/end`, { until: today })).status).toBe(422)
    expect((await provider.browser.post(`${stay}/end`, { until: addDays(today, 30) })).status).toBe(303)
    expect(await text('/offers/hedelyset')).toContain('1 of 3 places taken')
  })

  test('CAP-9: the desk of an offer is closed to all others, and its people to everybody', async () => {
    const report = await (await provider.browser.get('/places/hedelyset')).text()
    const stay = /href="(\/places\/hedelyset\/stays\/[^"]+)"/.exec(report)?.[1] ?? ''
    for (const address of ['/places/hedelyset', '/places/hedelyset/arrive', '/places/hedelyset/numbers', stay]) {
      expect((await fetch(`${url}${address}`, { redirect: 'manual' })).status).toBe(303)
      expect([address, (await stranger.browser.get(address)).status]).toEqual([address, 403])
    }
    expect((await stranger.browser.post(`${stay}/withdraw`, {})).status).toBe(404)
    for (const address of [
      '/offers',
      '/offers/hedelyset',
      '/api/v1/offers?pack=dk-midtjylland',
      '/api/v1/offers/hedelyset',
    ])
      expect([address, (await text(address)).includes('B-1')]).toEqual([address, false])
  })

  test('CAP-9: an offer that nobody reports for is marked; saying that nothing has changed is a report', async () => {
    expect(await text('/offers/kilden')).toContain('Not reported yet')
    expect((await provider.browser.post('/places/kilden/confirm', {})).status).toBe(303)
    expect(await text('/offers/kilden')).toContain('Reported today')
  })

  test('CAP-9: a file is tried first; every line has its field and its reason, and nothing is stored while one is wrong', async () => {
    const table = [
      'Tilbud;Plads;Kommune eller myndighed, der henviser;Mærke for personen;Første dag i tilbuddet;Ledig igen fra',
      'kilden;1;samsoe-kommune;F-1;01.02.2026;',
      'kilden;1;samsoe-kommune;F-2;01.03.2026;',
      'fremmed;1;samsoe-kommune;F-3;01.03.2026;',
      'kilden;2;samsoe-kommune;F-4;32.13.2026;',
    ].join('\n')
    const sent = async (act: string, content: string) => {
      const form = new FormData()
      form.set('_key', crypto.randomUUID())
      form.set('act', act)
      form.set('uploads[]', new File([content], 'ophold.csv', { type: 'text/csv' }))
      const cookie = [...provider.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      return fetch(`${url}/places/file`, {
        method: 'POST',
        body: form,
        redirect: 'manual',
        headers: { cookie, 'sec-fetch-site': 'same-origin', origin: url, 'accept-language': 'en' },
      })
    }
    const tried = await (await sent('try', table)).text()
    for (const words of ['New: 1.', 'Not possible: 3.', 'Somebody else is in this place', 'You report for no offer'])
      expect(tried).toContain(words)
    const refused = await (await sent('store', table)).text()
    expect(refused).toContain('Nothing is stored: 3 lines need a look')
    expect(await text('/offers/kilden')).toContain('0 of 2 places taken')
    const stored = await (await sent('store', table.split('\n').slice(0, 2).join('\n'))).text()
    expect(stored).toContain('All lines are stored')
    expect(await text('/offers/kilden')).toContain('1 of 2 places taken')
  })
})

describe('what everybody reads', () => {
  test('CAP-2: an offer says which municipalities use it, never how many people of each', async () => {
    await addOffer(db, { slug: 'storegaard', places: 8 })
    const stays = Array.from({ length: 5 }, (_, at) => ({
      offer: 'storegaard',
      municipality: 'samsoe-kommune',
      person: `S-${at}`,
      from: '2026-01-01',
    }))
    expect((await api('/api/v1/stays', { stays }, provider)).status).toBe(200)
    expect(await text('/offers/storegaard')).toContain('Samsø')
    expect(JSON.parse(await text('/api/v1/offers/storegaard')).usedBy).toEqual(['samsoe-kommune'])
    // one of two places is taken there: whose it is would be said of one person
    expect(await text('/offers/kilden')).not.toContain('Samsø')
    const one = JSON.parse(await text('/api/v1/offers/kilden'))
    expect(one.usedBy).toBeNull()
    expect(JSON.stringify(one)).not.toContain('waiting')
  })

  test('CAP-2: who uses an offer is told as of the first of the month, so that no move is read from one day to the next', async () => {
    await addOffer(db, { slug: 'soelund', places: 8 })
    const stays = Array.from({ length: 5 }, (_, at) => ({
      offer: 'soelund',
      municipality: 'samsoe-kommune',
      person: `L-${at}`,
      from: '2026-02-02',
    }))
    expect((await api('/api/v1/stays', { stays }, provider)).status).toBe(200)
    const told = (day: string) =>
      db.transact({ actor: null }, async (tx) => {
        const offer = await offerBySlug(tx, 'soelund')
        return offer && (await usersTold(tx, offer, day))
      })
    expect(await told('2026-02-28')).toEqual({ day: '2026-02-01', users: [] })
    expect(await told('2026-03-01')).toMatchObject({ day: '2026-03-01', users: [{ slug: 'samsoe-kommune' }] })
  })

  test('INS-5: how many wait is not told while they are few', async () => {
    for (const [number, since] of ['2026-01-01', '2026-02-01'].entries())
      expect(
        (
          await api(
            '/api/v1/waiting-entries',
            { offer: 'kilden', municipality: 'samsoe-kommune', person: `W-${number}`, since },
            worker,
          )
        ).status,
      ).toBe(201)
    expect(await text('/offers/kilden')).toContain('Fewer than 5 people')
    const { items } = JSON.parse(await text('/api/v1/offers?pack=dk-midtjylland&q=kilden'))
    expect(items[0]).toMatchObject({ slug: 'kilden', waiting: null, approved: 2, occupied: 1, free: 1 })
    // a row of days that begins when somebody comes to the list would tell it
    const { days } = JSON.parse(await text('/api/v1/offers/kilden'))
    expect(days.map(({ from }: { from: string }) => from)).not.toContain('2026-01-01')
  })

  test('CAP-1: the list is narrowed by legal basis, area, group, and whether a place is free', async () => {
    const has = async (query: string) => {
      const page = await text(`/offers?region=dk-midtjylland&${query}`)
      return ['hedelyset', 'kilden'].filter((slug) => page.includes(`href="/offers/${slug}"`))
    }
    expect(await has('')).toEqual(['hedelyset', 'kilden'])
    expect(await has('paragraph=sel-104')).toEqual(['kilden'])
    expect(await has('free=now')).toEqual(['hedelyset', 'kilden'])
    expect(await has('free=coming')).toEqual([])
    expect(await has('area=DK-0791')).toEqual(['hedelyset', 'kilden'])
    expect(await has('area=DK-0741')).toEqual([])
    expect(await has('q=hede')).toEqual(['hedelyset'])
    expect((await fetch(`${url}/offers?after=nonsense`)).status).toBe(400)
  })

  test('CAP-1: occupancy stands as a chart and as a table with the same figures, and follows from stays', async () => {
    for (const span of ['quarter', 'year', 'all']) {
      const page = await text(`/offers/hedelyset?span=${span}`)
      expect(page).toMatch(/<svg [^>]*role="img"/)
      expect(page).not.toMatch(/<input[^>]*occup/)
    }
  })
})

describe('over JSON', () => {
  test('CAP-1, CAP-9: the API refuses what the forms refuse, with words', async () => {
    const stay = { offer: 'hedelyset', municipality: 'samsoe-kommune', from: '2026-03-01', place: '2' }
    expect((await api('/api/v1/stays', { stays: [stay] }, stranger)).status).toBe(404)
    expect((await api('/api/v1/stays', { stays: [stay] }, provider)).body).toMatchObject({
      applied: true,
      counts: { added: 1 },
    })
    const taken = await api('/api/v1/stays', { stays: [stay] }, provider)
    expect(taken).toMatchObject({ status: 422, body: { errors: [{ path: 'stays.0.place' }] } })
    expect(
      await api(
        '/api/v1/offers/hedelyset/places',
        { from: today, approved: 9, open: 9, reason: 'more room' },
        provider,
      ),
    ).toMatchObject({ status: 422, body: { errors: [{ path: 'approved' }] } })
    expect(
      await api(
        '/api/v1/offers/hedelyset/places',
        { from: today, approved: '80 %', open: 3, reason: 'typed' },
        provider,
      ),
    ).toMatchObject({ status: 422 })
  })

  test('CAP-2: a municipality sees its own people, and nobody else sees them', async () => {
    expect(await (await worker.browser.get('/stays')).text()).toContain('B-1')
    expect((await provider.browser.get('/stays')).status).toBe(403)
  })

  test('CAP-2: a long list of them goes on, page by page, and shows everybody once', async () => {
    await addOffer(db, { slug: 'storgaarden', places: 60 })
    const keys = Array.from({ length: 60 }, (_, at) => `L-${at + 100}`)
    const stays = keys.map((person, at) => ({
      offer: 'storgaarden',
      municipality: 'samsoe-kommune',
      from: today,
      place: String(at + 1),
      person,
    }))
    expect(await api('/api/v1/stays', { stays }, provider)).toMatchObject({ status: 200, body: { applied: true } })
    const seen: string[] = []
    for (let next: string | undefined = '/stays'; next !== undefined; ) {
      const shown: string = await (await worker.browser.get(next)).text()
      seen.push(...(shown.match(/L-\d{3}/g) ?? []))
      next = /href="(\/stays\?after=[\w-]+)"/.exec(shown)?.[1]
    }
    expect(seen.sort()).toEqual(keys)
    expect((await worker.browser.get('/stays?after=nonsense')).status).toBe(400)
  })
})

describe('a service and its places', () => {
  test('DIR-9: the page of a service leads to the offers behind it with their free places, and each offer leads back', async () => {
    const service = await serviceId(db, 'nadannia-prytulku')
    const kharkiv = { pack: 'ua-kharkiv', operator: 'dovira', paragraph: 'prytulok' }
    const open = await addOffer(db, { slug: 'svitanok', places: 4, ...kharkiv })
    const closed = await addOffer(db, { slug: 'zachyneno', ...kharkiv })
    const about = (id: string, day: string | null) =>
      db.ownerPool.query('update capacity.offer set service_id = $1, closed = $2 where id = $3', [service, day, id])
    await about(open, null)
    await about(closed, addDays(today, -1))
    const card = await text('/services/nadannia-prytulku')
    expect(card).toContain('What belongs to it')
    expect(card).toMatch(/href="\/offers\/svitanok"[^>]*>Places: svitanok<\/a>.*4 places free \(4 places\)/s)
    expect(card).not.toContain('/offers/zachyneno')
    expect(card).not.toContain('/offers/svitanok/tariffs')
    expect(await text('/offers/svitanok')).toContain('href="/services/nadannia-prytulku"')
    expect(await text('/services/pidtrymane-prozhyvannia')).not.toContain('What belongs to it')
  })

  test('DIR-9: a published tariff is reached from the service and from the offer; a draft is named nowhere', async () => {
    const service = await serviceId(db, 'sotsialna-adaptatsiia')
    const operator = { pack: 'dk-midtjylland', operator: 'viborg-kommune', places: 10 }
    const priced = await addOffer(db, { slug: 'solgaarden', ...operator })
    const drafted = await addOffer(db, { slug: 'maanen', ...operator })
    await db.ownerPool.query('update capacity.offer set service_id = $1 where id = any($2)', [
      service,
      [priced, drafted],
    ])
    const secretary = await addActor(db, 'Collects', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
    const economist = await addActor(db, 'Prices', [{ organisation: 'viborg-kommune', role: 'economist' }])
    const sheets = [{ offer: 'solgaarden', year: 2026, ...sheetFields() }]
    done(await act(db, secretary, enterSheets, { pack: 'dk-midtjylland', sheets }))
    done(await act(db, economist, draftSheet, { offer: 'maanen', year: 2026, ...sheetFields() }))
    const card = await text('/services/sotsialna-adaptatsiia')
    expect(card).toMatch(/href="\/offers\/solgaarden\/tariffs"[^>]*>What a day costs: solgaarden<\/a>/)
    expect(card).toContain('href="/offers/maanen"')
    expect(card).not.toContain('/offers/maanen/tariffs')
    const offer = await text('/offers/solgaarden')
    expect(offer).toMatch(/href="\/offers\/solgaarden\/tariffs\?year=2026"[^>]*>2026: [^<]*1[,.]609\.94/)
    expect(await text('/offers/maanen')).not.toContain('/offers/maanen/tariffs')
  })
})
