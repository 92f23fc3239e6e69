import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { hsdsSchemas, shared, withoutReferenceData } from '../../../../test/conformance/hsds-schemas.ts'
import { openTestDatabase, type TestDatabase, testDatabase } from '../../../../test/database.ts'
import { loadPacks, packsFolder } from '../../../../test/directory-house.ts'
import { hsdsTables } from '../../../../test/fixtures/hsds-tables.ts'
import { query } from '../../../platform/db/database.ts'
import { inLocale } from '../../../platform/i18n/speech.ts'
import { loadPack, packFolders, packPart } from '../../../platform/packs/load.ts'
import { exportServices } from '../exchange/export-services.ts'
import { reasonWords, reportLines } from '../exchange/import-report.ts'
import { sourceFromPath, sourceFromUpload } from '../exchange/import-source.ts'
import type { ImportSource } from '../exchange/import-types.ts'
import { directoryPack } from '../pack-part.ts'
import { profilePatches } from '../routes/hsds.tsx'
import type { ServiceCard } from '../types.ts'
import type { ImportOptions } from './import-means.ts'
import { importServices } from './import-services.ts'

const database = await testDatabase()
const area = 'DK-1082'
beforeAll(() => loadPacks(database, database.clock.now, ['dk-midtjylland']))

const text = (name: string, content: string): ImportSource => sourceFromUpload(name, new TextEncoder().encode(content))
const lines = (records: readonly object[]) =>
  text('services.ndjson', records.map((record) => `${JSON.stringify(record)}\n`).join(''))
const tables = (files: ReadonlyMap<string, string>): ImportSource => ({
  kind: 'tables',
  tables: new Map(
    [...files].map(([name, content]) => [
      name,
      async function* () {
        yield Buffer.from(content)
      },
    ]),
  ),
})
const run = (source: ImportSource, options: Partial<ImportOptions> & { dataset: string }) =>
  importServices(database, source, { format: 'hsds', areas: [area], ...options })
const administration = { actor: null, purpose: 'administration' } as const
const stored = (dataset: string) =>
  database.transact(administration, (tx) =>
    tx.all(
      query
        .selectFrom('directory.service')
        .select(['id', 'slug', 'card', 'status', 'version', 'dataset_id'])
        .where('dataset', '=', dataset)
        .orderBy('dataset_id'),
    ),
  )
const count = async (table: 'directory.service' | 'directory.import' | 'access.organisation') =>
  (
    await database.transact(administration, (tx) =>
      tx.one(query.selectFrom(table).select(sql<number>`count(*)`.as('count'))),
    )
  )?.count
const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const service = (number: number, more: object = {}) => ({
  id: id(number),
  name: `Service ${number}`,
  description: 'It helps.',
  status: 'active',
  organization: { id: id(900), name: 'Helpers', description: 'People' },
  ...more,
})

