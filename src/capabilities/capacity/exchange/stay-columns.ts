import { inLocale, m } from '../../../platform/i18n/speech.ts'
import { locales } from '../../../platform/i18n/text.ts'

/** Columns of a file of stays, in the order of the template. */
export const stayColumns = ['offer', 'place', 'municipality', 'person', 'from', 'until', 'reason'] as const
export type StayColumn = (typeof stayColumns)[number]

const headers: Readonly<Record<StayColumn, () => string>> = {
  offer: m.capacity_column_offer,
  place: m.capacity_column_place,
  municipality: m.capacity_column_municipality,
  person: m.capacity_column_person,
  from: m.capacity_column_from,
  until: m.capacity_column_until,
  reason: m.capacity_column_reason,
}

/** A column as the reader's language calls it. */
export const columnWords = (column: StayColumn): string => headers[column]()

const key = (header: string) => header.normalize('NFC').trim().toLowerCase()

/** The column that a header means: its short name, or its words in any of the four languages. */
export function columnOf(header: string): StayColumn | undefined {
  return stayColumns.find(
    (column) =>
      key(column) === key(header) ||
      locales.some((locale) => inLocale(locale, () => key(headers[column]())) === key(header)),
  )
}
