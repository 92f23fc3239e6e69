import type { Collected, CollectedOffer, Deviation, Prefilled } from '../../types/collection.ts'
import { type BookColumn, type BookLayout, bookCode, letters } from '../../types/workbook.ts'
import { daysOf, Exact } from './exact.ts'
import { tariffOf } from './tariff.ts'

/** A cell of a workbook, as its reader found it. */
export interface Cell {
  kind: 'text' | 'number' | 'truth' | 'error'
  value: string
  formula: boolean
}
export interface CellSheet {
  cells: ReadonlyMap<string, Cell>
  rows: number
  columns: number
}

/** What a workbook is compared with. */
export interface Expected {
  part: string
  made: number
  year: number
  prefilled: Prefilled
  layout: BookLayout
}

/**
 * CAP-10: checks a workbook that came back, and reads it. Every deviation is named, with its cell: nothing is corrected in silence. Rows and columns may have
 * moved, for they are found by their names; locked cells may say something else, and are not read; figures must be figures.
 * @returns figures only where nothing is wrong
 */
export function checkWorkbook(
  sheets: ReadonlyMap<string, CellSheet>,
  expected: Expected,
): { deviations: Deviation[]; collected: Collected | undefined } {
  const deviations: Deviation[] = []
  const note = (deviation: Partial<Deviation> & Pick<Deviation, 'code' | 'wrong'>) =>
    deviations.push({ sheet: '', cell: '', what: '', found: '', expected: '', ...deviation })
  const { layout, prefilled } = expected
  const about = sheets.get(layout.about)
  const code = about?.cells.get(layout.codeCell)?.value ?? ''
  if (code !== bookCode(expected.part, expected.made))
    note({
      code: code.startsWith(`${expected.part}/`) ? 'old-book' : 'other-book',
      wrong: true,
      sheet: layout.about,
      cell: layout.codeCell,
      found: code,
    })
  const known = [layout.about, layout.offers.name, layout.supplements.name, layout.spending.name]
  for (const name of sheets.keys()) if (!known.includes(name)) note({ code: 'sheet-extra', wrong: false, sheet: name })
  const open = <Key extends string>({ name, columns }: { name: string; columns: readonly BookColumn<Key>[] }) => {
    const sheet = sheets.get(name)
    if (!sheet) note({ code: 'sheet-missing', wrong: true, sheet: name })
    return sheet && new Reader(name, sheet, columns, note)
  }
  const offers = open(layout.offers)
  const supplements = open(layout.supplements)
  const spending = open(layout.spending)
  const collected: Collected = {
    offers: offers ? readOffers(offers, expected, note) : [],
    supplements: supplements ? readSupplements(supplements, prefilled, note) : [],
    spending: spending ? readSpending(spending, prefilled) : [],
  }
  return { deviations, collected: deviations.some(({ wrong }) => wrong) ? undefined : collected }
}

type Note = (deviation: Partial<Deviation> & Pick<Deviation, 'code' | 'wrong'>) => void

/** One sheet, whose columns are found by their names. */
class Reader<Key extends string> {
  readonly #places = new Map<Key, string>()
  readonly #columns: readonly BookColumn<Key>[]
  readonly name: string
  readonly sheet: CellSheet
  readonly note: Note

  constructor(name: string, sheet: CellSheet, columns: readonly BookColumn<Key>[], note: Note) {
    this.name = name
    this.sheet = sheet
    this.note = note
    this.#columns = columns
    const heads = Array.from({ length: sheet.columns }, (_, at) => sheet.cells.get(`${letters(at)}1`)?.value)
    for (const [at, { key, title }] of columns.entries()) {
      const found = heads.indexOf(title)
      if (found < 0) note({ code: 'column-missing', wrong: true, sheet: name, cell: `${letters(at)}1`, what: title })
      else {
        this.#places.set(key, letters(found))
        if (found !== at)
          note({ code: 'column-moved', wrong: false, sheet: name, cell: `${letters(found)}1`, what: title })
      }
    }
    const titles = new Set(columns.map(({ title }) => title))
    for (let at = 0; at < sheet.columns; at++) {
      const column = letters(at)
      const held = [...sheet.cells.keys()].some((cell) => cell.replace(/\d+$/, '') === column)
      if (held && !titles.has(heads[at] ?? ''))
        note({ code: 'column-extra', wrong: false, sheet: name, cell: `${column}1`, found: heads[at] ?? '' })
    }
  }