describe('import: dry run, all or nothing, the same again', () => {
  afterEach(async () => {
    // no test may leave the search index in the manner of an import
    const [row] = await database.transact(administration, (tx) =>
      tx.all(
        query.selectNoFrom(
          sql<string[]>`(select reloptions from pg_class where relname = 'service_lexemes')`.as('options'),
        ),
      ),
    )
    expect(row?.options).toEqual(['fastupdate=off'])
  })

  test('a dry run says what would happen and changes nothing', async () => {
    const before = [
      await count('directory.service'),
      await count('access.organisation'),
      await count('directory.import'),
    ]
    const report = await run(lines([service(1), service(2)]), { dataset: 'dry' })
    expect(report).toMatchObject({ applied: false, counts: { added: 2, rejected: 0 } })
    expect([
      await count('directory.service'),
      await count('access.organisation'),
      await count('directory.import'),
    ]).toEqual(before)
  })

  test('a half valid file changes nothing unless the rejected are left out on purpose', async () => {
    const half = lines([service(1), service(2, { name: '' }), service(3)])
    const refused = await run(half, { dataset: 'half', apply: true })
    expect(refused).toMatchObject({ applied: false, counts: { added: 2, rejected: 1 } })
    expect(refused.entries.find((entry) => entry.outcome === 'rejected')).toMatchObject({
      line: 2,
      reasons: [{ code: 'missing', field: 'name' }],
    })
    expect(await stored('half')).toEqual([])
    expect(await run(half, { dataset: 'half', apply: true, skipRejected: true })).toMatchObject({
      applied: true,
      counts: { added: 2, rejected: 1 },
    })
    expect((await stored('half')).map((row) => row.dataset_id)).toEqual([id(1), id(3)])
  })

  test('again: unchanged stays, changed gets a version, missing stays until removal is asked for', async () => {
    const dataset = 'again'
    await run(lines([service(1), service(2), service(3)]), { dataset, apply: true })
    expect((await run(lines([service(1), service(2), service(3)]), { dataset, apply: true })).counts).toEqual({
      added: 0,
      changed: 0,
      unchanged: 3,
      rejected: 0,
    })
    const less = lines([service(1), service(2, { description: 'It helps more.' })])
    expect(await run(less, { dataset, apply: true })).toMatchObject({
      counts: { unchanged: 1, changed: 1 },
      missing: 1,
      removed: 0,
    })
    expect((await stored(dataset)).map(({ version, status }) => [version, status])).toEqual([
      [1, 'active'],
      [2, 'active'],
      [1, 'active'],
    ])
    expect(await run(less, { dataset, apply: true, removeMissing: true })).toMatchObject({
      counts: { unchanged: 2 },
      removed: 1,
    })
    expect((await stored(dataset)).map(({ version, status }) => [version, status])).toEqual([
      [1, 'active'],
      [2, 'active'],
      [2, 'defunct'],
    ])
    const versions = await database.transact(administration, (tx) =>
      tx.all(
        query
          .selectFrom('directory.service_version')
          .innerJoin('directory.service', 'directory.service.id', 'service_id')
          .select(['directory.service_version.version', 'deed'])
          .where('dataset', '=', dataset)
          .orderBy('dataset_id')
          .orderBy('directory.service_version.version'),
      ),
    )
    expect(versions.map(({ version, deed }) => [version, deed])).toEqual([
      [1, 'import hsds'],
      [1, 'import hsds'],
      [2, 'import hsds'],
      [1, 'import hsds'],
      [2, 'import hsds'],
    ])
  })

  test('DIR-7: what an import makes of organisations and places is a version of each', async () => {
    const dataset = 'record-versions'
    const location = (name: string) => ({ id: id(8801), name, location_type: 'physical' })
    const asTold = (name: string, place: string) =>
      lines([
        service(8800, {
          organization: { id: id(8802), name, description: 'Helps' },
          service_at_locations: [{ id: id(8803), location: location(place) }],
        }),
      ])
    for (const [name, place] of [
      ['Old name', 'House'],
      ['New name', 'House'],
      ['New name', 'House'],
      ['New name', 'Hall'],
    ] as const)
      await run(asTold(name, place), { dataset, apply: true })
    const { rows } = await database.ownerPool.query(
      `select 'organisation' as what, v.version, v.profile #>> '{names,en}' as name, v.deed
         from directory.organisation_version v join directory.organisation o on o.id = v.organisation_id where o.dataset = $1
       union all
       select 'place', v.version, v.details #>> '{names,en}', v.deed
         from directory.location_version v join directory.location l on l.id = v.location_id where l.dataset = $1
       order by 1, 2`,
      [dataset],
    )
    expect(rows.map((row) => [row.what, row.version, row.name, row.deed])).toEqual([
      ['organisation', 1, 'Old name', 'import hsds'],
      ['organisation', 2, 'New name', 'import hsds'],
      ['place', 1, 'House', 'import hsds'],
      ['place', 2, 'Hall', 'import hsds'],
    ])
  })

  test('an empty file ends no services', async () => {
    await run(lines([service(1)]), { dataset: 'empty', apply: true })
    expect(
      await run(lines([{ organizations: [] }]), {
        dataset: 'empty',
        apply: true,
        skipRejected: true,
        removeMissing: true,
      }),
    ).toMatchObject({ removed: 0, missing: 1 })
  })

  test('what people changed here is not overwritten: people win over data sets', async () => {
    const dataset = 'edited'
    await run(lines([service(1)]), { dataset, apply: true })
    const [row] = await stored(dataset)
    const edited = { ...(row?.card as ServiceCard), crisis: true }
    await database.transact(administration, async (tx) => {
      await tx.all(
        query
          .updateTable('directory.service')
          .set({ card: JSON.stringify(edited), version: 2 })
          .where('id', '=', row?.id ?? ''),
      )
      await tx.all(
        query.insertInto('directory.service_version').values({
          service_id: row?.id ?? '',
          version: 2,
          card: JSON.stringify(edited),
          status: 'active',
          origin: 'page',
          deed: 'change',
        }),
      )
    })
    expect((await run(lines([service(1)]), { dataset, apply: true })).counts).toMatchObject({ unchanged: 1 })
    const both = await run(lines([service(1, { description: 'Changed there, too.' })]), { dataset, apply: true })
    expect(both).toMatchObject({ applied: false, counts: { rejected: 1 }, reasons: { 'edited-here': 1 } })
    expect((await stored(dataset))[0]?.card).toMatchObject({ crisis: true })
  })

  test('equal names get different addresses, the same at every import', async () => {
    const same = lines([service(1, { name: 'Food bank' }), service(2, { name: 'Food bank' })])
    await run(same, { dataset: 'slugs', apply: true })
    const slugs = (await stored('slugs')).map((row) => row.slug)
    expect(slugs[0]).toBe('food-bank')
    expect(slugs[1]).toMatch(/^food-bank-[0-9a-f]{8}$/)
    expect((await run(same, { dataset: 'slugs', apply: true })).counts.unchanged).toBe(2)
  })

  test('an import is audited and kept with its report', async () => {
    await run(lines([service(1)]), { dataset: 'audited', apply: true })
    const kept = await database.transact(administration, (tx) =>
      tx.one(
        query.selectFrom('directory.import').select(['format', 'report', 'sha256']).where('dataset', '=', 'audited'),
      ),
    )
    expect(kept).toMatchObject({ format: 'hsds', report: { counts: { added: 1 } } })
    const { rows } = await database.ownerPool.query(
      `select outcome from audit.event where act = 'directory.import' and about_id = 'audited'`,
    )
    expect(rows).toEqual([{ outcome: 'done' }])
  })

  test('found by the same words as every other card', async () => {
    await run(lines([service(1, { name: 'Quokka counselling' })]), { dataset: 'search', apply: true })
    const found = await database.transact(administration, (tx) =>
      tx.all(
        query.selectFrom('directory.service').select('slug').where(sql<boolean>`lexemes @@ '''en_quokka'''::tsquery`),
      ),
    )
    expect(found).toEqual([{ slug: 'quokka-counselling' }])
  })
})

