import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testHouse } from '../../../test/house.ts'
import { act, done } from '../../../test/intake-house.ts'
import { pdfText } from '../../../test/pdf-text.ts'
import { staff } from '../../../test/staff.ts'
import { recordDecision } from '../governance/contract.ts'
import { draftSheet } from './commands/tariffs/draft-sheet.ts'
import { enterSheets } from './commands/tariffs/enter-sheets.ts'
import { publishSheet } from './commands/tariffs/publish-sheet.ts'
import { addOffer } from './places.fixture.ts'
import { sheetFields } from './tariffs.fixture.ts'

const house = await testHouse()
const { db, url } = house
let economist: Awaited<ReturnType<typeof staff>>

beforeAll(async () => {
  const secretary = await addActor(db, 'Secretary', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
  for (const slug of ['hedelyset', 'stensbakken']) await addOffer(db, { slug, operator: 'skive-kommune', places: 10 })
  const sheets = ['hedelyset', 'stensbakken'].flatMap((offer) =>
    [2024, 2025, 2026].map((year) => ({
      offer,
      year,
      ...sheetFields(
        { supplements: [{ name: 'Nattevagt', amount: '412.50', per: 'day' as const, reason: 'Hjælp om natten' }] },
        { direct: `${5_000_000 + (year - 2024) * 150_000}.00` },
      ),
    })),
  )
  done(await act(db, secretary, enterSheets, { pack: 'dk-midtjylland', sheets }))
  economist = await staff(house, 'Tariff Economist', [{ organisation: 'skive-kommune', role: 'economist' }], {
    scopes: ['capacity:write'],
  })
})

const get = (path: string, language = 'da') => fetch(url + path, { headers: { 'accept-language': language } })
const text = async (path: string, language?: string) => (await get(path, language)).text()

describe('public pages', () => {
  test('CAP-5: tariffs of a year are listed, narrowed, and lead to the whole sum with every source', async () => {
    const list = await text('/tariffs?region=dk-midtjylland&year=2026')
    expect(list).toContain('hedelyset')
    expect(list).toContain('1.694,68')
    expect(await text('/tariffs?region=dk-midtjylland&year=2026&q=hede')).not.toContain('stensbakken')
    expect(await text('/tariffs?region=dk-midtjylland&year=2026&paragraph=sel-109')).not.toContain('hedelyset')
    expect((await get('/tariffs?year=abc')).status).toBe(400)
    const sheet = await text('/offers/hedelyset/tariffs?year=2025')
    for (const told of ['5.150.000,00', 'Budget 2026, konto 5.50', 'Nattevagt', 'Hjælp om natten', '1.652,31'])
      expect(sheet).toContain(told)
    expect(sheet).toContain('ln-plot')
    expect((await get('/offers/hedelyset/tariffs?year=2019')).status).toBe(404)
  })

  test('CAP-5: a sheet can be taken as PDF and as a workbook', async () => {
    const paper = await get('/offers/hedelyset/tariffs/2026/pdf')
    expect(
      Buffer.from(await paper.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    const book = await get('/offers/hedelyset/tariffs/2026/xlsx')
    expect(
      Buffer.from(await book.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK')
  })

  test('CAP-6: tariffs stand side by side, by paragraph, operator and offer, against the index', async () => {
    for (const by of ['paragraph', 'operator', 'offer']) {
      const shown = await text(`/tariffs/compare?region=dk-midtjylland&by=${by}`)
      expect(shown).toContain('1.694,68')
      expect(shown).toContain('middle-index')
    }
    // where there is nothing yet, nobody is asked to take back a choice that they never made
    expect(await text('/tariffs/compare?region=de-stuttgart')).toContain('intet at sammenligne')
    expect(await text('/tariffs/compare?region=dk-midtjylland&group=nobody')).toContain('Ingen takst passer')
    const book = await get('/tariffs/compare/xlsx?region=dk-midtjylland')
    expect(
      Buffer.from(await book.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK')
  })
})

describe('the desk', () => {
  const filled = (amount: string) => {
    const { lines } = sheetFields({}, { direct: amount })
    return Object.fromEntries(
      lines.flatMap((line, at) =>
        Object.entries(line ?? {}).map(([name, value]) => [`lines.${at + 1}.${name}`, String(value)]),
      ),
    )
  }

  test('CAP-5: an economist writes, sees what it makes, and publishes; money as text is refused in words and stays in the form', async () => {
    const { browser } = economist
    expect(await (await browser.get('/tariffs/desk')).text()).toContain('hedelyset')
    const fresh = await (await browser.get('/tariffs/desk/hedelyset/2027')).text()
    expect(fresh).toContain('Budget 2026, konto 5.50')
    const wrong = await browser.post('/tariffs/desk/hedelyset/2027', {
      'lines.0.part': 'direct',
      ...filled('1.234,50 kr'),
    })
    expect(wrong.status).toBe(422)
    const again = await wrong.text()
    expect(again).toContain('1.234,50 kr')
    expect(again).toContain('Write digits only')
    expect(again).toContain('href="#f-lines-1-amount"')
    const saved = await browser.post('/tariffs/desk/hedelyset/2027', {
      'lines.0.part': 'direct',
      ...filled('5000000,00'),
    })
    expect(saved.status).toBe(303)
    expect(await (await browser.get('/tariffs/desk/hedelyset/2027')).text()).toContain('1,609.94')
    const published = await browser.post('/tariffs/desk/hedelyset/2027/publish', { version: '1' })
    expect(published.headers.get('location')).toBe('/offers/hedelyset/tariffs?year=2027')
  })

  test('CAP-5: nobody else gets in', async () => {
    expect((await get('/tariffs/desk')).url).toContain('/sign-in')
    await addOffer(db, { slug: 'fremmed', operator: 'randers-kommune' })
    expect((await economist.browser.get('/tariffs/desk/fremmed/2027')).status).toBe(403)
  })
})

describe('consent to another occupancy', () => {
  test('CAP-5: the secretariat enters what a body decided, an economist cannot; then the tariff is out, and its page says what was agreed', async () => {
    const clerk = await staff(house, 'Tariff Clerk', [{ organisation: 'viborg-kommune', role: 'secretariat' }])
    const own = '/tariffs/desk/stensbakken/2028'
    expect(await (await clerk.browser.get(own)).text()).toContain('No decision agrees to one yet')
    const { id } = done(
      await act(db, clerk.actor, recordDecision, {
        body: 'dassos',
        matter: 'oevrige-sager',
        decidedOn: '2026-11-20',
        outcome: 'agreed',
        title: { da: 'Lavere belægning på Stensbakken' },
      }),
    )
    done(
      await act(db, clerk.actor, recordDecision, {
        body: 'dassos',
        matter: 'oevrige-sager',
        decidedOn: '2026-11-21',
        outcome: 'declined',
        title: { da: 'Afslået på Stensbakken' },
      }),
    )
    const form = await (await clerk.browser.get(own)).text()
    expect(form).toContain('Lavere belægning på Stensbakken')
    expect(form).not.toContain('Afslået')
    expect(await (await economist.browser.get(own)).text()).not.toContain(`${own}/consent`)
    const given = { decision: id, untilYear: '2029', least: '88,5', most: '100' }
    expect((await economist.browser.post(`${own}/consent`, given)).status).toBe(403)
    const wrong = await clerk.browser.post(`${own}/consent`, { ...given, least: '88 %' })
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toContain('88 %')
    const entered = await clerk.browser.post(`${own}/consent`, given)
    expect([entered.status, entered.headers.get('location')]).toEqual([303, `${own}#consent`])
    const agreed = 'consented on 20 November 2026 to an occupancy between 88.5% and 100%. This holds for 2028–2029.'
    expect((await (await economist.browser.get(own)).text()).replaceAll('\u00a0', ' ')).toContain(agreed)
    done(
      await act(db, economist.actor, draftSheet, {
        offer: 'stensbakken',
        year: 2028,
        ...sheetFields({}, { occupancy: '90' }),
      }),
    )
    done(await act(db, economist.actor, publishSheet, { offer: 'stensbakken', year: 2028, version: 1 }))
    const shown = await text('/offers/stensbakken/tariffs?year=2028', 'en')
    expect(shown.replaceAll('\u00a0', ' ')).toContain(agreed)
    expect(shown).toContain(`href="/decisions/${id}"`)
    const paper = await get('/offers/stensbakken/tariffs/2028/pdf')
    expect(pdfText(new Uint8Array(await paper.arrayBuffer())).replaceAll('\u00a0', ' ')).toContain(
      'belægning fra 88,5 % til 100 %',
    )
    const told = (await (await get('/api/v1/tariffs/stensbakken/2028')).json()) as { consent: unknown }
    expect(told.consent).toEqual({ decision: id, least: '88.5', most: '100', fromYear: 2028, untilYear: 2029 })
    expect(await text('/offers/stensbakken/tariffs?year=2026', 'en')).not.toContain('consented')
  })
})

describe('JSON', () => {
  const put = (body: object) =>
    fetch(`${url}/api/v1/tariffs/stensbakken/2027/draft`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${economist.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })

  test('CAP-5: reads sheets with exact amounts, and refuses money as text and numbers of JSON in words', async () => {
    const listed = (await (await get('/api/v1/tariffs?pack=dk-midtjylland&year=2026')).json()) as {
      items: { tariff: string }[]
    }
    expect(listed.items.map(({ tariff }) => tariff)).toEqual(['1694.68', '1694.68'])
    const sheet = (await (await get('/api/v1/tariffs/hedelyset/2026')).json()) as { lines: { source: string }[] }
    expect(sheet.lines).toHaveLength(6)
    for (const amount of ['1.234,50 kr', 1234.5]) {
      const { lines } = sheetFields()
      const answer = await put({ lines: [{ ...(lines[0] as object), amount }, ...lines.slice(1)] })
      expect(answer.status).toBe(422)
      const { errors } = (await answer.json()) as { errors: { path: string; message: string }[] }
      expect(errors[0]?.path).toBe('lines.0.amount')
      expect(errors[0]?.message).toMatch(/1234\.50/)
    }
    const made = await put(sheetFields())
    expect([made.status, ((await made.json()) as { tariff: string }).tariff]).toEqual([200, '1609.94'])
  })
})
