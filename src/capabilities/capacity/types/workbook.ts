import { m } from '../../../platform/i18n/speech.ts'

/** A column of a sheet of the collection. `input`: it is filled in; all others are locked. */
export interface BookColumn<Key extends string> {
  key: Key
  title: string
  width: number
  input?: 'money' | 'signed' | 'share' | 'whole' | 'text'
  /** may stay empty */
  optional?: boolean
}

export type OfferKey =
  | 'slug'
  | 'name'
  | 'paragraph'
  | 'before'
  | 'places'
  | 'days'
  | 'occupancy'
  | 'actual'
  | 'direct'
  | 'indirect'
  | 'capital'
  | 'carried'
  | 'tariff'
export type SupplementKey = 'offer' | 'name' | 'amount' | 'reason'
export type SpendingKey = 'paragraph' | 'name' | 'spent' | 'planned'

/** One sheet of the collection. */
interface BookSheet<Key extends string> {
  name: string
  columns: readonly BookColumn<Key>[]
}

/** What stands where in a workbook of the collection. */
export interface BookLayout {
  about: string
  /** the cell of the first sheet in which its code stands */
  codeCell: string
  offers: BookSheet<OfferKey>
  supplements: BookSheet<SupplementKey>
  spending: BookSheet<SpendingKey>
}

/** How many supplements a workbook has room for. */
export const supplementRows = 60

/** Names of sheets and columns in the language in which a region makes its workbooks. One place says them to who writes and who reads. */
export function bookLayout(): BookLayout {
  const offers: BookColumn<OfferKey>[] = [
    { key: 'slug', title: m.capacity_tariff_book_key(), width: 28 },
    { key: 'name', title: m.capacity_tariff_offer(), width: 34 },
    { key: 'paragraph', title: m.capacity_tariff_paragraph(), width: 16 },
    { key: 'before', title: m.capacity_tariff_book_before(), width: 16 },
    { key: 'places', title: m.capacity_tariff_part_places(), width: 12, input: 'share' },
    { key: 'days', title: m.capacity_tariff_part_days(), width: 12, input: 'whole' },
    { key: 'occupancy', title: `${m.capacity_tariff_occupancy_head()} (%)`, width: 16, input: 'share' },
    { key: 'actual', title: `${m.capacity_tariff_actual()} (%)`, width: 16, input: 'share', optional: true },
    { key: 'direct', title: m.capacity_tariff_part_direct(), width: 18, input: 'money' },
    { key: 'indirect', title: m.capacity_tariff_part_indirect(), width: 18, input: 'money' },
    { key: 'capital', title: m.capacity_tariff_part_capital(), width: 18, input: 'money' },
    { key: 'carried', title: m.capacity_tariff_part_carried(), width: 18, input: 'signed' },
    { key: 'tariff', title: m.capacity_tariff_per_day_head(), width: 16 },
  ]
  const supplements: BookColumn<SupplementKey>[] = [
    { key: 'offer', title: m.capacity_tariff_book_key(), width: 28, input: 'text' },
    { key: 'name', title: m.capacity_tariff_supplement(), width: 34, input: 'text' },
    { key: 'amount', title: m.capacity_tariff_book_a_day(), width: 18, input: 'money' },
    { key: 'reason', title: m.capacity_tariff_why(), width: 60, input: 'text' },
  ]
  const spending: BookColumn<SpendingKey>[] = [
    { key: 'paragraph', title: m.capacity_tariff_book_key(), width: 20 },
    { key: 'name', title: m.capacity_tariff_paragraph(), width: 44 },
    { key: 'spent', title: m.capacity_tariff_book_spent(), width: 22, input: 'money' },
    { key: 'planned', title: m.capacity_tariff_book_planned(), width: 22, input: 'money' },
  ]
  return {
    about: m.capacity_tariff_book_about(),
    codeCell: 'B2',
    offers: { name: m.capacity_tariff_offers(), columns: offers },
    supplements: { name: m.capacity_tariff_supplements(), columns: supplements },
    spending: { name: m.capacity_tariff_book_spending(), columns: spending },
  }
}

/** The code that stands in a workbook: whose it is, and how often it was made anew. */
export const bookCode = (part: string, made: number): string => `${part}/${made}`

/** Name of a column: A, B, … Z, AA. */
export const letters = (index: number): string =>
  (index >= 26 ? letters(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26))