describe('import: what is mended, mapped and said', () => {
  test('terms lead to ours by Open Eligibility ids and names; others are kept as words', async () => {
    const attributes = [
      { taxonomy_term: { code: '1304', name: 'Counselling' } },
      { taxonomy_term: { name: 'Debt advice' } },
      { taxonomy_term: { name: 'Zebra riding' } },
    ]
    const report = await run(lines([service(1, { attributes })]), { dataset: 'terms', apply: true })
    const card = (await stored('terms'))[0]?.card as ServiceCard
    expect(card.kind).not.toBe('social-support')
    expect(card.alternateNames).toContainEqual({ en: 'Zebra riding' })
    expect(report.reasons['term-kept-as-word']).toBe(1)
  })

  test('addresses of the web are mended or left out, and it is said', async () => {
    const report = await run(
      lines([
        service(1, { url: 'www.example.org/a' }),
        service(2, { url: 'see the leaflet' }),
        service(3, { email: 'nobody' }),
      ]),
      { dataset: 'urls', apply: true },
    )
    expect(report.reasons).toMatchObject({ 'mended-url': 1, 'dropped-url': 1, 'dropped-email': 1 })
    expect((await stored('urls')).map((row) => (row.card as ServiceCard).website)).toEqual([
      'https://www.example.org/a',
      undefined,
      undefined,
    ])
  })

  test('DIR-10: dated words are flagged with what is said today', async () => {
    const stuttgart = await openTestDatabase()
    try {
      await loadPacks(stuttgart.database, stuttgart.database.clock.now, ['de-stuttgart'])
      const report = await importServices(
        stuttgart.database,
        lines([service(1, { description: 'Ein Angebot für Behinderte.' })]),
        {
          format: 'hsds',
          dataset: 'words',
          locale: 'de',
          areas: ['DE-08111'],
        },
      )
      expect(report.entries[0]?.wordings[0]).toMatchObject({ path: 'summary.de', found: 'Behinderte' })
      expect(inLocale('de', () => reportLines(report)).join('\n')).toContain('Behinderte')
    } finally {
      await stuttgart.drop()
    }
  })

  test('every reason speaks all four languages', () => {
    for (const locale of ['en', 'uk', 'da', 'de'] as const)
      expect(inLocale(locale, () => reasonWords({ code: 'id-twice', field: 'id', value: '7' }))).toContain('7')
  })

  test('lists, envelopes, single records and lines are read alike', async () => {
    const records = [service(1), service(2)]
    for (const content of [
      JSON.stringify(records),
      JSON.stringify(records, null, 2),
      JSON.stringify({ total_items: 2, contents: records, empty: false }, null, 1),
      JSON.stringify({ empty: false, contents: records }),
      records.map((each) => JSON.stringify(each)).join('\n'),
      records.map((each) => JSON.stringify(each, null, 2)).join('\n'),
    ])
      expect((await run(text('x.json', content), { dataset: 'shapes' })).counts, content.slice(0, 40)).toEqual({
        added: 2,
        changed: 0,
        unchanged: 0,
        rejected: 0,
      })
    expect((await run(text('x.json', '{"name": '), { dataset: 'shapes' })).reasons).toEqual({ 'not-json': 1 })
    expect(
      (
        await run(text('x.json', `${JSON.stringify(service(1))}\n{"broken\n${JSON.stringify(service(2))}\n`), {
          dataset: 'shapes',
        })
      ).counts,
    ).toMatchObject({ added: 2, rejected: 1 })
  })

  test('an area that nobody knows stops the import before it begins', async () => {
    await expect(run(lines([service(1)]), { dataset: 'nowhere', areas: ['ATLANTIS'] })).rejects.toThrow('ATLANTIS')
    expect((await run(lines([service(1)]), { dataset: 'nowhere', areas: [] })).counts.rejected).toBe(1)
  })
})

