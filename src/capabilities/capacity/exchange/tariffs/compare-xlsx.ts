import { inLocale, m } from '../../../../platform/i18n/speech.ts'
import type { Locale } from '../../../../platform/i18n/text.ts'
import { writeXlsx, type XlsxValue } from '../../../../platform/tabular/write-xlsx.ts'
import type { ComparedSheet } from '../../store/tariffs/compare-tariffs.ts'
import { nameOf } from '../../views/tariffs/tariff-words.tsx'

/** CAP-6: every tariff with its figures, and a formula in each row that makes it anew. */
export function compareXlsx(
  sheets: AsyncIterable<ComparedSheet>,
  locale: Locale,
  paragraph: (code: string) => string,
): AsyncGenerator<Uint8Array> {
  const columns = [
    m.capacity_tariff_offer(),
    m.capacity_tariff_operator(),
    m.capacity_tariff_paragraph(),
    m.capacity_tariff_year(),
    m.capacity_tariff_part_places(),
    m.capacity_tariff_part_days(),
    `${m.capacity_tariff_occupancy_head()} (%)`,
    `${m.capacity_tariff_actual()} (%)`,
    m.capacity_tariff_part_direct(),
    m.capacity_tariff_part_indirect(),
    m.capacity_tariff_part_capital(),
    m.capacity_tariff_part_carried(),
    m.capacity_tariff_per_day_head(),
    m.capacity_tariff_currency(),
  ]
  return writeXlsx([
    {
      name: m.capacity_tariff_menu(),
      columns: columns.map((title, at) => ({ title, width: at < 2 ? 34 : 16 })),
      rows: rowsOf(sheets, locale, paragraph),
    },
  ])
}

async function* rowsOf(
  sheets: AsyncIterable<ComparedSheet>,
  locale: Locale,
  paragraph: (code: string) => string,
): AsyncGenerator<XlsxValue[]> {
  let row = 1
  for await (const sheet of sheets) {
    row++
    const [name, operator] = await inLocale(locale, async () => [nameOf(sheet.names), nameOf(sheet.operator)])
    yield [
      name,
      operator,
      paragraph(sheet.paragraph),
      { figure: String(sheet.year), form: 'whole' },
      { figure: sheet.places, form: 'share' },
      { figure: String(sheet.days), form: 'whole' },
      { figure: sheet.occupancy, form: 'share' },
      sheet.actual === null ? null : { figure: sheet.actual, form: 'share' },
      { figure: sheet.direct, form: 'money' },
      { figure: sheet.indirect, form: 'money' },
      { figure: sheet.capital, form: 'money' },
      { figure: sheet.carried, form: 'money' },
      {
        formula: `ROUND((I${row}+J${row}+K${row}+L${row})/(E${row}*F${row}*G${row}/100),2)`,
        form: 'money',
        value: sheet.tariff,
      },
      sheet.currency,
    ]
  }
}
