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

describe('DIR-5: what a hit says, and where and when it is looked for', () => {
  const set = (assignment: string, slug: string) =>
    db.ownerPool.query(`update directory.service set ${assignment} where slug = $1`, [slug])
  const about = (page: string, slug: string) =>
    page.split('<li class="ln-stack" data-gap="3"').find((hit) => hit.includes(`href="/services/${slug}?`)) ?? ''

  test('DIR-2: only a card without any ground for refusal is tagged so', async () => {
    const page = await html('/services?region=ua-kharkiv', 'en')
    expect(about(page, 'nadannia-prytulku')).toContain('No grounds for refusal listed')
    for (const slug of ['vlashtuvannia-do-simeinykh-form-vykhovannia', 'sotsialnyi-suprovid']) {
      expect(about(page, slug)).not.toBe('')
      expect(about(page, slug)).not.toContain('No grounds for refusal listed')
    }
  })

  test('DIR-6: a hit that nobody has confirmed in time says so, a crisis service never', async () => {
    for (const slug of ['konsultuvannia', 'kryzove-ta-ekstrene-vtruchannia'])
      await set(`assurance_due = '2020-01-01'`, slug)
    const page = await html('/services?region=ua-kharkiv&sort=name', 'en')
    expect(about(page, 'konsultuvannia')).toContain('Not confirmed')
    expect(about(page, 'nadannia-prytulku')).not.toContain('Not confirmed')
    expect(about(page, 'kryzove-ta-ekstrene-vtruchannia')).not.toBe('')
    expect(about(page, 'kryzove-ta-ekstrene-vtruchannia')).not.toContain('Not confirmed')
    for (const slug of ['konsultuvannia', 'kryzove-ta-ekstrene-vtruchannia'])
      await set(`assurance_due = '2040-01-01'`, slug)
  })

  test('DIR-5: an area of another region is an answer to where, too', async () => {
    expect(hits(await html('/services?region=ua-kharkiv&area=DK-0791', 'en'))).not.toEqual([])
  })

  test('DIR-5: open now goes by the clock of the region, to the minute; without a region of its own by that of the reader', async () => {
    const [kept, slug] = [db.clock.now, 'frauenhaus']
    const open = async (moment: string) => {
      db.clock.now = new Date(moment)
      const found = await json('/api/v1/services?open=now&size=100&area=DE-08111')
      return (found.items as { slug: string }[]).some((item) => item.slug === slug)
    }
    // Monday from 9:30 to 10:00
    await set(`open_minutes = '{[570,600)}', lexemes = lexemes || '''o=9'''::tsvector`, slug)
    for (const [moment, is] of [
      ['2026-11-23T08:29:00Z', false],
      ['2026-11-23T08:30:00Z', true],
      ['2026-11-23T08:59:00Z', true],
      ['2026-11-23T09:00:00Z', false],
    ] as const)
      expect([moment, await open(moment)]).toEqual([moment, is])
    await set('pack = null', slug)
    expect(await open('2026-11-23T08:45:00Z')).toBe(true)
    db.clock.now = kept
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
        expect(page.items.length).toBeGreaterThan(0)
      } while (next)
      // where the last page is full, no empty one follows
      const here = `/api/v1/${resource}?area=UA63120270010096107`
      const few = (await json(`${here}&size=100`)).items.length
      expect(await json(`${here}&size=${few}`)).toMatchObject({ next: null })
      expect((await json(`${here}&size=${few - 1}`)).next).not.toBeNull()
      expect(seen.length).toBeGreaterThan(50)
      expect(seen).toEqual([...new Set(seen)].sort())
      expect((await get(`/api/v1/${resource}?after=x`)).status).toBe(400)
    }
  })
})
