import { slugFrom } from '../../../platform/i18n/slug.ts'
import { Locale as KnownLocale, type Locale, locales, type Text } from '../../../platform/i18n/text.ts'
import { readCsv } from '../../../platform/tabular/read-csv.ts'
import { readXlsx } from '../../../platform/tabular/read-xlsx.ts'
import { type ColumnId, columns, readHeader, readList } from './cards-columns.ts'
import {
  type CardDraft,
  type ImportItem,
  type LocationDraft,
  type OrganisationDraft,
  type Reason,
  type ServiceDraft,
  shortened,
} from './import-types.ts'
import { timeOf, weekdaysIn } from './loose-values.ts'

const mostSpreadsheetBytes = 50_000_000

/** Reads the spreadsheet of service cards, CSV or XLSX, with headers in any of the four languages. `locale`: of texts in columns that name none. */
export async function* readCards(source: AsyncIterable<Uint8Array>, locale: Locale): AsyncGenerator<ImportItem> {
  const bytes = source[Symbol.asyncIterator]()
  const first = await bytes.next()
  const start = first.done ? new Uint8Array() : first.value
  const all = (async function* () {
    yield start
    for (let next = await bytes.next(); !next.done; next = await bytes.next()) yield next.value
  })()
  const zipped = start[0] === 0x50 && start[1] === 0x4b
  let headers = new Map<string, { id: ColumnId; locale: Locale | undefined }>()
  for await (const item of zipped ? readXlsx(await whole(all)) : readCsv(all)) {
    if (item.type === 'header') {
      headers = new Map(
        item.columns.flatMap((column) =>
          readHeader(column)?.id ? [[column, readHeader(column) ?? never()] as const] : [],
        ),
      )
      if (![...headers.values()].some(({ id }) => id === 'name')) {
        yield { type: 'reject', line: item.line, reasons: [{ code: 'missing', field: 'name' }] }
        return
      }
    } else if (item.type === 'problem')
      yield {
        type: 'reject',
        line: item.problem.line ?? 1,
        reasons: [{ code: 'unreadable', field: item.problem.column ?? '', value: item.problem.message.code }],
      }
    else yield itemOf(new CardRow(item.cells, headers, locale), item.line)
  }
}

function never(): never {
  throw new Error('a header was read once and not the second time')
}

