import type { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/database.ts'
import { locales } from '../../../platform/i18n/text.ts'
import { searchHouse } from './search-house.fixture.ts'

const db = await testDatabase()
let app: Hono
beforeAll(async () => {
  app = await searchHouse(db)
})

const get = (path: string, locale = 'uk') => app.request(path, { headers: { 'accept-language': locale } })
const html = async (path: string, locale = 'uk') => (await get(path, locale)).text()
const hits = (page: string) =>
  [...page.matchAll(/<a class="ln-link" href="\/services\/([a-z0-9-]+)\?back=/g)].map((match) => match[1])
// biome-ignore lint/suspicious/noExplicitAny: what a client reads is what this test judges
const json = async (path: string): Promise<any> => (await get(path)).json()

describe('DIR-5: the list of services', () => {
  test('DIR-5: an inflected word finds the service, and the word is marked', async () => {
    const page = await html('/services?q=притулку')
    expect(hits(page)[0]).toBe('nadannia-prytulku')
    expect(page).toMatch(/<mark>притулку<\/mark>/)
  })

  test('DIR-5: every language shows the list of its region', async () => {
    for (const locale of locales) {
      const answer = await get('/services', locale)
      expect(answer.status).toBe(200)
      expect(hits(await answer.text()).length).toBeGreaterThan(5)
    }
  })

  test('DIR-5: a choice is an address; the address shows the choice', async () => {
    const page = await html('/services?situation=no-home&cost=free&region=ua-kharkiv')
    expect(page).toMatch(/name="situation" value="no-home" checked/)
    expect(page).toMatch(/name="cost" value="free" checked/)
    expect(hits(page)).toContain('nadannia-prytulku')
  })

  test('DIR-5: a value that nobody knows is answered with 400 that names the field', async () => {
    const wrong = [
      'situation=no-such',
      'group=children;drop',
      'kind=xx-yy',
      'area=XX',
      'form=flying',
      'cost=cheap',
      'language=english',
      'access=wings',
      'open=later',
      'sort=random',
      'near=here',
      'near=200,0',
      'view=globe',
      'after=zzz',
      'exact=1',
    ]
    for (const query of wrong) {
      for (const path of ['/services', '/api/v1/services']) {
        if (path.startsWith('/api') && query.startsWith('view')) continue
        const answer = await get(`${path}?${query}`)
        expect(answer.status, query).toBe(400)
        expect(await answer.text(), query).toContain(query.split('=')[0])
      }
    }
  })

  test('DIR-5: what is typed is shown as text, never as markup', async () => {
    const nasty = '<img src=x onerror=alert(1)>"\'притулок</mark><script>'
    const page = await html(`/services?q=${encodeURIComponent(nasty)}`)
    expect(page).not.toContain('<img src=x')
    expect(page).not.toContain('<script>"')
    expect(page).toContain('&lt;img src=x')
  })

  test('DIR-5: 10 000 characters are answered as any words are', async () => {
    const answer = await get(`/services?q=${encodeURIComponent('притулок '.repeat(1100))}`)
    expect(answer.status).toBe(200)
    expect(hits(await answer.text())).toContain('nadannia-prytulku')
  })

  test('DIR-5: a typing error is corrected and said in words; the words as typed stay one link away', async () => {
    const page = await html('/services?q=прихулок')
    expect(hits(page)).toContain('nadannia-prytulku')
    expect(page).toContain('результати для «притулок»')
    expect(page).toMatch(/href="\/services\?q=[^"]*exact=yes"/)
    expect(hits(await html('/services?q=прихулок&exact=yes'))).toEqual([])
  })

  test('DIR-5: nothing found leads to a person and to the three questions', async () => {
    const page = await html('/services?q=xqzzwv')
    expect(page).toContain('href="/find"')
    expect(page).toContain('057 000 00 00')
  })

  test('DIR-5: map and list show the same hits; the points stand in the list', async () => {
    const query = 'q=hjælp&region=dk-midtjylland&sort=name'
    const listed: (string | undefined)[] = []
    let next: string | undefined = `/services?${query}`
    while (next && listed.length < 200) {
      const page: string = await html(next, 'da')
      listed.push(...hits(page))
      next = /href="([^"]*)" rel="next"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
    }
    const map = await html(`/services?${query}&view=map`, 'da')
    expect(hits(map).slice(0, 100)).toEqual(listed.slice(0, 100))
    expect(map).toMatch(/data-points="[\d. ]+"/)
    expect(map).toContain('Geodatastyrelsen')
    expect(await html('/services?q=krisecenter&region=dk-midtjylland&view=map', 'da')).toContain('stedet vises ikke')
  })

  test('DIR-5: distance works without script: a place chosen from the list sorts by it', async () => {
    const page = await html('/services?near=9.4017,56.4532&region=dk-midtjylland', 'da')
    const shown = [...page.matchAll(/ · ([\d,]+)\s(km|m)</g)].map(
      ([, value, unit]) => Number(value?.replace(',', '.')) * (unit === 'km' ? 1000 : 1),
    )
    expect(shown.length).toBeGreaterThan(3)
    expect(shown).toEqual([...shown].sort((one, two) => one - two))
  })

  test('DIR-5: open now keeps only what is open at this moment in the region', async () => {
    const kept = db.clock.now
    // Monday 10:00 in Stuttgart, and the night after it
    db.clock.now = new Date('2026-11-23T09:00:00Z')
    const day = (await json('/api/v1/services?open=now&area=DE-08111')).total
    db.clock.now = new Date('2026-11-24T02:00:00Z')
    const night = (await json('/api/v1/services?open=now&area=DE-08111')).total
    db.clock.now = kept
    expect(day).toBeGreaterThan(night + 5)
    expect(night).toBeGreaterThan(0)
  })
})

describe('DIR-5: boundaries', () => {
  test('DIR-5: boundaries come as GeoJSON, with a line that says whose they are, and may be kept', async () => {
    const answer = await get('/areas/ua-kharkiv.geojson')
    expect(answer.headers.get('content-type')).toContain('application/geo+json')
    const body = (await answer.json()) as { attribution: string; features: { geometry: { type: string } }[] }
    expect(body.attribution).toBe('© OpenStreetMap contributors')
    expect(body.features).toHaveLength(9)
    const again = await app.request('/areas/ua-kharkiv.geojson', {
      headers: { 'accept-language': 'uk', 'if-none-match': answer.headers.get('etag') ?? '' },
    })
    expect(again.status).toBe(304)
    expect((await get('/areas/xx-nowhere.geojson')).status).toBe(404)
    expect((await get('/areas/..%2Fpack.json')).status).toBe(404)
  })
})

describe('DIR-5: the directory over JSON', () => {
  test('DIR-5: the same choices, page by page, each service once', async () => {
    const seen: string[] = []
    let next: string | null = null
    do {
      const page: { items: { slug: string }[]; next: string | null; total: number } = await json(
        `/api/v1/services?cost=free&size=17${next ? `&after=${next}` : ''}`,
      )
      seen.push(...page.items.map((item) => item.slug))
      next = page.next
      if (!next) expect(seen).toHaveLength(page.total)
    } while (next)
    expect(new Set(seen).size).toBe(seen.length)
  })

  test('DIR-5: one service with its whole card and the names of its terms', async () => {
    const service = await json('/api/v1/services/nadannia-prytulku')
    expect(service.card.names.uk).toBe('Надання притулку')
    expect(service.names[service.card.kind].uk).toBeTruthy()
    expect((await get('/api/v1/services/no-such')).status).toBe(404)
  })

  test('DIR-5: organisations and places, page by page', async () => {
    for (const resource of ['organisations', 'locations']) {
      const seen: string[] = []
      let next: string | null = null
      do {
        const page: { items: { slug: string }[]; next: string | null } = await json(
          `/api/v1/${resource}?size=40${next ? `&after=${next}` : ''}`,
        )
        seen.push(...page.items.map((item) => item.slug))
        next = page.next
      } while (next)
      expect(seen.length).toBeGreaterThan(50)
      expect(seen).toEqual([...new Set(seen)].sort())
      expect((await get(`/api/v1/${resource}?after=x`)).status).toBe(400)
    }
  })
})
