import type { ValidateFunction } from 'ajv'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { hsdsRoutes, profilePatches } from '../../src/capabilities/directory/routes/hsds.tsx'
import { query } from '../../src/platform/db/database.ts'
import { testDatabase } from '../database.ts'
import { directoryHouse, loadPacks } from '../directory-house.ts'
import { hsdsSchemas, withoutReferenceData } from './hsds-schemas.ts'

const nowhere = (): ValidateFunction => {
  throw new Error('there is no reference data')
}
const database = await testDatabase()
const published = withoutReferenceData ? nowhere : hsdsSchemas()
const strict = withoutReferenceData ? nowhere : hsdsSchemas(profilePatches)

interface Envelope {
  total_items: number
  total_pages: number
  page_number: number
  size: number
  first_page: boolean
  last_page: boolean
  empty: boolean
  contents: Record<string, unknown>[]
}

let ask: (address: string, init?: RequestInit) => Promise<Response>
beforeAll(async () => {
  await loadPacks(database, database.clock.now)
  const app = await directoryHouse(database, hsdsRoutes)
  ask = async (address, init) => app.request(`http://localhost:3000${address}`, init)
})

async function page(address: string, init?: RequestInit): Promise<Envelope> {
  const answer = await ask(address, init)
  expect(answer.status, address).toBe(200)
  return (await answer.json()) as Envelope
}

function judge(validate: ValidateFunction, value: unknown, what: string): void {
  validate(value)
  expect(validate.errors?.slice(0, 3) ?? [], what).toEqual([])
}

const lists = ['services', 'organizations', 'taxonomies', 'taxonomy_terms', 'service_at_locations'] as const

describe.skipIf(withoutReferenceData)('HSDS 3.2: every answer keeps the published schemas', () => {
  test('/hsds names version, profile and OpenAPI document, and both are there', async () => {
    const root = (await (await ask('/hsds')).json()) as Record<string, string>
    judge(published('/'), root, '/')
    expect(root.version).toBe('3.2')
    for (const address of [root.profile, root.openapi_url])
      expect((await ask(new URL(address ?? '').pathname)).status).toBe(200)
    const profile = (await (await ask('/hsds/profile')).json()) as { patches: string[] }
    expect(profile.patches.length).toBe(4)
    for (const patch of profile.patches)
      expect(await (await ask(new URL(patch).pathname)).json()).toHaveProperty('properties')
  })

  test.each(lists)('/hsds/%s: lists, streams, POST twins and every single record', async (name) => {
    const whole = await page(`/hsds/${name}?per_page=1000`)
    expect(whole.total_items).toBe(whole.contents.length)
    expect(whole.total_items).toBeGreaterThan(2)
    judge(published(`/${name}`), whole, name)
    judge(strict(`/${name}`), whole, `${name}, no unknown properties`)
    expect(await page(`/hsds/${name}?per_page=1000`, { method: 'POST' })).toEqual(whole)

    const lines = (await (await ask(`/hsds/${name}?format=ndjson`)).text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map((each) => each.id).sort()).toEqual(whole.contents.map((each) => each.id).sort())

    const single = strict(`/${name}/{id}`)
    for (const { id } of whole.contents.filter((_, at) => name !== 'taxonomy_terms' || at % 10 === 0)) {
      const answer = await ask(`/hsds/${name}/${id}`)
      expect(answer.status).toBe(200)
      const record = await answer.json()
      expect(record.id).toBe(id)
      judge(single, record, `${name}/${id}`)
    }
  })

  test.each([
    'services?full=true',
    'organizations?full=true',
    'organizations?full_service=true',
    'service_at_locations?full=true',
  ])('/hsds/%s nests as the single records do', async (address) => {
    const single = strict(`/${address.split('?')[0]}/{id}`)
    const { contents } = await page(`/hsds/${address}&per_page=200&lang=uk`)
    for (const record of contents) judge(single, record, address)
  })

  test('the judges are awake: broken records fail', async () => {
    const { contents } = await page('/hsds/services?per_page=1')
    const good = await (await ask(`/hsds/services/${contents[0]?.id}`)).json()
    for (const broken of [
      { ...good, name: undefined },
      { ...good, id: 'svc-1' },
      { ...good, status: 'open' },
      { ...good, schedules: [{ id: good.id, freq: 'DAILY' }] },
      { ...good, nme: 'misspelt' },
      { ...good, organization: { ...good.organization, descripton: 'misspelt' } },
      { ...good, duration: { as_needed: 'yes' } },
    ])
      expect(strict('/services/{id}')(JSON.parse(JSON.stringify(broken)))).toBe(false)
    expect(published('/services')({ contents: [] })).toBe(false)
  })
})