describe('import: tables of HSDS 1.x', () => {
  test('4 000 dirty services: every kind of dirt is said with its line, the rest goes in', async () => {
    const { tables: files, dirt } = hsdsTables(4_000)
    const lone = dirt.loneEligibility
    const options = { format: 'hsds-tabular' as const, dataset: 'tables', apply: true, skipRejected: true }
    const report = await run(tables(files), options)
    const good = 4_000 - dirt.danglingOrganisations - dirt.missingNames
    expect(report.counts).toEqual({
      added: good,
      changed: 0,
      unchanged: 0,
      rejected: dirt.danglingOrganisations + dirt.missingNames + dirt.twice + lone,
    })
    expect(report.reasons).toMatchObject({ 'dropped-url': dirt.oddAddresses, 'id-twice': dirt.twice })
    const [first] = report.entries.filter(
      (entry) => entry.outcome === 'rejected' && entry.reasons[0]?.code === 'dangling',
    )
    // the description of every service spans two lines of the table
    expect(first).toMatchObject({ line: 2 * 97, reasons: [{ field: 'organization_id', value: 'gone-97' }] })
    const card = (await stored('tables')).find((row) => row.dataset_id === 'service:2')?.card as ServiceCard
    expect(card).toMatchObject({
      cost: { kind: 'free' },
      phones: [{ number: '(305) 555 1002' }],
      schedule: [{ days: ['WE'], opens: '09:00', closes: '17:00' }],
    })
    expect((await run(tables(files), options)).counts).toMatchObject({ added: 0, changed: 0, unchanged: good })
  })
})

