import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/database.ts'
import { directoryHouse, loadPacks } from '../../../../test/directory-house.ts'
import { readArchive } from '../../../platform/tabular/zip.ts'
import { writeExports } from '../jobs/export-nightly.ts'
import { openDataRoutes } from './open-data.tsx'

const database = await testDatabase()
const data = mkdtempSync(join(tmpdir(), 'linden-open-'))
afterAll(() => rmSync(data, { recursive: true, force: true }))

let ask: (address: string, init?: RequestInit) => Promise<Response>
beforeAll(async () => {
  await loadPacks(database, database.clock.now, ['ua-kharkiv'])
  const app = await directoryHouse(database, (door) => openDataRoutes(door, data))
  ask = async (address, init) => app.request(`http://localhost:3000${address}`, init)
})

const files = ['services.ndjson', 'services.zip', 'cards.csv', 'cards.xlsx']

describe('open data', () => {
  test.each(files)('/open/%s: made on demand before the first night, the file of the night after it', async (name) => {
    const demanded = await ask(`/open/${name}`)
    expect(demanded.status).toBe(200)
    const bytes = new Uint8Array(await demanded.arrayBuffer())
    expect(bytes.length).toBeGreaterThan(1000)
    await writeExports(database, data, 'http://localhost:3000')
    const nightly = await ask(`/open/${name}`)
    expect(nightly.headers.get('access-control-allow-origin')).toBe('*')
    expect((await nightly.arrayBuffer()).byteLength).toBeGreaterThan(1000)
    expect(
      (await ask(`/open/${name}`, { headers: { 'if-none-match': nightly.headers.get('etag') ?? '' } })).status,
    ).toBe(304)
    rmSync(join(data, 'exports'), { recursive: true })
  })

  test('the tabular package describes every table, and every link in it leads somewhere', async () => {
    const archive = readArchive(new Uint8Array(await (await ask('/open/services.zip')).arrayBuffer()))
    if (!archive.ok) throw new Error(archive.problem.message.code)
    const read = (name: string) => new TextDecoder().decode(archive.entries.get(name))
    const { resources } = JSON.parse(read('datapackage.json')) as {
      resources: { path: string; schema: { fields: { name: string }[] } }[]
    }
    expect([...archive.entries.keys()].sort()).toEqual(
      ['datapackage.json', ...resources.map((resource) => resource.path)].sort(),
    )
    for (const { path, schema } of resources)
      expect(read(path).split('\r\n')[0], path).toBe(schema.fields.map((field) => field.name).join(','))
    const ids = (table: string, column = 0) =>
      read(table)
        .split('\r\n')
        .slice(1, -1)
        .filter((line) => /^[0-9a-f-]{36},/.test(line))
        .map((line) => line.split(',')[column])
    expect(ids('services.csv')).toHaveLength(12)
    expect(ids('organizations.csv')).toEqual(expect.arrayContaining(ids('services.csv', 1)))
    expect(ids('locations.csv')).toEqual(expect.arrayContaining(ids('service_at_locations.csv', 2)))
    expect(ids('taxonomy_terms.csv')).toEqual(expect.arrayContaining(ids('attributes.csv', 2)))
  })

  test('the entry for catalogues says what DCAT-AP requires', async () => {
    const answer = await ask('/open/dcat')
    expect(answer.headers.get('content-type')).toContain('application/ld+json')
    const catalogue = await answer.json()
    for (const thing of [catalogue, catalogue['dcat:dataset']])
      for (const required of ['dct:title', 'dct:description', 'dct:publisher']) expect(thing).toHaveProperty([required])
    expect(catalogue['dct:title'].map((title: Record<string, string>) => title['@language']).sort()).toEqual([
      'da',
      'de',
      'en',
      'uk',
    ])
    expect(catalogue['dcat:service']).toMatchObject({ 'dcat:endpointURL': { '@id': 'http://localhost:3000/hsds' } })
    const distributions = catalogue['dcat:dataset']['dcat:distribution'] as Record<string, { '@id': string }>[]
    for (const distribution of distributions)
      expect((await ask(new URL(distribution['dcat:downloadURL']?.['@id'] ?? '').pathname)).status).toBe(200)
  })

  test('the page names every file in the reader’s language', async () => {
    const html = await (await ask('/open', { headers: { 'accept-language': 'uk' } })).text()
    expect(html).toContain('Відкриті дані')
    for (const name of files) expect(html).toContain(`/open/${name}`)
  })
})
