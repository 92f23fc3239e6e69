import { once } from 'node:events'
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Zip, ZipDeflate } from 'fflate'
import type { Database, Tx } from '../../../platform/db/database.ts'
import { inLocale } from '../../../platform/i18n/speech.ts'
import { type Locale, locales } from '../../../platform/i18n/text.ts'
import { type CsvValue, writeCsv } from '../../../platform/tabular/write-csv.ts'
import { writeXlsx } from '../../../platform/tabular/write-xlsx.ts'
import {
  findOrganisations,
  findServiceIds,
  readOrganisationParts,
  readServiceEntries,
  readVocabulary,
  type Slice,
} from '../store/exchange-hsds.ts'
import type { Location } from '../types.ts'
import { type CardSheet, type Column, columns, headerOf, listCell } from './cards-columns.ts'
import {
  hsdsOrganisation,
  hsdsTaxonomy,
  hsdsTerm,
  type OrganisationEntry,
  tellingFor,
  type Vocabulary,
} from './hsds-parts.ts'
import { hsdsServiceFull, type ServiceEntry } from './hsds-service.ts'
import { datapackage, hsdsTables, rowsOf, type TableName } from './tabular-tables.ts'

export const exportFormats = ['hsds', 'hsds-tabular', 'cards', 'cards-xlsx'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** What a file of each format is called and is. */
export const exportFiles: Readonly<Record<ExportFormat, { name: string; type: string }>> = {
  hsds: { name: 'services.ndjson', type: 'application/x-ndjson; charset=utf-8' },
  'hsds-tabular': { name: 'services.zip', type: 'application/zip' },
  cards: { name: 'cards.csv', type: 'text/csv; charset=utf-8' },
  'cards-xlsx': { name: 'cards.xlsx', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
}

export interface ExportOptions {
  /** scheme, host and port, for the addresses in the data */
  origin: string
  /** language of texts and headers; a text that lacks it comes in the language that its card was written in */
  locale: Locale
}

const batchSize = 200
const firstId = '00000000-0000-0000-0000-000000000000'

/** Exports every public service as a stream of bytes; memory does not grow with their number. */
export function exportServices(
  database: Database,
  format: ExportFormat,
  options: ExportOptions,
): AsyncGenerator<Uint8Array> {
  switch (format) {
    case 'hsds':
      return encoded(hsdsTexts(database, options))
    case 'hsds-tabular':
      return tabularPackage(database, options)
    case 'cards':
      return encoded(writeCsv(headersIn(options.locale), cardRows(database)))
    case 'cards-xlsx':
      return writeXlsx([
        {
          name: 'cards',
          columns: headersIn(options.locale).map((title) => ({ title, width: 28 })),
          rows: cardRows(database),
        },
      ])
  }
}

async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const text of texts) yield encoder.encode(text)
}

interface Read<Entry> {
  entries: Entry[]
  last: string | undefined
}
interface Batch<Entry> {
  entries: Entry[]
  vocabulary: Vocabulary
}

/** Reads in slices behind the last id, each in a short transaction of its own. */
async function* slices<Entry>(
  database: Database,
  read: (tx: Tx, slice: Slice) => Promise<{ entries: Entry[]; last: string | undefined }>,
): AsyncGenerator<Batch<Entry>> {
  let vocabulary: Vocabulary | undefined
  let after: string | undefined = firstId
  while (after !== undefined) {
    const slice: Slice = { after, limit: batchSize }
    const found: Read<Entry> = await database.transact(
      { actor: null },
      async (tx) => {
        vocabulary ??= await readVocabulary(tx)
        return read(tx, slice)
      },
      { readOnly: true },
    )
    if (vocabulary && found.entries.length > 0) yield { entries: found.entries, vocabulary }
    after = found.last
  }
}

const everything = {
  search: undefined,
  taxonomyTerm: undefined,
  taxonomy: undefined,
  organisation: undefined,
  modifiedAfter: undefined,
}

const serviceSlices = (database: Database) =>
  slices<ServiceEntry>(database, async (tx, slice) => {
    const { ids } = await findServiceIds(tx, everything, slice)
    return { entries: await readServiceEntries(tx, ids, true), last: ids.at(-1) }
  })

async function* hsdsTexts(database: Database, { origin, locale }: ExportOptions): AsyncGenerator<string> {
  for await (const { entries, vocabulary } of serviceSlices(database))
    yield inLocale(locale, () =>
      entries
        .map(
          (entry) =>
            `${JSON.stringify(hsdsServiceFull(entry, tellingFor(origin, vocabulary, [entry.card.writtenIn])))}\n`,
        )
        .join(''),
    )
}

/** Headers of the spreadsheet in one language; texts have a column for each of the four. */
export function headersIn(locale: Locale): string[] {
  return columns.flatMap(({ id, kind }) =>
    kind === 'text' || kind === 'texts' ? locales.map((each) => headerOf(id, locale, each)) : [headerOf(id, locale)],
  )
}

async function* cardRows(database: Database): AsyncGenerator<(string | number | undefined)[]> {
  for await (const { entries } of serviceSlices(database)) for (const entry of entries) yield cardCells(sheetOf(entry))
}

function sheetOf({ card, organisation, locations, status }: ServiceEntry): CardSheet {
  const bySlug = new Map(locations.map(({ location }) => [location.slug, location]))
  const placed: Location[] = card.locations.flatMap((slug) => bySlug.get(slug) ?? [])
  return { card, organisation: organisation.profile, locations: placed, status }
}