describe.skipIf(withoutReferenceData)('import: data of others', () => {
  const at = (path: string) => sourceFromPath(join(shared, 'data/hsds', path))

  test('of 128 services with one id one is taken, and 127 times it is said where it stood first', async () => {
    const report = await run(await at('oruk/mock_service_list.json'), {
      format: 'oruk',
      dataset: 'oruk',
      apply: true,
      skipRejected: true,
    })
    expect(report.counts).toMatchObject({ added: 1, rejected: 127 })
    expect(report.reasons['id-twice']).toBe(127)
  })

  test('the official examples go in', async () => {
    for (const file of ['service_full.json', 'service_list.json', 'organization_full.json']) {
      const report = await run(await at(`schema/examples/${file}`), { dataset: file, apply: true, skipRejected: true })
      expect(report.counts.added, file).toBeGreaterThan(0)
    }
  })

  test('every line of a machine-made list is accounted for', async () => {
    const seen = new Set<number>()
    const report = await run(await at('haarrrvest/results.ndjson'), {
      dataset: 'haarrrvest',
      apply: true,
      skipRejected: true,
      each: (entry) => seen.add(entry.line),
    })
    expect(seen.size).toBe(911)
    expect(report.counts.added).toBeGreaterThan(850)
    expect(report.counts.rejected).toBe(
      Object.entries(report.reasons)
        .filter(([code]) => ['missing', 'no-service', 'id-twice'].includes(code))
        .reduce((sum, [, times]) => sum + (times ?? 0), 0),
    )
    expect(
      (await run(await at('haarrrvest/results.ndjson'), { dataset: 'haarrrvest', skipRejected: true })).counts,
    ).toMatchObject({ added: 0, changed: 0, unchanged: report.counts.added })
  })

  test('the tabular package and the lines of an export come in again and are valid HSDS', async () => {
    const judge = hsdsSchemas(profilePatches)('/services/{id}')
    const exported = await gathered(
      exportServices(database, 'hsds', { origin: 'https://linden.example', locale: 'da' }),
    )
    const records = new TextDecoder().decode(exported).trimEnd().split('\n')
    for (const record of records) expect(judge(JSON.parse(record)) || judge.errors?.slice(0, 2)).toBe(true)
    const copy = await run(sourceFromUpload('services.ndjson', exported), { dataset: 'copy' })
    expect(copy.counts).toMatchObject({ added: records.length, rejected: 0 })
    const archive = await gathered(
      exportServices(database, 'hsds-tabular', { origin: 'https://linden.example', locale: 'da' }),
    )
    const packed = await run(sourceFromUpload('services.zip', archive), { format: 'hsds-tabular', dataset: 'packed' })
    expect(packed.counts).toMatchObject({ added: records.length, rejected: 0 })
  })
})

describe('export: the spreadsheet of cards', () => {
  let empty: { database: TestDatabase; drop(): Promise<void> }
  afterEach(() => empty.drop())

  test.each(['cards', 'cards-xlsx'] as const)(
    '%s: all packs, exported and imported into an empty directory, give equal cards',
    async (format) => {
      const full = await openTestDatabase()
      try {
        await loadPacks(full.database, full.database.clock.now)
        const bytes = await gathered(
          exportServices(full.database, format, { origin: 'https://linden.example', locale: 'uk' }),
        )
        empty = await openTestDatabase()
        const bare = {
          ...directoryPack,
          load: (tx, contents, pack) => directoryPack.load(tx, { ...contents, services: [], organisations: [] }, pack),
        } satisfies typeof directoryPack
        for (const folder of packFolders(packsFolder, 'all'))
          await loadPack(empty.database, folder, [packPart(bare)], empty.database.clock.now)
        const source = sourceFromUpload(`cards.${format === 'cards' ? 'csv' : 'xlsx'}`, bytes)
        const report = await importServices(empty.database, source, { format: 'cards', dataset: 'copy', apply: true })
        expect(inLocale('en', () => reportLines(report)).slice(0, 5)).toEqual([
          expect.stringMatching(/^\d+ added, 0 changed, 0 unchanged, 0 rejected\.$/),
          'This is stored.',
        ])
        const cards = (from: TestDatabase) =>
          from.transact(administration, (tx) =>
            tx.all(query.selectFrom('directory.service').select(['slug', 'card', 'pack']).orderBy('slug')),
          )
        expect(await cards(empty.database)).toEqual(await cards(full.database))
        expect(
          (await importServices(empty.database, source, { format: 'cards', dataset: 'copy' })).counts,
        ).toMatchObject({ added: 0, changed: 0, rejected: 0 })
      } finally {
        await full.drop()
      }
    },
    120_000,
  )
})

async function gathered(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}