describe.skipIf(withoutReferenceData)('HSDS 3.2: parameters', () => {
  test('pages add up, the last one is short, one behind it is empty', async () => {
    const { total_items } = await page('/hsds/services?per_page=1')
    const seen = new Set<unknown>()
    const pages = Math.ceil(total_items / 7)
    for (let number = 1; number <= pages; number++) {
      const each = await page(`/hsds/services?per_page=7&page=${number}`)
      expect(each).toMatchObject({
        total_items,
        total_pages: pages,
        page_number: number,
        size: number < pages ? 7 : total_items - 7 * (pages - 1),
        first_page: number === 1,
        last_page: number === pages,
        empty: false,
      })
      for (const { id } of each.contents) seen.add(id)
    }
    expect(seen.size).toBe(total_items)
    expect(await page(`/hsds/services?per_page=7&page=${pages + 1}`)).toMatchObject({
      size: 0,
      empty: true,
      last_page: true,
      contents: [],
    })
    expect(await page('/hsds/services?search=zzzxqy')).toMatchObject({
      total_items: 0,
      total_pages: 0,
      first_page: true,
      last_page: true,
      empty: true,
    })
  })

  test('search finds word forms in the languages of the cards', async () => {
    const names = (await page('/hsds/services?search=притулку&lang=uk')).contents.map((each) => each.name)
    expect(names).toContain('Надання притулку')
    const terms = await page('/hsds/taxonomy_terms?search=debt&lang=en')
    expect(terms.total_items).toBeGreaterThan(0)
    expect((await page('/hsds/organizations?search=%25')).total_items).toBe(0)
  })

  test('terms, taxonomies and organisations narrow the lists', async () => {
    const [service] = (await page('/hsds/services?per_page=1&full=true')).contents
    const attributes = service?.attributes as {
      taxonomy_term_id: string
      taxonomy_term: { taxonomy_id: string; parent_id?: string }
    }[]
    const [kind] = attributes
    for (const list of ['services', 'service_at_locations', 'organizations']) {
      const all = await page(`/hsds/${list}?per_page=1`)
      const some = await page(`/hsds/${list}?taxonomy_term_id=${kind?.taxonomy_term_id}&per_page=1000`)
      expect(some.total_items, list).toBeGreaterThan(0)
      expect(some.total_items, list).toBeLessThan(all.total_items)
      expect(
        (await page(`/hsds/${list}?taxonomy_id=${kind?.taxonomy_term.taxonomy_id}&per_page=1`)).total_items,
      ).toBeGreaterThan(some.total_items)
    }
    const own = await page(`/hsds/services?organization_id=${service?.organization_id}&per_page=1000`)
    expect(own.contents.every((each) => each.organization_id === service?.organization_id)).toBe(true)
    const top = await page('/hsds/taxonomy_terms?top_only=true&per_page=1000')
    expect(top.contents.every((term) => !('parent_id' in term))).toBe(true)
    const below = await page(`/hsds/taxonomy_terms?parent_id=${kind?.taxonomy_term.parent_id}&per_page=1000`)
    expect(below.contents.map((term) => term.id)).toContain(kind?.taxonomy_term_id)
  })

  test('modified_after shows what has changed, and the tombstones of what is gone', async () => {
    const all = await page('/hsds/services?per_page=1000')
    const gone = all.contents[0]?.id as string
    await database.transact({ actor: null, purpose: 'administration' }, (tx) =>
      tx.all(
        query
          .updateTable('directory.service')
          .set({ status: 'defunct', last_modified: sql<Date>`'2030-01-02T03:04:05Z'` })
          .where('id', '=', gone),
      ),
    )
    const changed = await page('/hsds/services?modified_after=2030-01-02T03:04:05Z')
    expect(changed.contents).toMatchObject([{ id: gone, status: 'defunct' }])
    judge(published('/services'), changed, 'modified_after')
    expect(await page('/hsds/services?modified_after=2030-01-02T04:04:05%2B01:00')).toMatchObject({ total_items: 1 })
    expect(await page('/hsds/services?modified_after=2030-01-03')).toMatchObject({ empty: true })
    expect((await page('/hsds/services?per_page=1000')).contents.map((each) => each.id)).not.toContain(gone)
    expect(await (await ask(`/hsds/services/${gone}`)).json()).toMatchObject({ status: 'defunct' })
  })

  test('minimal gives all services at once', async () => {
    const all = await page('/hsds/services?minimal=true')
    expect(all).toMatchObject({ total_pages: 1, size: all.total_items })
    expect(Object.keys(all.contents[0] ?? {})).toEqual(['id', 'name', 'status', 'last_modified', 'modified_date'])
    judge(strict('/services'), all, 'minimal')
  })

  test('postcode asks for the area served, proximity for the distance from its centre', async () => {
    const [placing] = (await page('/hsds/service_at_locations?full=true&per_page=1000')).contents.filter((each) => {
      const location = each.location as { longitude?: number; addresses?: { postal_code: string }[] }
      return location.longitude !== undefined && !!location.addresses?.[0]?.postal_code
    })
    const location = placing?.location as { addresses: { postal_code: string }[] }
    const code = encodeURIComponent(location.addresses[0]?.postal_code ?? '')
    const near = await page(`/hsds/service_at_locations?postcode=${code}&proximity=2000&per_page=1000`)
    const far = await page(`/hsds/service_at_locations?postcode=${code}&proximity=50000&per_page=1000`)
    expect(near.total_items).toBeGreaterThan(0)
    expect(far.total_items).toBeGreaterThan(near.total_items)
    const serving = await page(`/hsds/service_at_locations?postcode=${code}&per_page=1000`)
    expect(serving.contents.map((each) => each.id)).toContain(placing?.id)
    expect(await page('/hsds/service_at_locations?postcode=00000')).toMatchObject({ empty: true })
  })

  test.each([
    ['services?page=0', 'page'],
    ['services?page=x', 'page'],
    ['services?per_page=1001', 'per_page'],
    ['services?format=xml', 'format'],
    ['services?taxonomy_term_id=shelter', 'taxonomy_term_id'],
    ['services?taxonomy_id=1', 'taxonomy_id'],
    ['services?organization_id=dovira', 'organization_id'],
    ['services?modified_after=yesterday', 'modified_after'],
    ['services?modified_after=2026-02-30', 'modified_after'],
    ['services?full=maybe', 'full'],
    ['services?minimal=2', 'minimal'],
    ['organizations?full_service=x', 'full_service'],
    ['taxonomy_terms?top_only=x', 'top_only'],
    ['taxonomy_terms?parent_id=x', 'parent_id'],
    ['service_at_locations?proximity=100', 'proximity'],
    ['service_at_locations?postcode=8000&proximity=near', 'proximity'],
    ['services?lang=fr', 'lang'],
  ])('/hsds/%s is 400 and names %s', async (address, name) => {
    const answer = await ask(`/hsds/${address}`)
    expect(answer.status).toBe(400)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(((await answer.json()) as { errors: { path: string }[] }).errors.map((error) => error.path)).toContain(name)
  })

  test('a body carries the parameters of a POST where no log keeps them', async () => {
    const body = new URLSearchParams({ search: 'притулку', lang: 'uk' })
    const form = await page('/hsds/services', { method: 'POST', body })
    const json = await page('/hsds/services', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ search: 'притулку', lang: 'uk' }),
    })
    expect(form).toEqual(await page('/hsds/services?search=притулку&lang=uk'))
    expect(json).toEqual(form)
    expect(
      (await ask('/hsds/services', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '[' }))
        .status,
    ).toBe(400)
  })
})