  at(row: number, key: Key): { cell: string; held: Cell | undefined; what: string } {
    const column = this.#places.get(key) ?? '?'
    const cell = `${column}${row}`
    return { cell, held: this.sheet.cells.get(cell), what: this.#columns.find((one) => one.key === key)?.title ?? key }
  }

  text(row: number, key: Key): string {
    return this.at(row, key).held?.value ?? ''
  }

  /** An exact number; undefined where there is none, which is said. */
  number(row: number, key: Key): string | undefined {
    const column = this.#columns.find((one) => one.key === key)
    const { cell, held, what } = this.at(row, key)
    const say = (code: Deviation['code'], wrong: boolean, found = held?.value ?? '') =>
      this.note({ code, wrong, sheet: this.name, cell, what, found })
    if (!this.#places.has(key)) return undefined
    if (!held) {
      if (!column?.optional) say('empty', true)
      return undefined
    }
    if (held.kind !== 'number') {
      say('text', true)
      return undefined
    }
    if (held.formula) say('formula', false)
    const value = plain(held.value)
    if (value === undefined) say('text', true)
    else if (!value.eq(value.toDecimalPlaces(column?.input === 'whole' ? 0 : 2))) say('digits', true)
    else if (value.isNegative() && !value.isZero() && column?.input !== 'signed') say('negative', true)
    else return value.toFixed(column?.input === 'whole' ? 0 : 2)
    return undefined
  }

  /** Rows by the key in their first column: where they stand, and what is wrong with that. */
  rows(key: Key, keys: readonly string[]): Map<string, number> {
    const found = new Map<string, number>()
    for (let row = 2; row <= this.sheet.rows; row++) {
      const name = this.text(row, key)
      const { cell } = this.at(row, key)
      if (name === '') continue
      if (!keys.includes(name)) this.note({ code: 'row-unknown', wrong: true, sheet: this.name, cell, found: name })
      else if (found.has(name)) this.note({ code: 'row-twice', wrong: true, sheet: this.name, cell, found: name })
      else {
        found.set(name, row)
        const due = keys.indexOf(name) + 2
        if (row !== due)
          this.note({ code: 'row-moved', wrong: false, sheet: this.name, cell, found: name, expected: String(due) })
      }
    }
    for (const name of keys)
      if (!found.has(name)) this.note({ code: 'row-missing', wrong: true, sheet: this.name, what: name })
    return found
  }

  /** A locked cell says what it said when the workbook was made. */
  kept(row: number, key: Key, expected: string | null): void {
    const { cell, held, what } = this.at(row, key)
    const found = held?.kind === 'number' ? (plain(held.value)?.toFixed(2) ?? held.value) : (held?.value ?? '')
    const due = expected ?? ''
    if (this.#places.has(key) && found !== due && found !== due.trim().normalize('NFC'))
      this.note({ code: 'locked-changed', wrong: false, sheet: this.name, cell, what, found, expected: due })
  }
}

/** A number of the file: programs keep fifteen digits, what stands behind them is noise. */
function plain(value: string): Exact | undefined {
  if (!/^-?\d+(\.\d+)?(E[+-]?\d+)?$/i.test(value)) return undefined
  return new Exact(value).toSignificantDigits(15)
}

function readOffers(
  reader: Reader<BookLayout['offers']['columns'][number]['key']>,
  expected: Expected,
  note: Note,
): CollectedOffer[] {
  const { prefilled, year } = expected
  const rows = reader.rows(
    'slug',
    prefilled.offers.map(({ slug }) => slug),
  )
  return prefilled.offers.flatMap((offer): CollectedOffer[] => {
    const row = rows.get(offer.slug)
    if (row === undefined) return []
    reader.kept(row, 'name', offer.name)
    reader.kept(row, 'paragraph', offer.paragraph)
    reader.kept(row, 'before', offer.before)
    const [places, days, occupancy, direct, indirect, capital, carried] = (
      ['places', 'days', 'occupancy', 'direct', 'indirect', 'capital', 'carried'] as const
    ).map((key) => reader.number(row, key))
    const actual = reader.number(row, 'actual') ?? null
    if ([places, days, occupancy, direct, indirect, capital, carried].includes(undefined)) return []
    const figures = {
      places: places ?? '',
      days: Number(days),
      occupancy: occupancy ?? '',
      direct: direct ?? '',
      indirect: indirect ?? '',
      capital: capital ?? '',
      carried: carried ?? '',
    }
    const say = (
      code: Deviation['code'],
      wrong: boolean,
      key: 'days' | 'occupancy' | 'carried' | 'places' | 'tariff',
      due = '',
    ) => {
      const { cell, held, what } = reader.at(row, key)
      note({ code, wrong, sheet: reader.name, cell, what, found: held?.value ?? '', expected: due })
    }
    if (figures.days > daysOf(year)) say('days', true, 'days', String(daysOf(year)))
    for (const key of ['places', 'days', 'occupancy'] as const)
      if (new Exact(figures[key]).isZero()) say('nothing', true, key)
    if (new Exact(figures.occupancy).lt(offer.least) || new Exact(figures.occupancy).gt(offer.most))
      say('occupancy', false, 'occupancy', `${offer.least}–${offer.most}`)
    if (offer.due !== null && !new Exact(figures.carried).eq(offer.due)) say('carried', true, 'carried', offer.due)
    const tariff = tariffOf(figures, 2)
    if (tariff === undefined || Number(tariff) === 0) {
      say('nothing', true, 'tariff')
      return []
    }
    const shown = reader.at(row, 'tariff').held
    const result = shown?.kind === 'number' ? plain(shown.value) : undefined
    // without a result, the program that saved it did not reckon
    if (shown && shown.value !== '' && !result?.toDecimalPlaces(2).eq(tariff)) say('tariff', false, 'tariff', tariff)
    return [{ slug: offer.slug, ...figures, actual, tariff }]
  })
}

function readSupplements(
  reader: Reader<'offer' | 'name' | 'amount' | 'reason'>,
  prefilled: Prefilled,
  note: Note,
): Collected['supplements'] {
  const known = new Set(prefilled.offers.map(({ slug }) => slug))
  const found: Collected['supplements'] = []
  for (let row = 2; row <= reader.sheet.rows; row++) {
    const [offer, name, reason] = (['offer', 'name', 'reason'] as const).map((key) => reader.text(row, key))
    const amountThere = reader.at(row, 'amount').held !== undefined
    if (!offer && !name && !reason && !amountThere) continue
    const cell = reader.at(row, 'offer').cell
    if (!offer || !name || !amountThere) {
      note({
        code: 'half-filled',
        wrong: true,
        sheet: reader.name,
        cell,
        found: [offer, name].filter(Boolean).join(', '),
      })
      continue
    }
    if (!known.has(offer)) note({ code: 'row-unknown', wrong: true, sheet: reader.name, cell, found: offer })
    const amount = reader.number(row, 'amount')
    if ((reason ?? '').length < 10) {
      const at = reader.at(row, 'reason')
      note({ code: 'short-reason', wrong: true, sheet: reader.name, cell: at.cell, what: at.what, found: reason ?? '' })
    }
    if (amount !== undefined && new Exact(amount).isZero())
      note({ code: 'nothing', wrong: true, sheet: reader.name, cell: reader.at(row, 'amount').cell, found: amount })
    else if (amount !== undefined) found.push({ offer, name, amount, reason: reason ?? '' })
  }
  return found
}

function readSpending(
  reader: Reader<'paragraph' | 'name' | 'spent' | 'planned'>,
  prefilled: Prefilled,
): Collected['spending'] {
  const rows = reader.rows(
    'paragraph',
    prefilled.spending.map(({ paragraph }) => paragraph),
  )
  return prefilled.spending.flatMap(({ paragraph, name }) => {
    const row = rows.get(paragraph)
    if (row === undefined) return []
    reader.kept(row, 'name', name)
    const spent = reader.number(row, 'spent')
    const planned = reader.number(row, 'planned')
    return spent === undefined || planned === undefined ? [] : [{ paragraph, spent, planned }]
  })
}
