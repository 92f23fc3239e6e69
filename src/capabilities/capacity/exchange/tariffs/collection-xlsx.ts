import { m } from '../../../../platform/i18n/speech.ts'
import {
  writeXlsx,
  type XlsxForm,
  type XlsxValidation,
  type XlsxValue,
} from '../../../../platform/tabular/write-xlsx.ts'
import type { Prefilled } from '../../types/collection.ts'
import {
  type BookColumn,
  type BookLayout,
  bookCode,
  bookLayout,
  letters,
  supplementRows,
} from '../../types/workbook.ts'

const forms = { money: 'money', signed: 'money', share: 'share', whole: 'whole' } as const

function input(column: BookColumn<string>, value: string | null): XlsxValue {
  if (column.input === undefined) return value
  if (column.input === 'text') return { input: value }
  const form: XlsxForm = forms[column.input]
  return { input: value === null ? null : { figure: value, form }, form }
}

function validationsOf(columns: readonly BookColumn<string>[], last: number): XlsxValidation[] {
  return columns.flatMap(({ input: kind }, at): XlsxValidation[] => {
    const range = `${letters(at)}2:${letters(at)}${Math.max(2, last)}`
    switch (kind) {
      case undefined:
        return []
      case 'text':
        return [{ range, kind: 'text', least: 0, most: 1000, message: m.capacity_tariff_book_text() }]
      case 'whole':
        return [{ range, kind: 'whole', least: 1, most: 366, message: m.capacity_tariff_book_days() }]
      default:
        return [
          {
            range,
            kind: 'decimal',
            least: kind === 'signed' ? -999_999_999_999 : 0,
            most: 999_999_999_999,
            message: m.capacity_tariff_book_number(),
          },
        ]
    }
  })
}

/**
 * CAP-10: the workbook of one organisation, prefilled, locked but for what is asked. Speaks the language in which it is made.
 * @param code of `bookCode`
 */
export function collectionXlsx(
  of: { part: string; made: number; organisation: string; year: number; due: string; prefilled: Prefilled },
  layout: BookLayout = bookLayout(),
): AsyncGenerator<Uint8Array> {
  const { prefilled } = of
  const { offers, supplements, spending } = layout
  const column = (key: string) => letters(offers.columns.findIndex((one) => one.key === key))
  const named = <Key extends string>(columns: readonly BookColumn<Key>[]) =>
    columns.map(({ title, width }) => ({ title, width }))
  return writeXlsx([
    {
      name: layout.about,
      columns: [
        { title: m.capacity_tariff_book_title({ year: String(of.year) }), width: 60 },
        { title: of.organisation, width: 60 },
      ],
      rows: [
        [m.capacity_tariff_book_code(), bookCode(of.part, of.made)],
        [m.capacity_tariff_book_due(), of.due],
        [m.capacity_tariff_book_how()],
        [m.capacity_tariff_book_yellow()],
      ],
      locked: true,
    },
    {
      name: offers.name,
      columns: named(offers.columns),
      rows: prefilled.offers.map((offer, at) => {
        const row = at + 2
        const cell = (key: string) => `${column(key)}${row}`
        return offers.columns.map((one): XlsxValue => {
          if (one.key === 'tariff')
            return {
              formula: `IF(COUNT(${cell('places')}:${cell('occupancy')})<3,"",ROUND((${cell('direct')}+${cell('indirect')}+${cell('capital')}+${cell('carried')})/(${cell('places')}*${cell('days')}*${cell('occupancy')}/100),2))`,
              form: 'money',
            }
          if (one.key === 'before') return offer.before === null ? null : { figure: offer.before, form: 'money' }
          return input(one, offer[one.key])
        })
      }),
      locked: true,
      validations: validationsOf(offers.columns, prefilled.offers.length + 1),
    },
    {
      name: supplements.name,
      columns: named(supplements.columns),
      rows: Array.from({ length: supplementRows }, (_, at) =>
        supplements.columns.map((one) => input(one, prefilled.supplements[at]?.[one.key] ?? null)),
      ),
      locked: true,
      validations: validationsOf(supplements.columns, supplementRows + 1),
    },
    {
      name: spending.name,
      columns: named(spending.columns),
      rows: prefilled.spending.map((line) => spending.columns.map((one) => input(one, line[one.key]))),
      locked: true,
      validations: validationsOf(spending.columns, prefilled.spending.length + 1),
    },
  ])
}