describe.skipIf(withoutReferenceData)('HSDS 3.2: reading from elsewhere', () => {
  test('every site may read, and asks first where its browser does', async () => {
    const preflight = await ask('/hsds/services', {
      method: 'OPTIONS',
      headers: { origin: 'https://example.org', 'access-control-request-method': 'GET' },
    })
    expect(preflight.status).toBe(204)
    for (const answer of [preflight, await ask('/hsds/services'), await ask('/hsds/services/none')])
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect((await ask('/hsds/services/none')).status).toBe(404)
    expect((await ask(`/hsds/services/${crypto.randomUUID()}`)).status).toBe(404)
  })

  test('lang goes before Accept-Language, and the answer says its language', async () => {
    const address = '/hsds/services?search=притулку'
    const named = async (more: string, accepted?: string) => {
      const answer = await ask(address + more, accepted ? { headers: { 'accept-language': accepted } } : {})
      return [
        answer.headers.get('content-language'),
        ((await answer.json()) as Envelope).contents.map((each) => each.name),
      ]
    }
    expect(await named('&lang=da', 'uk')).toEqual(['da', expect.arrayContaining(['Husly'])])
    expect(await named('', 'uk-UA,uk;q=0.9')).toEqual(['uk', expect.arrayContaining(['Надання притулку'])])
  })

  test('what a reader has is not sent again', async () => {
    const { contents } = await page('/hsds/services?per_page=1')
    const address = `/hsds/services/${contents[0]?.id}`
    const first = await ask(address)
    const again = async (headers: Record<string, string>) => (await ask(address, { headers })).status
    expect(await again({ 'if-none-match': first.headers.get('etag') ?? '' })).toBe(304)
    expect(await again({ 'if-modified-since': first.headers.get('last-modified') ?? '' })).toBe(304)
    expect(
      await again({ 'if-none-match': '"other"', 'if-modified-since': first.headers.get('last-modified') ?? '' }),
    ).toBe(200)
    expect(await again({ 'if-modified-since': 'Mon, 01 Jan 2001 00:00:00 GMT' })).toBe(200)
  })
})