async function whole(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of source) {
    size += chunk.length
    if (size > mostSpreadsheetBytes)
      throw new Error(`A spreadsheet of more than ${mostSpreadsheetBytes / 1_000_000} MB is not read. Save it as CSV.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The cells of one row by column; texts get their languages and their drafts. */
class CardRow {
  readonly reasons: Reason[] = []
  readonly #plain = new Map<ColumnId, string>()
  readonly #texts = new Map<ColumnId, Map<Locale, string>>()
  readonly #drafts = new Map<string, Locale[]>()
  readonly locale: Locale

  constructor(
    cells: Record<string, string>,
    headers: ReadonlyMap<string, { id: ColumnId; locale: Locale | undefined }>,
    locale: Locale,
  ) {
    const kinds = new Map(columns.map((column) => [column.id, column.kind]))
    for (const [header, { id, locale: told }] of headers) {
      const cell = (cells[header] ?? '').replace(/\s+$/, '')
      if (cell === '') continue
      if (kinds.get(id) === 'text' || kinds.get(id) === 'texts')
        this.#texts.set(id, (this.#texts.get(id) ?? new Map<Locale, string>()).set(told ?? locale, cell))
      else this.#plain.set(id, cell)
    }
    this.locale = KnownLocale.safeParse(this.#plain.get('written_in')).data ?? locale
    for (const line of this.list('unchecked')) {
      const [name = '', languages = ''] = line.split(':')
      this.#drafts.set(
        name.trim(),
        languages.split(/[\s,]+/).flatMap((each) => KnownLocale.safeParse(each).data ?? []),
      )
    }
  }

  plain(id: ColumnId): string | undefined {
    return this.#plain.get(id)?.trim() || undefined
  }

  list(id: ColumnId): string[] {
    return readList(this.#plain.get(id) ?? '')
  }

  /** Codes may also stand beside each other. */
  codes(id: ColumnId): string[] {
    return this.list(id)
      .flatMap((line) => line.split(/[,;]/))
      .map((code) => code.trim())
      .filter(Boolean)
  }

  text(id: ColumnId): Text | undefined {
    const told = this.#texts.get(id)
    return told && this.#told(new Map([...told].map(([locale, words]) => [locale, words.trim()])), id)
  }

  texts(id: ColumnId): (Text | undefined)[] {
    const told = new Map([...(this.#texts.get(id) ?? [])].map(([locale, cell]) => [locale, readList(cell)]))
    const length = Math.max(0, ...[...told.values()].map((lines) => lines.length))
    return Array.from({ length }, (_, at) => {
      const words = new Map([...told].flatMap(([locale, lines]) => (lines[at] ? [[locale, lines[at]] as const] : [])))
      return words.size > 0 ? this.#told(words, `${id} ${at + 1}`) : undefined
    })
  }

  /** @returns undefined when nothing stands there; notes a reason when it is no yes or no */
  flag(id: ColumnId): boolean | undefined {
    const value = this.plain(id)?.toLowerCase()
    if (value === undefined) return undefined
    if (['yes', 'true', '1', 'так', 'ja'].includes(value)) return true
    if (['no', 'false', '0', 'ні', 'nej', 'nein'].includes(value)) return false
    this.reasons.push({ code: 'wrong-value', field: id, value: shortened(value) })
    return undefined
  }

  whole(id: ColumnId): number | undefined {
    const value = this.plain(id)
    if (value === undefined) return undefined
    if (/^\d{1,4}$/.test(value)) return Number(value)
    this.reasons.push({ code: 'wrong-value', field: id, value: shortened(value) })
    return undefined
  }

  #told(words: ReadonlyMap<Locale, string>, name: string): Text {
    const text: Text = Object.fromEntries(
      locales.flatMap((locale) => (words.get(locale) ? [[locale, words.get(locale)]] : [])),
    )
    const draft = this.#drafts.get(name) ?? this.#drafts.get('*') ?? []
    return draft.length > 0 ? { ...text, draft } : text
  }
}

function itemOf(row: CardRow, line: number): ImportItem {
  const names = row.text('name')
  const name = names && locales.map((locale) => names[locale]).find(Boolean)
  const organisation = organisationOf(row)
  if (!names) row.reasons.push({ code: 'missing', field: 'name' })
  if (!organisation) row.reasons.push({ code: 'missing', field: 'organisation' })
  const slug = row.plain('slug') ?? slugFrom(name ?? '')
  if (names && !slug) row.reasons.push({ code: 'missing', field: 'slug' })
  const status = row.plain('status') ?? 'active'
  const known = (['active', 'defunct', 'temporarily closed'] as const).find((each) => each === status)
  if (!known) row.reasons.push({ code: 'wrong-value', field: 'status', value: shortened(status) })
  const card = names && cardOf(row, names)
  if (!card || !organisation || !known || row.reasons.length > 0)
    return { type: 'reject', line, name, reasons: row.reasons }
  const service: ServiceDraft = {
    key: slug,
    slug,
    organisation,
    locations: locationsOf(row),
    status: known,
    card,
    terms: [],
  }
  return { type: 'service', line, service, notes: [] }
}

function organisationOf(row: CardRow): OrganisationDraft | undefined {
  const names = row.text('organisation_name')
  const slug =
    row.plain('organisation') ?? slugFrom((names && locales.map((locale) => names[locale]).find(Boolean)) ?? '')
  if (!slug) return undefined
  return {
    key: slug,
    slug,
    reference: names === undefined,
    names: names ?? { [row.locale]: slug },
    description: row.text('organisation_description'),
    // its own schema judges what stands here
    kind: row.plain('organisation_kind') as OrganisationDraft['kind'],
    area: row.plain('organisation_area'),
    website: row.plain('organisation_website'),
    email: row.plain('organisation_email'),
    example: row.flag('organisation_example'),
  }
}

const piped = (entry: string | undefined) => (entry ?? '').split('|').map((part) => part.trim() || undefined)

function locationsOf(row: CardRow): LocationDraft[] {
  const names = row.texts('location_names')
  const kinds = row.list('location_kinds')
  const areas = row.list('location_areas')
  const addresses = row.list('location_addresses')
  const points = row.list('location_points')
  return row
    .list('locations')
    .filter(Boolean)
    .map((slug, at): LocationDraft => {
      const [country, city, postalCode, street] = piped(addresses[at])
      const [latitude, longitude] = (points[at] ?? '').split(/[\s,;]+/).map(Number)
      const placed =
        points[at] &&
        latitude !== undefined &&
        longitude !== undefined &&
        Math.abs(latitude) <= 90 &&
        Math.abs(longitude) <= 180
      if (points[at] && !placed)
        row.reasons.push({ code: 'wrong-value', field: 'location_points', value: shortened(points[at]) })
      return {
        key: slug,
        slug,
        reference: names[at] === undefined,
        names: names[at],
        kind: (kinds[at] || 'physical') as LocationDraft['kind'],
        area: areas[at] || undefined,
        address: city
          ? { ...(street ? { street } : {}), ...(postalCode ? { postalCode } : {}), city, country: country ?? '' }
          : undefined,
        point: placed ? [longitude, latitude] : undefined,
      }
    })
}

function sourceOf(entry: string | undefined): CardDraft['source'] {
  const [title, date, url] = piped(entry)
  return title ? { title, ...(date ? { date } : {}), ...(url ? { url } : {}) } : undefined
}

/** The card as far as the row tells it; the schema of cards judges every value. */
function cardOf(row: CardRow, names: Text): CardDraft {
  const description = row.text('eligibility')
  const minimumAge = row.whole('minimum_age')
  const maximumAge = row.whole('maximum_age')
  const needed = row.list('documents_needed')
  const from = row.list('documents_from')
  const how = row.texts('documents_how')
  const legalNotes = row.texts('legal_notes')
  const codes = row.list('refusal_codes')
  const holds = row.list('refusal_holds')
  const labels = row.texts('phone_labels')
  const sources = row.list('phone_sources')
  const cost = row.plain('cost')
  const told = {
    names,
    alternateNames: present(row.texts('alternate_names')),
    summary: row.text('summary'),
    activities: present(row.texts('activities')),
    kind: row.plain('kind'),
    targetGroups: row.codes('target_groups'),
    situations: row.codes('situations'),
    forms: row.codes('forms'),
    term: termOf(row),
    areas: row.codes('areas'),
    eligibility: defined({ description, minimumAge, maximumAge }),
    cost: cost
      ? defined({
          kind: cost,
          amount: row.plain('cost_amount'),
          currency: row.plain('cost_currency'),
          description: row.text('cost_description'),
        })
      : undefined,
    documents: row.texts('documents').flatMap((name, at) =>
      name
        ? [
            defined({
              name,
              needed: needed[at] || 'at-application',
              from: from[at] || 'person',
              howToObtain: how[at],
            }),
          ]
        : [],
    ),
    legalBases: row.list('legal_bases').flatMap((entry, at) => {
      const [act, article] = piped(entry)
      return act ? [defined({ act, article, note: legalNotes[at] })] : []
    }),
    refusalGrounds: row
      .texts('refusal_grounds')
      .flatMap((text, at) =>
        text ? [{ code: codes[at] || `ground-${at + 1}`, text, holds: holds[at] || 'entry' }] : [],
      ),
    channels: row.codes('channels'),
    languages: row.codes('languages'),
    accessibility: row.codes('accessibility'),
    phones: row
      .list('phones')
      .flatMap((number, at) => (number ? [defined({ number, label: labels[at], source: sourceOf(sources[at]) })] : [])),
    email: row.plain('email'),
    website: row.plain('website'),
    schedule: scheduleOf(row),
    crisis: row.flag('crisis') ?? false,
    example: row.flag('example') ?? false,
    source: sourceOf(row.plain('source')),
    editorNote: row.text('editor_note'),
    writtenIn: row.locale,
  }
  return defined(told) as CardDraft
}

function termOf(row: CardRow): object | undefined {
  const cell = row.plain('term')?.toLowerCase()
  if (cell === undefined) return undefined
  const months = (word: string) => Number(new RegExp(`\\b${word}\\s+(\\d+)`).exec(cell)?.[1] ?? 0) || undefined
  const term = { minimumMonths: months('min'), maximumMonths: months('max'), extendedToMonths: months('extended') }
  const asNeeded = cell.includes('as-needed')
  if (!asNeeded && cell !== 'limited' && !Object.values(term).some(Boolean))
    row.reasons.push({ code: 'wrong-value', field: 'term', value: shortened(cell) })
  return defined({ asNeeded, ...term })
}

function scheduleOf(row: CardRow): object[] {
  const notes = row.texts('schedule_notes')
  return row.list('schedule').flatMap((entry, at) => {
    if (!entry) return []
    const match = /^(.*?)\s*(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})$/.exec(entry)
    const days = weekdaysIn(match?.[1])
    const opens = timeOf(match?.[2])
    const closes = timeOf(match?.[3])
    if (days.length === 0 || !opens || !closes) {
      row.reasons.push({ code: 'wrong-value', field: 'schedule', value: shortened(entry) })
      return []
    }
    return [defined({ days, opens, closes, note: notes[at] })]
  })
}

const present = <T>(list: readonly (T | undefined)[]): T[] => list.filter((each) => each !== undefined)

const defined = (object: object): object =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))