/** The cells of one card, in the order of `headersIn`. */
export function cardCells(sheet: CardSheet): (string | number | undefined)[] {
  return columns.flatMap((column) => cellsOf(column, sheet))
}

function cellsOf(column: Column, sheet: CardSheet): (string | number | undefined)[] {
  if (column.kind === 'plain') return [column.get(sheet)]
  if (column.kind === 'list') return [listCell(column.get(sheet))]
  if (column.kind === 'text') {
    const text = column.get(sheet)
    return locales.map((locale) => text?.[locale])
  }
  const texts = column.get(sheet)
  return locales.map((locale) => listCell(texts.map((text) => text?.[locale])))
}

/** Rows are gathered in one file per table, since a record fills many tables at once; then they are packed one by one. */
async function* tabularPackage(database: Database, options: ExportOptions): AsyncGenerator<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'linden-export-'))
  try {
    await writeTables(database, options, folder)
    const texts = new Map([
      ['datapackage.json', `${JSON.stringify(datapackage(options.origin, new Date()), null, 2)}\n`],
    ])
    yield* zipped([
      ...[...texts].map(([name, text]) => ({
        name,
        read: async function* () {
          yield new TextEncoder().encode(text)
        },
      })),
      ...Object.keys(hsdsTables).map((table) => ({
        name: `${table}.csv`,
        read: () => createReadStream(join(folder, `${table}.csv`)) as AsyncIterable<Uint8Array>,
      })),
    ])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function writeTables(database: Database, options: ExportOptions, folder: string): Promise<void> {
  const files = new Map<TableName, WriteStream>()
  const append = async (table: TableName, rows: CsvValue[][], first = false) => {
    const file = files.get(table) ?? createWriteStream(join(folder, `${table}.csv`))
    files.set(table, file)
    let text = ''
    for await (const piece of writeCsv(hsdsTables[table], rows, { mark: false })) text += piece
    // the header stands once, at the top
    const told = first ? text : text.slice(text.indexOf('\r\n') + 2)
    if (told !== '' && !file.write(told)) await once(file, 'drain')
  }
  try {
    for (const table of Object.keys(hsdsTables) as TableName[]) await append(table, [], true)
    for await (const tables of tableBatches(database, options))
      for (const [table, rows] of tables) await append(table, rows)
  } finally {
    await Promise.all([...files.values()].map((file) => new Promise<void>((resolve) => file.end(() => resolve()))))
  }
}

async function* tableBatches(
  database: Database,
  { origin, locale }: ExportOptions,
): AsyncGenerator<Map<TableName, CsvValue[][]>> {
  const gather = (records: readonly (readonly [TableName, Record<string, unknown>])[]) => {
    const tables = new Map<TableName, CsvValue[][]>()
    for (const [name, record] of records)
      for (const { table, cells } of rowsOf(name, record)) {
        const rows = tables.get(table) ?? []
        rows.push(cells)
        tables.set(table, rows)
      }
    return tables
  }
  const organisations = slices<{
    entry: OrganisationEntry
    locations: Awaited<ReturnType<typeof readOrganisationParts>>['locations']
  }>(database, async (tx, slice) => {
    const found = (await findOrganisations(tx, everything, slice)).organisations
    const parts = await readOrganisationParts(
      tx,
      found.map(({ id }) => id),
    )
    return {
      entries: found.map((entry) => ({
        entry,
        locations: parts.locations.filter((location) => location.organisation === entry.id),
      })),
      last: found.at(-1)?.id,
    }
  })
  let told = false
  for await (const { entries, vocabulary } of organisations)
    yield inLocale(locale, () => {
      const telling = tellingFor(origin, vocabulary)
      const words = told
        ? []
        : [
            ...[...vocabulary.taxonomies].map(
              ([facet, taxonomy]) => ['taxonomies', hsdsTaxonomy(facet, taxonomy, telling)] as const,
            ),
            ...[...vocabulary.terms.values()].map((term) => ['taxonomy_terms', hsdsTerm(term, telling)] as const),
          ]
      told = true
      return gather([
        ...words,
        ...entries.map(
          ({ entry, locations }) =>
            ['organizations', hsdsOrganisation(entry, telling, { locations, services: [] })] as const,
        ),
      ])
    })
  for await (const { entries, vocabulary } of serviceSlices(database))
    yield inLocale(locale, () =>
      gather(
        entries.map(
          (entry) =>
            [
              'services',
              hsdsServiceFull(entry, tellingFor(origin, vocabulary, [entry.card.writtenIn]), { organisation: true }),
            ] as const,
        ),
      ),
    )
}

/** Packs files one after the other; the same files give the same bytes. */
async function* zipped(
  files: readonly { name: string; read(): AsyncIterable<Uint8Array> }[],
): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = []
  let failure: Error | undefined
  const zip = new Zip((error, chunk) => {
    if (error) failure = error
    else ready.push(chunk)
  })
  const take = (): Uint8Array[] => {
    if (failure) throw failure
    const chunks = ready
    ready = []
    return chunks
  }
  for (const { name, read } of files) {
    const entry = new ZipDeflate(name, { level: 6 })
    entry.mtime = new Date(1980, 0, 1)
    zip.add(entry)
    for await (const chunk of read()) {
      entry.push(chunk)
      yield* take()
    }
    entry.push(new Uint8Array(), true)
    yield* take()
  }
  zip.end()
  yield* take()
}
